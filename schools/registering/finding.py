"""The steps that find a person in TRS, as both registrations have them (spec 05 §6.3)."""

from collections.abc import Callable, Mapping
from typing import Any

from register_ects.integrations.trs import TeacherRecord
from register_ects.web.drafts import Answers
from register_ects.web.journeys import ALL_LATER, Run, Step
from schools.registering import look_ups
from schools.registering.forms import FindForm

#: Never kept longer than needed: proof of identity, and what TRS answered.
SENSITIVE = {"date_of_birth", "national_insurance_number", "record"}


def named(given: Answers) -> str:
    """Return what messages call the person: nobody's name shows before they are proved known."""
    if given.get("name") or "record" in given:
        return str(given.get("name") or TeacherRecord.from_json(given["record"]).full_name)
    return f"the person with TRN {given['trn']}"


def find(
    slug: str,
    template: str,
    *,
    on_submit: Callable[[Answers, Any], None],
    context: Callable[[Run], Mapping[str, Any]],
) -> Step:
    """Return the step that asks who it is and for proof. Another TRN is another person."""
    return Step(
        slug,
        FindForm,
        template,
        on_submit=on_submit,
        answered=look_ups.is_answered,
        context=context,
        next=lambda given: str(given["after_finding"]),
        resets=ALL_LATER,
        keep_if_same="trn",
    )
