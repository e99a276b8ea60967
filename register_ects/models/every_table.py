"""What holds of every table by its columns and triggers, so that no model need ask for it.

Called once all models are there: see ``register_ects/models/__init__.py``.
"""

from collections.abc import Iterable
from decimal import Decimal
from functools import reduce
from operator import and_
from typing import Any

import pgtrigger
from django.db import models
from django.db.models import F, Func, Q

from register_ects.models.base import never_changes, never_happens
from register_ects.models.constraints import Check, WordedTrigger

#: What lead providers are shown is written by the service alone, and may be written anew.
_SHOWN = "shown_"
_HISTORY = "_history"


def guard_every_table(every_model: Iterable[type[models.Model]]) -> None:
    """Add to each model what its table needs; tables of history are guarded as such.

    Days, times and amounts are real: PostgreSQL takes NaN and infinity, of which no page can make
    anything. A public id never changes. A table whose rows the database keeps from being changed
    or deleted, or keeps the history of, is not emptied either: TRUNCATE passes row triggers by.
    """
    by_table = {model._meta.db_table: model for model in every_model}
    for table, model in by_table.items():
        if table.endswith(_HISTORY):
            continue
        _add_check(model)
        columns = {field.column for field in model._meta.concrete_fields}
        if "api_id" in columns and not table.startswith(_SHOWN):
            pgtrigger.register(_public_id_never_changes())(model)
        triggers = getattr(model._meta, "triggers", [])
        if f"{table}{_HISTORY}" in by_table or any(map(_guards_rows, triggers)):
            pgtrigger.register(_never_emptied())(model)


def _add_check(model: type[models.Model]) -> None:
    conditions = [
        _is_real(field)
        for field in model._meta.concrete_fields
        if isinstance(field, (models.DateField, models.DecimalField))
    ]
    if not conditions:
        return
    check = Check(
        name=f"{model._meta.db_table}_values_are_finite",
        condition=reduce(and_, conditions),
        problem="not_real",
        sentence="Enter real dates and amounts",
    )
    model._meta.constraints = [*model._meta.constraints, check]
    model._meta.original_attrs["constraints"] = model._meta.constraints


def _is_real(field: "models.Field[Any, Any]") -> Q:
    """Return what is true of a real value. Unknown is neither true nor false, and passes."""
    if isinstance(field, models.DecimalField):
        # NaN and infinity are greater than every number.
        return Q(**{f"{field.name}__lt": Decimal(10) ** (field.max_digits - field.decimal_places)})
    return Q(Func(F(field.name), function="isfinite", output_field=models.BooleanField()))


def _guards_rows(trigger: pgtrigger.Trigger) -> bool:
    """Whether a trigger refuses to change or delete rows."""
    if not isinstance(trigger, WordedTrigger):
        return False
    operation = str(trigger.operation)
    return ("UPDATE" in operation or "DELETE" in operation) and "TRUNCATE" not in operation


def _never_emptied() -> pgtrigger.Trigger:
    return never_happens(
        name="what_is_kept_is_never_emptied",
        operation=pgtrigger.Truncate,
        message="What is kept is never emptied",
        problem="cannot_delete",
    )


def _public_id_never_changes() -> pgtrigger.Trigger:
    return never_changes(
        "api_id",
        name="public_ids_never_change",
        problem="cannot_change",
        sentence="The ID by which lead providers know a record cannot be changed",
    )
