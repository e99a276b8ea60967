"""Which characters people see: what is made of the others alone is no text (spec 05 §6.1).

Unicode calls some characters letters, marks or symbols that nothing is drawn for: the fillers of
Hangul, tags, variation selectors, a Braille cell without dots. A category tells nothing of them, so
its own list of them is kept here.
"""

import re
import unicodedata

#: The ranges of Unicode's property Default_Ignorable_Code_Point, first and last included. It keeps
#: room for characters to come, so it does not change with new versions (DerivedCoreProperties.txt).
_DEFAULT_IGNORABLE = (
    (0x00AD, 0x00AD),  # soft hyphen
    (0x034F, 0x034F),  # combining grapheme joiner
    (0x061C, 0x061C),  # Arabic letter mark
    (0x115F, 0x1160),  # Hangul fillers
    (0x17B4, 0x17B5),  # Khmer inherent vowels
    (0x180B, 0x180F),  # Mongolian variation selectors and vowel separator
    (0x200B, 0x200F),  # zero-width space and joiners, marks of direction
    (0x202A, 0x202E),  # embeddings and overrides of direction
    (0x2060, 0x206F),  # word joiner, invisible operators, isolates
    (0x3164, 0x3164),  # Hangul filler
    (0xFE00, 0xFE0F),  # variation selectors
    (0xFEFF, 0xFEFF),  # byte order mark
    (0xFFA0, 0xFFA0),  # halfwidth Hangul filler
    (0xFFF0, 0xFFF8),  # not assigned
    (0x1BCA0, 0x1BCA3),  # shorthand format controls
    (0x1D173, 0x1D17A),  # musical format controls
    (0xE0000, 0xE0FFF),  # tags, variation selectors, not assigned
)
#: Nor is anything drawn for a Braille cell without dots, or a note head left out.
_NOT_DRAWN = (*_DEFAULT_IGNORABLE, (0x2800, 0x2800), (0x1D159, 0x1D159))
#: White space, control characters and what Unicode calls formats, as far as they have no shape.
_BLANK = (
    *((0x01, 0x20), (0x7F, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029)),
    *((0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000), (0xFFF9, 0xFFFB)),
)


def _written(*ranges: tuple[int, int]) -> str:
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges)


_HIDDEN = re.compile(f"[{_written(*_NOT_DRAWN)}]")
#: A regular expression, to PostgreSQL too, of a character that people see.
VISIBLE = f"[^{_written(*_BLANK, *_NOT_DRAWN)}]"


def is_hidden(char: str) -> bool:
    """Whether nothing is drawn for a character that is neither white space nor a control."""
    return _HIDDEN.match(char) is not None


def is_visible(char: str) -> bool:
    """Whether people see a character: no white space, control or hidden character."""
    return unicodedata.category(char)[0] not in "CZ" and not is_hidden(char)


def has_visible(text: str) -> bool:
    """Whether people see anything of a text."""
    return any(map(is_visible, text))


def has_hidden(text: str) -> bool:
    """Whether there is a hidden character in a text."""
    return _HIDDEN.search(text) is not None


def without_hidden(text: str) -> str:
    """Return a text without its hidden characters."""
    return _HIDDEN.sub("", text)
