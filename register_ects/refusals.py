"""What a person is told when the database refuses: the words that stand beside the constraint.

They become a problem like those of the rules, with the sentence in ``details["message"]``: each
audience shows it where it has no words of its own for the problem.
"""

from functools import cache
from itertools import chain

import pgtrigger
import structlog
from django.apps import apps
from django.db import IntegrityError

from register_ects.models.constraints import Refusal, WordedConstraint, WordedTrigger
from register_ects.rules.problems import NOT_SAVED, Problem, RuleBroken

logger = structlog.get_logger(__name__)

_NOT_NULL_VIOLATION = "23502"
_MISSING = "Enter a value"
_NEGATIVE = "Enter a whole number that is zero or more"
_ALREADY_EXISTS = "Another record has this already. Enter something else, or use that record"
_STILL_IN_USE = Refusal.of(
    "still_in_use", "This cannot be changed or removed while other records depend on it"
)
_NO_LONGER_EXISTS = Refusal.of(
    "no_longer_exists", "A record that this needs no longer exists. Choose again"
)
_CHANGED_MEANWHILE = Refusal.of(
    "stale", "Something that this depends on has just changed. Check the details and try again"
)
_NOT_ALLOWED = Refusal.of("not_allowed", NOT_SAVED)


def rule_broken_by(error: IntegrityError) -> RuleBroken:
    """Return the refusal that tells a person what the database would not have.

    A constraint without words is logged by name and told as code ``not_allowed``.
    """
    diagnosis = getattr(error.__cause__, "diag", None)
    refusal = _refusal(
        name=getattr(diagnosis, "constraint_name", None) or "",
        table=getattr(diagnosis, "table_name", None) or "",
        column=getattr(diagnosis, "column_name", None) or "",
        state=getattr(diagnosis, "sqlstate", None) or "",
        what_happened=getattr(diagnosis, "message_primary", None) or "",
    )
    return RuleBroken([Problem(refusal.field, refusal.code, {"message": refusal.sentence})])


def _refusal(*, name: str, table: str, column: str, state: str, what_happened: str) -> Refusal:
    if what_happened.startswith("update or delete on table"):
        return _STILL_IN_USE
    if state == _NOT_NULL_VIOLATION:
        return Refusal(column.removesuffix("_id"), "missing", _MISSING)
    refusal = refusal_of(name, table=table)
    if refusal is None:
        logger.error("constraint_without_words", constraint=name, table=table)
        return _NOT_ALLOWED
    return refusal


def refusal_of(name: str, *, table: str) -> Refusal | None:
    """Return the words for a constraint of ``table``, or None when nobody has written them.

    What PostgreSQL and migrations name has one sentence a kind: keys of a single column, whole
    numbers that are not negative, references to a record, and copies that agree with theirs
    (``docs/data-model.md``).
    """
    if name in declared_refusals():
        return declared_refusals()[name]
    if "_fk_" in name:
        return _NO_LONGER_EXISTS
    if "_agrees_with_" in name or "_agree_with_" in name:
        return _CHANGED_MEANWHILE
    column = name.removeprefix(f"{table}_") if table else name
    if column != name and column.endswith("_check"):
        field = column.removesuffix("_check")
        return Refusal(field, "negative", _NEGATIVE)
    if column != name and column.endswith("_key"):
        field = column.removesuffix("_key").removesuffix("_id")
        return Refusal(field, "already_exists", _ALREADY_EXISTS)
    return None


@cache
def declared_refusals() -> dict[str, Refusal]:
    """Return what stands beside the constraints and triggers of the models, by name."""
    constraints = chain.from_iterable(model._meta.constraints for model in apps.get_models())
    triggers = (trigger for _model, trigger in pgtrigger.registered())
    return {
        str(each.name): each.refusal for each in constraints if isinstance(each, WordedConstraint)
    } | {each.raised_as: each.refusal for each in triggers if isinstance(each, WordedTrigger)}
