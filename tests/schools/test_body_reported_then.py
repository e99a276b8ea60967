"""The timeline names the appropriate body that was reported on the day, not today's."""

import pytest

from register_ects.operations.base import Author
from register_ects.operations.placements.details import change_appropriate_body
from register_ects.web.journeys import mark_of
from tests.factories import AppropriateBodyFactory
from tests.schools.ect_page import asha, page_of, timeline

__all__ = ["asha"]

pytestmark = pytest.mark.day("2026-02-02")

AUTHOR = Author.school_user(name="Priya", email="priya@example.com")


def test_each_body_that_the_school_reported_is_told_on_its_day(sign_in, asha, on):
    now = "Hub A"
    for day, new in (("2026-02-10", "Hub B"), ("2026-02-20", "Hub C")):
        on(day)
        change_appropriate_body(
            asha, AppropriateBodyFactory(active=True, name=new), seen=mark_of(now), author=AUTHOR
        )
        now = new

    told = [one for one in timeline(page_of(sign_in, asha)) if "Hub" in one]

    assert told == [
        "Your school reported another appropriate body: Hub C 20 February 2026",
        "Your school reported another appropriate body: Hub B 10 February 2026",
        "Registered as an ECT at your school 2 February 2026"
        " Appropriate body reported by your school: Hub A.",
    ]
