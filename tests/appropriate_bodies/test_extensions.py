"""Extensions of an ECT whom the body holds (spec 06 §6.11)."""

from datetime import date
from decimal import Decimal

import pytest

from register_ects.models import Event, InductionExtension, OutgoingEmail, TRSInductionUpdate
from tests.factories import (
    AppropriateBodyFactory,
    InductionExtensionFactory,
    InductionPeriodFactory,
)
from tests.support.pages import date_parts

AREA = "/appropriate-body/teachers"
ANSWERS = {
    "number_of_terms": "1.5",
    **date_parts("decided_on", date(2026, 7, 10)),
    **date_parts("told_on", date(2026, 7, 13)),
    "reason": "Too little evidence",
}


@pytest.fixture
def home(period):
    return f"{AREA}/{period.teacher_id}"


@pytest.fixture
def own(hub, period):
    return InductionExtensionFactory(teacher=period.teacher, appropriate_body=hub)


def hidden(page):
    return {
        field["name"]: field["value"]
        for field in page.select("main input[type=hidden]")
        if field["name"] in ("once", "seen")
    }


def send(user, address, **answers):
    return user.post(address, {**hidden(user.get(address)), **answers})


def events():
    return [(event.event_type, event.heading, event.body) for event in Event.objects.all()]


def test_an_extension_is_added_from_the_ects_page_and_counts(user, home, period):
    links = {a.get_text(" ", strip=True): a["href"] for a in user.get(home).select("main a")}
    answer = send(user, links["Add an extension"], **ANSWERS)

    page = user.get(answer.location)
    assert "The extension was added." in page.text
    assert page.summary == {
        "Recorded": "16 July 2026 by Hub A",
        "Decided": "10 July 2026",
        "ECT told, and that they may appeal": "13 July 2026",
        "Reason": "Too little evidence",
    }
    assert "0 of 7.5 terms" in page.text
    assert user.get(home).summary["Extensions"].startswith("1.5 terms")
    assert events() == [
        (
            "induction_extension_created",
            "Hub A extended Ada Okafor’s induction by 1.5 terms",
            "Too little evidence",
        )
    ]
    assert not TRSInductionUpdate.objects.exists()
    period.refresh_from_db()
    assert period.is_open


def emails():
    return [
        (email.recipient, email.personalisation["what_was_done"], email.personalisation["terms"])
        for email in OutgoingEmail.objects.filter(template="teacher_induction_extended")
    ]


def test_the_agency_that_hears_appeals_is_told_of_each(user, home, settings):
    settings.TRA_EMAIL = "tra@example.com"
    send(user, f"{home}/extensions/new", **ANSWERS)
    held = InductionExtension.objects.get()
    send(user, f"{home}/extensions/{held.pk}/edit", **{**ANSWERS, "number_of_terms": "2"})
    send(user, f"{home}/extensions/{held.pk}/withdraw", reason="Wrong ECT")

    assert emails() == [
        ("tra@example.com", "recorded an extension", "1.5 terms"),
        ("tra@example.com", "changed an extension", "2 terms"),
        ("tra@example.com", "withdrawn, as recorded in error, an extension", "2 terms"),
    ]


def test_sent_twice_it_is_added_once(user, home):
    address = f"{home}/extensions/new"
    sent = {**hidden(user.get(address)), **ANSWERS}

    assert [user.post(address, sent).status_code for _ in range(2)] == [302, 302]
    assert InductionExtension.objects.count() == 1


def test_extensions_are_listed_in_the_order_added_and_older_ones_say_what_is_not_known(
    user, home, period, own
):
    InductionExtensionFactory(teacher=period.teacher, number_of_terms=Decimal("0.5"))

    page = user.get(f"{home}/extensions")

    cards = [each.get_text(strip=True) for each in page.select(".govuk-summary-card__title")]
    assert cards == ["1 term", "0.5 terms"]
    assert page.summary["Reason"] == "Not recorded"
    assert len([a for a in page.select("main a") if "Withdraw" in a.get_text()]) == 1


