"""The change of an ECT's training programme as a table of steps (spec 05 §9.3).

There is one other programme; to a lead provider's the school says which one leads it.
"""

from typing import Any

from register_ects.operations.training.changes import change_training_programme
from register_ects.rules.enumerations import TrainingProgramme
from register_ects.rules.problems import refuse_if
from register_ects.web.drafts import Answers
from register_ects.web.journeys import Journey, Step
from schools.access import school_required
from schools.changes.journeys import change_journey, whose
from schools.changes.roles import ECT, ECTRequest
from schools.changes.training_programme import forms, pages
from schools.changes.training_programme.answers import ProgrammeAnswers
from schools.stops import when_induction_is_over


def note_programme(given: Answers, request: ECTRequest) -> None:
    """Note which programme it becomes; refuse when no day is left for any."""
    answers = ProgrammeAnswers(given, request.subject)
    refuse_if(answers.proposed.problems())
    given["programme"] = given["other"] = answers.other


def note_provider(given: Answers, request: ECTRequest) -> None:
    """Refuse a lead provider whom the operation would refuse."""
    answers = ProgrammeAnswers(given, request.subject)
    programme = given["programme"]
    refuse_if(answers.proposed.problems_with_programme(programme, answers.provider))


def note_other(given: Answers, request: ECTRequest) -> None:
    """Note which programme the ECT is not on now: a colleague may have changed it meanwhile."""
    given["other"] = ProgrammeAnswers(given, request.subject).other


def save(given: Answers, request: ECTRequest) -> dict[str, Any]:
    """Change the programme; return for the confirmation what was then stored."""
    answers = ProgrammeAnswers(given, request.subject)
    before, provider = answers.before, answers.provider
    changed = change_training_programme(
        request.subject,
        given["programme"],
        lead_provider=provider,
        seen=answers.proposed.mark,
        author=request.author,
    )
    training, mentors = changed.training, changed.mentor_training
    agreed = training.school_partnership
    return {
        "before": before.label if before else None,
        "after": training.get_training_programme_display(),
        "provider": provider.name if provider else None,
        "delivery_partner": agreed.delivery_partner.name if agreed else None,
        "starts_on": training.started_on,
        "mentor": mentors.teacher.name if mentors else None,
        "mentor_trains_from": mentors.started_on if mentors else None,
    }


CHANGE_TRAINING_PROGRAMME: Journey = change_journey(
    ECT,
    "training-programme",
    [
        Step(
            "edit",
            forms.DirectionForm,
            "schools/changes/training_programme.jinja",
            on_submit=note_programme,
            answered=lambda given: given.get("programme") == given.get("other"),
            next=lambda given: (
                "check-answers"
                if given["programme"] == TrainingProgramme.SCHOOL_LED
                else "lead-provider"
            ),
            form_options=whose,
            context=pages.before_changing,
        ),
        Step(
            "lead-provider",
            forms.LeadProviderForm,
            "schools/changes/question.jinja",
            on_submit=note_provider,
            form_options=pages.provider_options,
        ),
    ],
    check=pages.check,
    save=save,
    confirmation=pages.confirmation,
    form=forms.CheckProgrammeForm,
    guard=school_required(while_registration_is_open=True),
    refresh=note_other,
    instead=when_induction_is_over,
)
