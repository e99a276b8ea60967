"""Everybody at a school now or soon, a row each: to print, or as a file. Source: spec 05 §20.7."""

from dataclasses import astuple, dataclass
from datetime import date

from register_ects.models import School
from register_ects.web.states import state_of
from schools.queries.ect_list import list_ects
from schools.queries.mentor_list import list_mentors
from schools.queries.mentors import Mentor
from schools.queries.placements import ECT
from schools.status_filter import StatusFilter

#: The columns, in the order of a row's fields.
COLUMNS = (
    "Role",
    "Name",
    "TRN",
    "Email address",
    "Start date",
    "Last day",
    "Status",
    "Mentors or assigned ECTs",
    "Appropriate body",
    "Training programme",
    "Lead provider",
    "Delivery partner",
)


@dataclass(frozen=True)
class Person:
    """An ECT or a mentor at the school; both days inclusive.

    ``works_with`` names an ECT's mentors now and later, or a mentor's ECTs.
    """

    role: str
    name: str
    trn: str | None
    email: str | None
    started_on: date
    finished_on: date | None
    status: str
    works_with: str
    body: str | None
    programme: str | None
    lead_provider: str | None
    delivery_partner: str | None

    @property
    def cells(self) -> tuple[str | date | None, ...]:
        """Return the row, in the order of ``COLUMNS``."""
        return astuple(self)


def people_of(school: School) -> tuple[list[Person], list[Person]]:
    """Return the ECTs and the mentors of both lists, in their order. Eight queries."""
    ects = list_ects(school, status=StatusFilter.ALL).rows
    return [_ect(each) for each in ects], [_mentor(each) for each in list_mentors(school).rows]


def _ect(ect: ECT) -> Person:
    mentors = [ect.mentor, *ect.later_mentors] if ect.mentor else []
    training = ect.training
    return Person(
        role="ECT",
        name=ect.name,
        trn=ect.trn,
        email=ect.email,
        started_on=ect.started_on,
        finished_on=ect.finished_on,
        status=state_of(ect.status).label,
        works_with=", ".join(mentor.name for mentor in mentors),
        body=ect.body.name if ect.body else None,
        programme=training.programme_name if training else None,
        lead_provider=training.lead_provider if training else None,
        delivery_partner=training.delivery_partner if training else None,
    )


def _mentor(mentor: Mentor) -> Person:
    training = mentor.training if mentor.is_trained_now else None
    return Person(
        role="Mentor",
        name=mentor.name,
        trn=mentor.trn,
        email=mentor.email,
        started_on=mentor.started_on,
        finished_on=mentor.finished_on,
        status="Leaving school" if mentor.is_leaving else "Registered",
        works_with=", ".join(mentee.name for mentee in mentor.mentees),
        body=None,
        programme=training.programme_name if training else None,
        lead_provider=training.lead_provider if training else None,
        delivery_partner=training.delivery_partner if training else None,
    )
