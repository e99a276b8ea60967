"""How Excel workbooks are read: sheets, cells, formulas, merged cells, damage and bombs."""

import io
import zipfile
from datetime import date, datetime, time
from time import perf_counter

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart

from register_ects.uploads import Limits, sheets, workbooks
from tests.uploads.files import cells_of, codes_of, read, saved, with_part, workbook_of

pytestmark = pytest.mark.no_database

HEAD = ("TRN", "Date of birth")
SHEET = "xl/worksheets/sheet1.xml"


def read_book(workbook, **options):
    content = workbook if isinstance(workbook, bytes) else saved(workbook)
    return read(content, name="ects.xlsx", **options)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("x", "x", id="text"),
        pytest.param("\u200b x\u00a0\n", "x", id="text with unseen ends"),
        pytest.param(1234567, "1234567", id="whole number"),
        pytest.param(1234567.0, "1234567", id="whole number with decimals"),
        pytest.param(0.8, "0.8", id="decimals"),
        pytest.param(0.1 + 0.2, "0.3", id="decimals as people see them"),
        pytest.param(46266, "46266", id="a day as a number"),
        pytest.param(date(2026, 9, 1), "2026-09-01", id="a day"),
        pytest.param(datetime(2026, 9, 1), "2026-09-01", id="a day at midnight"),
        pytest.param(datetime(2026, 9, 1, 9, 30), "2026-09-01 09:30", id="a time of a day"),
        pytest.param(time(9, 30), "09:30", id="a time"),
        pytest.param(True, "TRUE", id="yes"),
        pytest.param(None, "", id="nothing"),
    ],
)
def test_every_cell_is_a_text(value, expected):
    assert cells_of(read_book(workbook_of(HEAD, (value, "x")))) == [(expected, "x")]


def test_rows_have_the_numbers_that_excel_shows_and_blank_ones_are_passed_over():
    workbook = workbook_of(("ECTs of Elm",), (), HEAD, ("1", "x"))
    workbook.active.cell(1_500, 1, "2")
    workbook.active.cell(1_500, 150, " ")

    table = read_book(workbook)

    assert [(row.line, row.cells["trn"]) for row in table.rows] == [(4, "1"), (1_500, "2")]
    assert table.rows[0].problems == table.rows[1].problems == ()


def test_a_cell_too_many_is_a_problem_of_its_row():
    table = read_book(workbook_of(HEAD, ("1", "x"), ("2", "x", "more")))
    assert [[each.code for each in row.problems] for row in table.rows] == [[], ["too_many_cells"]]


def test_the_first_sheet_with_headings_that_we_know_is_read_and_named():
    workbook = workbook_of(("Read me",), ("Please",))
    for title, trn in (("September", "1"), ("January", "2")):
        workbook.create_sheet(title).append(HEAD)
        workbook[title].append((trn, "x"))

    table = read_book(workbook)

    assert (table.sheet, cells_of(table)) == ("September", [("1", "x")])
    assert table.unread_sheets == ("January",)


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_are_not_read(state):
    workbook = workbook_of(HEAD, ("1", "x"))
    workbook.active.sheet_state = state
    workbook.create_sheet("Seen").append(HEAD)
    workbook["Seen"].append(("2", "x"))

    table = read_book(workbook)

    assert (table.sheet, cells_of(table)) == ("", [("2", "x")])
    assert table.unread_sheets == ()


def content_of(content, name):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def with_cells(*cells):
    """Return a workbook whose second row has these cells, as Excel writes them."""
    content = saved(workbook_of(HEAD, ("CELL", "x")))
    sheet = content_of(content, SHEET)
    begin = sheet.index('<c r="A2"')
    end = sheet.index("</row>", begin)
    return with_part(content, SHEET, sheet[:begin] + "".join(cells) + sheet[end:])


def test_of_a_formula_the_value_that_excel_kept_counts():
    table = read_book(
        with_cells(
            '<c r="A2"><f>1234560+7</f><v>1234567</v></c>',
            '<c r="B2" t="str"><f>A1&amp;"x"</f><v>1/2/1999</v></c>',
        )
    )
    assert cells_of(table) == [("1234567", "1/2/1999")]
    assert table.rows[0].problems == ()


def test_a_formula_that_comes_to_an_empty_text_is_empty():
    table = read_book(
        with_cells('<c r="A2" t="str"><f>""</f><v></v></c>', '<c r="B2"><v>1</v></c>')
    )
    assert cells_of(table) == [("", "1")]
    assert table.rows[0].problems == ()


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        pytest.param('<c r="B2"><f>1+1</f></c>', "whose result is not in the file", id="no value"),
        pytest.param('<c r="B2"><f>1+1</f><v/></c>', "whose result is not in", id="empty value"),
        pytest.param('<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "in an error", id="an error"),
    ],
)
def test_a_formula_without_a_value_is_a_problem_of_its_cell(cell, words):
    table = read_book(with_cells('<c r="A2"><v>1</v></c>', cell))

    (problem,) = table.rows[0].problems
    assert (problem.column, problem.code) == ("date_of_birth", "formula")
    assert problem.message.startswith("Cell B2 has a formula")
    assert words in problem.message


