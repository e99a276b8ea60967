"""A school chooses another lead provider on its pages (spec 05 §9.2, §9, §5.3, §5.6)."""

from datetime import UTC, date, datetime

import pytest

from register_ects.models import Event, TrainingPeriod
from register_ects.operations.training.changes import change_lead_provider
from register_ects.rules.enumerations import MentorFundingEndReason
from tests.factories import (
    ECTAtSchoolPeriodFactory,
    LeadProviderFactory,
    MentorAtSchoolPeriodFactory,
    TeacherFactory,
)
from tests.operations.training_to_change import (
    YESTERDAY,
    asha,
    ben,
    birch,
    days,
    make_provider,
    partnership,
    placement,
    school_led,
    trained,
)
from tests.registrations import AUTHOR, DAY
from tests.schools.change_journey import ask, confirm, first_page, rows

__all__ = ["asha", "ben", "birch", "placement"]

WHAT = "lead-provider"


def choose(browser, placement, provider):
    return ask(browser, placement, WHAT, {"lead_provider": str(provider.pk)})


def test_shows_what_is_now_and_new_and_saves_on_confirmation(world, oak, birch, placement):
    old = trained(world, placement)

    check = choose(oak, placement, birch)

    assert rows(check) == {
        "Lead provider now": "Larch Learning",
        "New lead provider": "Birch",
        "Last day with them": "9 September 2026",
        "Training starts": "10 September 2026 (today)",
    }
    assert "Birch has to confirm that they train" in check.text
    assert TrainingPeriod.objects.count() == 1

    done = confirm(oak, check)

    assert days(old)[1] == YESTERDAY
    assert rows(done) == {
        "Lead provider before": "Larch Learning",
        "Lead provider now": "Birch",
        "Training starts": "10 September 2026",
    }
    assert "Birch has to confirm that they train" in done.text


def test_says_at_once_who_works_with_the_school_already(world, oak, birch, asha):
    trained(world, asha)
    partnership(world, birch, 2025)

    check = choose(oak, asha, birch)
    done = confirm(oak, check)

    for page in (check, done):
        assert "Birch works with your school already, with Tern Trust." in page.text
        assert "has to confirm" not in page.text


def test_says_that_training_ahead_keeps_its_start(world, oak, birch, asha):
    trained(world, asha, started_on=date(2026, 10, 5))

    check = choose(oak, asha, birch)

    assert "Asha Rao’s training keeps its start date, 5 October 2026." in check.text
    assert rows(check)["Training starts"] == "5 October 2026"


def test_who_has_not_confirmed_is_named_since_the_day_of_the_change(world, oak, birch, asha):
    ahead = trained(world, asha, started_on=date(2026, 10, 5), eoi_only=True)
    TrainingPeriod.objects.filter(pk=ahead.pk).update(created_at=datetime(2026, 7, 2, tzinfo=UTC))
    assert "Reported on 2 July 2026" in oak.get("/school/home").text

    confirm(oak, choose(oak, asha, birch))

    assert "Reported on 10 September 2026" in oak.get("/school/home").text


def test_says_that_who_has_not_confirmed_is_no_longer_asked_to(world, oak, birch, asha):
    trained(world, asha, eoi_only=True)

    page = oak.get(first_page(asha, WHAT))

    assert "Larch Learning has not confirmed that they train Asha Rao" in page.text


@pytest.mark.parametrize("trait", ["withdrawn", "deferred"])
def test_is_the_way_on_from_training_that_was_stopped(world, oak, birch, placement, trait):
    stopped = trained(world, placement, **{trait: True}, finished_on=date(2026, 7, 1))

    done = confirm(oak, choose(oak, placement, birch))

    assert "You’ve changed" in done.h1
    assert days(stopped)[1] == date(2026, 7, 1)


def test_says_that_the_provider_stopped_and_not_that_it_trains_them(world, oak, birch, asha):
    trained(world, asha, withdrawn=True, finished_on=date(2026, 7, 1))

    page = oak.get(first_page(asha, WHAT))

    name = asha.teacher.name
    assert f"{world.larch.name} told us that it no longer trains {name}." in page.text
    assert "Tell the new lead provider about the change." in page.text
    for untrue in (f"is {name}’s lead provider", "at the end of a school year", "both lead"):
        assert untrue not in page.text


def test_offers_every_other_provider_by_name_and_never_the_present_one(world, oak, birch, asha):
    trained(world, asha)
    make_provider("Aspen", 2025)
    make_provider("Cedar", 2026)

    page = oak.get(first_page(asha, WHAT))

    labels = [label.get_text(strip=True) for label in page.select(".govuk-radios__label")]
    assert labels == ["Aspen", "Birch"]


