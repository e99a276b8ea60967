"""What chance alone hardly ever brings about: each action begins with people of its own.

What is shown is refreshed twice in it, so that none can be done while others are.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from register_ects import clock
from register_ects.models import (
    MentorAtSchoolPeriod,
    MentorshipPeriod,
    SchoolPartnership,
)
from register_ects.operations.base import operation
from register_ects.operations.placements.finishing import finish_placement
from register_ects.projections.refresh import catch_up
from tests.factories import (
    DeclarationFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    TrainingPeriodFactory,
)
from tests.projections.actions import AUTHOR
from tests.projections.chance import Action, Chance
from tests.projections.fixes import edit


def one_of_a_mentors_two_ects_leaves(chance: Chance) -> None:
    """The provider no longer trains the other: it knew their mentor by the one who leaves.

    A third begins to train: were as many in training as before, the partnership would have moved
    twice and be what it was.
    """
    partnership = chance.one(chance.all(SchoolPartnership))
    mentor = _mentor(partnership)
    TrainingPeriodFactory(school_partnership=partnership)
    _mentored(mentor, partnership, finished_on=_yesterday())
    leaves = _mentored(mentor, partnership).ect_at_school_period
    catch_up()
    operation(finish_placement)(
        leaves, last_day=_yesterday(), author=AUTHOR, reported_by=leaves.school
    )


def a_mentor_whom_a_declaration_names_begins_to_train(chance: Chance) -> None:
    """With the provider that declared: it did not know them any more, since they mentor nobody."""
    partnership = chance.one(chance.all(SchoolPartnership))
    mentor = _mentor(partnership)
    mentorship = _mentored(mentor, partnership)
    training = mentorship.ect_at_school_period.training_periods.get()
    DeclarationFactory(training_period=training, mentorship_period=mentorship)
    edit(mentorship, finished_on=_yesterday())
    catch_up()
    TrainingPeriodFactory(
        mentor_at_school_period=mentor, school_partnership=partnership, started_on=clock.today()
    )


def _yesterday() -> date:
    return clock.today() - timedelta(days=1)


def _mentor(partnership: SchoolPartnership) -> MentorAtSchoolPeriod:
    started_on = date(partnership.contract_period_id, 9, 1)
    return MentorAtSchoolPeriodFactory(school=partnership.school, started_on=started_on)


def _mentored(
    mentor: MentorAtSchoolPeriod, partnership: SchoolPartnership, **training: Any
) -> MentorshipPeriod:
    """Let a mentor have another ECT, who trains under the partnership."""
    mentorship = MentorshipPeriodFactory(mentor_at_school_period=mentor)
    ect = mentorship.ect_at_school_period
    TrainingPeriodFactory(ect_at_school_period=ect, school_partnership=partnership, **training)
    return mentorship


RARE: list[Action] = [
    one_of_a_mentors_two_ects_leaves,
    a_mentor_whom_a_declaration_names_begins_to_train,
]
