"""What every operation shares: its author, its transaction, and the event that tells of it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ParamSpec, TypeVar

from django.db import IntegrityError, connection, models, transaction

from register_ects import clock
from register_ects import models as domain
from register_ects.database.insertion import insert
from register_ects.formats import govuk_date_short
from register_ects.operations.recorded import note_events
from register_ects.projections.refresh import refresh_own_marks
from register_ects.refusals import rule_broken_by
from register_ects.rules.enumerations import AuthorType
from register_ects.rules.event_types import EVENT_CATEGORIES

P = ParamSpec("P")
R = TypeVar("R")


#: The upload whose rows are being recorded: every event then belongs to it.
_batch: ContextVar[domain.PendingInductionSubmissionBatch | None] = ContextVar(
    "batch_of_events", default=None
)


@contextmanager
def events_of(batch: domain.PendingInductionSubmissionBatch) -> Iterator[None]:
    """Tie every event that is recorded meanwhile to an upload."""
    token = _batch.set(batch)
    try:
        yield
    finally:
        _batch.reset(token)


@dataclass(frozen=True)
class Author:
    """Who caused a change; shown in timelines.

    School and appropriate body users are known by email and name; staff by their user record;
    a lead provider by its name; the system needs none.
    """

    author_type: str
    name: str | None = None
    email: str | None = None
    user: domain.StaffUser | None = None

    @classmethod
    def school_user(cls, *, name: str, email: str) -> Author:
        """Return a person at a school."""
        return cls(AuthorType.SCHOOL_USER, name=name, email=email)

    @classmethod
    def appropriate_body_user(cls, *, name: str, email: str) -> Author:
        """Return a person at an appropriate body."""
        return cls(AuthorType.APPROPRIATE_BODY_USER, name=name, email=email)

    @classmethod
    def staff(cls, user: domain.StaffUser) -> Author:
        """Return a member of DfE staff."""
        return cls(AuthorType.DFE_STAFF_USER, name=user.name, email=user.email, user=user)

    @classmethod
    def lead_provider(cls, lead_provider: domain.LeadProvider) -> Author:
        """Return a lead provider acting over the API."""
        return cls(AuthorType.LEAD_PROVIDER_API, name=lead_provider.name)

    @property
    def as_told_to_schools(self) -> str:
        """Return who it is to a school: its own people by name, staff as the department."""
        is_own = self.author_type == AuthorType.SCHOOL_USER and self.name
        return self.name if is_own and self.name else "The Department for Education"

    @classmethod
    def system(cls) -> Author:
        """Return the service itself: jobs and timers."""
        return cls(AuthorType.SYSTEM)


#: Whether an operation is running: one that another calls leaves the refresh to that one.
_running: ContextVar[bool] = ContextVar("operation_running", default=False)


def operation(function: Callable[P, R]) -> Callable[P, R]:
    """Run ``function`` in one transaction; a database refusal becomes a readable RuleBroken.

    What lead providers are shown is brought up to date before the commit.
    """

    @functools.wraps(function)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        is_outermost = not _running.get()
        is_alone = not connection.in_atomic_block
        token = _running.set(True)
        try:
            with transaction.atomic():
                result = function(*args, **kwargs)
                if is_outermost:
                    _check_constraints(is_alone=is_alone)
                    refresh_own_marks()
                return result
        except IntegrityError as error:
            raise rule_broken_by(error) from error
        finally:
            _running.reset(token)

    return wrapper


def _check_constraints(*, is_alone: bool) -> None:
    """Check now what is else checked at the commit: while others wait for the refresh.

    The checks lock the rows that are pointed to, whose holders may wait for the refresh too.
    Unless the operation ``is_alone`` in its transaction, what follows is checked as ever: at the
    commit what is deferred, at once what only might be.
    """
    with connection.cursor() as cursor:
        if is_alone:  # nothing follows but the refresh, whose tables defer nothing
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            return
        cursor.execute(
            f"""
            SET CONSTRAINTS ALL IMMEDIATE;
            SET CONSTRAINTS ALL DEFERRED;
            SET CONSTRAINTS {_checked_at_once()} IMMEDIATE
            """
        )


@functools.cache
def _checked_at_once() -> str:
    """Return the names of the constraints that could be deferred and are not."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT string_agg(quote_ident(conname), ', ')
            FROM pg_constraint WHERE condeferrable AND NOT condeferred
            """
        )
        return str(cursor.fetchone()[0])


#: Words of field names that are written in capitals.
_ACRONYMS = frozenset({"api", "ect", "id", "qts", "trn", "trs"})

#: The event's link for each kind of record, by model.
_LINKS: dict[type[models.Model], str] = {
    domain.Teacher: "teacher",
    domain.School: "school",
    domain.StaffUser: "user",
    domain.AppropriateBody: "appropriate_body",
    domain.InductionPeriod: "induction_period",
    domain.InductionExtension: "induction_extension",
    domain.ECTAtSchoolPeriod: "ect_at_school_period",
    domain.MentorAtSchoolPeriod: "mentor_at_school_period",
    domain.MentorshipPeriod: "mentorship_period",
    domain.TrainingPeriod: "training_period",
    domain.Schedule: "schedule",
    domain.ContractPeriod: "contract_period",
    domain.SchoolPartnership: "school_partnership",
    domain.LeadProvider: "lead_provider",
    domain.DeliveryPartner: "delivery_partner",
    domain.ActiveLeadProvider: "active_lead_provider",
    domain.LeadProviderDeliveryPartnership: "lead_provider_delivery_partnership",
    domain.Statement: "statement",
    domain.StatementAdjustment: "statement_adjustment",
    domain.Declaration: "declaration",
    domain.PendingInductionSubmissionBatch: "batch",
}


def record_event(
    event_type: str,
    heading: str,
    *,
    author: Author,
    about: Iterable[models.Model | None],
    happened_on: date | datetime | None = None,
    body: str | None = None,
    changes: Mapping[str, tuple[Any, Any]] | None = None,
    metadata: Mapping[str, Any] | None = None,
    ticket: int | None = None,
) -> domain.Event:
    """Record what happened, in the transaction of the change.

    ``about`` lists the records concerned, one of a kind; None is skipped. ``happened_on`` is a
    London day, an instant, or None for now. ``changes`` maps a field to its old and new value.
    ``ticket`` is the number of the support ticket that asked for it.
    """
    event = new_event(event_type, heading, author=author, about=about, happened_on=happened_on)
    event.body, event.zendesk_ticket_id = body, ticket
    event.modifications = [transition(name, *values) for name, values in (changes or {}).items()]
    event.metadata = metadata if metadata is not None else _raw(changes or {})
    record_events([event])
    return event


def new_event(
    event_type: str,
    heading: str,
    *,
    author: Author,
    about: Iterable[models.Model | None],
    happened_on: date | datetime | None = None,
) -> domain.Event:
    """Return an event that is not yet recorded: for who has many, and saves them together.

    Otherwise as ``record_event``.
    """
    records = [record for record in (*about, _batch.get()) if record is not None]
    links = {_LINKS[type(record)]: record for record in records}
    return domain.Event(
        event_type=event_type,
        category=EVENT_CATEGORIES[event_type],
        heading=heading,
        happened_at=_instant(happened_on),
        author_type=author.author_type,
        author=author.user,
        author_email=author.email,
        author_name=author.name,
        **links,
    )


def record_events(events: Iterable[domain.Event]) -> None:
    """Record events in few statements, in their order."""
    recorded = list(events)
    insert(recorded)
    note_events(len(recorded))


def transition(field_name: str, old: Any, new: Any) -> str:
    """Return one line that tells how a field changed (spec 07 §5.2)."""
    label = _label(field_name)
    before, after = _shown(old), _shown(new)
    if before is None and after is None:
        return f"{label} not set"
    if before is None:
        return f"{label} set to {after}"
    if after is None:
        return f"{label} {before} removed"
    if before == after:
        return f"{label} unchanged"
    return f"{label} changed from {before} to {after}"


def _label(field_name: str) -> str:
    words = [word.upper() if word in _ACRONYMS else word for word in field_name.split("_")]
    return " ".join([words[0][:1].upper() + words[0][1:], *words[1:]])


def _shown(value: Any) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, date):
        return f"'{govuk_date_short(value)}'"
    return f"'{value}'"


def _raw(changes: Mapping[str, tuple[Any, Any]]) -> dict[str, list[str | None]]:
    return {
        name: [None if value is None else str(value) for value in values]
        for name, values in changes.items()
    }


def _instant(moment: date | datetime | None) -> datetime:
    if moment is None:
        return clock.now()
    if isinstance(moment, datetime):
        return moment
    return clock.london_midnight(moment)
