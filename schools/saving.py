"""Who saves of a school's pages waits for others who save about the same school or person.

What somebody confirmed is so until it is saved: a colleague, or another school that registers the
person, is either done before what the page showed is looked at again, or comes after.
"""

from collections.abc import Iterable
from typing import Any

from register_ects.database.waiting import wait_for_others
from register_ects.models import MentorAtSchoolPeriod
from register_ects.web.access import SchoolRequest
from register_ects.web.drafts import Answers


def one_at_a_time(answers: Answers, request: SchoolRequest) -> None:
    """Wait for the school, then for the people concerned, and keep others waiting to the end.

    Taken before any row but the draft's own: nobody who has a row that others want waits for it.
    """
    wait_for(request.school.pk, people_of(answers, getattr(request, "subject", None)))


def wait_for(school_id: int, trns: Iterable[str], *more_schools: int) -> None:
    """Take the locks in one order: schools' by key, then people's by TRN."""
    schools = sorted({school_id, *more_schools})
    wait_for_others(
        *(f"saving at school {key}" for key in schools),
        *(f"saving about {trn}" for trn in sorted({*trns})),
    )


def people_of(answers: Answers, subject: Any) -> set[str]:
    """Return the TRNs of whom the journey is about, and of the mentor who is chosen."""
    found = {getattr(getattr(subject, "teacher", None), "trn", None), answers.get("trn")}
    mentors = MentorAtSchoolPeriod.objects.filter(pk=answers.get("mentor", 0))
    found |= set(mentors.values_list("teacher__trn", flat=True))
    return {trn for trn in found if trn}
