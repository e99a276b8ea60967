"""What a scenario of the sandbox is, and the tables of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from register_ects.invented.sandbox.builder import Builder
from register_ects.rules.enumerations import SandboxGroup

Build = Callable[..., object]


@dataclass(frozen=True)
class Scenario:
    """A situation, built ``times`` over. ``key`` names it in addresses and ids."""

    group: SandboxGroup
    key: str
    title: str
    build: Callable[[Builder], object]
    times: int = 1

    def all_keys(self) -> list[str]:
        """Return the key of each time it is built."""
        if self.times == 1:
            return [self.key]
        return [f"{self.key}-{number}" for number in range(1, self.times + 1)]


class Scenarios(list[Scenario]):
    """The scenarios of a group, in the order in which they are built."""

    def __init__(self, group: SandboxGroup) -> None:
        super().__init__()
        self._group = group

    def add(
        self, key: str, title: str, *, times: int = 1, each: Iterable[object] | None = None
    ) -> Callable[[Build], Build]:
        """Add the function below as a scenario; with ``each`` one for every value.

        The function is then given the value before the builder, and ``{}`` in the key and the
        title stands for it.
        """

        def decorate(build: Build) -> Build:
            if each is None:
                self.append(Scenario(self._group, key, title, build, times))
            for value in each or ():
                its_key = key.format(f"{value}".replace("_", "-"))
                its_build = partial(build, value)
                self.append(Scenario(self._group, its_key, title.format(value), its_build, times))
            return build

        return decorate
