"""Several ECTs get another lead provider (spec 05 §9.2, §20.3)."""

from unittest.mock import patch

import pytest

from register_ects.operations.training.changes import change_lead_provider
from register_ects.rules.problems import refuse
from schools.several_changes import lead_provider as change
from tests.factories import ECTAtSchoolPeriodFactory
from tests.operations.training_to_change import birch, make_provider, school_led, trained
from tests.registrations import AUTHOR
from tests.schools.change_journey import confirm
from tests.schools.several_changes.several import (
    check,
    choose_ects,
    first_page,
    offered,
    results,
    trained_ects,
)

__all__ = ["birch"]

DEED = "change-lead-provider"


@pytest.fixture
def ects(world):
    """Ada and Bea, whom Larch trains."""
    return trained_ects(world, "Ada Okafor", "Bea Lund")


def providers(ect):
    return [each.lead_provider.name for each in ect.training_periods.order_by("started_on")]


def test_the_check_page_says_of_one_ect_what_ends_and_what_starts(oak, birch, ects):
    page = check(oak, DEED, ects[:1], {"lead_provider": birch.pk})

    assert page.summary["Ada Okafor"] == (
        "From Larch Learning to Birch. Training with Larch Learning ends: its last day is "
        "9 September 2026. Training with Birch starts on 10 September 2026 (today). Birch has to "
        "confirm that they train Ada Okafor. They name the delivery partner then."
    )


def test_each_ect_has_the_provider_once_it_is_confirmed(oak, birch, ects):
    done = confirm(oak, check(oak, DEED, ects, {"lead_provider": birch.pk}))

    assert done.h1 == "You’ve changed the lead provider of 2 ECTs"
    assert [providers(ect) for ect in ects] == [["Larch Learning", "Birch"]] * 2


def test_only_providers_that_each_ect_could_have_are_offered(world, oak, birch, ects):
    make_provider("Cedar", 2025)
    late = ECTAtSchoolPeriodFactory(school=world.oak, started_on="2026-09-01")
    trained(world, late, year=2026)

    assert offered(choose_ects(oak, DEED, ects)) == ["Birch", "Cedar"]
    assert offered(choose_ects(oak, DEED, [*ects, late])) == ["Birch"]


def test_who_is_with_the_provider_already_is_left_as_is(world, oak, birch, ects):
    change_lead_provider(ects[1], birch, author=AUTHOR)

    done = confirm(oak, check(oak, DEED, ects, {"lead_provider": birch.pk}))

    assert results(done)["Bea Lund"] == ("Not done", "They are with this lead provider already.")
    assert results(done)["Ada Okafor"][0] == "Done"


def test_who_is_in_school_led_training_is_not_on_offer(world, oak, ects):
    led = ECTAtSchoolPeriodFactory(
        school=world.oak, started_on="2025-09-01", teacher__corrected_name="Fin Hale"
    )
    school_led(led)

    page = oak.get(first_page(DEED))

    assert offered(page) == ["Ada Okafor", "Bea Lund"]
    assert "Fin Hale: They are in school-led training" in page.text


def test_what_is_refused_at_the_last_moment_leaves_the_others_done(oak, birch, ects):
    page = check(oak, DEED, ects, {"lead_provider": birch.pk})

    def refusing(ect, provider, **given):
        if ect.pk == ects[0].pk:
            change_lead_provider(ect, provider, **given)
            refuse("shown", "changed_meanwhile")
        return change_lead_provider(ect, provider, **given)

    with patch.object(change, "change_lead_provider", refusing):
        done = confirm(oak, page)

    assert results(done)["Ada Okafor"] == ("Not done", "Somebody else changed this just now.")
    assert [providers(ect) for ect in ects] == [["Larch Learning"], ["Larch Learning", "Birch"]]
