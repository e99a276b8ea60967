"""The home page: a body's ECTs, searched and counted (spec 06 §6.5)."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import ECTAtSchoolPeriodFactory, InductionPeriodFactory, TeacherFactory

HOME = "/appropriate-body/teachers"


def named(first, last, **changes):
    return TeacherFactory(trs_first_name=first, trs_last_name=last, **changes)


def names(page):
    return [cell.get_text(strip=True) for cell in page.select("tbody th")]


def held(hub, teacher, **changes):
    return InductionPeriodFactory(appropriate_body=hub, teacher=teacher, **changes)


@pytest.fixture
def three(hub):
    """One open, one passed and one released at the hub, and one that is another's."""
    held(hub, named("Ada", "Okafor"))
    held(hub, named("Bola", "Quillan"), started_on=date(2024, 9, 2), passed=True)
    held(hub, named("Cerys", "Varga"), started_on=date(2024, 9, 2), finished=True)
    InductionPeriodFactory(teacher=named("Dev", "Sorrel"))


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("address", "heading", "listed"),
    [
        (HOME, "1 open induction", ["Ada Okafor"]),
        (f"{HOME}/open", "1 open induction", ["Ada Okafor"]),
        (f"{HOME}/closed", "1 closed induction", ["Bola Quillan"]),
        (f"{HOME}/released", "1 released ECT", ["Cerys Varga"]),
        (f"{HOME}?status=closed", "1 closed induction", ["Bola Quillan"]),
        (f"{HOME}?status=nonsense", "1 open induction", ["Ada Okafor"]),
    ],
)
def test_each_list_has_its_own_people_and_only_this_bodys(user, address, heading, listed):
    page = user.get(address)

    assert (page.status_code, page.h1, names(page)) == (200, heading, listed)


@pytest.mark.usefixtures("three")
def test_the_other_lists_are_linked_with_their_counts_and_the_search(user):
    page = user.get(HOME, {"q": "Quillan"})

    links = {a.get_text(): a["href"] for a in page.select("main nav a")}
    assert links == {"1 closed induction": f"{HOME}/closed?q=Quillan"}
    assert "0 released ECTs" in page.text
    assert page.h1 == "No open inductions match “Quillan”"


def test_a_row_shows_trn_first_start_with_any_body_and_status(hub, user):
    teacher = named("Ada", "Okafor", trn="3000777", trs_induction_status="RequiredToComplete")
    InductionPeriodFactory(teacher=teacher, started_on=date(2024, 9, 2), finished=True)
    held(hub, teacher)

    row = user.get(HOME).select_one("tbody tr")

    assert [cell.get_text(strip=True) for cell in row.find_all(["th", "td"])] == [
        "Ada Okafor",
        "3000777",
        "2 September 2024",
        "In progress",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("zo bro", ["Zoë Brown"]),
        ("Jo Sm", ["John Smith"]),
        ("  ", ["Zoë Brown", "Joan Jones", "Erin O'Brien", "Asha Rao-Lind", "John Smith"]),
        ("lind", ["Asha Rao-Lind"]),
        ("o'brien (er", ["Erin O'Brien"]),
        ("BROWN", ["Zoë Brown"]),
        ("Priya 3000001 and 3000002", ["Zoë Brown", "John Smith"]),
        ("RP30/00002", ["John Smith"]),
        ("30 00002", ["John Smith"]),
        ("RP30/00002 3000001", ["Zoë Brown", "John Smith"]),
        ("3000001 RP30/00002", ["Zoë Brown", "John Smith"]),
        ("3000001;30 00002", ["Zoë Brown", "John Smith"]),
        ("00003", ["Joan Jones"]),
        ("3000 smith", ["John Smith"]),
        ("zzz 3000", []),
        ("RP30/000", ["Zoë Brown", "Joan Jones", "Erin O'Brien", "Asha Rao-Lind", "John Smith"]),
        ("Ms Zoë Brown", ["Zoë Brown"]),
        ("obrien", ["Erin O'Brien"]),
        ("zoe@school.example", []),
        ("ro", []),
        ("smith & brown", []),
        ("':*|!()<->\\", []),
        ("\u0149", []),
        ("½", []),
        ("\x00", ["Zoë Brown", "Joan Jones", "Erin O'Brien", "Asha Rao-Lind", "John Smith"]),
        ("<script>alert(1)</script>", []),
        ("\u202e\u0645\u0631\u062d\u0628\u0627", []),
        ("x" * 3000, []),
    ],
)
def test_searching_finds_what_is_meant_and_never_fails(hub, user, text, found):
    for trn, first, last in [
        ("3000001", "Zoë", "Brown"),
        ("3000002", "John", "Smith"),
        ("3000003", "Joan", "Jones"),
        ("3000004", "Erin", "O'Brien"),
        ("3000005", "Asha", "Rao-Lind"),
    ]:
        held(hub, named(first, last, trn=trn))

    page = user.get(HOME, {"q": text})

    assert page.status_code == 200
    assert names(page) == found
    assert not page.select("main script")


