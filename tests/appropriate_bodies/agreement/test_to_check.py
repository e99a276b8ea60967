"""The ECTs of a body about whom something does not agree (spec 06 §6.21.2)."""

import csv
import io
from datetime import date

import pytest

from register_ects.rules.induction_flags import InductionFlag
from tests.factories import (
    AppropriateBodyFactory,
    ECTAtSchoolPeriodFactory,
    InductionExtensionFactory,
    InductionPeriodFactory,
    TrainingPeriodFactory,
    TRSInductionUpdateFactory,
)

TO_CHECK = "/appropriate-body/to-check"


def held(hub, *, placed=True, **changes):
    """An open induction of somebody whose school says the same; today is 16 July 2026."""
    period = InductionPeriodFactory(
        **{
            "appropriate_body": hub,
            "started_on": date(2025, 9, 1),
            "teacher__trs_induction_status": "InProgress",
            "teacher__trs_qts_awarded_on": date(2025, 7, 1),
            **changes,
        }
    )
    if placed:
        ECTAtSchoolPeriodFactory(
            teacher=period.teacher,
            started_on=date(2025, 9, 1),
            school_reported_appropriate_body=hub,
        )
    return period


def flags(user, flag=""):
    """Return what is to be checked of each ECT, by name."""
    page = user.get(f"{TO_CHECK}?flag={flag}")
    return {
        row.select_one("th a").get_text(strip=True): [
            line.get_text(strip=True) for line in row.select(".app-line")
        ]
        for row in page.select("tbody tr")
    }


def only(user):
    """Return what is to be checked of the only ECT."""
    found = flags(user)
    assert len(found) <= 1
    return next(iter(found.values()), [])


def test_nobody_is_listed_of_whom_everything_agrees(hub, user):
    held(hub)

    assert user.get(TO_CHECK).h1 == "0 ECTs to check"


def test_whom_a_school_named_long_ago_is_not_claimed(hub, user):
    ECTAtSchoolPeriodFactory(started_on=date(2026, 7, 1), school_reported_appropriate_body=hub)

    assert only(user) == ["Not claimed"]


def test_who_is_at_no_school_and_has_left_one(hub, user):
    held(hub, placed=False)
    assert only(user) == ["At no school"]

    period = held(hub)
    period.teacher.ect_at_school_periods.update(finished_on=date(2026, 7, 15))
    assert flags(user)[period.teacher.name] == ["At no school", "Left, not released"]


def test_a_school_that_names_another_body(hub, user):
    period = held(hub)
    other = AppropriateBodyFactory(active=True)
    period.teacher.ect_at_school_periods.update(school_reported_appropriate_body=other)

    assert only(user) == ["School names another body"]


@pytest.mark.parametrize(
    ("training", "said"),
    [
        ({"school_led": True}, "Programmes differ"),
        ({"withdrawn": True}, "Training stopped or paused"),
        ({"deferred": True}, "Training stopped or paused"),
    ],
)
def test_training_that_differs_or_ended(hub, user, training, said):
    period = held(hub)
    placement = period.teacher.ect_at_school_periods.get()
    TrainingPeriodFactory(
        ect_at_school_period=placement, started_on=placement.started_on, **training
    )

    assert only(user) == [said]


def test_dates_that_do_not_fit(hub, user):
    held(hub, started_on=date(2025, 7, 15), teacher__trs_qts_awarded_on=date(2025, 7, 16))
    assert only(user) == ["Start before the school’s", "QTS after the start"]


def test_what_trs_says_or_did_not_accept(hub, user, on):
    on("2026-07-10")
    held(hub, teacher__trs_induction_status="RequiredToComplete", teacher__trn="3000001")
    refused = held(hub, teacher__trs_qts_awarded_on=None)
    TRSInductionUpdateFactory(teacher=refused.teacher, state="rejected")
    on("2026-07-16")

    assert sorted(flags(user).values()) == [
        ["Not accepted", "No QTS"],
        ["Teaching Record System differs"],
    ]


def test_a_number_without_a_record(hub, user):
    held(hub, teacher__trs_response="gone")

    assert only(user) == ["TRN not valid"]


def test_what_is_overdue(hub, user):
    late = held(hub, started_on=date(2023, 9, 1), teacher__trs_qts_awarded_on=date(2023, 7, 1))
    late.teacher.ect_at_school_periods.update(started_on=date(2023, 9, 1))
    assert only(user) == ["Overrunning", "Outcome due"]

    InductionExtensionFactory(teacher=late.teacher, number_of_terms="4.0")
    assert only(user) == []


def test_nobody_elses_ects_are_listed(hub, user):
    elsewhere = InductionPeriodFactory(teacher__trs_qts_awarded_on=None)
    ECTAtSchoolPeriodFactory(
        teacher=elsewhere.teacher,
        started_on=date(2026, 1, 1),
        school_reported_appropriate_body=elsewhere.appropriate_body,
    )

    assert user.get(TO_CHECK).h1 == "0 ECTs to check"


def test_a_list_is_narrowed_to_one_flag_and_counted(hub, user):
    held(hub, teacher__trs_qts_awarded_on=None, placed=False)
    held(hub, placed=False)

    page = user.get(TO_CHECK)
    links = [link.get_text(strip=True) for link in page.select("nav[aria-label='What to check'] a")]
    narrowed = user.get(f"{TO_CHECK}?flag={InductionFlag.QTS_MISSING}")

    assert page.h1 == "2 ECTs to check"
    assert links == ["At no school (2)", "No QTS (1)"]
    assert narrowed.h1 == "1 ECT to check: No QTS"
    assert user.get(f"{TO_CHECK}?flag=nonsense").h1 == "2 ECTs to check"


def test_the_list_is_sent_for_a_spreadsheet(hub, user):
    held(hub, placed=False, teacher__trs_first_name="=1+1", teacher__trs_last_name="Ames")

    answer = user.client.get(user.whole(f"{TO_CHECK}.csv"))
    head, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))

    assert head[-1] == "What to check"
    assert row[0].startswith("'=1+1")
    assert row[-2:] == ["Yes", "At no school"]


def test_it_costs_the_same_for_many(hub, user, django_assert_max_num_queries):
    for _ in range(3):
        held(hub, placed=False)
    user.get(TO_CHECK)

    with django_assert_max_num_queries(6):
        user.get(TO_CHECK)
