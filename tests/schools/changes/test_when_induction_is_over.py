"""Who has passed, failed or is exempt gets no other provider, programme or body."""

from datetime import date

import pytest

from register_ects.models import TrainingPeriod
from register_ects.operations.training.changes import change_lead_provider
from register_ects.rules.problems import RuleBroken
from tests.factories import InductionPeriodFactory
from tests.operations.training_to_change import asha, ben, birch, trained
from tests.registrations import AUTHOR
from tests.schools.change_journey import first_page

__all__ = ["asha", "ben", "birch"]

TICKS = "/school/ects/several/{}/choose-ects"


@pytest.fixture(params=["passed", "failed", "exempt"])
def over(request, world, asha):
    """Asha, who is here until today, as a body or TRS has just ended her induction."""
    trained(world, asha)
    if request.param == "exempt":
        type(asha.teacher).objects.update(trs_induction_status="Exempt")
    else:
        InductionPeriodFactory(
            teacher=asha.teacher, started_on=date(2025, 9, 1), **{request.param: True}
        )
    return asha


@pytest.mark.parametrize("fact", ["lead-provider", "training-programme", "appropriate-body"])
def test_the_page_says_that_it_is_over(oak, birch, over, fact):
    page = oak.get(first_page(over, fact))

    assert page.h1 == "Asha Rao’s induction is over"
    assert page.select("main form") == []


def test_the_record_offers_none_of_it(oak, birch, over):
    links = {link["href"] for link in oak.get(f"/school/ects/{over.pk}").select("a[href]")}

    for fact in ("lead-provider", "training-programme", "appropriate-body"):
        assert first_page(over, fact) not in links


def test_an_outcome_recorded_meanwhile_is_found_under_the_lock(world, birch, over):
    before = [*TrainingPeriod.objects.values()]

    with pytest.raises(RuleBroken, match="induction_over"):
        change_lead_provider(over, birch, author=AUTHOR)

    assert [*TrainingPeriod.objects.values()] == before


@pytest.mark.parametrize("what", ["change-lead-provider", "change-appropriate-body"])
def test_they_are_left_out_of_several(oak, birch, over, what):
    page = oak.get(TICKS.format(what))

    assert page.select(f"input[type=checkbox][value='{over.pk}']") == []
    assert "completed, failed or are exempt from induction" in page.text
