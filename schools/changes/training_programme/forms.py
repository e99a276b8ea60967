"""What is asked to change a training programme (spec 05 §9.3): who leads the training then."""

from register_ects.web.forms import GovukForm, RadiosField
from schools.changes.lead_provider.forms import PROVIDER_WORDING, CheckTrainingForm

_WORDING = {
    **PROVIDER_WORDING,
    "no_change": "{name} is on this training programme already. Nothing was saved",
}


class DirectionForm(GovukForm):
    """Nothing to fill in: there is one other programme."""

    wording = _WORDING


class LeadProviderForm(GovukForm):
    """One of the lead providers with a contract for the training."""

    question = "lead_provider"
    wording = _WORDING
    lead_provider = RadiosField(
        label="Which lead provider will train {name}?",
        hint="The lead provider confirms with you that they train at your school, and names the "
        "delivery partner.",
        required_message="Select which lead provider will train {name}",
    )


class CheckProgrammeForm(CheckTrainingForm):
    """Nothing to fill in: what may be refused at the last moment, in words."""

    wording = {**CheckTrainingForm.wording, **_WORDING}
