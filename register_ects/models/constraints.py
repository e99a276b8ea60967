"""Constraints that say what a person is told when they refuse.

``problem`` is the input to mend and a code, ``"started_on overlaps"``, or a code alone where no
single input is to blame; ``sentence`` says what to mend, in the service's own terms (spec 01 §2),
and never how data are stored. They stand beside the rule so that both are changed together, and
are no part of what migrations know: another sentence needs no migration.
``register_ects/refusals.py`` finds them by the constraint's name.
"""

import copy
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models


@dataclass(frozen=True)
class Refusal:
    """What a person is told: the input to mend ("" for none), a code and a sentence."""

    field: str
    code: str
    sentence: str

    @classmethod
    def of(cls, problem: str, sentence: str) -> Self:
        """Return the refusal of a problem written as ``"field code"`` or ``"code"``."""
        field, _, code = problem.rpartition(" ")
        return cls(field, code, sentence)


class WordedConstraint(models.BaseConstraint):
    """One of Django's constraints, with its refusal."""

    #: Django's constraint that this one is to a migration.
    plain: ClassVar[str]

    def __init__(self, *args: Any, problem: str, sentence: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.refusal = Refusal.of(problem, sentence)

    def deconstruct(self) -> Any:
        """Return the rule alone, as Django's own constraint."""
        return (self.plain, *super().deconstruct()[1:])

    def clone(self) -> Self:
        """Return a copy with the same words."""
        return copy.copy(self)


class Check(WordedConstraint, models.CheckConstraint):
    """A condition that every row meets. One that comes out NULL passes."""

    plain = "django.db.models.CheckConstraint"


class Unique(WordedConstraint, models.UniqueConstraint):
    """Columns that no two rows share."""

    plain = "django.db.models.UniqueConstraint"


class Exclusion(WordedConstraint, ExclusionConstraint):
    """Periods that never overlap."""

    plain = "django.contrib.postgres.constraints.ExclusionConstraint"


class WordedTrigger(pgtrigger.Trigger):
    """A trigger that refuses as a constraint does: under ``raised_as``, or else its own name."""

    def __init__(
        self, *, name: str, problem: str, sentence: str, raised_as: str = "", **options: Any
    ) -> None:
        super().__init__(name=name, **options)
        self.raised_as = raised_as or name
        self.refusal = Refusal.of(problem, sentence)
