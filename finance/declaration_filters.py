"""Which of a statement's declarations to list: to an address and back again.

Every count on a statement leads to the list with these filters. What makes no sense filters
nothing.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode
from uuid import UUID

from finance.placing import BEYOND, Kind
from finance.terms import DECLARATION_TYPES
from finance.wording import Options, select_items, type_label
from register_ects.rules.enumerations import TraineeRole

RETAINED = tuple(kind for kind in DECLARATION_TYPES if kind.startswith("retained-"))
EXTENDED = tuple(kind for kind in DECLARATION_TYPES if kind.startswith("extended-"))
#: The address's words for a type of declaration, and what each finds.
TYPES = {
    "started": ("started",),
    "retained": RETAINED,
    **{kind: (kind,) for kind in RETAINED},
    "completed": ("completed",),
    "extended": EXTENDED,
    **{kind: (kind,) for kind in EXTENDED},
}
WITHIN = "within"
#: What each filter is called on the page.
DECLARATION_LABELS = {
    "kind": "On this statement",
    "type": "Declaration",
    "role": "Role",
    "band": "Band",
    "uplift": "Uplift",
}
KINDS: dict[str, str] = {Kind.PAYMENT: "Payment", Kind.CLAWBACK: "Clawback", Kind.VOIDED: "Voided"}
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass(frozen=True)
class DeclarationFilters:
    """Which declarations to list; None means all. ``declaration`` is the one with this id.

    ``band`` is a letter, ``within`` for any band or ``beyond`` for beyond the last one.
    """

    kind: str | None = None
    type: str | None = None
    role: str | None = None
    band: str | None = None
    with_uplift: bool = False
    declaration: UUID | None = None

    def __bool__(self) -> bool:
        """Whether anything is left out."""
        return self != DeclarationFilters()


@lru_cache(maxsize=1024)
def declarations_query(
    *,
    kind: str = "",
    type: str = "",  # noqa: A002  # the address's word
    role: str = "",
    band: str = "",
    uplift: bool = False,
) -> str:
    """Return the query string that lists these declarations."""
    said = {"kind": kind, "type": type, "role": role, "band": band, "uplift": uplift and "yes"}
    return urlencode({name: value for name, value in said.items() if value})


def read_declaration_filters(
    query: Mapping[str, str], letters: Sequence[str]
) -> DeclarationFilters:
    """Understand the address. ``letters`` name the bands that there are."""
    one = query.get("declaration", "")
    return DeclarationFilters(
        kind=_known(query, "kind", list(KINDS)),
        type=_known(query, "type", TYPES),
        role=_known(query, "role", TraineeRole.values),
        band=_known(query, "band", [WITHIN, *letters, BEYOND]),
        with_uplift=query.get("uplift") == "yes",
        declaration=UUID(one) if _UUID.fullmatch(one) else None,
    )


def declaration_options(chosen: DeclarationFilters, letters: Sequence[str]) -> dict[str, Options]:
    """Return each select's items, with the chosen one selected."""
    return {
        "kind": _items(KINDS, chosen.kind),
        "type": _items({name: _type_text(name) for name in TYPES}, chosen.type),
        "role": _items(dict(TraineeRole.choices), chosen.role),
        "band": _items(
            {
                WITHIN: "In a band",
                **{letter: f"Band {letter}" for letter in letters},
                BEYOND: "Beyond the last band",
            },
            chosen.band,
        ),
        "uplift": _items({"yes": "With an uplift"}, "yes" if chosen.with_uplift else None),
    }


def _type_text(name: str) -> str:
    return f"{type_label(name)}, all" if len(TYPES[name]) > 1 else type_label(name)


def _known(
    query: Mapping[str, str], name: str, values: Sequence[str] | Mapping[str, object]
) -> str | None:
    value = query.get(name)
    return value if value in values else None


def _items(texts: Mapping[str, str], selected: str | None) -> Options:
    pairs = [("", "All"), *((str(key), text) for key, text in texts.items())]
    return select_items(pairs, selected or "")
