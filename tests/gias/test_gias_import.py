"""Importing the register: what is kept, what changes, what is reported."""

from datetime import date

import pytest

from register_ects.gias.faults import FileRefused
from register_ects.gias.importer import CHILDRENS_CENTRES, import_register
from register_ects.models import Event, GIASSchool, School
from tests.factories import GIASSchoolFactory, SchoolFactory
from tests.gias.extracts import COLUMNS, a_row


@pytest.fixture
def importing(write):
    """Import rows and return the report."""
    return lambda *rows, **options: import_register(write(list(rows), **options))


#: So many good rows that one bad row is not more than 1% of them.
ENOUGH = [a_row(urn) for urn in range(200_000, 200_100)]


def touched():
    """Return what shows that a row was written again: its transaction and its timestamp."""
    rows = list(GIASSchool.objects.extra(select={"version": "xmin::text"}).order_by("urn"))
    return [(row.urn, row.version, row.updated_at) for row in rows]


def test_every_column_finds_its_place(importing):
    importing(
        a_row(
            134567,
            name="Mill Lane School",
            type="Other independent special school",
            section_41="Approved",
            status="Open, but proposed to close",
            opened="03-04-1849",
            closed="31-08-2027",
            ukprn="10079319",
            Locality="Old Town",
            SchoolWebsite="https://mill-lane.example",
            **{"Trusts (code)": "4421", "Trusts (name)": "Five Valleys Trust"},
        )
    )

    school = GIASSchool.objects.values().get()
    expected = {
        "urn": 134567,
        "name": "Mill Lane School",
        "type_name": "Other independent special school",
        "status": "proposed_to_close",
        "opened_on": date(1849, 4, 3),
        "closed_on": date(2027, 8, 31),
        "in_england": True,
        "section_41_approved": True,
        "eligible": True,
        "local_authority_code": 201,
        "local_authority_name": "City of London",
        "administrative_district_name": "Westbridge",
        "phase_name": "Primary",
        "postcode": "ZZ1 1AA",
        "address_line1": "1 Mill Lane",
        "address_line2": "Old Town",
        "address_line3": "Westbridge",
        "website": "https://mill-lane.example",
        "establishment_number": 3614,
        "ukprn": 10079319,
        "pupils": 210,
        "trust_code": 4421,
        "trust_name": "Five Valleys Trust",
        "primary_contact_email": None,
        "secondary_contact_email": None,
    }
    assert {name: school[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("column", "value", "field", "expected"),
    [
        pytest.param("OpenDate", "", "opened_on", None, id="no opening date"),
        pytest.param("Postcode", "", "postcode", None, id="no postcode"),
        pytest.param("Postcode", " zz1  1aa ", "postcode", "ZZ1 1AA", id="untidy postcode"),
        pytest.param("EstablishmentNumber", "", "establishment_number", None, id="no number"),
        pytest.param("UKPRN", "", "ukprn", None, id="no UKPRN"),
        pytest.param("LA (code)", "000", "local_authority_code", 0, id="LA does not apply"),
        pytest.param("LA (code)", "708", "local_authority_code", 708, id="offshore LA"),
        pytest.param(
            "LA (name)",
            "Pre-LGR 2023 Cumbria",
            "local_authority_name",
            "Pre-LGR 2023 Cumbria",
            id="abolished LA",
        ),
        pytest.param("PhaseOfEducation (name)", "", "phase_name", "Not applicable", id="no phase"),
        pytest.param(
            "EstablishmentName",
            "Torhill @ the Centre",
            "name",
            "Torhill @ the Centre",
            id="at sign",
        ),
        pytest.param(
            "EstablishmentName",
            "St John\u2019s, St Mary's",
            "name",
            "St John\u2019s, St Mary's",
            id="both apostrophes and a comma",
        ),
        pytest.param(
            "EstablishmentName", "Mill\u00a0Lane  School ", "name", "Mill Lane School", id="spaces"
        ),
    ],
)
def test_the_quirks_of_real_rows_are_understood(importing, column, value, field, expected):
    report = importing(a_row(**{column: value}))

    assert (report.malformed.count, report.warnings.count) == (0, 0)
    assert getattr(GIASSchool.objects.get(), field) == expected


def test_two_schools_may_have_one_name(importing):
    name = "St Joseph's Catholic Primary School"

    assert importing(a_row(1, name=name), a_row(2, name=name)).created == 2


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        pytest.param({}, None, id="open"),
        pytest.param({"status": "Open, but proposed to close"}, None, id="proposed to close"),
        pytest.param({"status": "Closed", "closed": "01-01-2020"}, None, id="closed in time"),
        pytest.param({"type": "Other independent school"}, None, id="independent"),
        pytest.param(
            {"status": "Closed", "closed": "31-12-2019"}, "closed before 2020", id="a day too early"
        ),
        pytest.param({"status": "Closed"}, "closed, date not known", id="closed without a date"),
        pytest.param({"status": "Proposed to open"}, "not open yet", id="proposed to open"),
        pytest.param({"type": "Welsh establishment"}, "not in England", id="Wales"),
        pytest.param({"type": "Online provider"}, "type not eligible", id="online"),
        pytest.param({"type": "School of wizardry"}, "type not known", id="unknown type"),
    ],
)
def test_the_filter_keeps_what_matters_and_says_why_not(importing, values, reason):
    report = importing(a_row(**values))

    assert dict(report.skipped) == ({reason: 1} if reason else {})
    assert GIASSchool.objects.exists() == (reason is None)


