"""A school chooses which emails its induction tutor gets (spec 05 §15 Improve)."""

import pytest
from django.conf import settings

from register_ects.models import Event, OutgoingEmail
from register_ects.operations.messages.emails import tell_induction_tutor
from register_ects.operations.schools.mentor_digests import queue_mentor_digests
from register_ects.operations.schools.tutor_emails import choose_emails, mark_of_wanted
from register_ects.rules.enumerations import EmailTemplate, TutorEmails
from tests.factories import ECTAtSchoolPeriodFactory
from tests.registrations import AUTHOR
from tests.schools.ect_journey import answers_for, walk
from tests.schools.mentor_journey import new_mentor, register

TAB, CHOICE = "/school/home/induction-tutor", "/school/induction-tutor/emails"
ALL = [kind.value for kind in TutorEmails]
CHOSEN = {EmailTemplate.INDUCTION_TUTOR_NAMED: None} | {
    template: TutorEmails.of(template) for template in EmailTemplate if TutorEmails.of(template)
}


@pytest.fixture
def school(world):
    world.oak.induction_tutor_name = "Tilda Marsh"
    world.oak.induction_tutor_email = "tilda@oak.example.com"
    world.oak.save()
    return world.oak


@pytest.fixture
def browser(sign_in, school):
    return sign_in(school)


def ticked(page):
    return [box["value"] for box in page.select("input[type=checkbox][checked]")]


def choose(school, *wanted):
    choose_emails(school, wanted, seen=mark_of_wanted(school), author=AUTHOR)
    school.refresh_from_db()


def sent(page, *wanted):
    return {"emails": [*wanted], "seen": page.select_one("[name=seen]")["value"]}


def test_the_tutor_gets_every_kind_until_the_school_chooses(browser):
    assert ticked(browser.get(CHOICE)) == ALL
    assert "when somebody is registered at your school" in browser.get(TAB).text


def test_the_choice_is_saved_and_told(browser, school):
    page = browser.get(CHOICE)
    done = browser.post(CHOICE, sent(page, "training"))

    assert done.location == TAB
    tab = browser.get(TAB)
    assert "You’ve changed which emails your induction tutor gets" in tab.text
    assert "withdraws or pauses" in tab.text
    assert "when somebody is registered" not in tab.text
    assert ticked(browser.get(CHOICE)) == ["training"]
    event = Event.objects.get(event_type="school_emails_chosen")
    assert (event.school, event.metadata) == (school, {"emails": [", ".join(ALL), "training"]})


def test_the_same_choice_is_not_called_changed(browser):
    browser.post(CHOICE, sent(browser.get(CHOICE), *ALL))

    tab = browser.get(TAB).text
    assert "Your induction tutor gets the same emails as before" in tab
    assert "You’ve changed" not in tab


def test_none_may_be_chosen_and_taken_back(browser):
    browser.post(CHOICE, sent(browser.get(CHOICE)))
    assert "no emails about what happens" in browser.get(TAB).text

    browser.post(CHOICE, sent(browser.get(CHOICE), *ALL))
    assert ticked(browser.get(CHOICE)) == ALL


def test_the_same_choice_again_leaves_no_event(browser):
    browser.post(CHOICE, sent(browser.get(CHOICE), *ALL))

    assert not Event.objects.filter(event_type="school_emails_chosen").exists()


def test_a_choice_that_a_colleague_changed_meanwhile_is_not_overwritten_unseen(browser, school):
    page = browser.get(CHOICE)
    choose(school, "partnerships")

    again = browser.post(CHOICE, sent(page, "training"))

    assert again.status_code == 422
    assert "They chose “When a lead provider confirms that it works with your school”" in again.text
    assert ticked(again) == ["training"]
    assert browser.post(CHOICE, sent(again, "training")).location == TAB


def test_a_kind_that_there_is_not_is_an_error(browser):
    page = browser.get(CHOICE)

    assert browser.post(CHOICE, sent(page, "everything")).status_code == 422


def test_without_a_tutor_nothing_is_said_of_emails(sign_in, world):
    browser = sign_in(world.oak, tutor_due=True)
    assert "Emails to your induction tutor" not in browser.get(TAB).text


@pytest.mark.parametrize("template", CHOSEN)
def test_what_a_school_does_not_want_is_not_sent(school, template):
    kind = CHOSEN[template]
    choose(school, *(each for each in ALL if each != kind))
    tell_induction_tutor(school, template)
    assert OutgoingEmail.objects.count() == (0 if kind else 1)

    choose(school, *ALL)
    tell_induction_tutor(school, template)
    assert OutgoingEmail.objects.count() == (1 if kind else 2)


def test_the_weekly_reminder_is_a_choice_too(school):
    ECTAtSchoolPeriodFactory(school=school, started_on="2026-06-01")
    choose(school, "training")
    assert queue_mentor_digests() == 0

    choose(school, "missing_mentors")
    assert queue_mentor_digests() == 1


@pytest.mark.usefixtures("trs")
@pytest.mark.parametrize("role", ["ECT", "mentor"])
def test_the_check_page_says_who_is_emailed(world, browser, school, role):
    def check():
        if role == "ECT":
            return walk(browser, answers_for(world), to="check-answers").text
        asha = ECTAtSchoolPeriodFactory(school=school, started_on="2026-09-01")
        return register(browser, asha, new_mentor()).text

    told, summary = "Zofia Lis gets an email to say", "Your induction tutor, Tilda Marsh, gets a"
    text = check()
    assert told in text
    assert summary in text

    choose(school, "training")
    text = check()
    assert told in text
    assert summary not in text


def test_no_email_leads_to_a_page_of_whichever_school_its_reader_was_at_last():
    templates = list((settings.BASE_DIR / "templates/emails").glob("*.txt"))
    assert len(templates) > 10
    assert [one.name for one in templates if "((service_url))/school" in one.read_text()] == []
