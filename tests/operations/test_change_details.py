"""Changing what a school reported: locked, asked again, recorded once (spec 05 §9)."""

from datetime import date

import pytest

from register_ects.models import Event
from register_ects.operations.inductions.periods import Claim, claim_ect
from register_ects.operations.placements import details
from register_ects.rules.problems import RuleBroken
from register_ects.rules.seen import mark_of
from tests.factories import (
    AppropriateBodyFactory,
    ECTAtSchoolPeriodFactory,
    MentorAtSchoolPeriodFactory,
    SchoolFactory,
)
from tests.races import answer_while
from tests.registrations import AUTHOR, DAY, record

OLD, NEW = "ada@oak.example.com", "new@oak.example.com"


def ada(**values):
    return ECTAtSchoolPeriodFactory(**{"email": OLD, "started_on": date(2026, 6, 1), **values})


def refused(change, *arguments, **options):
    """Return why a change was refused."""
    with pytest.raises(RuleBroken) as caught:
        change(*arguments, author=AUTHOR, **options)
    return str(caught.value)


# -- Email addresses ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("email", "seen", "finished_on", "problem"),
    [
        pytest.param(OLD.upper(), OLD, None, "email unchanged", id="capitals only"),
        pytest.param(NEW, None, None, "shown changed_meanwhile", id="unseen"),
        pytest.param("ben@elm.example.com", OLD, None, "email taken", id="another's"),
        pytest.param(NEW, OLD, date(2026, 9, 9), "has_left", id="left yesterday"),
    ],
)
def test_an_address_is_not_changed_when_a_rule_is_broken(on, email, seen, finished_on, problem):
    on(DAY)
    MentorAtSchoolPeriodFactory(email="Ben@elm.example.com")
    placement = ada(finished_on=finished_on)

    assert refused(details.change_email, placement, email, seen=mark_of(seen)) == problem

    placement.refresh_from_db()
    assert placement.email == OLD
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_people_do_not_get_one_address_at_the_same_moment(on):
    on(DAY)
    one, other = ada(), ada(email="ben@oak.example.com")

    def change():
        details.change_email(one, NEW, seen=mark_of(OLD), author=AUTHOR)

    def ask():
        seen = mark_of("ben@oak.example.com")
        return refused(details.change_email, other, NEW.upper(), seen=seen)

    assert answer_while(change, ask) == "email taken"


# -- Working patterns --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "seen", "problem"),
    [
        pytest.param("full_time", "full_time", "working_pattern unchanged", id="the same"),
        pytest.param("part_time", None, "shown changed_meanwhile", id="unseen"),
    ],
)
def test_a_pattern_is_not_changed_when_a_rule_is_broken(on, pattern, seen, problem):
    on(DAY)
    placement = ada(working_pattern="full_time")

    assert (
        refused(details.change_working_pattern, placement, pattern, seen=mark_of(seen)) == problem
    )

    placement.refresh_from_db()
    assert placement.working_pattern == "full_time"
    assert not Event.objects.exists()


# -- Appropriate bodies ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("traits", "school", "seen", "problem"),
    [
        pytest.param({"active": True}, {}, None, "shown changed_meanwhile", id="unseen"),
        pytest.param({}, {}, "Hub A", "appropriate_body not_active", id="not active"),
        pytest.param(
            *({"active": True, "national": True}, {}, "Hub A"),
            *("appropriate_body not_allowed_for_school",),
            id="national body of a state school",
        ),
        pytest.param(
            *({"active": True, "local_authority": True}, {"section_41": True}, "Hub A"),
            *("appropriate_body not_allowed_for_school",),
            id="local authority of an independent school",
        ),
    ],
)
def test_a_body_is_saved_by_the_rules_of_registration(on, traits, school, seen, problem):
    on(DAY)
    now = AppropriateBodyFactory(active=True, name="Hub A")
    placement = ada(school=SchoolFactory(**school), school_reported_appropriate_body=now)
    body = AppropriateBodyFactory(**traits)

    seen = mark_of(seen)
    assert refused(details.change_appropriate_body, placement, body, seen=seen) == problem

    placement.refresh_from_db()
    assert placement.school_reported_appropriate_body == now
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_claim_at_the_same_moment_stops_the_change(on):
    on(DAY)
    placement = ada()
    body = AppropriateBodyFactory(active=True)

    def claim():
        hub = AppropriateBodyFactory(active=True)
        claim_ect(
            hub,
            Claim(record(placement.teacher.trn), date(2026, 9, 1), "provider_led"),
            author=AUTHOR,
        )

    def ask():
        return refused(details.change_appropriate_body, placement, body, seen=mark_of(None))

    assert answer_while(claim, ask) == "appropriate_body induction_is_open"
