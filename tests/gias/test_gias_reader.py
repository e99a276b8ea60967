"""Reading extracts: encodings, compression, headers, rows that cannot be read."""

import gzip

import pytest

from register_ects.gias.faults import FileRefused
from register_ects.gias.reader import Extract

pytestmark = pytest.mark.no_database

WANTED = ["URN", "EstablishmentName"]


@pytest.fixture
def read(write):
    """Return the rows (line, values) and the complaints of an extract."""

    def read_extract(content, **options):
        extract = Extract(write(content, **options), required=WANTED)
        return list(extract.rows()), list(extract.malformed.lines())

    return read_extract


@pytest.mark.parametrize("file_name", ["register.csv", "register.csv.gz"])
@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        pytest.param("windows-1252", "St Mary\u2019s \u2013 Upper", id="curly apostrophe, dash"),
        pytest.param("windows-1252", "École Française, 45° North", id="accents, degree sign"),
        pytest.param("utf-8", "St Mary\u2019s \u2013 École", id="utf-8"),
        pytest.param("utf-8-sig", "St Mary\u2019s \u2013 École", id="byte-order mark"),
        pytest.param("utf-8", "Ynys Môn and Tŷ Gwyn", id="letters outside windows-1252"),
        pytest.param("ascii", "Mill Lane School", id="plain"),
    ],
)
def test_names_survive_whatever_the_encoding(read, encoding, name, file_name):
    content = f'URN,EstablishmentName\r\n1,"{name}"\r\n'.encode(encoding)

    assert read(content, name=file_name) == ([(2, ["1", name])], [])


def test_finds_columns_by_name_and_ignores_others(read):
    content = "Head,EstablishmentName,URN\r\nSomeone,Mill Lane,1\r\n"

    assert read(content) == ([(2, ["1", "Mill Lane"])], [])


@pytest.mark.parametrize(
    ("content", "rows", "complaints"),
    [
        pytest.param("1,a,x\n2,b\n", [(3, ["2", "b"])], ["line 2: has 3 fields, not 2"], id="many"),
        pytest.param("1\n2,b\n", [(3, ["2", "b"])], ["line 2: has 1 fields, not 2"], id="few"),
        pytest.param("1,a\n\n2,b\n", [(2, ["1", "a"]), (4, ["2", "b"])], [], id="blank line"),
        pytest.param("1,a\n2,b", [(2, ["1", "a"]), (3, ["2", "b"])], [], id="no last line end"),
        pytest.param('1,"a\nb"\n2,b\n', [(2, ["1", "a\nb"]), (4, ["2", "b"])], [], id="two lines"),
        pytest.param(
            '1,"a\n2,"b"\n3,c\n',
            [(3, ["2", "b"]), (4, ["3", "c"])],
            ["line 2: cannot be read as CSV (',' expected after '\"')"],
            id="a stray quote loses its own row only",
        ),
        pytest.param(
            '1,"a\n2,b\n3,c\n',
            [(3, ["2", "b"]), (4, ["3", "c"])],
            ["line 2: cannot be read as CSV (unexpected end of data)"],
            id="a stray quote with no other to end it",
        ),
        pytest.param(
            "1,a\0b\n2,b\n", [(3, ["2", "b"])], ["line 2: contains a NUL character"], id="nul"
        ),
    ],
)
def test_a_bad_row_is_set_aside_with_its_line_number(read, content, rows, complaints):
    assert read("URN,EstablishmentName\n" + content) == (rows, complaints)


def test_a_byte_that_the_encoding_does_not_know_spoils_its_row_only(read):
    content = b"URN,EstablishmentName\r\n1,a\x81\r\n2,St Mary\x92s\r\n"

    rows, complaints = read(content)

    assert rows == [(3, ["2", "St Mary\u2019s"])]
    assert complaints == ["line 2: contains a byte that is not valid windows-1252"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param("", "empty", id="empty file"),
        pytest.param("URN,Name\n1,a\n", "missing required columns: EstablishmentName", id="column"),
        pytest.param("a,b\n1,a\n", "missing required columns: URN, EstablishmentName", id="two"),
        pytest.param('URN,EstablishmentName\n1,a\n2,"b', "line 3 ends in the middle", id="in text"),
        pytest.param("URN,EstablishmentName\n1,a\n2", "line 3 ends in the middle", id="in a row"),
    ],
)
def test_a_file_at_fault_is_refused(read, content, message):
    with pytest.raises(FileRefused, match=message):
        read(content)


def test_a_compressed_file_cut_short_is_refused(read):
    whole = gzip.compress(b"URN,EstablishmentName\n" + b"1,a\n" * 200_000)

    for length in (len(whole) // 2, len(whole) - 4):
        with pytest.raises(FileRefused, match="compressed file is cut short"):
            read(whole[:length])


def test_a_damaged_compressed_file_is_refused(read):
    whole = bytearray(gzip.compress(b"URN,EstablishmentName\n" + b"1,a\n" * 2_000))
    whole[-8] ^= 255

    with pytest.raises(FileRefused, match="compressed file is damaged"):
        read(bytes(whole))


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(FileRefused, match="No such file"):
        Extract(tmp_path / "nothing.csv", required=WANTED)
