"""What changes of several ECTs have in common: for whom, what it would do, and doing it."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, ClassVar, Generic, TypeVar

from register_ects import clock
from register_ects.formats import govuk_date
from register_ects.models import ECTAtSchoolPeriod, School
from register_ects.operations.base import Author
from register_ects.operations.placements.history import parts
from register_ects.operations.placements.mentoring import mentorships_ahead
from register_ects.rules.problems import Problem, told
from register_ects.web.choice_fields import Choice

#: Why nothing is done for an ECT, in words that follow their name.
REASONS: Mapping[str, str] = {
    "has_left": "{leaver} has left your school",
    "induction_over": "They have completed, failed or are exempt from induction",
    "not_needed": "They have completed, failed or are exempt from induction and need no mentor",
    "never_here_together": "{leaver} leaves your school on {leaves}, before {other} starts on "
    "{starts}",
    "not_at_this_school": "The mentor is no longer at your school",
    "declarations_after": "The mentor now began on {earliest}, and a lead provider has declared "
    "training since. Try again tomorrow",
    "no_change": "They are with this lead provider already",
    "no_training": "No training of theirs has been reported",
    "school_led": "They are in school-led training. Change the training programme first",
    "no_day_left": "They leave your school on {leaves}, so no training can follow",
    "no_contract_period": "Training cannot start on that day yet",
    "overlaps": "They have other training on some of these days. Contact support",
    "unchanged": "They have this appropriate body already",
    "induction_is_open": "An appropriate body has their induction open. Only that one can let "
    "them go: ask the ECT who that is, or contact support",
    "not_active": "Your choice is no longer available",
    "not_allowed_for_school": "Your school cannot choose this appropriate body",
    "changed_meanwhile": "Somebody else changed this just now",
}

#: What is shown of an ECT who can be chosen.
_SHOWN = tuple(
    f"teacher__{field}"
    for field in (
        "trn",
        "corrected_name",
        "trs_first_name",
        "trs_last_name",
    )
)

#: What a sentence about an ECT calls them when it is told of all of them.
EACH = "each ECT"


@dataclass(frozen=True)
class Effect:
    """What a change would do for an ECT, in sentences; or why it cannot be done.

    Sentences that name the ECT have ``EACH`` in place of the name, so that those of several ECTs
    can be compared (``said_once``).
    """

    sentences: Sequence[str]
    is_possible: bool = True

    def told(self, name: str = EACH, *, without: Collection[str] = ()) -> str:
        """Return the sentences, but those that were told already, with the ECT's name."""
        left = [each for each in self.sentences if each not in without]
        return " ".join(_named(each, name) for each in left)


def said_once(effects: Sequence[Effect]) -> list[str]:
    """Return the sentences that hold for every ECT for whom something is done, if for several."""
    possible = [effect for effect in effects if effect.is_possible]
    if len(possible) < 2:
        return []
    first, *others = possible
    return [one for one in first.sentences if all(one in other.sentences for other in others)]


def _named(sentence: str, name: str) -> str:
    told = sentence.replace(EACH, name)
    return told[0].upper() + told[1:]


def impossible(problems: Sequence[Problem]) -> Effect:
    """Return that nothing is done for an ECT, with the first of the reasons."""
    return Effect([f"{reason(problems)}."], is_possible=False)


def reason(problems: Sequence[Problem]) -> str:
    """Return the first of the reasons in words."""
    return told(problems[0], REASONS.get(problems[0].code), {}, _shown)


def _shown(value: Any) -> str:
    return govuk_date(value) if isinstance(value, date) else str(value)


class Change(ABC):
    """Something that a school does for several of its ECTs.

    ``field`` is the answer that says who or what was chosen, ``label`` names it on the check page.
    """

    name: ClassVar[str]
    field: ClassVar[str]
    label: ClassVar[str]
    #: What the confirmation says that was done, for a number of ECTs.
    done: ClassVar[str]
    #: What to think of before it is confirmed, in sentences.
    advice: ClassVar[Sequence[str]] = ()
    #: Reads the answers given so far.
    plan: ClassVar["type[Plan[Any]]"]

    @abstractmethod
    def reasons(self, ects: Collection[ECTAtSchoolPeriod]) -> dict[int, str]:
        """Return, by ECT, why the change is not for them today. Two queries at most."""


