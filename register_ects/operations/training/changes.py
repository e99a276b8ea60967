"""A school chooses another lead provider, or another training programme for an ECT.

What becomes of the present training: rules/training_changes.py. Where it goes: ``plans``. What it
would do: ``proposed``, which the pages ask too. Source: spec 05 §9.2 and §9.3, spec 03 §12.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from register_ects import clock
from register_ects.models import (
    ECTAtSchoolPeriod,
    LeadProvider,
    Placement,
    TrainingPeriod,
)
from register_ects.operations.base import Author, operation, record_event
from register_ects.operations.placements.finishing import (
    end_training,
    finish_training,
    remove_training,
)
from register_ects.operations.teachers.locking import lock_people
from register_ects.operations.training.periods import (
    change_training_in_place,
    open_mentor_training,
    open_provider_led_training,
    open_school_led_training,
)
from register_ects.operations.training.plans import plan_change
from register_ects.operations.training.proposed import (
    ProposedChange,
    mentor_trained_too,
    next_mentorship,
    proposed_change_of_programme,
    proposed_change_of_provider,
)
from register_ects.rules.problems import refuse, refuse_if
from register_ects.rules.seen import CHANGED_MEANWHILE
from register_ects.rules.training_changes import Fate


@dataclass(frozen=True)
class ProgrammeChange:
    """What changing an ECT's programme did: their training, and their mentor's if it began."""

    training: TrainingPeriod
    mentor_training: TrainingPeriod | None = None


@operation
def change_lead_provider(
    placement: Placement, lead_provider: LeadProvider, *, seen: str | None = None, author: Author
) -> TrainingPeriod:
    """Let another lead provider train an ECT or a mentor, and return the training.

    It is confirmed where the school has a partnership with the provider. ``seen`` is the mark of
    the present training (``ProposedChange.mark``) that the school was shown; None means whatever
    there is. Raises RuleBroken with the problems of rules/training_changes.py, when nobody is left
    to train, or the provider has no contract for the contract period. Source: spec 05 §9.2.
    """
    _lock(placement)
    proposed = proposed_change_of_provider(placement)
    _refuse_unseen(proposed, seen)
    starts_on = proposed.change.starts_on
    present = proposed.present
    refuse_if(proposed.problems_with_provider(lead_provider))
    # Without a problem there is training, and a provider leads it.
    now = cast("LeadProvider", proposed.provider_now)
    plan = plan_change(placement, present=present, lead_provider=lead_provider, starts_on=starts_on)
    _make_way(proposed, author)
    if proposed.change.fate == Fate.CHANGED:
        training = change_training_in_place(cast("TrainingPeriod", present), plan, author=author)
    else:
        training = open_provider_led_training(placement, plan, author=author)
    record_event(
        "teacher_training_lead_provider_updated",
        f"{placement.teacher.name}’s lead provider was changed from {now.name}"
        f" to {lead_provider.name}",
        author=author,
        about=[placement.teacher, placement.school, placement, training, lead_provider],
        changes={"lead_provider": (now.name, lead_provider.name)},
    )
    return training


@operation
def change_training_programme(
    ect: ECTAtSchoolPeriod,
    programme: str,
    *,
    lead_provider: LeadProvider | None = None,
    seen: str | None = None,
    author: Author,
) -> ProgrammeChange:
    """Put an ECT on provider-led training with ``lead_provider``, or on school-led training.

    Their mentor trains with the same provider from then on if it is their first training
    (``mentor_trained_too``). ``seen`` is as in ``change_lead_provider``. Raises RuleBroken with
    the problems of rules/training_changes.py. Source: spec 05 §9.3.
    """
    _lock(ect)
    proposed = proposed_change_of_programme(ect)
    _refuse_unseen(proposed, seen)
    refuse_if(proposed.problems_with_programme(programme, lead_provider))
    starts_on = proposed.change.starts_on
    mentor = None
    if lead_provider is None:
        _make_way(proposed, author)
        training = open_school_led_training(ect, starts_on=starts_on)
    else:
        mentor = mentor_trained_too(ect, lead_provider, starts_on=starts_on)
        plan = plan_change(
            ect, present=proposed.present, lead_provider=lead_provider, starts_on=starts_on
        )
        _make_way(proposed, author)
        training = open_provider_led_training(ect, plan, author=author)
    old = proposed.present.get_training_programme_display() if proposed.present else None
    new = training.get_training_programme_display()
    record_event(
        "teacher_training_programme_updated",
        f"{ect.teacher.name}’s training programme was changed to {new.lower()}",
        author=author,
        about=[ect.teacher, ect.school, ect, training, lead_provider],
        changes={"training_programme": (old, new)},
    )
    if mentor is None or lead_provider is None:
        return ProgrammeChange(training)
    mentor_training = open_mentor_training(
        mentor, mentee=ect, lead_provider=lead_provider, starts_on=starts_on, author=author
    )
    return ProgrammeChange(training, mentor_training)


def _lock(placement: Placement) -> None:
    """Lock the person, an ECT's next mentor too, and read the placement again: they may have left.

    Lead providers act on training under the same locks.
    """

    def concerned() -> set[int]:
        placement.refresh_from_db()
        ect = placement if isinstance(placement, ECTAtSchoolPeriod) else None
        mentorship = next_mentorship(ect) if ect else None
        return {placement.teacher_id, *([mentorship.mentor_teacher_id] if mentorship else [])}

    lock_people(concerned)
    if not placement.is_current_or_future(clock.today()):
        refuse("", "has_left")


def _refuse_unseen(proposed: ProposedChange, seen: str | None) -> None:
    if seen is not None and seen != proposed.mark:
        refuse("shown", CHANGED_MEANWHILE)


def _make_way(proposed: ProposedChange, author: Author) -> None:
    """End, remove or leave the present training, and remove what was to follow it."""
    change, present = proposed.change, proposed.present
    day_before = change.starts_on - timedelta(days=1)
    if present is not None and change.fate == Fate.ENDED:
        end_training(present, last_day=cast("date", change.last_day), author=author)
    elif present is not None and change.fate == Fate.REMOVED:
        remove_training(present, last_day=day_before, author=author)
    later = proposed.placement.training_periods.filter(started_on__gte=change.starts_on)
    for training in later.exclude(pk=present.pk if present else None):
        finish_training(training, last_day=day_before, author=author)
