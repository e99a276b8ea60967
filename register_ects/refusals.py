"""Words for what the database refuses: constraint name to field, code and message.

The one place where a constraint violation that got past a form becomes a readable error. The
words themselves are in ``refusal_wording`` and its siblings.
"""

from dataclasses import dataclass

import structlog
from django.db import IntegrityError

from register_ects import (
    refusal_wording,
    refusal_wording_money,
    refusal_wording_organisations,
)
from register_ects.models.base import AN_EMAIL, NOT_EMPTY
from register_ects.rules.problems import Problem, RuleBroken

logger = structlog.get_logger(__name__)

NOT_LISTED = "Choose one of the values in the list"
NOT_NEGATIVE = "Enter a whole number that is zero or more"
MISSING = "Enter a value"
NO_TEXT = "Enter some text, or leave this out"
NOT_AN_EMAIL = "Enter an email address in the correct format, like name@example.com"
NO_LONGER_EXISTS = "A record that this needs no longer exists. Go back and choose again"
STILL_IN_USE = "This cannot be changed or removed while other records depend on it"
NOT_ALLOWED = "This change cannot be saved. Check the details and try again"

_NOT_NULL_VIOLATION = "23502"
_CHECKS_OF_TEXT = ((NOT_EMPTY, "empty", NO_TEXT), (AN_EMAIL, "wrong_format", NOT_AN_EMAIL))


@dataclass(frozen=True)
class Refusal:
    """What a person is told: the input to mend ("" for none), a code and a sentence."""

    field: str
    code: str
    message: str


REFUSALS: dict[str, Refusal] = {
    name: Refusal(*words)
    for wording in (refusal_wording, refusal_wording_organisations, refusal_wording_money)
    for name, words in wording.WORDING.items()
} | {
    name: Refusal(field, "not_listed", NOT_LISTED)
    for name, field in refusal_wording_organisations.ENUMERATIONS.items()
}


def rule_broken_by(error: IntegrityError) -> RuleBroken:
    """Return the refusal that tells a person what the database would not have.

    Its one problem has the sentence in ``details["message"]``. A constraint without words is
    logged by name and told as code ``not_allowed``.
    """
    diagnosis = getattr(error.__cause__, "diag", None)
    refusal = _refusal(
        name=getattr(diagnosis, "constraint_name", None) or "",
        table=getattr(diagnosis, "table_name", None) or "",
        column=getattr(diagnosis, "column_name", None) or "",
        state=getattr(diagnosis, "sqlstate", None) or "",
        what_happened=getattr(diagnosis, "message_primary", None) or "",
    )
    return RuleBroken([Problem(refusal.field, refusal.code, {"message": refusal.message})])


def _refusal(*, name: str, table: str, column: str, state: str, what_happened: str) -> Refusal:
    if what_happened.startswith("update or delete on table"):
        return Refusal("", "still_in_use", STILL_IN_USE)
    if state == _NOT_NULL_VIOLATION:
        return Refusal(column.removesuffix("_id"), "missing", MISSING)
    refusal = wording_of(name, table=table)
    if refusal is None:
        logger.error("constraint_without_wording", constraint=name, table=table)
        return Refusal("", "not_allowed", NOT_ALLOWED)
    return refusal


def wording_of(name: str, *, table: str) -> Refusal | None:
    """Return the words for a constraint of ``table``, or None when nobody has written them.

    Besides the named ones: checks of text tell their column by their names, a plain foreign key
    means a record that has gone, and the check that PostgreSQL makes for a column of whole
    numbers means a negative one.
    """
    if name in REFUSALS:
        return REFUSALS[name]
    for ending, code, message in _CHECKS_OF_TEXT:
        if table and name.startswith(f"{table}_") and name.endswith(ending):
            return Refusal(name.removeprefix(f"{table}_").removesuffix(ending), code, message)
    if "_fk_" in name:
        return Refusal("", "no_longer_exists", NO_LONGER_EXISTS)
    if table and name.startswith(f"{table}_") and name.endswith("_check"):
        column = name.removeprefix(f"{table}_").removesuffix("_check")
        return Refusal(column, "negative", NOT_NEGATIVE)
    return None
