"""Release an ECT, record a pass, record a fail (spec 06 §6.10)."""

from datetime import date

import pytest

from register_ects.models import Event, InductionPeriod
from tests.factories import ECTAtSchoolPeriodFactory, InductionPeriodFactory
from tests.inductions import shown
from tests.support.pages import date_parts

BAD_NUMBERS = [
    "",
    "  ",
    "x" * 10_000,
    "6\x00",
    "\x07",
    "\u0666",
    "<script>",
    "16.1",
    "2.25",
    "4.r5",
]


def address(period, rest):
    return f"/appropriate-body/teachers/{period.teacher_id}/{rest}"


def closing(period, finished_on="2026-07-10", terms="6", **changes):
    answers = {**shown(period), **date_parts("finished_on", finished_on), "number_of_terms": terms}
    return answers | changes


def test_a_pass_is_recorded_and_says_what_was_closed(user, period):
    placement = ECTAtSchoolPeriodFactory(teacher=period.teacher, started_on=date(2024, 9, 2))
    form = user.get(address(period, "record-passed-outcome/new"))
    assert form.h1 == "Record that Ada Okafor passed induction"

    page = user.post(address(period, "record-passed-outcome/new"), closing(period)).follow()

    period.refresh_from_db()
    assert (period.outcome, period.finished_on) == ("pass", date(2026, 7, 10))
    assert page.h1 == "You’ve recorded that Ada Okafor passed induction"
    assert f"as an ECT at {placement.school.name} ended on 16 July 2026" in page.text


def test_a_pass_without_a_school_says_that_nothing_else_ended(user, period):
    page = user.post(address(period, "record-passed-outcome/new"), closing(period)).follow()

    assert "Nothing: no school" in page.text


@pytest.mark.parametrize("page", ["record-passed-outcome/new", "release/new"])
@pytest.mark.parametrize(
    ("changes", "link", "message"),
    [
        ({"finished_on": "2026-07-17"}, "#finished_on-day", "today or in the past"),
        ({"finished_on": "2024-09-01"}, "#finished_on-day", "2 September 2024"),
        ({"terms": "16.1"}, "#number_of_terms", "16"),
        ({"terms": ""}, "#number_of_terms", "Enter the number of terms"),
    ],
)
def test_errors_are_shown_in_title_summary_and_field(user, period, page, changes, link, message):
    answer = user.post(address(period, page), closing(period, **changes))

    assert answer.status_code == 422
    assert answer.title.startswith("Error: ")
    assert message in answer.errors[link]
    assert InductionPeriod.objects.open().get() == period


@pytest.mark.parametrize("typed", BAD_NUMBERS)
def test_bad_numbers_of_terms_are_refused(user, period, typed):
    page = user.post(address(period, "record-passed-outcome/new"), closing(period, terms=typed))

    assert page.status_code == 422
    assert page.select_one("#number_of_terms-error")
    assert not page.select("main script")


@pytest.mark.parametrize(
    "part",
    [
        "",
        "   ",
        "9" * 10_000,
        "20\x0026",
        "\x07",
        "\u202e\u0662\u0660\u0662\u0666",
        "<script>alert(1)</script>",
    ],
)
def test_bad_end_dates_are_refused(user, period, part):
    page = user.post(address(period, "release/new"), closing(period, **{"finished_on-year": part}))

    assert page.status_code == 422
    assert page.select_one("#finished_on-error")


def test_sending_a_pass_twice_records_it_once(user, period):
    url = address(period, "record-passed-outcome/new")

    first, second = user.post(url, closing(period)), user.post(url, closing(period))

    assert first.location == second.location
    assert Event.objects.filter(event_type="teacher_passes_induction").count() == 1


def test_a_release_is_recorded_and_the_ect_leaves_the_list(user, period):
    url = address(period, "release/new")

    first, second = (
        user.post(url, closing(period, terms="2.5")),
        user.post(url, closing(period, terms="2.5")),
    )

    page = first.follow()
    assert page.h1 == "You’ve released Ada Okafor"
    assert "2.5 terms" in page.text
    assert second.location == first.location
    assert user.get("/appropriate-body/teachers").h1 == "0 open inductions"


def test_a_closed_ect_has_nothing_left_to_release(hub, user):
    passed = InductionPeriodFactory(appropriate_body=hub, passed=True)

    page = user.get(address(passed, "release/new")).follow()

    assert "has no open induction period with you" in page.text


