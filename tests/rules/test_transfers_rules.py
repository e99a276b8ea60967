"""Which moves are transfers, and what is said of them: each numbered rule of spec 02 §2.14."""

from datetime import UTC, date, datetime, timedelta

import pytest

from register_ects.rules.transfers import Placement, Training, transfers

pytestmark = pytest.mark.no_database

LARKHILL, MARSH_LANE, BROOK = 147203, 138854, 100777
NORTH, SOUTH = 1, 2
TODAY = date(2026, 4, 10)


def day(text):
    return date.fromisoformat(text) if text else None


def training(started, finished, confirmed=NORTH, *, named="as confirmed"):
    """Training with a provider that is confirmed, or only ``named``, or (None) school-led."""
    training.key += 1
    return Training(
        key=training.key,
        provider_id=confirmed,
        named_provider_id=confirmed if named == "as confirmed" else named,
        started_on=day(started),
        finished_on=day(finished),
        created_at=datetime(2025, 8, 29, 11, 47, 33, tzinfo=UTC),
    )


training.key = 0


def at(school, started, finished, *trainings):
    at.key += 1
    return Placement(at.key, school, day(started), day(finished), trainings)


at.key = 0


def stay(school, started, finished, confirmed=NORTH, **details):
    """A placement with one training period of the same days."""
    return at(school, started, finished, training(started, finished, confirmed, **details))


def described(placements, *, has_completed=False, today=TODAY):
    """Each transfer in one line: type, status, from and to."""
    lines = []
    for each in transfers(placements, has_completed=has_completed):
        joining = "-"
        if each.joining:
            joined_on = each.joining.started_on
            joining = f"{each.joining_school_urn}/{each.joining.provider_id}/{joined_on}"
        leaving = f"{each.leaving_school_urn}/{each.leaving.provider_id}/{each.left_on}"
        lines.append(f"{each.transfer_type} {each.status(today)} {leaving} {joining}")
    return lines


LEFT = stay(LARKHILL, "2025-09-01", "2026-03-31")
LEFT_LARKHILL = f"{LARKHILL}/{NORTH}/2026-03-31"


@pytest.mark.parametrize(
    ("placements", "expected"),
    [
        pytest.param([], [], id="nobody"),
        pytest.param(
            [LEFT, stay(MARSH_LANE, "2026-04-01", None)],
            [f"new_school complete {LEFT_LARKHILL} {MARSH_LANE}/{NORTH}/2026-04-01"],
            id="1: the next school is the one that starts next",
        ),
        pytest.param(
            [stay(LARKHILL, "2025-09-01", None)], [], id="2: a placement that goes on is not left"
        ),
        pytest.param(
            [at(LARKHILL, "2025-09-01", "2026-03-31")],
            [],
            id="2: somebody who had no training leaves none",
        ),
        pytest.param(
            [at(LARKHILL, "2025-09-01", "2026-03-31", training("2025-09-01", None))],
            [],
            id="2: the latest training must have ended",
        ),
        pytest.param(
            [
                at(
                    LARKHILL,
                    "2025-09-01",
                    "2026-03-31",
                    training("2026-01-01", "2026-03-31", SOUTH),
                    training("2025-09-01", "2025-12-31", NORTH),
                ),
            ],
            [f"unknown complete {LARKHILL}/{SOUTH}/2026-03-31 -"],
            id="2: training in the middle of a placement is no end",
        ),
        pytest.param(
            [LEFT, stay(LARKHILL, "2026-04-01", None, SOUTH)],
            [],
            id="3: coming back to the same school is no transfer",
        ),
        pytest.param(
            [
                at(
                    LARKHILL,
                    "2025-09-01",
                    None,
                    training("2025-09-01", "2025-12-31", NORTH),
                    training("2026-01-01", None, SOUTH),
                )
            ],
            [],
            id="3: a new provider at the same school is no transfer",
        ),
        pytest.param([LEFT], [f"unknown complete {LEFT_LARKHILL} -"], id="3: no next school"),
        pytest.param(
            [
                LEFT,
                at(
                    MARSH_LANE,
                    "2026-04-01",
                    None,
                    training("2026-06-01", None, SOUTH),
                    training("2026-04-01", "2026-05-31", NORTH),
                ),
            ],
            [f"new_school complete {LEFT_LARKHILL} {MARSH_LANE}/{NORTH}/2026-04-01"],
            id="5: the earliest training at the next school is joined",
        ),
        pytest.param(
            [LEFT, at(MARSH_LANE, "2026-04-01", None)],
            [f"unknown complete {LEFT_LARKHILL} -"],
            id="7: no training at the next school",
        ),
        pytest.param(
            [LEFT, stay(MARSH_LANE, "2026-04-01", None, SOUTH)],
            [f"new_provider complete {LEFT_LARKHILL} {MARSH_LANE}/{SOUTH}/2026-04-01"],
            id="7: another provider",
        ),
        pytest.param(
            [LEFT, stay(MARSH_LANE, "2026-04-01", None, None)],
            [f"new_provider complete {LEFT_LARKHILL} {MARSH_LANE}/None/2026-04-01"],
            id="7: from a provider to school-led",
        ),
        pytest.param(
            [
                stay(LARKHILL, "2025-09-01", "2026-03-31", None),
                stay(MARSH_LANE, "2026-04-01", None, SOUTH),
            ],
            [f"new_provider complete {LARKHILL}/None/2026-03-31 {MARSH_LANE}/{SOUTH}/2026-04-01"],
            id="7: from school-led to a provider",
        ),
        pytest.param(
            [LEFT, stay(MARSH_LANE, "2026-04-01", None, None, named=NORTH)],
            [f"new_school complete {LEFT_LARKHILL} {MARSH_LANE}/None/2026-04-01"],
            id="improve: the same provider is interested",
        ),
        pytest.param(
            [LEFT, stay(MARSH_LANE, "2026-04-01", None, None, named=SOUTH)],
            [f"new_provider complete {LEFT_LARKHILL} {MARSH_LANE}/None/2026-04-01"],
            id="improve: another provider is interested",
        ),
        pytest.param(
            [
                stay(BROOK, "2024-09-02", "2025-08-31", SOUTH),
                LEFT,
                stay(MARSH_LANE, "2026-04-20", None, SOUTH),
            ],
            [
                f"new_provider complete {BROOK}/{SOUTH}/2025-08-31 {LARKHILL}/{NORTH}/2025-09-01",
                f"new_provider incomplete {LEFT_LARKHILL} {MARSH_LANE}/{SOUTH}/2026-04-20",
            ],
            id="two moves are listed by the training left",
        ),
    ],
)
def test_which_moves_are_transfers(placements, expected):
    assert described(placements) == expected
    assert described(placements[::-1]) == expected, "the order given does not matter"


