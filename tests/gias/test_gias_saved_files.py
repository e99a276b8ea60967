"""However an extract was saved on its way to us: it is read, or named for what it is."""

import gzip
import io
import tracemalloc
import zipfile

import pytest

from register_ects.gias.containers import find_encoding
from register_ects.gias.faults import FileRefused
from register_ects.gias.reader import LONGEST_LINE, Extract

pytestmark = pytest.mark.no_database

WANTED = ["URN", "EstablishmentName"]
TEXT = "URN,EstablishmentName\r\n1,École St Mary’s\r\n2,Mill Lane\r\n"
ROWS = [(2, ["1", "École St Mary’s"]), (3, ["2", "Mill Lane"])]


@pytest.fixture
def read(tmp_path):
    """Return the rows, malformed rows and warnings of content saved in a file."""

    def read_content(content, name="register.csv"):
        path = tmp_path / name
        path.write_bytes(content)
        extract = Extract(path, required=WANTED)
        return list(extract.rows()), [*extract.malformed.lines()], [*extract.warnings.lines()]

    return read_content


def zipped(**files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return content.getvalue()


@pytest.mark.parametrize(
    "encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "windows-1252"]
)
def test_the_encoding_is_found(read, encoding):
    assert read(TEXT.encode(encoding)) == (ROWS, [], [])


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_what_parts_the_columns_is_found(read, delimiter):
    assert read(TEXT.replace(",", delimiter).encode()) == (ROWS, [], [])


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("first", ["sep={}", '"sep={}"', "\ufeffSep={}"])
def test_what_excel_says_of_the_columns_is_skipped(read, first, delimiter):
    content = f"{first.format(delimiter)}\r\n{TEXT.replace(',', delimiter)}"

    rows, malformed, warnings = read(content.encode())

    assert [values for _line, values in rows] == [values for _line, values in ROWS]
    assert [line for line, _values in rows] == [3, 4]
    assert (malformed, warnings) == ([], [])


@pytest.mark.parametrize(
    "header", ["urn,establishmentname", "URN , ESTABLISHMENTNAME", '"Urn","Establishment Name"']
)
def test_the_header_may_be_in_other_letters(read, header):
    content = TEXT.replace("URN,EstablishmentName", header)

    assert read(content.encode()) == (ROWS, [], [])


@pytest.mark.parametrize("compress", [gzip.compress, lambda data: zipped(**{"a.csv": data})])
def test_compression_is_found_whatever_the_name(read, compress):
    assert read(compress(TEXT.encode()), name="register.csv") == (ROWS, [], [])


def test_of_several_files_in_a_zip_the_one_with_the_columns_is_read(read):
    links = "URN,LinkURN,LinkType\r\n1,2,Successor\r\n"
    content = zipped(
        **{
            "links.csv": links,
            "extract/edubase.csv": TEXT,
            "__MACOSX/._edubase.csv": "\0",
            "readme.pdf": "%PDF",
        }
    )

    assert read(content) == (ROWS, [], [])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(
            b"<!DOCTYPE html>\n<html><head><title>Sign in\n to GIAS</title>",
            "a web page (HTML) called “Sign in to GIAS”: perhaps the download asked to sign in",
            id="web page",
        ),
        pytest.param(b"\xef\xbb\xbf \n<HTML>", "a web page (HTML): perhaps", id="with a mark"),
        pytest.param(
            b"<?xml version='1.0'?><html xmlns='x'>", "a web page (HTML): perhaps", id="XHTML"
        ),
        pytest.param(b"<?xml version='1.0'?><schools/>", "register.csv: XML.", id="XML"),
        pytest.param(b'{"error": "not found"}', "register.csv: JSON.", id="JSON"),
        pytest.param(
            zipped(**{"[Content_Types].xml": "", "xl/workbook.xml": ""}),
            "an Excel workbook, not a CSV file. Save it as CSV",
            id="xlsx",
        ),
        pytest.param(
            zipped(**{"[Content_Types].xml": "", "word/document.xml": ""}),
            "a Word document, not a CSV file",
            id="docx",
        ),
        pytest.param(
            zipped(**{"mimetype": "application/x", "content.xml": ""}),
            "an OpenDocument file",
            id="ods",
        ),
        pytest.param(b"\xd0\xcf\x11\xe0rest", "an old Excel workbook", id="xls"),
        pytest.param(b"%PDF-1.7", "a PDF. A CSV file is wanted", id="pdf"),
        pytest.param(b"\x00\x01\x02\xff\xfe\x00", "binary data", id="binary"),
        pytest.param(
            gzip.compress(zipped(a=b"b")), "a ZIP file inside another file", id="zip in gzip"
        ),
        pytest.param(
            zipped(**{"a.pdf": ""}), "without a CSV file in it (it holds a.pdf)", id="zip"
        ),
        pytest.param(zipped(), "(it holds nothing)", id="empty zip"),
        pytest.param(
            zipped(**{"a.csv": TEXT, "b.csv": TEXT}),
            "of the 2 files in this ZIP file, more than one has the columns wanted: a.csv, b.csv",
            id="two in a zip",
        ),
        pytest.param(
            zipped(**{"a.csv": "x\n1\n", "b.csv": "y\n1\n"}),
            "of the 2 files in this ZIP file, none has the columns wanted",
            id="none in a zip",
        ),
        pytest.param(zipped(a=b"b" * 99)[:50], "the ZIP file is damaged or cut short", id="cut"),
    ],
)
def test_what_is_no_extract_is_named(read, content, message):
    with pytest.raises(FileRefused) as refusal:
        read(content)

    assert message in str(refusal.value)


