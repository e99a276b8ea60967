"""Tables of facts for the pages, from the reference data and the rules, never typed.

A page says ``{{ milestones 2024 }}`` and gets the table; ``markdown_for`` returns it as Markdown.
"""

import re
from collections.abc import Callable, Sequence
from typing import Final

from django.conf import settings

from providers.bulk import MOST_ITEMS
from providers.documentation import calendar, error_catalogue
from providers.documentation.content import TAGS, UnreadableContent
from providers.documentation.tables import code, codes, table
from providers.idempotency import KEPT_FOR
from providers.openapi.document import OPERATIONS
from providers.parameters import MOST_PER_PAGE, PER_PAGE
from providers.sandbox import sandbox
from providers.schemas.enumerations import ENUMERATIONS
from register_ects.rules import evidence
from register_ects.rules.declaration_states import state
from register_ects.rules.enumerations import (
    ClawbackStatus,
    DeclarationType,
    PaymentStatus,
    SandboxGroup,
    ScheduleIdentifier,
    ScheduleKind,
    TraineeRole,
)

_CODE = re.compile(r"[a-z]+\.[a-z_]+")
_ROLES: Final = {TraineeRole.ECT: "ECT", TraineeRole.MENTOR: "Mentor"}
#: Who may be on a schedule of each kind (spec 03 §1.2).
_KINDS: Final = {
    ScheduleKind.STANDARD: ("ECTs and mentors", "two years of training"),
    ScheduleKind.EXTENDED: ("ECTs and mentors", "training that takes longer than two years"),
    ScheduleKind.REDUCED: ("ECTs only", "an induction that was shortened"),
    ScheduleKind.REPLACEMENT: (
        "Mentors only",
        "a mentor who takes over an ECT that another mentor was declared for",
    ),
}


def is_code(text: str) -> bool:
    """Whether a heading is an error code, which is its own anchor.

    >>> is_code("declaration.blank"), is_code("Void a declaration")
    (True, False)
    """
    return _CODE.fullmatch(text) is not None


def markdown_for(name: str, argument: str | None) -> str:
    """Return what a directive stands for. Raises UnreadableContent for an unknown one."""
    try:
        return _DIRECTIVES[name](argument or "")
    except KeyError as error:
        raise UnreadableContent(f"Unknown facts: {name} {argument or ''}") from error


def evidence_rules(argument: str) -> str:
    """Return which evidence fits each declaration; ``argument`` is ``simple`` or ``detailed``."""
    detailed = {"simple": False, "detailed": True}[argument]
    rows = []
    for each in DeclarationType:
        for role, name in _ROLES.items():
            if _is_declared(each, role, detailed=detailed):
                allowed = evidence.allowed(each, role=role, detailed=detailed)
                rows.append([code(each), name, codes(allowed or ()) or "None needed"])
    cohorts = "2025 onwards" if detailed else "up to 2024"
    head = ["Declaration type", "Role", "Possible values of `evidence_held`"]
    return table(f"Evidence for declarations, cohorts {cohorts}", head, rows)


def declaration_types(argument: str) -> str:
    """Return which types each role has, by kind of schedule and cohort."""
    rows = []
    for detailed, cohorts in ((False, "Up to 2024"), (True, "2025 onwards")):
        for role, name in _ROLES.items():
            types = [
                each
                for each in DeclarationType
                if _is_declared(each, role, detailed=detailed) and not each.startswith("extended")
            ]
            extended = [
                each
                for each in DeclarationType
                if _is_declared(each, role, detailed=detailed) and each.startswith("extended")
            ]
            rows.append([cohorts, name, codes(types), codes(extended) or "None"])
    head = ["Cohorts", "Role", "On every schedule", "On extended schedules also"]
    return table("Declaration types, in the order in which training reaches them", head, rows)


def values(argument: str) -> str:
    """Return the values of an enumeration of the API, one a line."""
    return "\n".join(f"- {code(value)}" for value in ENUMERATIONS[argument].values)


def schedules(argument: str) -> str:
    """Return the kinds of schedule with their identifiers and who may be on them."""
    rows = [
        [
            kind.label,
            who,
            what,
            codes(each for each in ScheduleIdentifier if f"-{kind}-" in each),
        ]
        for kind, (who, what) in _KINDS.items()
    ]
    return table("Schedules", ["Kind", "Who", "For", "Identifiers"], rows)


