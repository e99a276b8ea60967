"""A body releases, passes or fails an ECT (spec 06 §6.10, §6.22 checks 4 to 6)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from register_ects.models import (
    ECTAtSchoolPeriod,
    Event,
    InductionPeriod,
    MentorshipPeriod,
    OutgoingEmail,
    TrainingPeriod,
    TRSInductionUpdate,
)
from register_ects.operations.inductions.outcomes import ClosedPart
from register_ects.operations.inductions.periods import fail_induction, pass_induction, release_ect
from register_ects.rules.enumerations import TermsReason
from register_ects.rules.problems import RuleBroken
from tests.factories import (
    DeclarationFactory,
    ECTAtSchoolPeriodFactory,
    InductionPeriodFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    TrainingPeriodFactory,
)
from tests.inductions import AUTHOR

SIX = Decimal(6)
TODAY, LAST_DAY = date(2026, 7, 16), date(2026, 7, 10)


pytestmark = pytest.mark.day(TODAY)


@pytest.fixture
def induction():
    return InductionPeriodFactory(
        started_on=date(2024, 9, 2),
        appropriate_body__name="Hub A",
        teacher__trs_first_name="Ada",
        teacher__trs_last_name="Okafor",
    )


def placed(induction, started_on=date(2024, 9, 2), **changes) -> ECTAtSchoolPeriod:
    return ECTAtSchoolPeriodFactory(teacher=induction.teacher, started_on=started_on, **changes)


def passed(induction, **changes) -> list[ClosedPart]:
    values = {"finished_on": LAST_DAY, "number_of_terms": SIX, "author": AUTHOR}
    return pass_induction(induction, **(values | changes))


def test_a_pass_closes_school_life_today_and_tells_trs(induction):
    """The worked example of spec 06 §6.10.1."""
    placement = placed(induction)
    training = TrainingPeriodFactory(ect_at_school_period=placement, year=2024)
    mentors = MentorAtSchoolPeriodFactory.create_batch(
        2, school=placement.school, started_on=date(2024, 9, 2)
    )
    current = MentorshipPeriodFactory(
        ect_at_school_period=placement,
        mentor_at_school_period=mentors[0],
        started_on=date(2024, 9, 2),
        finished_on=date(2026, 8, 31),
    )
    MentorshipPeriodFactory(
        ect_at_school_period=placement,
        mentor_at_school_period=mentors[1],
        started_on=date(2026, 9, 1),
    )

    closed = passed(induction)

    for row in (induction, placement, training, current):
        row.refresh_from_db()
    assert (induction.finished_on, induction.outcome) == (LAST_DAY, "pass")
    assert [row.finished_on for row in (placement, training, current)] == [TODAY] * 3
    assert MentorshipPeriod.objects.get() == current
    assert closed == [
        ClosedPart("mentorship", mentors[0].teacher.name, TODAY),
        ClosedPart("mentorship", mentors[1].teacher.name, None),
        ClosedPart("training", training.lead_provider.name, TODAY),
        ClosedPart("placement", placement.school.name, TODAY),
    ]
    update = TRSInductionUpdate.objects.get()
    assert (update.status, update.start_date, update.completed_date) == (
        "Passed",
        date(2024, 9, 2),
        LAST_DAY,
    )


def test_the_event_of_a_pass_tells_who_what_and_what_was_closed(induction):
    placement = placed(induction)

    closed = passed(induction)

    event = Event.objects.get(event_type="teacher_passes_induction")
    assert event.heading == "Hub A recorded that Ada Okafor passed induction"
    assert event.happened_at.date() == date(2026, 7, 9)  # midnight in London
    assert (event.induction_period, event.ect_at_school_period) == (induction, placement)
    assert [ClosedPart.from_json(part) for part in event.metadata["closed"]] == closed
    assert Event.objects.filter(event_type="teacher_left_school_as_ect").exists()


@pytest.mark.parametrize("started_on", [TODAY, date(2026, 7, 17)], ids=["today", "tomorrow"])
def test_a_placement_that_starts_today_or_later_is_removed(induction, started_on):
    placement = placed(induction, started_on)
    TrainingPeriodFactory(ect_at_school_period=placement)

    closed = passed(induction)

    assert not ECTAtSchoolPeriod.objects.exists()
    assert not TrainingPeriod.objects.exists()
    assert Event.objects.filter(event_type="teacher_ect_at_school_period_deleted").exists()
    assert ClosedPart("placement", placement.school.name, None) in closed


def test_a_placement_that_ends_next_month_is_left_alone_when_the_next_is_removed(induction):
    ending = placed(induction, finished_on=date(2026, 8, 31))
    placed(induction, date(2026, 9, 1))

    passed(induction)

    assert ECTAtSchoolPeriod.objects.get() == ending
    assert ECTAtSchoolPeriod.objects.get().finished_on == date(2026, 8, 31)


def test_training_with_a_declaration_that_began_today_lasts_one_day(induction):
    placement = placed(induction, TODAY)
    training = TrainingPeriodFactory(ect_at_school_period=placement)
    DeclarationFactory(training_period=training)

    closed = passed(induction)

    training.refresh_from_db()
    placement.refresh_from_db()
    assert (training.finished_on, placement.finished_on) == (TODAY, TODAY)
    assert ClosedPart("placement", placement.school.name, TODAY) in closed


@pytest.mark.parametrize("placed_on", [date(2026, 7, 1), date(2026, 9, 1)], ids=["begun", "ahead"])
def test_declarations_for_training_yet_to_begin_never_stop_an_outcome(induction, placed_on):
    """They belong to the provider's latest training, the future one included (spec 03 §2.4)."""
    placement = placed(induction, placed_on)
    training = TrainingPeriodFactory(
        ect_at_school_period=placement, started_on=date(2026, 9, 2), year=2026
    )
    mentorship = MentorshipPeriodFactory(ect_at_school_period=placement)
    DeclarationFactory(training_period=training)

    closed = passed(induction)

    training.refresh_from_db()
    placement.refresh_from_db()
    assert (training.finished_on, placement.finished_on) == (date(2026, 9, 2), date(2026, 9, 2))
    assert ClosedPart("training", training.lead_provider.name, date(2026, 9, 2)) in closed
    assert ClosedPart("placement", placement.school.name, date(2026, 9, 2)) in closed
    has_begun = placed_on < TODAY
    assert MentorshipPeriod.objects.filter(pk=mentorship.pk).exists() is has_begun


