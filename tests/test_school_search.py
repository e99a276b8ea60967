"""Finding schools by name, URN and postcode."""

import pytest

from register_ects.school_search import search_schools
from tests.factories import GIASSchoolFactory, SchoolFactory


@pytest.fixture
def schools():
    for urn, name, postcode in [
        (100101, "St Joseph\u2019s Catholic Primary School", "AB1 2CD"),
        (100102, "St Josephs Academy", "EF3 4GH"),
        (100103, "École Française de Milton", "IJ5 6KL"),
        (100104, "Barton-upon-Humber Junior School", "MN7 8PQ"),
        (100105, "Academy@Worden", "RS9 1TU"),
        (100106, "The O'Neill & Sons School (Upper)", "VW2 3XY"),
    ]:
        GIASSchoolFactory(urn=urn, name=name, postcode=postcode)


@pytest.mark.usefixtures("schools")
@pytest.mark.parametrize(
    ("text", "urns"),
    [
        pytest.param("100104", [100104], id="URN"),
        pytest.param("1001", [100105, 100104, 100102, 100101, 100106, 100103], id="part of a URN"),
        pytest.param("ab1 2cd", [100101], id="postcode"),
        pytest.param("AB12CD", [100101], id="postcode without its space"),
        pytest.param("st joseph's", [100102, 100101], id="straight apostrophe"),
        pytest.param("ST JOSEPH\u2019S", [100102, 100101], id="curly apostrophe, capitals"),
        pytest.param("st josephs", [100102, 100101], id="no apostrophe"),
        pytest.param("ecole francaise", [100103], id="no accents"),
        pytest.param("École", [100103], id="accents"),
        pytest.param("milton ec", [100103], id="beginnings in any order"),
        pytest.param("barton upon", [100104], id="hyphenated, part"),
        pytest.param("Barton-upon-Humber", [100104], id="hyphenated"),
        pytest.param("worden", [100105], id="after an at sign"),
        pytest.param("o'neill (upper)", [100106], id="brackets"),
        pytest.param("barten upon humber", [100104], id="misspelt"),
        pytest.param("joseph & academy", [100102], id="ampersand"),
        pytest.param("zzzzzz", [], id="no such school"),
        pytest.param("\u0663100104", [], id="a digit that is none of ours before it"),
        pytest.param("10010\uff14", [], id="a wide digit at its end"),
    ],
)
def test_finds_schools_however_they_are_typed(text, urns):
    assert [school.urn for school in search_schools(text)] == urns


@pytest.mark.usefixtures("schools")
@pytest.mark.parametrize(
    "text",
    ["", "   ", "'", "'' OR 1=1 --", "a & | ! ( :*", "\\", "%", "ŉ½№", "\0", "<->", "x" * 5000],
)
def test_no_punctuation_breaks_the_search(text):
    assert isinstance(search_schools(text), list)


def test_a_name_that_begins_with_the_text_comes_before_one_that_contains_it():
    GIASSchoolFactory(urn=1, name="All Hillside Pupils")
    GIASSchoolFactory(urn=2, name="Hillside Junior")
    GIASSchoolFactory(urn=3, name="Hillside Infants", closed=True)

    assert [school.urn for school in search_schools("hillside")] == [2, 3, 1]


def test_tells_which_are_schools_of_the_service():
    school = SchoolFactory(gias_school__name="Hillside Ours")
    GIASSchoolFactory(name="Hillside Theirs")

    assert [found.school_id for found in search_schools("hillside")] == [school.pk, None]


@pytest.mark.parametrize(("limit", "found"), [(1, 1), (2, 2), (1000, 3), (0, 1)])
def test_returns_no_more_than_asked(limit, found):
    GIASSchoolFactory.create_batch(3, name="Hillside")

    assert len(search_schools("hill", limit=limit)) == found


@pytest.mark.parametrize("text", ["hillside", "100200"])
def test_finding_a_school_costs_one_query(django_assert_num_queries, text):
    GIASSchoolFactory(urn=100200, name="Hillside")

    with django_assert_num_queries(1):
        assert search_schools(text)
