"""Every regular expression takes time in proportion to the text, however that is made up.

The uses are found in the source of the service; the texts are made from the expressions
themselves, so that each repetition in them is made to go on and then to fail.
"""

import ast
import importlib
import re
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from re import _constants as kinds
from re import _parser as parser
from types import ModuleType
from typing import Any

import pytest

from register_ects.embedded import ROOT

pytestmark = pytest.mark.no_database

PACKAGES = ("register_ects", "schools", "appropriate_bodies", "providers", "finance", "support")
METHODS = {"match", "fullmatch", "search", "findall", "finditer", "split", "sub", "subn"}
#: Characters, and the seconds of processor time that they may take (linear ones take 0.01).
SHORT, LONG = (4_000, 0.05), (100_000, 0.5)


# -- What is matched where -------------------------------------------------------------------


def sources() -> Iterator[tuple[str, ast.Module]]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            if "migrations" not in path.parts and ("import re\n" in text or "_re." in text):
                name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
                yield name.removesuffix(".__init__"), ast.parse(text)


def uses() -> dict[tuple[str, int, str], str]:
    """Return by pattern, flags and method where it is used that way."""
    found: dict[tuple[str, int, str], str] = {}
    for name, tree in sources():
        module = importlib.import_module(name)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                pattern = pattern_of(node, module)
                if pattern is not None:
                    key = (pattern.pattern, pattern.flags, node.func.attr)
                    found.setdefault(key, f"{name}:{node.lineno}")
    return found


def pattern_of(call: ast.Call, module: ModuleType) -> re.Pattern[str] | None:
    """Return the pattern that a call applies, None for a call of another kind."""
    method = call.func
    assert isinstance(method, ast.Attribute)
    if method.attr not in METHODS:
        return None
    owner = value_of(method.value, module)
    if isinstance(owner, re.Pattern):
        return owner
    if owner is not re:
        return None
    flags = next((each.value for each in call.keywords if each.arg == "flags"), None)
    if flags is None and method.attr in ("match", "fullmatch", "search", "findall"):
        flags = next(iter(call.args[2:]), None)
    pattern = value_of(call.args[0], module)
    assert isinstance(pattern, str), f"{module.__name__}:{call.lineno} cannot be tested"
    return re.compile(pattern, value_of(flags, module) if flags else 0)


def value_of(node: ast.expr, module: ModuleType) -> Any:
    """Return what a name, a constant or an attribute of them stands for in a module."""
    try:
        return eval(compile(ast.Expression(node), "use", "eval"), vars(module))
    except (NameError, AttributeError, TypeError, ValueError, KeyError, IndexError):
        return None


def compiled() -> Iterator[tuple[str, re.Pattern[str]]]:
    for name, _ in sources():
        for attribute, value in vars(importlib.import_module(name)).items():
            if isinstance(value, re.Pattern):
                yield f"{name}.{attribute}", value


# -- Texts that are hard for a pattern -------------------------------------------------------


def samples(pattern: str, flags: int) -> list[str]:
    """Return texts that match the pattern, each repetition in it taken at least once."""
    return list(islice(_of_sequence(parser.parse(pattern, flags)), 12))


def _of_sequence(items: Iterable[Any]) -> Iterator[str]:
    texts = [""]
    for kind, value in items:
        choices = list(islice(_of_item(kind, value), 6)) or [""]
        texts = [before + choice for before in texts for choice in choices][:40]
    yield from texts


def _of_item(kind: Any, value: Any) -> Iterator[str]:
    if kind is kinds.LITERAL:
        yield chr(value)
    elif kind is kinds.NOT_LITERAL:
        yield "x" if value != ord("x") else "y"
    elif kind is kinds.ANY:
        yield "."
    elif kind is kinds.IN:
        yield from sorted({_of_class(value, prefer) for prefer in "a0 -"})
    elif kind is kinds.BRANCH:
        for branch in value[1]:
            yield from _of_sequence(branch)
    elif kind is kinds.SUBPATTERN:
        yield from _of_sequence(value[3])
    elif kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT):
        least, _, inner = value
        for text in _of_sequence(inner):
            yield text * max(least, 1)


