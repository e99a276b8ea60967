"""Extend an induction, change an extension, withdraw one (spec 06 §6.11).

What is allowed: ``rules/extensions.py``. The body must hold the ECT; TRS is told nothing, and no
period changes. The Teaching Regulation Agency, which hears appeals, gets an email of each.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.conf import settings

from register_ects import clock
from register_ects.formats import govuk_date
from register_ects.models import AppropriateBody, InductionExtension, InductionPeriod, Teacher
from register_ects.operations.base import Author, operation, record_event
from register_ects.operations.messages.emails import queue_email
from register_ects.operations.once import Sending, keep_once
from register_ects.operations.teachers.locking import lock_people, owner_of
from register_ects.rules.enumerations import EmailTemplate
from register_ects.rules.extensions import (
    Extension,
    problems_with_extension,
    problems_with_words,
)
from register_ects.rules.problems import Problem, refuse, refuse_if
from register_ects.rules.seen import mark_of, problems_with_seen
from register_ects.rules.staff_reasons import StaffReason, problems_with_reason


@operation
def add_extension(
    period: InductionPeriod,
    extension: Extension,
    *,
    author: Author,
    sending: Sending | None = None,
) -> InductionExtension:
    """Add an extension for the ECT of a body's open period; ``sending`` is the author's form.

    Raises RuleBroken when the form was sent before, the period is closed or the extension cannot
    be; nothing changes then.
    """
    keep_once(sending)
    _lock_open(period)
    refuse_if(extension_problems(period, extension))
    body, teacher = period.appropriate_body, period.teacher
    added = InductionExtension.objects.create(
        teacher=teacher, appropriate_body=body, **_columns(extension)
    )
    record_event(
        "induction_extension_created",
        f"{body.name} extended {teacher.name}’s induction by {_terms(added)}",
        author=author,
        about=[teacher, body, added],
        body=added.reason,
        changes={name: (None, value) for name, value in _columns(extension).items()},
    )
    _tell_agency(period, added, "recorded an extension")
    return added


@operation
def change_extension(
    period: InductionPeriod,
    held: InductionExtension,
    extension: Extension,
    *,
    seen: str,
    author: Author,
) -> None:
    """Replace what is recorded of an extension; the same again records nothing.

    ``seen`` is the mark of what the author was shown (``mark_of_extension``). Raises RuleBroken
    when the period is closed, the extension was changed or withdrawn meanwhile or it cannot be.
    """
    _lock_open(period)
    now = _still_there(held)
    refuse_if(extension_problems(period, extension, now))
    before, after = _recorded(now), _columns(extension)
    changes = {name: (before[name], after[name]) for name in after if before[name] != after[name]}
    if not changes:
        return
    refuse_if(_problems_with_seen(seen, now))
    for name, value in after.items():
        setattr(now, name, value)
    now.save(update_fields=[*after, "updated_at"])
    body, teacher = period.appropriate_body, period.teacher
    record_event(
        "induction_extension_updated",
        f"{body.name} changed an extension of {teacher.name}’s induction",
        author=author,
        about=[teacher, body, now],
        changes=changes,
    )
    _tell_agency(period, now, "changed an extension")


@operation
def withdraw_extension(
    period: InductionPeriod,
    held: InductionExtension,
    *,
    reason: str,
    seen: str,
    author: Author,
) -> None:
    """Take back an extension that the body itself added in error, and keep why in the event.

    Raises RuleBroken when the period is closed, another body added it, it was changed or withdrawn
    meanwhile or the reason says nothing.
    """
    _lock_open(period)
    now = _still_there(held)
    if now.appropriate_body_id != period.appropriate_body_id:
        refuse("", "not_yours")
    refuse_if(_problems_with_seen(seen, now))
    refuse_if(problems_with_words(reason))
    body, teacher = period.appropriate_body, period.teacher
    now.delete()
    record_event(
        "induction_extension_deleted",
        f"{body.name} withdrew an extension of {teacher.name}’s induction by {_terms(now)}",
        author=author,
        about=[teacher, body],
        body=reason,
        changes={name: (value, None) for name, value in _recorded(now).items()},
    )
    _tell_agency(period, now, "withdrawn, as recorded in error, an extension")


@operation
def delete_extension(
    held: InductionExtension, reason: StaffReason, *, seen: str, author: Author
) -> None:
    """Delete any extension at the hand of staff, whoever holds the ECT; the event keeps why.

    Raises RuleBroken when it was changed or withdrawn meanwhile or the reason cannot be.
    """
    lock_people(owner_of(held))
    now = _still_there(held)
    refuse_if(problems_with_reason(reason))
    refuse_if(_problems_with_seen(seen, now))
    teacher, body = now.teacher, now.appropriate_body
    now.delete()
    record_event(
        "induction_extension_deleted",
        f"An extension of {teacher.name}’s induction by {_terms(now)} was deleted",
        author=author,
        about=[teacher, body],
        body=reason.note.strip() or None,
        ticket=reason.ticket_number,
        changes={name: (value, None) for name, value in _recorded(now).items()},
    )
    if body is not None:
        _tell(body, teacher, now, "had deleted, by the Department for Education, an extension")


def extension_problems(
    period: InductionPeriod, extension: Extension, held: InductionExtension | None = None
) -> list[Problem]:
    """Return what is wrong with an extension, or with what is to take the place of ``held``.

    Two queries.
    """
    others = period.teacher.induction_extensions.exclude(pk__in=[held.pk] if held else [])
    first = period.teacher.induction_periods.earliest_first().first() or period
    return problems_with_extension(
        extension,
        others=_total(others.values_list("number_of_terms", flat=True)),
        started_on=first.started_on,
        today=clock.today(),
    )


def mark_of_extension(held: InductionExtension) -> str:
    """Return the mark of what a page shows of an extension (``rules.seen``)."""
    return mark_of(*_recorded(held).values())


def _tell_agency(period: InductionPeriod, extension: InductionExtension, done: str) -> None:
    _tell(period.appropriate_body, period.teacher, extension, done)


def _tell(
    body: AppropriateBody, teacher: Teacher, extension: InductionExtension, done: str
) -> None:
    told_on = extension.told_on
    queue_email(
        EmailTemplate.INDUCTION_EXTENDED,
        recipient=settings.TRA_EMAIL,
        personalisation={
            "appropriate_body_name": body.name,
            "what_was_done": done,
            "ect_name": teacher.name,
            "trn": teacher.trn or "",
            "terms": _terms(extension),
            "notified_on": govuk_date(told_on) if told_on else "not recorded",
        },
    )


def _lock_open(period: InductionPeriod) -> None:
    lock_people(owner_of(period))
    period.refresh_from_db()
    if not period.is_open:
        refuse("", "already_closed")


def _still_there(held: InductionExtension) -> InductionExtension:
    found: InductionExtension | None = InductionExtension.objects.filter(pk=held.pk).first()
    if found is None:
        refuse("", "already_withdrawn")
    return found


def _problems_with_seen(seen: str, now: InductionExtension) -> list[Problem]:
    return problems_with_seen(seen, *_recorded(now).values(), terms=_terms(now))


def _columns(extension: Extension) -> dict[str, Any]:
    return {
        "number_of_terms": extension.number_of_terms,
        "decided_on": extension.decided_on,
        "told_on": extension.told_on,
        "reason": extension.reason,
    }


def _recorded(held: InductionExtension) -> dict[str, Any]:
    return {
        "number_of_terms": held.number_of_terms,
        "decided_on": held.decided_on,
        "told_on": held.told_on,
        "reason": held.reason,
    }


def _total(terms: Iterable[Decimal]) -> Decimal:
    return sum(terms, Decimal(0))


def _terms(held: InductionExtension) -> str:
    number = f"{held.number_of_terms.normalize():f}"
    return f"{number} {'term' if held.number_of_terms == 1 else 'terms'}"
