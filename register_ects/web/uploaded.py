"""What pages say of a file that somebody uploaded."""

from django.contrib import messages
from django.http import HttpRequest

from register_ects.uploads.tables import Table


def say_what_was_not_read(request: HttpRequest, table: Table) -> None:
    """Name the sheets of a workbook that have people too, and were not read."""
    if table.unread_sheets:
        others = ", ".join(f"“{name}”" for name in table.unread_sheets)
        messages.warning(
            request,
            f"We read the sheet “{table.sheet}” of the workbook. Other sheets have people too, and "
            f"were not read: {others}. Save each as a file of its own and upload it",
        )
