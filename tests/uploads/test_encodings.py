"""In which encodings, with which separators and line ends a text file is read."""

import pytest

from tests.uploads.files import cells_of, codes_of, read

pytestmark = pytest.mark.no_database

TEXT = "TRN,Date of birth\n1234567,O’Brien\n"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(TEXT.encode(), id="UTF-8"),
        pytest.param(TEXT.encode("utf-8-sig"), id="UTF-8 with a byte order mark"),
        pytest.param(TEXT.encode("utf-16"), id="UTF-16, this machine's order"),
        pytest.param(b"\xfe\xff" + TEXT.encode("utf-16-be"), id="UTF-16, big end first"),
        pytest.param(TEXT.encode("windows-1252"), id="windows-1252"),
        pytest.param(TEXT.encode() + b"\x1a", id="the old mark of an end"),
    ],
)
def test_the_encoding_is_found(content):
    assert cells_of(read(content)) == [("1234567", "O’Brien")]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(TEXT.encode().replace(b"12345", b"12\x0045"), id="a NUL byte"),
        pytest.param(TEXT.encode("utf-16-le"), id="UTF-16 without a mark"),
        pytest.param(b"\xff\xfe" + TEXT.encode("utf-16-le") + b"\x00", id="half a character"),
        pytest.param(TEXT.encode("windows-1252") + b"\x81\x8d", id="bytes of no encoding"),
        pytest.param(bytes(range(256)), id="any bytes"),
    ],
)
def test_what_is_no_text_is_refused_with_what_to_do(content):
    refused = read(content)

    assert codes_of(refused) == ["not_text"]
    assert "save it as “CSV UTF-8”" in refused.problems[0].message


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends_are_found(separator, line_end):
    lines = [separator.join(row) for row in (("TRN", "Date of birth"), ("1234567", "1/2/1999"))]
    table = read(line_end.join([*lines, ""]))
    assert cells_of(table) == [("1234567", "1/2/1999")]
    assert table.rows[0].line == 2


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('"TRN";"Date of birth";"a,b,c,d,e"\n1234567;1999;x', id="in quotes"),
        pytest.param("TRN;Date of birth;a,b,c,d\n1234567;1999;x", id="more, but unknown headings"),
        pytest.param("sep=;\nTRN;Date of birth\n1234567;1999", id="said in the first line"),
    ],
)
def test_other_separators_in_headings_do_not_mislead(text):
    assert cells_of(read(text)) == [("1234567", "1999")]


def test_quoted_cells_may_have_line_breaks_and_lines_are_counted_as_they_stand():
    table = read('TRN,Date of birth\n"12\n34","19\r\n99"\n\n7654321,1998\n')

    assert [row.line for row in table.rows] == [2, 6]
    assert cells_of(table)[1] == ("7654321", "1998")


def test_the_line_that_says_the_separator_counts():
    assert read("sep=,\r\nTRN,Date of birth\r\n1234567,1999\r\n").rows[0].line == 3


@pytest.mark.parametrize("bad", ['"1234567,1/2/1999\n7654321,1/2/1999', 'ok,1\n"123"4567,1/2/1999'])
def test_a_quotation_mark_that_swallows_rows_is_refused_with_its_line(bad):
    refused = read(f"TRN,Date of birth\n{bad}")

    assert codes_of(refused) == ["quotation_marks"]
    assert f"Line {2 + bad.startswith('ok')} " in refused.problems[0].message


def test_letters_with_accents_are_written_in_one_way():
    assert cells_of(read("TRN,Date of birth\n1,Zoe\u0308"))[0][1] == "Zo\u00eb"


@pytest.mark.parametrize("said", ['sep=""', "sep= ", "sep=x", "sep="])
def test_a_separator_that_is_none_is_a_title_above_the_headings(said):
    assert cells_of(read(f"{said}\nTRN,Date of birth\n1,1999")) == [("1", "1999")]
