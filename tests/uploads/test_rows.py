"""Which rows a text file has, and what is wrong with them."""

import pytest

from register_ects.uploads import Limits
from tests.uploads.files import cells_of, codes_of, read

pytestmark = pytest.mark.no_database

HEAD = "TRN,Date of birth,Email\n"


def test_blank_rows_are_passed_over_and_counted_as_lines():
    table = read(f"\n\n{HEAD}\n1,1999,\n , \u00a0,\u200b\n,,,,,,,\n2,1998,\n" + ",,\n" * 1_000)
    assert [(row.line, row.cells["trn"]) for row in table.rows] == [(5, "1"), (8, "2")]


def test_blank_columns_at_the_right_edge_do_not_count():
    assert cells_of(read("TRN,DoB,,,\n1,1999,,,\n2,1998,,,,,,")) == [("1", "1999"), ("2", "1998")]


def test_a_row_with_too_many_cells_is_a_problem_of_that_row():
    table = read(f"{HEAD}1,1999,a@b.org\n2,1998,a@b.org,more\n3,1997,\n")

    assert [len(row.problems) for row in table.rows] == [0, 1, 0]
    (problem,) = table.rows[1].problems
    assert (table.rows[1].line, problem.column, problem.code) == (3, "", "too_many_cells")
    assert problem.message.startswith("This row has 4 cells, but there are 3 headings")


def test_a_row_with_too_few_cells_has_empty_ones():
    assert cells_of(read(f"{HEAD}1"), "trn", "email") == [("1", "")]


def test_cells_are_trimmed_of_what_nobody_sees():
    assert cells_of(read(f"{HEAD}\u200b 1234567\u00a0,\t1999 \ufeff")) == [("1234567", "1999")]


@pytest.mark.parametrize("text", ["=1+1", "+44 20", "-x", "@a", "\uff1d1"])
@pytest.mark.parametrize("mark", ["", "'"])
def test_what_looks_like_a_formula_is_text(text, mark):
    assert cells_of(read(f"{HEAD}{mark}{text},1999"))[0][0] == text


def test_an_apostrophe_before_anything_else_is_kept():
    assert cells_of(read(f"{HEAD}'s-Gravenhage,1999"))[0][0] == "'s-Gravenhage"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", "empty", id="no byte"),
        pytest.param("\n \r\n\t", "empty", id="blanks alone"),
        pytest.param("\ufeff", "empty", id="a mark alone"),
        pytest.param(",,,\n,,", "empty", id="separators alone"),
        pytest.param(HEAD, "only_headings", id="headings alone"),
        pytest.param(HEAD + ",,\n" * 20, "only_headings", id="headings and blank rows"),
        pytest.param(HEAD + "1,1999,\n" * 501, "too_many_rows", id="501 rows"),
    ],
)
def test_too_little_or_too_much_is_refused(text, expected):
    assert codes_of(read(text)) == [expected]


def test_exactly_as_many_rows_as_are_allowed_are_read():
    assert len(read(HEAD + "1,1999,\n\n" * 500).rows) == 500
    assert len(read(HEAD + "1,1999,\n" * 2, limits=Limits(most_rows=2)).rows) == 2


def test_a_row_keeps_all_its_cells_as_they_stand():
    assert read("TRN,Notes,DoB\n1,x,1999").rows[0].original == ("1", "x", "1999")
