"""What is imported and warned of, because it can hardly be right."""

from datetime import date

import pytest

from register_ects.gias.importer import import_register
from register_ects.models import GIASSchool, GIASSchoolLink, RegisterImport
from tests.factories import GIASSchoolFactory
from tests.gias.extracts import COLUMNS, a_row


@pytest.fixture
def importing(write):
    """Import rows and return the warnings."""

    def import_rows(*rows):
        columns = [*COLUMNS, "MainEmail", "AlternativeEmail"]
        return list(import_register(write(list(rows), columns=columns)).warnings.lines())

    return import_rows


@pytest.mark.parametrize(
    ("text", "day"),
    [
        pytest.param("16-11-2023", date(2023, 11, 16), id="as in the register"),
        pytest.param("16/11/2023", date(2023, 11, 16), id="with slashes"),
        pytest.param("2023-11-16", date(2023, 11, 16), id="ISO"),
        pytest.param("6/1/2023", date(2023, 1, 6), id="without zeros, the day first"),
        pytest.param("16/11/2023 00:00:00", date(2023, 11, 16), id="with midnight"),
        pytest.param("2023-11-16T00:00:00", date(2023, 11, 16), id="ISO with midnight"),
    ],
)
def test_dates_are_read_as_spreadsheets_and_programs_write_them(importing, text, day):
    assert importing(a_row(opened=text)) == []
    assert GIASSchool.objects.get().opened_on == day


@pytest.mark.parametrize(
    "text", ["16/11-2023", "2023/11/16", "16-11-23", "16.11.2023", "31/02/2023"]
)
def test_other_dates_are_no_dates(write, text):
    rows = [a_row(urn) for urn in range(1, 101)]

    report = import_register(write([*rows, a_row(opened=text)]))

    assert report.malformed.count == 1


@pytest.mark.parametrize(
    ("values", "doubted"),
    [
        pytest.param({"opened": "01-01-0001"}, "OpenDate: 01-01-0001", id="old"),
        pytest.param({"opened": "31-12-1499"}, "OpenDate: 31-12-1499", id="1499"),
        pytest.param({"opened": "01-09-3023"}, "OpenDate: 01-09-3023", id="far"),
        pytest.param({"opened": "01-01-0099"}, "OpenDate: 01-01-0099", id="99"),
        pytest.param({"closed": "31-12-9999"}, "CloseDate: 31-12-9999", id="end"),
        pytest.param({"closed": "01-01-1800"}, "CloseDate: 01-01-1800", id="before the register"),
        pytest.param({"closed": "01-01-1900"}, None, id="1900"),
        pytest.param({"opened": "01-01-1500"}, None, id="1500"),
        pytest.param({"closed": "31-08-2027"}, None, id="a planned closing"),
    ],
)
def test_a_date_that_cannot_be_right_is_left_out_and_warned_of(importing, values, doubted):
    warnings = [f"line 2: {doubted} is hard to believe: left out"] if doubted else []

    found = importing(a_row(**values))

    assert [warning for warning in found if "before the opening" not in warning] == warnings
    school = GIASSchool.objects.get()
    assert bool(school.opened_on) == ("opened" not in values or doubted is None)
    assert bool(school.closed_on) == ("closed" in values and doubted is None)


def test_a_closed_school_with_such_a_closing_date_is_not_kept(write):
    report = import_register(
        write([a_row(1), a_row(2, status="Closed", closed="31-12-9999")]),
    )

    assert report.skipped == {"closed, date not known": 1}


def test_the_day_of_a_change_that_cannot_be_right_says_nothing_of_the_files_age(write):
    columns = [*COLUMNS, "LastChangedDate"]
    rows = [a_row(1, LastChangedDate="01-01-0099"), a_row(2, LastChangedDate="01-09-2999")]

    report = import_register(write(rows, columns=columns))

    assert list(report.warnings.lines()) == [
        "line 2: LastChangedDate: 01-01-0099 is hard to believe: left out",
        "line 3: LastChangedDate: 01-09-2999 is still to come",
    ]
    assert RegisterImport.objects.get().newest_change is None


def test_the_day_of_a_link_that_cannot_be_right_is_left_out_and_warned_of(write, write_links):
    links = write_links((1, 2, "Successor", "01-01-1800"), (1, 3, "Successor", "01-09-2020"))

    report = import_register(write([a_row(1)]), links_path=links)

    assert "  line 2: LinkEstablishedDate: 01-01-1800 is hard to believe: left out" in list(
        report.lines()
    )
    assert report.warned == 1
    days = GIASSchoolLink.objects.order_by("link_urn").values_list("link_date", flat=True)
    assert list(days) == [None, date(2020, 9, 1)]


