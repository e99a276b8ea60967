"""Dates as three inputs, and dates of birth. Source: spec 05 §6.1, §17."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.datastructures import MultiValueDict

from register_ects import clock
from register_ects.rules.identifiers import OLDEST, YOUNGEST, age_on
from register_ects.rules.visible import without_hidden
from register_ects.web.fields import (
    DesignSystemField,
    Options,
    error_of,
    hint_of,
    legend_of,
    refuse_control_characters,
)

PARTS = ("day", "month", "year")
_MONTHS = [f"{date(2000, number, 1):%B}".casefold() for number in range(1, 13)]
_WHOLE = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[\s/.,-]+(?:of\s+)?(\d{1,2}|[a-z]+)[\s/.,-]+(\d{4}|\d{2})",
    re.A | re.I,
)
_DAY = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.A)
#: How far from today the year of a date may be to be written with two numbers.
_RECENT_YEARS = 10
#: What is said of the part that is wrong.
_WHICH_PART: Mapping[tuple[str, ...], str] = {
    ("day",): ". The day, which comes first, is 1 to 31",
    ("month",): ". The month, which comes after the day, is 1 to 12 or a name",
}
#: Characters that are read of each input; no date is longer.
_LONGEST = 100


class DateParts(NamedTuple):
    """A date as typed: three texts."""

    day: str = ""
    month: str = ""
    year: str = ""


class DateInput(forms.Widget):
    """Reads ``name-day``, ``name-month`` and ``name-year``."""

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> DateParts:
        """Return the three texts as typed."""
        return DateParts(*(str(data.get(f"{name}-{part}") or "")[:_LONGEST] for part in PARTS))

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> bool:
        """Whether none of the three was sent."""
        return all(f"{name}-{part}" not in data for part in PARTS)


class DateField(DesignSystemField):
    """A real date from three inputs; cleans to a date.

    The day may be "1st" and the month a name; a whole date (``1/9/2026``, ``1 September 2026``)
    may be typed into the day. A year of two numbers counts where only one century is possible, and
    is refused else. The error names the faulty parts, and only they are highlighted. ``example``
    is the date that messages show.
    """

    component = "date-input"
    widget = DateInput
    earliest_year = 1900
    example = "17 9 2026"

    def options(self, bound: BoundField) -> Options:
        """Return the options of ``govukDateInput``."""
        parts = _shown(bound.value())
        faulty = self.faulty_parts(bound)
        return {
            "id": bound.html_name,
            "namePrefix": bound.html_name,
            "fieldset": legend_of(bound),
            "hint": hint_of(bound),
            "errorMessage": error_of(bound),
            "items": [self._item(part, getattr(parts, part), part in faulty) for part in PARTS],
        }

    def first_input_id(self, bound: BoundField) -> str:
        """Return the id of the first faulty part."""
        faulty = self.faulty_parts(bound)
        first = next((part for part in PARTS if part in faulty), "day")
        return f"{bound.html_name}-{first}"

    def faulty_parts(self, bound: BoundField) -> tuple[str, ...]:
        """Return which of day, month and year the error is about."""
        errors = bound.form.errors.get(bound.name)
        if not errors:
            return ()
        first = errors.as_data()[0]
        return tuple((first.params or {}).get("parts", PARTS))

    def clean(self, value: Any) -> Any:
        """Return the date, or None for an empty optional field."""
        typed = (without_hidden(text).strip() for text in value)
        parts = self._whole_year(_spread(DateParts(*typed)))
        for text in parts:
            refuse_control_characters(text)
        if not any(parts):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        self._refuse_missing(parts)
        return self._real_date(parts)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether what was typed differs from the initial date."""
        return bool(_shown(initial) != data)

    def _item(self, part: str, value: str, faulty: bool) -> Options:
        width = 4 if part == "year" else 2
        classes = f"govuk-input--width-{width}" + (" govuk-input--error" if faulty else "")
        return {"name": part, "classes": classes, "value": value, "autocomplete": "off"}

    def possible_years(self) -> range:
        """Return the years that two numbers may stand for: those within ten of today's."""
        this_year = clock.today().year
        return range(this_year - _RECENT_YEARS, this_year + _RECENT_YEARS + 1)

    def _whole_year(self, parts: DateParts) -> DateParts:
        """Return the parts with the century of the year, where only one is possible."""
        if not re.fullmatch(r"[0-9]{2}", parts.year):
            return parts
        read_as = [century + int(parts.year) for century in (1900, 2000)]
        possible = [year for year in read_as if year in self.possible_years()]
        return parts._replace(year=str(possible[0])) if len(possible) == 1 else parts

    def _refuse_missing(self, parts: DateParts) -> None:
        missing = tuple(part for part in PARTS if not getattr(parts, part))
        if missing:
            named = " and ".join(f"a {part}" if i == 0 else part for i, part in enumerate(missing))
            raise ValidationError(
                f"{{Label}} must include {named}", code="incomplete", params={"parts": missing}
            )

    def _real_date(self, parts: DateParts) -> date:
        day, month = _day_number(parts.day), _month_number(parts.month)
        faulty = tuple(
            part
            for part, wrong in (
                ("day", day is None),
                ("month", month is None),
                ("year", not re.fullmatch(r"[0-9]{4}", parts.year)),
            )
            if wrong
        )
        if faulty == ("year",):
            self._fail(self._year_message(parts.year), faulty)
        if faulty or day is None or month is None:
            hint = _WHICH_PART.get(faulty, "")
            self._fail(f"{{Label}} must be a real date, like {self.example}{hint}", faulty)
            raise AssertionError
        if not self.earliest_year <= int(parts.year) <= 9999:
            self._fail(f"{{Label}} must have a year after {self.earliest_year - 1}", ("year",))
        try:
            return date(int(parts.year), month, day)
        except ValueError:
            raise ValidationError(
                "{Label} must be a real date: that month has no such day",
                code="not_real",
                params={"parts": ("day",)},
            ) from None

    def _year_message(self, typed: str) -> str:
        message = f"{{Label}} must have a year with 4 numbers, like {self.example.split()[-1]}"
        if not re.fullmatch(r"[0-9]{2}", typed):
            return message
        return f"{message}: {typed} could be 19{typed} or 20{typed}"

    def _fail(self, message: str, parts: tuple[str, ...]) -> None:
        raise ValidationError(message, code="not_real", params={"parts": parts})


