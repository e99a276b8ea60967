"""What pages say becomes of training that changes: one sentence for each fate."""

from datetime import date

import pytest

from register_ects.rules.training_changes import Change, Fate
from schools.changes.training import TrainingNow, when_it_starts, who_confirms

pytestmark = pytest.mark.no_database

TODAY, YESTERDAY, OCTOBER = date(2026, 9, 10), date(2026, 9, 9), date(2026, 10, 5)
CONFIRMED = TrainingNow("Asha Rao", "Larch", is_confirmed=True)
INTEREST = TrainingNow("Asha Rao", "Larch", is_confirmed=False)
SCHOOL_LED = TrainingNow("Asha Rao", None, is_confirmed=False)
ENDED, REMOVED = Change(Fate.ENDED, TODAY, YESTERDAY), Change(Fate.REMOVED, TODAY)


@pytest.mark.parametrize(
    ("now", "change", "expected"),
    [
        (CONFIRMED, ENDED, ["Training with Larch ends: its last day is 9 September 2026."]),
        (SCHOOL_LED, ENDED, ["School-led training ends: its last day is 9 September 2026."]),
        (
            CONFIRMED,
            Change(Fate.CHANGED, OCTOBER),
            ["Asha Rao’s training keeps its start date, 5 October 2026."],
        ),
        (
            INTEREST,
            REMOVED,
            [
                "Larch has not confirmed that they train Asha Rao. They are not asked to any "
                "longer, and Asha Rao’s record no longer shows that they were.",
            ],
        ),
        (
            CONFIRMED,
            REMOVED,
            [
                "Asha Rao’s training with Larch has not begun before today. It is removed "
                "from their record."
            ],
        ),
        (
            SCHOOL_LED,
            REMOVED,
            [
                "Asha Rao’s school-led training has not begun before today. It is removed "
                "from their record."
            ],
        ),
        (CONFIRMED, Change(Fate.UNTOUCHED, TODAY), []),
    ],
)
def test_what_becomes_of_the_present_training(now, change, expected):
    assert now.what_becomes(change) == expected


def test_who_confirms():
    assert who_confirms("Asha Rao", "Birch", "Tern Trust") == [
        "Birch works with your school already, with Tern Trust."
    ]
    assert who_confirms("Asha Rao", "Birch", None) == [
        "Birch has to confirm that they train Asha Rao. They name the delivery partner then."
    ]


@pytest.mark.parametrize(
    ("starts_on", "expected"),
    [(TODAY, "10 September 2026 (today)"), (OCTOBER, "5 October 2026")],
)
def test_when_it_starts(starts_on, expected):
    assert when_it_starts(Change(Fate.REMOVED, starts_on), TODAY) == expected
