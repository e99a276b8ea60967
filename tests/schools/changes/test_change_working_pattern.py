"""A school changes an ECT's working pattern (spec 05 §9, §9.1)."""

import pytest

from register_ects.models import ECTAtSchoolPeriod, Event
from tests.factories import ECTAtSchoolPeriodFactory
from tests.schools.change_journey import ask, confirm, first_page, rows
from tests.schools.ect_journey import slug_of

WHAT = "working-pattern"


def ada(world, pattern):
    return ECTAtSchoolPeriodFactory(
        school=world.oak,
        started_on="2026-09-01",
        working_pattern=pattern,
        teacher__corrected_name="Ada Okafor",
    )


def pattern_of(placement):
    placement.refresh_from_db()
    return placement.working_pattern


@pytest.mark.parametrize(
    ("now", "other", "button"),
    [
        ("full_time", "part_time", "Change to part time"),
        ("part_time", "full_time", "Change to full time"),
    ],
)
def test_one_button_leads_to_the_other_pattern(world, oak, now, other, button):
    placement = ada(world, now)
    page = oak.get(first_page(placement, WHAT))
    (found,) = page.select("main form button")
    assert found.get_text(strip=True) == button
    assert not page.select("input[type=radio]")

    check = ask(oak, placement, WHAT, {found["name"]: found["value"]})
    words = {"full_time": "Full time", "part_time": "Part time"}
    assert rows(check) == {"Working pattern now": words[now], "New working pattern": words[other]}
    assert pattern_of(placement) == now
    confirm(oak, check)

    assert pattern_of(placement) == other
    event = Event.objects.get(event_type="teacher_working_pattern_updated")
    assert event.metadata == {"working_pattern": [now, other]}
    assert (event.teacher, event.school) == (placement.teacher, world.oak)


@pytest.mark.parametrize("pattern", ["full_time", "part_time"])
def test_one_that_is_not_known_is_asked_for(world, oak, pattern):
    placement = ada(world, None)
    page = oak.get(first_page(placement, WHAT))
    assert [radio["value"] for radio in page.select("input[type=radio]")] == [
        "full_time",
        "part_time",
    ]
    nothing = ask(oak, placement, WHAT, {})
    assert nothing.errors == {"#working_pattern": "Select if they work full time or part time"}

    check = ask(oak, placement, WHAT, {"working_pattern": pattern})
    assert rows(check)["Working pattern now"] == "Not reported"
    confirm(oak, check)

    assert pattern_of(placement) == pattern


def test_a_pattern_that_a_colleague_has_just_chosen_is_not_chosen_again(world, oak):
    placement = ada(world, "full_time")
    oak.get(first_page(placement, WHAT))
    ECTAtSchoolPeriod.objects.update(working_pattern="part_time")

    page = ask(oak, placement, WHAT, {"working_pattern": "part_time"})

    assert page.errors == {
        "#working_pattern": "A colleague has just changed this to what you chose"
    }
    assert page.select_one("#working_pattern").get_text(strip=True) == "Change to full time"


def test_a_pattern_that_changed_meanwhile_is_not_overwritten_unseen(world, oak):
    placement = ada(world, None)
    check = ask(oak, placement, WHAT, {"working_pattern": "part_time"})
    ECTAtSchoolPeriod.objects.update(working_pattern="full_time")

    refused = oak.submit(check)

    assert refused.changes == {"Working pattern now": ("Not reported", "Full time")}
    assert pattern_of(placement) == "full_time"
    assert slug_of(confirm(oak, refused)) == "confirmation"
    assert pattern_of(placement) == "part_time"


def test_a_mentor_has_no_working_pattern_to_change(world, oak):
    assert oak.get(f"/school/mentors/1/change-{WHAT}/edit").status_code == 404