_Choice = TypeVar("_Choice")


class Plan(ABC, Generic[_Choice]):
    """The answers of one draft, read for the ECTs that were chosen."""

    def __init__(self, school: School, given: Mapping[str, Any]) -> None:
        self.school, self.given = school, given
        self.ects = chosen_ects(school, given["ects"])

    @abstractmethod
    def choices(self) -> list[Choice]:
        """Return who or what can be chosen for the ECTs."""

    @cached_property
    @abstractmethod
    def choice(self) -> _Choice | None:
        """Return who or what was chosen; None when that is no longer possible."""

    @property
    @abstractmethod
    def chosen(self) -> str | None:
        """Return the name of the choice."""

    @abstractmethod
    def effect_of(self, choice: _Choice, ect: ECTAtSchoolPeriod) -> Effect:
        """Return what is done for an ECT who has not left. No query of their own."""

    @abstractmethod
    def do(self, choice: _Choice, ect: ECTAtSchoolPeriod, author: Author) -> None:
        """Do for an ECT what the check page told. Raises RuleBroken."""

    def effect(self, ect: ECTAtSchoolPeriod) -> Effect:
        """Return what is done for an ECT."""
        if not ect.is_current_or_future(clock.today()):
            return impossible([Problem("", "has_left", {"leaver": ect.teacher.name})])
        if self.choice is None:
            return impossible([Problem("", "not_active")])
        return self.effect_of(self.choice, ect)

    def people(self) -> set[int]:
        """Return the keys of all who are concerned: the ECTs, and who mentors them."""
        mentors = (each.mentor_teacher_id for ect in self.ects for each in mentorships_ahead(ect))
        return {*(ect.teacher_id for ect in self.ects), *mentors}


def ects_here(school: School) -> list[ECTAtSchoolPeriod]:
    """Return the school's ECTs who have not left, by name, with no more than that. One query."""
    here = ECTAtSchoolPeriod.objects.filter(school=school).current_or_future(clock.today())
    named = here.select_related("teacher").only("started_on", "finished_on", "school", *_SHOWN)
    return _by_name(school, named)


def chosen_ects(school: School, keys: Collection[str]) -> list[ECTAtSchoolPeriod]:
    """Return those of the school's ECTs who were chosen, by name, also who has left since."""
    return _by_name(school, _ects(school).filter(pk__in=keys))


def _ects(school: School) -> Any:
    return (
        ECTAtSchoolPeriod.objects.filter(school=school)
        .select_related("teacher", "school_reported_appropriate_body")
        .prefetch_related(*parts(), "teacher__induction_periods")
    )


def _by_name(school: School, ects: Iterable[ECTAtSchoolPeriod]) -> list[ECTAtSchoolPeriod]:
    in_order = sorted(ects, key=lambda ect: (ect.teacher.name.casefold(), ect.teacher.trn or ""))
    for ect in in_order:
        ect.school = school  # not read again with each of them
    return in_order


def whose_induction_is_over(ects: Collection[ECTAtSchoolPeriod]) -> set[int]:
    """Return which of some ECTs have completed, failed or are exempt from induction. One query."""
    keys = {ect.pk for ect in ects}
    going_on = ECTAtSchoolPeriod.objects.filter(pk__in=keys).needing_mentor()
    return keys - {*going_on.values_list("pk", flat=True)}


def names_of(ects: Collection[ECTAtSchoolPeriod]) -> dict[int, str]:
    """Return what each ECT is called: their name, with the TRN where another has it too."""
    names = Counter(ect.teacher.name for ect in ects)
    return {
        ect.pk: f"{ect.teacher.name} (TRN {ect.teacher.trn})"
        if names[ect.teacher.name] > 1
        else ect.teacher.name
        for ect in ects
    }
