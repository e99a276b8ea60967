"""What to say about a refused change to a participant's training (spec 03 §9).

By field and code; the actions share what they have in common.
"""

PARTICIPANTS = {
    ("course_identifier", "blank"): (
        "Enter a '#/course_identifier': ecf-induction for an ECT, ecf-mentor for a mentor."
    ),
    ("course_identifier", "unknown"): (
        "The '#/course_identifier' is not recognised. Use ecf-induction or ecf-mentor."
    ),
    ("course_identifier", "never_trained"): (
        "The participant is not on this course with you. Check the '#/course_identifier'."
    ),
    ("reason", "blank"): "Enter a '#/reason'. Use one of: {possible}.",
    ("reason", "unknown"): "The '#/reason' is not recognised. Use one of: {possible}.",
    ("reason", "not_for_ects"): (
        "This '#/reason' is for mentors only, and ecf-induction is an ECT's course. Choose another"
        " '#/reason'."
    ),
    ("participant_id", "already_deferred"): (
        "The participant in '#/participant_id' is deferred already. Nothing needs to be done."
    ),
    ("participant_id", "already_withdrawn"): (
        "The participant in '#/participant_id' is withdrawn already. If they train with you again,"
        " resume their training."
    ),
    ("participant_id", "not_started"): (
        "The participant in '#/participant_id' starts training on {starts_on}, so their training"
        " cannot be stopped yet. If they will not start, contact DfE."
    ),
    ("participant_id", "started_today"): (
        "The participant in '#/participant_id' started this training today. Send the request again"
        " on {earliest} or later."
    ),
    ("participant_id", "already_active"): (
        "The participant in '#/participant_id' is neither deferred nor withdrawn, so there is no"
        " training to resume."
    ),
    ("participant_id", "already_training"): (
        "The participant in '#/participant_id' is in other training at this school now, so their"
        " training with you cannot be resumed. Ask the school who should train them."
    ),
    ("participant_id", "training_is_school_led"): (
        "The school of the participant in '#/participant_id' now leads their training itself, so"
        " it cannot be resumed with you. If that is wrong, ask the school to change it."
    ),
    ("participant_id", "resumed_too_soon"): (
        "The last day of training of the participant in '#/participant_id' is not over. Send the"
        " request again on {earliest} or later."
    ),
    ("participant_id", "left_school"): (
        "The last day at the school of the participant in '#/participant_id' is {finished_on}, so"
        " their training there cannot be resumed. If they stay, ask the school to correct the date."
    ),
    ("participant_id", "later_training_here"): (
        "Other training at this school is planned from {starts_on} for the participant in"
        " '#/participant_id', so their training with you cannot be resumed. Ask the school who"
        " should train them."
    ),
    ("participant_id", "trains_at_another_school"): (
        "The participant in '#/participant_id' has training at another school from {starts_on}, so"
        " their training at this one cannot be resumed. Contact DfE if that is wrong."
    ),
    ("participant_id", "ect_completed"): (
        "The induction of the participant in '#/participant_id' is complete. They can only be moved"
        " to a reduced schedule."
    ),
    ("participant_id", "mentor_completed"): (
        "The mentor in '#/participant_id' has completed training, so the schedule cannot be"
        " changed. If that is wrong, void the completed declaration or contact DfE."
    ),
    ("participant_id", "left"): (
        "The participant in '#/participant_id' has left training with you, so the schedule cannot"
        " be changed. If they did not leave, ask the school to correct their record."
    ),
    ("participant_id", "stopped"): (
        "The participant in '#/participant_id' is withdrawn or deferred. Resume their training"
        " first, then change the schedule."
    ),
    ("participant_id", "later_training"): (
        "Later training of the participant in '#/participant_id' is recorded, from {starts_on}, so"
        " the schedule of this training cannot be changed. Contact the school if that is wrong."
    ),
    ("participant_id", "later_school_led_training"): (
        "The school of the participant in '#/participant_id' leads their training itself from"
        " {starts_on}, so the schedule of this training cannot be changed. Contact the school if"
        " that is wrong."
    ),
    ("schedule_identifier", "blank"): "Enter a '#/schedule_identifier'.",
    ("schedule_identifier", "unknown"): (
        "The '#/schedule_identifier' is not recognised. See the API documentation for the list."
    ),
    ("schedule_identifier", "not_offered"): (
        "There is no such '#/schedule_identifier' in the {year} cohort. Check the"
        " '#/schedule_identifier' and the '#/cohort'."
    ),
    ("schedule_identifier", "no_change"): (
        "The participant is on this '#/schedule_identifier' in this cohort already. Nothing needs"
        " to be done."
    ),
    ("schedule_identifier", "not_for_ects"): (
        "Replacement schedules are for mentors only. Choose another '#/schedule_identifier'."
    ),
    ("schedule_identifier", "not_for_mentors"): (
        "Reduced schedules are for ECTs only. Choose another '#/schedule_identifier'."
    ),
    ("schedule_identifier", "declaration_outside_milestone"): (
        "The {declaration_type} declaration that was made for this training is not dated within"
        " the milestone of this '#/schedule_identifier'. Choose another, or void the declaration"
        " first."
    ),
    ("schedule_identifier", "declarations_in_old_cohort"): (
        "Declarations were made for this training in the {year} cohort and stay in it. Choose a"
        " '#/schedule_identifier' of that cohort, or contact DfE."
    ),
    ("cohort", "unknown"): (
        "The '#/cohort' is not recognised. Use the year in which it starts, for example 2025."
    ),
    ("cohort", "no_partnership"): (
        "You have no partnership with the participant's school in the {year} '#/cohort'. Create one"
        " first, or check the '#/cohort'."
    ),
    ("cohort", "payments_frozen"): (
        "The {year} '#/cohort' is closed for payment, so the participant cannot train in it. Choose"
        " another '#/cohort'."
    ),
}
