"""What is wrong with a line, row by row of the tables of spec 06 §6.17.4 and §6.17.5."""

from datetime import date

import pytest

from register_ects.models import InductionPeriod
from tests.appropriate_bodies.bulk.files import (
    ACTION_HEAD,
    ACTIONS,
    BORN,
    CLAIM_HEAD,
    CLAIMS,
    action,
    batch,
    claim,
    of,
    send,
    wrong,
)
from tests.factories import InductionPeriodFactory


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (claim(trn=""), ["Teacher reference number is missing"]),
        (claim(trn="12"), ["must include at least 5 digits"]),
        (claim(born=""), ["Date of birth is missing"]),
        (claim(born="2020-01-01"), ["at least 18"]),
        (claim(programme=""), ["Induction programme must be provider-led or school-led"]),
        (claim(programme="cip"), ["provider-led or school-led, not “cip”"]),
        (claim(start=""), ["induction period start date"]),
        (claim(start="soon"), ["must be a date like", "not “soon”"]),
        (claim(start="2026-07-17"), ["must be today or in the past"]),
        (claim(start="2021-08-31"), ["on or after 1 September 2021"]),
        (claim(programme="x", start="y"), ["provider-led or school-led", "must be a date like"]),
    ],
)
def test_a_claim_that_cannot_be_read(user, somebody, work, line, said):
    somebody("3000101", qts_held_from=date(2020, 7, 1))
    send(user, CLAIMS, of(CLAIM_HEAD, line, claim("3000102")))
    work()

    told = " ".join(wrong(2))
    for words in said:
        assert words.casefold() in told.casefold()
    assert told.count("must be a date") <= 1  # one fault, one sentence


@pytest.mark.parametrize(
    "line",
    [
        claim(start="1/9/2021"),
        claim(start="1 September 2025"),
        claim(start="45901"),
        claim(programme="School_Led"),
        claim(programme=" PROVIDER-LED "),
        claim(born="31/3/1998") if BORN == "1998-03-31" else claim(born=BORN),
    ],
)
def test_a_claim_that_is_understood(user, somebody, work, line):
    somebody("3000101", qts_held_from=date(2020, 7, 1))
    send(user, CLAIMS, of(CLAIM_HEAD, line))
    work()

    assert batch().rows.get().state == "ok", batch().rows.get().problems


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ({"induction_status": "Passed"}, "has already passed induction"),
        ({"induction_status": "Failed"}, "has already failed induction"),
        ({"induction_status": "FailedInWales"}, "has already failed induction"),
        ({"induction_status": "Exempt"}, "is exempt from induction"),
        ({"qts_held_from": None}, "does not have qualified teacher status"),
        ({"qts_held_from": date(2025, 9, 2)}, "on or after 2 September 2025"),
    ],
)
@pytest.mark.parametrize("is_known", [True, False])
def test_the_full_list_stands_for_every_claim(user, somebody, work, other, shown, said, is_known):
    somebody("3000101", **shown)
    if is_known:
        InductionPeriodFactory(
            appropriate_body=other,
            teacher__trn="3000101",
            started_on=date(2024, 9, 2),
            finished_on=date(2025, 7, 18),
            number_of_terms=3,
        )
    send(user, CLAIMS, of(CLAIM_HEAD, claim()))
    work()

    assert said in wrong()[0]


def test_who_is_held_cannot_be_claimed(user, held, other, work):
    held("3000201")
    held("3000202", other)
    lines = claim("3000201"), claim("3000202"), claim("3000999")
    send(user, CLAIMS, of(CLAIM_HEAD, *lines))
    work()

    assert "is already registered with you" in wrong(2)[0]
    assert "is registered with Hub B" in wrong(3)[0]
    assert wrong(4) == ["The TRN and the date of birth do not lead to one teacher. Check both"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (action(end=""), ["Induction period end date is missing"]),
        (action(end="2026-07-17"), ["must be today or in the past"]),
        (action(end="2024-09-01"), ["on or after 2 September 2024"]),
        (action(terms=""), ["Enter the number of terms"]),
        (action(terms="4.r5"), ["must be a number, like 2.5, not “4.r5”"]),
        (action(terms="16.1"), ["between 0 and 16"]),
        (action(terms="2.25"), ["no more than 1 decimal place"]),
        (action(terms="-1"), ["between 0 and 16"]),
        (action(terms="NaN"), ["must be a number"]),
        (action(outcome=""), ["Outcome must be pass or release"]),
        (action(outcome="fail"), ["Record a fail on the ECT’s page, one at a time"]),
        (action(outcome="passed"), ["pass or release, not “passed”"]),
        (action(terms="2"), ["need a reason"]),
        (action(end="x", terms="y", outcome="z"), ["date like", "number", "pass or release"]),
    ],
)
def test_an_action_that_cannot_be_recorded(user, held, work, line, said):
    held()
    send(user, ACTIONS, of(ACTION_HEAD, line))
    work()

    told = " ".join(wrong())
    for words in said:
        assert words in told
    assert InductionPeriod.objects.get().finished_on is None


@pytest.mark.parametrize(
    ("terms", "reason", "is_ready"),
    [
        ("6", "", True),
        ("2", "They have taught before, so we reduced induction", True),
        ("2", "Agreed with the panel in May", True),
        ("2", "???", False),
    ],
)
def test_unusual_terms_need_a_reason(user, held, work, terms, reason, is_ready):
    held()
    head = f"{ACTION_HEAD},Reason for the number of terms"
    send(user, ACTIONS, of(head, action(terms=terms) + f',"{reason}"'))
    work()

    assert (batch().rows.get().state == "ok") is is_ready


def test_an_end_on_the_first_day_is_accepted_singly_and_in_bulk(user, held, work):
    held(started_on=date(2026, 7, 10))
    send(user, ACTIONS, of(ACTION_HEAD, action(outcome="release", terms="0")))
    work()

    assert batch().rows.get().state == "ok"


def test_who_cannot_be_passed_or_released_is_told_in_the_order_of_the_pages(
    hub, user, held, somebody, other, work
):
    somebody("3000301")
    held("3000302", outcome="pass", finished_on=date(2026, 7, 1), number_of_terms=6)
    held("3000303", outcome="fail", finished_on=date(2026, 7, 1), number_of_terms=6)
    held("3000304", finished_on=date(2026, 7, 1), number_of_terms=3)
    held("3000305", other)
    trns = [f"300030{n}" for n in range(1, 6)]
    send(user, ACTIONS, of(ACTION_HEAD, *map(action, trns)))
    work()

    said = [wrong(number)[0] for number in range(2, 7)]
    for sentence, words in zip(
        said,
        [
            "You have not claimed",
            "has already passed induction",
            "has already failed induction",
            "has no open induction with you",
            "is registered with Hub B",
        ],
        strict=True,
    ):
        assert words in sentence


def test_one_person_under_two_trns_that_trs_has_merged_is_pointed_out_on_both_lines(
    user, somebody, trs, work
):
    somebody("3000101")
    somebody("3000102", merged_into="3000101")
    send(user, CLAIMS, of(CLAIM_HEAD, claim("3000101"), claim("3000102")))
    work()

    assert "more than once, on line 3 too" in wrong(2)[0]
    assert "more than once, on line 2 too" in wrong(3)[0]
