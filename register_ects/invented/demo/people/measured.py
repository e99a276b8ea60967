"""Seven weeks of visits to measure: how journeys went, what was refused, what people thought.

They are recorded by the functions that record real ones; who came is made up, and the same in
every demo.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from register_ects import clock
from register_ects.operations import measurements
from register_ects.operations.measurements import MeasuredPage
from register_ects.operations.messages.feedback import give_feedback
from register_ects.rules.enumerations import Audience, Channel, RunOutcome

_SEED, _DAYS = 7, 49
#: When people come: the first hour, and within how many minutes.
_FROM_HOUR, _MINUTES = 8, 560
#: How many of a hundred runs end so; the others are completed.
_LEFT, _TOLD_THAT_NOT, _FAILED = 9, 6, 2


@dataclass(frozen=True)
class _Journey:
    """A journey as people go through it.

    ``runs``: how many; ``refused``: page, field and rule; ``stop``: the page that says that it
    cannot be, if there is one.
    """

    name: str
    steps: tuple[str, ...]
    runs: int
    refused: tuple[tuple[str, str, str], ...]
    stop: str | None = None
    audience: Audience = Audience.SCHOOL


_JOURNEYS = (
    _Journey(
        "register-ect",
        ("find-ect", "review-ect-details", "training", "check-answers"),
        70,
        (
            ("find-ect", "trn", "too_short"),
            ("find-ect", "date_of_birth", "incomplete"),
            ("review-ect-details", "email", "invalid"),
            ("review-ect-details", "started_on", "required"),
            ("training", "lead_provider", "required"),
        ),
        stop="induction-completed",
    ),
    _Journey(
        "register-mentor",
        ("find-mentor", "review-mentor-details", "check-answers"),
        45,
        (("find-mentor", "trn", "missing"), ("review-mentor-details", "email", "invalid")),
        stop="cannot-mentor-themself",
    ),
    _Journey("change-ect-leaving", ("edit", "check-answers"), 12, (("edit", "day", "required"),)),
    _Journey(
        "change-ect-email-address",
        ("edit", "check-answers"),
        16,
        (("edit", "email", "has_space"),),
    ),
    _Journey(
        "claim-ect",
        ("find-ect", "check-ect", "register-ect"),
        35,
        (("find-ect", "trn", "too_long"), ("register-ect", "started_on", "not_real")),
        audience=Audience.APPROPRIATE_BODY,
    ),
)
#: About which journey, how satisfied, whether it was clear what to do next, and in what words.
_SAID = (
    ("register-ect", 5, 5, "Much quicker than the old service."),
    ("register-ect", 4, 4, "I did not have the TRN to hand and had to begin again."),
    ("register-ect", 2, 2, "I was not sure which appropriate body to choose."),
    ("register-mentor", 5, 5, None),
    ("register-mentor", 3, 3, "It should tell me earlier that I need the mentor’s date of birth."),
    ("change-ect-leaving", 5, 4, "Good to see what ends with it before I confirm."),
    ("claim-ect", 4, 5, None),
    ("claim-ect", 3, 2, "We claim many ECTs in September. One list for all of them would help."),
)
#: Answers about registering an ECT, so many that a share of satisfied people is told.
_MORE_ANSWERS = (5, 5, 4, 5, 4, 3, 5, 4, 5, 5, 2, 4, 5, 4, 5, 3, 5, 4, 5, 4, 1, 5, 4, 5, 5, 4, 5, 4)


def record_visits() -> None:
    """Record what people did in the weeks before today."""
    chance = Random(_SEED)  # noqa: S311 - invented visits
    for journey in _JOURNEYS:
        for nth in range(journey.runs):
            _run(journey, nth, chance)
    measurements.close_runs()
    said = [*_SAID, *(("register-ect", score, None, None) for score in _MORE_ANSWERS)]
    for page, score, clarity, comment in said:
        audience = next(each.audience for each in _JOURNEYS if each.name == page)
        with clock.pretend(_moment(chance)):
            give_feedback(
                score=score, clarity=clarity, comment=comment, audience=audience, page=page
            )


def _run(journey: _Journey, nth: int, chance: Random) -> None:
    """Record one run, page by page, to its end."""
    begun, end = _moment(chance), _end(journey, chance)
    steps = journey.steps if end is None else journey.steps[: chance.randint(1, len(journey.steps))]
    page = MeasuredPage(
        key=UUID(int=chance.getrandbits(128), version=4),
        journey=journey.name,
        actor_type=journey.audience,
        actor_hash=measurements.hash_of_actor(f"{journey.name}.{nth}@example.com"),
        organisation_id=None,
        channel=Channel.SELF_SERVICE,
        now=begun,
        step=steps[0],
    )
    for step in steps:
        page = replace(page, step=step, shown=True)
        measurements.keep(page)
        page = _refused(journey, _later(page, chance), chance)
        if step != steps[-1]:
            measurements.keep(replace(page, submitted=True))
    if end is None:
        done = replace(page, outcome=RunOutcome.COMPLETED, finished_at=page.now)
        measurements.keep(replace(done, submitted=True))
    elif end == RunOutcome.NOT_ELIGIBLE and journey.stop:
        measurements.keep(replace(page, step=journey.stop, shown=True, outcome_if_left=end))
    elif end == RunOutcome.ERROR:
        measurements.keep(replace(page, outcome_if_left=end))


def _refused(journey: _Journey, page: MeasuredPage, chance: Random) -> MeasuredPage:
    """Return the page as it is sent in the end: in some runs something was refused before."""
    here = [(field, rule) for step, field, rule in journey.refused if step == page.step]
    if not here or chance.random() > 0.15:
        return replace(page, shown=False)
    field, rule = chance.choice(here)
    measurements.keep(replace(page, shown=False, fields=(field,), codes=(rule,)))
    return replace(_later(page, chance), shown=False)


def _later(page: MeasuredPage, chance: Random) -> MeasuredPage:
    return replace(page, now=page.now + timedelta(seconds=chance.randint(12, 75)))


def _end(journey: _Journey, chance: Random) -> RunOutcome | None:
    """Return how a run ends that is not completed."""
    drawn = chance.randrange(100)
    if drawn < _FAILED:
        return RunOutcome.ERROR
    if drawn < _FAILED + _LEFT:
        return RunOutcome.ABANDONED
    told = drawn < _FAILED + _LEFT + _TOLD_THAT_NOT
    return RunOutcome.NOT_ELIGIBLE if told and journey.stop else None


def _moment(chance: Random) -> datetime:
    """Return a moment of a working day in the last weeks, all of it over for more than a day."""
    day = clock.today() - timedelta(days=chance.randint(2, _DAYS))
    if day.isoweekday() > 5:
        day -= timedelta(days=2)
    midnight = clock.london_midnight(day)
    return midnight + timedelta(hours=_FROM_HOUR, minutes=chance.randrange(_MINUTES))