def test_a_pass_after_two_periods_sends_the_first_start_and_the_last_end():
    first = InductionPeriodFactory(started_on=date(2023, 9, 1), finished=True)
    second = InductionPeriodFactory(teacher=first.teacher, started_on=date(2024, 9, 2))

    passed(second)

    update = TRSInductionUpdate.objects.get()
    assert (update.start_date, update.completed_date) == (date(2023, 9, 1), LAST_DAY)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"finished_on": date(2026, 7, 17)}, "finished_on in_the_future"),
        ({"finished_on": date(2024, 9, 1)}, "finished_on before_start"),
        ({"number_of_terms": Decimal("16.1")}, "number_of_terms out_of_range"),
    ],
)
def test_a_broken_rule_changes_nothing(induction, changes, expected):
    placement = placed(induction)

    with pytest.raises(RuleBroken, match=expected):
        passed(induction, **changes)

    placement.refresh_from_db()
    assert InductionPeriod.objects.open().get() == induction
    assert placement.is_open
    assert not Event.objects.exists()
    assert not TRSInductionUpdate.objects.exists()


def test_a_second_tab_finds_the_period_closed(induction):
    stale = InductionPeriod.objects.get(pk=induction.pk)
    release_ect(induction, finished_on=LAST_DAY, number_of_terms=SIX, author=AUTHOR)

    with pytest.raises(RuleBroken, match="already_closed"):
        passed(stale)


def test_a_release_leaves_school_life_and_trs_alone(induction):
    placement = placed(induction)

    release_ect(induction, finished_on=LAST_DAY, number_of_terms=Decimal("2.5"), author=AUTHOR)

    induction.refresh_from_db()
    placement.refresh_from_db()
    assert (induction.outcome, induction.number_of_terms) == (None, Decimal("2.5"))
    assert placement.is_open
    assert not TRSInductionUpdate.objects.exists()
    assert Event.objects.get().heading == "Hub A released Ada Okafor"