def test_a_formula_in_a_column_that_nobody_asked_for_is_no_problem():
    workbook = workbook_of((*HEAD, "Age"), ("1", "x", "=1+1"))
    assert read_book(workbook).rows[0].problems == ()


def test_a_text_that_looks_like_a_formula_is_a_text():
    workbook = workbook_of(HEAD, ("x", "x"))
    workbook.active["A2"].value = "=1+1"
    workbook.active["A2"].data_type = "s"
    assert cells_of(read_book(workbook)) == [("=1+1", "x")]


def test_a_cell_merged_with_those_below_stands_in_each_of_their_rows():
    workbook = workbook_of((*HEAD, "Email"), ("1", "x", "a@b.org"), ("2", "y"), ("3", "z"), ("4",))
    workbook.active.merge_cells("C2:C4")

    assert cells_of(read_book(workbook), "trn", "email") == [
        *(("1", "a@b.org"), ("2", "a@b.org"), ("3", "a@b.org")),
        ("4", ""),
    ]


def test_merged_cells_below_the_last_row_make_no_rows():
    workbook = workbook_of((*HEAD, "Email"), ("1", "x", "a@b.org"))
    workbook.active.merge_cells("C2:C900")
    assert len(read_book(workbook).rows) == 1


def test_a_title_merged_over_the_columns_is_passed_over():
    workbook = workbook_of(("ECTs of Elm School",), HEAD, ("1", "x"))
    workbook.active.merge_cells("A1:B1")
    assert cells_of(read_book(workbook)) == [("1", "x")]


def test_rows_are_counted_as_in_a_text_file():
    rows = [("1", "x")] * 500
    assert len(read_book(workbook_of(HEAD, *rows)).rows) == 500
    assert codes_of(read_book(workbook_of(HEAD, *rows, ("1", "x")))) == ["too_many_rows"]
    assert codes_of(read_book(workbook_of(HEAD))) == ["only_headings"]
    assert codes_of(read_book(Workbook())) == ["empty"]


def test_what_a_sheet_says_of_its_own_size_is_not_believed():
    content = saved(workbook_of(HEAD, ("1", "x"), ("2", "x")))
    sheet = content_of(content, SHEET)
    assert '<dimension ref="A1:B3"' in sheet
    lying = with_part(content, SHEET, sheet.replace('ref="A1:B3"', 'ref="A1:A2"'))
    assert cells_of(read_book(lying)) == [("1", "x"), ("2", "x")]


def test_a_workbook_that_says_it_unpacks_to_too_much_is_refused_unread(monkeypatch):
    bomb = with_part(saved(workbook_of(HEAD)), SHEET, b" " * (workbooks.MOST_UNPACKED + 1))
    monkeypatch.setattr(workbooks, "_BoundedReader", None)  # is never asked

    assert len(bomb) < Limits().most_bytes
    assert codes_of(read_book(bomb)) == ["unpacks_to_too_much"]


