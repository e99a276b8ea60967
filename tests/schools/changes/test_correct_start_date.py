"""A school corrects an ECT's start date, or asks support to (spec 05 §9 Improve)."""

import pytest

from register_ects.models import ECTAtSchoolPeriod, SupportQuery
from register_ects.operations.placements.registration import register_ect
from tests.factories import (
    DeclarationFactory,
    ECTAtSchoolPeriodFactory,
    SchoolPartnershipFactory,
)
from tests.registrations import AUTHOR, ect
from tests.schools.change_journey import ask, change_links, confirm, first_page, rows
from tests.schools.ect_journey import slug_of
from tests.support.pages import date_parts

WHAT = "start-date"


@pytest.fixture
def declared(world, oak):
    """Asha Rao in training that Larch has confirmed, and a way to declare it."""
    SchoolPartnershipFactory(
        school=world.oak, lead_provider=world.larch, delivery_partner=world.tern, year=2026
    )
    asha = register_ect(world.oak, ect(world), author=AUTHOR)
    return asha, lambda: DeclarationFactory(training_period=asha.training_periods.get())


def on_day(day):
    return date_parts("started_on", day)


def start_of(placement):
    placement.refresh_from_db()
    return str(placement.started_on)


def test_the_question_begins_with_the_date_as_it_is(oak, asha):
    page = oak.get(change_links(oak.get(f"/school/ects/{asha.pk}"))["school start date"])

    parts = [field["value"] for field in page.select(".govuk-date-input__input")]
    assert parts == ["1", "9", "2026"]


def test_a_start_date_is_corrected_while_nothing_depends_on_it(oak, asha):
    check = ask(oak, asha, WHAT, on_day("2026-09-03"))
    assert rows(check) == {
        "School start date now": "1 September 2026",
        "New school start date": "3 September 2026",
    }
    assert start_of(asha) == "2026-09-01"

    done = confirm(oak, check)

    assert start_of(asha) == "2026-09-03"
    assert rows(done) == {
        "School start date before": "1 September 2026",
        "School start date now": "3 September 2026",
    }


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2026-09-01", "This is the start date that we have. Enter a different one, or cancel"),
        ("2024-05-31", "The start date must be 1 June 2024 or later"),
        ("2036-09-01", "The start date must be 31 May 2028 or earlier. Check the year"),
    ],
)
def test_what_cannot_be_the_start_date_is_refused(oak, asha, day, told):
    page = ask(oak, asha, WHAT, on_day(day))

    assert page.status_code == 422
    assert page.errors == {"#started_on-day": told}


def test_a_start_after_the_last_day_is_refused(world, oak):
    leaving = ECTAtSchoolPeriodFactory(
        school=world.oak,
        started_on="2026-09-01",
        finished_on="2026-12-18",
        teacher__corrected_name="Ada Okafor",
    )

    page = ask(oak, leaving, WHAT, on_day("2026-12-19"))

    assert "Ada Okafor’s last day at your school is 18 December 2026" in page.text


# -- Asking support ----------------------------------------------------------------------------


def test_where_something_depends_on_it_support_is_asked_with_the_details_filled_in(oak, declared):
    asha, declare = declared
    declare()

    stop = ask(oak, asha, WHAT, on_day("2026-09-03"))

    assert slug_of(stop) == "ask-support"
    assert stop.h1 == "Ask support to correct Asha Rao’s start date"
    assert "because a lead provider has declared training of theirs" in stop.text
    link = stop.select_one("main a.govuk-button")["href"]
    assert "Asha" not in link
    form = oak.get(link)
    message = form.select_one("textarea").text
    for detail in ("Asha Rao (TRN 4000001)", "1 September 2026", "3 September 2026"):
        assert detail in message
    oak.submit(form, {"message": message})
    assert SupportQuery.objects.get().message.startswith("Please correct the start date of Asha")
    assert start_of(asha) == "2026-09-01"


def test_another_date_can_be_entered_instead(oak, asha):
    stop = ask(oak, asha, WHAT, on_day("2026-09-11"))
    assert "because the start of their training depends on it" in stop.text

    check = oak.post(stop.select_one("main a[href$='/edit']")["href"], on_day("2026-09-10"))

    assert slug_of(check.follow()) == "check-answers"


@pytest.mark.parametrize(
    "query",
    [
        "ect={other}&started_on=2026-09-03",
        "ect={own}&started_on=soon",
        "ect={own}",
        "started_on=2026-09-03",
    ],
)
def test_nothing_is_filled_in_without_an_ect_of_the_school_and_a_date(world, oak, asha, query):
    other = ECTAtSchoolPeriodFactory(school=world.elm)

    form = oak.get(f"/school/support/new?{query.format(other=other.pk, own=asha.pk)}")

    assert form.select_one("textarea").text.strip() == ""


# -- Meanwhile ---------------------------------------------------------------------------------


def test_a_declaration_made_meanwhile_leads_to_support(oak, declared):
    asha, declare = declared
    check = ask(oak, asha, WHAT, on_day("2026-09-03"))
    declare()

    sent = oak.submit(check)

    assert slug_of(sent.follow()) == "ask-support"
    assert start_of(asha) == "2026-09-01"


def test_a_date_that_changed_meanwhile_is_not_overwritten_unseen(oak, asha):
    check = ask(oak, asha, WHAT, on_day("2026-09-03"))
    ECTAtSchoolPeriod.objects.update(started_on="2026-09-02")

    refused = oak.submit(check)

    assert refused.changes == {"School start date now": ("1 September 2026", "2 September 2026")}
    assert start_of(asha) == "2026-09-02"


def test_the_first_page_says_whose_date_it_is(oak, asha):
    assert "Asha Rao" in oak.get(first_page(asha, WHAT)).h1
