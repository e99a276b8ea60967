"""Forms: drawn by the Design System's macros, with errors that lead to the faulty input."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.http import QueryDict

from register_ects.rules.problems import Problem
from register_ects.web import forms

pytestmark = pytest.mark.no_database

SCRIPT = "<script>alert(1)</script>"


class EveryField(forms.GovukForm):
    name = forms.PersonNameField(label="Full name", hint="As they use it")
    email = forms.EmailField(label="Email address")
    notes = forms.TextareaField(label="Notes", rows=8)
    pattern = forms.RadiosField(
        label="Working pattern",
        items=[
            forms.Choice("full", "Full time", hint="All week"),
            forms.Choice("other", "Another", conditional="why", after_or=True),
        ],
        required_message="Select a working pattern",
    )
    why = forms.TextField(label="Why", required_message="Say why")
    boxes = forms.CheckboxesField(label="Boxes", items=[("x", "Ex"), ("y", "Why")])
    agree = forms.CheckboxField(label="I agree")
    body = forms.SelectField(label="Body", items=[("1", "One"), ("2", "Two")])
    amount = forms.MoneyField(label="Amount")
    started_on = forms.DateField(label="Start date", hint="For example, 17 9 2026")


class OneQuestion(forms.GovukForm):
    question = "email"
    email = forms.EmailField(label="What is {name}’s email address?", called="email address")


class DateQuestion(forms.GovukForm):
    question = "left_on"
    left_on = forms.DateField(label="When did {name} leave?", called="leaving date")


def form_of(typed, form=EveryField, **options):
    data = QueryDict(mutable=True)
    for key, value in typed.items():
        data.setlist(key, value if isinstance(value, list) else [value])
    return form(data, **options)


def drawn(form, name):
    return BeautifulSoup(form[name].as_field_group(), "html.parser")


VALID = {
    "name": "Ada Okafor",
    "email": "ada@example.com",
    "notes": "One\r\nTwo",
    "pattern": "full",
    "boxes": ["x", "y"],
    "agree": "on",
    "body": "2",
    "amount": "£1,234.50",
    "started_on-day": "1",
    "started_on-month": "9",
    "started_on-year": "2026",
}


def test_a_valid_form_has_no_errors():
    form = form_of(VALID)
    assert form.is_valid(), form.errors
    assert form.error_list() == []
    assert form.cleaned_data["boxes"] == ["x", "y"]
    assert form.cleaned_data["why"] is None


def test_every_empty_field_has_an_error_that_links_to_its_first_input():
    form = form_of({})

    assert [(e["href"], e["text"]) for e in form.error_list()] == [
        ("#name", "Enter full name"),
        ("#email", "Enter email address"),
        ("#notes", "Enter notes"),
        ("#pattern", "Select a working pattern"),
        ("#boxes", "Select an option"),
        ("#agree", "Tick the box to continue"),
        ("#body", "Select an option"),
        ("#amount", "Enter amount"),
        ("#started_on-day", "Enter start date"),
    ]
    for error in form.error_list():
        page = BeautifulSoup("".join(f.as_field_group() for f in form), "html.parser")
        assert page.select_one(error["href"]).name in ("input", "select", "textarea")


@pytest.mark.parametrize("name", [n for n in EveryField.base_fields if n != "why"])
def test_each_field_shows_its_error_beside_the_input(name):
    field = drawn(form_of({}), name)
    assert field.select_one(f"#{name}-error.govuk-error-message")
    described = field.select_one(f'[aria-describedby~="{name}-error"]')
    assert described is not None


@pytest.mark.parametrize("name", EveryField.base_fields)
def test_each_field_escapes_what_was_typed(name):
    typed = {**VALID, name: SCRIPT, f"{name}-day": SCRIPT, "why": SCRIPT}
    assert "<script" not in form_of(typed)[name].as_field_group()


@pytest.mark.parametrize("name", ["name", "email", "notes", "body", "amount", "pattern", "why"])
@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("   ", id="spaces"),
        pytest.param("a\x00b", id="NUL"),
        pytest.param("a\x1bb", id="escape"),
        pytest.param("a\x85b", id="C1 control"),
        pytest.param("\ud800", id="lone surrogate"),
        pytest.param("\u200b\u200f", id="nothing visible"),
    ],
)
def test_what_is_no_text_is_refused_and_drawn_without_failing(name, typed):
    form = form_of({**VALID, "pattern": "other", "why": "Because", name: typed})

    assert name in form.errors
    assert form[name].as_field_group()


@pytest.mark.parametrize("name", ["name", "email", "amount", "why"])
def test_ten_thousand_characters_are_refused_and_kept(name):
    form = form_of({**VALID, "pattern": "other", "why": "Because", name: "9" * 10_000})

    assert name in form.errors
    assert drawn(form, name).select_one("input")["value"] == "9" * 10_000


@pytest.mark.parametrize(
    "name", ["José Núñez", "مريم الخطيب", "Z\u0351\u036balgo", "O'Neill-Smythe", "李小龙"]
)
def test_names_of_any_script_survive(name):
    form = form_of({**VALID, "name": name})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["name"] == name


def test_names_are_tidied():
    form = form_of({**VALID, "name": "  Ada\t  O’Neill "})
    assert form.is_valid()
    assert form.cleaned_data["name"] == "Ada O'Neill"


@pytest.mark.parametrize(("length", "fine"), [(70, True), (71, False)])
def test_names_have_70_characters_at_most(length, fine):
    assert form_of({**VALID, "name": "a" * length}).is_valid() is fine


def test_line_breaks_in_a_textarea_survive_an_error_elsewhere():
    form = form_of({**VALID, "email": "", "notes": "One\n  Two\nThree"})
    assert drawn(form, "notes").select_one("textarea").text == "One\n  Two\nThree"


# -- One question to a page --------------------------------------------------------------------


def test_the_label_of_a_single_question_is_the_heading():
    form = OneQuestion(words={"name": "Ada"})
    assert drawn(form, "email").select_one("h1 label").text.strip() == (
        "What is Ada’s email address?"
    )
    assert form.heading == "What is Ada’s email address?"


def test_the_legend_of_a_single_question_is_the_heading():
    field = drawn(DateQuestion(words={"name": "Ada"}), "left_on")
    assert field.select_one("legend h1").text.strip() == "When did Ada leave?"


def test_messages_use_the_short_name_of_a_question():
    form = form_of({"left_on-day": "1"}, DateQuestion, words={"name": "Ada"})
    assert form.error_list()[0]["text"] == "Leaving date must include a month and year"


@pytest.mark.parametrize("name", ["{label}", "{", "100%", "%s %(x)s", SCRIPT])
def test_words_that_look_like_templates_are_shown_as_they_are(name):
    form = form_of({"left_on-day": "1"}, DateQuestion, words={"name": name})
    assert not form.is_valid()
    assert name in drawn(form, "left_on").text


def test_email_inputs_suit_keyboards_and_keep_other_peoples_addresses_out():
    box = drawn(OneQuestion(), "email").select_one("input")
    assert (box["type"], box["spellcheck"], box["autocomplete"]) == ("email", "false", "off")


# -- Choices -----------------------------------------------------------------------------------


def test_radios_have_hints_a_divider_and_nothing_selected():
    radios = drawn(EveryField(), "pattern")
    assert radios.select_one(".govuk-radios__hint").text.strip() == "All week"
    assert radios.select_one(".govuk-radios__divider").text == "or"
    assert not radios.select("input[checked]")


def test_a_conditional_field_is_inside_its_radio_and_not_drawn_twice():
    form = EveryField()
    assert drawn(form, "pattern").select_one(".govuk-radios__conditional #why")
    assert "why" not in [bound.name for bound in form.drawn_fields()]


def test_a_conditional_field_is_required_only_when_its_radio_is_chosen():
    assert form_of({**VALID, "pattern": "other"}).errors == {"why": ["Say why"]}
    assert form_of({**VALID, "pattern": "full", "why": "a\x00"}).is_valid()


class TwoInOne(forms.GovukForm):
    is_right = forms.RadiosField(
        label="Right?", items=[("yes", "Yes"), forms.Choice("no", "No", conditional="first last")]
    )
    first = forms.TextField(label="First", required_message="Say the first")
    last = forms.TextField(label="Last", required_message="Say the last")


def test_several_conditional_fields_are_inside_one_radio_and_asked_together():
    inside = drawn(TwoInOne(), "is_right").select_one(".govuk-radios__conditional")

    assert [each["id"] for each in inside.select("input")] == ["first", "last"]
    assert [bound.name for bound in TwoInOne().drawn_fields()] == ["is_right"]
    assert TwoInOne({"is_right": "yes"}).is_valid()
    assert list(TwoInOne({"is_right": "no"}).errors) == ["first", "last"]


@pytest.mark.parametrize("name", ["pattern", "body", "boxes"])
def test_a_forged_choice_is_a_field_error(name):
    assert list(form_of({**VALID, name: "forged"}).errors) == [name]


def test_choices_may_be_replaced_by_the_view():
    form = form_of({**VALID, "body": "3"})
    form.fields["body"].items = [("3", "Three")]
    assert form.is_valid()


@pytest.mark.parametrize(("typed", "value"), [("yes", True), ("no", False)])
def test_yes_or_no_is_a_boolean(typed, value):
    class Question(forms.GovukForm):
        sure = forms.YesNoField(label="Sure?")

    form = form_of({"sure": typed}, Question)
    assert form.is_valid()
    assert form.cleaned_data["sure"] is value
    assert (
        drawn(Question(initial={"sure": value}), "sure")
        .select_one(f"input[value={typed}]")
        .has_attr("checked")
    )


# -- Autocomplete ------------------------------------------------------------------------------


class Finder(forms.GovukForm):
    question = "body"
    body = forms.SelectField(
        label="Which body?",
        autocomplete=True,
        required_message="Select a body",
        items=[
            forms.Choice("1", "Alder Hub", also=("Birch Hub", "Old Alder", "Split Hub")),
            forms.Choice("2", "Birch Hub", also=("Split Hub",)),
            ("3", "Twin"),
            ("4", "Twin"),
        ],
    )


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ({"body": "2"}, "2"),
        ({"body": "1", "body-typed": "Alder Hub"}, "1"),
        ({"body": "1", "body-typed": "Birch Hub"}, "2"),
        ({"body": "", "body-typed": "  birch   HUB "}, "2"),
        ({"body": "4", "body-typed": "Twin"}, "4"),
        ({"body": "", "body-typed": "old alder"}, "1"),
        ({"body": "2", "body-typed": "Split Hub"}, "2"),
    ],
)
def test_what_is_typed_chooses_the_option_of_that_name(typed, value):
    form = form_of(typed, Finder)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["body"] == value


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({}, "Select a body"),
        ({"body": ""}, "Select a body"),
        ({"body": "1", "body-typed": ""}, "Select a body"),
        ({"body": "1", "body-typed": "Alder"}, "nothing matches what you typed"),
        ({"body": "1", "body-typed": SCRIPT}, "nothing matches what you typed"),
        ({"body": "", "body-typed": "Twin"}, "nothing matches what you typed"),
        ({"body": "", "body-typed": "Split Hub"}, "nothing matches what you typed"),
        ({"body": "9"}, "Select a body"),
    ],
)
def test_an_earlier_choice_is_never_sent_in_place_of_what_was_typed(typed, message):
    form = form_of(typed, Finder)
    assert not form.is_valid()
    assert message in form.error_list()[0]["text"]
    assert not drawn(form, "body").select("option[selected][value='1']")


def test_text_that_matched_nothing_is_kept_for_the_autocomplete():
    form = form_of({"body": "1", "body-typed": "Aldr"}, Finder)
    assert drawn(form, "body").select_one("select")["data-typed"] == "Aldr"


# -- Problems of the rules ---------------------------------------------------------------------


def test_problems_appear_at_their_field_in_the_forms_words():
    class Leaving(DateQuestion):
        wording = {("left_on", "before_start"): "{Label} must be after {started_on}"}

    form = form_of({"left_on-day": "1", "left_on-month": "9", "left_on-year": "2026"}, Leaving)
    assert form.is_valid()

    form.add_problems(
        [
            Problem("left_on", "before_start", {"started_on": date(2026, 9, 2)}),
            Problem("elsewhere", "already_left"),
        ],
        wording={"already_left": "They have left already"},
    )
    assert form.error_list() == [
        {"text": "They have left already", "href": "#left_on-day"},
        {"text": "Leaving date must be after 2 September 2026", "href": "#left_on-day"},
    ]
    highlighted = drawn(form, "left_on").select("input.govuk-input--error")
    assert len(highlighted) == 3


@pytest.mark.parametrize(
    ("details", "said"),
    [
        ({"earliest": date(2026, 9, 2)}, "It must be 2 September 2026 or later"),
        ({"message": "These days are taken"}, "These days are taken"),
        ({"earliest": None, "message": "These days are taken"}, "These days are taken"),
        ({}, "This cannot be saved. Check the details and try again"),
    ],
)
def test_a_sentence_that_cannot_be_filled_in_is_never_shown(details, said):
    form = form_of(VALID)
    assert form.is_valid()

    form.add_problems(
        [Problem("name", "overlaps", details)],
        wording={"overlaps": "It must be {earliest} or later"},
    )

    assert form.errors["name"] == [said]


def test_a_problem_without_words_still_says_something():
    form = form_of(VALID)
    assert form.is_valid()
    form.add_problems([Problem("name", "not_unique")])
    assert form.errors["name"] == ["This cannot be saved. Check the details and try again"]
