"""Files that are sent back: templates, results, and whatever is written is read the same."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from register_ects.uploads import Column, Table
from register_ects.uploads.text_files import normalised
from register_ects.uploads.writing import (
    csv_of,
    results_csv,
    results_xlsx,
    template_csv,
    template_xlsx,
    xlsx_of,
)
from tests.uploads.files import COLUMNS, cells_of, codes_of, read

pytestmark = pytest.mark.no_database

ANY = (Column("one", "One", required=False), Column("two", "Two"), Column("three", "Three"))
TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"]), max_size=12).map(
    normalised
)
LIKE_FORMULAS = st.sampled_from(
    ["=1+1", "+44", "-", "@a", "\uff1d1", "a;=1", "O'Rao", '"x"', "a,b"]
)
TABLES = st.lists(st.tuples(*[TEXTS | LIKE_FORMULAS] * 3).filter(any), min_size=1, max_size=6)


@settings(max_examples=150, deadline=None)
@given(TABLES)
def test_any_table_is_read_from_csv_as_it_was_written(rows):
    table = read(csv_of([column.heading for column in ANY], rows), columns=ANY)
    assert cells_of(table, "one", "two", "three") == rows


@settings(max_examples=60, deadline=None)
@given(TABLES)
def test_any_table_is_read_from_a_workbook_as_it_was_written(rows):
    content = xlsx_of("Rows", [column.heading for column in ANY], rows)
    table = read(content, name="a.xlsx", columns=ANY)
    assert cells_of(table, "one", "two", "three") == rows


@pytest.mark.parametrize(
    ("template", "name"), [(template_csv, "ects.csv"), (template_xlsx, "ects.xlsx")]
)
def test_a_template_has_the_headings_that_are_read(template, name):
    assert codes_of(read(template(COLUMNS), name=name)) == ["only_headings"]

    table = read(template(COLUMNS, [{"trn": "0012345", "working_pattern": "x"}]), name=name)
    assert cells_of(table, "trn", "date_of_birth", "working_pattern") == [("0012345", "", "x")]
    assert table.unrecognised == ()


def test_a_template_says_what_each_column_may_hold():
    workbook = load_workbook(io.BytesIO(template_xlsx(COLUMNS)))

    rows = list(workbook["Allowed values"].iter_rows(values_only=True))
    assert rows[4][:3] == ("Working pattern", "No", "Full time")
    assert workbook["Template"].column_dimensions["A"].number_format == "@"


def test_a_template_offers_what_a_choice_allows():
    sheet = load_workbook(io.BytesIO(template_xlsx(COLUMNS)))["Template"]

    (offer,) = sheet.data_validations.dataValidation
    assert (offer.formula1, str(offer.sqref)) == ('"Full time"', "D2:D5000")


ROWS = "Notes,Teacher number,DoB\nn1,1234567,=1+1\nn2,12,1999\nn3,7654321,1998,more\n"


@pytest.mark.parametrize(
    ("results", "name"), [(results_csv, "results.csv"), (results_xlsx, "results.xlsx")]
)
def test_results_are_the_rows_with_problems_as_they_were_sent(results, name):
    problems = {3: ["TRN is too short", "Born too soon"], 2: ["No"]}
    table = read(results(read(ROWS), problems), name=name)

    assert cells_of(table) == [("1234567", "=1+1"), ("12", "1999")]
    assert [row.original[:3] for row in table.rows] == [
        ("2", "No", "n1"),
        ("3", "TRN is too short. Born too soon", "n2"),
    ]
    assert [heading.text for heading in table.unrecognised] == ["Notes"]


def test_results_that_are_sent_again_give_the_same_results():
    first = results_csv(read(ROWS), {3: ["Too short"]})
    again = results_csv(read(first), {2: ["Too short"]})
    assert again == first.replace(b"\n3,", b"\n2,")


def test_a_row_with_too_many_cells_has_them_still():
    content = results_csv(read(ROWS), {4: ["Too many cells"]})
    assert list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))[1] == [
        *("4", "Too many cells", "n3", "7654321", "1998", "more")
    ]


def test_no_cell_of_a_workbook_is_a_formula():
    table = read(ROWS)
    assert isinstance(table, Table)
    workbook = load_workbook(io.BytesIO(results_xlsx(table, {2: ["=HYPERLINK()"]})))
    cells = [cell for row in workbook.active.iter_rows() for cell in row]

    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells if cell.quotePrefix] == ["=HYPERLINK()", "=1+1"]


def test_no_cell_of_a_csv_file_is_a_formula():
    content = results_csv(read(ROWS), {2: ["=HYPERLINK()"]}).decode("utf-8-sig")
    assert "2,'=HYPERLINK(),n1,1234567,'=1+1" in content
