"""Find the examples in the guidance, run them, and compare the answers with what is printed.

An example is a block of ``sh``. The block right after it may be its answer: ``json`` (with the
status if it is not 200, ``part`` when attributes are left out, ``keys`` when values vary) or
``http`` (status and headers). Blocks of ``python`` of one page are one program.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from providers.documentation.content import pages

#: After each answer curl writes the status between these marks.
_ANSWER = re.compile(r"(?P<body>.*?)\n?~~(?P<status>\d{3})~~", re.DOTALL)
_BLOCK = re.compile(r"^```(?P<info>\w+[^\n]*)\n(?P<code>.*?)^```$", re.DOTALL | re.MULTILINE)
#: Values that differ from run to run: ids, dates, ETags, addresses.
_VARIES = re.compile(
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d{2}-\d{2}(T[\d:]{8}Z)?|\d+"
)


@dataclass(frozen=True)
class Block:
    """A block of code of a page: its language and flags, what it says, and where it is."""

    page: str
    number: int
    language: str
    flags: tuple[str, ...]
    code: str

    def __str__(self) -> str:
        return f"{self.page}, block {self.number}"


@dataclass(frozen=True)
class Example:
    """A request of a page, and the answer that the page prints, if any."""

    request: Block
    answer: Block | None


@dataclass(frozen=True)
class Answer:
    """What came back: the status, and the body (with headers when they were asked for)."""

    status: int
    text: str


def blocks(page: str, body: str) -> list[Block]:
    """Return all blocks of a page in order."""
    found = []
    for number, match in enumerate(_BLOCK.finditer(body), start=1):
        language, *flags = match["info"].split()
        found.append(Block(page, number, language, tuple(flags), match["code"]))
    return found


def examples(page: str, body: str) -> list[Example]:
    """Return the requests of a page in order, each with its answer."""
    listed = blocks(page, body)
    following: list[Block | None] = [*listed[1:], None][: len(listed)]
    return [
        Example(block, after if after and after.language in ("json", "http") else None)
        for block, after in zip(listed, following, strict=True)
        if block.language == "sh"
    ]


def program(page: str, body: str) -> str:
    """Return the Python of a page as one program, empty when there is none."""
    return "\n\n".join(each.code for each in blocks(page, body) if each.language == "python")


def bodies() -> dict[str, str]:
    """Return the Markdown of every page by its slug."""
    return {page.slug: page.body for page in pages()}


def run(example: Example, variables: Mapping[str, str], home: Path) -> list[Answer]:
    """Run a request in a shell with the real curl; return what each of its curls got."""
    (home / ".curlrc").write_text('silent\nshow-error\nwrite-out = "\\n~~%{http_code}~~\\n"\n')
    done = subprocess.run(
        ["bash", "-eu", "-c", example.request.code],
        env=environment(variables, home),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, f"{example.request}: {done.stderr}"
    return [
        Answer(int(match["status"]), match["body"].strip())
        for match in _ANSWER.finditer(done.stdout)
    ]


def run_program(code: str, variables: Mapping[str, str], home: Path) -> str:
    """Run Python as a reader would; return what it prints."""
    script = home / "example.py"
    script.write_text(code)
    done = subprocess.run(
        [sys.executable, str(script)],
        env=environment(variables, home),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def environment(variables: Mapping[str, str], home: Path) -> dict[str, str]:
    """Return all that an example finds in its shell."""
    return {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "HOME": str(home),
        "CURL_HOME": str(home),
        "NO_PROXY": "*",
        **variables,
    }


def differences(example: Example, answers: list[Answer]) -> list[str]:
    """Return how what came back differs from what the page prints."""
    if not answers:
        return ["nothing was asked"]
    *others, last = answers
    wrong = [f"an earlier status {each.status}" for each in others if each.status != 200]
    expected = example.answer
    if expected is None:
        return wrong + ([] if last.status == 200 else [f"status {last.status}: {last.text}"])
    if expected.language == "http":
        return wrong + list(_differences_of_head(expected.code, last))
    status = next((int(flag) for flag in expected.flags if flag.isdigit()), 200)
    if last.status != status:
        return [*wrong, f"status {last.status}: {last.text}"]
    return wrong + list(
        _differences(
            json.loads(expected.code),
            json.loads(last.text),
            is_part="part" in expected.flags,
            only_keys="keys" in expected.flags,
        )
    )


def _differences_of_head(printed: str, answer: Answer) -> Iterator[str]:
    first, *lines = printed.strip().splitlines()
    if first.split()[1] != str(answer.status):
        yield f"status {answer.status}: {answer.text}"
    got = {
        line.partition(":")[0].strip().lower(): line.partition(":")[2].strip()
        for line in answer.text.splitlines()
    }
    for line in lines:
        name, _, value = line.partition(":")
        pattern = re.sub(r"[0-9a-f]{32}|(?<=after=)[0-9]+", "…", value.strip())
        pattern = re.escape(pattern).replace("…", ".+").replace("https:", "https?:")
        if not re.fullmatch(pattern, got.get(name.lower(), "")):
            yield f"{name}: {got.get(name.lower())}"


def _differences(
    printed: Any, got: Any, *, is_part: bool, only_keys: bool, where: str = ""
) -> Iterator[str]:
    if isinstance(printed, dict) and isinstance(got, dict):
        missing = printed.keys() - got.keys()
        extra = set() if is_part else got.keys() - printed.keys()
        if missing or extra:
            yield f"{where}: missing {sorted(missing)}, not printed {sorted(extra)}"
        pairs = [(key, printed[key], got[key]) for key in printed if key in got]
    elif isinstance(printed, list) and isinstance(got, list):
        is_free = only_keys and where != "/data"
        if not is_free and (len(got) < len(printed) or (got and not printed and not is_part)):
            yield f"{where}: {len(got)} items, {len(printed)} printed"
        pairs = [(number, *pair) for number, pair in enumerate(zip(printed, got, strict=False))]
    else:
        if not _is_same(printed, got, only_keys=only_keys):
            yield f"{where}: {got!r}, printed {printed!r}"
        return
    for key, one, other in pairs:
        yield from _differences(
            one, other, is_part=is_part, only_keys=only_keys, where=f"{where}/{key}"
        )


def _is_same(printed: Any, got: Any, *, only_keys: bool) -> bool:
    if only_keys and None in (printed, got):
        return True
    if type(printed) is not type(got):
        return False
    if only_keys or (isinstance(printed, int) and not isinstance(printed, bool)):
        return True
    if isinstance(printed, str) and _VARIES.fullmatch(printed):
        return bool(_VARIES.fullmatch(got))
    return bool(printed == got)
