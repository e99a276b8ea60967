"""A school chooses another lead provider: every row of spec 05 §9.2, and §21 rows 9 and 10."""

from datetime import date

import pytest

from register_ects.models import Event, TrainingPeriod
from register_ects.operations.training.changes import change_lead_provider
from register_ects.operations.training.proposed import proposed_change_of_provider
from register_ects.rules.enumerations import MentorFundingEndReason
from register_ects.rules.problems import RuleBroken
from tests.factories import DeclarationFactory, MentorAtSchoolPeriodFactory, noon
from tests.operations.training_to_change import (
    TOMORROW,
    YESTERDAY,
    asha,
    ben,
    birch,
    days,
    make_provider,
    partnership,
    placement,
    problems,
    schedule,
    school_led,
    told,
    trained,
)
from tests.registrations import AUTHOR, DAY

__all__ = ["asha", "ben", "birch", "placement"]


def test_confirmed_training_ends_yesterday_and_the_new_starts_today(world, birch, placement):
    """Spec 05 §21 row 9."""
    placement.finished_on = date(2027, 1, 31)
    placement.save()
    old = trained(world, placement, finished_on=placement.finished_on)

    new = change_lead_provider(placement, birch, author=AUTHOR)

    assert days(old) == (date(2025, 9, 1), YESTERDAY)
    assert days(new) == (DAY, date(2027, 1, 31))
    assert (new.lead_provider, new.is_confirmed) == (birch, False)
    assert new.schedule == old.schedule
    assert told() == [
        "teacher_finishes_training_period",
        "teacher_schedule_assigned_to_training_period",
        *(["teacher_funding_eligibility_set"] if placement == new.mentor_at_school_period else []),
        "teacher_training_lead_provider_updated",
    ]


def test_the_event_tells_the_old_provider_and_the_new(world, birch, asha):
    trained(world, asha)

    new = change_lead_provider(asha, birch, author=AUTHOR)

    event = Event.objects.get(event_type="teacher_training_lead_provider_updated")
    assert event.modifications == ["Lead provider changed from 'Larch Learning' to 'Birch'"]
    assert (event.teacher, event.training_period) == (asha.teacher, new)
    assert event.heading == "Asha Rao’s lead provider was changed from Larch Learning to Birch"


def test_training_ahead_is_changed_in_place(world, birch, placement):
    """Spec 05 §21 row 10."""
    ahead = trained(world, placement, started_on=date(2026, 10, 5), finished_on=date(2027, 3, 1))

    changed = change_lead_provider(placement, birch, author=AUTHOR)

    assert changed == ahead
    assert days(changed) == (date(2026, 10, 5), date(2027, 3, 1))
    assert changed.schedule == schedule(2025, "standard-september")
    assert (changed.lead_provider, changed.is_confirmed) == (birch, False)
    assert TrainingPeriod.objects.count() == 1
    assert told() == ["teacher_training_lead_provider_updated"]


def test_training_that_starts_today_is_changed_in_place(world, birch, placement):
    today = trained(world, placement, started_on=DAY)
    agreed = partnership(world, birch, 2025)

    assert change_lead_provider(placement, birch, author=AUTHOR) == today
    assert days(today) == (DAY, None)
    assert today.school_partnership == agreed


def test_an_unconfirmed_interest_is_removed_and_its_events_stay(world, birch, placement):
    interest = trained(world, placement, eoi_only=True)

    new = change_lead_provider(placement, birch, author=AUTHOR)

    assert TrainingPeriod.objects.get() == new
    assert new.pk != interest.pk
    assert new.started_on == DAY
    gone = Event.objects.get(event_type="teacher_finishes_training_period")
    assert gone.training_period is None
    assert "no longer recorded as having begun training" in gone.heading


@pytest.mark.parametrize("trait", ["withdrawn", "deferred"])
def test_training_that_was_stopped_before_is_left_as_it_is(world, birch, placement, trait):
    stopped = trained(world, placement, **{trait: True}, finished_on=date(2026, 7, 1))

    new = change_lead_provider(placement, birch, author=AUTHOR)

    assert days(stopped) == (date(2025, 9, 1), date(2026, 7, 1))
    assert new.started_on == DAY