@pytest.mark.parametrize(
    ("values", "eligible"),
    [
        pytest.param({}, True, id="open"),
        pytest.param({"status": "Open, but proposed to close"}, True, id="proposed to close"),
        pytest.param({"status": "Closed", "closed": "31-08-2023"}, False, id="closed"),
        pytest.param({"type": "Other independent school"}, False, id="independent"),
        pytest.param(
            {"type": "Other independent school", "section_41": "Approved"}, True, id="section 41"
        ),
    ],
)
def test_eligibility_is_worked_out(importing, values, eligible):
    importing(a_row(**values))

    assert GIASSchool.objects.get().eligible is eligible


def test_importing_the_same_again_touches_no_row(importing):
    rows = [a_row(1, ukprn="10000001"), a_row(2, status="Closed", closed="31-08-2023"), a_row(3)]
    importing(*rows)
    before = touched()

    report = importing(*rows)

    assert (report.created, report.updated, report.closed, report.unchanged) == (0, 0, 0, 3)
    assert (report.schools_opened, report.eligibility_changes) == (0, 0)
    assert touched() == before


def test_only_rows_that_differ_are_written(importing):
    importing(a_row(1), a_row(2))
    before = touched()

    report = importing(a_row(1), a_row(2, name="Mill Lane Academy"))

    assert (report.updated, report.unchanged) == (1, 1)
    assert touched()[0] == before[0]
    assert GIASSchool.objects.get(urn=2).name == "Mill Lane Academy"


def test_a_held_record_is_updated_though_it_no_longer_passes_the_filter(importing):
    importing(a_row(1), a_row(2))

    report = importing(a_row(1, status="Closed", closed="31-12-2019"), a_row(2))

    assert (report.updated, report.closed, report.skipped) == (1, 1, {})
    assert GIASSchool.objects.get(urn=1).status == "closed"


def test_a_record_that_the_file_lacks_stays_as_it_is(importing):
    importing(a_row(1), a_row(2))

    report = importing(a_row(1))

    assert report.not_in_file == 1
    assert GIASSchool.objects.get(urn=2).status == "open"


def test_a_change_of_eligibility_is_recorded(importing):
    importing(a_row(1, name="Mill Lane"))

    report = importing(a_row(1, name="Mill Lane", status="Closed", closed="31-08-2023"))

    event = Event.objects.get(event_type="school_eligibility_changed")
    assert report.eligibility_changes == 1
    assert event.heading == "Mill Lane (1) became ineligible for DfE-funded training"
    assert event.school == School.objects.get()


def test_one_ukprn_belongs_to_the_first_establishment_and_the_other_is_reported(importing):
    rows = [a_row(2, ukprn="10000001"), a_row(1, ukprn="10000001"), a_row(3)]

    report = importing(*rows)
    again = importing(*rows)

    assert report.created == 3
    assert report.ukprn_conflicts == [
        "line 3: UKPRN 10000001 of URN 1 is already that of URN 2: left out"
    ]
    assert GIASSchool.objects.get(urn=2).ukprn == 10000001
    assert GIASSchool.objects.get(urn=1).ukprn is None
    assert (again.updated, again.unchanged) == (0, 3)


def test_a_ukprn_of_a_record_outside_the_file_is_not_taken(importing):
    GIASSchoolFactory(urn=9, ukprn=10000001)

    report = importing(a_row(1, ukprn="10000001"))

    assert len(report.ukprn_conflicts) == 1
    assert GIASSchool.objects.get(urn=9).ukprn == 10000001


