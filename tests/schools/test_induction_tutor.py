"""The induction tutor's page and its three journeys (spec 05 §5.7, §11.1)."""

import pytest

from register_ects.models import Event, JourneyDraft, OutgoingEmail
from register_ects.operations.base import Author
from register_ects.operations.schools.induction_tutors import change_induction_tutor, tutor_of
from register_ects.rules.induction_tutors import InductionTutor
from register_ects.web import identity
from tests.factories import ContractPeriodFactory, SchoolFactory, StaffUserFactory

TAB = "/school/home/induction-tutor"
AREA = "/school/induction-tutor"
CONFIRM = f"{AREA}/confirm-existing-induction-tutor/edit"
NEW = f"{AREA}/new-induction-tutor/edit"
UPDATE = f"{AREA}/update-induction-tutor/edit"
TILDA = {
    "induction_tutor_name": "Tilda Marsh",
    "induction_tutor_email": "tilda@oak.example.com",
}
NOOR = {
    "induction_tutor_name": "Noor Haddad",
    "induction_tutor_email": "noor@oak.example.com",
}
YES, NO = {"is_correct": "yes"}, {"is_correct": "no"}
COLLEAGUE = Author.school_user(name="Sam Hill", email="sam@oak.example.com")


@pytest.fixture(autouse=True)
def year(on):
    on("2026-06-01")
    return ContractPeriodFactory(year=2026)


@pytest.fixture
def oak():
    return SchoolFactory(**TILDA, gias_school__name="Oak School")


@pytest.fixture
def browser(sign_in, oak):
    return sign_in(oak, tutor_due=True)


def send(browser, address, answers):
    """Send the form of a page as a person would who opens it first."""
    return browser.submit(browser.get(address), answers)


def now(school):
    school.refresh_from_db()
    return tutor_of(school)


def replaced_by_a_colleague(school):
    change_induction_tutor(
        school,
        InductionTutor("Omar Reid", "omar@oak.example.com"),
        seen=tutor_of(school).mark,
        author=COLLEAGUE,
    )


# -- Once a year -------------------------------------------------------------------------------


def test_to_confirm_who_is_there_takes_one_page(browser, oak, year):
    page = browser.get(CONFIRM)
    assert page.h1 == "Confirm your induction tutor"
    assert "Tilda Marsh" in page.text

    done = browser.submit(page, YES).follow()

    assert done.h1 == "You’ve confirmed your induction tutor"
    assert "from 1 June" in done.text
    oak.refresh_from_db()
    assert oak.induction_tutor_last_nominated_in == year
    assert not OutgoingEmail.objects.exists()
    assert "Last confirmed by Priya Tester on 1 June 2026 for 2026 to 2027" in browser.get(TAB).text


def test_a_confirmation_can_be_opened_again_and_no_other_page_of_it(browser):
    done = send(browser, CONFIRM, YES).location

    assert browser.get(done).h1 == "You’ve confirmed your induction tutor"
    assert browser.get(done.replace("confirmation", "check-answers")).location == done
    assert Event.objects.count() == 1


def test_confirming_in_two_tabs_leads_the_second_to_who_is_confirmed(browser):
    second = browser.get(CONFIRM)
    send(browser, CONFIRM, YES)

    answer = browser.submit(second, YES)

    assert answer.location == TAB
    assert "Your induction tutor is confirmed already" in answer.follow().text
    assert Event.objects.count() == 1


def test_somebody_else_is_typed_on_the_page_that_asks_and_checked(browser, oak):
    check = send(browser, CONFIRM, {**NO, **NOOR}).follow()

    assert check.h1 == "Check the induction tutor’s details"
    rows = [list(each.stripped_strings)[:2] for each in check.select(".govuk-summary-list__row")]
    assert rows == [
        ["Name now", "Tilda Marsh"],
        ["New name", "Noor Haddad"],
        ["Email address now", "tilda@oak.example.com"],
        ["New email address", "noor@oak.example.com"],
    ]
    assert now(oak).name == "Tilda Marsh"
    assert browser.submit(check).follow().h1 == "You’ve saved your induction tutor’s details"
    assert now(oak) == InductionTutor("Noor Haddad", "noor@oak.example.com")
    assert OutgoingEmail.objects.get().recipient == "noor@oak.example.com"


def test_the_details_are_there_to_be_corrected(browser):
    page = browser.get(CONFIRM)

    assert page.select_one("#induction_tutor_name")["value"] == "Tilda Marsh"
    assert page.select_one("#induction_tutor_email")["value"] == "tilda@oak.example.com"
    assert not page.select("input[type=radio][checked]")


@pytest.mark.parametrize(
    ("answers", "where", "message"),
    [
        ({}, "#is_correct", "Select yes if these details are correct"),
        ({**NO, **TILDA}, "#induction_tutor_name", "Change the name or the email address"),
        (
            {**NO, **TILDA, "induction_tutor_email": "TILDA@oak.example.com"},
            "#induction_tutor_name",
            "Change the name or the email address",
        ),
        (
            {**NO, **NOOR, "induction_tutor_name": " "},
            "#induction_tutor_name",
            "Enter the induction tutor’s full name",
        ),
        (
            {**NO, **NOOR, "induction_tutor_name": "N" * 71},
            "#induction_tutor_name",
            "must be 70 characters or fewer",
        ),
        (
            {**NO, **NOOR, "induction_tutor_email": "noor@oak"},
            "#induction_tutor_email",
            "Enter an email address in the correct format",
        ),
    ],
)
def test_says_what_is_wrong(browser, answers, where, message):
    page = send(browser, CONFIRM, answers)

    assert page.status_code == 422
    assert page.title.startswith("Error: ")
    assert message in page.errors[where]
    assert not JourneyDraft.objects.exists()