def test_a_workbook_of_too_many_files_is_refused(monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_FILES", 3)
    assert codes_of(read_book(workbook_of(HEAD))) == ["unpacks_to_too_much"]


def test_a_workbook_that_lies_about_what_it_unpacks_to_is_refused():
    bomb = with_part(saved(workbook_of(HEAD)), SHEET, b" " * (workbooks.MOST_UNPACKED + 1))
    told = (workbooks.MOST_UNPACKED + 1).to_bytes(4, "little")
    assert bomb.count(told) == 2
    assert codes_of(read_book(bomb.replace(told, (1_000).to_bytes(4, "little")))) == ["damaged"]


def test_entities_that_multiply_are_never_expanded():
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    content = saved(workbook_of(HEAD, ("1", "x")))
    sheet = content_of(content, SHEET)
    doctype = f'<!DOCTYPE x [<!ENTITY e0 "lol">{entities}]>'
    laughs = doctype + sheet.replace("<v>", "<v>&e9;", 1)
    assert codes_of(read_book(with_part(content, SHEET, laughs))) == ["damaged"]


def test_cells_far_to_the_right_and_far_below_cost_nothing():
    workbook = workbook_of(HEAD, ("1", "x"))
    for line in range(3, 300):
        workbook.active.cell(line, 16_384, " ")
    workbook.active.cell(1_048_576, 1, "2")
    assert [row.line for row in read_book(workbook).rows] == [2, 1_048_576]


def test_too_many_rows_that_have_looks_alone_are_refused():
    content = saved(workbook_of(HEAD, ("1", "x")))
    sheet = content_of(content, SHEET)
    looks = sheet.replace("</sheetData>", "<row/>" * (sheets.MOST_BLANK_ROWS + 1) + "</sheetData>")
    assert codes_of(read_book(with_part(content, SHEET, looks))) == ["too_many_blank_rows"]


def test_rows_that_have_looks_alone_count_once_though_a_sheet_is_read_twice():
    content = saved(workbook_of(HEAD, ("1", "x")))
    sheet = content_of(content, SHEET)
    looks = sheet.replace("</sheetData>", "<row/>" * sheets.MOST_BLANK_ROWS + "</sheetData>")
    assert cells_of(read_book(with_part(content, SHEET, looks))) == [("1", "x")]


def test_cells_that_do_not_say_where_they_stand_are_counted():
    table = read_book(with_cells('<c s="0"/>', '<c t="str"><v>x</v></c>'))
    assert cells_of(table) == [("", "x")]


def test_a_cell_beyond_all_columns_is_a_cell_too_many():
    workbook = workbook_of(HEAD, ("1", "x"))
    workbook.active.cell(2, 16_384, "lost")
    assert [each.code for each in read_book(workbook).rows[0].problems] == ["too_many_cells"]


def test_sheets_of_charts_are_passed_over():
    workbook = Workbook()
    workbook.create_chartsheet("Chart", 0).add_chart(BarChart())
    workbook.active = 1
    for row in (HEAD, ("1", "x")):
        workbook["Sheet"].append(row)
    assert cells_of(read_book(workbook)) == [("1", "x")]


def test_a_zip_file_that_is_no_workbook_is_damaged():
    content = with_part(saved(workbook_of(HEAD)), "[Content_Types].xml", b"<Types/>")
    assert codes_of(read_book(content)) == ["damaged"]


def many_sheets(count):
    """Return a workbook that names one sheet of 500 rows as often as this."""
    content = saved(workbook_of(HEAD, *[("1", "x")] * 500))
    book = content_of(content, "xl/workbook.xml")
    begin, end = book.index("<sheet "), book.index("</sheets>")
    one = book[begin:end]
    named = "".join(
        one.replace('name="Sheet"', f'name="S{n}"').replace('sheetId="1"', f'sheetId="{n}"')
        for n in range(1, count + 1)
    )
    return with_part(content, "xl/workbook.xml", book[:begin] + named + book[end:])


def styled(tags):
    content = saved(workbook_of(HEAD, ("1", "x")))
    styles = content_of(content, "xl/styles.xml")
    return with_part(content, "xl/styles.xml", styles.replace("</fonts>", f"{tags}</fonts>"))


def in_sheet(old, new):
    content = saved(workbook_of(HEAD, ("1", "x")))
    sheet = content_of(content, SHEET)
    assert old in sheet
    return with_part(content, SHEET, sheet.replace(old, new))


MERGED = '</sheetData><mergeCells><mergeCell ref="A2:A1048576"/></mergeCells>'
LAST_ROW = '<row r="1048576"><c r="A1048576"><v>2</v></c></row>'
TINY_AND_SLOW = [
    pytest.param(many_sheets(60), [], id="sixty names of one sheet"),
    pytest.param(many_sheets(20_000), ["too_many_sheets"], id="thousands of names of one sheet"),
    pytest.param(styled("<font/>" * 60_000), ["unpacks_to_too_much"], id="looks"),
    pytest.param(
        in_sheet("</sheetData>", "<row>" + "<c/>" * 400_000 + "</row></sheetData>"),
        ["unpacks_to_too_much"],
        id="cells",
    ),
    pytest.param(
        in_sheet("</sheetData>", f"{LAST_ROW}{MERGED * 900}"), ["damaged"], id="merged, no XML"
    ),
    pytest.param(
        in_sheet(
            "</sheetData>",
            f"{LAST_ROW}</sheetData><mergeCells>"
            + '<mergeCell ref="A2:A1048576"/>' * 5_000
            + "</mergeCells>",
        ),
        [],
        id="merged cells",
    ),
]


@pytest.mark.parametrize(("content", "codes"), TINY_AND_SLOW)
def test_a_small_workbook_never_takes_long(content, codes):
    assert len(content) < Limits().most_bytes
    began = perf_counter()
    found = read_book(content)
    assert perf_counter() - began < 5
    assert codes_of(found) == codes if codes else found.rows[0].cells["trn"] == "1"


@pytest.mark.parametrize("number", ["99999999999", "1048577", "1", "0", "-5", "x"])
def test_rows_that_no_sheet_can_have_are_damaged(number):
    assert codes_of(read_book(in_sheet('<row r="2"', f'<row r="{number}"'))) == ["damaged"]


def test_cells_and_sheets_share_one_budget(monkeypatch):
    monkeypatch.setattr(sheets, "_MOST_ELEMENTS", 1_500)
    assert codes_of(read_book(many_sheets(60))) == ["too_many_cells"]


def test_a_sheet_is_not_the_list_of_sheets():
    content = saved(workbook_of(HEAD, ("1", "x")))
    types = content_of(content, "[Content_Types].xml")
    book = content_of(content, "xl/workbook.xml")
    moved = with_part(content, "xl/worksheets/book.xml", book)
    lying = types.replace('"/xl/workbook.xml"', '"/xl/worksheets/book.xml"')
    assert codes_of(read_book(with_part(moved, "[Content_Types].xml", lying))) == ["damaged"]
