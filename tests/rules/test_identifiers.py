"""TRNs, National Insurance numbers and ages as people type them (spec 05 §6.1)."""

from datetime import date

import pytest

from register_ects.rules.identifiers import age_on, normalised_ni_number, normalised_trn

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
    ],
)
def test_a_trn_that_cannot_be_is_refused(typed, code):
    with pytest.raises(ValueError, match=code):
        normalised_trn(typed)


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
