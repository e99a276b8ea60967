"""Broken rules in the words of the API: public field names, what is wrong, what to do next.

Source: spec 02 §2.8, spec 03 §3.3.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from providers.errors import ApiError, ErrorItem
from providers.wording import WORDING
from register_ects.rules.problems import Problem, RuleBroken

#: What the database refuses, by constraint, as the problem that a client can mend.
_CONSTRAINTS = {
    "one_live_declaration_per_person_role_and_type": Problem(
        "declaration_type", "already_declared"
    ),
}
_OTHERWISE = ErrorItem(
    "participant_id",
    "The change conflicts with what is recorded for this '#/participant_id'. Read the participant"
    " again, then retry or contact DfE.",
)


def errors_for(refusal: RuleBroken) -> ApiError:
    """Return the 422 for a broken rule: one item a field, in the order they failed."""
    items: dict[str, ErrorItem] = {}
    for problem in refusal.problems:
        item = _item(_CONSTRAINTS.get(problem.code, problem))
        items.setdefault(item.title, item)
    return ApiError(422, items.values())


def _item(problem: Problem) -> ErrorItem:
    sentence = WORDING.get((problem.field, problem.code))
    if sentence is None:
        return _OTHERWISE
    return ErrorItem(problem.field, sentence.format(**_written(problem.details)))


def _written(details: Mapping[str, Any]) -> dict[str, str]:
    """Return a problem's details as they appear in a sentence."""
    return {name: _text(value) for name, value in details.items()}


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return ", ".join(str(each) for each in value)
    return str(value)