def test_a_fail_says_when_the_ect_was_told_and_warns_the_regulator(induction, settings):
    settings.TRA_EMAIL = "tra@example.com"

    fail_induction(
        induction,
        finished_on=LAST_DAY,
        number_of_terms=SIX,
        fail_confirmation_sent_on=TODAY,
        author=AUTHOR,
    )

    email = OutgoingEmail.objects.get()
    event = Event.objects.get(event_type="teacher_fails_induction")
    assert TRSInductionUpdate.objects.get().status == "Failed"
    assert event.body == "Terms served: 6\nThe ECT was told in writing on 16 July 2026"
    assert email.recipient == "tra@example.com"
    assert email.personalisation["notified_on"] == "16 July 2026"


def test_a_fail_told_before_the_end_is_refused(induction):
    with pytest.raises(RuleBroken, match="fail_confirmation_sent_on before_end"):
        fail_induction(
            induction,
            finished_on=LAST_DAY,
            number_of_terms=SIX,
            fail_confirmation_sent_on=date(2026, 7, 9),
            author=AUTHOR,
        )


def test_a_fail_is_told_every_problem_at_once(induction):
    with pytest.raises(RuleBroken) as refused:
        fail_induction(
            induction,
            finished_on=TODAY + timedelta(days=1),
            number_of_terms=Decimal("16.5"),
            fail_confirmation_sent_on=TODAY + timedelta(days=1),
            author=AUTHOR,
        )

    assert [f"{problem.field} {problem.code}" for problem in refused.value.problems] == [
        "finished_on in_the_future",
        "number_of_terms out_of_range",
        "fail_confirmation_sent_on in_the_future",
    ]


def test_fewer_terms_than_needed_want_a_reason_which_stands_in_the_event(induction):
    with pytest.raises(RuleBroken, match="terms_reason fewer_than_needed"):
        passed(induction, number_of_terms=Decimal("4.5"))

    passed(induction, number_of_terms=Decimal("4.5"), terms_reason=TermsReason.PART_TIME_REDUCTION)

    event = Event.objects.get(event_type="teacher_passes_induction")
    assert event.body == "Terms served: 4.5. They work part time, so we reduced induction"


def test_another_reason_wants_words_which_stand_in_the_event(induction):
    other = {"number_of_terms": Decimal(4), "terms_reason": TermsReason.OTHER}
    with pytest.raises(RuleBroken, match="terms_reason_words missing"):
        passed(induction, **other)
    with pytest.raises(RuleBroken, match="terms_reason_words without_letters"):
        passed(induction, **other, terms_reason_words=".")

    passed(
        induction,
        number_of_terms=Decimal(4),
        terms_reason=TermsReason.OTHER,
        terms_reason_words="They taught abroad",
    )

    event = Event.objects.get(event_type="teacher_passes_induction")
    assert event.body == "Terms served: 4. Another reason: They taught abroad"


def test_terms_with_other_bodies_and_extensions_count(induction):
    earlier = InductionPeriodFactory(
        teacher=induction.teacher,
        started_on=date(2023, 9, 1),
        finished_on=date(2024, 7, 19),
        number_of_terms=Decimal(3),
    )
    assert earlier.outcome is None
    passed(induction, number_of_terms=Decimal(3))

    induction.refresh_from_db()
    assert (induction.outcome, induction.terms_reason) == ("pass", None)


def test_more_terms_than_the_dates_hold_want_a_reason_in_a_release_too(induction):
    soon = induction.started_on + timedelta(days=28)
    with pytest.raises(RuleBroken, match="terms_reason more_than_the_dates_hold"):
        release_ect(induction, finished_on=soon, number_of_terms=Decimal(15), author=AUTHOR)

    release_ect(
        induction,
        finished_on=soon,
        number_of_terms=Decimal(15),
        terms_reason=TermsReason.SERVED_BEFORE,
        author=AUTHOR,
    )

    assert Event.objects.get().body == (
        "Terms served: 15. Some terms were served before this induction period"
    )
