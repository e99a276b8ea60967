"""Inductions: what the database refuses (spec 01 §4.6 and §6, 7 to 9)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.factories import (
    AppropriateBodyFactory,
    AppropriateBodyPeriodFactory,
    InductionExtensionFactory,
    InductionPeriodFactory,
    TRSInductionUpdateFactory,
)
from tests.raw_sql import changed, copied

ONE_DAY = timedelta(days=1)


# -- 7: one induction at a time ----------------------------------------------------------------


def test_two_inductions_of_a_teacher_cannot_share_a_day(refused):
    first = InductionPeriodFactory(finished=True)

    problem = refused(
        "induction_periods_never_overlap",
        *copied(
            first,
            appropriate_body_id=AppropriateBodyFactory().pk,
            started_on=first.finished_on,
            finished_on=None,
            number_of_terms=None,
        ),
    )

    assert "another induction period" in problem.details["message"]


def test_the_next_body_may_claim_the_day_after(execute):
    first = InductionPeriodFactory(finished=True)
    execute(
        *copied(
            first,
            started_on=first.finished_on + ONE_DAY,
            finished_on=None,
            number_of_terms=None,
        )
    )


def test_designations_of_a_body_cannot_share_a_day(refused):
    designation = AppropriateBodyPeriodFactory()
    refused(
        "designations_of_a_body_never_overlap", *copied(designation, started_on=date(2026, 1, 1))
    )


# -- 8: one outcome per teacher ----------------------------------------------------------------


@pytest.mark.parametrize("first", ["passed", "failed"])
@pytest.mark.parametrize("second", ["pass", "fail"])
def test_a_teacher_has_one_induction_outcome(refused, first, second):
    over = InductionPeriodFactory(**{first: True})
    before = InductionPeriodFactory(
        teacher=over.teacher,
        started_on=over.started_on - 2 * ONE_DAY,
        finished_on=over.started_on - ONE_DAY,
        number_of_terms=0,
    )

    problem = refused("one_induction_outcome_per_teacher", *changed(before, outcome=second))

    assert (problem.field, problem.code) == ("outcome", "already_has_outcome")


@pytest.mark.parametrize("trait", ["passed", "failed"])
def test_no_induction_follows_an_outcome(refused, execute, trait):
    over = InductionPeriodFactory(**{trait: True})
    after = {
        "started_on": over.finished_on + ONE_DAY,
        "finished_on": None,
        "number_of_terms": None,
        "outcome": None,
        "fail_confirmation_sent_on": None,
    }
    problem = refused("nothing_follows_an_induction_outcome", *copied(over, **after))
    assert (problem.field, problem.code) == ("outcome", "not_last")
    elsewhere = InductionPeriodFactory(started_on=over.finished_on + ONE_DAY)
    refused("nothing_follows_an_induction_outcome", *changed(elsewhere, teacher_id=over.teacher_id))
    execute(*changed(over, outcome=None, fail_confirmation_sent_on=None))
    execute(*copied(over, **after))


@pytest.mark.parametrize("outcome", ["pass", "fail"])
def test_only_the_last_induction_has_an_outcome(refused, outcome):
    first = InductionPeriodFactory(finished=True)
    InductionPeriodFactory(teacher=first.teacher, started_on=first.finished_on + ONE_DAY)
    refused("nothing_follows_an_induction_outcome", *changed(first, outcome=outcome))


def test_an_earlier_induction_may_be_added_to_one_with_an_outcome(execute):
    over = InductionPeriodFactory(passed=True)
    execute(
        *copied(
            over,
            started_on=over.started_on - 2 * ONE_DAY,
            finished_on=over.started_on - ONE_DAY,
            outcome=None,
        )
    )


# -- 9: outcome, terms and end go together -----------------------------------------------------


def test_an_outcome_needs_an_end(refused):
    refused(
        "induction_outcome_only_once_finished", *changed(InductionPeriodFactory(), outcome="pass")
    )


@pytest.mark.parametrize(
    "columns",
    [
        pytest.param({"number_of_terms": None}, id="none, though finished"),
        pytest.param({"finished_on": None}, id="some, though open"),
        pytest.param({"number_of_terms": Decimal("-0.1")}, id="below zero"),
        pytest.param({"number_of_terms": Decimal("16.1")}, id="above 16"),
    ],
)
def test_terms_are_0_to_16_once_finished(refused, columns):
    problem = refused(
        "induction_terms_0_to_16_once_finished",
        *changed(InductionPeriodFactory(finished=True), **columns),
    )
    assert (problem.field, problem.code) == ("number_of_terms", "out_of_range")


@pytest.mark.parametrize("terms", ["0", "0.1", "16"])
def test_terms_at_the_limits_are_allowed(execute, terms):
    execute(*changed(InductionPeriodFactory(finished=True), number_of_terms=Decimal(terms)))


def test_terms_are_stored_with_one_decimal_place(execute):
    period = InductionPeriodFactory(finished=True)
    execute(*changed(period, number_of_terms=Decimal("1.55")))
    period.refresh_from_db()
    assert period.number_of_terms == Decimal("1.6")


@pytest.mark.parametrize(
    ("reason", "allowed"), [(None, False), ("served_in_wales", False), ("other", True)]
)
def test_words_for_the_terms_belong_to_another_reason(refused, execute, reason, allowed):
    period = InductionPeriodFactory(finished=True)
    change = changed(period, terms_reason=reason, terms_reason_words="They taught abroad")
    if allowed:
        execute(*change)
    else:
        refused("terms_reason_words_of_another_reason_only", *change)


# -- The rest of §4.6 --------------------------------------------------------------------------


@pytest.mark.parametrize("trait", ["open", "finished"])
def test_a_fail_is_confirmed_on_or_after_the_end(refused, trait):
    period = InductionPeriodFactory(**({} if trait == "open" else {"failed": True}))
    before = (period.finished_on or date(2026, 1, 1)) - ONE_DAY
    refused(
        "fail_confirmation_sent_after_the_end", *changed(period, fail_confirmation_sent_on=before)
    )


def test_reopening_a_failed_induction_must_clear_its_confirmation(refused):
    period = InductionPeriodFactory(failed=True, fail_confirmation_sent_on=date(2026, 6, 1))
    refused(
        "fail_confirmation_sent_after_the_end",
        *changed(period, finished_on=None, number_of_terms=None, outcome=None),
    )


@pytest.mark.parametrize(("day", "allowed"), [(date(1999, 8, 31), False), (date(1999, 9, 1), True)])
def test_no_induction_is_older_than_statutory_induction(refused, execute, day, allowed):
    change = changed(InductionPeriodFactory(), started_on=day)
    if allowed:
        execute(*change)
    else:
        refused("induction_starts_on_or_after_1_september_1999", *change)


@pytest.mark.parametrize("legacy", [None, "cip", "fip", "diy"])
def test_a_programme_is_recorded(refused, legacy):
    problem = refused(
        "induction_programme_missing_only_in_old_records",
        *changed(InductionPeriodFactory(), training_programme=None, legacy_programme=legacy),
    )
    assert problem.code == "missing"


@pytest.mark.parametrize("legacy", ["unknown", "pre_september_2021"])
def test_an_old_record_may_lack_a_programme(execute, legacy):
    execute(*changed(InductionPeriodFactory(), training_programme=None, legacy_programme=legacy))


@pytest.mark.parametrize("terms", ["0", "-1", "16.1"])
def test_an_extension_is_a_tenth_to_16_terms(refused, terms):
    refused(
        "extension_between_a_tenth_and_16_terms",
        *changed(InductionExtensionFactory(), number_of_terms=Decimal(terms)),
    )


def test_one_message_to_trs_waits_per_teacher(refused):
    refused("one_queued_trs_update_per_teacher", *copied(TRSInductionUpdateFactory()))


@pytest.mark.parametrize("status", ["Passed", "Failed"])
def test_trs_is_told_when_induction_was_completed(refused, execute, status):
    update = TRSInductionUpdateFactory()
    problem = refused(
        "trs_is_told_when_induction_was_completed",
        *changed(update, status=status, completed_date=None),
    )
    assert problem.field == "completed_date"
    execute(*changed(update, status=status, completed_date=date(2025, 12, 12)))


@pytest.mark.parametrize("outcome", ["pass", "fail"])
def test_a_pass_or_fail_has_its_date(refused, outcome):
    period = InductionPeriodFactory()
    refused("induction_outcome_only_once_finished", *changed(period, outcome=outcome))
