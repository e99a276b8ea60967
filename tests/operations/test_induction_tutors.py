"""Confirming and changing a school's induction tutor: what is written, told and refused."""

import pytest

from register_ects.models import Event, OutgoingEmail
from register_ects.operations.base import Author
from register_ects.operations.schools.induction_tutors import (
    change_induction_tutor,
    confirm_induction_tutor,
    tutor_of,
)
from register_ects.rules.induction_tutors import InductionTutor
from register_ects.rules.problems import RuleBroken
from tests.factories import ContractPeriodFactory, SchoolFactory
from tests.races import answer_while

AUTHOR = Author.school_user(name="Priya Tester", email="priya@oak.example.com")
NEW = InductionTutor("Noor Haddad", "noor@oak.example.com")


@pytest.fixture
def year(on):
    on("2026-06-01")
    return ContractPeriodFactory(year=2026)


@pytest.fixture
def oak():
    return SchoolFactory(with_tutor=True, gias_school__name="Oak School")


def confirm(school, **changes):
    confirm_induction_tutor(school, **{"seen": tutor_of(school).mark, "author": AUTHOR, **changes})


def change(school, tutor=NEW, **changes):
    seen = {"seen": tutor_of(school).mark, "author": AUTHOR, **changes}
    change_induction_tutor(school, tutor, **seen)


def test_confirming_notes_the_year_and_emails_nobody(year, oak):
    confirm(oak)

    oak.refresh_from_db()
    assert oak.induction_tutor_last_nominated_in == year
    event = Event.objects.get(school=oak)
    assert event.event_type == "school_induction_tutor_confirmed"
    assert event.heading == "Tilda Marsh confirmed as induction tutor for 2026"
    assert (event.author_name, event.metadata["year"]) == ("Priya Tester", 2026)
    assert not OutgoingEmail.objects.exists()


def test_confirming_twice_is_confirming_once(year, oak):
    confirm(oak)
    confirm(oak)

    assert Event.objects.filter(school=oak).count() == 1


def test_nobody_confirms_a_tutor_whom_a_colleague_has_replaced(year, oak):
    shown = tutor_of(oak).mark
    change(oak)

    with pytest.raises(RuleBroken, match="changed_meanwhile"):
        confirm(oak, seen=shown)


def test_without_a_year_to_come_there_is_nothing_to_confirm_for(on, oak):
    on("2026-06-01")
    ContractPeriodFactory(year=2025)

    with pytest.raises(RuleBroken, match="no_contract_period"):
        confirm(oak)


def test_a_change_confirms_tells_of_it_and_emails_the_new_tutor(year, oak):
    change(oak)

    oak.refresh_from_db()
    assert tutor_of(oak) == NEW
    assert oak.induction_tutor_last_nominated_in == year
    event = Event.objects.get(school=oak)
    assert event.event_type == "school_induction_tutor_updated"
    assert event.heading == "Induction tutor changed from Tilda Marsh to Noor Haddad"
    assert len(event.modifications) == 2
    email = OutgoingEmail.objects.get()
    assert (email.template, email.recipient) == ("induction_tutor_named", NEW.email)
    assert email.personalisation == {
        "induction_tutor_name": "Noor Haddad",
        "school_name": "Oak School",
        "school_path": f"/school/{oak.urn}",
    }


@pytest.mark.parametrize(
    ("before", "after", "heading"),
    [
        (None, "a@oak.example.com", "Tilda Marsh named as induction tutor"),
        (
            "a@oak.example.com",
            "b@oak.example.com",
            "Email address of Tilda Marsh, induction tutor, changed",
        ),
    ],
)
def test_the_history_says_what_kind_of_change_it_was(year, before, after, heading):
    name = "Tilda Marsh" if before else None
    school = SchoolFactory(induction_tutor_name=name, induction_tutor_email=before)

    change(school, InductionTutor("Tilda Marsh", after))

    assert Event.objects.get(school=school).heading == heading


def test_a_change_needs_no_year_but_then_confirms_for_none(on, oak):
    on("2026-06-01")
    change(oak)

    oak.refresh_from_db()
    assert tutor_of(oak) == NEW
    assert oak.induction_tutor_last_nominated_in is None


def test_a_change_leaves_a_later_confirmation(year, oak, on):
    later = ContractPeriodFactory(year=2027)
    oak.induction_tutor_last_nominated_in = later
    oak.save()

    change(oak)

    oak.refresh_from_db()
    assert oak.induction_tutor_last_nominated_in == later


def test_what_changes_nothing_is_refused_and_nothing_is_written(year, oak):
    same = InductionTutor(oak.induction_tutor_name, oak.induction_tutor_email.upper())

    with pytest.raises(RuleBroken, match="induction_tutor_name unchanged"):
        change(oak, same)

    assert not Event.objects.exists()
    assert not OutgoingEmail.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_colleagues_at_once_one_is_told_of_the_other(year, oak):
    other, shown = InductionTutor("Omar Reid", "omar@oak.example.com"), tutor_of(oak).mark

    def second():
        with pytest.raises(RuleBroken, match="changed_meanwhile"):
            change(oak, other, seen=shown)
        return True

    assert answer_while(lambda: change(oak, seen=shown), second)
    assert OutgoingEmail.objects.get().recipient == NEW.email
