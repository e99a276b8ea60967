"""May this declaration be made? The ordered checks of spec 03 §3.3, with their Improves.

Problems name our own fields; each audience puts them into its own words. Checks run in order and
each is skipped when a field it relies on already failed.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import cast
from uuid import UUID

from register_ects.rules import evidence
from register_ects.rules.enumerations import DeclarationType, TraineeRole
from register_ects.rules.instants import LONDON, read_instant
from register_ects.rules.problems import Problem

COURSES = {"ecf-induction": TraineeRole.ECT, "ecf-mentor": TraineeRole.MENTOR}
#: Declaration types in the order in which training reaches them.
SEQUENCE = [str(value) for value in DeclarationType.values]
_MENTOR_FUNDED = (DeclarationType.STARTED, DeclarationType.COMPLETED)
_EXTENDED = (DeclarationType.EXTENDED_1, DeclarationType.EXTENDED_2, DeclarationType.EXTENDED_3)


@dataclass(frozen=True)
class SentDeclaration:
    """What a lead provider sent, as text; None is absent or null."""

    participant_id: str | None = None
    course_identifier: str | None = None
    declaration_type: str | None = None
    declaration_date: str | None = None
    evidence_type: str | None = None

    @property
    def role(self) -> TraineeRole | None:
        """Return the role that the course stands for."""
        return COURSES.get(self.course_identifier or "")

    @property
    def declared_at(self) -> datetime | None:
        """Return the instant declared, in UTC; None when the text is no date-time."""
        try:
            return read_instant(self.declaration_date or "")
        except ValueError:
            return None


class Participation(Enum):
    """What a lead provider may know of the person it names."""

    UNKNOWN = "unknown"
    TRAINED = "trained"
    REPLACED = "replaced"


@dataclass(frozen=True)
class LiveDeclaration:
    """A declaration of the same person and role that holds its slot, from any provider."""

    declaration_type: str
    declared_at: datetime


@dataclass(frozen=True)
class MilestoneWindow:
    """The London days on which a type may be dated, both inclusive; ``last`` None is no end."""

    first: date
    last: date | None


@dataclass(frozen=True)
class TrainingFacts:
    """The lead provider's latest training of the role, and what bears on a declaration for it.

    ``withdrawn_at`` is None unless the training status is withdrawn. ``frozen_year_today`` is the
    frozen contract period of the training that covers today, with any provider. ``statement_open``
    says whether an open output statement could take the declaration.
    """

    contract_year: int
    milestones: dict[str, MilestoneWindow]
    live: Sequence[LiveDeclaration] = ()
    withdrawn_at: datetime | None = None
    frozen_year_today: int | None = None
    fundable: bool = False
    statement_open: bool = False
    mentor_funding: bool = False
    detailed_evidence: bool = False
    in_sequence: bool = False


@dataclass(frozen=True)
class Participant:
    """The person named, as the lead provider may know them. ``training`` is of the role named."""

    participation: Participation = Participation.UNKNOWN
    replaced_by: UUID | None = None
    training: TrainingFacts | None = None


def problems_with_declaring(
    claim: SentDeclaration, participant: Participant, *, now: datetime
) -> list[Problem]:
    """List the reasons to refuse a declaration; none means that it may be made.

    What is missing or unknown is told alone, first problem first; only then do the rules of the
    training speak, at most once for each field. Source: spec 03 §3.3, spec 00.
    """
    problem = _problem_with_claim(claim, participant)
    if problem is not None:
        return [problem]
    training = cast("TrainingFacts", participant.training)
    return _problems_with_training(_Declared.read(claim), training, now=now)


def _problem_with_claim(claim: SentDeclaration, participant: Participant) -> Problem | None:
    """Return the first problem with what was sent: presence first, then existence."""
    if _is_blank(claim.participant_id):
        return Problem("participant_id", "blank")
    if participant.participation == Participation.REPLACED:
        return Problem("participant_id", "replaced", {"replaced_by": participant.replaced_by})
    if participant.participation == Participation.UNKNOWN:
        return Problem("participant_id", "unknown")
    if _is_blank(claim.course_identifier):
        return Problem("course_identifier", "blank")
    if claim.role is None:
        return Problem("course_identifier", "unknown")
    if _is_blank(claim.declaration_date):
        return Problem("declaration_date", "blank")
    if claim.declared_at is None:
        return Problem("declaration_date", "wrong_format")
    if participant.training is None:
        return Problem("course_identifier", "never_trained")
    if _is_blank(claim.declaration_type):
        return Problem("declaration_type", "blank")
    if claim.declaration_type not in SEQUENCE:
        return Problem("declaration_type", "unknown")
    return None


@dataclass(frozen=True)
class _Declared:
    """A claim that was checked: everything in it is present and known."""

    role: TraineeRole
    declaration_type: str
    declared_at: datetime
    evidence_type: str | None

    @classmethod
    def read(cls, claim: SentDeclaration) -> "_Declared":
        return cls(
            role=cast("TraineeRole", claim.role),
            declaration_type=cast("str", claim.declaration_type),
            declared_at=cast("datetime", claim.declared_at),
            evidence_type=None if _is_blank(claim.evidence_type) else claim.evidence_type,
        )


_Check = Callable[[_Declared, TrainingFacts, datetime], Problem | None]


def _problems_with_training(
    declared: _Declared, training: TrainingFacts, *, now: datetime
) -> list[Problem]:
    problems: dict[str, Problem] = {}
    for check, relies_on in _CHECKS:
        blocked = problems if relies_on is _EVERYTHING else problems.keys() & set(relies_on)
        problem = None if blocked else check(declared, training, now)
        if problem is not None:
            problems.setdefault(problem.field, problem)
    return list(problems.values())


def _slot_is_free(declared: _Declared, training: TrainingFacts, _: datetime) -> Problem | None:
    taken = any(live.declaration_type == declared.declaration_type for live in training.live)
    return Problem("declaration_type", "already_declared") if taken else None


def _not_in_the_future(declared: _Declared, _: TrainingFacts, now: datetime) -> Problem | None:
    return Problem("declaration_date", "in_the_future") if declared.declared_at > now else None


def _within_milestone(declared: _Declared, training: TrainingFacts, _: datetime) -> Problem | None:
    window = training.milestones.get(declared.declaration_type)
    day = declared.declared_at.astimezone(LONDON).date()
    if window is None:
        return None
    if day < window.first:
        return Problem("declaration_date", "before_milestone", {"first": window.first})
    if window.last is not None and day > window.last:
        return Problem("declaration_date", "after_milestone", {"last": window.last})
    return None


def _mentor_type(declared: _Declared, training: TrainingFacts, _: datetime) -> Problem | None:
    if declared.role != TraineeRole.MENTOR:
        return None
    if training.mentor_funding and declared.declaration_type not in _MENTOR_FUNDED:
        return Problem("declaration_type", "not_for_funded_mentors")
    if declared.declaration_type in _EXTENDED:
        return Problem("declaration_type", "not_for_mentors")
    return None


def _evidence(declared: _Declared, training: TrainingFacts, _: datetime) -> Problem | None:
    allowed = evidence.allowed(
        declared.declaration_type, role=declared.role, detailed=training.detailed_evidence
    )
    if allowed is None:
        return None
    if declared.evidence_type is None:
        return Problem("evidence_held", "blank", {"allowed": allowed})
    if declared.evidence_type not in allowed:
        return Problem("evidence_held", "not_allowed", {"allowed": allowed})
    return None


def _before_withdrawal(declared: _Declared, training: TrainingFacts, _: datetime) -> Problem | None:
    withdrawn_at = training.withdrawn_at
    if withdrawn_at is not None and declared.declared_at >= withdrawn_at:
        return Problem("participant_id", "withdrawn", {"withdrawn_at": withdrawn_at})
    return None


def _not_frozen(_: _Declared, training: TrainingFacts, __: datetime) -> Problem | None:
    year = training.frozen_year_today
    return None if year is None else Problem("cohort", "payments_frozen", {"year": year})


def _statement_is_open(_: _Declared, training: TrainingFacts, __: datetime) -> Problem | None:
    if training.fundable and not training.statement_open:
        return Problem("cohort", "no_open_statement", {"year": training.contract_year})
    return None


def _milestone_exists(declared: _Declared, training: TrainingFacts, _: datetime) -> Problem | None:
    if declared.declaration_type in training.milestones:
        return None
    return Problem("declaration_type", "not_in_schedule")


def _in_sequence(declared: _Declared, training: TrainingFacts, _: datetime) -> Problem | None:
    if not training.in_sequence:
        return None
    place = SEQUENCE.index(declared.declaration_type)
    for live in training.live:
        other = SEQUENCE.index(live.declaration_type)
        too_early = other < place and declared.declared_at < live.declared_at
        too_late = other > place and declared.declared_at > live.declared_at
        if too_early or too_late:
            return Problem("declaration_date", "out_of_sequence", {"other": live.declaration_type})
    return None


_EVERYTHING: Collection[str] = ("",)
_TYPE, _DATE, _PERSON, _YEAR = "declaration_type", "declaration_date", "participant_id", "cohort"
#: Checks 9 to 19 of spec 03 §3.3, each with the fields that must not have failed before.
_CHECKS: list[tuple[_Check, Collection[str]]] = [
    (_slot_is_free, (_TYPE, _DATE)),
    (_not_in_the_future, (_DATE, _TYPE, _PERSON)),
    (_within_milestone, (_DATE, _TYPE, _YEAR)),
    (_mentor_type, (_TYPE, _YEAR)),
    (_evidence, _EVERYTHING),
    (_before_withdrawal, (_PERSON,)),
    (_not_frozen, (_YEAR,)),
    (_statement_is_open, (_TYPE, _YEAR)),
    (_milestone_exists, (_DATE, _TYPE, _PERSON, _YEAR)),
    (_in_sequence, (_DATE, _TYPE)),
]


def _is_blank(text: str | None) -> bool:
    return text is None or not text.strip()
