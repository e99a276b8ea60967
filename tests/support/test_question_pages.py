"""Support sees the questions that the help desk did not get, and sends them again."""

import pytest

from tests.factories import SchoolFactory, SupportQueryFactory

HOME, QUESTIONS = "/admin/", "/admin/questions"


@pytest.fixture
def failed():
    return SupportQueryFactory(state="failed", last_response="The help desk refused it")


def words(element):
    return " ".join(element.get_text(" ").split())


def test_nothing_needs_support_while_questions_arrive(officer):
    SupportQueryFactory(state="sent")
    SupportQueryFactory(state="sending")

    assert "Nothing needs you today" in officer.get(HOME).text
    page = words(officer.get(QUESTIONS).select_one("main"))
    assert "1 question waits for the help desk" in page


def test_the_home_page_counts_them_and_the_list_shows_them_whole(officer, failed):
    [task] = officer.get(HOME).select(".govuk-task-list__item")
    assert words(task).startswith("Questions that the help desk did not get")

    [row] = officer.get(task.select_one("a")["href"]).select("tbody tr")

    assert words(row).startswith(
        "Tilda Marsh tilda@school.example.com Hillside School (100001) "
        "How do I change a mentor? The help desk refused it"
    )


def test_a_question_may_be_sent_again_once(officer, failed):
    address = officer.get(QUESTIONS).select_one("tbody form")["action"]

    assert "We’ll send the question of Tilda Marsh again" in officer.post(address).follow().text
    assert "is on its way already" in officer.post(address).follow().text
    failed.refresh_from_db()
    assert (failed.state, failed.attempts) == ("pending", 0)


def test_only_staff_see_it(browse, sign_in, failed):
    assert browse.get(QUESTIONS).location == "/sign-in"
    assert sign_in(SchoolFactory()).get(QUESTIONS).status_code == 401


def test_the_button_says_what_is_sent_again_to_who_cannot_see(officer, failed):
    button = officer.get(QUESTIONS).select_one("tbody form button")

    assert " ".join(button.text.split()) == "Send again the question of Tilda Marsh"
    assert button.select_one(".govuk-visually-hidden").text.strip() == "the question of Tilda Marsh"
