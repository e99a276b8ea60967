"""A body's home page, and what TRS did not accept."""

from datetime import UTC, datetime

import pytest

from register_ects import clock
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


def test_what_waits_or_is_another_bodys_or_was_released_is_not_counted(hub, user, period):
    refused(period, state="queued")
    refused(InductionPeriodFactory())
    refused(InductionPeriodFactory(appropriate_body=hub, finished=True))

    assert user.get(HOME).select("main .govuk-task-list a") == []
    assert user.get(f"{HOME}/not-accepted").h1.startswith("0 inductions")