def test_training_that_was_stopped_today_is_followed_tomorrow(world, birch, placement):
    stopped = trained(world, placement, withdrawn=True, finished_on=DAY)

    new = change_lead_provider(placement, birch, author=AUTHOR)

    assert days(stopped) == (date(2025, 9, 1), DAY)
    assert new.started_on == TOMORROW
    # Chosen again on the same day, what follows is what changes.
    back = change_lead_provider(placement, world.larch, author=AUTHOR)
    assert (back.pk, days(back)) == (new.pk, (TOMORROW, None))


def test_nothing_can_follow_on_the_day_on_which_they_leave(world, birch, placement):
    placement.finished_on = DAY
    placement.save()
    trained(world, placement, withdrawn=True, finished_on=DAY)

    with pytest.raises(RuleBroken) as broken:
        change_lead_provider(placement, birch, author=AUTHOR)

    assert problems(broken) == ["no_day_left"]


@pytest.mark.parametrize(
    ("started_on", "kept", "follows"),
    [
        pytest.param(date(2026, 8, 1), (date(2026, 8, 1), YESTERDAY), DAY, id="began before"),
        pytest.param(DAY, (DAY, DAY), TOMORROW, id="begins today"),
    ],
)
def test_training_with_declarations_is_never_changed_in_place_or_removed(
    world, birch, placement, started_on, kept, follows
):
    old = trained(world, placement, started_on=started_on)
    DeclarationFactory(training_period=old, declaration_date=noon(started_on))

    new = change_lead_provider(placement, birch, author=AUTHOR)

    assert days(old) == kept
    assert old.lead_provider == world.larch
    assert new.started_on == follows


def test_the_schools_earliest_partnership_confirms_it(world, birch, placement):
    trained(world, placement)
    agreed = partnership(world, birch, 2025)
    partnership(world, birch, 2026)

    new = change_lead_provider(placement, birch, author=AUTHOR)

    assert (new.school_partnership, new.expression_of_interest) == (agreed, None)


def test_an_older_contract_period_is_kept(world, birch, placement):
    placement.started_on = date(2024, 9, 1)
    placement.save()
    trained(world, placement, 2024, "standard-january")

    new = change_lead_provider(placement, birch, author=AUTHOR)

    assert new.schedule == schedule(2024, "standard-january")


# -- Frozen contract periods -----------------------------------------------------------------


def since_2022(world, placement, **changes):
    placement.started_on = date(2022, 9, 1)
    placement.save()
    return trained(world, placement, 2022, "standard-january", **changes)


def test_an_ect_of_a_frozen_period_moves_to_its_successor(world, birch, asha):
    old = since_2022(world, asha)

    new = change_lead_provider(asha, birch, author=AUTHOR)

    assert days(old) == (date(2022, 9, 1), YESTERDAY)
    assert new.schedule == schedule(2024, "extended-september")
    asha.teacher.refresh_from_db()
    assert asha.teacher.ect_payments_frozen_year_id == 2022


def test_an_ect_who_was_withdrawn_in_a_frozen_period_moves_too(world, birch, asha):
    old = since_2022(world, asha, withdrawn=True, finished_on=date(2024, 7, 1))

    new = change_lead_provider(asha, birch, author=AUTHOR)

    assert days(old) == (date(2022, 9, 1), date(2024, 7, 1))
    assert new.schedule == schedule(2024, "extended-september")


def test_an_ect_moves_in_place_when_training_in_a_frozen_period_begins_today(world, birch, asha):
    old = since_2022(world, asha, started_on=DAY)

    new = change_lead_provider(asha, birch, author=AUTHOR)

    assert (new.pk, new.started_on) == (old.pk, DAY)
    assert new.schedule == schedule(2024, "extended-september")
    asha.teacher.refresh_from_db()
    assert asha.teacher.ect_payments_frozen_year_id == 2022


def test_an_unconfirmed_interest_in_a_frozen_period_gives_way_to_this_years(world, birch, asha):
    since_2022(world, asha, eoi_only=True)

    new = change_lead_provider(asha, birch, author=AUTHOR)

    assert TrainingPeriod.objects.get() == new
    assert new.schedule == schedule(2026, "standard-january")
    asha.teacher.refresh_from_db()
    assert asha.teacher.ect_payments_frozen_year_id is None


