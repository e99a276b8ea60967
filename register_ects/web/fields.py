"""Form fields that know how the Design System draws them.

Each field names its macro (``component``) and builds the macro's options (``options``). Labels,
hints and messages may hold ``{name}``-style words, which the form fills in (``GovukForm.words``).
Dates are in ``date_fields``; choices in ``choice_fields``. Source: spec 05 §6.1, §17.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from markupsafe import Markup, escape

from register_ects.rules import emails, identifiers, names, visible

Options = dict[str, Any]

#: Longest text of a field that names no limit of its own, in characters.
LONGEST_LINE, LONGEST_TEXT = 1_000, 10_000


class DesignSystemField(forms.Field):
    """What every field shares: its macro, its options and its default messages.

    ``called`` is what messages call it, when the label is a question: "date of birth".
    """

    component = "input"
    required_message = "Enter {label}"

    def __init__(
        self,
        *args: Any,
        hint: str = "",
        called: str = "",
        required_message: str = "",
        **kwargs: Any,
    ):
        self.called = called
        self.required_message = required_message or self.required_message
        super().__init__(*args, help_text=hint or kwargs.pop("help_text", ""), **kwargs)

    def options(self, bound: BoundField) -> Options:
        """Return the macro's options for this field as it stands in its form."""
        return {
            "id": bound.id_for_label,
            "name": bound.html_name,
            "label": label_of(bound),
            "hint": hint_of(bound),
            "errorMessage": error_of(bound),
            "value": shown_value(bound),
        }

    def first_input_id(self, bound: BoundField) -> str:
        """Return the id that the error summary links to."""
        return str(bound.id_for_label)


class TextField(DesignSystemField, forms.CharField):
    """One line of text. Control characters are refused; white space around it is dropped.

    So are characters that turn the direction of text, which nobody sees and which make a text read
    as another. ``drops_hidden`` leaves out all that nobody sees, where only figures count.
    Characters without width (a soft hyphen, a byte order mark) are dropped at both ends. Where
    people see none of a text, there is none.
    ``width`` is a Design System width in characters (2, 3, 4, 5, 10, 20, 30); ``classes`` adds
    others. ``attributes`` become HTML attributes.
    """

    several_lines = False
    drops_hidden = False

    def __init__(
        self,
        *args: Any,
        width: int | None = None,
        classes: str = "",
        input_type: str = "text",
        autocomplete: str | None = None,
        spellcheck: bool | None = None,
        inputmode: str | None = None,
        attributes: dict[str, str] | None = None,
        **kwargs: Any,
    ):
        kwargs.setdefault("max_length", LONGEST_TEXT if self.several_lines else LONGEST_LINE)
        super().__init__(*args, **kwargs)
        self.widget.attrs.pop("maxlength", None)
        sized = f"govuk-input--width-{width} " if width else ""
        self.look: Options = {
            "classes": f"{sized}{classes}".strip(),
            "type": input_type,
            "autocomplete": autocomplete,
            "spellcheck": spellcheck,
            "inputmode": inputmode,
            "attributes": attributes or {},
        }

    def to_python(self, value: Any) -> Any:
        """Refuse what is no text, then trim."""
        if isinstance(value, str):
            value = value.strip()
            self._refuse_long(value)  # before anything reads every character of it
            value = names.trimmed(value)
            if self.drops_hidden:
                value = visible.without_hidden(value).strip()
            refuse_control_characters(value, several_lines=self.several_lines)
            if not visible.has_visible(value):
                value = ""
        return super().to_python(value)

    def _refuse_long(self, value: str) -> None:
        if self.max_length is not None and len(value) > self.max_length:
            raise ValidationError(
                self.error_messages.get("max_length")
                or f"{{Label}} must be {self.max_length:,} characters or fewer",
                code="max_length",
            )

    def options(self, bound: BoundField) -> Options:
        """Return the options of ``govukInput``."""
        return {**super().options(bound), **self.look}