def test_without_extensions_the_page_says_so(user, home):
    assert "No extension is recorded." in user.get(f"{home}/extensions").text


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"number_of_terms": ""}, "Enter the number of terms"),
        ({"number_of_terms": "0"}, "Number of terms must be 0.1 or more"),
        ({"number_of_terms": "16.1"}, "Number of terms must be 16 or less"),
        ({"number_of_terms": "1.25"}, "Number of terms must have no more than 1 decimal place"),
        ({"number_of_terms": "4.r5"}, "Number of terms must be a number"),
        (date_parts("decided_on", date(2026, 7, 17)), "Date of the decision must be today or in"),
        (date_parts("told_on", date(2026, 7, 9)), "Date you told the ECT must be on or after 10"),
        ({"reason": "..."}, "Enter the reason in words"),
        ({"reason": ""}, "Enter the reason for the extension"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_saved(user, home, change, message):
    page = send(user, f"{home}/extensions/new", **{**ANSWERS, **change})

    assert page.status_code == 422
    assert page.title.startswith("Error: ")
    (said,) = page.errors.values()
    assert said.startswith(message)
    assert not InductionExtension.objects.exists()


def test_more_than_12_terms_in_all_are_saved_once_they_are_checked(user, home, own):
    address = f"{home}/extensions/new"
    many = {**ANSWERS, "number_of_terms": "11.5"}
    assert not user.get(address).select("#is_checked")

    page = send(user, address, **many)
    assert "all extensions come to 12.5 terms" in page.errors["#is_checked"]
    assert page.select("#is_checked")
    assert send(user, address, **many, is_checked="True").status_code == 302
    assert InductionExtension.objects.count() == 2


def test_a_change_takes_the_place_of_what_was_recorded(user, home, own):
    address = f"{home}/extensions/{own.pk}/edit"
    assert "What you enter takes its place" in user.get(address).text

    send(user, address, **{**ANSWERS, "number_of_terms": "2.5"})

    own.refresh_from_db()
    assert (own.number_of_terms, own.reason) == (Decimal("2.5"), "Too little evidence")
    (event,) = Event.objects.all()
    assert event.event_type == "induction_extension_updated"
    assert "Number of terms changed from '1.0' to '2.5'" in event.modifications


def test_what_a_colleague_changed_meanwhile_is_not_overwritten_unseen(user, home, own):
    address = f"{home}/extensions/{own.pk}/edit"
    sent = {**hidden(user.get(address)), **ANSWERS}
    own.number_of_terms = Decimal(3)
    own.save()

    page = user.post(address, sent)

    assert page.status_code == 422
    assert "It is now 3 terms" in page.text
    assert user.post(address, {**sent, **hidden(page)}).status_code == 302


def test_one_added_in_error_is_withdrawn_with_a_reason(user, home, own):
    address = f"{home}/extensions/{own.pk}/withdraw"
    assert send(user, address, reason="").errors == {
        "#reason": "Enter the reason for withdrawing the extension"
    }

    answer = send(user, address, reason="Wrong ECT")

    assert "The extension was withdrawn." in user.get(answer.location).text
    assert not InductionExtension.objects.exists()
    assert events() == [
        (
            "induction_extension_deleted",
            "Hub A withdrew an extension of Ada Okafor’s induction by 1 term",
            "Wrong ECT",
        )
    ]


@pytest.mark.parametrize("theirs", [None, "Hub B"])
def test_one_that_the_body_did_not_add_is_not_withdrawn(user, home, period, theirs):
    body = theirs and AppropriateBodyFactory(name=theirs)
    held = InductionExtensionFactory(teacher=period.teacher, appropriate_body=body)
    address = f"{home}/extensions/{held.pk}/withdraw"

    assert user.get(address).status_code == 404
    assert user.post(address, {"reason": "Mine"}).status_code == 404
    assert InductionExtension.objects.filter(pk=held.pk).exists()


@pytest.mark.parametrize("rest", ["", "/new", "/{}/edit", "/{}/withdraw"])
@pytest.mark.parametrize("state", ["theirs", "released", "passed"])
def test_extensions_of_whom_the_body_does_not_hold_are_not_found(hub, user, rest, state):
    states = {
        "theirs": {},
        "released": {"appropriate_body": hub, "finished": True},
        "passed": {"appropriate_body": hub, "passed": True},
    }
    other = InductionPeriodFactory(**states[state])
    held = InductionExtensionFactory(teacher=other.teacher, appropriate_body=hub)

    assert_untouched(user, f"{AREA}/{other.teacher_id}/extensions{rest}", held)


@pytest.mark.parametrize("rest", ["/{}/edit", "/{}/withdraw"])
def test_another_persons_extension_is_not_found_at_an_ect_of_the_body(hub, user, home, rest):
    held = InductionExtensionFactory(appropriate_body=hub)

    assert_untouched(user, f"{home}/extensions{rest}", held)


def assert_untouched(user, address, held):
    address = address.format(held.pk)
    assert user.get(address).status_code == 404
    assert user.post(address, ANSWERS).status_code in (404, 405)
    held.refresh_from_db()
    assert (InductionExtension.objects.count(), held.number_of_terms) == (1, 1)


def test_the_calculator_says_what_time_comes_to(user):
    page = user.get(
        "/appropriate-body/terms-calculator",
        {"amount": "32.5", "unit": "weeks", "percentage": "50"},
    )

    assert "This is 1.25 terms." in page.text
    assert "Record it as 1.2 or 1.3." in page.text


def test_the_calculator_says_what_is_missing(user):
    page = user.get("/appropriate-body/terms-calculator", {"amount": ""})

    assert page.status_code == 422
    assert set(page.errors) == {"#amount", "#unit", "#percentage"}
