"""Which files are tables, by size, name and content."""

import pytest

from register_ects.uploads import Limits
from tests.uploads.files import codes_of, read, saved, workbook_of

pytestmark = pytest.mark.no_database

CSV = b"TRN,Date of birth\n1234567,1999\n"
WORKBOOK = saved(workbook_of(("TRN", "Date of birth"), ("1234567", "1999")))
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
WITH_PASSWORD = OLD_OFFICE + "EncryptedPackage".encode("utf-16-le") + bytes(512)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        *(pytest.param(name, CSV, id=name) for name in ("a.csv", "A.CSV ", "b.c.txt", "a.tsv")),
        pytest.param("a.xlsx", WORKBOOK, id="a.xlsx"),
        pytest.param("A b.XLSX", WORKBOOK, id="A b.XLSX"),
    ],
)
def test_csv_and_excel_are_read(name, content):
    assert len(read(content, name=name).rows) == 1


@pytest.mark.parametrize(
    ("name", "content", "code", "words"),
    [
        ("a.xls", OLD_OFFICE, "other_kind", "an old Excel workbook. Open it, save it as"),
        ("a.xls", CSV, "other_kind", "an old Excel workbook. Open it, save it as"),
        ("a.csv", OLD_OFFICE, "other_kind", "an old Office document. Open it, save it as"),
        ("a.xlsx", WITH_PASSWORD, "password", "Remove the password"),
        ("a.xlsm", WORKBOOK, "other_kind", "save it as an Excel workbook (.xlsx)"),
        ("a.ods", WORKBOOK, "other_kind", "OpenDocument"),
        ("a.numbers", WORKBOOK, "other_kind", "Apple Numbers"),
        ("a.docx", WORKBOOK, "other_kind", "a Word document. Send a CSV file"),
        ("a.csv", b"%PDF-1.7", "other_kind", "a PDF. Send a CSV file"),
        ("a.csv", b"\x89PNG\r\n", "other_kind", "a picture"),
        ("a.exe", CSV, "wrong_ending", "ends with “.exe”. Send a CSV file"),
        ("ects", CSV, "wrong_ending", "has no ending. Send a CSV file"),
        ("a.csv", WORKBOOK, "wrong_ending", "let its name end with .xlsx"),
        ("a.xlsx", CSV, "wrong_ending", "no Excel workbook"),
        ("a.xlsx", WORKBOOK[:-200], "damaged", "save it again"),
        ("a.xlsx", WORKBOOK[:900] + bytes(64) + WORKBOOK[964:], "damaged", "save it again"),
        ("a.xlsx", b"PK\x03\x04" + bytes(2000), "damaged", "save it again"),
    ],
)
def test_anything_else_is_told_what_to_send(name, content, code, words):
    refused = read(content, name=name)

    assert codes_of(refused) == [code]
    assert words in refused.problems[0].message


def test_a_file_of_too_many_bytes_is_refused():
    limits = Limits(most_bytes=100 * 1024)

    assert len(read(CSV.ljust(100 * 1024), limits=limits).rows) == 1
    refused = read(CSV.ljust(100 * 1024 + 1), limits=limits)
    assert refused.problems[0].message == "The file must be 100 KB or smaller"
    assert Limits().size == "1 MB"
