"""What training a school has chosen for its trainees of a contract year. Pure.

Derived, never stored. Source: spec 01 §9.8, spec 02 §2.16.4 with its Improve, spec 03 §11.1.
"""

from collections.abc import Iterable
from enum import StrEnum

from register_ects.rules.enumerations import TrainingProgramme


class ProgrammeChoice(StrEnum):
    """What lead providers are shown of a school and a year."""

    PROVIDER_LED = "provider_led"
    SCHOOL_LED = "school_led"
    NOT_YET_KNOWN = "not_yet_known"


def programme_choice(programmes: Iterable[str]) -> ProgrammeChoice:
    """Return a school's choice for a year from the programmes of that year's training there.

    Of that year is provider-led training by its partnership or expression of interest, and
    school-led training by its first day; whoever it is of, and whether past, current or to come.
    Provider-led as soon as one mentor or ECT trains with a lead provider; mentors always do.
    """
    chosen = set(programmes)
    if TrainingProgramme.PROVIDER_LED in chosen:
        return ProgrammeChoice.PROVIDER_LED
    return ProgrammeChoice.SCHOOL_LED if chosen else ProgrammeChoice.NOT_YET_KNOWN
