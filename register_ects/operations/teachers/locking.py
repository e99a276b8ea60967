"""Lock people, so that what is changed about one person is changed one after the other."""

from collections.abc import Callable, Iterable

from django.db import models

from register_ects.models import Teacher


def lock_people(whose: Callable[[], Iterable[int]]) -> None:
    """Lock people in the order of their keys, so that two operations never wait in a ring.

    ``whose`` reads their keys, and is asked again under the lock: support may have made two people
    one while this waited, and what was the one's is then the other's.
    """
    locked: set[int] = set()
    while missing := {*whose()} - locked:
        people = Teacher.objects.filter(pk__in=missing).order_by("pk")
        list(people.select_for_update(no_key=True))
        locked |= missing


def owner_of(row: models.Model) -> Callable[[], list[int]]:
    """Return what reads whose a row with ``teacher`` is by now, for ``lock_people``."""
    rows = type(row)._default_manager.filter(pk=row.pk)
    return lambda: list(rows.values_list("teacher", flat=True))
