"""Close registration for some days, change which, or open it again (spec 05 §12.1 Improve)."""

from datetime import date

from register_ects import clock
from register_ects.formats import govuk_date
from register_ects.models import RegistrationClosure
from register_ects.operations.base import Author, operation, record_event
from register_ects.rules.closures import last_day_when_ended, problems_with_closure
from register_ects.rules.problems import refuse_if
from register_ects.rules.seen import mark_of, problems_with_seen


def mark_of_closure(closure: RegistrationClosure) -> str:
    """Return the mark of what a page or command showed of a closure."""
    return mark_of(closure.starts_on, closure.ends_on, closure.message)


@operation
def add_closure(
    *, starts_on: date, ends_on: date, message: str, author: Author
) -> RegistrationClosure:
    """Close registration from one day to another, both inclusive.

    Schools are told four weeks ahead. ``message`` says why, in a sentence or two. Raises RuleBroken
    for days in the wrong order or all of them over, and without a message.
    """
    _refuse(starts_on, ends_on)
    closure = RegistrationClosure.objects.create(
        starts_on=starts_on, ends_on=ends_on, message=message.strip()
    )
    record_event(
        "registration_closure_added",
        f"Registration closed {_days(closure)}",
        author=author,
        about=[],
        metadata={"closure": closure.pk},
    )
    return closure


@operation
def change_closure(
    closure: RegistrationClosure,
    *,
    starts_on: date,
    ends_on: date,
    message: str,
    seen: str,
    author: Author,
) -> None:
    """Give a closure other days or another message; ``seen`` is the mark of what was shown.

    Raises RuleBroken as for a new one, and when somebody has changed it meanwhile.
    """
    closure = _locked(closure, seen)
    _refuse(starts_on, ends_on)
    message = message.strip()
    changes = {
        "starts_on": (closure.starts_on, starts_on),
        "ends_on": (closure.ends_on, ends_on),
        "message": (closure.message, message),
    }
    changed = {name: values for name, values in changes.items() if values[0] != values[1]}
    if not changed:
        return
    closure.starts_on, closure.ends_on, closure.message = starts_on, ends_on, message
    closure.save(update_fields=["starts_on", "ends_on", "message"])
    record_event(
        "registration_closure_changed",
        f"Registration closed {_days(closure)}, changed",
        author=author,
        about=[],
        changes=changed,
    )


@operation
def end_closure(closure: RegistrationClosure, *, seen: str, author: Author) -> None:
    """Open registration today: yesterday was the last day, or there is no closure at all.

    ``seen`` is the mark of what was shown. Raises RuleBroken when somebody has changed it meanwhile
    or it is over.
    """
    closure = _locked(closure, seen)
    today = clock.today()
    _refuse(closure.starts_on, closure.ends_on)
    last, was = last_day_when_ended(starts_on=closure.starts_on, today=today), _days(closure)
    if last is None:
        closure.delete()
    else:
        closure.ends_on = last
        closure.save(update_fields=["ends_on"])
    record_event(
        "registration_closure_ended",
        f"Registration opened again, which was to be closed {was}"
        if last
        else f"Closure of registration {was} called off",
        author=author,
        about=[],
    )


def _locked(closure: RegistrationClosure, seen: str) -> RegistrationClosure:
    """Return the closure, locked. Raises RuleBroken if it is gone, or not as it was shown."""
    held = RegistrationClosure.objects.select_for_update().filter(pk=closure.pk).first()
    shown = (held.starts_on, held.ends_on, held.message) if held else ()
    refuse_if(problems_with_seen(seen, *shown))
    return held or closure


def _refuse(starts_on: date, ends_on: date) -> None:
    refuse_if(problems_with_closure(starts_on=starts_on, ends_on=ends_on, today=clock.today()))


def _days(closure: RegistrationClosure) -> str:
    return f"from {govuk_date(closure.starts_on)} to {govuk_date(closure.ends_on)}"
