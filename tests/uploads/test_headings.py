"""Which heading means which column."""

import pytest

from register_ects.uploads import Table, Unreadable, known_columns
from register_ects.uploads.columns import letter, plain
from tests.uploads.files import TRN, cells_of, codes_of, read

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    "heading",
    [
        *("TRN", "trn", " Trn ", "t-r-n", "T_R_N", "\u200bTRN\u00a0", "\ufeffTRN", "TRN*"),
        *("Teacher reference number (TRN)", "teacher_number", "Teacher-Ref", "\uff34\uff32\uff2e"),
    ],
)
def test_a_heading_is_known_however_it_is_written(heading):
    assert cells_of(read(f"{heading},DoB\n1234567,1999")) == [("1234567", "1999")]


def test_headings_may_come_in_any_order_and_among_others():
    table = read("Notes,Work email,d.o.b.,Teacher number\nx,a@b.org,1999,1234567")

    assert cells_of(table, "trn", "date_of_birth", "email") == [("1234567", "1999", "a@b.org")]
    assert [(each.letter, each.text) for each in table.unrecognised] == [("A", "Notes")]


def test_a_column_that_is_not_there_and_not_required_is_empty():
    assert cells_of(read("TRN,DoB\n1,2"), "email", "working_pattern") == [("", "")]


def test_unknown_headings_come_with_their_letters_and_samples():
    rows = "".join(f"1,2,,pattern {number}\n" for number in (1, 1, 2, 3, 4))
    (unknown,) = read(f"TRN,DoB,,Wrkng pattern\n{rows}").unrecognised

    assert (unknown.letter, unknown.text) == ("D", "Wrkng pattern")
    assert unknown.samples == ("pattern 1", "pattern 2", "pattern 3")


def test_a_column_without_a_heading_between_others_is_unknown_if_it_has_anything():
    (unknown,) = read("TRN,,DoB\n1,x,2").unrecognised
    assert unknown.name == "column B"


def test_a_row_with_two_known_headings_is_the_one_whatever_stands_below():
    assert cells_of(read("TRN,DoB,x\nTRN,DoB,Email")) == [("TRN", "DoB")]


def test_missing_headings_are_named_with_those_that_are_not_known():
    refused = read("Teacher nr,DoB\n1,2")

    assert codes_of(refused) == ["headings_missing"]
    assert refused.problems[0].message == (
        "The file must have a column with the heading “TRN”. These headings are not recognised: "
        "“Teacher nr”"
    )
    assert [heading.column for heading in refused.headings] == [None, "date_of_birth"]


def test_a_file_without_headings_is_told_which_are_wanted():
    refused = read("1234567,1/2/1999\n7654321,1/2/1999")

    assert codes_of(refused) == ["no_headings"]
    assert "“TRN” and “Date of birth”" in refused.problems[0].message


def test_of_a_heading_that_is_there_twice_the_column_with_something_in_it_counts():
    assert cells_of(read("TRN,DoB,trn\n,1999,1234567")) == [("1234567", "1999")]
    assert cells_of(read("TRN,DoB,trn\n1234567,1999,")) == [("1234567", "1999")]


def test_a_heading_that_is_there_twice_with_something_in_both_is_refused_and_both_named():
    refused = read("TRN,DoB,Teacher number\n1,1999,2")

    assert codes_of(refused) == ["heading_twice"]
    assert "“TRN” (column A) and “Teacher number” (column C)" in refused.problems[0].message


@pytest.mark.parametrize(
    "mapping",
    [
        pytest.param({"A": "trn"}, id="by letter"),
        pytest.param({"a": "trn"}, id="by small letter"),
        pytest.param({"teacher  NR": "trn"}, id="by heading"),
    ],
)
def test_a_person_says_which_column_is_which(mapping):
    assert cells_of(read("Teacher nr,DoB\n1234567,1999", mapping=mapping)) == [("1234567", "1999")]


def test_what_a_person_says_counts_before_what_is_recognised():
    table = read("TRN,DoB,Other\nold,1999,1234567", mapping={"C": "trn"})
    assert cells_of(table) == [("1234567", "1999")]


def test_a_person_leaves_a_column_out():
    table = read("TRN,DoB,Notes,Teacher number\n1,1999,x,2", mapping={"C": "", "D": ""})

    assert cells_of(table) == [("1", "1999")]
    assert table.unrecognised == ()


def test_titles_above_the_headings_are_passed_over():
    table = read("ECTs of Elm School,\n\nSeptember,\nTRN,DoB\n1,1999")

    assert cells_of(table) == [("1", "1999")]
    assert table.rows[0].line == 5


def test_the_columns_of_a_file_of_results_are_left_out():
    table = read("Line,TRN,DoB,Problem\n2,1,1999,TRN is too short")

    assert isinstance(table, Table)
    assert table.unrecognised == ()


def test_every_problem_with_headings_is_told_together():
    refused = read("TRN,trn\n1,2\n" + "3,4\n" * 500)

    assert isinstance(refused, Unreadable)
    assert codes_of(refused) == ["heading_twice", "headings_missing", "too_many_rows"]


@pytest.mark.parametrize(("position", "expected"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ")])
def test_letters_of_columns(position, expected):
    assert letter(position) == expected


def test_a_heading_of_signs_alone_means_nothing():
    assert plain("*-– \u3164") == ""


def test_too_many_columns_are_refused_at_once():
    assert codes_of(read("TRN,DoB," + "x," * 400_000 + "\n1,2")) == ["too_many_columns"]
    assert cells_of(read("TRN,DoB," + "x," * 198 + "\n1,2")) == [("1", "2")]


def test_a_name_is_never_taken_for_a_corrected_one():
    columns = (TRN, known_columns.CORRECTED_NAME)
    (unknown,) = read("TRN,Name\n1,Rao", columns=columns).unrecognised
    assert unknown.text == "Name"


def test_a_file_may_have_200_columns_and_no_more():
    assert cells_of(read(f"TRN,DoB{',x' * 198}\n1,2")) == [("1", "2")]
    assert codes_of(read(f"TRN,DoB{',x' * 199}\n1,2")) == ["too_many_columns"]
