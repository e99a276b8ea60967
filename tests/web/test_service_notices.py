"""A notice that everybody reads, from the database (spec 05 §4 Improve)."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from register_ects.models import Event, ServiceNotice
from tests.factories import (
    AppropriateBodyFactory,
    SchoolFactory,
    ServiceNoticeFactory,
    StaffUserFactory,
)

WHAT = "We are repairing the service. <b>Try later.</b>"
LATER = "2026-09-10 18:00"


@pytest.fixture(autouse=True)
def today(on):
    on("2026-09-10")


def run(*arguments):
    out = StringIO()
    call_command("service_notice", *arguments, stdout=out)
    return out.getvalue().splitlines()


def notices(page):
    return [
        banner.select_one("p").text.strip()
        for banner in page.select("main .govuk-notification-banner")
    ]


@pytest.mark.parametrize("who", [SchoolFactory, AppropriateBodyFactory, StaffUserFactory])
def test_everybody_signed_in_reads_a_notice_that_stands_in_the_database(sign_in, who):
    browser = sign_in(who())
    assert notices(browser.get("/cookies")) == []

    run("add", "--message", WHAT, "--until", LATER)

    assert notices(browser.get("/cookies")) == [WHAT]


def test_who_is_about_to_sign_in_reads_it(browse):
    run("add", "--message", WHAT, "--until", LATER)

    assert notices(browse.get("/sign-in")) == [WHAT]


def test_no_other_region_of_the_page_is_called_as_it_is(browse):
    run("add", "--message", WHAT, "--until", LATER)

    page = browse.get("/sign-in")
    titles = {each["id"]: each.text.strip() for each in page.select("[id]")}
    regions = page.select("[role=region]")
    names = [each.get("aria-label") or titles[each["aria-labelledby"]] for each in regions]
    assert "Service notice" in names
    assert len(names) == len(set(names))


@pytest.mark.parametrize(("hour", "is_shown"), [(8, False), (9, True), (17, True), (18, False)])
def test_it_is_shown_from_the_first_instant_until_before_the_last(on, sign_in, hour, is_shown):
    at_nine, at_six = (datetime(2026, 9, 12, each, tzinfo=UTC) for each in (9, 18))
    ServiceNoticeFactory(starts_at=at_nine, ends_at=at_six, message=WHAT)
    school = SchoolFactory()
    on(datetime(2026, 9, 12, hour, tzinfo=UTC))

    assert (notices(sign_in(school).get("/cookies")) == [WHAT]) == is_shown


def test_the_latest_of_two_is_shown(sign_in):
    ServiceNoticeFactory(starts_at=datetime(2026, 9, 9, tzinfo=UTC), message="Slow")
    ServiceNoticeFactory(starts_at=datetime(2026, 9, 10, tzinfo=UTC), message="Down")

    assert notices(sign_in(SchoolFactory()).get("/cookies")) == ["Down"]


def test_a_notice_is_planned_listed_and_ended():
    planned = run(
        "add", "--message", WHAT, "--from", "2026-09-12 09:00", "--until", "2026-09-12 18:00"
    )
    notice = ServiceNotice.objects.get()
    assert planned == [
        f"{notice.pk}: 12 September 2026 at 9:00am to 12 September 2026 at 6:00pm. {WHAT}"
    ]
    assert run("list") == planned

    assert run("end", str(notice.pk)) == ["No notice is shown, and none is planned."]
    types = Event.objects.order_by("pk").values_list("event_type", flat=True)
    assert set(types) == {"service_notice_added", "service_notice_ended"}


def test_one_that_is_shown_ends_at_once(sign_in):
    notice = ServiceNoticeFactory(starts_at=datetime(2026, 9, 9, tzinfo=UTC))

    run("end", str(notice.pk))

    assert notices(sign_in(SchoolFactory()).get("/cookies")) == []
    assert ServiceNotice.objects.filter(pk=notice.pk).exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["add", "--message", " ", "--until", LATER], "--message must say what"),
        (["add", "--message", WHAT, "--until", "2026-09-09"], "This time is over"),
        (["add", "--message", WHAT, "--until", LATER, "--from", LATER], "--until must be after"),
        (["end", "4711"], "has number 4711"),
    ],
)
def test_what_cannot_be_is_refused_in_words(arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(*arguments)
    assert not ServiceNotice.objects.exists()
