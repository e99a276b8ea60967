"""Files that are sent back: templates, results, and whatever is written is read the same."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from register_ects.uploads import Column
from register_ects.uploads.text_files import normalised
from register_ects.uploads.writing import template_xlsx, xlsx_of
from register_ects.web.downloads import csv_file
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


def csv_of(rows):
    return csv_file("a.csv", [column.heading for column in ANY], rows).content


@settings(max_examples=150, deadline=None)
@given(TABLES)
def test_any_table_is_read_from_csv_as_it_was_written(rows):
    table = read(csv_of(rows), columns=ANY)
    assert cells_of(table, "one", "two", "three") == rows


@settings(max_examples=60, deadline=None)
@given(TABLES)
def test_any_table_is_read_from_a_workbook_as_it_was_written(rows):
    content = xlsx_of("Rows", [column.heading for column in ANY], rows)
    table = read(content, name="a.xlsx", columns=ANY)
    assert cells_of(table, "one", "two", "three") == rows


def test_a_template_has_the_headings_that_are_read():
    assert codes_of(read(template_xlsx(COLUMNS), name="ects.xlsx")) == ["only_headings"]


def test_a_template_says_what_each_column_may_hold():
    workbook = load_workbook(io.BytesIO(template_xlsx(COLUMNS)))

    rows = list(workbook["Allowed values"].iter_rows(values_only=True))
    assert rows[4][:3] == ("Working pattern", "No", "Full time")
    assert workbook["Template"].column_dimensions["A"].number_format == "@"


def test_a_template_offers_what_a_choice_allows():
    sheet = load_workbook(io.BytesIO(template_xlsx(COLUMNS)))["Template"]

    (offer,) = sheet.data_validations.dataValidation
    assert (offer.formula1, str(offer.sqref)) == ('"Full time"', "D2:D5000")


DANGEROUS = [("=HYPERLINK()", "n1", "=1+1")]


def test_no_cell_of_a_workbook_is_a_formula():
    content = xlsx_of("Rows", [column.heading for column in ANY], DANGEROUS)
    cells = [cell for row in load_workbook(io.BytesIO(content)).active.iter_rows() for cell in row]

    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells if cell.quotePrefix] == ["=HYPERLINK()", "=1+1"]


def test_no_cell_of_a_csv_file_is_a_formula():
    assert "'=HYPERLINK(),n1,'=1+1" in csv_of(DANGEROUS).decode("utf-8-sig")
