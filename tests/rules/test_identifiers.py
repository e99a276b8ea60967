"""TRNs, National Insurance numbers and ages as people type them (spec 05 §6.1)."""

from datetime import date

import pytest

from register_ects.rules.identifiers import (
    age_on,
    normalised_ni_number,
    normalised_trn,
    parts_of_trns_in,
    trns_in,
    uuids_in,
)
from register_ects.rules.person_search import PersonSearch

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("RP99/12345", "9912345"),
        ("12345", "0012345"),
        (" 12 34 567 ", "1234567"),
        ("0000001", "0000001"),
    ],
)
def test_a_trn_is_its_digits_padded_to_seven(typed, expected):
    assert normalised_trn(typed) == expected


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "missing"),
        ("   ", "missing"),
        ("abc", "too_short"),
        ("1234", "too_short"),
        ("12345678", "too_long"),
        ("١٢٣٤٥٦٧", "too_short"),  # only ASCII digits count
        ("\u0663000201", "invalid"),
        ("300\uff10201", "invalid"),
        ("RP30/0010\u0661", "invalid"),
        ("3000201\u0663", "invalid"),
        ("3000201\u00b2", "invalid"),
        ("300020\U0001d7cf", "invalid"),
    ],
)
def test_a_trn_that_cannot_be_is_refused(typed, code):
    with pytest.raises(ValueError, match=code):
        normalised_trn(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "\u0663000201",
        "\uff13000201",
        "300\u066020100",
        "30\u0660 00201",
        "RP30/0010\u0661",
        "\u00b23000201",
        "\u200b\u06633000201",
        "\uff13\uff10\uff10\uff10\uff12\uff10\uff11",
    ],
)
def test_a_number_with_other_digits_is_no_trn_of_anybody(typed):
    assert trns_in(typed) == frozenset()
    assert trns_in(f"3000101, {typed}") == {"3000101"}
    search = PersonSearch.of(typed)
    assert search.trns == search.parts == frozenset()


@pytest.mark.parametrize("typed", ["AB12345\u0666C", "AB12345\uff16C", "\u017fC123456C"])
def test_an_ni_number_of_other_characters_is_refused(typed):
    with pytest.raises(ValueError, match="invalid"):
        normalised_ni_number(typed)


ID = "0f8fad5b-d9cb-469f-a165-708677289501"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("RP30/00101 3000502", "3000101 3000502"),
        ("3000502 RP30/00101", "3000101 3000502"),
        ("RP30/00101 RP30/00102", "3000101 3000102"),
        ("RP 30 / 00101 rp3000502", "3000101 3000502"),
        ("30 00101 30 00502", "3000101 3000502"),
        ("300 0101 3 000 502 3000113", "3000101 3000113 3000502"),
        ("3000101 30 00502", "3000101 3000502"),
        ("RP30/00101,3000502", "3000101 3000502"),
        ("RP30/00101;3000502; 30-00113", "3000101 3000113 3000502"),
        ("RP30/00101\n3000502\r\n30 00113", "3000101 3000113 3000502"),
        ("3000101\t3000502", "3000101 3000502"),
        ("3000101/3000502", "3000101 3000502"),
        ("3000101\u00a0RP30/00502\u200b", "3000101 3000502"),
        ("Priya RP30/00101 and 3000502, please", "3000101 3000502"),
        ("12345, 3000101", "0012345 3000101"),
        ("12345 3000101 RP99/123", "0012345 0099123 3000101"),
        ("12345 123456", ""),
        ("12345", ""),
        ("RP12345", ""),
        ("1234", ""),
        ("10000011", ""),
        ("10000011 3000101", "3000101"),
        ("30001013000502", ""),
        ("30\n00101", ""),
        ("\u0661\u0662\u0663\u0664\u0665\u0666\u0667", ""),
        (ID, ""),
        (f"{ID} 3000101", "3000101"),
        ("John Smith", ""),
        ("", ""),
    ],
)
def test_every_trn_in_a_search_counts_in_whatever_form(typed, expected):
    assert sorted(trns_in(typed)) == expected.split()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1234", "1234"),
        ("123", ""),
        ("RP12/345", "12345"),
        ("30 001", "30001"),
        ("12345, 6543", "12345 6543"),
        ("3000101", ""),
        ("10000011", ""),
        (ID, ""),
        ("John Smith", ""),
    ],
)
def test_four_to_six_digits_are_part_of_a_trn(typed, expected):
    assert sorted(parts_of_trns_in(typed)) == expected.split()


def test_public_ids_in_a_search_count_in_any_case():
    assert [str(found) for found in uuids_in(f"{ID.upper()}, 3000101 {ID}x")] == [ID]


@pytest.mark.parametrize(
    ("typed", "expected"), [("ab 12 34 56 c", "AB123456C"), ("CE000000A", "CE000000A")]
)
def test_a_ni_number_is_tidied(typed, expected):
    assert normalised_ni_number(typed) == expected


@pytest.mark.parametrize(
    "typed",
    ["QQ123456C", "DA123456C", "AO123456C", "BG123456A", "ZZ123456A", "AB12345C", "AB123456E", "x"],
)
def test_a_ni_number_that_cannot_be_is_refused(typed):
    with pytest.raises(ValueError, match="invalid"):
        normalised_ni_number(typed)


@pytest.mark.parametrize(
    ("born_on", "expected"),
    [("2008-11-24", 18), ("2008-11-25", 17), ("2004-02-29", 22), ("1926-11-24", 100)],
)
def test_age_counts_whole_years(born_on, expected):
    assert age_on(date(2026, 11, 24), born_on=date.fromisoformat(born_on)) == expected
