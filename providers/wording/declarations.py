"""What to say about a refused declaration, by field and code (spec 03 §3.3)."""

DECLARATIONS = {
    ("data", "too_many_items"): "'#/data' holds {count} items. Send at most {most} at once.",
    ("participant_id", "blank"): "Enter a '#/participant_id'.",
    ("participant_id", "unknown"): (
        "You do not train anyone with this '#/participant_id'. Check the id."
    ),
    ("participant_id", "replaced"): (
        "This '#/participant_id' has been replaced by {replaced_by}. Use the new id."
    ),
    ("participant_id", "withdrawn"): (
        "This participant was withdrawn from your training at {withdrawn_at}. The"
        " '#/declaration_date' must be before that time."
    ),
    ("course_identifier", "blank"): "Enter a '#/course_identifier'.",
    ("course_identifier", "unknown"): (
        "The '#/course_identifier' is not recognised. Use ecf-induction or ecf-mentor."
    ),
    ("course_identifier", "never_trained"): (
        "The participant is not on this course with you. Check the '#/course_identifier'."
    ),
    ("declaration_date", "blank"): "Enter a '#/declaration_date'.",
    ("declaration_date", "wrong_format"): (
        "Enter the '#/declaration_date' as an RFC 3339 date and time, such as 2025-10-03T09:30:00Z."
    ),
    ("declaration_date", "in_the_future"): (
        "The '#/declaration_date' cannot be in the future. Declare once the date has passed."
    ),
    ("declaration_date", "before_milestone"): (
        "The '#/declaration_date' must be on or after {first}, the milestone start for this"
        " '#/declaration_type'."
    ),
    ("declaration_date", "after_milestone"): (
        "The '#/declaration_date' must be on or before {last}, the milestone end for this"
        " '#/declaration_type'."
    ),
    ("declaration_date", "out_of_sequence"): (
        "The '#/declaration_date' is out of order with the participant's {other} declaration."
        " Check it against the existing declarations."
    ),
    ("declaration_type", "blank"): "Enter a '#/declaration_type'.",
    ("declaration_type", "unknown"): (
        "The '#/declaration_type' is not recognised. See the API documentation for the list."
    ),
    ("declaration_type", "already_declared"): (
        "A declaration of this '#/declaration_type' already exists for the participant. It must"
        " be voided or clawed back before another can be made."
    ),
    ("declaration_type", "not_for_funded_mentors"): (
        "From the 2025 cohort, mentors can have only started and completed declarations. Check"
        " the '#/declaration_type'."
    ),
    ("declaration_type", "not_for_mentors"): (
        "Mentors cannot have extended declarations. Check the '#/declaration_type'."
    ),
    ("declaration_type", "not_in_schedule"): (
        "This '#/declaration_type' is not part of the participant's schedule. Check the"
        " schedule, or change it first."
    ),
    ("evidence_held", "blank"): "Enter a value for '#/evidence_held'. Possible here: {allowed}.",
    ("evidence_held", "not_allowed"): (
        "This '#/evidence_held' is not possible for this declaration. Use one of: {allowed}."
    ),
    ("participant_declaration_id", "already_voided"): (
        "This '#/participant_declaration_id' is voided already. Declare again if you need to."
    ),
    ("participant_declaration_id", "already_clawed_back"): (
        "A refund of this '#/participant_declaration_id' is under way or done already. Declare"
        " again if you need to."
    ),
    ("participant_declaration_id", "no_statement_for_clawback"): (
        "This '#/participant_declaration_id' was paid, and no statement is left in the {year}"
        " cohort to refund it on. Contact DfE."
    ),
    ("cohort", "payments_frozen"): (
        "The participant is training in the {year} '#/cohort', which is closed for payment."
        " Contact DfE."
    ),
    ("cohort", "no_open_statement"): (
        "The {year} '#/cohort' is closed for payment: no statement can take this declaration."
        " Contact DfE."
    ),
}
