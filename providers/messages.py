"""Broken rules in the words of the API: public field names, what is wrong, what to do next.

Source: spec 02 §2.8, §2.22.3, spec 03 §3.3.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import structlog

from providers.errors import ApiError, ErrorItem
from providers.wording import IN_ADDRESS, KINDS, WORDING
from register_ects.rules.problems import Problem, RuleBroken

log = structlog.get_logger(__name__)

#: What the database refuses, by constraint, as the problem that a client can mend.
_CONSTRAINTS = {
    "one_live_declaration_per_person_role_and_type": Problem(
        "declaration_type", "already_declared"
    ),
}
#: The field on which a refusal without words of its own is told, by kind of write.
_OTHERWISE_ON = {"partnership": "school_id"}
_OTHERWISE = (
    "The change conflicts with what is recorded for this '#/{field}'. Read it again, then retry or"
    " contact DfE."
)


def kind_of_write(path: str) -> str:
    """Return what is written at a path below ``/api/v3``, for example "declaration"."""
    word = path.strip("/").partition("/")[0].removesuffix(".json")
    return KINDS.get(word, "request")


def errors_for(refusal: RuleBroken, *, kind: str) -> ApiError:
    """Return the 422 for a broken rule: one item a field, in the order they failed.

    ``kind`` is what was being written, "declaration" for example: it decides the wording and
    begins each item's code.
    """
    items: dict[str, ErrorItem] = {}
    for problem in refusal.problems:
        item = _item(_CONSTRAINTS.get(problem.code, problem), kind)
        items.setdefault(item.title, item)
    return ApiError(422, items.values())


def _item(problem: Problem, kind: str) -> ErrorItem:
    sentence = WORDING.get(kind, {}).get((problem.field, problem.code))
    if sentence is None:
        log.warning("problem_without_wording", kind=kind, field=problem.field, code=problem.code)
        field = _OTHERWISE_ON.get(kind, "participant_id")
        return ErrorItem(field, _OTHERWISE.format(field=field), f"{kind}.conflict")
    in_body = problem.field not in IN_ADDRESS.get(kind, ())
    place = "" if problem.field == "data" else f"/attributes/{problem.field}"
    return ErrorItem(
        problem.field,
        sentence.format(**_written(problem.details)),
        f"{kind}.{problem.code}",
        f"#/data{place}" if in_body else None,
    )


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
