"""What a scenario of the sandbox is: a row of a table, built as often as it says."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from register_ects.invented.sandbox.scene import Scene
from register_ects.rules.enumerations import SandboxGroup


@dataclass(frozen=True)
class Scenario:
    """A situation, built ``times`` over. ``key`` names it in addresses and ids."""

    group: SandboxGroup
    key: str
    title: str
    build: Callable[[Scene], object]
    times: int = 1

    def all_keys(self) -> list[str]:
        """Return the key of each time it is built."""
        if self.times == 1:
            return [self.key]
        return [f"{self.key}-{number}" for number in range(1, self.times + 1)]


def september(year: int) -> date:
    """Return the first day of an academic year."""
    return date(year, 9, 1)
