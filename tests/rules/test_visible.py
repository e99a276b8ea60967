"""Which characters people see."""

import re
import sys
import unicodedata

import pytest

from register_ects.rules.visible import has_hidden, has_visible, is_hidden, without_hidden

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("text", "is_seen"),
    [
        ("", False),
        (" \t\n\u00a0\u3000", False),
        ("\u3164\u115f\u1160\uffa0", False),
        ("\U000e0001\U000e0020\U000e007f", False),
        ("\ufe0f\U000e0100\u180b", False),
        ("\u2800", False),
        ("\x00\u200b", False),
        ("\u3164a", True),
        ("\u674e", True),
        ("\u2764\ufe0f", True),
        (".", True),
    ],
)
def test_what_people_see(text, is_seen):
    assert has_visible(text) is is_seen


def test_what_unicode_calls_a_space_a_control_or_unassigned_is_not_seen_and_the_rest_is():
    seen = {char for char in map(chr, range(0x3001)) if has_visible(char)}
    drawn = {char for char in map(chr, range(0x3001)) if unicodedata.category(char)[0] not in "CZ"}
    formats = {char for char in seen if unicodedata.category(char) == "Cf"}

    assert [f"{ord(char):x}" for char in sorted(seen - drawn - formats)] == []
    assert all(is_hidden(char) for char in drawn - seen)
    assert formats <= {
        "\u06dd",
        "\u070f",
        "\u08e2",
        "\u0890",
        "\u0891",
        *map(chr, range(0x600, 0x606)),
    }


KINDS = re.compile(
    "HANGUL .*FILLER|HALFWIDTH HANGUL FILLER|(CANCEL |LANGUAGE )?TAG\\b.*"
    "|VARIATION SELECTOR-.*|MONGOLIAN (FREE )?VARIATION SELECTOR.*|ZERO WIDTH .*"
)


def test_everything_that_unicode_calls_a_filler_a_tag_or_a_variation_selector_is_hidden():
    named = {char: unicodedata.name(char, "") for char in map(chr, range(sys.maxunicode + 1))}
    meant = [char for char, name in named.items() if KINDS.fullmatch(name)]

    assert len(meant) > 360
    assert [named[char] for char in meant if not is_hidden(char)] == []


def test_whatever_else_is_hidden_is_a_format_or_drawn_as_nothing():
    hidden = {
        unicodedata.name(char): unicodedata.category(char)
        for char in map(chr, range(sys.maxunicode + 1))
        if is_hidden(char) and unicodedata.name(char, "")
    }
    others = {name for name, kind in hidden.items() if kind != "Cf" and not KINDS.fullmatch(name)}

    assert others == {
        "COMBINING GRAPHEME JOINER",
        "KHMER VOWEL INHERENT AQ",
        "KHMER VOWEL INHERENT AA",
        "BRAILLE PATTERN BLANK",
        "MUSICAL SYMBOL NULL NOTEHEAD",
    }


def test_no_letter_digit_or_mark_of_a_living_script_is_hidden_but_the_fillers():
    hidden = [char for char in map(chr, range(0xD800)) if is_hidden(char) and char.isalnum()]
    assert hidden == ["\u115f", "\u1160", "\u3164"]


def test_hidden_characters_can_be_found_and_taken_out():
    assert has_hidden("Zo\u3164fia")
    assert not has_hidden("Zofia Li\u0301s")
    assert without_hidden("\u2800Zo\u3164fi\U000e0041a ") == "Zofia "
