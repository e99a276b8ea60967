"""Support staff find people: who may, by what, and everybody page by page."""

import uuid
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from register_ects import clock
from register_ects.models import Teacher
from register_ects.rules.enumerations import AnonymisationReason
from register_ects.rules.person_search import PersonSearch
from support.search import ways_to_find
from tests.factories import (
    ECTAtSchoolPeriodFactory,
    InductionPeriodFactory,
    MentorAtSchoolPeriodFactory,
    SchoolFactory,
    StaffUserFactory,
    TeacherFactory,
    TeacherIdChangeFactory,
)
from tests.support.test_teacher_pages import SEARCH, named, page_of

TODAY = date(2026, 12, 1)
MORNING = datetime(2026, 12, 1, 9, tzinfo=UTC)


def found(officer, query):
    return [row.a.get_text() for row in officer.get(SEARCH, {"q": query}).select("tbody tr")]


# -- Who may see it --------------------------------------------------------------------------


@pytest.mark.parametrize("trait", [{}, {"finance": True}, {"user_manager": True}])
def test_all_staff_may_look_people_up(sign_in, trait):
    browser = sign_in(StaffUserFactory(**trait))

    assert browser.get("/admin").follow().status_code == 200
    assert browser.get(SEARCH).status_code == 200


def test_a_school_is_told_that_it_is_not_theirs(sign_in):
    teacher = TeacherFactory()
    browser = sign_in(SchoolFactory())

    for address in (SEARCH, page_of(teacher)):
        assert browser.get(address).status_code == 401


def test_a_stranger_is_asked_to_sign_in(browse):
    page = browse.get(page_of(TeacherFactory()))

    assert (page.status_code, page.location) == (302, "/sign-in")


# -- Search ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("Jo Sm", ["John Smith"], id="beginnings of words"),
        pytest.param("smith john", ["John Smith"], id="in any order"),
        pytest.param("zoe", ["Zoë Nuñez"], id="without accents"),
        pytest.param("ZOË NUÑEZ", ["Zoë Nuñez"], id="in capitals"),
        pytest.param("o'brien", ["Siân O'Brien-Hall"], id="apostrophe"),
        pytest.param("OBrien", ["Siân O'Brien-Hall"], id="without the apostrophe"),
        pytest.param("obr", ["Siân O'Brien-Hall"], id="its beginning"),
        pytest.param("sian obri", ["Siân O'Brien-Hall"], id="beside a first name"),
        pytest.param("allegra", [], id="another word"),
        pytest.param("Dr. Siân O'Brien-Hall", ["Siân O'Brien-Hall"], id="a title"),
        pytest.param("%", [], id="a wildcard"),
        pytest.param("brien hall", ["Siân O'Brien-Hall"], id="parts of a double name"),
        pytest.param("Jo | Sm & !(x):*", [], id="operators are not obeyed"),
        pytest.param("jo'; DROP TABLE teacher; --", [], id="no SQL"),
        pytest.param("& | ! ' \\ :*", [], id="punctuation alone finds nothing"),
        pytest.param("jo \x00 sm", ["John Smith"], id="a zero byte"),
        pytest.param("½ ŉ ß", [], id="what unaccent turns into signs"),
        pytest.param("Joan Smith", [], id="every word must match"),
    ],
)
def test_finds_people_by_name(officer, query, expected):
    named("John", "Smith")
    named("Joan", "Jones")
    named("Zoë", "Nuñez")
    named("Siân", "O'Brien-Hall")

    assert found(officer, query) == expected


def test_finds_people_by_corrected_name(officer):
    named("Jonathan", "Smith", corrected_name="Jonty Archer")

    assert found(officer, "archer") == ["Jonty Archer"]


@pytest.mark.parametrize(
    "query", ["1234567", "TRN 1234567, please", "1234567 7654321", "RP12/34567"]
)
def test_finds_people_by_trn_and_ignores_other_words(officer, query):
    named("Ada", "Okafor", trn="1234567")
    named("Bola", "Varga", trn="0000001")

    assert found(officer, query) == ["Ada Okafor"]


@pytest.mark.parametrize(
    "between", [" ", ", ", ";", "\n", " and "], ids=["space", "comma", "semicolon", "line", "word"]
)
def test_finds_everyone_whose_trn_or_id_was_pasted(officer, between):
    ada, bola = named("Ada", "Okafor", trn="3000101"), named("Bola", "Varga", trn="3000502")
    cyd = named("Cyd", "Moss", trn="3000113")

    pasted = between.join(["RP30/00101", bola.trn, str(cyd.api_id)])

    assert set(found(officer, pasted)) == {ada.name, bola.name, cyd.name}


