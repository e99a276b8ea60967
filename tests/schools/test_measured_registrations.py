"""What a run of a registration says: events recorded, choices taken over (spec 07 §22.2)."""

import pytest

from register_ects.models import Event, JourneyRun
from tests.schools.ect_journey import answers_for, find, walk

pytestmark = pytest.mark.usefixtures("trs")


def register(world, browser, trn, email, **changes):
    """Register somebody; return their run, and how many events there are more than before."""
    before = Event.objects.count()
    details = {"email": email}
    found = find(trn) if trn != "4000006" else {}
    answers = answers_for(world, find_ect=found, review_ect_details=details, **changes)
    browser.submit(walk(browser, answers, to="check-answers"))
    return JourneyRun.objects.latest("pk"), Event.objects.count() - before


def test_a_run_says_how_many_events_it_recorded(world, oak):
    run, recorded = register(world, oak, "4000006", "zofia@oak.example.com")

    assert (run.outcome, run.channel) == ("completed", "self_service")
    assert run.events_created == recorded > 1


def test_a_run_that_is_not_completed_recorded_nothing(world, oak):
    walk(oak, answers_for(world), to="check-answers")

    run = JourneyRun.objects.get()
    assert (run.outcome, run.events_created) == (None, 0)


def test_a_run_says_whether_the_last_choices_were_taken_over(world, oak):
    first, _ = register(world, oak, "4000006", "zofia@oak.example.com")
    second, _ = register(world, oak, "7000005", "two@oak.example.com")

    assert [first.reused_choices, second.reused_choices] == [None, True]


def test_a_run_with_other_choices_than_the_last_says_so(world, oak):
    register(world, oak, "4000006", "zofia@oak.example.com")
    check = walk(
        oak,
        answers_for(
            world, find_ect=find("7000005"), review_ect_details={"email": "two@oak.example.com"}
        ),
        to="check-answers",
    )
    training = check.response.request["PATH_INFO"].replace("check-answers", "training")
    page = oak.get(f"{training}?change=yes")
    oak.submit(page, {**answers_for(world)["training"], "training_programme": "school_led"})

    assert JourneyRun.objects.latest("pk").reused_choices is False
