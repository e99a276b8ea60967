"""The questions about several ECTs: what they share, and one person with all that is asked."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.core.exceptions import ValidationError

from register_ects.models import School
from register_ects.operations.batches.held import Cells
from register_ects.rules.enumerations import TrainingProgramme, WorkingPattern
from register_ects.rules.seen import CHANGED_MEANWHILE
from register_ects.web.date_fields import PARTS
from register_ects.web.forms import (
    Choice,
    DateField,
    DateOfBirthField,
    DesignSystemField,
    EmailField,
    FileField,
    GovukForm,
    NINumberField,
    PersonNameField,
    RadiosField,
    SelectField,
    TRNField,
)
from register_ects.web.once_forms import OnceForm
from register_ects.web.seen_forms import SeenForm
from schools.bodies import BodiesOnOffer
from schools.mentors.forms import MENTORSHIP_WORDING
from schools.register_ect.forms import CheckForm
from schools.several.files import File
from schools.several.offers import Offer, value_of, values_by_name

PROGRAMMES = (
    Choice(
        TrainingProgramme.PROVIDER_LED,
        "Provider-led",
        conditional="lead_provider",
        also=("Provider led",),
    ),
    Choice(TrainingProgramme.SCHOOL_LED, "School-led", also=("School led",)),
)
_DATES = ("date_of_birth", "started_on")
#: How that is asked for which a list can have for everybody of whom nothing else is said.
ASKED_FOR = {
    "appropriate_body": "Select the appropriate body that will support the induction",
    "training_programme": "Select if the training is provider-led or school-led",
    "lead_provider": "Select the lead provider",
    "working_pattern": "Select if they work full time or part time",
}
SHARED = tuple(ASKED_FOR)


class _ChoicesForm(GovukForm):
    """Who supports the induction, who trains, and how much they work."""

    appropriate_body = SelectField(
        label="Appropriate body",
        autocomplete=True,
        required_message=ASKED_FOR["appropriate_body"],
        error_messages={
            "invalid_choice": "Enter the name of an appropriate body that your school can choose, "
            "as in the list at “Change”"
        },
    )
    training_programme = RadiosField(
        label="Training programme",
        items=PROGRAMMES,
        required_message=ASKED_FOR["training_programme"],
        error_messages={"invalid_choice": "Training programme must be provider-led or school-led"},
    )
    lead_provider = SelectField(
        label="Lead provider",
        required_message=ASKED_FOR["lead_provider"],
    )
    working_pattern = RadiosField(
        label="Working pattern",
        items=WorkingPattern,
        required_message=ASKED_FOR["working_pattern"],
        error_messages={"invalid_choice": "Working pattern must be full time or part time"},
    )


class _SharedForm(_ChoicesForm):
    """What stands for everybody of whom nothing else is said. Nothing need be chosen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in SHARED:
            self.fields[name].required = False

    def shared(self) -> dict[str, str]:
        """Return what was chosen."""
        return {name: self.cleaned_data[name] for name in SHARED if self.cleaned_data.get(name)}


class SharedChoicesForm(OnceForm, _SharedForm):
    """What stands for everybody of a list that begins."""


class OtherChoicesForm(SeenForm, _SharedForm):
    """What is to stand for everybody of a list instead."""

    wording = {
        CHANGED_MEANWHILE: "A colleague changed these choices after you opened this page, so yours "
        "were not saved. Check them and save again",
        "batch_not_open": "The list was confirmed or deleted meanwhile, so nothing was saved",
        "batch_is_checked": "We are checking the list just now, so nothing was saved. Wait until "
        "that is done, then save again",
    }


class UploadForm(SharedChoicesForm):
    """A file, and what stands where its cells are blank."""

    file = FileField(
        label="File",
        hint="We delete it with the list, after 7 days at the latest",
        required_message="Select a CSV file or an Excel workbook (.xlsx)",
    )
    field_order = ("file",)

    def clean_file(self) -> File:
        """Return the file, read."""
        sent = self.cleaned_data["file"]
        return File(sent.name, sent.read())


