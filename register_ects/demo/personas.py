"""The people as whom anyone may sign in to the demo, from ``data/demo/personas.json``."""

import json
from dataclasses import dataclass

from register_ects.embedded import ROOT

_FILE = ROOT / "data" / "demo" / "personas.json"


@dataclass(frozen=True)
class Persona:
    """Somebody invented: who they are and what they can see."""

    name: str
    email: str
    description: str


def personas() -> list[Persona]:
    """Return the personas in the order in which to show them; none without a file."""
    if not _FILE.exists():
        return []
    rows = json.loads(_FILE.read_text(encoding="utf-8"))
    return [Persona(row["name"], row["email"], row["description"]) for row in rows]