def test_says_where_nobody_else_can_be_chosen(world, oak, asha):
    trained(world, asha)

    page = oak.get(first_page(asha, WHAT))

    assert page.h1 == "No other lead provider can be chosen"
    assert page.select("main form") == []


@pytest.mark.parametrize("value", ["", "999999", "larch", "stranger"])
def test_takes_only_a_provider_on_offer(world, oak, birch, asha, value):
    """Spec 05 §6.1 Improve: a stale or forged choice is an error at the field."""
    trained(world, asha)
    stranger = LeadProviderFactory()
    sent = {"larch": world.larch.pk, "stranger": stranger.pk}.get(value, value)

    page = ask(oak, asha, WHAT, {"lead_provider": str(sent)})

    assert page.status_code == 422
    assert [*page.errors.values()] == ["Select which lead provider will train Asha Rao"]


def test_school_led_training_is_not_found(world, oak, asha):
    school_led(asha)

    assert oak.get(first_page(asha, WHAT)).status_code == 404


def _cannot_be_funded(mentor):
    mentor.teacher.mentor_became_ineligible_for_funding_on = YESTERDAY
    mentor.teacher.mentor_became_ineligible_for_funding_reason = (
        MentorFundingEndReason.COMPLETED_DECLARATION_RECEIVED
    )
    mentor.teacher.save()


def test_says_of_a_mentor_who_cannot_be_funded_that_nobody_else_can_train_them(
    world, oak, birch, ben
):
    trained(world, ben, finished_on=YESTERDAY)
    _cannot_be_funded(ben)

    page = oak.get(first_page(ben, WHAT))

    assert page.status_code == 200
    assert page.h1 == "Ben Lowe’s lead provider cannot be changed"
    assert "cannot have funded mentor training: they have done it already" in page.text
    assert page.select("main form") == []


def test_says_of_a_mentor_who_trains_elsewhere_when_a_provider_can_be_chosen(
    world, oak, birch, ben
):
    trained(world, ben, withdrawn=True, finished_on=date(2026, 7, 1))
    there = MentorAtSchoolPeriodFactory(
        teacher=ben.teacher, school=world.elm, started_on=date(2026, 9, 1)
    )
    trained(world, there, school=world.elm)

    page = oak.get(first_page(ben, WHAT))

    assert "Ben Lowe has mentor training at another school" in page.text
    assert "once that school has reported that they no longer mentor there" in page.text
    assert page.select("main form") == []


def test_whose_funding_ended_meanwhile_is_told_that_nothing_was_saved(world, oak, birch, ben):
    trained(world, ben)
    check = choose(oak, ben, birch)
    _cannot_be_funded(ben)

    page = oak.submit(check)

    assert page.status_code == 422
    assert "Nothing was saved." in page.text
    assert ben.training_periods.count() == 1


def test_nobody_confirms_what_a_colleague_changed_meanwhile(world, oak, birch, asha):
    trained(world, asha)
    aspen = make_provider("Aspen", 2025)
    check = choose(oak, asha, birch)
    change_lead_provider(asha, aspen, author=AUTHOR)

    page = oak.submit(check)

    assert page.status_code == 422
    assert "Aspen" in page.text
    assert Event.objects.filter(event_type="teacher_training_lead_provider_updated").count() == 1
    assert asha.training_periods.latest("started_on").lead_provider == aspen


def test_the_check_page_sent_twice_changes_once(world, oak, birch, asha):
    trained(world, asha)
    check = choose(oak, asha, birch)

    first, second = oak.submit(check), oak.submit(check)

    assert first.location == second.location
    assert asha.training_periods.count() == 2


def test_a_provider_whose_contract_ended_meanwhile_is_refused_in_words(world, oak, birch, asha):
    trained(world, asha)
    check = choose(oak, asha, birch)
    birch.active_lead_providers.all().delete()

    page = oak.submit(check)

    assert page.status_code == 422
    assert "This lead provider is no longer available. Choose another one" in page.errors.values()
    assert asha.training_periods.count() == 1


def test_nothing_follows_on_the_last_day_of_training_that_was_stopped(world, oak, birch):
    leaving = ECTAtSchoolPeriodFactory(
        teacher=TeacherFactory(corrected_name="Ada Okafor"),
        school=world.oak,
        started_on=date(2025, 9, 1),
        finished_on=DAY,
    )
    trained(world, leaving, withdrawn=True, finished_on=DAY)

    page = choose(oak, leaving, birch)

    assert [*page.errors.values()] == [
        "Ada Okafor leaves your school on 10 September 2026, so no training can follow"
    ]
