"""The same outcome sent twice at the same time: both see the confirmation, one is recorded."""

from datetime import date
from functools import partial

import pytest

from register_ects.models import Event
from tests.appropriate_bodies.test_claim_pages import FIND, details, who
from tests.factories import InductionPeriodFactory
from tests.inductions import shown
from tests.races import all_at_once, answer_while
from tests.support.pages import date_parts

pytestmark = pytest.mark.django_db(transaction=True)

ANSWERS = {
    **date_parts("finished_on", "2026-07-10"),
    **date_parts("fail_confirmation_sent_on", "2026-07-12"),
    "number_of_terms": "6",
}


def places_led_to(browsers, url, answers):
    """Send the same answers from each browser at once; return where each is led."""
    sending = [partial(browser.post, url, answers) for browser in browsers]
    return [page.location for page in all_at_once(*sending)]


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        ("record-passed-outcome", "teacher_passes_induction"),
        ("record-failed-outcome", "teacher_fails_induction"),
        ("release", "induction_period_closed"),
    ],
)
def test_both_are_led_to_the_confirmation(hub, sign_in, page, kind):
    period = InductionPeriodFactory(appropriate_body=hub, started_on=date(2024, 9, 2))
    record = f"/appropriate-body/teachers/{period.teacher_id}"
    browsers = [sign_in(hub), sign_in(hub)]
    for browser in browsers:
        browser.post(f"{record}/record-failed-outcome/confirm", {**shown(period), "told": "on"})

    places = places_led_to(browsers, f"{record}/{page}/new", {**shown(period), **ANSWERS})

    assert places == [f"{record}/{page}"] * 2
    assert Event.objects.filter(event_type=kind).count() == 1


@pytest.mark.parametrize("first", ["record-passed-outcome/new", "record-failed-outcome/new"])
@pytest.mark.parametrize(
    "second",
    [
        "release/new",
        "record-passed-outcome/new",
        "record-failed-outcome/confirm",
        "record-failed-outcome/new",
    ],
)
def test_whoever_comes_second_with_other_answers_is_told_what_is_recorded(
    hub, sign_in, first, second
):
    period = InductionPeriodFactory(appropriate_body=hub, started_on=date(2024, 9, 2))
    record = f"/appropriate-body/teachers/{period.teacher_id}"
    colleague, browser = sign_in(hub), sign_in(hub)
    told = {**shown(period), "told": "on"}
    browser.post(f"{record}/record-failed-outcome/confirm", told)

    page = answer_while(
        lambda: colleague.post(f"{record}/{first}", {**shown(period), **ANSWERS}),
        lambda: browser.post(f"{record}/{second}", {**told, **ANSWERS, "number_of_terms": "7"}),
    )

    assert (page.status_code, page.h1) == (422, "Your answers were not saved")
    assert "6 terms" in page.text


def test_both_who_send_a_claim_are_led_to_its_confirmation(hub, sign_in, trs):
    browsers = [sign_in(hub), sign_in(hub)]
    form = browsers[0].post(browsers[0].post(FIND, who()).location).location

    places = places_led_to(browsers, form, details())

    assert len(set(places)) == 1
    assert browsers[0].get(places[0]).h1 == "You’ve claimed Amara Oduya"
    assert Event.objects.filter(event_type="induction_period_opened").count() == 1
