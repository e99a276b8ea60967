"""The questions of the register-mentor journey, one form a page (spec 05 §8.3)."""

from typing import Any

from register_ects.web.forms import DateField, EmailField, GovukForm, YesNoField
from schools.mentors.forms import START_WORDING
from schools.registering.forms import KnownEmailForm, ReviewForm


class DetailsForm(KnownEmailForm, ReviewForm):
    """Who it is, where they can be reached, and whether the ECT's provider trains them too."""

    email = EmailField(
        label="Email address",
        hint="Use an address that only they read and will keep. We write to them there, and their "
        "lead provider, if they have one, contacts them there about mentor training.",
        required_message="Enter the email address",
        called="email address",
    )
    use_ect_provider = YesNoField(
        label="Will {provider}, who trains {ect}, train {mentor} too?",
        hint="{provider} contacts them if we share their details",
        yes="Yes, share their details with {provider}",
        no="No, another lead provider will",
        required_message="Select yes if {provider} will train {mentor}",
    )

    def __init__(self, *args: Any, may_be_trained: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_be_trained:
            del self.fields["use_ect_provider"]


class StartedOnForm(GovukForm):
    """The first day as a mentor at this school."""

    question = "started_on"
    wording = START_WORDING
    started_on = DateField(
        label="When did {mentor} start, or when will they start, mentoring at your school?",
        hint="For example, 1 9 2026",
        required_message="Enter the date {mentor} started or will start mentoring at your school",
        called="start date",
    )


class OnlyHereForm(StartedOnForm):
    """Whether the mentor leaves the schools where they mentor now, and when they do."""

    question = "only_here"
    only_here = YesNoField(
        label="Will {mentor} be mentoring at your school only?",
        hint="Another school has registered them as a mentor too. If they will mentor at your "
        "school only, their time there ends the day before they start with you, and the ECTs they "
        "mentor there will need another mentor.",
        yes="Yes, they will mentor at our school only",
        no="No, they will mentor at another school too",
        required_message="Select yes if they will mentor at your school only",
        yes_shows="started_on",
    )