def test_a_fail_needs_the_ect_to_have_been_told(user, period):
    check, form = (address(period, f"record-failed-outcome/{step}") for step in ("confirm", "new"))
    told = date_parts("fail_confirmation_sent_on", "2026-07-12")
    assert user.get(form).location == check
    assert user.post(form, {**closing(period), **told}).location == check
    assert user.post(check).status_code == 422

    assert user.post(check, {**shown(period), "told": "on"}).location == form
    early = date_parts("fail_confirmation_sent_on", "2026-07-09")
    assert "10 July 2026" in str(user.post(form, {**closing(period), **early}).errors)
    page = user.post(form, {**closing(period), **told}).follow()

    period.refresh_from_db()
    assert page.h1 == "You’ve recorded that Ada Okafor failed induction"
    assert (period.outcome, period.fail_confirmation_sent_on) == ("fail", date(2026, 7, 12))


def test_back_from_a_fail_leads_to_the_check_then_to_the_record(user, period):
    check, form = (address(period, f"record-failed-outcome/{step}") for step in ("confirm", "new"))
    user.post(check, {**shown(period), "told": "on"})

    assert user.get(form).select_one(".govuk-back-link")["href"] == check
    page = user.get(check)
    assert page.select_one(".govuk-back-link")["href"] == address(period, "")[:-1]
    assert not page.select("[name=told][checked]")


def test_a_fail_is_confirmed_as_long_as_it_is_recorded(hub, user):
    failed = InductionPeriodFactory(appropriate_body=hub, failed=True)

    page = user.get(address(failed, "record-failed-outcome"))

    assert page.h1 == f"You’ve recorded that {failed.teacher.name} failed induction"


def test_a_release_is_confirmed_until_the_ect_is_claimed_again(user, hub, period):
    user.post(
        address(period, "release/new"), closing(period, finished_on="2025-07-18", terms="2.5")
    )
    assert user.get(address(period, "release")).h1 == "You’ve released Ada Okafor"
    InductionPeriodFactory(
        teacher=period.teacher, appropriate_body=hub, started_on=date(2025, 9, 1)
    )

    assert user.get(address(period, "release")).location == address(period, "")[:-1]


@pytest.mark.parametrize("typed", ["1,5", "1 6"])
def test_terms_with_two_readings_are_refused(user, period, typed):
    page = user.post(address(period, "record-passed-outcome/new"), closing(period, terms=typed))

    assert "with a full stop for decimals, like 2.5" in page.errors["#number_of_terms"]
    assert InductionPeriod.objects.open().exists()


def test_a_reason_is_asked_for_only_when_the_terms_are_unusual(user, period):
    url = address(period, "record-passed-outcome/new")
    assert not user.get(url).select("[name=terms_reason]")

    asked = user.post(url, closing(period, terms="0"))
    assert asked.errors == {"#terms_reason": "Select why they completed 0 of 6 terms"}
    assert asked.select_one("[name=number_of_terms]")["value"] == "0"
    page = user.post(url, closing(period, terms="0", terms_reason="served_in_wales")).follow()

    period.refresh_from_db()
    assert page.h1 == "You’ve recorded that Ada Okafor passed induction"
    assert (period.outcome, period.terms_reason) == ("pass", "served_in_wales")
    assert "They served some of it in Wales" in user.get(address(period, "")[:-1]).text


OTHER = {"terms": "0", "terms_reason": "other"}
WORDS = "#terms_reason_words"


@pytest.mark.parametrize("words", ["", "  ", "\u200b"])
def test_another_reason_is_asked_for_in_words(user, period, words):
    url = address(period, "record-passed-outcome/new")

    page = user.post(url, closing(period, **OTHER, terms_reason_words=words))

    assert page.errors == {WORDS: "Enter the reason for the number of terms"}
    assert page.select_one("[name=terms_reason][checked]")["value"] == "other"
    assert InductionPeriod.objects.open().exists()


@pytest.mark.parametrize("words", [".", "1 - 2", "?!"])
def test_another_reason_without_a_letter_is_no_reason(user, period, words):
    url = address(period, "record-passed-outcome/new")

    page = user.post(url, closing(period, **OTHER, terms_reason_words=words))

    assert page.errors == {WORDS: "Enter the reason for the number of terms in words"}
    assert InductionPeriod.objects.open().exists()


