"""Take hold of a placement before what is recorded of it is changed (spec 05 §9)."""

from typing import TypeVar

from register_ects import clock
from register_ects.models import Placement
from register_ects.operations.teachers.locking import lock_people, owner_of
from register_ects.rules.problems import refuse

_Placement = TypeVar("_Placement", bound=Placement)


def locked_for_change(placement: _Placement) -> _Placement:
    """Return a placement as it is now, the person and it locked, in this order.

    Raises RuleBroken when it is over: what is recorded of it can only be read (spec 05 §5.3).
    """
    lock_people(owner_of(placement))
    rows = type(placement).objects.select_for_update(of=("self",), no_key=True)
    locked: _Placement = rows.select_related("school__gias_school", "teacher").get(pk=placement.pk)
    if not locked.is_current_or_future(clock.today()):
        refuse("", "has_left")
    return locked