def test_a_damaged_zip_is_refused(read):
    content = bytearray(zipped(**{"a.csv": TEXT * 1_000}))
    content[60] ^= 255

    with pytest.raises(FileRefused, match="compressed file is damaged"):
        read(bytes(content))


def test_one_bad_byte_costs_its_own_row_and_not_the_encoding_of_the_others(read):
    lines = TEXT.encode().splitlines(keepends=True)
    content = b"".join([*lines, b"3,Caf\xe9\r\n", "4,Tŷ Gwyn\r\n".encode()])

    assert read(content) == (
        [*ROWS, (5, ["4", "Tŷ Gwyn"])],
        ["line 4: contains a byte that is not valid utf-8"],
        [],
    )


def test_a_character_across_two_chunks_counts_once(tmp_path):
    path = tmp_path / "register.csv"
    for padding in range(4_090, 4_100):
        path.write_bytes(b"a" * padding + "é".encode() + b"a" * 70_000 + "’".encode())
        assert find_encoding(path, None) == "utf-8-sig", padding


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252"])
@pytest.mark.parametrize("name", ["St Maryâ€™s", "CafÃ© School", "Mill\u00c2\u00a0Lane"])
def test_text_read_in_the_wrong_encoding_before_is_warned_of(read, encoding, name):
    content = f"URN,EstablishmentName\r\n1,É\r\n2,È\r\n3,{name}\r\n".encode(encoding)

    rows, malformed, warnings = read(content)

    assert (len(rows), malformed) == (3, [])
    assert warnings == [
        f"line 4: EstablishmentName: {name!r} was saved in one encoding and read in another"
    ]


@pytest.mark.parametrize("name", ["Ysgol Brynhyfryd Â", "São João", "Ã", "naïve â"])
def test_real_accents_are_not_warned_of(read, name):
    assert read(f"URN,EstablishmentName\r\n1,{name}\r\n".encode())[2] == []


@pytest.mark.parametrize(
    ("content", "line"),
    [
        pytest.param("URN,EstablishmentName\r\n1,", 2, id="a row"),
        pytest.param("URN,EstablishmentName", 1, id="the header"),
    ],
)
def test_a_line_of_over_a_megabyte_is_refused_without_reading_it_to_its_end(read, content, line):
    compressed = gzip.compress(content.encode() + b"a" * 30 * LONGEST_LINE)
    tracemalloc.start()
    try:
        with pytest.raises(FileRefused, match=f"line {line} is longer than 1,000,000 characters"):
            read(compressed)
        _, most_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert most_bytes < 10 * LONGEST_LINE
