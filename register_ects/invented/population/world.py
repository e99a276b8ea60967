"""What lives are planned against: funding years, agreements, statements, schools, and the day."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from register_ects.models import ContractPeriod, Milestone
from register_ects.rules.instants import LONDON


@dataclass(frozen=True, slots=True)
class ScheduleFacts:
    """A schedule, with the milestone of each declaration type that it has."""

    id: int
    year: int
    identifier: str
    kind: str
    windows: dict[str, Milestone]


@dataclass(frozen=True, slots=True)
class OutputStatement:
    """An output statement; ``deadline`` is inclusive, ``paid_on`` None until it is paid."""

    id: int
    deadline: date
    status: str
    paid_on: date | None


@dataclass(frozen=True, slots=True)
class Provider:
    """A lead provider active in one contract period, and with which delivery partners.

    ``weight`` is its share of the market; ``pairings`` are (pairing, delivery partner) keys.
    """

    id: int
    agreement_id: int
    weight: int
    pairings: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class SchoolFacts:
    """A school that may have ECTs; ``is_funded`` says whether DfE pays for training there.

    It opened on ``opened_on``, long ago where the register does not say, and is open today.
    """

    id: int
    urn: int
    name: str
    pupils: int
    district: str
    is_independent: bool
    is_funded: bool
    opened_on: date = date.min

    def is_open(self, day: date) -> bool:
        """Whether it had opened by a day."""
        return self.opened_on <= day


@dataclass(frozen=True, slots=True)
class World:
    """Everything that is there before the people come. Lives are written up to ``today``."""

    today: date
    years: dict[int, ContractPeriod]
    schedules: dict[tuple[int, str], ScheduleFacts]
    providers: dict[int, list[Provider]]
    statements: dict[tuple[int, int], list[OutputStatement]]
    uplifts: dict[tuple[int, int], tuple[bool, bool]]
    hubs: list[int]
    hub_by_district: dict[str, int]
    independent_panel: int | None
    provider_names: dict[int, str]
    partner_names: dict[int, str]
    body_names: dict[int, str]
    schools: list[SchoolFacts] = field(default_factory=list)

    @property
    def now(self) -> datetime:
        """Return the first instant of today: nothing is recorded later."""
        return datetime.combine(self.today, time(), LONDON)

    def year_of(self, day: date) -> ContractPeriod | None:
        """Return the contract period that covers ``day``."""
        return next((year for year in self.years.values() if year.contains(day)), None)

    def provider(self, lead_provider_id: int, year: int) -> Provider | None:
        """Return a lead provider as it is active in a contract period, None when it is not."""
        active = self.providers.get(year, [])
        return next((each for each in active if each.id == lead_provider_id), None)

    def statement_for(self, lead_provider_id: int, year: int, day: date) -> OutputStatement | None:
        """Return the output statement that took, on ``day``, what became eligible then."""
        for statement in self.statements.get((lead_provider_id, year), []):
            is_closed_early = statement.deadline >= self.today and statement.status != "open"
            if statement.deadline >= day and not is_closed_early:
                return statement
        return None

    def is_past(self, day: date) -> bool:
        """Whether a day is over."""
        return day < self.today

    def ago(self, days: int) -> date:
        """Return the day that many days before today."""
        return self.today - timedelta(days=days)
