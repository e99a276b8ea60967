"""The questions of the register-ECT journey, one form a page (spec 05 §7.1)."""

from typing import Any

from register_ects.rules.enumerations import TrainingProgramme, WorkingPattern
from register_ects.web.forms import (
    Choice,
    DateField,
    EmailField,
    GovukForm,
    RadiosField,
    Wording,
)
from schools.bodies import IndependentSchoolBodyForm, StateSchoolBodyForm
from schools.registering.forms import CHECK_WORDING, KnownEmailForm, ReviewForm, SuggestingForm

#: Why a start date is refused: on its own page and, when facts have changed, on the check page.
START_WORDING: Wording = {
    "year_too_late": "The start date must be {latest} or earlier. Check the year",
    "before_earliest": "The start date must be {earliest} or later",
    "before_previous_record": "Our records show that {name} started teaching at {school} on "
    "{started}. The start date must be {earliest} or later",
    "before_previous_training": "Our records show that {name} started their latest training at "
    "{school} on {started}. The start date must be {earliest} or later",
    "before_declared_training": "A lead provider has declared training or mentoring of {name} at "
    "{school} from {started}. The start date must be {earliest} or later. If that is "
    "wrong, contact support",
    "before_later_record": "{school} has registered {name} from {started}. The start date must be "
    "{earliest} or later. If that is wrong, ask {school} to correct it or contact support",
    "already_here_then": "{name} was an ECT at your school from {started} to {finished}. The "
    "start date must be {earliest} or later. If that is wrong, contact support",
    "too_far_ahead": "{school} has registered {name} from {started}, so the start date must be "
    "{latest} or earlier: a move can be registered up to 4 months ahead",
}


class DetailsForm(SuggestingForm, KnownEmailForm, ReviewForm):
    """Who it is, and what they do at this school."""

    wording = START_WORDING
    email = EmailField(
        label="Email address",
        hint="Use an address that only they read and will keep. Their lead provider, if they have "
        "one, contacts them there. You can change it later.",
        required_message="Enter the email address",
        called="email address",
    )
    started_on = DateField(
        label="Start date as an ECT at your school",
        hint="For example, 1 9 2026",
        required_message="Enter the date {name} started or will start as an ECT at your school",
        called="start date",
    )
    working_pattern = RadiosField(
        label="Working pattern",
        hint="Only count the hours they work as an ECT at your school",
        items=WorkingPattern,
        required_message="Select if they work full time or part time",
    )


class TrainingForm(SuggestingForm, StateSchoolBodyForm, IndependentSchoolBodyForm):
    """Who supports the induction, and who designs and delivers the training."""

    question = ""  # two questions, under a heading
    training_programme = RadiosField(
        label="Which training programme will {name} follow?",
        items=(
            Choice(
                TrainingProgramme.PROVIDER_LED,
                "Provider-led",
                hint="A lead provider, funded by DfE, designs and delivers the training",
                conditional="lead_provider",
            ),
            Choice(
                TrainingProgramme.SCHOOL_LED,
                "School-led",
                hint="Your school designs and delivers the training",
            ),
        ),
        required_message="Select if the training is provider-led or school-led",
    )
    lead_provider = RadiosField(
        label="Which lead provider will train {name}?",
        hint="We share {name}’s details with the lead provider you select. They confirm that they "
        "work with your school before training starts.",
        required_message="Select the lead provider",
    )

    def __init__(self, *args: Any, independent: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("appropriate_body",) if independent else ("body_kind", "hub"):
            del self.fields[name]


class CheckForm(GovukForm):
    """Nothing to fill in: what may be refused at the last moment, in words."""

    wording = {
        **START_WORDING,
        **CHECK_WORDING,
        "already_active_at_school": "This ECT is already registered at your school. Nothing was "
        "saved again",
        "induction_completed": "Our records show that {name} has completed their induction",
        "induction_exempt": "Our records show that {name} is exempt from induction",
        "induction_failed": "Our records show that {name} has failed their induction",
        "cannot_register_ect": "Our records show that {name} cannot be registered as an ECT",
        "declarations_after": "A lead provider has declared training or mentoring of {name} from "
        "{earliest}. Choose a start date after that day",
        "missing": "Your choice is no longer available. Change it to continue",
        "not_active": "Your choice is no longer available. Change it to continue",
        "not_allowed_for_school": "Your school cannot choose this appropriate body. Change it",
    }