@pytest.mark.parametrize(
    ("column", "longest"),
    [
        ("EstablishmentName", 200),
        ("TypeOfEstablishment (name)", 200),
        ("EstablishmentStatus (name)", 200),
        ("PhaseOfEducation (name)", 200),
        ("LA (name)", 150),
        ("DistrictAdministrative (name)", 150),
        ("Street", 150),
        ("Locality", 150),
        ("Town", 150),
        ("Postcode", 20),
    ],
)
def test_text_longer_than_is_plausible_costs_its_row(write, column, longest):
    rows = [a_row(urn) for urn in range(1, 201)]
    bad = a_row(999, **{column: "x" * (longest + 1)})

    report = import_register(write([*rows, bad]))

    assert list(report.malformed.lines()) == [
        f"line 202: {column}: has more than {longest} characters"
    ]
    assert not GIASSchool.objects.filter(urn=999).exists()


def test_what_is_told_of_a_row_is_short_however_long_its_values_are(write):
    rows = [a_row(urn) for urn in range(1, 201)]

    report = import_register(write([*rows, a_row(999, opened="9" * 100_000)]))

    [line] = report.malformed.lines()
    assert len(line) < 400


def test_a_closing_before_the_opening_is_kept_and_warned_of(importing):
    warnings = importing(a_row(1, closed="31-08-1998"), a_row(2, closed="01-09-1998"))

    assert warnings == ["line 2: CloseDate: 31-08-1998 is before the opening, 01-09-1998"]
    assert GIASSchool.objects.count() == 2


@pytest.mark.parametrize(
    "address",
    [
        "https://mill-lane.example",
        "www.mill-lane.sch.uk",
        "HTTP://Mill-Lane.sch.uk/home.aspx?a=b",
        "mill-lane.sch.uk:8080/a",
        "http://195.89.191.195/",
        "http://www.castleschool.co.uk.",
    ],
)
def test_a_web_address_is_kept(importing, address):
    assert importing(a_row(SchoolWebsite=address)) == []
    assert GIASSchool.objects.get().website == address


@pytest.mark.parametrize(
    "address",
    [
        "n/a",
        "under construction",
        "javascript:alert(1)",
        "http://",
        "http:www.school.uk",
        "office@school.example",
        "020 8840 3400",
        "www.a.uk and www.b.uk",
    ],
)
def test_a_website_that_is_no_web_address_is_left_out_and_warned_of(importing, address):
    assert importing(a_row(SchoolWebsite=address)) == [
        f"line 2: SchoolWebsite: {address!r} is no web address: left out"
    ]
    assert GIASSchool.objects.get().website is None


def test_an_email_that_is_none_is_left_out_and_warned_of(importing):
    warnings = importing(a_row(MainEmail="see website", AlternativeEmail="office@school.example"))

    assert warnings == ["line 2: MainEmail: 'see website' is no email address: left out"]
    school = GIASSchool.objects.get()
    assert (school.primary_contact_email, school.secondary_contact_email) == (
        None,
        "office@school.example",
    )


@pytest.mark.parametrize("eligible", [True, False])
def test_an_unknown_type_keeps_what_a_held_school_is_eligible_for(importing, eligible):
    GIASSchoolFactory(urn=1, type_name="Community school", eligible=eligible, in_england=True)

    warnings = importing(a_row(1, type="Academy of tomorrow"))

    school = GIASSchool.objects.get()
    assert (school.type_name, school.eligible, school.in_england) == (
        "Academy of tomorrow",
        eligible,
        True,
    )
    assert warnings == [
        "line 2: TypeOfEstablishment (name): 'Academy of tomorrow' is not a type we know: "
        "what it is eligible for stays as it is"
    ]


def test_a_held_school_of_an_unknown_type_that_closes_is_no_longer_eligible(importing):
    GIASSchoolFactory(urn=1, eligible=True)

    importing(a_row(1, type="Academy of tomorrow", status="Closed", closed="31-08-2023"))

    assert not GIASSchool.objects.get().eligible


def test_an_open_establishment_of_an_unknown_type_is_not_imported_and_warned_of(importing):
    assert importing(
        a_row(1, type="Academy of tomorrow"),
        a_row(2, type="School of wizardry", status="Closed", closed="31-08-2023"),
    ) == [
        "line 2: TypeOfEstablishment (name): 'Academy of tomorrow' is not a type we know: "
        "not imported"
    ]
    assert not GIASSchool.objects.exists()


def test_a_closed_schools_number_that_now_stands_for_another_is_warned_of(importing):
    for urn in (1, 2, 3):
        GIASSchoolFactory(urn=urn, name="Old Hall School", postcode="ZZ9 9ZZ", closed=True)

    warnings = importing(
        a_row(1, name="New Academy"),
        a_row(2, name="Old Hall School"),
        a_row(3, name="New Academy", postcode="ZZ9 9ZZ"),
    )

    assert warnings == [
        "line 2: URN 1 was that of Old Hall School, closed, and is now that of New Academy: reused?"
    ]
    assert GIASSchool.objects.get(urn=1).name == "New Academy"
