"""What becomes of training when a school chooses another lead provider or programme. Pure.

Which contract period the new training goes into: ``contract_periods.choice_for_change``.
Source: spec 05 §9.2 and §9.3 with their Improves, spec 03 §12.1 and §12.2 with theirs.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from register_ects.rules.enumerations import TrainingProgramme
from register_ects.rules.problems import Problem


class Fate(StrEnum):
    """What becomes of the training that there is."""

    UNTOUCHED = "untouched"
    CHANGED = "changed"  # it goes to the new provider, on the same days
    ENDED = "ended"
    REMOVED = "removed"


@dataclass(frozen=True)
class PresentTraining:
    """The current or next training of a placement, else its latest; both days inclusive.

    ``status`` is active, deferred or withdrawn. ``has_declarations`` counts voided ones too.
    """

    is_provider_led: bool
    started_on: date
    finished_on: date | None = None
    is_confirmed: bool = False
    status: str = "active"
    has_declarations: bool = False

    @property
    def is_unconfirmed(self) -> bool:
        """Whether a provider was named that has not confirmed it."""
        return self.is_provider_led and not self.is_confirmed

    def is_over(self, today: date) -> bool:
        """Whether it has ended, or its provider has stopped it: nobody changes that any more."""
        has_ended = self.finished_on is not None and self.finished_on < today
        return has_ended or self.status != "active"


@dataclass(frozen=True)
class Change:
    """What becomes of the present training, and the first day of what follows it.

    ``last_day`` is the last day of training that has ended, else None. Training that is changed
    keeps its days: ``starts_on`` is then its own first day.
    """

    fate: Fate
    starts_on: date
    last_day: date | None = None


def change_of_provider(present: PresentTraining | None, *, free_from: date, today: date) -> Change:
    """Return what another lead provider means for the present training (spec 05 §9.2).

    ``free_from`` is the first day of the placement, or that after training that its provider
    stopped, which may have been today. What has begun and was confirmed ends yesterday; what
    begins today or later is changed; an unconfirmed interest gives way. Training with declarations
    is never changed or removed; what is over is left as it is.
    """
    first = max(free_from, today)
    if present is None or present.is_over(today):
        return Change(Fate.UNTOUCHED, first)
    if present.has_declarations:
        return _ended(present, first, today)
    if present.started_on >= today:
        return Change(Fate.CHANGED, present.started_on)
    if present.is_unconfirmed:
        return Change(Fate.REMOVED, first)
    return _ended(present, first, today)


def change_of_programme(present: PresentTraining | None, *, free_from: date, today: date) -> Change:
    """Return what another programme means for the present training (spec 05 §9.3).

    As for another provider, but what begins today or later is removed.
    """
    change = change_of_provider(present, free_from=free_from, today=today)
    if change.fate == Fate.CHANGED:
        return Change(Fate.REMOVED, max(free_from, today))
    return change


def problems_with_change(change: Change, *, here_until: date | None) -> list[Problem]:
    """List why nothing can follow the present training: no day is left at the school."""
    if here_until is None or change.starts_on <= here_until:
        return []
    return [Problem("", "no_day_left", {"leaves": here_until})]


def problems_with_new_provider(
    present: PresentTraining | None, *, is_same: bool, is_fundable: bool, trains_elsewhere: bool
) -> list[Problem]:
    """List why a lead provider may not be chosen (spec 05 §9.2).

    ``is_same``: it is the present one. ``is_fundable`` and ``trains_elsewhere`` are about
    mentors: an end of funding, and training at another school on those days.
    """
    if present is None:
        return [Problem("lead_provider", "no_training")]
    if not present.is_provider_led:
        return [Problem("lead_provider", "school_led")]
    if not is_fundable:
        return [Problem("lead_provider", "not_fundable")]
    if trains_elsewhere:
        return [Problem("lead_provider", "trains_elsewhere")]
    return [Problem("lead_provider", "no_change")] if is_same else []


def problems_with_new_programme(
    present: PresentTraining | None, programme: str, *, has_provider: bool
) -> list[Problem]:
    """List why an ECT may not be put on a programme: they are, or the provider is not as needed.

    Source: spec 05 §9.3.
    """
    wants_provider = programme == TrainingProgramme.PROVIDER_LED
    if present is not None and present.is_provider_led is wants_provider:
        return [Problem("training_programme", "no_change")]
    if has_provider is not wants_provider:
        return [Problem("lead_provider", "missing" if wants_provider else "not_wanted")]
    return []


def _ended(present: PresentTraining, first: date, today: date) -> Change:
    """End training yesterday; what begins today or later, on its first day."""
    last_day = max(today - timedelta(days=1), present.started_on)
    return Change(Fate.ENDED, max(first, last_day + timedelta(days=1)), last_day)
