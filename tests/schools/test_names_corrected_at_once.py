"""Two schools correct one person's name: the second undoes nothing unseen (spec 05 §7.1)."""

import pytest

from register_ects.models import Teacher
from tests.factories import ECTAtSchoolPeriodFactory
from tests.schools.ect_journey import TRN, address, answers_for, filled, slug_of, walk, walk_on

pytestmark = pytest.mark.usefixtures("trs")

CHECK, REVIEW = "check-answers", "review-ect-details"


@pytest.fixture
def zofia(world):
    """Zofia Lis, who was an ECT at another school."""
    return ECTAtSchoolPeriodFactory(
        teacher__trn=TRN,
        teacher__corrected_name="Zofia Lis-Kowal",
        school=world.elm,
        started_on="2025-09-01",
        finished_on="2026-07-17",
    ).teacher


def correcting(world, oak, name):
    """Correct the name as a browser does, and go on to the check page."""
    answers = answers_for(world)
    page = walk(oak, answers, to=REVIEW)
    answers[REVIEW] = {
        **answers[REVIEW],
        "name_is_correct": "no",
        "corrected_name": name,
        "seen": page.select_one("input[name=seen]")["value"],
    }
    return page, walk_on(oak, page, answers, to=CHECK)


def elsewhere(name):
    Teacher.objects.filter(trn=TRN).update(corrected_name=name)


def test_the_review_page_shows_what_a_school_has_corrected(world, oak, zofia):
    page, _ = correcting(world, oak, "Zofia Nowak")

    rows = [" ".join(row.get_text(" ").split()) for row in page.select("dl > div")]
    assert rows[:2] == ["Name Zofia Lis", "Name in this service Zofia Lis-Kowal"]


def test_a_name_that_another_school_corrected_meanwhile_is_not_overwritten(world, oak, zofia):
    _, check = correcting(world, oak, "Zofia Nowak")
    assert slug_of(check) == CHECK
    elsewhere("Zofia Kowalska")

    refused = oak.submit(check)

    assert refused.status_code == 422
    told = "Their name was changed to Zofia Kowalska after you began, so nothing was saved."
    assert f"{told} Check the name" in list(refused.errors.values())
    zofia.refresh_from_db()
    assert zofia.corrected_name == "Zofia Kowalska"
    assert zofia.ect_at_school_periods.count() == 1

    [question] = refused.errors
    review = oak.get(question)
    assert "Zofia Kowalska" in review.text
    answer = {
        **filled(review),
        "name_is_correct": "no",
        "corrected_name": "Zofia Nowak",
        "seen": review.select_one("input[name=seen]")["value"],
    }
    again = oak.post(question, answer).follow()
    assert slug_of(oak.submit(again).follow()) == "confirmation"
    zofia.refresh_from_db()
    assert zofia.corrected_name == "Zofia Nowak"


@pytest.mark.parametrize("seen", [{}, {"seen": ""}, {"seen": "x"}, {"seen": "\x00"}])
def test_a_correction_without_what_was_shown_is_asked_for_again(world, oak, zofia, seen):
    review = walk(oak, answers_for(world), to=REVIEW)
    where = address(review, REVIEW)
    corrected = {"name_is_correct": "no", "corrected_name": "Zofia Nowak"}
    correction = {**answers_for(world)[REVIEW], **corrected, **seen}

    page = oak.post(where, correction)

    assert page.status_code == 422
    assert list(page.errors.values()) == [
        "Some of this page was missing when it was sent. Check your answers and send it again"
    ]
    again = {**correction, "seen": page.select_one("input[name=seen]")["value"]}
    assert oak.post(where, again).status_code == 302


def test_the_same_correction_is_no_conflict(world, oak, zofia):
    _, check = correcting(world, oak, "Zofia Nowak")
    elsewhere("Zofia Nowak")

    assert slug_of(oak.submit(check).follow()) == "confirmation"
