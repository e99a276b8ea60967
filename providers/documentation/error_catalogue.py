"""Every code of an error, with what it says, its causes and what to do about it.

Which codes there are is told by ``providers/errors.py`` and ``providers/wording``; the causes and
the ways out are in ``providers/guidance/error_codes.yaml``. A test holds the one to the other.
Source: spec 02 §2.20, §2.22.3.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

import yaml

from providers import errors
from providers.documentation.content import GUIDANCE
from providers.documentation.tables import code, table
from providers.errors import ApiError
from providers.wording import WORDING

#: The first word of a code and the heading it stands under, in order.
GROUPS: Final = {
    "request": "Requests",
    "service": "The service",
    "declaration": "Declarations",
    "participant": "Participants",
    "partnership": "Partnerships",
    "changes": "The change feed",
    "sandbox": "The sandbox",
}
_SAMPLES: Final[tuple[ApiError, ...]] = (
    errors.Unauthorised(),
    errors.bad_envelope(),
    errors.bad_filter(),
    errors.missing_filters(["cohort"]),
    errors.not_found(),
    errors.replaced("[the new id]"),
    errors.method_not_allowed("GET, HEAD"),
    errors.still_running(),
    errors.payload_too_large(),
    errors.key_used_before(),
    errors.too_many_requests(42),
    errors.internal_server_error("REQUEST-ID"),
    errors.https_required(),
    errors.service_unavailable(600),
    errors.not_answering(10),
)
_FILLED_IN = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Explanation:
    """Why a code comes, with which status, and what to do."""

    status: int
    cause: str
    fix: str


@cache
def explanations() -> dict[str, Explanation]:
    """Return the explanation of every code."""
    content = yaml.safe_load((GUIDANCE / "error_codes.yaml").read_text(encoding="utf-8"))
    return {
        code: Explanation(entry.get("status", 422), entry["cause"].strip(), entry["fix"].strip())
        for code, entry in content.items()
    }


def sentences() -> dict[str, list[tuple[str, str]]]:
    """Return what each code is said with: pairs of title and detail, from the code that answers."""
    said: dict[str, list[tuple[str, str]]] = {}
    for sample in _SAMPLES:
        for item in sample.items:
            said.setdefault(item.code, []).append((item.title, item.detail))
    for kind, wording in WORDING.items():
        for (field, name), sentence in wording.items():
            filled = _FILLED_IN.sub(_blank, sentence)
            said.setdefault(f"{kind}.{name}", []).append((field, filled))
    return said


def as_markdown(argument: str) -> str:
    """Return the catalogue: a heading for each group, and for each code in it."""
    known, said = explanations(), sentences()
    codes = sorted({*known, *said})
    parts = []
    for prefix, heading in GROUPS.items():
        parts.append(f"## {heading}")
        parts += [
            _entry(code, known.get(code), said.get(code, []))
            for code in codes
            if code.startswith(f"{prefix}.")
        ]
    return "\n\n".join(parts)


def by_title(argument: str) -> str:
    """Return, for clients that looked at sentences, the code of each cause, by its ``title``.

    ``argument`` is a group of codes, such as "declaration".
    """
    said = sentences()
    rows = [
        [", ".join(code(title) for title in titles), explained.cause.split("\n")[0], _link(each)]
        for each, explained in sorted(explanations().items())
        if each.startswith(f"{argument}.")
        for titles in [dict.fromkeys(title for title, _ in said.get(each, [])) or ["any"]]
    ]
    head = ["`title`", "What is wrong", "`code`"]
    return table(f"Codes: {GROUPS[argument].lower()}", head, rows)


def _link(name: str) -> str:
    catalogue = "/api/guidance/guidance-for-lead-providers/error-codes"
    return f"[{code(name)}]({catalogue}#{name})"


def _blank(name: re.Match[str]) -> str:
    """Return what stands for something that is filled in: ``{withdrawn_at}`` is [withdrawn at]."""
    return f"[{name[1].replace('_', ' ')}]"


def _entry(code: str, known: Explanation | None, said: list[tuple[str, str]]) -> str:
    lines = [f"### {code}"]
    if known:
        told = {"Status": known.status, "Cause": known.cause, "What to do": known.fix}
        lines.append("\\\n".join(f"**{name}:** {text}" for name, text in told.items()))
    if said:
        lines.append("What it says, after `title`:")
        lines.append("\n".join(f"- `{title}`: {_escaped(detail)}" for title, detail in said))
    return "\n\n".join(lines)


def _escaped(text: str) -> str:
    """Return a sentence as Markdown that shows it as it is."""
    return re.sub(r"([\\`*_\[\]<>#])", r"\\\1", text)
