"""What the text of a cell means."""

from datetime import date

import pytest

from register_ects.uploads import readings
from register_ects.uploads.readings import CellRefused

pytestmark = [pytest.mark.no_database, pytest.mark.day("2026-11-24")]


def refusal(read, text, **options):
    with pytest.raises(CellRefused) as refused:
        read(text, **options)
    return refused.value


@pytest.mark.parametrize(
    "text",
    [
        *("2026-09-01", "2026-9-1", "2026/09/01", "2026-09-01 00:00:00", "2026-09-01T00:00:00Z"),
        *("1/9/2026", "01/09/2026", "1-9-2026", "01.09.2026", "1/9/26", "01/09/2026 00:00"),
        *("1 Sep 2026", "1 September 2026", "1-Sep-26", "1st Sept 2026", "1 sep. 2026"),
        *("20260901", "01092026", "Tuesday 1 September 2026", "Tue, 1 Sep 2026"),
        *("Sep 1, 2026", "September 1st 2026", "46266", "46266.0", "\u200b1/9/2026\u00a0"),
    ],
)
def test_a_date_is_read_however_a_spreadsheet_writes_it(text):
    assert readings.day(text) == date(2026, 9, 1)


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("09/25/2026", "month_first", "Type the day first, like 25/09/2026"),
        ("9-25-26", "month_first", "Type the day first, like 25/9/26"),
        ("31/9/2026", "not_real", "that month has no such day"),
        ("1/9", "no_date", "Start date must be a date like 17/9/2026, not “1/9”"),
        ("soon", "no_date", "Start date must be a date like 17/9/2026, not “soon”"),
        ("2026-03-31 23:00", "no_date", "not “2026-03-31 23:00”"),
        ("20261301", "no_date", "not “20261301”"),
        ("1/9/55", "not_real", "55 could be 1955 or 2055"),
        ("4626", "no_date", "Start date must be a date like 17/9/2026, not “4626”"),
        ("", "missing", "Start date is missing"),
        ("\u200b", "missing", "Start date is missing"),
    ],
)
def test_what_is_no_date_says_what_is_wrong(text, code, words):
    refused = refusal(readings.day, text, called="start date")
    assert words in refused.message
    assert refused.code == code


@pytest.mark.parametrize(
    ("text", "expected"), [("31/3/98", date(1998, 3, 31)), ("35885", date(1998, 3, 31))]
)
def test_a_date_of_birth_has_one_century(text, expected):
    assert readings.date_of_birth(text) == expected


def test_a_date_of_birth_of_a_child_is_refused():
    assert "at least 18 years ago" in refusal(readings.date_of_birth, "1/1/2015").message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1234567", "1234567"),
        ("12345", "0012345"),
        ("123456", "0123456"),
        ("1234567.0", "1234567"),
        ("RP99/12345", "9912345"),
        (" 12 34567", "1234567"),
        ("\u202d1234567\u202c", "1234567"),
    ],
)
def test_a_trn_is_read_with_the_zeros_that_a_spreadsheet_drops(text, expected):
    assert readings.trn(text) == expected


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("1.23457E+06", "scientific", "the spreadsheet has shortened the number"),
        ("1,2E+6", "scientific", "type all 7 digits"),
        ("12345.67", "decimals", "must not have decimals"),
        ("1234", "too_short", "at least 5 digits"),
        ("12345678", "too_long", "no more than 7 digits"),
        ("", "missing", "Teacher reference number is missing"),
    ],
)
def test_what_is_no_trn_says_what_is_wrong(text, code, words):
    refused = refusal(readings.trn, text)
    assert (refused.code, words in refused.message) == (code, True)


@pytest.mark.parametrize("read", [readings.day, readings.date_of_birth, readings.trn])
def test_an_optional_cell_may_be_empty(read):
    assert read("", optional=True) is None
