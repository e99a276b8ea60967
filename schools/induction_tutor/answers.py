"""What the answers given so far mean: who is to be the induction tutor."""

from collections.abc import Mapping
from typing import Any

from register_ects.models import School
from register_ects.operations.schools.induction_tutors import tutor_of
from register_ects.rules.induction_tutors import InductionTutor


class TutorAnswers:
    """The answers of one draft, read for one school."""

    def __init__(self, given: Mapping[str, Any], school: School) -> None:
        self.given = given
        self.now = tutor_of(school)

    @property
    def is_confirmed(self) -> bool:
        """Whether the tutor was said to be right as they stand."""
        return bool(self.given.get("is_correct") == "yes")

    @property
    def tutor(self) -> InductionTutor:
        """Return who is to be the induction tutor."""
        if self.is_confirmed:
            return self.now
        return InductionTutor(
            self.given["induction_tutor_name"], self.given["induction_tutor_email"]
        )
