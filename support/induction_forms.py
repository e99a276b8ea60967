"""What staff enter of an induction period (spec 06 §6.12). What is allowed, operations decide."""

from decimal import Decimal
from typing import Any

from register_ects.models import AppropriateBody, InductionPeriod, Teacher
from register_ects.operations.inductions.by_staff import PeriodEntered, period_problems
from register_ects.operations.inductions.corrections import mark_of_recorded
from register_ects.rules.enumerations import TrainingProgramme
from register_ects.rules.inductions import MOST_TERMS
from register_ects.web.forms import (
    Choice,
    DateField,
    DecimalField,
    RadiosField,
    SelectField,
    Wording,
)
from register_ects.web.seen_forms import SeenForm
from support.reason_forms import REASON, WithReason

_OVERLAPS = "Another induction period covers the {} date. Choose a date outside it"
_PERIOD: Wording = {
    ("started_on", "in_the_future"): "Start date must be today or in the past",
    ("started_on", "too_early"): "Start date must be on or after {earliest}",
    ("started_on", "before_qts"): "Start date must be on or after {earliest}, the date that QTS "
    "was awarded",
    ("started_on", "overlaps"): _OVERLAPS.format("start"),
    ("started_on", "after_outcome"): "No induction period can follow the one with the outcome",
    ("started_on", "outcome_not_last"): "The period with the outcome must be the last one",
    ("finished_on", "in_the_future"): "End date must be today or in the past",
    ("finished_on", "before_start"): "End date must be on or after {earliest}, the start date",
    ("finished_on", "missing"): "Enter the end date, because another induction period follows",
    ("finished_on", "missing_with_outcome"): "Enter the end date, because the induction has an "
    "outcome",
    ("finished_on", "overlaps"): _OVERLAPS.format("end"),
    ("", "overlaps"): "Another induction period lies between the two dates. Choose dates outside "
    "it",
    ("number_of_terms", "missing"): "Enter the number of terms",
    ("number_of_terms", "without_end"): "Enter an end date, or leave the number of terms empty",
    ("number_of_terms", "out_of_range"): "Number of terms must be between 0 and 16",
    ("number_of_terms", "too_precise"): "Number of terms must have no more than 1 decimal place",
}


class _PeriodForm(WithReason):
    """The days, terms and programme of a period, and why staff enter them."""

    wording = {**REASON, **_PERIOD}
    field_order = (
        *("seen", "body", "started_on", "finished_on", "number_of_terms"),
        *("training_programme", "note", "ticket"),
    )
    teacher: Teacher
    held: InductionPeriod | None = None

    started_on = DateField(label="Start date", required_message="Enter the start date")
    finished_on = DateField(
        label="End date",
        hint="Leave it empty while the appropriate body holds the ECT.",
        required=False,
    )
    number_of_terms = DecimalField(
        label="Number of terms",
        hint="Full-time equivalent, for example 2.5. Leave it empty without an end date.",
        places=1,
        minimum=Decimal(0),
        maximum=MOST_TERMS,
        required=False,
    )
    training_programme = RadiosField(
        label="Training programme",
        items=TrainingProgramme,
        required_message="Select provider-led or school-led",
    )

    def clean(self) -> dict[str, Any]:
        """Show what the rules refuse of dates and terms that could be read."""
        typed = super().clean()
        if not {"started_on", "finished_on", "number_of_terms"} & self.errors.keys():
            problems = period_problems(self.teacher, self.entered, self.held)
            self.add_problems(each for each in problems if each.field != "training_programme")
        return typed

    @property
    def entered(self) -> PeriodEntered:
        """What was entered."""
        said = self.cleaned_data
        return PeriodEntered(
            started_on=said["started_on"],
            finished_on=said.get("finished_on") or None,
            number_of_terms=said.get("number_of_terms"),
            training_programme=said.get("training_programme") or "",
        )


class AddPeriodForm(_PeriodForm):
    """A new period with any appropriate body."""

    body = SelectField(
        label="Appropriate body",
        typing_hint="Start typing its name.",
        autocomplete=True,
        required_message="Select the appropriate body",
    )

    def __init__(self, *args: Any, teacher: Teacher, **kwargs: Any) -> None:
        self.teacher = teacher
        bodies = AppropriateBody.objects.order_by("name").values_list("pk", "name")
        offered = [Choice(str(key), name) for key, name in bodies]
        super().__init__(*args, choices={"body": offered}, **kwargs)


class ChangePeriodForm(_PeriodForm, SeenForm):
    """What is to be recorded instead of what the page showed of a period."""

    def __init__(self, *args: Any, period: InductionPeriod, **kwargs: Any) -> None:
        self.held, self.teacher = period, period.teacher
        names = ("started_on", "finished_on", "number_of_terms", "training_programme")
        shown = {name: getattr(period, name) for name in names}
        words = {"name": period.teacher.name}
        now = mark_of_recorded(period)
        super().__init__(*args, initial=shown, now=now, words=words, **kwargs)
