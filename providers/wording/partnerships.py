"""What to say about a refused partnership, by field and code (spec 02 §2.16.3, spec 03 §11)."""

PARTNERSHIPS = {
    ("cohort", "blank"): "Enter a '#/cohort'.",
    ("cohort", "unknown"): "This '#/cohort' does not exist. Use the year in which it starts.",
    ("cohort", "not_started"): (
        "The {year} '#/cohort' starts on {starts_on}. Create the partnership from that day on."
    ),
    ("cohort", "closed"): (
        "The {year} '#/cohort' is closed to new partnerships. Choose an open '#/cohort', or"
        " contact DfE."
    ),
    ("school_id", "blank"): "Enter a '#/school_id'.",
    ("school_id", "unknown"): (
        "No school has this '#/school_id'. Take the id from the schools of the same cohort."
    ),
    ("school_id", "not_eligible"): (
        "The school with this '#/school_id' cannot have DfE-funded training. Ask it to check its"
        " record in the register of schools, or contact DfE."
    ),
    ("school_id", "already_in_partnership"): (
        "You already have a partnership with this '#/school_id' for the {year} cohort. Update"
        " that partnership if its delivery partner is wrong."
    ),
    ("school_id", "only_school_led"): (
        "The school with this '#/school_id' has registered only school-led training for the"
        " {year} cohort. Ask it to register someone for provider-led training first."
    ),
    ("delivery_partner_id", "blank"): "Enter a '#/delivery_partner_id'.",
    ("delivery_partner_id", "unknown"): (
        "No delivery partner has this '#/delivery_partner_id'. Take the id from your delivery"
        " partners."
    ),
    ("delivery_partner_id", "no_agreement"): (
        "You have no agreement with this '#/delivery_partner_id' for that cohort. Choose another"
        " delivery partner, or ask DfE to add the agreement."
    ),
    ("delivery_partner_id", "already_in_partnership"): (
        "You have another partnership with this school and this '#/delivery_partner_id' for the"
        " same cohort. Use that one, or choose another delivery partner."
    ),
}
