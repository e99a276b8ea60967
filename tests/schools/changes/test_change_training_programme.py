"""A school puts an ECT on another programme on its pages (spec 05 §9.3)."""

from datetime import date

from register_ects.models import TrainingPeriod
from register_ects.operations.training.changes import change_training_programme
from tests.factories import RegistrationClosureFactory
from tests.operations.training_to_change import (
    YESTERDAY,
    asha,
    ben,
    birch,
    days,
    make_provider,
    mentored,
    partnership,
    school_led,
    trained,
)
from tests.registrations import AUTHOR, DAY
from tests.schools.change_journey import ask, confirm, first_page, rows
from tests.schools.ect_journey import address, slug_of

__all__ = ["asha", "ben", "birch", "mentored"]

WHAT = "training-programme"


def to_school(browser, ect):
    return ask(browser, ect, WHAT, {})


def to_provider(browser, ect, provider):
    question = ask(browser, ect, WHAT, {})
    return browser.submit(question, {"lead_provider": str(provider.pk)}).follow()


def test_to_school_led_says_what_ends_and_saves_on_confirmation(world, oak, asha):
    old = trained(world, asha)

    first = oak.get(first_page(asha, WHAT))
    check = to_school(oak, asha)

    assert first.h1 == "Change Asha Rao to school-led training"
    assert "Training with Larch Learning ends: its last day is 9 September 2026." in first.text
    assert "The appropriate body must have approved it first." in first.text
    assert rows(check) == {
        "Training programme now": "Provider-led",
        "New training programme": "School-led",
        "Training starts": "10 September 2026 (today)",
    }
    assert TrainingPeriod.objects.count() == 1

    done = confirm(oak, check)

    assert days(old)[1] == YESTERDAY
    assert rows(done) == {
        "Training programme before": "Provider-led",
        "Training programme now": "School-led",
        "Training starts": "10 September 2026",
    }


def test_to_provider_led_asks_who_and_says_who_has_to_confirm(world, oak, birch, asha):
    old = school_led(asha)

    question = to_school(oak, asha)
    check = to_provider(oak, asha, birch)

    assert slug_of(question) == "lead-provider"
    assert rows(check) == {
        "Training programme now": "School-led",
        "New training programme": "Provider-led",
        "Lead provider": "Birch",
        "Training starts": "10 September 2026 (today)",
    }
    assert "Birch has to confirm that they train Asha Rao." in check.text

    done = confirm(oak, check)

    assert days(old)[1] == YESTERDAY
    assert rows(done)["Lead provider"] == "Birch"
    assert "Birch has to confirm that they train Asha Rao." in done.text


def test_says_who_works_with_the_school_already(world, oak, birch, asha):
    school_led(asha)
    partnership(world, birch, 2026)

    done = confirm(oak, to_provider(oak, asha, birch))

    assert "Birch works with your school already, with Tern Trust." in done.text


def test_the_check_page_says_that_the_mentors_training_is_set_up_too(
    world, oak, birch, asha, ben, mentored
):
    """Spec 05 §9.3 Improve (d)."""
    school_led(asha)

    check = to_provider(oak, asha, birch)

    assert rows(check)["Mentor training too"] == "Ben Lowe, from 10 September 2026"
    assert "Ben Lowe has never had mentor training, so it is set up with Birch too." in check.text
    done = confirm(oak, check)
    assert "Ben Lowe’s mentor training with Birch is set up too" in done.text
    assert ben.training_periods.get().started_on == DAY


def test_the_confirmation_says_what_was_stored_also_later(world, oak, birch, asha, mentored):
    """Spec 05 §9.3 Improve (f)."""
    school_led(asha)
    done = confirm(oak, to_provider(oak, asha, birch))
    change_training_programme(asha, "school_led", author=AUTHOR)

    again = oak.get(address(done, "confirmation"))

    assert rows(again) == rows(done)
    assert "Ben Lowe’s mentor training with Birch is set up too" in again.text


def test_offers_only_the_providers_of_the_period_that_it_is_written_to(world, oak, asha):
    """Spec 05 §9.3 Improve (e): not of the period that the ECT started in."""
    school_led(asha)
    make_provider("Birch", 2025)
    make_provider("Cedar", 2026)

    question = to_school(oak, asha)

    labels = [label.get_text(strip=True) for label in question.select(".govuk-radios__label")]
    assert labels == ["Cedar", "Larch Learning"]


def test_is_the_way_on_from_training_that_a_provider_withdrew(world, oak, asha):
    stopped = trained(world, asha, withdrawn=True, finished_on=date(2026, 7, 1))

    done = confirm(oak, to_school(oak, asha))

    assert done.h1 == "You’ve changed Asha Rao’s training programme"
    assert days(stopped)[1] == date(2026, 7, 1)


def test_what_a_colleague_changed_meanwhile_is_asked_again(world, oak, asha):
    trained(world, asha)
    check = to_school(oak, asha)
    change_training_programme(asha, "school_led", author=AUTHOR)

    page = oak.submit(check)

    assert page.status_code == 302
    assert slug_of(page.follow()) == "edit"
    assert asha.training_periods.count() == 2


def test_the_check_page_sent_twice_changes_once(world, oak, asha):
    trained(world, asha)
    check = to_school(oak, asha)

    first, second = oak.submit(check), oak.submit(check)

    assert first.location == second.location
    assert slug_of(second.follow()) == "confirmation"
    assert asha.training_periods.count() == 2


def test_it_waits_while_registration_is_closed(world, oak, asha):
    """Spec 05 §2: gate W."""
    trained(world, asha)
    RegistrationClosureFactory(starts_on=DAY, ends_on=DAY)

    page = oak.get(first_page(asha, WHAT))

    assert page.location == "/school/registration-window-closed"
