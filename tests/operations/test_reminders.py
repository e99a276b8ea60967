"""Reminding schools: who is written to, once, and what is kept of it."""

import re
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from register_ects.models import Event, OutgoingEmail, School, SchoolReminder
from register_ects.operations.base import Author
from register_ects.operations.schools.opting_out import opt_out_path
from register_ects.operations.schools.reminders import (
    campaigns_due_today,
    mailing,
    queue_reminders,
)
from register_ects.rules.enumerations import ReminderCampaign
from register_ects.rules.reminders import TEMPLATES
from register_ects.tasks import send_due_reminders
from tests.factories import (
    ContractPeriodFactory,
    ECTAtSchoolPeriodFactory,
    MentorAtSchoolPeriodFactory,
    RegistrationClosureFactory,
    SchoolFactory,
    SchoolPartnershipFactory,
)

OPENING = ReminderCampaign.REGISTRATION_OPENING
SEPTEMBER = ReminderCampaign.TERM_SEPTEMBER
NOBODY = ReminderCampaign.NOBODY_REGISTERED
TERMS = (SEPTEMBER, ReminderCampaign.TERM_JANUARY, ReminderCampaign.TERM_APRIL)
TODAY = date(2026, 9, 10)


@pytest.fixture(autouse=True)
def year(on):
    on(TODAY)
    return ContractPeriodFactory(year=2026)


def named(name, **changes):
    return SchoolFactory(**{"with_tutor": True, "gias_school__name": name, **changes})


def with_ect(name, **changes):
    school = named(name, **changes)
    ECTAtSchoolPeriodFactory(school=school, started_on=date(2026, 9, 1))
    return school


def reached(campaign):
    return sorted(school.school_name for school in mailing(campaign).schools)


def run(*arguments):
    out = StringIO()
    call_command("send_reminders", *arguments, stdout=out)
    return out.getvalue().splitlines()


# -- Audiences ---------------------------------------------------------------------------------


def test_every_eligible_open_school_hears_that_registration_opens():
    named("Open")
    named("Marked", gias_school__eligible=False, marked_as_eligible=True)
    named("Closing", gias_school__status="proposed_to_close")
    named("Opted out", opted_out_of_reminder_emails_until=TODAY)
    named("Not yet open", gias_school__status="proposed_to_open")
    named("Closed", gias_school__closed=True)
    named("Not eligible", independent=True)
    named("Centre", gias_school__type_name="Children's centre")
    named("Linked site", gias_school__type_name="Children's centre linked site")
    named("Merged", merged_into=School.objects.get(gias_school__name="Open"))

    assert reached(OPENING) == ["Closing", "Marked", "Open", "Opted out"]


@pytest.mark.parametrize("campaign", TERMS)
def test_terms_are_told_to_schools_with_something_to_do_that_have_not_opted_out(campaign):
    with_ect("ECT")
    MentorAtSchoolPeriodFactory(school=named("Mentor"), started_on=date(2026, 9, 1))
    SchoolPartnershipFactory(school=named("Partnership"), year=2026)
    SchoolPartnershipFactory(school=named("Partnership of last year"), year=2025)
    ECTAtSchoolPeriodFactory(
        school=named("All left"), started_on=date(2024, 9, 1), finished_on=date(2025, 7, 1)
    )
    with_ect("Opted out", opted_out_of_reminder_emails_until=TODAY)
    with_ect("Opted out before", opted_out_of_reminder_emails_until=date(2026, 5, 31))
    with_ect("Centre", gias_school__type_name="Children's centre")

    found = mailing(campaign)

    assert sorted(each.school_name for each in found.schools) == [
        *("ECT", "Mentor", "Opted out before", "Partnership")
    ]
    assert found.left_out == {"nothing to do": 2, "opted out": 1}


def test_of_a_partnership_without_people_only_its_schools_hear():
    def partner(name, **changes):
        school = named(name, **changes)
        SchoolPartnershipFactory(school=school, year=2026)
        return school

    def was_there(school, factory, started_on, finished_on=None):
        factory(school=school, started_on=started_on, finished_on=finished_on)

    partner("Nobody")
    partner("Independent", independent=True)
    was_there(partner("An ECT"), ECTAtSchoolPeriodFactory, date(2026, 9, 1))
    was_there(partner("A mentor"), MentorAtSchoolPeriodFactory, date(2024, 9, 1))
    was_there(
        partner("Left on the first day"),
        ECTAtSchoolPeriodFactory,
        date(2025, 9, 1),
        date(2026, 6, 1),
    )
    was_there(
        partner("Left the day before"),
        ECTAtSchoolPeriodFactory,
        date(2025, 9, 1),
        date(2026, 5, 31),
    )
    was_there(partner("From next year"), ECTAtSchoolPeriodFactory, date(2027, 6, 1))
    partner("Opted out", opted_out_of_reminder_emails_until=TODAY)
    partner("Closed", gias_school__closed=True)
    SchoolPartnershipFactory(school=named("Partnership of last year"), year=2025)

    assert reached(NOBODY) == ["From next year", "Independent", "Left the day before", "Nobody"]


