"""Workbooks that count days from 1904, as those of old Macs do."""

from datetime import date

import pytest
from openpyxl.utils.datetime import MAC_EPOCH

from register_ects.uploads import readings
from tests.uploads.files import cells_of, read, saved, workbook_of


def born(*values, from_1904=True):
    """What a workbook has of birth dates, read as days."""
    book = workbook_of(["TRN", "Date of birth"], *[[12345, value] for value in values])
    if from_1904:
        book.epoch = MAC_EPOCH
    table = read(saved(book), "ects.xlsx")
    assert {trn for trn, _born in cells_of(table)} == {"12345"}  # no day, and left as it is
    return [readings.date_of_birth(text) for _trn, text in cells_of(table)]


@pytest.mark.parametrize("from_1904", [True, False])
def test_a_day_is_the_same_as_a_date_and_as_a_number(from_1904):
    number = 34424 if from_1904 else 35886

    found = born(date(1998, 4, 1), number, "1/4/1998", from_1904=from_1904)

    assert found == [date(1998, 4, 1)] * 3