def test_whom_a_colleague_replaced_meanwhile_nobody_confirms(browser, oak, year):
    page = browser.get(CONFIRM)
    type(oak).objects.update(
        induction_tutor_name="Omar Reid", induction_tutor_email="omar@oak.example.com"
    )

    again = browser.submit(page, YES)

    assert again.status_code == 422
    assert "changed after you opened this page" in again.text
    assert "Omar Reid" in again.text
    assert browser.submit(again, YES).status_code == 302
    oak.refresh_from_db()
    assert oak.induction_tutor_last_nominated_in == year


def test_a_page_that_was_not_whole_confirms_nobody(browser):
    page = browser.post(CONFIRM, YES)

    assert page.status_code == 422
    assert not Event.objects.exists()


# -- The first tutor ---------------------------------------------------------------------------


def test_a_school_without_a_tutor_names_one(sign_in):
    school = SchoolFactory()
    browser = sign_in(school, tutor_due=True)

    assert "Your school has not named an induction tutor" in browser.get(TAB).text
    assert browser.get(CONFIRM).location == NEW
    assert browser.get(UPDATE).location == NEW
    check = send(browser, NEW, NOOR).follow()
    assert "Name now" not in check.text
    browser.submit(check)

    assert now(school).name == "Noor Haddad"
    assert Event.objects.get().heading == "Noor Haddad named as induction tutor"


def test_who_names_the_first_tutor_when_a_colleague_has_is_led_to_them(sign_in):
    school = SchoolFactory()
    browser = sign_in(school, tutor_due=True)
    check = send(browser, NEW, NOOR).follow()
    replaced_by_a_colleague(school)

    answer = browser.submit(check)

    assert answer.location == TAB
    assert "Omar Reid" in answer.follow().text
    assert now(school).name == "Omar Reid"


def test_without_a_year_to_come_only_changes_are_possible(sign_in, oak, on):
    on("2027-06-01")
    browser = sign_in(oak, tutor_due=True)

    answer = browser.get(CONFIRM)
    assert answer.location == TAB
    assert "There is no school year to confirm your induction tutor for yet" in answer.follow().text
    browser.submit(send(browser, UPDATE, NOOR).follow())

    oak.refresh_from_db()
    assert (oak.induction_tutor_name, oak.induction_tutor_last_nominated_in) == (
        "Noor Haddad",
        None,
    )


# -- At any time -------------------------------------------------------------------------------


def test_changes_the_tutor_from_their_page(browser, oak, year):
    send(browser, CONFIRM, YES)
    button = browser.get(TAB).select_one("main a.govuk-button")
    assert (button.get_text(strip=True), button["href"]) == ("Change induction tutor", UPDATE)

    check = send(browser, UPDATE, {**TILDA, "induction_tutor_name": "Tilda Reed"}).follow()
    done = browser.submit(check).follow()

    assert done.h1 == "You’ve saved your induction tutor’s details"
    assert now(oak).name == "Tilda Reed"


def test_what_is_checked_can_be_changed_first(browser, oak):
    check = send(browser, UPDATE, NOOR).follow()
    link = check.select_one(".govuk-summary-list__actions a")["href"]

    assert browser.get(link).select_one("#induction_tutor_name")["value"] == "Noor Haddad"
    again = send(browser, link, {**NOOR, "induction_tutor_name": "Noor El Haddad"}).follow()
    browser.submit(again)

    assert now(oak).name == "Noor El Haddad"


def test_saves_nothing_over_what_a_colleague_saved_meanwhile(browser, oak):
    check = send(browser, UPDATE, NOOR).follow()
    replaced_by_a_colleague(oak)

    again = browser.submit(check)

    assert again.status_code == 422
    assert again.changes["Name now"] == ("Tilda Marsh", "Omar Reid")
    assert now(oak).name == "Omar Reid"


def test_an_address_that_several_people_read_is_warned_of(browser):
    shared = {**NOOR, "induction_tutor_email": "office@oak.example.com"}

    assert "several people use it" in send(browser, UPDATE, shared).follow().text


def test_the_check_page_cannot_be_opened_before_the_question(browser):
    assert browser.get(f"{AREA}/update-induction-tutor/check-answers").location == UPDATE


def test_the_change_of_a_member_of_staff_is_told_as_the_departments(sign_in, oak):
    staff = StaffUserFactory(name="Sam Staff")
    acting = sign_in(identity.acting_as_school_data(staff.email, oak.urn, provider="otp"))

    acting.submit(send(acting, UPDATE, NOOR).follow())

    text = acting.get(TAB).text
    assert "Last confirmed by the Department for Education on 1 June 2026" in text
    assert "Sam Staff" not in acting.get(TAB).select_one("main").get_text()


def test_a_school_does_not_see_anothers_draft(browser, sign_in):
    check = send(browser, UPDATE, NOOR).location

    assert sign_in(SchoolFactory(**TILDA)).get(check).status_code == 404