class DateOfBirthField(DateField):
    """The date of birth of somebody 18 to 100 years old today."""

    example = "31 3 1998"
    required_message = "Enter their date of birth"

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.setdefault("label", "Date of birth")
        kwargs.setdefault("hint", f"For example, {self.example}")
        super().__init__(*args, **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the date."""
        born_on = super().clean(value)
        if born_on is None:
            return None
        age = age_on(clock.today(), born_on=born_on)
        if age < YOUNGEST:
            self._fail(f"{{Label}} must be at least {YOUNGEST} years ago: check the year", PARTS)
        if age > OLDEST:
            self._fail(f"{{Label}} must be no more than {OLDEST} years ago: check the year", PARTS)
        return born_on

    def possible_years(self) -> range:
        """Return the years in which somebody old enough, and not too old, was born."""
        this_year = clock.today().year
        return range(this_year - OLDEST - 1, this_year - YOUNGEST + 1)


def _spread(parts: DateParts) -> DateParts:
    """Return a whole date typed into one input as three parts."""
    if sum(bool(text) for text in parts) != 1:
        return parts
    typed = "".join(parts)
    if iso := _ISO.fullmatch(typed):
        return DateParts(iso[3], iso[2], iso[1])
    if whole := _WHOLE.fullmatch(typed):
        return DateParts(whole[1], whole[2], whole[3])
    return parts


def _shown(value: Any) -> DateParts:
    if isinstance(value, date):
        return DateParts(str(value.day), str(value.month), str(value.year))
    return value if isinstance(value, DateParts) else DateParts()


def _is_number(text: str, least: int, most: int) -> bool:
    return bool(re.fullmatch(r"[0-9]{1,2}", text)) and least <= int(text) <= most


def _day_number(text: str) -> int | None:
    typed = _DAY.fullmatch(text)
    return int(typed[1]) if typed and _is_number(typed[1], 1, 31) else None


def _month_number(text: str) -> int | None:
    if _is_number(text, 1, 12):
        return int(text)
    word = text.casefold().rstrip(".")
    if len(word) < 3:
        return None
    return next((i for i, name in enumerate(_MONTHS, 1) if name.startswith(word)), None)