def test_two_schools_may_exchange_their_ukprns(importing):
    importing(a_row(1, ukprn="10000001"), a_row(2, ukprn="10000002"))

    report = importing(a_row(1, ukprn="10000002"), a_row(2, ukprn="10000001"))

    assert report.ukprn_conflicts == []
    assert dict(GIASSchool.objects.values_list("urn", "ukprn")) == {1: 10000002, 2: 10000001}


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        pytest.param({"URN": "12345X"}, "URN: '12345X' is not a URN", id="bad URN"),
        pytest.param({"URN": ""}, "URN: '' is not a URN", id="no URN"),
        pytest.param({"URN": "0"}, "URN: '0' is not a URN", id="zero URN"),
        pytest.param({"URN": "99999999999"}, "URN: '99999999999' is not a URN", id="huge URN"),
        pytest.param(
            {"URN": "\u0661\u0662"}, "URN: '\u0661\u0662' is not a URN", id="other digits"
        ),
        pytest.param(
            {"status": "Sold"},
            "EstablishmentStatus (name): 'Sold' is not a known status",
            id="status",
        ),
        pytest.param(
            {"opened": "1-Sep-2001"},
            "OpenDate: '1-Sep-2001' is not a date (dd-mm-yyyy, dd/mm/yyyy or yyyy-mm-dd)",
            id="month in letters",
        ),
        pytest.param(
            {"opened": "01-09-01"},
            "OpenDate: '01-09-01' is not a date (dd-mm-yyyy, dd/mm/yyyy or yyyy-mm-dd)",
            id="two digits of a year",
        ),
        pytest.param(
            {"closed": "31-02-2021"},
            "CloseDate: '31-02-2021' is not a date in the calendar",
            id="no day",
        ),
        pytest.param({"name": " "}, "EstablishmentName: blank", id="no name"),
        pytest.param({"ukprn": "1000X"}, "UKPRN: '1000X' is not a whole number", id="bad UKPRN"),
        pytest.param({"URN": "2"}, "2 is already on line 2", id="second row of a URN"),
    ],
)
def test_a_row_that_makes_no_sense_is_reported_and_the_rest_imported(importing, values, complaint):
    report = importing(a_row(2), a_row(1, **values), a_row(3), *ENOUGH, encoding="utf-8")

    assert list(report.malformed.lines()) == [f"line 3: {complaint}"]
    assert set(GIASSchool.objects.filter(urn__lt=100).values_list("urn", flat=True)) == {2, 3}


def test_contact_details_stay_when_the_file_has_no_such_columns(importing):
    GIASSchoolFactory(urn=1, primary_contact_email="office@school.example", pupils=5)

    importing(a_row(1), columns=[column for column in COLUMNS if column != "NumberOfPupils"])

    school = GIASSchool.objects.get()
    assert (school.primary_contact_email, school.pupils) == ("office@school.example", 5)


def test_a_school_that_leaves_its_trust_has_none_and_a_file_without_the_columns_says_nothing(
    importing,
):
    GIASSchoolFactory(urn=1, trust_code=4421, trust_name="Five Valleys Trust")
    trusts = ("Trusts (code)", "Trusts (name)")

    importing(a_row(1), columns=[column for column in COLUMNS if column not in trusts])
    assert GIASSchool.objects.get().trust_code == 4421

    importing(a_row(1))
    school = GIASSchool.objects.get()
    assert (school.trust_code, school.trust_name) == (None, None)


def test_contact_details_are_taken_when_the_file_has_them(importing):
    importing(
        a_row(1, MainEmail="office@school.example", AlternativeEmail=""),
        columns=[*COLUMNS, "MainEmail", "AlternativeEmail"],
    )

    assert GIASSchool.objects.get().primary_contact_email == "office@school.example"


@pytest.mark.parametrize("missing", ["URN", "CloseDate", "Section41Approved (name)"])
def test_a_file_without_a_required_column_changes_nothing(importing, missing):
    with pytest.raises(FileRefused, match="missing required columns"):
        importing(a_row(), columns=[column for column in COLUMNS if column != missing])

    assert not GIASSchool.objects.exists()


def test_a_file_cut_short_changes_nothing(write):
    path = write([a_row(1), a_row(2)])
    path.write_bytes(path.read_bytes()[:-40])

    with pytest.raises(FileRefused, match="cut short"):
        import_register(path)

    assert not GIASSchool.objects.exists()


def test_a_file_with_header_only_is_refused(importing):
    with pytest.raises(FileRefused, match="no row can be read"):
        importing()


@pytest.mark.parametrize(
    ("held", "sent", "refused"),
    [
        pytest.param(1001, 950, True, id="more than 5% gone"),
        pytest.param(1001, 951, False, id="just under 5% gone"),
        pytest.param(1000, 1, False, id="too few held to judge"),
    ],
)
def test_a_file_that_lost_many_establishments_is_refused(importing, held, sent, refused):
    GIASSchool.objects.bulk_create(
        GIASSchoolFactory.build(urn=urn, name="Held") for urn in range(1, held + 1)
    )
    rows = [a_row(urn) for urn in range(1, sent + 1)]

    if refused:
        with pytest.raises(FileRefused, match=rf"has only {sent} of the {held} establishments"):
            importing(*rows)
        assert not GIASSchool.objects.exclude(name="Held").exists()
    else:
        assert importing(*rows).updated == sent


def test_childrens_centres_come_with_fewer_columns(write):
    path = write(
        [a_row(20001, type="Children's centre")],
        columns=[c for c in COLUMNS if c not in ("CloseDate", "UKPRN", "EstablishmentNumber")
                 and not c.startswith("Section41")],
    )  # fmt: skip

    report = import_register(path, source=CHILDRENS_CENTRES)

    assert (report.created, report.schools_opened) == (1, 1)
    assert GIASSchool.objects.get().eligible


def test_a_school_keeps_its_people_when_its_establishment_changes(importing):
    school = SchoolFactory(gias_school__urn=1, with_tutor=True)

    importing(a_row(1, name="Renamed"))

    school.refresh_from_db()
    assert (school.name, school.induction_tutor_name) == ("Renamed", "Tilda Marsh")