@pytest.mark.parametrize("query", ["00113", "RP30/001", "30 0011"])
def test_finds_people_by_part_of_their_trn(officer, query):
    named("Cyd", "Moss", trn="3000113")
    named("Bola", "Varga", trn="3100502")

    assert found(officer, query) == ["Cyd Moss"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [("okafor 0011", ["Ada Okafor"]), ("220000 ada", ["Ada Okafor"]), ("zzz 0011", [])],
)
def test_words_count_beside_part_of_a_trn_or_a_urn(officer, query, expected):
    ada = named("Ada", "Okafor", trn="3000113")
    named("Bola", "Varga", trn="3000114")
    ECTAtSchoolPeriodFactory(teacher=ada, school__gias_school__urn=220000)

    assert found(officer, query) == expected
    assert "former name" not in officer.get(SEARCH, {"q": query}).text


def test_finds_people_by_the_address_of_any_placement(officer):
    ect = ECTAtSchoolPeriodFactory(email="ada@school.example").teacher
    mentor = MentorAtSchoolPeriodFactory(email="bola@school.example").teacher
    ECTAtSchoolPeriodFactory(email="ada@school.example.org")

    assert found(officer, "Ada@School.example") == [ect.name]
    both = found(officer, "ada@school.example, bola@school.example")
    assert set(both) == {ect.name, mentor.name}


def test_finds_people_by_former_names_and_says_so(officer):
    teacher = named("Ada", "Okafor")
    teacher.trs_last_name = "Moss"
    teacher.save()
    named("Ade", "Okafor")

    page = officer.get(SEARCH, {"q": "okafor ad"})

    assert [row.th.get_text() for row in page.select("tbody tr")] == [
        "Ada Moss (found by a former name)",
        "Ade Okafor",
    ]
    assert "former name" not in officer.get(SEARCH, {"q": "moss"}).text


def test_nobody_is_found_by_the_name_of_a_record_that_was_cleared(officer):
    teacher = named("Ada", "Okafor")
    cleared = {
        field.name: None
        for field in Teacher._meta.fields
        if field.name.startswith("trs_") or field.name in ("trn", "corrected_name")
    }
    Teacher.objects.filter(pk=teacher.pk).update(
        **cleared,
        trnless=True,
        anonymised_at=clock.now(),
        anonymisation_reason=AnonymisationReason.choices[0][0],
    )

    assert found(officer, "okafor") == []


def test_finds_the_people_of_a_school_by_its_urn_and_its_name(officer):
    school = SchoolFactory(gias_school__name="Larkhill Primary School")
    here = MentorAtSchoolPeriodFactory(school=school).teacher
    coming = ECTAtSchoolPeriodFactory(school=school, started_on=TODAY).teacher
    ECTAtSchoolPeriodFactory(
        school=school, started_on=date(2021, 9, 1), finished_on=date(2023, 7, 31)
    )

    with clock.pretend(MORNING):
        assert set(found(officer, str(school.gias_school_id))) == {here.name, coming.name}
        assert set(found(officer, "larkhill primary")) == {here.name, coming.name}
        named("Robin", "Larkhill")
        assert found(officer, "larkhill") == ["Robin Larkhill"]


def test_finds_who_is_with_an_appropriate_body_of_a_name(officer):
    period = InductionPeriodFactory(appropriate_body__name="Northmoor Teaching School Hub")

    page = officer.get(SEARCH, {"q": "northmoor hub"})

    assert [row.a.get_text() for row in page.select("tbody tr")] == [period.teacher.name]
    assert "No teacher has this name. These are at schools, or with appropriate bodies" in page.text


def test_similar_names_are_shown_best_first_where_nothing_else_matches(officer):
    named("Johnny", "Smitherson")
    named("John", "Smith")
    named("Joan", "Jones")

    page = officer.get(SEARCH, {"q": "jon smyth"})

    assert next(row.a.get_text() for row in page.select("tbody tr")) == "John Smith"
    assert "No exact match. Similar names:" in page.text
    assert found(officer, "joann jonas xqzt") == []
    assert "Similar names" not in officer.get(SEARCH, {"q": "john"}).text


