"""What an ECT's page says of their induction: the appropriate body, and when it started."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories import (
    AppropriateBodyFactory,
    ECTAtSchoolPeriodFactory,
    InductionPeriodFactory,
    MentorshipPeriodFactory,
)
from tests.schools.ect_page import asha, card, page_of

__all__ = ["asha"]

pytestmark = pytest.mark.day("2026-02-02")


@pytest.mark.parametrize(
    ("started_on", "finished_on", "is_confirmed"),
    [
        pytest.param(date(2025, 9, 1), None, True, id="began on the first day here"),
        pytest.param(date(2025, 8, 31), None, False, id="claimed before this placement"),
        pytest.param(date(2025, 9, 1), date(2025, 12, 19), False, id="released since"),
    ],
)
def test_the_body_that_holds_the_induction_begun_here_is_confirmed(
    sign_in, asha, started_on, finished_on, is_confirmed
):
    InductionPeriodFactory(
        teacher=asha.teacher,
        appropriate_body=AppropriateBodyFactory(name="Hub B"),
        started_on=started_on,
        finished_on=finished_on,
        number_of_terms=Decimal(1) if finished_on else None,
    )

    body = card(page_of(sign_in, asha), "Induction details")["Appropriate body"]

    reported = "Hub A Reported by your school, awaiting their confirmation."
    confirmed = "Hub B Confirmed: they recorded the induction. Contact them to change this."
    assert body == (confirmed if is_confirmed else reported)


@pytest.mark.parametrize("left_on", [None, date(2026, 1, 30)])
def test_a_body_that_confirmed_and_released_is_not_awaited(sign_in, asha, left_on):
    asha.finished_on = left_on
    asha.save()
    InductionPeriodFactory(
        teacher=asha.teacher,
        appropriate_body=asha.school_reported_appropriate_body,
        started_on=date(2025, 9, 1),
        finished_on=date(2025, 12, 19),
        number_of_terms=Decimal(1),
    )

    page = page_of(sign_in, asha)

    assert card(page, "Induction details")["Appropriate body"] == (
        "Hub A Reported by your school."
        " They confirmed it, and stopped being responsible on 19 December 2025."
    )
    assert "awaiting" not in page.text
    assert "will confirm" not in sign_in(asha.school).get("/school/home/ects").text


@pytest.mark.parametrize("by", ["the reported body", "another body"])
def test_after_a_release_the_page_and_the_list_say_that_no_body_is_responsible(sign_in, asha, by):
    MentorshipPeriodFactory(ect_at_school_period=asha)
    reported = {"appropriate_body": asha.school_reported_appropriate_body}
    InductionPeriodFactory(
        teacher=asha.teacher,
        started_on=date(2025, 9, 1),
        finished_on=date(2025, 12, 19),
        number_of_terms=Decimal(1),
        **(reported if by == "the reported body" else {}),
    )

    needed = card(page_of(sign_in, asha), "What is happening now")["What do we need from you?"]
    listed = sign_in(asha.school).get("/school/home/ects").text

    told = (
        "No appropriate body has been responsible for their induction since 19 December 2025. "
        "Ask the one that takes over to record it."
    )
    assert needed == told
    assert told in " ".join(listed.split())
    assert "appropriate body will confirm" not in listed


def test_of_a_leaver_whom_a_body_released_no_other_body_is_asked_for(sign_in, asha):
    asha.finished_on, asha.reported_leaving_by_school = date(2026, 12, 18), asha.school
    asha.save()
    InductionPeriodFactory(
        teacher=asha.teacher,
        started_on=date(2025, 9, 1),
        finished_on=date(2025, 12, 19),
        number_of_terms=Decimal(1),
    )

    needed = card(page_of(sign_in, asha), "What is happening now")["What do we need from you?"]

    assert needed == "Nothing at the moment"


@pytest.mark.parametrize(
    ("finished_on", "says"),
    [
        pytest.param(None, "Confirmed: they recorded the induction.", id="held on"),
        pytest.param(
            date(2026, 2, 1), "Confirmed: they recorded the induction.", id="released elsewhere"
        ),
        pytest.param("never", "Reported by your school.", id="never confirmed"),
    ],
)
def test_after_the_placement_nothing_is_awaited(sign_in, asha, finished_on, says):
    asha.finished_on = date(2026, 1, 30)
    asha.save()
    if finished_on != "never":
        InductionPeriodFactory(
            teacher=asha.teacher,
            appropriate_body=asha.school_reported_appropriate_body,
            started_on=date(2025, 9, 1),
            finished_on=finished_on,
            number_of_terms=Decimal(1) if finished_on else None,
        )

    body = card(page_of(sign_in, asha), "Induction details")["Appropriate body"]

    assert body == f"Hub A {says}"


def test_without_a_body_says_so(sign_in):
    induction = card(page_of(sign_in, ECTAtSchoolPeriodFactory()), "Induction details")

    assert induction == {
        "Appropriate body": "Not reported",
        "Induction start date": "Not yet reported by an appropriate body",
    }


def test_induction_starts_with_the_earliest_period_at_any_body(sign_in, asha):
    InductionPeriodFactory(teacher=asha.teacher, started_on=date(2025, 9, 1))
    InductionPeriodFactory(
        teacher=asha.teacher,
        started_on=date(2024, 9, 2),
        finished_on=date(2025, 7, 1),
        number_of_terms=Decimal(3),
        appropriate_body=AppropriateBodyFactory(name="Faraway Hub"),
    )

    page = page_of(sign_in, asha)

    start = card(page, "Induction details")["Induction start date"]
    assert start == "2 September 2024 Reported by an appropriate body."
    assert "Faraway Hub" not in page.text
