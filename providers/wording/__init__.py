"""What to say for each broken rule, by field and code. ``{names}`` are filled in from its details.

A module for each kind of write. Sentences name fields as ``'#/field_name'``.
"""

from providers.wording.declarations import DECLARATIONS

WORDING: dict[tuple[str, str], str] = {**DECLARATIONS}
