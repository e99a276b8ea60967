"""Confirm or change a school's induction tutor (spec 05 §11)."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from register_ects import clock
from register_ects.database.compiled import compiled
from register_ects.models import ContractPeriod, School
from register_ects.operations.base import Author, operation, record_event
from register_ects.operations.messages.emails import tell_induction_tutor
from register_ects.rules.enumerations import EmailTemplate
from register_ects.rules.induction_tutors import (
    InductionTutor,
    is_due,
    nomination_period,
    problems_with_change,
)
from register_ects.rules.problems import refuse, refuse_if
from register_ects.rules.seen import problems_with_seen


def tutor_of(school: School) -> InductionTutor:
    """Return a school's induction tutor."""
    return InductionTutor(school.induction_tutor_name, school.induction_tutor_email)


def period_to_confirm() -> ContractPeriod | None:
    """Return the contract period that schools confirm their tutor for now. One query."""
    return nomination_period(_contract_periods(), today=clock.today())


@compiled
def _contract_periods() -> QuerySet[ContractPeriod]:
    return ContractPeriod.objects.all()


def confirmation_is_due(school: School, period: ContractPeriod | None) -> bool:
    """Whether a school has yet to confirm its tutor for a contract period. No query."""
    last_year = school.induction_tutor_last_nominated_in_id
    return is_due(last_year=last_year, year=period.year if period else None)


@operation
def confirm_induction_tutor(school: School, *, seen: str, author: Author) -> None:
    """Note that the tutor is still right in this contract period; done again, it changes nothing.

    ``seen`` is the mark of the tutor that the page showed. Nobody is emailed. Raises RuleBroken if
    the school has another tutor by now, or none, or there is no contract period to confirm for.
    """
    school = _locked(school)
    tutor, period = tutor_of(school), period_to_confirm()
    refuse_if(problems_with_seen(seen, tutor.name, tutor.email))
    if period is None:
        refuse("", "no_contract_period")
    if not confirmation_is_due(school, period):
        return
    school.induction_tutor_last_nominated_in = period
    school.save(update_fields=["induction_tutor_last_nominated_in"])
    record_event(
        "school_induction_tutor_confirmed",
        f"{tutor.name} confirmed as induction tutor for {period.year}",
        author=author,
        about=[school, period],
        metadata=_told(tutor, period),
    )


@operation
def change_induction_tutor(
    school: School, tutor: InductionTutor, *, seen: str, author: Author
) -> None:
    """Name another induction tutor, or correct their details, and confirm them; email them.

    ``seen`` is the mark of the tutor that the page showed. Raises RuleBroken if nothing differs, or
    the school has another tutor by now.
    """
    school = _locked(school)
    before, period = tutor_of(school), period_to_confirm()
    refuse_if(problems_with_seen(seen, before.name, before.email))
    refuse_if(problems_with_change(before, tutor))
    school.induction_tutor_name, school.induction_tutor_email = tutor.name, tutor.email
    if confirmation_is_due(school, period):
        school.induction_tutor_last_nominated_in = period
    school.save(
        update_fields=[
            "induction_tutor_name",
            "induction_tutor_email",
            "induction_tutor_last_nominated_in",
        ]
    )
    record_event(
        "school_induction_tutor_updated",
        _heading(before, tutor),
        author=author,
        about=[school, period],
        changes={
            "induction_tutor_name": (before.name, tutor.name),
            "induction_tutor_email": (before.email, tutor.email),
        },
        metadata=_told(tutor, period),
    )
    tell_induction_tutor(school, EmailTemplate.INDUCTION_TUTOR_NAMED)


def _locked(school: School) -> School:
    return (
        School.objects.with_register_record()
        .select_for_update(of=("self",), no_key=True)
        .get(pk=school.pk)
    )


def _heading(before: InductionTutor, after: InductionTutor) -> str:
    if not before.is_named:
        return f"{after.name} named as induction tutor"
    if before.name == after.name:
        return f"Email address of {after.name}, induction tutor, changed"
    return f"Induction tutor changed from {before.name} to {after.name}"


def _told(tutor: InductionTutor, period: ContractPeriod | None) -> Mapping[str, Any]:
    """Return what events keep of a tutor (spec 07 §5.4)."""
    return {"year": period.year if period else None, "name": tutor.name, "email": tutor.email}
