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

#: What changed, as it is recorded (the name of the field), and as people call it.
FIELDS = {
    "Started on": "Start date",
    "Finished on": "End date",
    "Deferred at": "Time of deferral",
    "Withdrawn at": "Time of withdrawal",
    "ECT first became eligible for training at": "First day eligible for funding as an ECT",
    "Mentor first became eligible for training at": "First day eligible for funding as a mentor",
    "ECT became ineligible for funding on": "Day when funding as an ECT ended",
    "Mentor became ineligible for funding on": "Day when funding as a mentor ended",
    "Mentor became ineligible for funding reason": "Reason why funding as a mentor ended",
    "TRS QTS awarded on": "QTS date in TRS",
    "TRS QTS status description": "QTS status in TRS",
    "TRS initial teacher training provider name": "Initial teacher training provider in TRS",
    "TRS initial teacher training end date": "End of initial teacher training in TRS",
    "TRS induction start date": "Induction start date in TRS",
    "TRS induction completed date": "Induction end date in TRS",
    "Anonymised at": "Time of anonymisation",
    "TRS data last refreshed at": "Last time that TRS was read",
    "TRS response": "Answer of TRS",
    "TRS redirected to": "TRN that TRS points to",
    "API request limit": "Limit of API requests",
}
_FIELD = re.compile(
    "(" + "|".join(map(re.escape, FIELDS)) + r")(?= (?:set|not|changed|unchanged|'))"
)

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


def change_in_words(text: str) -> str:
    """Write a recorded change with the plain name of what changed, and values as labels.

    >>> change_in_words("Started on set to '1 Sep 2025'")
    "Start date set to '1 Sep 2025'"
    """
    found = _FIELD.match(text)
    return in_words(FIELDS[found[1]] + text[found.end() :] if found else text)


def as_planned(event_type: str, heading: str) -> str:
    """Write the heading of an event that lies ahead as something to come.

    >>> as_planned("teacher_left_school_as_ect", "Ada Okafor left Hazel Grove")
    'Ada Okafor will leave Hazel Grove'
    """
    for now, ahead in _TENSES.get(event_type, ()):
        if now in heading:
            return heading.replace(now, ahead, 1)
    return heading


_LEAVES = ((" left ", " will leave "),)
_REGISTERED = ((" was registered as ", " is registered to start as "),)
_TENSES = {
    "teacher_left_school_as_ect": _LEAVES,
    "teacher_left_school_as_mentor": _LEAVES,
    "teacher_registered_as_ect": _REGISTERED,
    "teacher_registered_as_mentor": _REGISTERED,
    "teacher_starts_training_period": ((" starts training ", " will start training "),),
    "teacher_finishes_training_period": (
        (" finished training ", " will finish training "),
        (" finishes training ", " will finish training "),
    ),
    "teacher_starts_being_mentored": ((" is mentored by ", " will be mentored by "),),
    "teacher_starts_mentoring": ((" mentors ", " will mentor "),),
    "teacher_finishes_being_mentored": (
        (" finished being mentored by ", " will stop being mentored by "),
    ),
    "teacher_finishes_mentoring": ((" finished mentoring ", " will stop mentoring "),),
}


def _in_place(words: str, start: int) -> str:
    """Write a label without its capital unless it begins the text."""
    keeps_capital = start == 0 or words[1:2].isupper()
    return words if keeps_capital else words[:1].lower() + words[1:]
