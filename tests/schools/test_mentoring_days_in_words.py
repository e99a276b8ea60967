"""What is said of the days on which somebody is to mentor an ECT, before and after it is saved."""

from datetime import date

import pytest

from schools.mentors.days import MentoringDays

pytestmark = pytest.mark.no_database

TODAY, LATER, LAST = date(2026, 9, 10), date(2026, 10, 5), date(2027, 1, 10)
UNTIL = "Dora can mentor Lou until 10 January 2027. Lou needs another mentor after that day."
ON_ONE_DAY = "Dora can mentor Lou on 5 October 2026 only. Lou needs another mentor after that day."


@pytest.mark.parametrize(
    ("later_from", "until", "after", "told"),
    [
        (None, None, (None, None), []),
        (None, LAST, (None, None), [UNTIL]),
        (LATER, None, (None, None), ["Dora mentors Lou from 5 October 2026."]),
        (LATER, LAST, (None, None), ["Dora mentors Lou from 5 October 2026.", UNTIL]),
        (LATER, LATER, (None, None), [ON_ONE_DAY]),
        (
            None,
            None,
            ("Ben", None),
            ["Ben is Lou’s mentor now. Dora takes over on 10 September 2026."],
        ),
        (
            LATER,
            LATER,
            ("Ben", date(2026, 10, 1)),
            [
                "Ben is Lou’s mentor from 1 October 2026. Dora takes over on 5 October 2026.",
                ON_ONE_DAY,
            ],
        ),
    ],
)
def test_before_it_is_saved(later_from, until, after, told):
    name, first = after

    assert told == MentoringDays("Dora", "Lou", later_from, until).told_before(
        takes_over_on=later_from or TODAY, after=name, after_from=first
    )


@pytest.mark.parametrize(
    ("later_from", "until", "standing", "told"),
    [
        (None, None, "Dora is Lou’s mentor", ["Lou’s registration is complete."]),
        (None, LAST, "Dora is Lou’s mentor", ["Lou’s registration is complete.", UNTIL]),
        (
            LATER,
            LAST,
            "Dora will be Lou’s mentor from 5 October 2026",
            ["Lou’s registration is complete. Dora mentors them from 5 October 2026.", UNTIL],
        ),
        (
            LATER,
            LATER,
            "Dora will be Lou’s mentor on 5 October 2026",
            ["Lou’s registration is complete.", ON_ONE_DAY],
        ),
    ],
)
def test_once_it_is_saved(later_from, until, standing, told):
    days = MentoringDays("Dora", "Lou", later_from, until)

    assert (days.standing, days.told_after()) == (standing, told)
