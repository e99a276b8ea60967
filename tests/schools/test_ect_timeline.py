"""The timeline on an ECT's page: what it tells, and what it keeps to itself."""

from datetime import date
from decimal import Decimal

import pytest

from register_ects.rules.enumerations import WithdrawalReason
from schools.queries.timeline import WITHDRAWAL_REASONS
from tests.factories import (
    AppropriateBodyFactory,
    ECTAtSchoolPeriodFactory,
    InductionPeriodFactory,
    LeadProviderFactory,
    MentorshipPeriodFactory,
    TrainingPeriodFactory,
    noon,
)
from tests.schools.ect_page import asha, page_of, timeline

__all__ = ["asha"]

pytestmark = pytest.mark.day("2026-02-02")


def test_tells_the_story_newest_first_and_marks_what_is_planned(sign_in, asha):
    TrainingPeriodFactory(
        ect_at_school_period=asha,
        lead_provider=LeadProviderFactory(name="Larch Learning"),
        delivery_partner__name="Tern Trust",
        finished_on=date(2025, 12, 19),
        withdrawn_at=noon(date(2025, 12, 20)),
        withdrawal_reason=WithdrawalReason.SWITCHED_TO_SCHOOL_LED,
    )
    MentorshipPeriodFactory(
        ect_at_school_period=asha,
        started_on=date(2026, 3, 2),
        mentor_at_school_period__teacher__corrected_name="Ben Lowe",
    )
    InductionPeriodFactory(
        teacher=asha.teacher,
        appropriate_body=AppropriateBodyFactory(name="Hub B"),
        started_on=date(2025, 9, 8),
    )

    assert timeline(page_of(sign_in, asha)) == [
        "Mentoring by Ben Lowe starts (planned) 2 March 2026",
        "Registered as an ECT at your school 2 February 2026"
        " Appropriate body reported by your school: Hub A.",
        "Larch Learning reported that training with them has ended 20 December 2025"
        " They have switched to school-led training.",
        "Induction started, as Hub B reported 8 September 2025"
        " Hub B confirmed that they are responsible.",
        "Provider-led training with Larch Learning started 1 September 2025"
        " Confirmed by Larch Learning. Delivery partner: Tern Trust.",
        "Started at your school as an ECT 1 September 2025",
    ]


def test_never_tells_why_training_is_paused(sign_in, asha):
    TrainingPeriodFactory(ect_at_school_period=asha, deferred=True)

    text = page_of(sign_in, asha).text

    assert "reported that training is paused" in text
    assert "parental" not in text.casefold()


def test_tells_nothing_of_other_schools(sign_in, asha):
    elsewhere = ECTAtSchoolPeriodFactory(
        teacher=asha.teacher,
        school__gias_school__name="Elsewhere School",
        started_on=date(2024, 9, 1),
        finished_on=date(2025, 8, 31),
    )
    MentorshipPeriodFactory(
        ect_at_school_period=elsewhere,
        finished_on=date(2025, 8, 31),
        mentor_at_school_period__teacher__corrected_name="Someone Else",
    )
    TrainingPeriodFactory(
        ect_at_school_period=elsewhere,
        finished_on=date(2025, 8, 31),
        lead_provider=LeadProviderFactory(name="Other Provider"),
    )

    text = page_of(sign_in, asha).text

    for secret in ("Elsewhere School", "Someone Else", "Other Provider"):
        assert secret not in text


def test_an_outcome_after_they_left_stays_unseen(sign_in, asha):
    asha.finished_on = date(2025, 12, 31)
    asha.save()
    InductionPeriodFactory(
        teacher=asha.teacher,
        started_on=date(2025, 9, 1),
        finished_on=date(2026, 1, 30),
        number_of_terms=Decimal(3),
        outcome="fail",
    )

    assert "failed" not in page_of(sign_in, asha).text


def test_every_reason_for_withdrawing_is_told_or_tells_a_school_nothing():
    untold = {WithdrawalReason.OTHER, WithdrawalReason.MENTOR_NO_LONGER_BEING_MENTOR}
    assert set(WITHDRAWAL_REASONS) == set(WithdrawalReason) - untold
