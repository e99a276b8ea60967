"""A file that a person chooses. Source: spec 05 §20.2, spec 06 §6.17.2."""

from typing import Any

from django import forms
from django.forms import BoundField

from register_ects.web.fields import DesignSystemField, Options

_MEGABYTE = 1024 * 1024


class FileField(DesignSystemField, forms.FileField):
    """A file of ``most_bytes`` at most, a whole number of megabytes; cleans to the uploaded file.

    The form is given ``request.FILES`` after what was posted, and its page is ``multipart``.
    ``accept`` are the ends of names that the browser offers; what the file is, whoever reads it
    decides. Larger ones than any body may be are refused before (``large_bodies``).
    """

    component = "file-upload"
    required_message = "Select a file"

    def __init__(
        self, *args: Any, accept: str = ".csv,.xlsx", most_bytes: int = _MEGABYTE, **kwargs: Any
    ):
        super().__init__(*args, allow_empty_file=True, **kwargs)
        self.accept, self.most_bytes = accept, most_bytes

    def to_python(self, data: Any) -> Any:
        """Refuse a file that is empty or too large."""
        found = super().to_python(data)
        if found is not None and not found.size:
            raise forms.ValidationError("The selected file is empty", code="empty")
        if found is not None and found.size > self.most_bytes:
            raise forms.ValidationError(
                f"The selected file must be {self.most_bytes // _MEGABYTE} MB or smaller",
                code="too_large",
            )
        return found

    def options(self, bound: BoundField) -> Options:
        """Return the options of ``govukFileUpload``: a file that was chosen is not kept."""
        kept = {name: value for name, value in super().options(bound).items() if name != "value"}
        return {**kept, "attributes": {"accept": self.accept}}
