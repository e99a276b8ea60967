"""What the answers given so far mean: which name, and whether it may be somebody else's."""

from collections.abc import Mapping
from typing import Any

from register_ects.models import Teacher
from register_ects.rules.name_changes import may_be_somebody_else


class NameAnswers:
    """The answers of one draft, read for the person that it is about."""

    def __init__(self, given: Mapping[str, Any], teacher: Teacher) -> None:
        self.new = str(given["name"])
        self.now = teacher.name
        self._confirmed = given.get("confirmed")

    @property
    def change(self) -> list[str]:
        """Return the name as it is and as it will be: what is confirmed on the page between."""
        return [self.now, self.new]

    @property
    def is_significant(self) -> bool:
        """Whether the first and the last name change, so that it is to be confirmed."""
        return may_be_somebody_else(self.now, self.new)

    @property
    def is_confirmed(self) -> bool:
        """Whether it was confirmed that this very change is of the same person's name."""
        return self._confirmed == self.change
