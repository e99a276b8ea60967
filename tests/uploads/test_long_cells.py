"""Cells of a text file that are longer than any text of a person is."""

import csv

from tests.uploads.files import codes_of, read


def test_a_cell_that_is_too_long_is_called_so():
    text = "x" * (csv.field_size_limit() + 1)

    found = read(f"TRN,Date of birth\n1234567,1/1/1990\n1234568,{text}\n")

    assert codes_of(found) == ["too_long"]
    assert "A cell from line 3 on has more than 131,072 characters" in found.problems[0].message
