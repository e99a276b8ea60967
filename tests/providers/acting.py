"""What the tests of actions on participants share: the published years, requests, answers."""

from datetime import date
from typing import Any

import pytest

from register_ects.models import Schedule, Teacher, TrainingPeriod
from register_ects.reference_data.funding_years import add_contract_periods, add_schedules
from tests.factories import TrainingPeriodFactory

ACTIONS = {
    "defer": {"reason": "other"},
    "withdraw": {"reason": "other"},
    "resume": {},
    "change-schedule": {"schedule_identifier": "ecf-extended-september"},
}
COURSES = {"ect": "ecf-induction", "mentor": "ecf-mentor"}


@pytest.fixture(scope="module")
def published_years(one_transaction: None) -> None:
    """The contract periods 2021 to 2026 with their schedules and milestones, as published."""
    add_contract_periods()
    add_schedules()


@pytest.fixture
def train(lead_provider):
    """``train(finished_on=…)`` gives training with the provider on a standard schedule of 2025."""

    def make(**changes):
        year = changes.get("year", 2025)
        changes.setdefault("schedule", schedule(year, "standard-september"))
        return TrainingPeriodFactory(lead_provider=lead_provider, **changes)

    return make


def schedule(year: int, name: str) -> Schedule:
    """Return a schedule: ``schedule(2025, "standard-september")``."""
    return Schedule.objects.get(contract_period=year, identifier=f"ecf-{name}")


def act(api: Any, who: TrainingPeriod | Teacher, action: str, **attributes: Any) -> Any:
    """Send an action; the course is the training's unless one is given, ... leaves it out."""
    if isinstance(who, TrainingPeriod):
        attributes.setdefault("course_identifier", COURSES[who.trainee_role])
        who = who.teacher
    attributes.setdefault("course_identifier", "ecf-induction")
    sent = {name: value for name, value in attributes.items() if value is not ...}
    body = {"data": {"type": f"participant-{action}", "attributes": sent}}
    return api.request("PUT", f"/participants/{who.api_id}/{action}", body)


def enrolment(response: Any, role: str = "ect") -> dict[str, Any]:
    """Return the enrolment of a role from a participant that was returned."""
    assert response.status_code == 200, response.content
    enrolments = response.json()["data"]["attributes"]["ecf_enrolments"]
    (found,) = [each for each in enrolments if each["participant_type"] == role]
    return found


def refused(response: Any) -> list[str]:
    """Return title and code of each error of a refusal: ``reason blank``."""
    assert response.status_code == 422, response.content
    return [
        f"{error['title']} {error['code'].removeprefix('participant.')}"
        for error in response.json()["errors"]
    ]


def stretches(teacher: Teacher, role: str = "ect") -> list[tuple[date, date | None]]:
    """Return first and last day of everyone's training of a person in a role, in order."""
    rows = teacher.training_periods.filter(trainee_role=role).earliest_first()
    return [(each.started_on, each.finished_on) for each in rows]
