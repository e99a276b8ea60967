"""The steps that find a person in TRS, shared by the journeys that register people.

They store ``record`` (what TRS said), ``matched_by`` and the slug of the page that follows:
``after_finding`` for the date of birth, ``after_ni_number`` for the second identifier.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

from register_ects import clock
from register_ects.integrations.trs import TeacherRecord
from register_ects.models import Teacher
from register_ects.operations.teachers.records import follow_merged_trn
from register_ects.rules import registration
from register_ects.rules.ect_status import known_status
from register_ects.web.access import SchoolRequest
from register_ects.web.drafts import Answers
from register_ects.web.journeys import Retry
from schools.registering import people
from schools.registering.people import LookUp

_UNAVAILABLE = (
    "We cannot check the Teaching Record System at the moment. Your answers are kept: "
    "wait a minute, then select Continue again"
)
_TOO_MANY = (
    "Too many searches found nobody. Check the details with the person, then try again in an hour"
)


#: Names the page after a match.
Following: TypeAlias = Callable[[Answers, Any], str]


def by_birth_date(answers: Answers, request: SchoolRequest, *, following: Following) -> None:
    """Look up by TRN and date of birth.

    Raises Retry when TRS cannot be asked now, or too often nobody was found.
    """
    found = people.look_up_by_birth_date(
        answers["trn"], born_on=answers["date_of_birth"], asker=_asker(request)
    )
    answers.pop("record", None)
    if _is_match(found):
        _keep(answers, found, "date_of_birth", request)
        answers["after_finding"] = following(answers, request)
    elif found.outcome == "mismatch":
        answers["after_finding"] = "national-insurance-number"
    else:
        answers["after_finding"] = _not_found(found, "trn-not-found")


def by_ni_number(answers: Answers, request: SchoolRequest, *, following: Following) -> None:
    """Look up by TRN and National Insurance number, as ``by_birth_date``."""
    found = people.look_up_by_ni_number(
        answers["trn"], ni_number=answers["national_insurance_number"], asker=_asker(request)
    )
    answers.pop("record", None)
    if _is_match(found):
        _keep(answers, found, "national_insurance_number", request)
        answers["after_ni_number"] = following(answers, request)
    else:
        answers["after_ni_number"] = _not_found(found, "not-found")


def note_following(answers: Answers, following: str) -> None:
    """Note which page follows now for a person who was found, whichever proof matched."""
    by_number = answers["matched_by"] == "national_insurance_number"
    answers["after_ni_number" if by_number else "after_finding"] = following


def is_answered(answers: Answers) -> bool:
    """Whether the first look-up still stands: its answer is dropped after a day."""
    asked_again = answers["after_finding"] == "national-insurance-number"
    return asked_again or "record" in answers or answers["after_finding"] in _NOBODY


def is_answered_with_ni_number(answers: Answers) -> bool:
    """Whether the second look-up still stands."""
    return "record" in answers or answers["after_ni_number"] in _NOBODY


def reason_not_to_register_ect(record: TeacherRecord, *, active: bool) -> str | None:
    """Return why the person cannot be registered as an ECT here, if anything."""
    teacher = Teacher.objects.filter(trn=record.trn).first()
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
        raise Retry(_UNAVAILABLE)
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
    answers["asked_for_trn"] = answers["trn"]
    answers["trn"] = record.trn


def _asker(request: SchoolRequest) -> str:
    return request.identity.email
