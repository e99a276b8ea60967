"""Who is a school's induction tutor, and when it must say so again (spec 05 §11.1). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from register_ects.rules.contract_periods import CP
from register_ects.rules.problems import Problem
from register_ects.rules.seen import mark_of


@dataclass(frozen=True)
class InductionTutor:
    """Name and email address as a school gave them; both are None where it has named nobody."""

    name: str | None
    email: str | None

    @property
    def is_named(self) -> bool:
        """Whether the school has an induction tutor."""
        return self.email is not None

    @property
    def mark(self) -> str:
        """Return the mark of what a page showed (``rules.seen``)."""
        return mark_of(self.name, self.email)

    def is_same_as(self, other: "InductionTutor") -> bool:
        """Whether name and address are those of the other; case makes no other address."""
        return self.name == other.name and _folded(self.email) == _folded(other.email)


def nomination_period(periods: Sequence[CP], *, today: date) -> CP | None:
    """Return the contract period that tutors are confirmed for: the current or else the next."""
    ahead = [period for period in periods if period.finished_on >= today]
    return min(ahead, key=lambda period: period.started_on, default=None)


def is_due(*, last_year: int | None, year: int | None) -> bool:
    """Whether a school must confirm its tutor: it has not for ``year``, or a later one."""
    return year is not None and (last_year is None or last_year < year)


def problems_with_change(before: InductionTutor, after: InductionTutor) -> list[Problem]:
    """Return why a tutor cannot be changed: name or address must differ."""
    return [Problem("induction_tutor_name", "unchanged")] if before.is_same_as(after) else []


def _folded(email: str | None) -> str | None:
    return email.casefold() if email else None