class TextareaField(TextField):
    """Several lines of text."""

    component = "textarea"
    several_lines = True
    widget = forms.Textarea

    def __init__(self, *args: Any, rows: int = 5, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.look["rows"] = rows

    def options(self, bound: BoundField) -> Options:
        """Return the options of ``govukTextarea``; line breaks survive the macro's indenting."""
        value = Markup(str(escape(shown_value(bound))).replace("\n", "&#10;"))  # noqa: S704 escaped
        return {**super().options(bound), "value": value}


class EmailField(TextField):
    """An address that GOV.UK Notify can send to, 254 characters at most.

    No saved address is offered: it is somebody else's that is asked for.
    """

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.setdefault("input_type", "email")
        kwargs.setdefault("spellcheck", False)
        kwargs.setdefault("autocomplete", "off")
        super().__init__(*args, max_length=None, **kwargs)

    def to_python(self, value: Any) -> Any:
        """Return the address without white space around it."""
        if isinstance(value, str):
            value = value.strip()[:LONGEST_LINE]  # far too long all the same
        return super().to_python(value) or ""

    def validate(self, value: Any) -> None:
        """Refuse what Notify would not accept."""
        super().validate(value)
        problem = emails.problem_with(value)
        if problem and value:
            raise ValidationError(_EMAIL_MESSAGES[problem], code=problem)


_EMAIL_MESSAGES = {
    "has_mailto": "Email address must not begin with “mailto:”. Enter the address only, like "
    "name@example.com",
    "too_long": f"Email address must be {emails.LONGEST} characters or fewer",
    "curly_apostrophe": "Email address must not include a curly apostrophe (’). If it has an "
    "apostrophe, type a straight one (')",
    "ends_with_dot": "Email address must not end with a full stop",
    "has_space": "Email address must not include spaces",
    "not_plain": "Email address must only include letters a to z without accents, numbers and "
    "symbols: type it instead of pasting it",
    "invalid": "Enter an email address in the correct format, like name@example.com",
}


class PersonNameField(TextField):
    """A person's name: tidied, with a letter in it and nothing hidden, 70 characters at most."""

    LONGEST = 70

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.setdefault("spellcheck", False)
        kwargs.setdefault("autocomplete", "off")
        super().__init__(*args, max_length=self.LONGEST, **kwargs)

    def to_python(self, value: Any) -> Any:
        """Return the name with single spaces, straight apostrophes and nothing without width."""
        return names.tidy(super().to_python(value) or "")

    def validate(self, value: Any) -> None:
        """Refuse what is nobody's name."""
        super().validate(value)
        if visible.has_hidden(value):
            raise ValidationError(
                "{Label} must not include hidden characters: type it instead of pasting it",
                code="hidden_characters",
            )
        if value and not names.has_letter(value):
            raise ValidationError("{Label} must include letters", code="no_letter")
        if names.is_written_as_a_link(value):
            raise ValidationError(
                "{Label} must be a name alone, without an address or any of < > [ ] { } @",
                code="is_a_link",
            )


class _ReferenceField(TextField):
    """What somebody copies from a document, figure by figure: it is somebody else's."""

    drops_hidden = True
    #: What reads what was typed, and the message of each code with which it refuses that.
    normalised: Callable[[str], str]
    messages: ClassVar[Mapping[str, str]]

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.setdefault("width", 10)
        kwargs.setdefault("classes", "govuk-input--extra-letter-spacing")
        kwargs.setdefault("spellcheck", False)
        kwargs.setdefault("autocomplete", "off")
        super().__init__(*args, **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the reference as it is kept."""
        typed = super().clean(value)
        if not typed:
            return typed
        try:
            return self.normalised(typed)
        except ValueError as problem:
            raise ValidationError(self.messages[str(problem)], code=str(problem)) from None


class TRNField(_ReferenceField):
    """A teacher reference number; cleans to its seven digits. The hint says how it may be typed."""

    normalised = staticmethod(identifiers.normalised_trn)
    messages: ClassVar[Mapping[str, str]] = {
        "missing": "Enter the teacher reference number (TRN)",
        "too_short": "Teacher reference number must include at least 5 digits",
        "too_long": "Teacher reference number must include no more than 7 digits",
        "invalid": "Enter the teacher reference number (TRN) in the correct format, like 1234567 "
        "or RP99/12345",
    }

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.setdefault("label", "Teacher reference number (TRN)")
        kwargs.setdefault("hint", "A TRN has 7 digits, for example 1234567 or RP99/12345")
        kwargs.setdefault("required_message", self.messages["missing"])
        super().__init__(*args, **kwargs)


class NINumberField(_ReferenceField):
    """A National Insurance number; cleans to capitals without spaces."""

    normalised = staticmethod(identifiers.normalised_ni_number)
    messages: ClassVar[Mapping[str, str]] = {
        "missing": "Enter the National Insurance number",
        "invalid": "Enter a National Insurance number in the correct format, like QQ 12 34 56 C",
    }

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.setdefault("label", "National Insurance number")
        kwargs.setdefault("required_message", self.messages["missing"])
        super().__init__(*args, **kwargs)


#: Digits, or thousands parted by commas, which never begin with a nought; then decimals.
_NUMBER = re.compile(
    r"-?(?:[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.[0-9]+)?|-?\.[0-9]+", re.ASCII
)


class DecimalField(TextField):
    """A number in figures; cleans to Decimal.

    Commas may part thousands ("1,500"), and nothing else: "1,5", "0,500" and "1 6" have two
    readings.
    ``minimum`` and ``maximum`` are inclusive; ``places`` is the most decimal places.
    """

    drops_hidden = True

    def __init__(
        self,
        *args: Any,
        minimum: Decimal | int | None = None,
        maximum: Decimal | int | None = None,
        places: int = 2,
        **kwargs: Any,
    ):
        kwargs.setdefault("width", 5)
        kwargs.setdefault("inputmode", "numeric" if places == 0 else "decimal")
        kwargs.setdefault("max_length", 40)
        super().__init__(*args, **kwargs)
        self.minimum, self.maximum, self.places = minimum, maximum, places

    def clean(self, value: Any) -> Any:
        """Return the Decimal, or None for an empty optional field."""
        typed = super().clean(value)
        return self._in_range(self._number(typed)) if typed else None

    def _number(self, typed: str) -> Decimal:
        figures = typed.replace("\u2212", "-")
        if not _NUMBER.fullmatch(figures):
            looks_foreign = re.fullmatch(r"-?[0-9]+(?:[,\s][0-9]+)+", figures)
            hint = ", with a full stop for decimals, like 2.5" if looks_foreign else ""
            raise ValidationError(f"{{Label}} must be a number{hint}", code="invalid")
        figures = figures.replace(",", "")
        try:
            number = Decimal(figures)
        except InvalidOperation:
            raise ValidationError("{Label} must be a number", code="invalid") from None
        exponent = number.as_tuple().exponent
        if isinstance(exponent, int) and -exponent > self.places:
            raise ValidationError(_places_message(self.places), code="too_precise")
        return number

    def _in_range(self, number: Decimal) -> Decimal:
        if self.minimum is not None and number < self.minimum:
            raise ValidationError(f"{{Label}} must be {self.minimum} or more", code="too_low")
        if self.maximum is not None and number > self.maximum:
            raise ValidationError(f"{{Label}} must be {self.maximum:,} or less", code="too_high")
        return number


class WholeNumberField(DecimalField):
    """A whole number; cleans to int."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, places=0, **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the int, or None for an empty optional field."""
        number = super().clean(value)
        return None if number is None else int(number)


class MoneyField(DecimalField):
    """An amount in pounds, with a £ in front; cleans to Decimal with two places at most."""

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.setdefault("width", 10)
        super().__init__(*args, places=2, **kwargs)
        self.look["prefix"] = {"text": "£"}

    def _number(self, typed: str) -> Decimal:
        return super()._number(re.sub(r"^([-\u2212]?)\s*£\s*", r"\1", typed))


def _places_message(places: int) -> str:
    if places == 0:
        return "{Label} must be a whole number"
    return f"{{Label}} must have no more than {places} decimal place" + "s" * (places > 1)


# -- Pieces of options that every field shares -------------------------------------------------


def refuse_control_characters(text: str, *, several_lines: bool = False) -> None:
    """Raise ValidationError for characters that are no text: NUL, controls, lone surrogates.

    Characters that turn the direction of text are refused as well: what is shown would not be what
    was typed. Tabs count as spaces; line breaks are allowed where there are ``several_lines``.
    """
    allowed = "\t\n\r" if several_lines else "\t"
    if any(unicodedata.category(char) in ("Cc", "Cs") and char not in allowed for char in text):
        raise ValidationError(
            "{Label} must not include control characters: type it instead of pasting it",
            code="control_characters",
        )
    if names.without_direction(text) != text:
        raise ValidationError(
            "{Label} must not include hidden characters that change the direction of text: type "
            "it instead of pasting it",
            code="direction_characters",
        )


def label_of(bound: BoundField) -> Options:
    """Return the label; the page's ``h1`` when the form says so."""
    if is_page_heading(bound):
        return {"text": bound.label, "classes": "govuk-label--l", "isPageHeading": True}
    return {"text": bound.label, "classes": getattr(bound.form, "label_classes", "")}


def legend_of(bound: BoundField) -> Options:
    """Return the fieldset with its legend; the page's ``h1`` when the form says so."""
    if is_page_heading(bound):
        legend = {
            "text": bound.label,
            "classes": "govuk-fieldset__legend--l",
            "isPageHeading": True,
        }
    else:
        legend = {"text": bound.label, "classes": getattr(bound.form, "legend_classes", "")}
    return {"legend": legend}


def is_page_heading(bound: BoundField) -> bool:
    """Whether this field's label is the page's heading."""
    return bool(getattr(bound.form, "question", None) == bound.name)


def hint_of(bound: BoundField) -> Options | None:
    """Return the hint, or None."""
    return {"text": bound.help_text} if bound.help_text else None


def error_of(bound: BoundField) -> Options | None:
    """Return the first error, or None."""
    return {"text": bound.errors[0]} if bound.errors else None


def shown_value(bound: BoundField) -> str:
    """Return what the input shows: what was typed, else the initial value."""
    value = bound.value()
    return "" if value is None else str(value)
