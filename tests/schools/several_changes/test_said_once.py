"""What a change of several ECTs says of all of them is said once (spec 05 §20.3)."""

import pytest

from register_ects.operations.training.changes import change_lead_provider
from tests.operations.training_to_change import birch, make_provider
from tests.registrations import AUTHOR
from tests.schools.change_journey import confirm
from tests.schools.several_changes.several import check, results, trained_ects

__all__ = ["birch"]

DEED = "change-lead-provider"
SAME = (
    "From Larch Learning to Birch. Training with Larch Learning ends: its last day is 9 September "
    "2026. Training with Birch starts on 10 September 2026 (today). Birch has to confirm that they "
    "train each ECT. They name the delivery partner then."
)


@pytest.fixture
def ects(world):
    return trained_ects(world, "Ada Okafor", "Bea Lund", "Cy Marsh")


def test_the_check_page_says_what_is_the_same_for_all_with_how_many(oak, birch, ects):
    page = check(oak, DEED, ects, {"lead_provider": birch.pk})

    assert page.summary["For all 3 ECTs"] == SAME
    assert page.text.count("Training with Birch starts on") == 1
    for name in ("Ada Okafor", "Bea Lund", "Cy Marsh"):
        assert name in page.summary["Who they are"]


def test_who_differs_is_told_of_by_name(oak, birch, ects):
    change_lead_provider(ects[1], make_provider("Cedar", 2025), author=AUTHOR)

    page = check(oak, DEED, ects, {"lead_provider": birch.pk})

    assert page.summary["Bea Lund"].startswith("From Cedar to Birch.")
    assert page.summary["Ada Okafor"].startswith("From Larch Learning to Birch.")
    assert page.summary["For all 3 ECTs"].startswith("Training with Birch starts on")


def test_the_advice_is_that_of_a_change_for_one(oak, birch, ects):
    page = check(oak, DEED, ects, {"lead_provider": birch.pk})

    assert "It is better to change at the end of a school year." in page.text
    assert "Tell both lead providers about the change." in page.text


def test_the_end_page_says_it_once_too(oak, birch, ects):
    done = confirm(oak, check(oak, DEED, ects, {"lead_provider": birch.pk}))

    assert done.text.count("Training with Birch starts on") == 1
    assert results(done)["Ada Okafor"] == ("Done", "As above")
    assert "Tell both lead providers about the change." in done.text