def test_finds_people_by_any_of_their_ids(officer):
    teacher = named("Ada", "Okafor")

    for key in ("api_id", "api_ect_training_record_id", "api_mentor_training_record_id"):
        assert found(officer, str(getattr(teacher, key)).upper()) == ["Ada Okafor"]
    assert found(officer, str(uuid.uuid4())) == []


def test_finds_people_by_an_id_that_a_merge_retired(officer):
    change = TeacherIdChangeFactory()

    names = found(officer, str(change.from_teacher_id))

    assert change.teacher.name in names


def test_shows_everyone_newest_first_when_nothing_is_asked(officer):
    named("Ada", "Okafor")
    named("Bola", "Varga")

    assert found(officer, " ") == found(officer, "\u200b") == ["Bola Varga", "Ada Okafor"]


def test_a_row_tells_roles_and_current_schools(officer):
    teacher = named("Ada", "Okafor", trn="1234567")
    ECTAtSchoolPeriodFactory(
        teacher=teacher, started_on=date(2021, 9, 1), finished_on=date(2023, 7, 31)
    )
    mentor = MentorAtSchoolPeriodFactory(teacher=teacher)

    [row] = officer.get(SEARCH, {"q": "1234567"}).select("tbody tr")

    assert [cell.get_text() for cell in row.select("th, td")] == [
        "Ada Okafor",
        "1234567",
        "ECT (Inactive) & Mentor",
        mentor.school.name,
    ]


@pytest.mark.parametrize(
    ("started_on", "finished_on", "role", "told"),
    [
        pytest.param(TODAY, None, "ECT", "", id="from today on"),
        pytest.param(TODAY, TODAY, "ECT", " (leaves 1 December 2026)", id="today only"),
        pytest.param(
            date(2025, 9, 1),
            date(2026, 12, 18),
            "ECT",
            " (leaves 18 December 2026)",
            id="a last day ahead",
        ),
        pytest.param(
            date(2027, 1, 4), None, "ECT", " (starts 4 January 2027)", id="a first day ahead"
        ),
        pytest.param(date(2025, 9, 1), date(2026, 11, 30), "ECT (Inactive)", None, id="left"),
    ],
)
def test_who_is_at_school_today_is_judged_by_the_date(officer, started_on, finished_on, role, told):
    placement = ECTAtSchoolPeriodFactory(started_on=started_on, finished_on=finished_on)
    expected = "None" if told is None else f"{placement.school.name}{told}"

    with clock.pretend(MORNING):
        [row] = officer.get(SEARCH, {"q": placement.teacher.trn}).select("tbody tr")
        record = officer.get(page_of(placement.teacher))

    assert [cell.get_text() for cell in row.select("td")][1:] == [role, expected]
    assert f"At school today {expected}" in record.text
    assert record.select_one(".govuk-caption-l").get_text() == role


def test_the_search_is_remembered_on_the_way_back(officer):
    named("Ada", "Okafor")

    link = officer.get(SEARCH, {"q": "ada oka"}).select_one("tbody a")["href"]
    page = officer.get(link)

    assert page.select(".govuk-breadcrumbs a")[0]["href"] == f"{SEARCH}?q=ada+oka"


def test_every_part_of_a_record_leads_back_to_the_list_as_it_was(officer):
    TeacherFactory.create_batch(21, trs_last_name="Okafor")
    search = f"{SEARCH}?q=okafor&page=2"

    summary = officer.get(officer.get(search).select_one("tbody a")["href"])
    parts = [officer.get(link["href"]) for link in summary.select(".app-parts a")]

    for page in (summary, *parts):
        assert page.select_one(".govuk-breadcrumbs a")["href"] == search


def test_everybody_is_left_and_found_again_where_they_were(officer):
    TeacherFactory.create_batch(21)
    second = officer.get(f"{SEARCH}{officer.get(SEARCH).select_one('a[rel=next]')['href']}")

    record = officer.get(second.select_one("tbody a")["href"])
    back = officer.get(record.select_one(".govuk-breadcrumbs a")["href"])

    assert [row.get_text() for row in back.select("tbody tr")] == [
        row.get_text() for row in second.select("tbody tr")
    ]


def test_says_when_nobody_matches(officer):
    assert "No teachers found" in officer.get(SEARCH, {"q": "nobody"}).text