def states(argument: str) -> str:
    """Return the state that each pair of payment and clawback status is shown as."""
    pairs = [
        *((each, ClawbackStatus.NO_CLAWBACK) for each in PaymentStatus),
        (PaymentStatus.PAID, ClawbackStatus.AWAITING_CLAWBACK),
        (PaymentStatus.PAID, ClawbackStatus.CLAWED_BACK),
    ]
    rows = [[code(state(*pair)), *_STATES[state(*pair)]] for pair in pairs]
    head = ["State", "What it means", "What you can do"]
    return table("States of a declaration", head, rows)


def operations(argument: str) -> str:
    """Return the operations of the API whose tag is ``argument``, or all of them."""
    rows = [
        [
            f"[{code(f'{each.method.upper()} {each.full_path}')}]({each.address_in_console})",
            each.summary,
        ]
        for each in OPERATIONS
        if not argument or each.tag == argument
    ]
    caption = f"Operations: {argument.lower()}" if argument else "Operations"
    return table(caption, ["Request", "What it does"], rows)


def limits(argument: str) -> str:
    """Return the limits that a client meets."""
    hours = int(KEPT_FOR.total_seconds() // 3600)
    rows = [
        ["Requests of one provider", "1,000 in five minutes, whichever tokens they use"],
        ["Requests from one address, all providers together", "1,500 in five minutes"],
        ["Rows on a page", f"{PER_PAGE:,}, or as many as you ask for up to {MOST_PER_PAGE:,}"],
        ["Size of a body", "2 megabytes"],
        ["Declarations in one bulk request", f"{MOST_ITEMS:,}"],
        ["Declarations in bulk", f"{settings.API_BULK_ITEM_LIMIT:,} in five minutes"],
        ["How long the answer to an `Idempotency-Key` is kept", f"{hours} hours"],
        ["How long changes stay in the feed", "90 days"],
    ]
    return table("Limits", ["What", "Limit"], rows)


def scenarios(argument: str) -> str:
    """Return what a sandbox is seeded with; ``argument`` is a group of scenarios."""
    group = SandboxGroup(argument)
    rows = [
        [each.title, code(each.key), f"{each.times}"]
        for each in sandbox().every_scenario()
        if each.group == group
    ]
    return table(group.label, ["Situation", "Its `id` begins with", "How many"], rows)


def tags(argument: str) -> str:
    """Return the tags that release notes may have."""
    return "\n".join(f"- {code(tag)}" for tag in TAGS)


def _is_declared(kind: DeclarationType, role: TraineeRole, *, detailed: bool) -> bool:
    """Whether a role can have a declaration of a type at all (spec 03 §3.5)."""
    if role == TraineeRole.ECT:
        return True
    if detailed:
        return kind in (DeclarationType.STARTED, DeclarationType.COMPLETED)
    return not kind.startswith("extended")


_AGAIN: Final = "Nothing. You can declare again"
_STATES: Final[dict[str, Sequence[str]]] = {
    "submitted": (
        "Received. We do not know yet that the participant is eligible for funding",
        "Void it",
    ),
    "eligible": ("On a statement that is still open", "Void it"),
    "payable": ("The statement’s cut-off date has passed; payment is being prepared", "Void it"),
    "paid": ("Paid", "Void it, which begins a clawback"),
    "voided": ("Cancelled before it was paid", _AGAIN),
    "awaiting-clawback": ("Paid, and to be taken back on a later statement", _AGAIN),
    "clawed-back": ("Paid, and taken back", _AGAIN),
}

_DIRECTIVES: Final[dict[str, Callable[[str], str]]] = {
    "contract_periods": calendar.contract_periods,
    "declaration_types": declaration_types,
    "error_codes": error_catalogue.as_markdown,
    "evidence": evidence_rules,
    "limits": limits,
    "milestones": calendar.milestones,
    "new_sentences": error_catalogue.by_title,
    "open_schedules": calendar.open_schedules,
    "operations": operations,
    "scenarios": scenarios,
    "schedules": schedules,
    "start_months": calendar.start_months,
    "statements": calendar.statements,
    "states": states,
    "tags": tags,
    "values": values,
}
