"""Checks one row by the functions that the pages of one ECT ask (spec 06 §6.17.5).

The order of refusals is theirs: the person first, then the day, then the terms.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from appropriate_bodies.bulk.cells import RowRead
from appropriate_bodies.wording import CLOSING, START, why_not_claimable
from register_ects.formats import govuk_date
from register_ects.integrations.trs import TeacherRecord
from register_ects.models import AppropriateBody, InductionPeriod, Teacher
from register_ects.operations.base import Author
from register_ects.operations.batches.held import Checked, Held
from register_ects.operations.inductions.closing import (
    asks_for_reason,
    closing_problems,
    without_reason,
)
from register_ects.operations.inductions.periods import (
    Claim,
    claim_ect,
    claim_problem,
    claim_start_problems,
    pass_induction,
    release_ect,
)
from register_ects.rules.enumerations import BatchType, InductionOutcome, SubmissionState
from register_ects.rules.inductions import problem_with_reason_words
from register_ects.rules.problems import Problem, told
from register_ects.web.forms import Wording

#: What a row does once it is confirmed.
Act = Callable[[Author], InductionPeriod]

#: What is told of somebody whom TRS did not show, at which cell.
NOT_FOUND = {
    "not_found": ("trn", "The TRN and the date of birth do not lead to one teacher. Check both"),
    "unavailable": ("", "We could not ask the Teaching Record System (TRS). Check again"),
    "too_many": (
        "",
        "Too many searches found nobody. Check the details, then check again in an hour",
    ),
}
_REASON_MISSING = (
    "These terms need a reason: they are fewer than an induction takes, or more than the dates "
    "hold. Give it in the column “Reason for the number of terms”"
)
_TWICE = "{name} stands in the file more than once, on line {lines} too. Remove one of the lines"


@dataclass(frozen=True)
class Line:
    """A row: its number, its cells read, and what TRS said."""

    number: int
    read: RowRead
    held: Held

    @property
    def record(self) -> TeacherRecord | None:
        """Return whom TRS shows."""
        return TeacherRecord.from_json(self.held.record) if self.held.record else None


class Known:
    """Who is held here of the people of some rows. Two queries, however many they are."""

    def __init__(self, lines: Iterable[Line]) -> None:
        records = [line.held.record for line in lines]
        trns = [record["trn"] for record in records if record]
        self._teachers = {each.trn: each for each in Teacher.objects.filter(trn__in=trns)}
        self._periods = defaultdict(list)
        periods = InductionPeriod.objects.filter(teacher__in=self._teachers.values())
        for period in periods.select_related("appropriate_body", "teacher").order_by("started_on"):
            self._periods[period.teacher_id].append(period)

    def periods_of(self, record: TeacherRecord) -> list[InductionPeriod]:
        """Return the inductions of a person, earliest first."""
        teacher = self._teachers.get(record.trn)
        return self._periods[teacher.pk] if teacher else []


class Others:
    """Which lines name the same person, also under two TRNs that TRS has merged."""

    def __init__(self, lines: Iterable[Line] = ()) -> None:
        self._lines = defaultdict(list)
        for line in lines:
            if line.held.record:
                self._lines[line.held.record["trn"]].append(line.number)

    def beside(self, line: Line, record: TeacherRecord) -> list[int]:
        """Return the numbers of the other lines about the person."""
        return [number for number in self._lines[record.trn] if number != line.number]


def check(
    batch_type: str, body: AppropriateBody, line: Line, *, known: Known, others: Others
) -> tuple[Checked, Act | None]:
    """Return what a line would do or what is wrong with it, and how it is done."""
    record, wrong = _who(line, others)
    if record is None or wrong:
        return _refused(wrong, record), None
    check_person = _claim if batch_type == BatchType.CLAIM else _end
    return check_person(body, record, line.read.values, known.periods_of(record))


def _claim(
    body: AppropriateBody,
    record: TeacherRecord,
    values: Mapping[str, Any],
    periods: list[InductionPeriod],
) -> tuple[Checked, Act | None]:
    problem = claim_problem(body, record, periods)
    if problem:
        return _refused([("", why_not_claimable(problem, record.full_name))], record), None
    problems = claim_start_problems(record, values["started_on"], periods)
    if problems:
        return _refused(_in_words(problems, START, record), record), None
    claim = Claim(record, values["started_on"], values["training_programme"])
    before = f"{periods[-1].appropriate_body.name} released them" if periods else "No body had them"
    will_do = (
        f"{before}. Their induction with you starts on {govuk_date(claim.started_on)}, "
        f"{values['training_programme'].label.lower()}"
    )
    return _ready(record, will_do), lambda author: claim_ect(body, claim, author=author)


def _end(
    body: AppropriateBody,
    record: TeacherRecord,
    values: Mapping[str, Any],
    periods: list[InductionPeriod],
) -> tuple[Checked, Act | None]:
    reason = _why_not_held(body, record.full_name, periods)
    if reason:
        return _refused([("", reason)], record), None
    period = next(each for each in periods if each.is_open)
    terms_reason, words = values["terms_reason"]
    closing = {name: values[name] for name in ("finished_on", "number_of_terms")}
    problems = closing_problems(period, **closing, is_outcome=values["outcome"] is not None)
    if asks_for_reason(problems) and terms_reason is None:
        problems = [*without_reason(problems), Problem("terms_reason", "missing")]
    elif asks_for_reason(problems):
        faulty = problem_with_reason_words(words) if words else None
        problems = [*without_reason(problems), *([faulty] if faulty else [])]
    if problems:
        return _refused(_in_words(problems, _CLOSING, record), record), None
    act = release_ect if values["outcome"] is None else pass_induction

    def close(author: Author) -> InductionPeriod:
        reasons = {"terms_reason": terms_reason, "terms_reason_words": words}
        act(period, author=author, **closing, **reasons)
        return period

    return _ready(record, _told_of_closing(values)), close


_CLOSING: Wording = {**CLOSING, ("terms_reason", "missing"): _REASON_MISSING}


def _why_not_held(body: AppropriateBody, name: str, periods: list[InductionPeriod]) -> str:
    """Return why a body cannot end somebody's induction; empty where it can. First match wins."""
    if not periods:
        return f"You have not claimed {name}"
    outcome = periods[-1].outcome
    if outcome:
        how = "passed" if outcome == InductionOutcome.PASS else "failed"
        return f"{name} has already {how} induction"
    held = next((each for each in periods if each.is_open), None)
    if held is None:
        return f"{name} has no open induction with you"
    if held.appropriate_body_id != body.pk:
        return f"{name} is registered with {held.appropriate_body.name}"
    return ""