@pytest.mark.parametrize(
    ("placements", "expected"),
    [
        pytest.param([LEFT], [], id="4: nobody waits for who has completed"),
        pytest.param(
            [LEFT, stay(MARSH_LANE, "2026-04-01", None)],
            [f"new_school complete {LEFT_LARKHILL} {MARSH_LANE}/{NORTH}/2026-04-01"],
            id="4: a move that happened stays",
        ),
        pytest.param(
            [LEFT, at(MARSH_LANE, "2026-04-01", None)],
            [f"unknown complete {LEFT_LARKHILL} -"],
            id="4: nor does a move to a school without training go",
        ),
    ],
)
def test_completion_cancels_only_a_move_to_nowhere(placements, expected):
    assert described(placements, has_completed=True) == expected


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        pytest.param(
            stay(BROOK, "2025-10-01", None, None),
            [f"unknown complete {LEFT_LARKHILL} -"],
            id="began before the other ended",
        ),
        pytest.param(
            stay(BROOK, "2026-03-30", None, SOUTH),
            [f"unknown complete {LEFT_LARKHILL} -"],
            id="began the day before",
        ),
        pytest.param(
            stay(BROOK, "2026-03-31", None, SOUTH),
            [f"new_provider complete {LEFT_LARKHILL} {BROOK}/{SOUTH}/2026-03-31"],
            id="began on the last day",
        ),
    ],
)
def test_a_mentors_school_beside_the_one_left_is_not_the_next(other, expected):
    assert described([LEFT, other]) == expected


def test_a_school_of_one_day_is_not_its_own_successor():
    one_day = stay(LARKHILL, "2026-03-31", "2026-03-31")

    assert described([one_day]) == [f"unknown complete {LEFT_LARKHILL} -"]


@pytest.mark.parametrize(
    ("left", "joined", "expected"),
    [
        pytest.param(LEFT, stay(MARSH_LANE, "2026-04-20", None, SOUTH), {NORTH, SOUTH}, id="both"),
        pytest.param(LEFT, stay(MARSH_LANE, "2026-04-20", None, NORTH), {NORTH}, id="the same"),
        pytest.param(LEFT, stay(MARSH_LANE, "2026-04-20", None, None), {NORTH}, id="school-led"),
        pytest.param(
            LEFT,
            stay(MARSH_LANE, "2026-04-20", None, None, named=SOUTH),
            {NORTH},
            id="one that is only interested does not see it",
        ),
        pytest.param(
            stay(LARKHILL, "2025-09-01", "2026-03-31", None),
            stay(MARSH_LANE, "2026-04-20", None, SOUTH),
            {SOUTH},
            id="joined from school-led",
        ),
        pytest.param(
            stay(LARKHILL, "2025-09-01", "2026-03-31", None),
            stay(MARSH_LANE, "2026-04-20", None, None),
            set(),
            id="6: nobody sees a move without a provider",
        ),
    ],
)
def test_who_sees_a_transfer(left, joined, expected):
    (found,) = transfers([left, joined], has_completed=False)

    assert found.seen_by == expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        pytest.param("2026-03-30", "incomplete", id="leaving tomorrow"),
        pytest.param("2026-03-31", "incomplete", id="left, not joined"),
        pytest.param("2026-04-19", "incomplete", id="joining tomorrow"),
        pytest.param("2026-04-20", "complete", id="joining today"),
    ],
)
def test_a_transfer_is_complete_once_both_dates_have_come(today, expected):
    (found,) = transfers([LEFT, stay(MARSH_LANE, "2026-04-20", None, SOUTH)], has_completed=False)

    assert found.status(day(today)) == expected


@pytest.mark.parametrize(("days", "expected"), [(-1, "incomplete"), (0, "complete")])
def test_a_transfer_to_nowhere_is_complete_from_the_last_day(days, expected):
    (found,) = transfers([LEFT], has_completed=False)

    assert found.status(date(2026, 3, 31) + timedelta(days=days)) == expected
