"""Broken rules in the words of the API: public field names, what is wrong, what to do next.

Source: spec 02 §2.8, §2.22.3, spec 03 §3.3.
"""

from datetime import date, datetime
from typing import Any

import structlog

from providers.errors import ApiError, ErrorItem
from providers.wording import IN_ADDRESS, KINDS, WORDING
from register_ects.rules.instants import written_instant
from register_ects.rules.problems import Problem, RuleBroken, filled

log = structlog.get_logger(__name__)

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
        item = _item(problem, kind)
        items.setdefault(item.title, item)
    return ApiError(422, items.values())


def _item(problem: Problem, kind: str) -> ErrorItem:
    sentence = WORDING.get(kind, {}).get((problem.field, problem.code))
    detail = sentence and filled(sentence, problem.details, _text)
    if not detail:
        return _conflict(problem, kind)
    in_body = problem.field not in IN_ADDRESS.get(kind, ())
    place = "" if problem.field == "data" else f"/attributes/{problem.field}"
    return ErrorItem(
        problem.field,
        detail,
        f"{kind}.{problem.code}",
        f"#/data{place}" if in_body else None,
    )


def _conflict(problem: Problem, kind: str) -> ErrorItem:
    """Return what is told of a problem that has no words here: those of its constraint, if any."""
    log.warning("problem_without_wording", kind=kind, field=problem.field, code=problem.code)
    field = _OTHERWISE_ON.get(kind, "participant_id")
    message = problem.details.get("message")
    detail = f"{message}." if message else _OTHERWISE.format(field=field)
    return ErrorItem(field, detail, f"{kind}.conflict")


def _text(value: Any) -> str:
    """Return a value as it appears in a sentence."""
    if isinstance(value, datetime):
        return written_instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return ", ".join(str(each) for each in value)
    return str(value)
