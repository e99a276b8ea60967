"""When the open inductions of a body should be complete (spec 06 §6.21.3)."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest

from tests.factories import (
    ECTAtSchoolPeriodFactory,
    InductionExtensionFactory,
    InductionPeriodFactory,
)

FORECAST = "/appropriate-body/forecast"


def listed(user, when):
    page = user.get(f"{FORECAST}?when={when}")
    return page.h1, [
        [cell.get_text(" ", strip=True) for cell in row.select("td")][-2:]
        for row in page.select("tbody tr")
    ]


@pytest.mark.parametrize(
    ("started_on", "when", "words", "told"),
    [
        # Six terms later, as the specification counts them. Today is 16 July 2026.
        (date(2024, 9, 1), "this-term", "due this term", "31 Jul 2026 Summer term 2026"),
        (date(2024, 4, 1), "overdue", "should be complete already", "5 Apr 2026 Spring term 2026"),
        (date(2025, 1, 1), "next-term", "due next term", "31 Dec 2026 Autumn term 2026"),
        (date(2025, 9, 1), "later", "due later", "31 Jul 2027 Summer term 2027"),
    ],
)
def test_an_induction_is_listed_when_it_is_due(hub, user, started_on, when, words, told):
    InductionPeriodFactory(appropriate_body=hub, started_on=started_on)

    assert listed(user, when)[0] == f"1 induction {words}"
    assert listed(user, when)[1][0][1] == told


def test_terms_elsewhere_and_extensions_count(hub, user):
    period = InductionPeriodFactory(appropriate_body=hub, started_on=date(2026, 1, 1))
    InductionPeriodFactory(
        teacher=period.teacher,
        started_on=date(2024, 9, 1),
        finished_on=date(2025, 5, 1),
        number_of_terms=Decimal("2.5"),
    )
    assert listed(user, "later")[1] == [
        ["2.5 of 6 Open since 1 Jan 2026", "13 Feb 2027 Spring term 2027"]
    ]

    InductionExtensionFactory(teacher=period.teacher, number_of_terms="1.0")
    assert listed(user, "later")[1][0][0].startswith("2.5 of 7")


def test_part_time_is_an_estimate(hub, user):
    period = InductionPeriodFactory(appropriate_body=hub, started_on=date(2025, 9, 1))
    ECTAtSchoolPeriodFactory(
        teacher=period.teacher, started_on=date(2025, 9, 1), working_pattern="part_time"
    )

    # Six terms at three fifths take ten.
    assert listed(user, "later")[1][0][1] == "31 Dec 2028 Autumn term 2028, estimated"


def test_whoever_has_an_outcome_or_was_released_is_not_listed(hub, user):
    InductionPeriodFactory(appropriate_body=hub, passed=True)
    InductionPeriodFactory(appropriate_body=hub, finished=True)

    for when in ("overdue", "this-term", "next-term", "later"):
        assert listed(user, when)[1] == []


def test_a_spring_term_that_ends_otherwise_is_configured(hub, user, settings):
    settings.SPRING_TERM_ENDS = [date(2026, 3, 27)]
    InductionPeriodFactory(appropriate_body=hub, started_on=date(2024, 4, 8))

    ((_, told),) = listed(user, "overdue")[1]
    assert told == "4 Apr 2026 Summer term 2026"  # with Easter on 5 April it is 12 April


def test_the_whole_forecast_is_sent_for_a_spreadsheet(hub, user):
    InductionPeriodFactory(appropriate_body=hub, started_on=date(2024, 9, 1))

    answer = user.client.get(user.whole(f"{FORECAST}.csv"))
    head, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))

    assert dict(zip(head, row, strict=True))["Expected to be complete on"] == "2026-07-31"
