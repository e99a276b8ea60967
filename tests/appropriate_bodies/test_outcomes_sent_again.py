"""A second tab sends an outcome after the first: what was sent is never dropped in silence."""

from datetime import date

import pytest

from register_ects.models import InductionPeriod
from tests.factories import InductionPeriodFactory
from tests.inductions import shown
from tests.support.pages import date_parts

TOLD = date_parts("fail_confirmation_sent_on", "2026-07-12")
ANSWERS = {
    "release": {**date_parts("finished_on", "2026-07-10"), "number_of_terms": "2.5"},
    "pass": {**date_parts("finished_on", "2026-07-10"), "number_of_terms": "6"},
    "fail": {**date_parts("finished_on", "2026-07-10"), "number_of_terms": "6", **TOLD},
}
PATHS = {"release": "release", "pass": "record-passed-outcome", "fail": "record-failed-outcome"}
RECORDED = {
    "release": "Hub A has already released Ada Okafor, with 10 July 2026 as the induction end "
    "date and 2.5 terms",
    "pass": "Hub A has already recorded that Ada Okafor passed induction, with 10 July 2026 as "
    "the induction end date and 6 terms",
    "fail": "Hub A has already recorded that Ada Okafor failed induction, with 10 July 2026 as "
    "the induction end date and 6 terms",
}


@pytest.fixture
def send(hub, user):
    """Send an outcome of Ada's as a tab that was opened while her period was open."""
    period = InductionPeriodFactory(
        appropriate_body=hub,
        started_on=date(2024, 9, 2),
        teacher__trs_first_name="Ada",
        teacher__trs_last_name="Okafor",
    )
    record = f"/appropriate-body/teachers/{period.teacher_id}"
    user.post(f"{record}/record-failed-outcome/confirm", {**shown(period), "told": "on"})

    def send(kind, **changes):
        return user.post(f"{record}/{PATHS[kind]}/new", ANSWERS[kind] | shown(period) | changes)

    send.record = record
    return send


def stored():
    fields = ("outcome", "finished_on", "number_of_terms", "fail_confirmation_sent_on")
    return InductionPeriod.objects.values_list(*fields).get()


@pytest.mark.parametrize("kind", ANSWERS)
def test_the_same_answers_lead_to_the_same_confirmation(send, kind):
    typed_otherwise = {
        "finished_on-month": "July",
        "number_of_terms": f" 0{ANSWERS[kind]['number_of_terms']} ",
    }

    first, second, third = send(kind), send(kind), send(kind, **typed_otherwise)

    confirmation = f"{send.record}/{PATHS[kind]}"
    assert first.location == second.location == third.location == confirmation


@pytest.mark.parametrize(
    "changes",
    [
        date_parts("finished_on", "2026-07-09"),
        {"number_of_terms": "6.5"},
        {"number_of_terms": "5", "terms_reason": "served_in_wales"},
        {"number_of_terms": "17"},
        {"number_of_terms": ""},
    ],
    ids=["another end", "more terms", "fewer, with a reason", "impossible", "missing"],
)
@pytest.mark.parametrize("kind", ANSWERS)
def test_other_answers_are_said_not_to_be_saved(send, kind, changes):
    send(kind)
    before = stored()

    page = send(kind, **changes)

    assert page.status_code == 422
    assert page.h1 == "Your answers were not saved"
    assert RECORDED[kind] in page.text
    assert page.select_one("main a[href^=mailto]")
    assert stored() == before


def test_another_date_of_telling_the_ect_is_not_dropped_either(send):
    send("fail")

    page = send("fail", **date_parts("fail_confirmation_sent_on", "2026-07-13"))

    assert page.h1 == "Your answers were not saved"
    assert "12 July 2026" in page.text


@pytest.mark.parametrize(
    ("first", "second"),
    [(one, other) for one in ANSWERS for other in ANSWERS if one != other],
)
def test_another_outcome_is_said_not_to_be_saved(send, first, second):
    send(first)
    before = stored()

    page = send(second)

    assert page.status_code == 422
    assert RECORDED[first] in page.text
    assert stored() == before


def test_the_check_before_a_fail_says_so_too(send, user):
    send("pass")

    page = user.post(f"{send.record}/record-failed-outcome/confirm", {"told": "on"})

    assert page.status_code == 422
    assert RECORDED["pass"] in page.text


@pytest.mark.parametrize("path", PATHS.values())
def test_who_opens_a_form_of_a_released_ect_is_led_to_what_was_recorded(send, user, path):
    send("release")

    page = user.get(f"{send.record}/{path}/new").follow()

    assert page.status_code == 200
    assert "Ada Okafor has no open induction period with you" in page.text


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("release", "You recorded 2.5 terms with you"),
        ("pass", "You recorded 6 terms with you"),
        ("fail", "You recorded 6 terms with you, and that you wrote to them on 12 July 2026"),
    ],
)
def test_every_confirmation_shows_the_terms(send, kind, said):
    assert said in send(kind).follow().text


def test_a_confirmation_shows_the_reason_for_unusual_terms(send):
    page = send("pass", number_of_terms="5", terms_reason="served_in_wales").follow()

    assert "5 terms with you, with the reason “They served some of it in Wales”" in page.text
