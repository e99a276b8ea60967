"""What every factory shares: noon of a day, and periods."""

from datetime import UTC, date, datetime, time, timedelta

import factory
from factory.django import DjangoModelFactory


def noon(day: date) -> datetime:
    """Return twelve o'clock UTC, which is the same day in London all year."""
    return datetime.combine(day, time(12), tzinfo=UTC)


class PeriodFactory(DjangoModelFactory):
    """An open period from 1 September 2025. Traits: finished (after 120 days), one_day."""

    class Meta:
        abstract = True

    class Params:
        finished = factory.Trait(
            finished_on=factory.LazyAttribute(lambda o: o.started_on + timedelta(days=120))
        )
        one_day = factory.Trait(finished_on=factory.SelfAttribute("started_on"))

    started_on = date(2025, 9, 1)
    finished_on = None