def _told_of_closing(values: Mapping[str, Any]) -> str:
    terms: Decimal = values["number_of_terms"]
    served = f"{terms.normalize():f} {'term' if terms == 1 else 'terms'} with you"
    last = f"Their last day with you is {govuk_date(values['finished_on'])}, after {served}"
    if values["outcome"] is None:
        return f"You release them. {last}"
    return f"They pass induction. {last}. Their placement, training and mentoring end today"


def _who(line: Line, others: Others) -> tuple[TeacherRecord | None, list[tuple[str, str]]]:
    """Return whom a line is about, and why nothing can be done for them yet."""
    wrong = list(line.read.problems)
    if line.read.can_be_looked_up and line.held.outcome in NOT_FOUND:
        wrong.append(NOT_FOUND[line.held.outcome])
    record = line.record
    if record and (beside := others.beside(line, record)):
        lines = " and ".join(str(number) for number in beside)
        wrong.append(("", _TWICE.format(name=record.full_name, lines=lines)))
    return record, wrong


def _in_words(
    problems: Iterable[Problem], wording: Wording, record: TeacherRecord
) -> list[tuple[str, str]]:
    def shown(value: Any) -> str:
        return govuk_date(value) if hasattr(value, "year") else str(value)

    return [
        (
            problem.field,
            told(
                problem,
                wording.get((problem.field, problem.code)) or wording.get(problem.code),
                {"name": record.full_name},
                shown,
            ),
        )
        for problem in problems
    ]


def _ready(record: TeacherRecord, will_do: str) -> Checked:
    return Checked(SubmissionState.OK, trn=record.trn, name=record.full_name, will_do=f"{will_do}.")


def _refused(wrong: Iterable[tuple[str, str]], record: TeacherRecord | None) -> Checked:
    return Checked(
        SubmissionState.ERROR,
        tuple(wrong),
        trn=record.trn if record else None,
        name=record.full_name if record else None,
    )
