"""The ten checks of a proposed partnership and those of a correction (spec 03 §11.1, §11.2)."""

from dataclasses import dataclass
from datetime import date, datetime

import pytest

from register_ects.rules.partnerships import (
    Proposal,
    ProposedPartner,
    ProposedSchool,
    problems_with_creating,
    problems_with_updating,
    year_of,
)
from register_ects.rules.programme_choice import ProgrammeChoice, programme_choice

pytestmark = pytest.mark.no_database

TODAY = date(2026, 1, 12)
SENT = Proposal(cohort="2025", school_id="a school", delivery_partner_id="a partner")


@dataclass
class Period:
    year: int = 2025
    started_on: date = date(2025, 6, 1)
    finished_on: date = date(2026, 5, 31)
    enabled: bool = True
    payments_frozen_at: datetime | None = None


OPEN = Period()
TO_COME = Period(2026, date(2026, 1, 13), date(2027, 5, 31))
CLOSED = Period(enabled=False)
TO_COME_AND_CLOSED = Period(2026, date(2026, 1, 13), date(2027, 5, 31), enabled=False)
SCHOOL = ProposedSchool(is_eligible=True)
PAIRED, UNPAIRED = ProposedPartner(has_agreement=True), ProposedPartner(has_agreement=False)


def school(**facts):
    return ProposedSchool(**{"is_eligible": True, **facts})


def told(problems):
    return [f"{each.field} {each.code}" for each in problems]


@pytest.mark.parametrize(
    ("sent", "period", "found_school", "partner", "expected"),
    [
        pytest.param(SENT, OPEN, SCHOOL, PAIRED, [], id="nothing wrong"),
        pytest.param(
            Proposal(),
            None,
            None,
            None,
            ["cohort blank", "school_id blank", "delivery_partner_id blank"],
            id="1 everything missing",
        ),
        pytest.param(
            Proposal(" ", "", "\t"),
            None,
            None,
            None,
            ["cohort blank", "school_id blank", "delivery_partner_id blank"],
            id="1 blank is missing",
        ),
        pytest.param(
            Proposal(None, "x", "y"), None, SCHOOL, UNPAIRED, ["cohort blank"], id="1 no cohort"
        ),
        pytest.param(
            Proposal(None, "x", None),
            None,
            SCHOOL,
            None,
            ["cohort blank", "delivery_partner_id blank"],
            id="1 no cohort and no partner",
        ),
        pytest.param(
            Proposal("2025", None, "y"), OPEN, None, PAIRED, ["school_id blank"], id="1 no school"
        ),
        pytest.param(
            Proposal("2025", "x", None),
            OPEN,
            SCHOOL,
            None,
            ["delivery_partner_id blank"],
            id="1 no partner",
        ),
        pytest.param(
            Proposal("2019", None, "y"),
            None,
            None,
            PAIRED,
            ["school_id blank", "cohort unknown"],
            id="what is missing is told first",
        ),
        pytest.param(
            SENT,
            None,
            SCHOOL,
            UNPAIRED,
            ["cohort unknown", "delivery_partner_id no_agreement"],
            id="2 and 8 no such cohort, so no agreement either",
        ),
        pytest.param(SENT, TO_COME, SCHOOL, PAIRED, ["cohort not_started"], id="3 from tomorrow"),
        pytest.param(SENT, CLOSED, SCHOOL, PAIRED, ["cohort closed"], id="4 closed"),
        pytest.param(
            SENT,
            TO_COME_AND_CLOSED,
            SCHOOL,
            PAIRED,
            ["cohort not_started"],
            id="3 comes before 4",
        ),
        pytest.param(SENT, OPEN, None, PAIRED, ["school_id unknown"], id="5 no such school"),
        pytest.param(
            SENT,
            OPEN,
            school(is_eligible=False),
            PAIRED,
            ["school_id not_eligible"],
            id="6 not eligible",
        ),
        pytest.param(
            SENT, OPEN, SCHOOL, None, ["delivery_partner_id unknown"], id="7 no such partner"
        ),
        pytest.param(
            SENT,
            OPEN,
            SCHOOL,
            UNPAIRED,
            ["delivery_partner_id no_agreement"],
            id="8 no agreement",
        ),
        pytest.param(
            SENT,
            OPEN,
            school(has_partnership=True),
            PAIRED,
            ["school_id already_in_partnership"],
            id="9 in partnership",
        ),
        pytest.param(
            SENT,
            OPEN,
            school(programme_choice=ProgrammeChoice.SCHOOL_LED),
            PAIRED,
            ["school_id only_school_led"],
            id="10 school-led",
        ),
        pytest.param(
            SENT,
            OPEN,
            school(programme_choice=ProgrammeChoice.PROVIDER_LED),
            PAIRED,
            [],
            id="10 provider-led",
        ),
        pytest.param(
            SENT,
            OPEN,
            school(
                is_eligible=False,
                has_partnership=True,
                programme_choice=ProgrammeChoice.SCHOOL_LED,
            ),
            PAIRED,
            ["school_id not_eligible"],
            id="6 hides 9 and 10",
        ),
        pytest.param(
            SENT,
            OPEN,
            school(has_partnership=True, programme_choice=ProgrammeChoice.SCHOOL_LED),
            UNPAIRED,
            ["delivery_partner_id no_agreement", "school_id already_in_partnership"],
            id="8 is told before 9, which hides 10",
        ),
        pytest.param(
            SENT,
            CLOSED,
            None,
            None,
            ["cohort closed", "school_id unknown", "delivery_partner_id unknown"],
            id="fields fail together",
        ),
    ],
)
def test_problems_with_creating(sent, period, found_school, partner, expected):
    problems = problems_with_creating(
        sent, period=period, school=found_school, partner=partner, today=TODAY
    )

    assert told(problems) == expected


def test_a_cohort_that_starts_today_has_started():
    begins_today = Period(started_on=TODAY)

    assert not problems_with_creating(
        SENT, period=begins_today, school=SCHOOL, partner=PAIRED, today=TODAY
    )


@pytest.mark.parametrize(
    ("sent", "partner", "has_another", "expected"),
    [
        (None, None, False, ["delivery_partner_id blank"]),
        ("  ", None, False, ["delivery_partner_id blank"]),
        ("x", None, False, ["delivery_partner_id unknown"]),
        ("x", UNPAIRED, False, ["delivery_partner_id no_agreement"]),
        ("x", PAIRED, True, ["delivery_partner_id already_in_partnership"]),
        ("x", PAIRED, False, []),
    ],
)
def test_problems_with_updating(sent, partner, has_another, expected):
    assert told(problems_with_updating(sent, partner=partner, has_another=has_another)) == expected


@pytest.mark.parametrize(
    ("cohort", "year"),
    [
        ("2025", 2025),
        (" 2025 ", 2025),
        ("20251", None),
        ("2025.0", None),
        ("-2025", None),
        ("٢٠٢٥", None),
        ("true", None),
        ("", None),
        (None, None),
    ],
)
def test_only_four_digits_are_a_year(cohort, year):
    assert year_of(cohort) == year


@pytest.mark.parametrize(
    ("programmes", "choice"),
    [
        ([], "not_yet_known"),
        (["school_led"], "school_led"),
        (["school_led", "school_led"], "school_led"),
        (["provider_led"], "provider_led"),
        (["school_led", "provider_led"], "provider_led"),
    ],
)
def test_one_provider_led_training_makes_the_choice(programmes, choice):
    assert programme_choice(programmes) == choice
