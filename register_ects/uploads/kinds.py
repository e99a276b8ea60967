"""What kind of file was uploaded, by what is in it and by its name; what is no table is refused."""

from pathlib import PurePath

from register_ects.uploads.tables import FileRefused, Limits

#: Ends of names of text files, and of workbooks.
TEXT_SUFFIXES, WORKBOOK_SUFFIXES = (".csv", ".txt", ".tsv"), (".xlsx",)
EMPTY = "The file is empty"
_WANTED = "Send a CSV file (.csv) or an Excel workbook (.xlsx)"
_SAVE_AS = "Open it, save it as an Excel workbook (.xlsx) or as “CSV UTF-8”, and send that"
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: The stream in which Office keeps a workbook that needs a password.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_KINDS = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a compressed file",
    b"7z\xbc\xaf": "a compressed file",
    b"Rar!": "a compressed file",
    b"{\\rtf": "a document",
}
_SUFFIXES = {
    ".xls": "an old Excel workbook",
    ".xlsm": "an Excel workbook with macros",
    ".xlsb": "a binary Excel workbook",
    ".ods": "an OpenDocument spreadsheet",
    ".numbers": "an Apple Numbers spreadsheet",
    ".doc": "a Word document",
    ".docx": "a Word document",
    ".pdf": "a PDF",
}
_SPREADSHEETS = (".xls", ".xlsm", ".xlsb", ".ods", ".numbers")


def is_workbook(content: bytes) -> bool:
    """Whether the file is an Excel workbook, as far as its first bytes tell."""
    return content.startswith(_ZIP)


def refuse_what_is_no_table(name: str, content: bytes, limits: Limits) -> None:
    """Raise FileRefused for a file that is too large, empty, of another kind or called wrongly."""
    if len(content) > limits.most_bytes:
        raise too_large(limits)
    if not content.strip(b" \t\r\n,;|\xef\xbb\xbf"):
        raise FileRefused("empty", EMPTY)
    suffix = PurePath(name.strip().lower()).suffix
    if content.startswith(_OLE) and _ENCRYPTED in content:
        raise FileRefused(
            "password",
            "The workbook is protected with a password. Remove the password (File, Info, Protect "
            "Workbook, Encrypt with Password in Excel), save it and send it again",
        )
    if content.startswith(_OLE) or suffix in _SUFFIXES:
        kind = _SUFFIXES.get(suffix, "an old Office document")
        wanted = _SAVE_AS if suffix in _SPREADSHEETS or content.startswith(_OLE) else _WANTED
        raise FileRefused("other_kind", f"The file is {kind}. {wanted}")
    for start, kind in _KINDS.items():
        if content.startswith(start):
            raise FileRefused("other_kind", f"The file is {kind}. {_WANTED}")
    _refuse_wrong_suffix(suffix, content)


def too_large(limits: Limits) -> FileRefused:
    """Return the refusal of a file of too many bytes."""
    return FileRefused("too_large", f"The file must be {limits.size} or smaller")


def _refuse_wrong_suffix(suffix: str, content: bytes) -> None:
    if suffix not in (*TEXT_SUFFIXES, *WORKBOOK_SUFFIXES):
        called = f"ends with “{suffix}”" if suffix else "has no ending"
        raise FileRefused("wrong_ending", f"The name of the file {called}. {_WANTED}")
    if suffix in TEXT_SUFFIXES and is_workbook(content):
        raise FileRefused(
            "wrong_ending",
            f"The name of the file ends with “{suffix}”, but it is no text file. If it is an Excel "
            "workbook, let its name end with .xlsx and send it again",
        )
    if suffix in WORKBOOK_SUFFIXES and not is_workbook(content):
        raise FileRefused(
            "wrong_ending",
            f"The name of the file ends with “{suffix}”, but it is no Excel workbook, or it is "
            f"damaged. {_SAVE_AS}",
        )
