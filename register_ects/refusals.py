"""Words for what the database refuses: constraint name to field, code and message.

The one place where a constraint violation that got past a form becomes a readable error.
"""

from django.db import IntegrityError

from register_ects.rules.problems import Problem, RuleBroken


def rule_broken_by(error: IntegrityError) -> RuleBroken:
    """Return the refusal that tells a person what the database would not have."""
    cause = error.__cause__
    name = getattr(getattr(cause, "diag", None), "constraint_name", None) or "unknown"
    return RuleBroken([Problem("", name)])
