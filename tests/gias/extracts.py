"""Small register extracts, written as the real ones are: windows-1252, CRLF, text quoted."""

import csv
import io

COLUMNS = [
    *("URN", "LA (code)", "LA (name)", "EstablishmentNumber", "EstablishmentName"),
    *("TypeOfEstablishment (code)", "TypeOfEstablishment (name)"),
    *("EstablishmentStatus (code)", "EstablishmentStatus (name)", "OpenDate", "CloseDate"),
    *("PhaseOfEducation (name)", "NumberOfPupils", "UKPRN", "Street", "Locality", "Town"),
    *("Postcode", "SchoolWebsite", "Section41Approved (name)", "DistrictAdministrative (name)"),
    *("Trusts (code)", "Trusts (name)"),
]

DEFAULTS = {
    "URN": "100001",
    "LA (code)": "201",
    "LA (name)": "City of London",
    "EstablishmentNumber": "3614",
    "EstablishmentName": "Mill Lane School",
    "TypeOfEstablishment (code)": "01",
    "TypeOfEstablishment (name)": "Community school",
    "EstablishmentStatus (code)": "1",
    "EstablishmentStatus (name)": "Open",
    "OpenDate": "01-09-1998",
    "PhaseOfEducation (name)": "Primary",
    "NumberOfPupils": "210",
    "Street": "1 Mill Lane",
    "Town": "Westbridge",
    "Postcode": "ZZ1 1AA",
    "Section41Approved (name)": "Not applicable",
    "DistrictAdministrative (name)": "Westbridge",
}

Row = dict[str, str]


def a_row(urn: int = 100001, **values: str) -> Row:
    """Return a row of a plain open school, with the differences named by short keywords."""
    names = {
        "name": "EstablishmentName",
        "type": "TypeOfEstablishment (name)",
        "status": "EstablishmentStatus (name)",
        "opened": "OpenDate",
        "closed": "CloseDate",
        "ukprn": "UKPRN",
        "section_41": "Section41Approved (name)",
        "phase": "PhaseOfEducation (name)",
        "la_code": "LA (code)",
        "la_name": "LA (name)",
        "postcode": "Postcode",
        "pupils": "NumberOfPupils",
        "number": "EstablishmentNumber",
    }
    return {**DEFAULTS, "URN": str(urn), **{names.get(k, k): v for k, v in values.items()}}


def as_csv(rows: list[Row], columns: list[str] = COLUMNS) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([[row.get(column, "") for column in columns] for row in rows])
    return text.getvalue()
