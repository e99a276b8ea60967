"""What the changes of lead provider and of training programme say of training, in sentences.

Each says only what is known when it is read: what ends, what begins, and who has to confirm it.
"""

from dataclasses import dataclass
from datetime import date

from register_ects.formats import govuk_date
from register_ects.operations.training.proposed import ProposedChange
from register_ects.rules.training_changes import Change, Fate
from register_ects.web.summaries import Row, row

BETTER_AT_END_OF_YEAR = "It is better to change at the end of a school year."
TELL_BOTH = "Tell both lead providers about the change."
#: What to think of before the lead provider is changed.
ADVICE_ON_PROVIDERS = (BETTER_AT_END_OF_YEAR, TELL_BOTH)


@dataclass(frozen=True)
class TrainingNow:
    """The present training of ``name`` with ``provider`` (names); None when the school leads it."""

    name: str
    provider: str | None
    is_confirmed: bool
    is_stopped: bool = False  # by the provider

    @classmethod
    def of(cls, proposed: ProposedChange) -> "TrainingNow":
        """Return the present training that a change is proposed of."""
        provider, facts = proposed.provider_now, proposed.facts
        return cls(
            name=proposed.placement.teacher.name,
            provider=provider.name if provider else None,
            is_confirmed=facts is not None and facts.is_confirmed,
            is_stopped=proposed.is_stopped,
        )

    @property
    def who_trains(self) -> str:
        """Return who trains them, and that training is best changed at the end of a year."""
        if self.is_stopped:
            return f"{self.provider} told us that it no longer trains {self.name}."
        return f"{self.provider} is {self.name}’s lead provider. {BETTER_AT_END_OF_YEAR}"

    @property
    def whom_to_tell(self) -> str:
        """Return which lead providers the school should tell itself."""
        return "Tell the new lead provider about the change." if self.is_stopped else TELL_BOTH

    def what_becomes(self, change: Change) -> list[str]:
        """Return what a change does to the present training, before it is confirmed."""
        if change.fate == Fate.CHANGED:
            start = govuk_date(change.starts_on)
            return [f"{self.name}’s training keeps its start date, {start}."]
        if change.fate == Fate.ENDED and change.last_day:
            whose = f"Training with {self.provider}" if self.provider else "School-led training"
            return [f"{whose} ends: its last day is {govuk_date(change.last_day)}."]
        if change.fate == Fate.REMOVED and self.provider and not self.is_confirmed:
            return [
                f"{self.provider} has not confirmed that they train {self.name}. They are not "
                f"asked to any longer, and {self.name}’s record no longer shows that they were."
            ]
        if change.fate == Fate.REMOVED:
            whose = f"training with {self.provider}" if self.provider else "school-led training"
            return [
                f"{self.name}’s {whose} has not begun before today. It is removed from their "
                "record."
            ]
        return []


def who_confirms(name: str, provider: str, delivery_partner: str | None) -> list[str]:
    """Return whether new training is confirmed; ``delivery_partner`` is that of a partnership."""
    if delivery_partner:
        return [f"{provider} works with your school already, with {delivery_partner}."]
    return [
        f"{provider} has to confirm that they train {name}. They name the delivery partner then.",
    ]


def when_it_starts(change: Change, today: date) -> str:
    """Return the first day of what follows, in words."""
    day = govuk_date(change.starts_on)
    return f"{day} (today)" if change.starts_on == today else day


def days_of(change: Change, last_day: date | None, today: date) -> list[Row]:
    """Return the first day of what follows, and its last where they leave the school."""
    ends = [row("Training ends", govuk_date(last_day))] if last_day else []
    return [row("Training starts", when_it_starts(change, today)), *ends]
