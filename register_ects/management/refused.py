"""What a command ends with when a rule or the database refuses."""

from collections.abc import Mapping

from django.core.management.base import CommandError

from register_ects.rules.problems import RuleBroken, told


def command_error(refusal: RuleBroken, wording: Mapping[str, str]) -> CommandError:
    """Return the error that tells each problem: ``wording`` maps ``"field code"`` to a sentence."""
    sentences = (
        told(problem, wording.get(f"{problem.field} {problem.code}".strip()))
        for problem in refusal.problems
    )
    return CommandError(". ".join(sentences))
