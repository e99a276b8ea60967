"""How people's names are tidied, and shown."""

import pytest

from register_ects.rules.names import (
    display_name,
    has_letter,
    is_written_as_a_link,
    tidy,
    trimmed,
    without_direction,
)

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("corrected", "first", "last", "shown"),
    [
        pytest.param("Ada King", "Augusta", "Byron", "Ada King", id="as corrected"),
        pytest.param(None, "Ada", "Lovelace", "Ada Lovelace", id="as TRS has it"),
        pytest.param("", " Ada ", "Lovelace", "Ada Lovelace", id="trimmed"),
        pytest.param(None, ".", "Lovelace", "Lovelace", id="a full stop is no first name"),
        pytest.param(None, "Ada", " . ", "Ada", id="nor a last name"),
        pytest.param(None, None, "Lovelace", "Lovelace", id="no first name"),
        pytest.param(None, "Ada", "  ", "Ada", id="a blank last name"),
        pytest.param(None, ".", None, "Unknown", id="no name at all"),
    ],
)
def test_a_person_is_shown_by_the_corrected_name_or_by_what_trs_has(corrected, first, last, shown):
    assert display_name(corrected, first, last) == shown


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ada \u00a0 Lovelace ", "Ada Lovelace"),
        ("O\u2019Neill \u2018Ada\u2018", "O'Neill 'Ada'"),
        ("Zo\u00eb\u200b Te\u00adst\ufeff", "Zo\u00eb Test"),
    ],
)
def test_spare_spaces_curly_apostrophes_and_unseen_characters_go(typed, kept):
    assert tidy(typed) == kept


def test_only_the_ends_of_a_text_are_trimmed():
    assert trimmed("\ufeff\u200b a\u200bb \u00ad") == "a\u200bb"
    assert trimmed("\u200b \ufeff") == ""


@pytest.mark.parametrize(
    ("name", "is_a_link"),
    [
        *(("Ada Okafor", False), ("St. John-O'Neil", False), ("D. Combe", False), ("Al.Net", True)),
        *(("Pay http://evil.example now", True), ("www.evil.example", True), ("a@b.example", True)),
        *(("<b>Ada</b>", True), ("[click](x) ((y))", True), ("=cmd|'/c calc'!A1", True)),
    ],
)
def test_a_name_is_no_link_and_no_mark_up(name, is_a_link):
    assert is_written_as_a_link(name) is is_a_link


def test_nothing_turns_the_direction_of_what_follows():
    assert without_direction("Ada\u202e\u2066") == "Ada"


@pytest.mark.parametrize(
    ("name", "is_one"),
    [("-", False), ("1234", False), ("", False), ("\u3164", False), ("\u674e", True), ("a1", True)],
)
def test_a_name_has_a_letter(name, is_one):
    assert has_letter(name) is is_one
