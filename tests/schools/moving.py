"""Walks the move of somebody to another school in tests."""

from typing import Any

from register_ects.models import ECTAtSchoolPeriod, School
from register_ects.operations.placements.registration import register_ect
from register_ects.web import identity
from tests.registrations import AUTHOR, World, ect, record
from tests.schools.ect_journey import TRN, walk_on, with_changes
from tests.support.pages import Browser, Page, confirm_tutor, date_parts


def somebody_at(*schools: School) -> dict[str, Any]:
    """Return a user of several schools, each of which has confirmed its induction tutor."""
    for each in schools:
        confirm_tutor(each)
    urns = [each.urn for each in schools]
    return identity.school_data(
        urns[0],
        name="Denise Marlow",
        email="denise@trust.example",
        provider="persona",
        schools=urns,
    )


def zofia_at_oak(world: World, **changes: Any) -> ECTAtSchoolPeriod:
    """Register Zofia Lis, whom TRS knows, at Oak."""
    about = record(TRN, first_name="Zofia", last_name="Lis")
    details = ect(world, record=about, email="zofia@example.com", **changes)
    return register_ect(world.oak, details, author=AUTHOR)


def record_of(placement: Any) -> str:
    """Return the address of a person's record."""
    path = "ects" if isinstance(placement, ECTAtSchoolPeriod) else "mentors"
    return f"/school/{placement.school.urn}/{path}/{placement.pk}"


def start_of(placement: Any) -> str:
    """Return where a move begins."""
    return f"{record_of(placement)}/move-to-another-school/choose-school"


def answers_to(school: School, **changes: Any) -> dict[str, Any]:
    """Return what to enter on each page: to leave on 31 October and start on 1 November."""
    answers = {
        "choose-school": {"school": str(school.pk)},
        "details": {
            **date_parts("leaving_on", "2026-10-31"),
            **date_parts("started_on", "2026-11-01"),
            "email": "zofia@elm.example.com",
            "working_pattern": "part_time",
        },
        "mentor": {"mentor": "0"},
    }
    return with_changes(answers, changes)


def walk(
    browser: Browser, placement: Any, answers: dict[str, Any], *, to: str = "check-answers"
) -> Page:
    """Begin a move and answer page after page."""
    return walk_on(browser, browser.get(start_of(placement)), answers, to=to)
