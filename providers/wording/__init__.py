"""What to say for each broken rule, by kind of write, then by field and code.

A module for each kind of write; ``{names}`` in a sentence are filled in from the problem's
details, and fields are named as ``'#/field_name'``. The kind is also the prefix of the error's
``code``: ``declaration.already_declared``.
"""

from collections.abc import Mapping
from typing import Final

from providers.wording.declarations import DECLARATIONS
from providers.wording.participant_actions import PARTICIPANTS
from providers.wording.partnerships import PARTNERSHIPS
from providers.wording.sandbox import SANDBOX

#: Sentences by field and code.
Sentences = Mapping[tuple[str, str], str]

WORDING: Final[Mapping[str, Sentences]] = {
    "declaration": DECLARATIONS,
    "participant": PARTICIPANTS,
    "partnership": PARTNERSHIPS,
    "sandbox": SANDBOX,
}

#: What is written at an address, by the first word of the path.
KINDS: Final[Mapping[str, str]] = {
    "participant-declarations": "declaration",
    "participants": "participant",
    "partnerships": "partnership",
    "sandbox": "sandbox",
}

#: Fields that are said in the address, not in the body, by kind.
IN_ADDRESS: Final[Mapping[str, frozenset[str]]] = {
    "declaration": frozenset({"participant_declaration_id"}),
    "participant": frozenset({"participant_id"}),
    "partnership": frozenset({"partnership"}),
}