class RowForm(_ChoicesForm):
    """One person: the questions of the journey that registers one, on one page."""

    wording = {
        **CheckForm.wording,
        **{("mentor", str(code)): text for code, text in MENTORSHIP_WORDING.items()},
        "already_active_at_school": "This ECT is already registered at your school",
        "taken": "Another teacher has this email address. Enter another one",
        "not_open_yet": "Registration for this start date is not open yet. Enter an earlier date, "
        "or register this person when it is",
        "not_on_offer": "No training with this lead provider can be planned for this start date. "
        "You can choose: {names}",
        "twice_in_the_list": "{name} stands in the list more than once, in {rows} too. Remove one "
        "of the rows",
        "email_twice_in_the_list": "This email address stands in {rows} too. Everyone needs their "
        "own",
        "no_such_mentor": "Enter the TRN of a mentor who is registered at your school, or leave it "
        "blank",
        "themself": "Nobody can be their own mentor. Enter another mentor’s TRN, or leave it blank",
        "mentor_leaves": "This mentor leaves your school on {leaves}, before {name} starts. Enter "
        "another mentor’s TRN, or leave it blank",
        "not_wanted": "Leave the lead provider blank for school-led training",
        "batch_not_open": "These registrations were confirmed or deleted meanwhile, so nothing "
        "was saved",
        "batch_is_checked": "We are checking the list just now, so nothing was saved. Wait until "
        "that is done, then save again",
        "row_is_over": "This person was registered or removed meanwhile, so nothing was saved",
        "too_many_rows": "You can register no more than {most} people together",
    }

    #: That of the row in its list.
    number = 0

    trn = TRNField()
    date_of_birth = DateOfBirthField(
        required=False,
        label="Date of birth",
        hint="For example, 31 3 1998",
        called="date of birth",
    )
    national_insurance_number = NINumberField(
        required=False,
        label="National Insurance number (optional)",
        hint="Only if the date of birth doesn’t match their teaching record. For example, "
        "QQ 12 34 56 C",
        called="National Insurance number",
    )
    corrected_name = PersonNameField(
        required=False,
        label="Correct full name (optional)",
        hint="Only if the name in their teaching record is wrong",
        called="full name",
    )
    email = EmailField(
        label="Email address",
        hint="Use an address that only they read and will keep",
        required_message="Enter the email address",
        called="email address",
    )
    started_on = DateField(
        label="First day as an ECT at your school",
        hint="For example, 1 9 2026",
        required_message="Enter the date they started or will start as an ECT at your school",
        called="start date",
    )
    mentor_trn: DesignSystemField = TRNField(
        required=False,
        label="Mentor’s TRN (optional)",
        hint="A mentor who is registered at your school already",
        called="mentor’s TRN",
    )
    field_order = (
        *("trn", "date_of_birth", "national_insurance_number", "corrected_name", "email"),
        *("started_on", "working_pattern", "appropriate_body", "training_programme"),
        *("lead_provider", "mentor_trn"),
    )

    def __init__(
        self, *args: Any, refused: Mapping[str, str] = MappingProxyType({}), **kwargs: Any
    ) -> None:
        """``refused`` says of cells of a file why they could not be read."""
        super().__init__(*args, **kwargs)
        self.refused = refused
        names = ", ".join(
            choice.text for choice in kwargs.get("choices", {}).get("lead_provider", ())
        )
        self.fields["lead_provider"].error_messages["invalid_choice"] = (
            f"Lead provider must be one of {names}" if names else "There is no lead provider yet"
        )

    def clean(self) -> dict[str, Any]:
        """Ask for something that shows that the user knows the person."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        proofs = ("date_of_birth", "national_insurance_number")
        if not any(given.get(name) or name in self.errors for name in proofs):
            self.add_error("date_of_birth", ValidationError("Enter their date of birth"))
        for name, text in self.refused.items():
            self.errors.pop(name, None)
            self.add_error(name, text)
        return given


def suggested_for_all(school: School) -> dict[str, Any]:
    """Return what a school chose last, as a list has it for everybody.

    Else the only hub of its area, as for one person; an independent school may want none.
    """
    values = (
        school.last_chosen_appropriate_body_id,
        school.last_chosen_training_programme,
        school.last_chosen_lead_provider_id,
    )
    found = {name: str(value) for name, value in zip(SHARED, values, strict=False) if value}
    hubs = [] if found or school.is_independent else BodiesOnOffer(school).local_hubs
    return found if len(hubs) != 1 else {"appropriate_body": str(hubs[0].pk)}


class RowPageForm(RowForm):
    """One person on a page, where the mentor is one of the school's, by name."""

    wording = {
        **RowForm.wording,
        "twice_in_the_list": "{name} is in the list already, in {rows}",
    }

    mentor_trn = SelectField(
        label="Mentor (optional)",
        hint="You can assign one later too",
        required=False,
        error_messages={"invalid_choice": "Select a mentor who is registered at your school"},
    )


