"""A body's home page, and what TRS did not accept."""

from datetime import UTC, date, datetime, timedelta

import pytest

from register_ects import clock
from register_ects.models import PendingInductionSubmissionBatch
from tests.factories import InductionPeriodFactory, TRSInductionUpdateFactory

HOME = "/appropriate-body/home"


def refused(period, state="rejected"):
    return TRSInductionUpdateFactory(teacher=period.teacher, state=state)


def test_nothing_to_do_is_said(hub, user, period):
    page = user.get(HOME)

    assert page.h1 == hub.name
    assert "Nothing needs you today." in page.text
    assert "Good to know" not in page.text


@pytest.mark.parametrize("outcome", [{}, {"passed": True}])
def test_what_trs_did_not_accept_is_counted_and_listed(hub, user, outcome):
    with clock.pretend(datetime(2026, 7, 10, 13, 5, tzinfo=UTC)):
        refused(
            InductionPeriodFactory(
                appropriate_body=hub,
                teacher__trs_first_name="Ada",
                teacher__trs_last_name="Okafor",
                **outcome,
            )
        )

    (link,) = user.get(HOME).select("main .govuk-task-list a")
    page = user.get(link["href"])

    assert link.get_text(strip=True) == "1 induction that the Teaching Record System did not accept"
    (row,) = page.select("tbody tr")
    assert [cell.get_text(" ", strip=True) for cell in row.select("td")] == [
        "In progress from 1 September 2025",
        "10 July 2026 at 2:05pm",
    ]
    assert user.get(row.select_one("a")["href"]).h1 == "Ada Okafor"


def test_outcomes_that_are_overdue_come_first(hub, user):
    for started_on in (date(2024, 4, 1), date(2024, 1, 1)):
        InductionPeriodFactory(appropriate_body=hub, started_on=started_on)

    page = user.get(HOME)
    (task,) = page.select("main .govuk-task-list__item")

    assert "2 inductions that should be complete already" in task.get_text(" ")
    assert "The first since 31 December 2025" in task.get_text(" ")
    assert "Nothing needs you today." not in page.text
    assert user.get(task.a["href"]).h1 == "2 inductions should be complete already"


@pytest.mark.parametrize(
    ("link", "heading"),
    [
        ("1 ECT to check", "1 ECT to check"),
        ("1 induction due this term", "1 induction due this term"),
    ],
)
def test_counts_lead_to_lists_of_just_these(hub, user, link, heading):
    InductionPeriodFactory(appropriate_body=hub, started_on=date(2024, 9, 1))
    InductionPeriodFactory()

    found = user.get(HOME).soup.find("a", string=link)

    assert user.get(found["href"]).h1 == heading


def test_files_that_are_not_recorded_yet_are_listed(hub, user, period):
    started = {"uploaded_by_name": "Ada", "uploaded_by_email": "ada@hub.example.com"}
    for state, name in (("processed", "claims.csv"), ("completed", "old.csv")):
        confirmed = {"confirmed_at": clock.now(), "confirmed_by_email": "ada@hub.example.com"}
        PendingInductionSubmissionBatch.objects.create(
            appropriate_body=hub,
            batch_type="claim",
            state=state,
            file_name=name,
            expires_at=clock.now() + timedelta(days=14),
            **started,
            **confirmed,
        )

    page = user.get(HOME)

    assert "claims.csv" in page.text
    assert "Claims, from Ada. We delete it on 30 July 2026" in page.text
    assert "old.csv" not in page.text
    assert "Nothing needs you today." not in page.text


def test_what_waits_or_is_another_bodys_or_was_released_is_not_counted(hub, user, period):
    refused(period, state="queued")
    refused(InductionPeriodFactory())
    refused(InductionPeriodFactory(appropriate_body=hub, finished=True))

    assert user.get(HOME).select("main .govuk-task-list a") == []
    assert user.get(f"{HOME}/not-accepted").h1.startswith("0 inductions")