SIMILAR = "No exact match. Similar names:"


def test_similar_names_are_shown_where_none_matches_exactly(hub, user):
    held(hub, named("John", "Smith"))
    held(hub, named("Joan", "Jones"))
    InductionPeriodFactory(teacher=named("John", "Smithers"))

    page = user.get(HOME, {"q": "jon smyth"})

    assert names(page) == ["John Smith"]
    assert page.h1 == "No open inductions match “jon smyth”"
    assert SIMILAR in page.text
    assert SIMILAR not in user.get(HOME, {"q": "john smith"}).text
    assert SIMILAR not in user.get(HOME, {"q": "nobody"}).text


def test_similar_names_on_another_list_are_linked(hub, user):
    held(hub, named("John", "Smith"), started_on=date(2024, 9, 2), passed=True)

    page = user.get(HOME, {"q": "smyth"})

    assert (names(page), SIMILAR in page.text) == ([], False)
    link = page.select_one("main nav a")
    assert link.get_text() == "1 closed induction"
    assert names(user.get(link["href"])) == ["John Smith"]


def test_a_body_finds_nobody_by_a_former_name_or_an_address(hub, user):
    teacher = named("Ada", "Okafor")
    held(hub, teacher)
    ECTAtSchoolPeriodFactory(teacher=teacher, email="ada@school.example")
    teacher.trs_last_name = "Moss"
    teacher.save()

    assert names(user.get(HOME, {"q": "okafor"})) == []
    assert names(user.get(HOME, {"q": "ada@school.example"})) == []
    assert names(user.get(HOME, {"q": str(teacher.api_id)})) == ["Ada Moss"]


def test_a_list_costs_the_same_for_2_and_for_20_rows(hub, user):
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert user.get(HOME).status_code == 200
        return len(queries)

    for _ in range(2):
        held(hub, TeacherFactory())
    few = cost()
    for _ in range(18):
        held(hub, TeacherFactory())

    assert cost() == few <= 12


def test_51_people_take_two_pages(hub, user):
    for number in range(51):
        held(hub, named("Ada", f"Okafor{number:02}"))

    first, second = user.get(HOME), user.get(HOME, {"page": "2"})

    assert (len(names(first)), len(names(second))) == (50, 1)
    assert first.h1 == second.h1 == "51 open inductions"


@pytest.mark.parametrize(
    ("page", "shown"),
    [("1", 50), ("2", 1), ("3", 1), ("0", 1), ("9" * 30, 1), ("-1", 1), ("two", 50), ("", 50)],
)
def test_where_there_is_no_such_page_the_nearest_is_shown(hub, user, page, shown):
    for number in range(51):
        held(hub, named("Ada", f"Okafor{number:02}"))

    assert len(names(user.get(HOME, {"page": page}))) == shown


@pytest.mark.parametrize(
    ("listed", "back"),
    [
        (HOME, HOME),
        (f"{HOME}/open?q=ada&page=2", f"{HOME}?q=ada&page=2"),
        (f"{HOME}/closed?q=quillan", f"{HOME}?status=closed&q=quillan"),
        (f"{HOME}?status=released&x=//elsewhere.example", f"{HOME}?status=released"),
    ],
)
@pytest.mark.usefixtures("three")
def test_a_record_leads_back_to_the_list_as_it_was(user, listed, back):
    there = user.get(listed)

    record = user.get(there.select_one("main tbody a")["href"])

    assert record.select_one(".govuk-back-link")["href"] == back
    assert names(user.get(back)) == names(there)


def test_the_way_back_leads_only_to_the_list(hub, user):
    teacher_id = held(hub, TeacherFactory()).teacher_id

    for carried in ("//elsewhere.example", "https://elsewhere.example/?page=1", "&" * 300):
        page = user.get(f"{HOME}/{teacher_id}", {"from": carried})
        assert page.select_one(".govuk-back-link")["href"] == HOME


def test_the_landing_page_is_public_and_starts_at_signing_in(browse):
    page = browse.get("/appropriate-body")

    assert page.status_code == 200
    assert page.select_one("a.govuk-button--start")["href"] == "/sign-in"


def test_a_visitor_is_asked_to_sign_in(browse):
    assert browse.get(HOME).location == "/"
