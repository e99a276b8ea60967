"""Stored codes as people read them: in the texts of events, which keep what was written then.

A code in quotes (``'pass'``) always stands for a value. Elsewhere only codes that nobody would
write as a word are replaced (``75-percent-engagement-met``, ``RequiredToComplete``).
"""

import re

from django.db.models import TextChoices

from register_ects.rules import enumerations as domain

#: What is recorded of people and payments; where two share a code, the later one's label holds.
_ENUMERATIONS: tuple[type[TextChoices], ...] = (
    domain.TermsReason,
    domain.TrainingProgramme,
    domain.TraineeRole,
    domain.ScheduleIdentifier,
    domain.DeclarationType,
    domain.EvidenceType,
    domain.PaymentStatus,
    domain.ClawbackStatus,
    domain.WithdrawalReason,
    domain.DeferralReason,
    domain.WorkingPattern,
    domain.InductionOutcome,
    domain.LegacyInductionProgramme,
    domain.InductionStatus,
    domain.TRSResponse,
    domain.MentorFundingEndReason,
    domain.AnonymisationReason,
    domain.ContractType,
    domain.FeeType,
    domain.StatementStatus,
)

LABELS = {str(choice.value): str(choice.label) for kind in _ENUMERATIONS for choice in kind}

_UNMISTAKABLE = re.compile(r"[-_0-9]|[a-z][A-Z]")
_QUOTED = re.compile("'(" + "|".join(re.escape(code) for code in LABELS) + ")'")
_LOOSE = re.compile(
    r"(?<![\w-])("
    + "|".join(
        re.escape(code)
        for code in sorted(LABELS, key=len, reverse=True)
        if _UNMISTAKABLE.search(code)
    )
    + r")(?![\w-])"
)


def in_words(text: str) -> str:
    """Replace the codes in a text by what they mean.

    >>> in_words("Outcome 'pass' removed"), in_words("The retained-1 declaration became eligible")
    ("Outcome 'Passed' removed", 'The retained 1 declaration became eligible')
    """
    text = _QUOTED.sub(lambda found: f"'{LABELS[found[1]]}'", text)
    return _LOOSE.sub(lambda found: _in_place(LABELS[found[1]], found.start()), text)


def _in_place(words: str, start: int) -> str:
    """Write a label without its capital unless it begins the text."""
    keeps_capital = start == 0 or words[1:2].isupper()
    return words if keeps_capital else words[:1].lower() + words[1:]
