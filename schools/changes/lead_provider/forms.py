"""The question which lead provider trains somebody instead (spec 05 §9.2)."""

from register_ects.web.forms import GovukForm, RadiosField, Wording
from schools.changes.journeys import CheckForm

#: Why a lead provider cannot be chosen: on its own page and at the last moment.
PROVIDER_WORDING: Wording = {
    "no_change": "{name} is with this lead provider already. Choose another one",
    "no_training": "No training of {name} has been reported, so there is nothing to change",
    "school_led": "{name} is in school-led training now. Change the training programme first",
    "not_fundable": "Our records show that {name} cannot have funded mentor training",
    "trains_elsewhere": "{name} has mentor training at another school, so they cannot have it at "
    "yours too",
    "induction_over": "{name}’s induction is over, so their training cannot be changed",
    "no_day_left": "{name} leaves your school on {leaves}, so no training can follow",
    "no_contract_period": "Training cannot start on that day yet. Contact support",
    "not_active": "This lead provider is no longer available. Choose another one",
    "missing": "Select a lead provider",
    "not_wanted": "School-led training has no lead provider",
    "overlaps": "{name} has other training on some of these days. Contact support",
}


class LeadProviderForm(GovukForm):
    """One of the lead providers with a contract for the training, never the present one."""

    wording = PROVIDER_WORDING
    lead_provider = RadiosField(
        label="Which lead provider will train {name}?",
        required_message="Select which lead provider will train {name}",
    )


class CheckTrainingForm(CheckForm):
    """Nothing to fill in: what may be refused at the last moment, in words."""

    wording = {**CheckForm.wording, **PROVIDER_WORDING}
