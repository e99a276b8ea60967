"""What the answers given so far mean: whether the ECT was told, and how the period is closed."""

from collections.abc import Mapping
from typing import Any

from appropriate_bodies.fail_ect.forms import FailForm
from register_ects.models import InductionPeriod
from register_ects.operations.inductions.closing import mark_of_period


class FailAnswers:
    """The answers of one draft, read for the period that it is about."""

    def __init__(self, given: Mapping[str, Any], period: InductionPeriod) -> None:
        self.given = given
        self.period = period

    @property
    def was_told(self) -> bool:
        """Whether the ECT was told of a fail of the period as it is now."""
        told_of = self.given.get("seen") if self.given.get("told") else None
        return told_of == mark_of_period(self.period)

    @property
    def closing(self) -> dict[str, Any]:
        """How the period is closed, once everything is answered."""
        return {name: self.given[name] for name in FailForm.base_fields}
