"""What a command ends with when a rule or the database refuses."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.core.management.base import CommandError

from register_ects.rules.problems import RuleBroken, told


@contextmanager
def refusing_with(wording: Mapping[str, str]) -> Iterator[None]:
    """End the command with each problem of a refusal: ``"field code"`` leads to a sentence."""
    try:
        yield
    except RuleBroken as refusal:
        sentences = (
            told(problem, wording.get(f"{problem.field} {problem.code}".strip()))
            for problem in refusal.problems
        )
        raise CommandError(". ".join(sentences)) from None