class ChangeRowForm(SeenForm, RowPageForm):
    """One person who is in the list; a colleague may have changed them since."""

    wording = {
        **RowPageForm.wording,
        CHANGED_MEANWHILE: "A colleague changed this person after you opened this page, so nothing "
        "was saved. It is different now: {now}. Check it and save again",
    }


#: The cells of a row, in the order of the form.
CELLS = RowForm.field_order


class ConfirmForm(SeenForm):
    """Nothing to fill in: everybody who is ready is registered as shown."""

    wording = {
        CHANGED_MEANWHILE: "The list was changed after you opened this page, so nobody was "
        "registered. Check it and confirm again",
        "nobody_ready": "Nobody is ready to be registered",
        "checked_long_ago": "These people were checked more than a day ago. Check them again, then "
        "confirm",
        "batch_not_open": "These registrations were confirmed or deleted already",
    }


def form_data(cells: Cells, shared: Mapping[str, Any], offer: Offer) -> dict[str, str]:
    """Return cells as a form sends them: names as the values of choices, blanks filled in."""
    data = {name: str(cells.get(name) or "") for name in CELLS}
    for name in _DATES:
        data |= _date_parts(name, data.pop(name))
    if not data["training_programme"]:
        data["training_programme"] = str(shared.get("training_programme", ""))
    data["training_programme"] = value_of(data["training_programme"], _PROGRAMMES)
    data["appropriate_body"] = data["appropriate_body"] or str(shared.get("appropriate_body", ""))
    if data["training_programme"] == TrainingProgramme.PROVIDER_LED:
        data["lead_provider"] = data["lead_provider"] or str(shared.get("lead_provider", ""))
    data["working_pattern"] = data["working_pattern"] or str(shared.get("working_pattern", ""))
    data["working_pattern"] = value_of(data["working_pattern"], _PATTERNS)
    for name, values in offer.values.items():
        data[name] = value_of(data[name], values)
    return data


def cells_of(form: RowForm) -> dict[str, str]:
    """Return what was typed into a form as cells."""
    cells = {}
    for name in CELLS:
        value = form[name].data
        cells[name] = " ".join(filter(None, value)) if name in _DATES else str(value or "")
    if form.cleaned_data.get("training_programme") == TrainingProgramme.SCHOOL_LED:
        cells["lead_provider"] = ""
    return cells


def _date_parts(name: str, text: str) -> dict[str, str]:
    """Return a date's three inputs: one of three parts is spread, anything else stays whole."""
    words = re.split(r"[ /.-]", text)
    is_day_first = len(words) == len(PARTS) and len(words[0]) <= 2  # 1 or 31
    parts = words if is_day_first else [text, "", ""]
    return {f"{name}-{part}": value for part, value in zip(PARTS, parts, strict=True)}


_PROGRAMMES = values_by_name(PROGRAMMES)
_ALSO = {WorkingPattern.FULL_TIME: ("FT", "F/T"), WorkingPattern.PART_TIME: ("PT", "P/T")}
_PATTERNS = values_by_name(
    Choice(str(value), str(value.label), also=_ALSO[value]) for value in WorkingPattern
)
