"""The pages that take a body's file, and confirm what it does."""

from django.core.exceptions import ValidationError

from appropriate_bodies.bulk.kinds import Kind
from register_ects.rules.seen import CHANGED_MEANWHILE
from register_ects.uploads.cells import twice
from register_ects.uploads.files import SentFile, may_be_mapped
from register_ects.uploads.tables import Table, Unreadable
from register_ects.web.forms import FileField
from register_ects.web.once_forms import OnceForm
from register_ects.web.seen_forms import SeenForm


class UploadForm(OnceForm):
    """A file; ``found`` is its table, or why it is none yet."""

    wording = {"too_many_rows": "The file has {rows} rows. It can have {most} at most: split it"}

    file = FileField(
        label="File",
        hint="We delete what it holds of people 14 days from now, or 30 days after it was recorded",
        required_message="Select a CSV file or an Excel workbook (.xlsx)",
    )
    found: Table | Unreadable

    def __init__(self, *args: object, kind: Kind, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._kind = kind

    def clean_file(self) -> SentFile:
        """Return the file, if it can be read, or could be once columns are named."""
        sent = self.cleaned_data["file"]
        file = SentFile(sent.name, sent.read())
        self.found = self._kind.read(file)
        wrong = [] if may_be_mapped(self.found) else messages_of(self.found)
        if isinstance(self.found, Table):
            wrong = same_people(self._kind, self.found)
        if wrong:
            raise ValidationError(". ".join(wrong), code="unreadable")
        return file


class ConfirmForm(SeenForm):
    """Nothing to fill in: everything that is ready is recorded as shown."""

    wording = {
        CHANGED_MEANWHILE: "The file was checked again after you opened this page, so nothing was "
        "recorded. Read it and confirm again",
        "nobody_ready": "No line is ready to be recorded",
        "checked_long_ago": "These lines were checked more than a day ago. Check them again, then "
        "confirm",
        "batch_not_open": "A colleague confirmed or discarded this file already",
    }


def messages_of(found: Table | Unreadable) -> list[str]:
    """Return why a file cannot be used, in sentences."""
    return [problem.message for problem in found.problems] if isinstance(found, Unreadable) else []


def same_people(kind: Kind, table: Table) -> list[str]:
    """Return which TRNs stand in a file more than once, and on which lines."""
    return [
        f"TRN {trn} is on lines {', '.join(map(str, lines[:-1]))} and {lines[-1]}. Everybody can "
        "be in the file once"
        for trn, lines in twice(kind.rows_of(table), "trn").items()
    ]
