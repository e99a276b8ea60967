"""Columns that several kinds of file ask for, with the names that people give them.

A file that asks for one less strictly takes it with ``replace(TRN, required=False)``.
"""

from register_ects.uploads.columns import Column

TRN = Column(
    "trn",
    "TRN",
    aliases=(
        *("Teacher reference number", "Teacher reference number (TRN)", "Teacher number"),
        *("Teacher ref number", "Teacher ref", "TRN number", "DfE number", "TRN no"),
        *("Teacher reference", "Teacher reference no", "QTS number", "DfE reference number"),
    ),
    hint="7 digits. A spreadsheet may drop zeros in front: we put them back",
    example="1234567",
)
DATE_OF_BIRTH = Column(
    "date_of_birth",
    "Date of birth",
    aliases=("DOB", "Birth date", "Birthdate", "Born", "Born on", "Birthday", "D.O.B."),
    hint="Day first, like 31/3/1998",
    example="31/3/1998",
    is_day=True,
)
NI_NUMBER = Column(
    "national_insurance_number",
    "National Insurance number",
    required=False,
    aliases=(
        *("NI number", "NINO", "NI", "NI no", "Nat Ins number", "National Insurance"),
        *("National Insurance no", "NIN"),
    ),
    hint="Only where the date of birth may not match",
    example="QQ123456C",
)
CORRECTED_NAME = Column(
    "corrected_name",
    "Corrected name",
    required=False,
    aliases=("Correct name", "Correct full name", "Corrected full name"),
    hint="Only if the name in the Teaching Record System is wrong",
    example="",
)
FIRST_NAME = Column(
    "first_name",
    "First name",
    aliases=("Forename", "Forenames", "Given name", "Given names", "First names", "Firstname"),
    example="Asha",
)
LAST_NAME = Column(
    "last_name",
    "Last name",
    aliases=("Surname", "Family name", "Second name", "Legal surname", "Last names"),
    example="Rao",
)
FULL_NAME = Column(
    "full_name",
    "Full name",
    required=False,
    aliases=(
        "Name",
        "Teacher name",
        "Teacher",
        "ECT name",
        "ECT",
        "Name of teacher",
        "Name of ECT",
    ),
    example="",
)
EMAIL = Column(
    "email",
    "Email address",
    aliases=(
        *("Email", "E-mail", "Mail", "Work email", "Work email address", "School email"),
        *("School email address", "Contact email", "Contact email address", "Email addresses"),
    ),
    example="asha.rao@example.com",
)
START_DATE = Column(
    "start_date",
    "Start date",
    aliases=(
        *("Started on", "Date started", "Starting date", "Start", "Date of start", "Started"),
        *("School start date", "Start date at school", "ECT start date", "Employment start date"),
        *("Contract start date", "Joining date", "Date joined"),
    ),
    hint="Day first, like 1/9/2026",
    example="1/9/2026",
    is_day=True,
)
