"""Check that every pinned package installs without a compiler on every machine we name.

For each Python from 3.11 to 3.14, on x86-64 and on ARM, each package of the lock files must have
a wheel. uv, which wrote the lock files, looks it up in the package index. What has been found is
kept in ``var/`` for as long as the lock files stay the same. Where no index can be reached the
check says so and passes.
"""

import hashlib
import itertools
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
#: The oldest C library of a Debian or Ubuntu that has Python 3.11 is newer than 2.28.
PLATFORMS = ("x86_64-manylinux_2_28", "aarch64-manylinux_2_28")
LOCK_FILES = (ROOT / "requirements" / "base.txt", ROOT / "requirements" / "dev.txt")
CHECKED = ROOT / "var" / "wheels-checked"
#: uv's words for a package that would have to be built: "no usable wheels", "no wheels with …".
_NO_WHEEL = re.compile(r"\S+ has no (usable )?wheels.*? and\b")
_UNREACHABLE = ("error sending request", "Failed to fetch", "Network connectivity", "offline")
_TOGETHER = 4


@dataclass(frozen=True)
class Machine:
    """A Python on a kind of processor."""

    python: str
    platform: str

    def __str__(self) -> str:
        return f"Python {self.python} on {self.platform.partition('-')[0]}"


@dataclass(frozen=True)
class Answer:
    """What uv said about one machine; ``complaint`` is empty if every package has a wheel."""

    machine: Machine
    complaint: str

    @property
    def is_known(self) -> bool:
        """Whether the index could be asked."""
        missing = _NO_WHEEL.search(self.complaint)
        return bool(missing) or not any(words in self.complaint for words in _UNREACHABLE)

    def __str__(self) -> str:
        missing = _NO_WHEEL.search(self.complaint)
        return f"{self.machine}: {missing[0][:-4] if missing else self.complaint}"


def main() -> int:
    """Return 1 if a wheel is missing, else 0."""
    found = fingerprint()
    if CHECKED.exists() and CHECKED.read_text() == found:
        _say("Wheels: nothing has changed since the last check.")
        return 0
    machines = [Machine(*each) for each in itertools.product(PYTHONS, PLATFORMS)]
    with ThreadPoolExecutor(_TOGETHER) as pool:
        answers = list(pool.map(ask, machines))
    if not all(answer.is_known for answer in answers):
        _say("Wheels: not checked, the package index cannot be reached.")
        return 0
    for answer in answers:
        if answer.complaint:
            _say(str(answer))
    if any(answer.complaint for answer in answers):
        return 1
    CHECKED.parent.mkdir(parents=True, exist_ok=True)
    CHECKED.write_text(found)
    return 0


def fingerprint() -> str:
    """Return what changes with anything that the result depends on."""
    digest = hashlib.sha256()
    for path in (*LOCK_FILES, Path(__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def ask(machine: Machine) -> Answer:
    """Ask uv for every package's wheel for one machine."""
    environment = dict(os.environ)
    if "PIP_INDEX_URL" in environment:  # uv does not know pip's variable
        environment.setdefault("UV_DEFAULT_INDEX", environment["PIP_INDEX_URL"])
    uv = Path(sys.executable).parent / "uv"
    result = subprocess.run(  # noqa: S603  our own pinned package's program
        [
            *(uv, "pip", "compile", "--quiet", "--no-deps", "--no-header", "--no-config"),
            *("--only-binary", ":all:", "--python", sys.executable),
            *("--python-version", machine.python, "--python-platform", machine.platform),
            *("--output-file", "/dev/null", *LOCK_FILES),
        ],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    said = " ".join(result.stderr.split()) or "uv ended without a word"
    return Answer(machine, said if result.returncode else "")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
