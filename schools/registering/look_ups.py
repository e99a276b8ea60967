"""The steps that find a person in TRS, shared by the journeys that register people.

They store ``record`` (what TRS said), ``matched_by`` and the slug of the page that follows,
``after_finding``.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

from register_ects import clock
from register_ects.integrations.trs import TeacherRecord
from register_ects.models import Teacher
from register_ects.operations.teachers.records import follow_merged_trn
from register_ects.rules import registration
from register_ects.rules.ect_status import known_status
from register_ects.rules.problems import refuse
from register_ects.web.access import SchoolRequest
from register_ects.web.drafts import Answers
from register_ects.web.journeys import Retry
from schools.registering import people
from schools.registering.people import LookUp

UNAVAILABLE = (
    "We cannot check the Teaching Record System at the moment. Your answers are kept: "
    "wait a minute, then select Continue again"
)
_TOO_MANY = (
    "Too many searches found nobody. Check the details with the person, then try again in an hour"
)


#: Names the page after a match.
Following: TypeAlias = Callable[[Answers, Any], str]


def find_person(answers: Answers, request: SchoolRequest, *, following: Following) -> None:
    """Look up by TRN and date of birth, or by the National Insurance number where it was typed.

    Raises RuleBroken when the date differs and no number was typed, Retry when TRS cannot be asked
    now, or too often nobody was found.
    """
    found = _by_ni_number(answers, request)
    matched_by = "national_insurance_number"
    if found is None or found.outcome != "found":
        typed, matched_by = found is not None, "date_of_birth"
        found = people.look_up_by_birth_date(
            answers["trn"], born_on=answers["date_of_birth"], asker=_asker(request)
        )
        if found.outcome == "mismatch" and not typed:
            refuse("national_insurance_number", "mismatch")
    answers.pop("record", None)
    if _is_match(found):
        _keep(answers, found, matched_by, request)
        answers["after_finding"] = following(answers, request)
    else:
        otherwise = "not-found" if found.outcome == "mismatch" else "trn-not-found"
        answers["after_finding"] = _not_found(found, otherwise)


def _by_ni_number(answers: Answers, request: SchoolRequest) -> LookUp | None:
    """Return what the number leads to, None where none was typed."""
    number = answers.get("national_insurance_number")
    if not number:
        return None
    found = people.look_up_by_ni_number(answers["trn"], ni_number=number, asker=_asker(request))
    _is_match(found)  # or raises
    return found


def is_answered(answers: Answers) -> bool:
    """Whether the look-up still stands: its answer is dropped after a day."""
    return "record" in answers or answers["after_finding"] in _NOBODY


def reason_not_to_register_ect(
    record: TeacherRecord, teacher: Teacher | None, *, active: bool
) -> str | None:
    """Return why the person cannot be registered as an ECT here, if anything.

    ``teacher`` is what the service holds of them; ``active`` says that they are an ECT here now.
    """
    outcomes = teacher.induction_outcomes if teacher else []
    return registration.reason_not_to_register_ect(
        active_at_this_school=active,
        induction_status=known_status(record.induction_status, outcomes),
        prohibited=record.is_prohibited(clock.today()),
    )


#: Where the journey stops when the ECT's own TRN is entered for their mentor.
THEMSELF = "cannot-mentor-themself"

#: Outcomes that hold without a record of TRS.
_NOBODY = ("trn-not-found", "not-found", "record-not-active", THEMSELF)


def _is_match(found: LookUp) -> bool:
    if found.outcome == "unavailable":
        raise Retry(UNAVAILABLE)
    if found.outcome == "too_many":
        raise Retry(_TOO_MANY)
    return found.outcome == "found"


def _not_found(found: LookUp, otherwise: str) -> str:
    return "record-not-active" if found.outcome == "not_active" else otherwise


def _keep(answers: Answers, found: LookUp, matched_by: str, request: SchoolRequest) -> None:
    record = found.record
    if record is None:
        raise ValueError("A match comes with a record")
    if record.trn != answers["trn"]:  # whoever we hold under the old TRN is this person
        follow_merged_trn(answers["trn"], record.trn, author=request.author)
    answers["record"] = record.as_json()
    answers["matched_by"] = matched_by
    if matched_by == "date_of_birth":
        answers["national_insurance_number"] = ""
    answers["asked_for_trn"] = answers["trn"]
    answers["trn"] = record.trn


def _asker(request: SchoolRequest) -> str:
    return request.identity.email