def test_the_words_of_another_reason_are_kept_and_shown_wherever_the_reason_is(user, period):
    url = address(period, "record-passed-outcome/new")
    answers = closing(period, **OTHER, terms_reason_words=" Taught abroad <b> ")

    page = user.post(url, answers).follow()
    again = user.post(url, answers).follow()
    other = user.post(url, {**answers, "terms_reason_words": "Taught here"})

    period.refresh_from_db()
    told = "Another reason: Taught abroad <b>"
    assert period.terms_reason_words == "Taught abroad <b>"
    assert Event.objects.get(event_type="teacher_passes_induction").body == (
        f"Terms served: 0. {told}"
    )
    assert told in page.text
    assert again.h1 == page.h1
    assert other.h1 == "Your answers were not saved"
    assert told in other.text
    assert told in user.get(address(period, "")[:-1]).text


@pytest.mark.parametrize("changes", [{"terms": "6"}, {"terms_reason": "served_in_wales"}])
def test_words_that_are_not_asked_for_any_more_are_not_kept(user, period, changes):
    url = address(period, "record-passed-outcome/new")

    user.post(url, closing(period, **{**OTHER, **changes}, terms_reason_words="Taught abroad"))

    period.refresh_from_db()
    assert (period.outcome, period.terms_reason_words) == ("pass", None)


def test_a_reason_without_words_hinders_nothing_once_the_terms_need_none(user, period):
    url = address(period, "record-passed-outcome/new")

    page = user.post(url, closing(period, **{**OTHER, "terms": "6"})).follow()

    assert page.h1 == "You’ve recorded that Ada Okafor passed induction"


def test_a_fail_and_a_release_ask_for_the_words_too(user, period):
    user.post(address(period, "record-failed-outcome/confirm"), {**shown(period), "told": "on"})
    told = date_parts("fail_confirmation_sent_on", "2026-07-12")

    failing = user.post(
        address(period, "record-failed-outcome/new"), closing(period, **OTHER, **told)
    )
    soon = closing(period, "2024-09-30", terms="15", terms_reason="other")
    releasing = user.post(address(period, "release/new"), soon)

    assert set(failing.errors) == set(releasing.errors) == {WORDS}


def test_both_dates_of_a_fail_may_be_written_with_years_of_two_numbers(user, period):
    check, form = (address(period, f"record-failed-outcome/{step}") for step in ("confirm", "new"))
    user.post(check, {**shown(period), "told": "on"})
    told = date_parts("fail_confirmation_sent_on", "2026-07-12")
    short = {"finished_on-year": "26", "fail_confirmation_sent_on-year": "26"}

    user.post(form, {**closing(period, **told), **short})

    period.refresh_from_db()
    assert (period.finished_on, period.fail_confirmation_sent_on) == (
        date(2026, 7, 10),
        date(2026, 7, 12),
    )


def test_a_fail_shows_every_problem_of_its_dates_at_once(user, period):
    check, form = (address(period, f"record-failed-outcome/{step}") for step in ("confirm", "new"))
    user.post(check, {**shown(period), "told": "on"})

    page = user.post(
        form,
        closing(
            period,
            finished_on="2026-07-17",
            **date_parts("fail_confirmation_sent_on", "2026-07-18"),
        ),
    )

    assert set(page.errors) == {"#fail_confirmation_sent_on-day", "#finished_on-day"}


def test_a_released_ect_has_a_page_with_the_bodys_own_part(user, period):
    user.post(
        address(period, "release/new"), closing(period, finished_on="2025-07-18", terms="2.5")
    )
    other = InductionPeriodFactory(
        teacher=period.teacher, started_on=date(2025, 9, 1), appropriate_body__name="Hub B"
    )

    listed = user.get("/appropriate-body/teachers/released")
    page = user.get(listed.select_one("tbody th a")["href"])

    assert "Released" in listed.select_one("tbody tr").get_text()
    assert page.h1 == "Ada Okafor"
    assert "18 July 2025" in page.text
    assert "2.5" in page.text
    assert other.appropriate_body.name not in page.text
    assert "1 September 2025" not in page.text
    assert not page.select("main form")


def test_another_bodys_ect_has_no_page_here(user):
    stranger = InductionPeriodFactory(started_on=date(2023, 9, 1), finished=True)

    assert user.get(address(stranger, "")[:-1]).status_code == 404
