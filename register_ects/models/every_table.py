"""What holds of every table by its columns and triggers, so that no model need ask for it.

Called once all models are there: see ``register_ects/models/__init__.py``.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import reduce
from operator import and_
from typing import Any

import pgtrigger
from django.db import models
from django.db.models import F, Func, Q

from register_ects.models.base import never_changes, never_happens
from register_ects.models.constraints import Check, WordedTrigger
from register_ects.rules.visible import VISIBLE

#: What lead providers are shown is written by the service alone, and may be written anew.
_SHOWN = "shown_"
_HISTORY = "_history"
#: Tables whose text the service makes up, or keeps as it came.
_OWN_TEXT = (_SHOWN, "api_request_log", "api_idempotent_answer", "sandbox_scenario")
#: Columns whose form other constraints check, and those for words of our own.
_OWN_FORM = frozenset({"teacher.trn", "event.event_type", "event.category"})

#: One @ with something before it and a domain of two parts or more behind it, and nowhere two dots
#: in a row. The forms ask for more (``rules/emails.py``); what they let through is always this.
_EMAIL = r"^(?!.*\.\.)[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$"


def guard_every_table(every_model: Iterable[type[models.Model]]) -> None:
    """Add to each model what its table needs; tables of history are guarded as such.

    Something of text is seen: what is not known is null (spec 01 §1). An email address looks like
    one. Days, times and amounts are real: PostgreSQL takes NaN and infinity, of which no page can
    make anything. A public id never changes. A table whose rows the database keeps from being
    changed or deleted, or keeps the history of, is not emptied either: TRUNCATE passes row
    triggers by.
    """
    by_table = {model._meta.db_table: model for model in every_model}
    for table, model in by_table.items():
        if table.endswith(_HISTORY):
            continue
        _add_checks(model)
        columns = {field.column for field in model._meta.concrete_fields}
        if "api_id" in columns and not table.startswith(_SHOWN):
            pgtrigger.register(_public_id_never_changes())(model)
        triggers = getattr(model._meta, "triggers", [])
        if f"{table}{_HISTORY}" in by_table or any(map(_guards_rows, triggers)):
            pgtrigger.register(_never_emptied())(model)


def _add_checks(model: type[models.Model]) -> None:
    checks = list(_of_text(model))
    conditions = [
        _is_real(field)
        for field in model._meta.concrete_fields
        if isinstance(field, (models.DateField, models.DecimalField))
    ]
    if conditions:
        checks.append(
            Check(
                name=f"{model._meta.db_table}_values_are_finite",
                condition=reduce(and_, conditions),
                problem="not_real",
                sentence="Enter real dates and amounts",
            )
        )
    model._meta.constraints = [*model._meta.constraints, *checks]
    model._meta.original_attrs["constraints"] = model._meta.constraints


def _of_text(model: type[models.Model]) -> Iterator[Check]:
    """Yield a constraint for each text that is given to us: of an email address, its form."""
    table = model._meta.db_table
    if table.startswith(_OWN_TEXT):
        return
    for field in model._meta.concrete_fields:
        column = str(field.column)
        is_text = isinstance(field, (models.CharField, models.TextField)) and not field.choices
        if is_text and (column.endswith("email") or column == "recipient"):
            yield Check(
                name=f"{table}_{column}_is_an_email",
                condition=Q(**{f"{column}__isnull": True}) | Q(**{f"{column}__regex": _EMAIL}),
                problem=f"{column} wrong_format",
                sentence="Enter an email address in the correct format, like name@example.com",
            )
        elif is_text and f"{table}.{column}" not in _OWN_FORM:
            yield Check(
                name=f"{table}_{column}_not_empty",
                condition=Q(**{f"{column}__regex": VISIBLE}),
                problem=f"{column} empty",
                sentence="Enter some text",
            )


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
