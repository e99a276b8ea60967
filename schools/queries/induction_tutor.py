"""The page of a school's induction tutor, and when they were last confirmed (spec 05 §5.7)."""

from dataclasses import dataclass
from datetime import date, datetime

from register_ects.models import Event, School
from register_ects.operations.schools.induction_tutors import (
    confirmation_is_due,
    period_to_confirm,
    tutor_of,
)
from register_ects.operations.schools.tutor_emails import wanted_emails
from register_ects.rules.contract_periods import academic_years
from register_ects.rules.enumerations import AuthorType, TutorEmails
from register_ects.rules.induction_tutors import InductionTutor
from register_ects.web.induction_tutors import UPDATE, journey_due

_TOLD = ("school_induction_tutor_confirmed", "school_induction_tutor_updated")


@dataclass(frozen=True)
class Confirmation:
    """Who last confirmed or changed the tutor; ``years`` is the school year, "2026 to 2027"."""

    by: str
    at: datetime
    years: str


@dataclass(frozen=True)
class TutorPage:
    """What the page shows; ``journey`` is the one that the school would take from here."""

    tutor: InductionTutor
    confirmed: Confirmation | None
    is_due: bool
    journey: str
    emails: list[TutorEmails]


def tutor_page(school: School) -> TutorPage:
    """Return a school's induction tutor with who last confirmed them. Two queries."""
    is_due = confirmation_is_due(school, period_to_confirm())
    return TutorPage(
        tutor=tutor_of(school),
        confirmed=_last_confirmation(school),
        is_due=is_due,
        journey=journey_due(school) if is_due else UPDATE,
        emails=wanted_emails(school),
    )


def _last_confirmation(school: School) -> Confirmation | None:
    event = Event.objects.filter(school=school, event_type__in=_TOLD).first()
    if event is None:
        return None
    year = event.metadata.get("year")
    by_dfe = event.author_type == AuthorType.DFE_STAFF_USER
    return Confirmation(
        by="the Department for Education" if by_dfe else event.author_name or "your school",
        at=event.happened_at,
        years=academic_years(date(year, 6, 1)) if year else "",
    )
