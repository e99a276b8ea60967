"""Radios, checkboxes and selects. Source: spec 05 §17."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.forms import BoundField
from django.utils.datastructures import MultiValueDict
from markupsafe import Markup

from register_ects.web.fields import (
    DesignSystemField,
    Options,
    error_of,
    hint_of,
    label_of,
    legend_of,
    shown_value,
)


@dataclass(frozen=True)
class Choice:
    """One radio, checkbox or option.

    ``conditional`` names a field of the same form that shows when this is chosen, or several,
    between spaces; ``after_or`` puts an "or" divider in front; an option of an autocomplete is
    found by the names in ``also`` too.
    """

    value: str
    text: str
    hint: str = ""
    conditional: str = ""
    after_or: bool = False
    also: tuple[str, ...] = ()

    @property
    def shows(self) -> list[str]:
        """Return the fields that show when this is chosen."""
        return self.conditional.split()


YES_OR_NO = (Choice("yes", "Yes"), Choice("no", "No"))

Choices = Iterable[Choice | tuple[Any, str]] | type[TextChoices]


def as_choices(choices: Choices) -> tuple[Choice, ...]:
    """Return ``choices`` as Choice objects; takes pairs and ``TextChoices`` too."""
    pairs = choices.choices if isinstance(choices, type) else choices
    return tuple(
        pair if isinstance(pair, Choice) else Choice(str(pair[0]), str(pair[1])) for pair in pairs
    )


class _OfferedField(DesignSystemField, forms.ChoiceField):
    """A field with a list of choices, which the form may replace."""

    required_message = "Select an option"

    def __init__(self, *args: Any, items: Choices = (), **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.error_messages["invalid_choice"] = kwargs.get("error_messages", {}).get(
            "invalid_choice", self.required_message
        )
        self.items = items

    @property
    def items(self) -> tuple[Choice, ...]:
        """Return what is offered."""
        return self._items

    @items.setter
    def items(self, choices: Choices) -> None:
        self._items = as_choices(choices)
        self.choices = [(choice.value, choice.text) for choice in self._items]
        if isinstance(self.widget, SelectWidget):
            self.widget.also = {choice.value: choice.also for choice in self._items}


class _ListedField(_OfferedField):
    """A field that lists its choices under a legend."""

    classes = ""

    def options(self, bound: BoundField) -> Options:
        """Return the options of ``govukRadios`` or ``govukCheckboxes``."""
        return {
            "idPrefix": bound.html_name,
            "name": bound.html_name,
            "classes": self.classes,
            "fieldset": legend_of(bound),
            "hint": hint_of(bound),
            "errorMessage": error_of(bound),
            "items": item_options(bound, self.items, self.chosen(bound)),
        }

    def chosen(self, bound: BoundField) -> list[str]:
        """Return the values that are chosen."""
        return [shown_value(bound)]

    def first_input_id(self, bound: BoundField) -> str:
        """Return the id of the first one."""
        return str(bound.html_name)


class RadiosField(_ListedField):
    """One of a short list; nothing is selected beforehand."""

    component = "radios"
    widget = forms.RadioSelect

    def __init__(self, *args: Any, inline: bool = False, small: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        looks = (("govuk-radios--inline", inline), ("govuk-radios--small", small))
        self.classes = " ".join(name for name, wanted in looks if wanted)


class YesNoField(RadiosField):
    """Yes or no; cleans to ``True`` or ``False``. Initial True and False select their radio.

    ``yes_shows`` names the field that shows when the answer is yes.
    """

    def __init__(
        self, *args: Any, yes: str = "Yes", no: str = "No", yes_shows: str = "", **kwargs: Any
    ):
        items = (Choice("yes", yes, conditional=yes_shows), Choice("no", no))
        super().__init__(*args, items=items, inline=yes == "Yes", **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Return the radio of a boolean."""
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value

    def clean(self, value: Any) -> Any:
        """Return the boolean, or None for an empty optional field."""
        return {"yes": True, "no": False}.get(super().clean(value))


class CheckboxesField(_ListedField, forms.MultipleChoiceField):
    """Any number of a short list; cleans to a list of values."""

    component = "checkboxes"
    widget = forms.CheckboxSelectMultiple

    def chosen(self, bound: BoundField) -> list[str]:
        """Return the values that are chosen."""
        return [str(value) for value in bound.value() or []]


