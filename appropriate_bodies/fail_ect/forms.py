"""Whether an ECT was told that they failed, and how their induction ended (spec 06 §6.10)."""

from appropriate_bodies.forms import CloseForm, PeriodForm
from register_ects.rules.enumerations import InductionOutcome
from register_ects.web.forms import CheckboxField, DateField


class ToldForm(PeriodForm):
    """That the ECT was told, which the body must have done first, of the period shown."""

    told = CheckboxField(
        label="I confirm that we have written to them with all of this",
        required_message="Confirm that you have written to the ECT before you record that they "
        "failed",
    )


class FailForm(CloseForm):
    """As for any closing, and when the ECT was told in writing."""

    outcome = InductionOutcome.FAIL

    fail_confirmation_sent_on = DateField(
        label="Date you sent written confirmation that they failed",
        called="date you sent written confirmation",
        hint="For example, 17 7 2026.",
        required_message="Enter the date you sent written confirmation",
    )
    field_order = ("fail_confirmation_sent_on", "finished_on", "number_of_terms", "terms_reason")
