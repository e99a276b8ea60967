"""The lines of the benchmark: what was measured, against what, and whether that is enough."""

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

#: How many times the rounds a line gets that failed at first: other programs disturb.
AGAIN = 3


@dataclass(frozen=True)
class Line:
    """One measured figure and its limit; times are in milliseconds, None where none was taken."""

    group: str
    name: str
    baseline: str
    figure: float
    limit: float
    passed: bool
    ours: float | None = None
    theirs: float | None = None
    unit: str = "times"
    at_least: bool = False

    def __str__(self) -> str:
        word = "at least" if self.at_least else "at most"
        times = (
            f"{self.ours:9.1f} ms {self.theirs:9.1f} ms"
            if self.ours is not None and self.theirs is not None
            else " " * 25
        )
        verdict = "pass" if self.passed else "FAIL"
        return (
            f"{verdict}  {self.name:<44.44} {times}  {self.figure:7.2f} {self.unit:<5}"
            f" ({word} {self.limit:g})  {self.baseline}"
        )


@dataclass
class Report:
    """All lines so far, printed as they come."""

    rounds: int
    lines: list[Line] = field(default_factory=list)
    group: str = ""

    def begin(self, group: str) -> None:
        """Name what the following lines are about."""
        self.group = group
        print(f"\n{group}\n{'':6}{'':45}{'here':>12} {'baseline':>12}", flush=True)

    def ratio(
        self,
        name: str,
        subject: Callable[[], Any],
        baseline: Callable[[], Any],
        *,
        against: str,
        limit: float,
    ) -> None:
        """Time both in turn and compare the medians; once more, for longer, if that fails.

        A function that returns seconds (a float) timed itself.
        """
        subject(), baseline()
        ours, theirs = _medians(subject, baseline, self.rounds)
        if ours / theirs > limit:
            ours, theirs = _medians(subject, baseline, AGAIN * self.rounds)
        figure = ours / theirs
        self.add(name, against, figure, limit, ours=ours * 1000, theirs=theirs * 1000)

    def add(
        self,
        name: str,
        baseline: str,
        figure: float,
        limit: float,
        *,
        at_least: bool = False,
        **more: Any,
    ) -> None:
        """Keep and print a line."""
        passed = figure >= limit if at_least else figure <= limit
        line = Line(self.group, name, baseline, figure, limit, passed, at_least=at_least, **more)
        self.lines.append(line)
        print(line, flush=True)

    def missing(self, name: str, why: str) -> None:
        """Keep a line that could not be measured: it counts as failed."""
        self.lines.append(Line(self.group, name, why, 0, 0, passed=False))
        print(f"FAIL  {name:<44.44} not measured: {why}", flush=True)

    @property
    def failed(self) -> list[Line]:
        """The lines that did not pass."""
        return [line for line in self.lines if not line.passed]

    def write(self, path: Path, **about: Any) -> None:
        """Keep everything as JSON."""
        content = {
            **about,
            "passed": not self.failed,
            "lines": [asdict(each) for each in self.lines],
        }
        path.write_text(json.dumps(content, indent=1) + "\n")


def _medians(
    subject: Callable[[], Any], baseline: Callable[[], Any], rounds: int
) -> tuple[float, float]:
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        times[1].append(_seconds(baseline))
        times[0].append(_seconds(subject))
    return median(times[0]), median(times[1])


def _seconds(call: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    answer = call()
    return answer if isinstance(answer, float) else time.perf_counter() - begun