def test_without_a_current_contract_period_nobody_is_written_to(on):
    with_ect("Oak")
    on("2027-06-01")

    assert [reached(campaign) for campaign in ReminderCampaign] == [[]] * 5


def test_a_campaign_costs_two_queries_however_many_schools(django_assert_num_queries):
    for number in range(3):
        with_ect(f"School {number}")

    with django_assert_num_queries(2):
        assert len(reached(SEPTEMBER)) == 3


# -- Queueing ----------------------------------------------------------------------------------


def test_queues_an_email_a_school_with_a_link_to_opt_out_and_keeps_that_it_did():
    oak = with_ect("Oak")
    elm = with_ect(
        "Elm", with_tutor=False, gias_school__primary_contact_email="head@elm.example.com"
    )

    queue_reminders(SEPTEMBER, author=Author.system())

    sent = {reminder.school: reminder.email for reminder in SchoolReminder.objects.all()}
    assert sent.keys() == {oak, elm}
    assert sent[oak].recipient == oak.induction_tutor_email
    assert sent[oak].template == "term_reminder"
    assert sent[oak].personalisation == {
        "recipient_name": "Tilda Marsh",
        "school_name": "Oak",
        "opt_out_path": opt_out_path(oak.pk),
    }
    assert sent[elm].recipient == "head@elm.example.com"
    assert sent[elm].personalisation["recipient_name"] == "colleague"
    event = Event.objects.get(event_type="reminders_queued")
    assert event.heading == "Reminders to schools queued: term starts, September (2026)"
    assert event.metadata["schools"] == 2


def test_run_again_it_writes_to_those_whom_it_has_not_reached():
    with_ect("Oak")
    queue_reminders(SEPTEMBER, author=Author.system())
    with_ect("Elm")

    again = queue_reminders(SEPTEMBER, author=Author.system())

    assert [school.school_name for school in again.schools] == ["Elm"]
    assert again.left_out == {"sent before": 1}
    assert OutgoingEmail.objects.count() == 2


def test_each_campaign_and_each_year_writes_to_a_school_anew(on):
    with_ect("Oak")
    ContractPeriodFactory(year=2027)
    queue_reminders(SEPTEMBER, author=Author.system())
    queue_reminders(ReminderCampaign.TERM_JANUARY, author=Author.system())
    on("2027-09-10")
    queue_reminders(SEPTEMBER, author=Author.system())

    sent = SchoolReminder.objects.order_by("pk").values_list("campaign", "year")
    assert list(sent) == [
        ("term_september", 2026),
        ("term_january", 2026),
        ("term_september", 2027),
    ]


def test_that_nobody_is_written_to_is_no_event():
    queue_reminders(SEPTEMBER, author=Author.system())

    assert not Event.objects.exists()


# -- By hand and by the calendar ---------------------------------------------------------------


def test_a_dry_run_counts_and_queues_nothing():
    with_ect("Oak")
    named("Elm")
    with_ect("Ash", opted_out_of_reminder_emails_until=TODAY)
    with_ect("Yew", with_tutor=False)

    assert run("term_september", "--dry-run") == [
        "1 email would be queued.",
        "1 school left out: no email address.",
        "1 school left out: nothing to do.",
        "1 school left out: opted out.",
    ]
    assert not OutgoingEmail.objects.exists()
    assert run("term_september")[0] == "1 email queued."
    assert run("term_september")[:2] == [
        "0 emails queued.",
        "1 school left out: no email address.",
    ]
    assert OutgoingEmail.objects.count() == 1


def test_the_timer_sends_what_the_calendar_says_once(settings):
    settings.REMINDERS_ENABLED = True
    with_ect("Oak")

    send_due_reminders()
    send_due_reminders()

    assert OutgoingEmail.objects.get().template == "term_reminder"


def test_the_timer_sends_nothing_where_it_is_not_to():
    with_ect("Oak")

    send_due_reminders()

    assert not OutgoingEmail.objects.exists()


def test_nobody_is_told_that_registration_is_open_while_it_is_closed(settings, on):
    settings.REMINDERS_ENABLED = True
    RegistrationClosureFactory(starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 14))

    on("2026-06-14")
    assert campaigns_due_today() == []
    on("2026-06-15")
    assert campaigns_due_today() == [OPENING]


@pytest.mark.parametrize("template", sorted(set(TEMPLATES.values())))
def test_the_words_have_a_gap_for_each_thing_that_is_sent(template, settings):
    path = settings.BASE_DIR / "templates" / "emails" / f"{template.value}.txt"
    gaps = set(re.findall(r"\(\(([a-z_]+)\)\)", path.read_text(encoding="utf-8")))

    assert gaps - set(settings.EMAIL_LINKS) == {"recipient_name", "school_name", "opt_out_path"}
    assert "((service_url))((opt_out_path))" in path.read_text(encoding="utf-8")
