"""What the tests of declarations share: people in training, and bodies of requests."""

from datetime import date
from typing import Any

from register_ects.models import LeadProvider, TrainingPeriod
from tests.factories import (
    MilestoneFactory,
    StatementFactory,
    TeacherFactory,
    TrainingPeriodFactory,
    noon,
)

PATH = "/participant-declarations"


def trained(
    lead_provider: LeadProvider,
    *,
    types: tuple[str, ...] = ("started",),
    eligible: bool = False,
    window: tuple[str, str | None] | None = None,
    **kwargs: Any,
) -> TrainingPeriod:
    """Return training whose schedule has a milestone for each type; ``window`` says which days."""
    role = "mentor" if kwargs.get("for_mentor") else "ect"
    fundable = {f"{role}_first_became_eligible_for_training_at": noon(date(2025, 9, 20))}
    teacher = kwargs.pop("teacher", None) or TeacherFactory(**(fundable if eligible else {}))
    training = TrainingPeriodFactory(lead_provider=lead_provider, teacher=teacher, **kwargs)
    first, last = window or (f"{training.contract_period_id}-06-01", None)
    for kind in types:
        MilestoneFactory(
            schedule=training.schedule,
            declaration_type=kind,
            start_date=date.fromisoformat(first),
            milestone_date=date.fromisoformat(last) if last else None,
        )
    return training


def attributes(training: TrainingPeriod, **changes: Any) -> dict[str, Any]:
    """Return the attributes of a good ``started`` declaration with these changes; ... omits one."""
    sent = {
        "participant_id": str(training.teacher.api_id),
        "declaration_type": "started",
        "declaration_date": "2025-10-03T10:30:00+01:00",
        "course_identifier": "ecf-induction" if training.ect_at_school_period_id else "ecf-mentor",
        "evidence_held": "training-event-attended",
    } | changes
    return {name: value for name, value in sent.items() if value is not ...}


def envelope(training: TrainingPeriod, **changes: Any) -> dict[str, Any]:
    """Return the body of a request to declare."""
    return {
        "data": {"type": "participant-declaration", "attributes": attributes(training, **changes)}
    }


def declared(response: Any) -> Any:
    """Return the resource of a success."""
    assert response.status_code == 200, response.content
    return response.json()["data"]


def refused(response: Any, status: int = 422) -> list[str]:
    """Return the titles of a refusal."""
    assert response.status_code == status, response.content
    return [error["title"] for error in response.json()["errors"]]


def statements(lead_provider: LeadProvider, *deadlines: str, year: int = 2025) -> list[Any]:
    """Return open output statements of the provider with these deadlines."""
    return [
        StatementFactory(
            lead_provider=lead_provider,
            contract_year=year,
            deadline_date=day,
            payment_date=date(day.year + (day.month == 12), day.month % 12 + 1, 25),
            year=day.year + (day.month == 12),
            month=day.month % 12 + 1,
        )
        for day in map(date.fromisoformat, deadlines)
    ]