def _of_class(items: list[Any], prefer: str) -> str:
    """Return a character of a class: ``prefer`` if it is in it, else any."""
    others = "a0 -Z_/[]{}\n!é.:"
    inverted = any(kind is kinds.NEGATE for kind, _ in items)
    named = [
        chr(value if kind is kinds.LITERAL else value[0])
        for kind, value in items
        if kind in (kinds.LITERAL, kinds.RANGE)
    ]
    for char in [prefer, *others, *(chr(code) for code in range(33, 127)), *named]:
        if any(_is_in(char, kind, value) for kind, value in items) != inverted:
            return char
    raise AssertionError(items)


def _is_in(char: str, kind: Any, value: Any) -> bool:
    if kind is kinds.LITERAL:
        return ord(char) == value
    if kind is kinds.RANGE:
        return bool(value[0] <= ord(char) <= value[1])
    if kind is kinds.CATEGORY:
        name = str(value).rpartition("_")[2]
        inside = {"DIGIT": str.isdigit, "SPACE": str.isspace, "WORD": _is_word}[name]
        return inside(char) != ("NOT" in str(value))
    return False


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def hard_texts(pattern: str, flags: int, length: int) -> Iterator[str]:
    """Yield texts of ``length`` in which one or two characters go on, then something fails."""
    seen = set()
    for sample in samples(pattern, flags):
        for place in range(min(len(sample), 60)):
            before, char = sample[:place], sample[place]
            if before.endswith(char):
                continue  # the same text as one place before
            units = {char, sample[place : place + 2], sample[: place + 1][-8:]}
            for shape in ((before, unit, end) for unit in units for end in ("", sample)):
                if shape not in seen:
                    seen.add(shape)
                    yield before + shape[1] * (length // len(shape[1])) + "\x00" + shape[2]


def seconds_for(pattern: re.Pattern[str], method: str, text: str) -> float:
    """Return the processor time that one use takes."""
    apply: Callable[[Any], Any] = getattr(pattern, method)
    is_of_bytes = isinstance(pattern.pattern, bytes)
    if method in ("sub", "subn"):
        apply = partial(apply, b"" if is_of_bytes else "")
    searched = text.encode("latin-1", "replace") if is_of_bytes else text
    begun = time.thread_time()
    found = apply(searched)
    if method == "finditer":
        list(found)
    return time.thread_time() - begun


USES = uses()


@pytest.mark.parametrize(
    ("pattern", "flags", "method"),
    [pytest.param(*key, id=f"{where} {key[2]}") for key, where in USES.items()],
)
def test_the_time_a_pattern_takes_grows_with_the_text_only(
    pattern: str, flags: int, method: str
) -> None:
    known = re.compile(pattern, flags)
    for length, most in (SHORT, LONG):
        for text in hard_texts(pattern, flags, length):
            took = (seconds_for(known, method, text) for _ in range(3))
            assert any(seconds < most for seconds in took), text[:80]


def test_every_pattern_that_is_kept_is_timed() -> None:
    timed = {(pattern, flags) for pattern, flags, _ in USES}
    missing = [name for name, each in compiled() if (each.pattern, each.flags) not in timed]

    assert missing == []


@pytest.mark.parametrize("pattern", [r"[a-z_]*[a-z][a-z_]*", r"(a+)+b", r"\d+-\d+x|\w+\s*x"])
def test_a_pattern_that_is_not_linear_is_noticed(pattern: str) -> None:
    slow = re.compile(pattern)
    length = 20 if "+)+" in pattern else 4_000
    method = "search" if "x" in pattern else "fullmatch"

    assert any(
        seconds_for(slow, method, text) > 0.02 for text in hard_texts(pattern, slow.flags, length)
    )
