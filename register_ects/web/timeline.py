"""Events as people read them: for the timeline of a person, a school, a body or a statement.

Drawn by ``templates/components/timeline.jinja``. Source: spec 07 §5.3.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from register_ects import clock
from register_ects.clock import LONDON, london_date
from register_ects.formats import govuk_date_short, govuk_time
from register_ects.models import Event
from register_ects.web.plain_words import as_planned, change_in_words, in_words

TICKETS = "https://becomingateacher.zendesk.com/agent/tickets/"


@dataclass(frozen=True)
class EventLink:
    """Where an event leads: to somebody or something that it is about."""

    text: str
    href: str


@dataclass(frozen=True)
class TimelineItem:
    """One event. ``moment`` is for machines; ``recorded`` is told only when it was another day.

    ``is_planned`` says that the day lies ahead: the heading then tells of what is to come.
    """

    anchor: str
    heading: str
    author: str
    when: str
    moment: str
    recorded: str | None
    body: str | None
    ticket: int | None
    ticket_address: str | None
    changes: list[str]
    is_planned: bool
    links: Sequence[EventLink]


def _nowhere(event: Event) -> Sequence[EventLink]:
    return ()


def timeline_items(
    events: Iterable[Event], *, links: Callable[[Event], Sequence[EventLink]] = _nowhere
) -> list[TimelineItem]:
    """Word events for a timeline, in the order given, codes as labels. Fetch ``author`` too.

    ``links`` says where an event leads for whoever reads it.
    """
    today = clock.today()
    return [_item(event, today, links(event)) for event in events]


def _item(event: Event, today: date, links: Sequence[EventLink]) -> TimelineItem:
    is_planned = london_date(event.happened_at) > today
    heading = as_planned(event.event_type, event.heading) if is_planned else event.heading
    heading = in_words(heading)
    another_day = london_date(event.recorded_at) != london_date(event.happened_at)
    return TimelineItem(
        anchor=f"event-{event.pk}",
        heading=heading,
        author=author_of(event),
        when=_when(event.happened_at),
        moment=event.happened_at.astimezone(LONDON).isoformat(timespec="minutes"),
        recorded=_when(event.recorded_at) if another_day else None,
        body=in_words(event.body) if event.body else None,
        ticket=event.zendesk_ticket_id,
        ticket_address=f"{TICKETS}{event.zendesk_ticket_id}" if event.zendesk_ticket_id else None,
        changes=[
            change
            for change in map(change_in_words, event.modifications)
            if not _says_the_same(change, heading)
        ],
        is_planned=is_planned,
        links=links,
    )


def _says_the_same(change: str, heading: str) -> bool:
    return change.removeprefix("TRS ").casefold() == heading.removeprefix("TRS ").casefold()


def author_of(event: Event) -> str:
    """Return who caused an event: a name, else what kind of user. Fetch ``author`` too."""
    staff_name = event.author.name if event.author else None
    return event.author_name or staff_name or event.get_author_type_display()


def _when(moment: datetime) -> str:
    """Write an instant; midnight in London stands for a day without a time of day."""
    local = moment.astimezone(LONDON)
    day = govuk_date_short(local)
    return day if (local.hour, local.minute) == (0, 0) else f"{day}, {govuk_time(local)}"