class CheckboxField(DesignSystemField, forms.BooleanField):
    """A single box to tick; required means that it must be ticked."""

    component = "checkboxes"
    required_message = "Tick the box to continue"

    def options(self, bound: BoundField) -> Options:
        """Return the options of ``govukCheckboxes`` with one item."""
        item = {"value": "on", "text": bound.label, "checked": bool(bound.value())}
        return {
            "idPrefix": bound.html_name,
            "name": bound.html_name,
            "hint": hint_of(bound),
            "errorMessage": error_of(bound),
            "items": [item],
        }


class SelectWidget(forms.Select):
    """A select that also reads what was typed into the autocomplete that enhances it.

    ``also`` are other names of options, by value.
    """

    also: Mapping[str, tuple[str, ...]] = MappingProxyType({})

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> Any:
        """Return the option whose text was typed; text that matches nothing is kept as typed."""
        chosen = super().value_from_datadict(data, files, name)
        typed = data.get(f"{name}-typed")
        if typed is None:
            return chosen
        return self.matching(typed, preferred=chosen)

    def matching(self, typed: str, preferred: Any) -> Any:
        """Return the value of the option with this text, or a ``Typed`` that matches none."""
        wanted = _plain(typed)
        if not wanted:
            return ""
        named = [(str(value), str(text)) for value, text in self.choices]
        matches = [value for value, text in named if _plain(text) == wanted] or [
            value
            for value, _text in named
            if wanted in (_plain(other) for other in self.also.get(value, ()))
        ]
        if preferred in matches:
            return preferred
        return matches[0] if len(matches) == 1 else Typed(typed)


class Typed(str):
    """Text typed into an autocomplete that names no single option."""


class SelectField(_OfferedField):
    """One of a long list, with an empty first option.

    ``autocomplete`` lets people type to find an option where JavaScript runs. Typed text that
    matches nothing is an error: an earlier choice is never submitted in its place.
    ``typing_hint`` follows the hint where scripts run: without them there is nothing to type into.
    """

    component = "select"
    widget = SelectWidget

    def __init__(
        self, *args: Any, autocomplete: bool = False, typing_hint: str = "", **kwargs: Any
    ):
        self.is_autocomplete = autocomplete
        self.typing_hint = typing_hint
        super().__init__(*args, **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the chosen value."""
        if isinstance(value, Typed):
            raise ValidationError(
                self.error_messages.get("no_match")
                or f"{self.required_message} from the list: nothing matches what you typed",
                code="no_match",
            )
        return super().clean(value)

    def options(self, bound: BoundField) -> Options:
        """Return the options of ``govukSelect``."""
        value = bound.value()
        typed = value if isinstance(value, Typed) else ""
        chosen = "" if typed or value is None else str(value)
        empty = {"value": "", "text": "", "selected": not chosen}
        listed = [
            {
                "value": choice.value,
                "text": choice.text,
                "selected": choice.value == chosen,
                "attributes": {"data-also": "\n".join(choice.also)} if choice.also else {},
            }
            for choice in self.items
        ]
        attributes = {"data-module": "app-autocomplete", "data-typed": typed}
        return {
            "id": bound.html_name,
            "name": bound.html_name,
            "label": label_of(bound),
            "hint": self._hint(bound),
            "errorMessage": error_of(bound),
            "items": [empty, *listed],
            "attributes": attributes if self.is_autocomplete else {},
        }

    def _hint(self, bound: BoundField) -> Options | None:
        if not self.typing_hint:
            return hint_of(bound)
        typing = Markup('<span class="app-with-scripts">{}</span>').format(self.typing_hint)
        return {"html": Markup("{} {}").format(bound.help_text, typing)}


def item_options(bound: BoundField, items: Iterable[Choice], chosen: list[str]) -> list[Options]:
    """Return the items of radios or checkboxes, with dividers, hints and conditional fields."""
    listed: list[Options] = []
    for choice in items:
        if choice.after_or:
            listed.append({"divider": "or"})
        listed.append(
            {
                "value": choice.value,
                "text": choice.text,
                "checked": choice.value in chosen,
                "hint": {"text": choice.hint} if choice.hint else None,
                "conditional": _conditional(bound, choice),
            }
        )
    return listed


def _conditional(bound: BoundField, choice: Choice) -> Options | None:
    if not choice.conditional:
        return None
    shown = (bound.form[name].as_field_group() for name in choice.shows)
    return {"html": Markup("\n").join(shown)}


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
