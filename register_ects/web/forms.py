"""Forms drawn by the Design System's macros: ``{{ form.field.as_field_group() }}``.

A form for a page with one question names it (``question = "started_on"``): its label or legend
becomes the page's heading. Labels, hints and messages may hold words that the view gives::

    class EmailForm(GovukForm):
        question = "email"
        email = EmailField(label="What is {name}'s email address?")

    EmailForm(request.POST, words={"name": teacher.name})

``GovukForm(data_of(request))`` binds on POST only. ``status_of(form)`` is 422 with errors.
"""

import copy
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

import structlog
from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import BaseRenderer
from django.http import HttpRequest, QueryDict
from django.template import engines

from register_ects.formats import govuk_date
from register_ects.rules.problems import NOT_SAVED, Problem, told
from register_ects.web import form_errors
from register_ects.web.choice_fields import (
    YES_OR_NO,
    CheckboxesField,
    CheckboxField,
    Choice,
    RadiosField,
    SelectField,
    YesNoField,
)
from register_ects.web.date_fields import DateField, DateOfBirthField
from register_ects.web.fields import (
    DecimalField,
    DesignSystemField,
    EmailField,
    MoneyField,
    NINumberField,
    PersonNameField,
    TextareaField,
    TextField,
    TRNField,
    WholeNumberField,
)
from register_ects.web.file_fields import FileField

log = structlog.get_logger(__name__)

Wording = Mapping[tuple[str, str] | str, str]

#: What a form says that came without what its page carries unseen.
INCOMPLETE = "Some of this page was missing when it was sent. Check your answers and send it again"