def test_twenty_people_a_page_at_a_constant_cost(officer):
    MentorAtSchoolPeriodFactory(teacher=named("Ada", "Okafor"))
    with CaptureQueriesContext(connection) as short:
        officer.get(SEARCH, {"q": "okafor"})
    for _ in range(5):
        ECTAtSchoolPeriodFactory(teacher=named("Bola", "Okafor"))
    TeacherFactory.create_batch(16, trs_last_name="Okafor")

    with CaptureQueriesContext(connection) as long:
        page = officer.get(SEARCH, {"q": "okafor"})

    assert len(page.select("tbody tr")) == 20
    assert "Showing 1 to 20 of 22 teachers" in page.text
    assert page.select_one(".govuk-pagination__next a")["href"] == "?q=okafor&page=2"
    assert len(short) + 1 == len(long) <= 6, "those that fit on one page are not counted"


def test_a_slice_is_read_and_rows_are_counted_no_further_than_asked(django_assert_num_queries):
    people = [named(first, "Okafor") for first in ("Ada", "Bola", "Cyd")]
    found_by_name = next(ways_to_find(PersonSearch.of("okafor")))

    for _ in range(6):  # from the sixth time on by the plan that is kept
        with django_assert_num_queries(3) as asked:
            assert [found_by_name[0:2], found_by_name[2:9], found_by_name[1]] == [
                people[:2],
                people[2:],
                people[1],
            ]
        assert "LIMIT 2 OFFSET 0" in asked.captured_queries[0]["sql"]
        with django_assert_num_queries(3):
            counted = (len(found_by_name), *map(found_by_name.count_up_to, (2, 9)))
        assert counted == (3, 2, 3)


@pytest.fixture
def crowd():
    """Just over two pages of people, many of whom were created in one instant."""
    people = TeacherFactory.create_batch(47)
    instant = people[0].created_at
    Teacher.objects.filter(pk__in=[each.pk for each in people[10:40]]).update(created_at=instant)
    return list(Teacher.objects.order_by("-created_at", "-pk").values_list("trn", flat=True))


def trns(page):
    return [row.select("td")[0].get_text() for row in page.select("tbody tr")]


def turned(officer, address, which):
    """Follow the links to the next or previous page; return what each page lists."""
    page = officer.get(address)
    pages = [trns(page)]
    while link := page.select_one(f".govuk-pagination__{which} a"):
        page = officer.get(f"{SEARCH}{link['href']}")
        pages.append(trns(page))
    return pages


def test_everybody_is_reached_page_by_page(officer, crowd):
    pages = turned(officer, SEARCH, "next")

    assert [len(page) for page in pages] == [20, 20, 7]
    assert [trn for page in pages for trn in page] == crowd


def test_everybody_is_reached_from_the_oldest_back_to_the_newest(officer, crowd):
    pages = turned(officer, f"{SEARCH}?before=end", "prev")

    assert pages[0] == crowd[-20:]
    assert pages[1] == crowd[-40:-20]
    assert pages[2] == crowd[:20], "the first page is always a full one"


def test_the_ends_of_the_list_of_everybody_lead_to_each_other(officer, crowd):
    first = officer.get(SEARCH)
    last = officer.get(f"{SEARCH}{first.select_one('a[href$=end]')['href']}")

    assert "20 teachers on this page" in first.text
    assert "Go to the newest" not in first.text
    assert trns(last) == crowd[-20:]
    assert last.select_one(".govuk-pagination__next") is None
    newest = next(link for link in last.select("a") if link.get_text() == "Go to the newest")
    assert trns(officer.get(f"{SEARCH}{newest['href']}")) == crowd[:20]


@pytest.mark.parametrize(
    "query", ["?after=x", f"?after={uuid.UUID(int=1)}", f"?before={uuid.UUID(int=1)}", "?page=9"]
)
def test_an_address_that_names_nobody_leads_to_the_newest(officer, crowd, query):
    assert trns(officer.get(f"{SEARCH}{query}")) == crowd[:20]


def test_a_short_list_of_everybody_has_no_pages(officer):
    named("Ada", "Okafor")

    page = officer.get(SEARCH)

    assert page.select_one(".govuk-pagination") is None
    assert "Everybody, the newest first" in page.text


def test_a_page_of_everybody_costs_the_same_wherever_it_is(officer, crowd):
    costs = set()
    for query in ("", f"?after={Teacher.objects.get(trn=crowd[24]).api_id}", "?before=end"):
        with CaptureQueriesContext(connection) as queries:
            officer.get(f"{SEARCH}{query}")
        costs.add(len(queries))

    assert max(costs) <= min(costs) + 1 <= 5
