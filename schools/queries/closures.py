"""Whether registration is closed, until when, and when it will be (spec 05 §12.1 Improve)."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from register_ects import clock
from register_ects.database.compiled import compiled
from register_ects.models import RegistrationClosure
from register_ects.rules.closures import announced, reopens_on


@dataclass(frozen=True)
class Closure:
    """Days on which nobody can register: from ``starts_on`` until the day before ``reopens_on``."""

    starts_on: date
    ends_on: date
    reopens_on: date
    message: str


@dataclass(frozen=True)
class Closures:
    """The closure that covers today, and the next one while it is announced; never both."""

    now: Closure | None
    ahead: Closure | None


def closures() -> Closures:
    """Return why registration is closed today and until when, or when it will be. One query.

    Closures that adjoin are one; its message is that of the one that covers the day for longest:
    today, or its first day.
    """
    today = clock.today()
    held = _not_over(today)
    days = [(each.starts_on, each.ends_on) for each in held]
    reopens, coming = reopens_on(today, days), announced(today, days)
    return Closures(
        now=_closure(held, today, reopens) if reopens else None,
        ahead=_closure(held, *coming) if coming else None,
    )


@compiled
def _not_over(today: date) -> QuerySet[RegistrationClosure]:
    return RegistrationClosure.objects.filter(ends_on__gte=today).order_by("ends_on")


def _closure(held: list[RegistrationClosure], day: date, reopens: date) -> Closure:
    covering = [each for each in held if each.starts_on <= day <= each.ends_on]
    return Closure(
        starts_on=min(each.starts_on for each in covering),
        ends_on=reopens - timedelta(days=1),
        reopens_on=reopens,
        message=covering[-1].message,
    )
