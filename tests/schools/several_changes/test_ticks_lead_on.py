"""The ticks on the list of ECTs lead straight to the choice (spec 05 §20.3)."""

import pytest

from tests.factories import ECTAtSchoolPeriodFactory
from tests.operations.training_to_change import birch, school_led
from tests.schools.several_changes.several import first_page, offered, trained_ects

__all__ = ["birch"]

DEED = "change-lead-provider"


@pytest.fixture
def ects(world):
    return trained_ects(world, "Ada Okafor", "Bea Lund")


def send_ticks(browser, ects):
    """Tick ECTs on the list and press the button of the change."""
    page = browser.get("/school/home/ects")
    form = page.select_one("form#for-ticked")
    token = form.select_one("input[name=csrfmiddlewaretoken]")["value"]
    address = form.select_one(f"button[formaction$='{DEED}/choose-ects']")["formaction"]
    return browser.post(
        address, {"csrfmiddlewaretoken": token, "ects": [str(ect.pk) for ect in ects]}
    )


def test_who_ticks_ects_is_asked_next_who_it_is_to_be(oak, birch, ects):
    sent = send_ticks(oak, ects)

    assert sent.status_code == 302
    assert sent.follow().h1 == "Which lead provider will train these ECTs?"


def test_who_ticks_nobody_is_asked_whom(oak, ects):
    page = send_ticks(oak, [])

    assert page.errors == {"#ects": "Select at least one ECT"}


def test_who_ticks_an_ect_whom_it_is_not_for_reads_that_and_keeps_the_others(world, oak, ects):
    led = ECTAtSchoolPeriodFactory(
        school=world.oak, started_on="2025-09-01", teacher__corrected_name="Fin Hale"
    )
    school_led(led)

    page = send_ticks(oak, [ects[0], led])

    assert page.errors == {"#ects": "You cannot select Fin Hale. The reason is below the list"}
    assert "Fin Hale: They are in school-led training" in page.text
    assert offered(page) == ["Ada Okafor", "Bea Lund"]
    ticked = [box["value"] for box in page.select("main input[type=checkbox][checked]")]
    assert ticked == [str(ects[0].pk)]
    assert oak.get(first_page(DEED)).status_code == 200
