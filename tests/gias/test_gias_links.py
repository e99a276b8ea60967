"""Importing links between establishments, and finding a successor."""

import pytest

from register_ects.gias.faults import FileRefused
from register_ects.gias.importer import import_register
from register_ects.models import GIASSchool, GIASSchoolLink
from tests.factories import GIASSchoolFactory, GIASSchoolLinkFactory
from tests.gias.extracts import a_row


@pytest.fixture
def importing_links(write, write_links):
    """Import schools 1 and 2 with the given links and return the report on the links."""
    return lambda *links: (
        import_register(write([a_row(1), a_row(2)]), links_path=write_links(*links)).links
    )


def links_held():
    rows = GIASSchoolLink.objects.values_list("urn", "link_urn", "link_type", "link_date")
    return [(*row[:3], row[3] and row[3].isoformat()) for row in rows.order_by("urn", "link_urn")]


def test_stores_links_whose_first_school_is_held(importing_links):
    report = importing_links(
        (1, 999999, "Successor", "31-08-2021"),
        (2, 1, "Merged - expansion in school capacity and changer in age range", ""),
        (999999, 1, "Predecessor", "31-08-2021"),
    )

    assert (report.created, dict(report.skipped)) == (
        2,
        {"from an establishment that is not held": 1},
    )
    assert links_held() == [
        (1, 999999, "Successor", "2021-08-31"),
        (2, 1, "Merged - expansion in school capacity and changer in age range", None),
    ]


def test_leaves_out_a_link_of_a_school_to_itself(importing_links):
    report = importing_links((1, 1, "Successor", ""), (1, 2, "Successor", ""))

    assert (report.created, dict(report.skipped)) == (
        1,
        {"from an establishment to itself": 1},
    )
    assert links_held() == [(1, 2, "Successor", None)]


def test_importing_the_same_links_again_changes_nothing(importing_links):
    links = [(1, 2, "Successor", "31-08-2021"), (2, 1, "Predecessor", "")]
    importing_links(*links)
    before = list(GIASSchoolLink.objects.values())

    report = importing_links(*links)

    assert (report.created, report.updated, report.unchanged) == (0, 0, 2)
    assert list(GIASSchoolLink.objects.values()) == before


def test_a_changed_link_is_updated(importing_links):
    importing_links((1, 2, "Other", ""))

    report = importing_links((1, 2, "Successor", "31-08-2021"))

    assert (report.created, report.updated) == (0, 1)
    assert links_held() == [(1, 2, "Successor", "2021-08-31")]


@pytest.mark.parametrize(
    ("link", "complaint"),
    [
        pytest.param((1, "x", "Other", ""), "LinkURN: 'x' is not a URN", id="bad URN"),
        pytest.param((1, 2, "", ""), "LinkType: blank", id="no type"),
        pytest.param(
            (1, 2, "Other", "2021"),
            "LinkEstablishedDate: '2021' is not a date (dd-mm-yyyy, dd/mm/yyyy or yyyy-mm-dd)",
            id="bad date",
        ),
        pytest.param((2, 1, "Other", ""), "2 to 1 is already on line 2", id="second of a pair"),
    ],
)
def test_a_link_that_makes_no_sense_is_reported_and_the_rest_imported(
    importing_links, link, complaint
):
    enough = [(1, urn, "Other", "") for urn in range(1_000, 1_100)]

    report = importing_links((2, 1, "Predecessor", ""), link, *enough)

    assert list(report.malformed.lines()) == [f"line 3: {complaint}"]
    assert links_held()[100:] == [(2, 1, "Predecessor", None)]


def test_a_fault_of_the_links_file_keeps_the_schools_out_too(write):
    links = write("URN,LinkURN,LinkType\r\n1,2,Other\r\n", name="links.csv")

    with pytest.raises(FileRefused, match="LinkEstablishedDate"):
        import_register(write([a_row(1)]), links_path=links)

    assert not GIASSchool.objects.exists()


def test_more_than_1_percent_of_links_malformed_keeps_the_schools_out_too(importing_links):
    with pytest.raises(FileRefused, match=r"1 of 2 rows \(50.0%\) cannot be read"):
        importing_links((2, 1, "Predecessor", ""), (1, 2, "", ""))

    assert not GIASSchool.objects.exists()


@pytest.mark.parametrize(
    ("links", "successor"),
    [
        pytest.param([(2, "Successor")], 2, id="one"),
        pytest.param([(2, "Successor - merged")], 2, id="one, by merger"),
        pytest.param([(2, "Successor"), (999999, "Successor")], 2, id="one that we hold"),
        pytest.param([(2, "Successor - Split School"), (3, "Successor")], None, id="two"),
        pytest.param([(2, "Predecessor"), (3, "Other")], None, id="none of the kind"),
        pytest.param([(999999, "Successor")], None, id="one that we do not hold"),
        pytest.param([], None, id="none"),
    ],
)
def test_a_successor_is_known_when_exactly_one_is_held(links, successor):
    school = GIASSchoolFactory(urn=1, closed=True)
    GIASSchoolFactory(urn=2)
    GIASSchoolFactory(urn=3)
    for urn, link_type in links:
        GIASSchoolLinkFactory(urn=school, link_urn=urn, link_type=link_type)

    found = school.successor

    assert (found.urn if found else None) == successor