class HiddenField(forms.CharField):
    """What a page carries unseen. The form says what cannot be read of it, whatever was sent."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False)
        self.validators = []  # Django's would speak of null characters


class GovukRenderer(BaseRenderer):
    """Draws every field with the macro that it names."""

    field_template_name = "components/field.jinja"

    def get_template(self, template_name: str) -> Any:
        """Return one of our Jinja templates."""
        return engines["jinja2"].get_template(template_name)


class GovukForm(forms.Form):
    """A form whose fields are drawn by the Design System's macros.

    ``question`` names the field whose label is the page's heading. ``wording`` maps a problem of
    the rules, ``(field, code)`` or just ``code``, to its message; ``{detail}`` in a message is
    filled from the problem, dates written out. Without a message, or without what is to be filled
    in, the sentence of the constraint is shown, or a general one.

    ``words`` fills labels, hints, radios and messages; ``choices`` is what fields offer to this
    person or for this record, by the field's name.
    """

    default_renderer = GovukRenderer
    use_required_attribute = False
    question: str | None = None
    wording: ClassVar[Wording] = {}
    label_classes = "govuk-label--s"
    legend_classes = "govuk-fieldset__legend--s"

    def __init__(
        self,
        *args: Any,
        words: Mapping[str, Any] | None = None,
        choices: Mapping[str, Iterable[Choice]] | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("auto_id", "%s")
        super().__init__(*args, **kwargs)
        self.words = dict(words or {})
        self._links: dict[str, str] = {}
        for name, field in self.fields.items():
            self._put_words_into(name, field)
        for name, offered in (choices or {}).items():
            field = self.fields[name]
            if isinstance(field, RadiosField | CheckboxesField | SelectField):
                field.items = tuple(offered)

    def add_problems(
        self,
        problems: Iterable[Problem],
        wording: Wording | None = None,
        links: Mapping[str, str] | None = None,
    ) -> None:
        """Show why the rules refused: each problem at its field, the rest above the form.

        ``links`` gives the page that asks for a field which this form does not have.
        """
        known = {**self.wording, **(wording or {})}
        for problem in problems:
            message = known.get((problem.field, problem.code)) or known.get(problem.code)
            text = self._told(problem, message)
            if links and problem.field in links:
                self._links[text] = links[problem.field]
            error = ValidationError(text, code=problem.code)
            self.add_error(problem.field if problem.field in self.fields else None, error)

    def _told(self, problem: Problem, message: str | None) -> str:
        values = dict(self.words)
        if problem.field in self.fields:  # filled in when it becomes the field's error
            values |= {"label": "{label}", "Label": "{Label}"}
        text = told(problem, message, values, _shown)
        if text == NOT_SAVED:
            log.warning("problem_without_wording", field=problem.field, code=problem.code)
        return text

    def error_list(self) -> list[dict[str, str]]:
        """Return the error summary's items, in the order of the fields."""
        general = [
            {"text": str(text), "href": self._links.get(str(text), self._first_id())}
            for text in self.non_field_errors()
        ]
        return general + [
            {"text": str(self.errors[name][0]), "href": f"#{_first_input_id(self[name])}"}
            for name in self.fields
            if name in self.errors
        ]

    def drawn_fields(self) -> list[forms.BoundField]:
        """Return the fields that stand alone: not hidden, nor inside a radio or checkbox."""
        inside = {
            name
            for field in self.fields.values()
            if isinstance(field, RadiosField | CheckboxesField)
            for choice in field.items
            for name in choice.shows
        }
        return [bound for bound in self if bound.name not in inside and not bound.is_hidden]

    def replace_sent(self, name: str, value: str) -> None:
        """Put another value than was sent into a field of the page that is drawn again."""
        sent: Any = self.data
        self.data = sent.copy()
        self.data[self.add_prefix(name)] = value  # type: ignore[index]  # a copy

    @property
    def heading(self) -> str:
        """Return the question's label, or an empty text for a form with several questions."""
        return str(self[self.question].label) if self.question else ""

    def add_error(self, field: str | None, error: Any) -> None:
        """Add an error, ``{Label}`` and ``{label}`` in its message filled in."""
        if not isinstance(error, ValidationError):
            error = ValidationError(error)
        if field in self.fields and not hasattr(error, "error_dict"):
            for item in error.error_list:
                self._put_label_into(item, str(field))
        super().add_error(field, error)

    def full_clean(self) -> None:
        """Check what was sent; what is refused of it is counted, by field and rule."""
        super().full_clean()
        if self.is_bound:
            form_errors.remember(self)

    def _clean_fields(self) -> None:
        """Clean every field, but forget those that belong to a choice that was not made."""
        super()._clean_fields()  # type: ignore[misc]
        for name in self._hidden_fields():
            self.errors.pop(name, None)
            self.cleaned_data[name] = None

    def _hidden_fields(self) -> set[str]:
        return {
            shown
            for name, field in self.fields.items()
            if isinstance(field, RadiosField | CheckboxesField)
            for choice in field.items
            for shown in choice.shows
            if choice.value not in _as_list(self[name].data)
        }

    def _put_words_into(self, name: str, field: forms.Field) -> None:
        if field.label is None:
            field.label = name.replace("_", " ").capitalize()
        if self.words:
            field.label = _filled(str(field.label), self.words)
            field.help_text = _filled(str(field.help_text), self.words)
            if isinstance(field, RadiosField):
                field.items = tuple(
                    replace(item, text=_filled(item.text, self.words)) for item in field.items
                )
        if isinstance(field, DesignSystemField):
            field.error_messages = copy.copy(field.error_messages)
            if field.error_messages["required"] == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = field.required_message

    def _put_label_into(self, error: ValidationError, name: str) -> None:
        field = self.fields[name]
        label = _filled(getattr(field, "called", "") or str(field.label), self.words)
        filling = {"Label": label[:1].upper() + label[1:], "label": _in_sentence(label)}
        text = _filled(str(error.message), {**self.words, **filling})
        error.message = text.replace("%", "%%") if error.params else text

    def _first_id(self) -> str:
        visible = next(iter(self.visible_fields()), None)
        return f"#{_first_input_id(visible)}" if visible else "#main-content"


def data_of(request: HttpRequest) -> QueryDict | None:
    """Return what was posted, or None to leave the form unbound."""
    return request.POST if request.method == "POST" else None


def id_asked(request: HttpRequest, parameter: str) -> int | None:
    """Return the id that the address gives, or None; what is longer than any id is none."""
    typed = request.GET.get(parameter, "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 19 else None


def uuid_asked(request: HttpRequest, parameter: str) -> UUID | None:
    """Return the id that the address gives, or None."""
    try:
        return UUID(request.GET.get(parameter, ""))
    except ValueError:
        return None


def status_of(form: forms.BaseForm) -> int:
    """Return 422 for a form with errors, else 200."""
    return 422 if form.is_bound and form.errors else 200


def _first_input_id(bound: forms.BoundField) -> str:
    if isinstance(bound.field, DesignSystemField):
        return bound.field.first_input_id(bound)
    return str(bound.id_for_label)


def _filled(text: str, words: Mapping[str, Any]) -> str:
    return re.sub(r"\{(\w+)\}", lambda place: _shown(words.get(place[1], place[0])), text)


def _shown(value: Any) -> str:
    return govuk_date(value) if isinstance(value, date) else str(value)


def _as_list(data: Any) -> list[Any]:
    return data if isinstance(data, list) else [data]


def _in_sentence(label: str) -> str:
    second = label[1:2]
    return label if second.isupper() else label[:1].lower() + label[1:]