def test_a_mentor_of_a_frozen_period_moves_to_this_years(world, birch, ben):
    since_2022(world, ben)

    new = change_lead_provider(ben, birch, author=AUTHOR)

    assert new.schedule == schedule(2026, "standard-january")


# -- Who may be chosen -----------------------------------------------------------------------


def test_offers_whom_it_then_takes_and_never_the_present_provider(world, birch, placement):
    make_provider("Cedar", 2026)  # in another contract period
    trained(world, placement)

    offered = proposed_change_of_provider(placement).lead_providers()

    assert offered == [birch]
    assert change_lead_provider(placement, offered[0], author=AUTHOR).lead_provider == birch


@pytest.mark.parametrize("state", [{}, {"eoi_only": True}])
def test_offers_the_providers_of_the_period_that_it_is_written_to(world, asha, state):
    """Spec 05 §19 (2): an unconfirmed interest in a frozen period goes to this year's."""
    since_2022(world, asha, **state)
    in_2024, in_2026 = make_provider("Birch", 2024), make_provider("Cedar", 2026)

    [offered] = proposed_change_of_provider(asha).lead_providers()

    assert offered == (in_2026 if state else in_2024)
    assert change_lead_provider(asha, offered, author=AUTHOR).lead_provider == offered


def test_a_provider_without_a_contract_is_refused(world, asha):
    trained(world, asha)
    stranger = make_provider("Cedar", 2026)

    with pytest.raises(RuleBroken) as broken:
        change_lead_provider(asha, stranger, author=AUTHOR)

    assert problems(broken) == ["lead_provider not_active"]
    assert days(TrainingPeriod.objects.get()) == (date(2025, 9, 1), None)


def test_the_same_provider_is_refused(world, placement):
    trained(world, placement)

    with pytest.raises(RuleBroken) as broken:
        change_lead_provider(placement, world.larch, author=AUTHOR)

    assert problems(broken) == ["lead_provider no_change"]


def test_school_led_training_has_no_provider_to_change(world, birch, asha):
    school_led(asha)

    with pytest.raises(RuleBroken) as broken:
        change_lead_provider(asha, birch, author=AUTHOR)

    assert problems(broken) == ["lead_provider school_led"]


def test_who_has_left_is_refused(world, birch, placement):
    placement.finished_on = YESTERDAY
    placement.save()
    trained(world, placement, finished_on=YESTERDAY)

    with pytest.raises(RuleBroken) as broken:
        change_lead_provider(placement, birch, author=AUTHOR)

    assert problems(broken) == ["has_left"]


def test_a_mentor_who_cannot_be_funded_is_refused(world, birch, ben):
    trained(world, ben, finished_on=YESTERDAY)
    ben.teacher.mentor_became_ineligible_for_funding_on = YESTERDAY
    ben.teacher.mentor_became_ineligible_for_funding_reason = (
        MentorFundingEndReason.COMPLETED_DECLARATION_RECEIVED
    )
    ben.teacher.save()

    with pytest.raises(RuleBroken) as broken:
        change_lead_provider(ben, birch, author=AUTHOR)

    assert problems(broken) == ["lead_provider not_fundable"]


def test_a_mentor_who_trains_at_another_school_meanwhile_is_refused(world, birch, ben):
    trained(world, ben, withdrawn=True, finished_on=date(2026, 7, 1))
    elsewhere = MentorAtSchoolPeriodFactory(
        teacher=ben.teacher, school=world.elm, started_on=date(2026, 9, 1)
    )
    trained(world, elsewhere, school=world.elm)

    with pytest.raises(RuleBroken) as broken:
        change_lead_provider(ben, birch, author=AUTHOR)

    assert problems(broken) == ["lead_provider trains_elsewhere"]


def test_what_a_colleague_changed_meanwhile_is_not_undone_unseen(world, birch, asha):
    trained(world, asha)
    seen = proposed_change_of_provider(asha).mark
    change_lead_provider(asha, birch, seen=seen, author=AUTHOR)

    with pytest.raises(RuleBroken) as broken:
        change_lead_provider(asha, world.larch, seen=seen, author=AUTHOR)

    assert problems(broken) == ["shown changed_meanwhile"]
