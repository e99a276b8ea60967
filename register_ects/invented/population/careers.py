"""What may happen to an ECT, how often, and an ECT's way as far as it is planned."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from register_ects.invented.population.chance import day_between
from register_ects.invented.population.neighbourhoods import Neighbourhood
from register_ects.invented.population.plans import Person, Placement, Training
from register_ects.invented.population.school_days import school_day


class Story(Enum):
    """What happens to an ECT besides starting and, one day, passing."""

    ORDINARY = "ordinary"
    SCHOOL_LED = "school_led"
    MOVES = "moves"
    MOVES_TO_OTHER_PROVIDER = "moves_to_other_provider"
    CHANGES_PROVIDER = "changes_provider"
    LEAVES = "leaves"
    LEAVES_SOON = "leaves_soon"
    DEFERS = "defers"
    DEFERS_AND_RESUMES = "defers_and_resumes"
    WITHDRAWS = "withdraws"
    WITHDRAWS_AND_RESUMES = "withdraws_and_resumes"
    CHANGES_SCHEDULE = "changes_schedule"
    SWITCHES_TO_SCHOOL_LED = "switches_to_school_led"
    LEAVES_FROZEN_YEAR = "leaves_frozen_year"
    JOINS_LATER = "joins_later"
    FAILS = "fails"
    NO_QTS = "no_qts"
    EXEMPT = "exempt"
    HAS_TWO_RECORDS = "has_two_records"


#: How many of 200 ECTs have each story.
STORIES: dict[Story, int] = {
    Story.ORDINARY: 93,
    Story.SCHOOL_LED: 10,
    Story.MOVES: 16,
    Story.MOVES_TO_OTHER_PROVIDER: 9,
    Story.CHANGES_PROVIDER: 4,
    Story.LEAVES: 10,
    Story.LEAVES_SOON: 2,
    Story.DEFERS: 6,
    Story.DEFERS_AND_RESUMES: 9,
    Story.WITHDRAWS: 14,
    Story.WITHDRAWS_AND_RESUMES: 2,
    Story.CHANGES_SCHEDULE: 7,
    Story.SWITCHES_TO_SCHOOL_LED: 2,
    Story.LEAVES_FROZEN_YEAR: 5,
    Story.JOINS_LATER: 3,
    Story.FAILS: 1,
    Story.NO_QTS: 4,
    Story.EXEMPT: 2,
    Story.HAS_TWO_RECORDS: 1,
}


@dataclass(slots=True)
class Career:
    """An ECT's way, as far as it is planned; ``placement`` and ``training`` are the latest.

    ``ends_on`` is the last day that induction would take without more interruptions. ``left``
    says that they do not go on at any school here, ``stopped`` that they go on without training.
    """

    place: Neighbourhood
    story: Story
    person: Person
    placement: Placement
    training: Training
    placements: list[Placement]
    started_on: date
    ends_on: date
    left: bool = False
    stopped: bool = False

    def turning_point(self, *, margin: int = 60) -> date | None:
        """Return a day in the middle of it that has come, if there is one."""
        first = self.training.started_on + timedelta(days=margin)
        last = min(self.ends_on - timedelta(days=margin), self.place.world.ago(15))
        if first > last:
            return None
        day = school_day(day_between(self.place.rng, first, last))
        return day if day <= last else None
