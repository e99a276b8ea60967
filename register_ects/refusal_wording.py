"""What a person is told when the database refuses: constraint name to field, code and message.

Names are those of the constraints and triggers in ``register_ects/models`` and of the composite
keys in the migrations. A test walks the database and fails when one has no words here. Messages
say what to mend, in the service's own terms (spec 01 §2), and never how data are stored.
"""

_STALE = "This record has changed since you opened it. Go back, reload the page and try again"

#: constraint: (input to mend or "", code, message)
WORDING: dict[str, tuple[str, str, str]] = {
    # -- Periods: order of days --------------------------------------------------------------
    **{
        f"{period}_finishes_on_or_after_start": (
            "finished_on",
            "before_start",
            "The end date must be the same as or after the start date",
        )
        for period in (
            "appropriatebodyperiod",
            "ectatschoolperiod",
            "inductionperiod",
            "mentoratschoolperiod",
            "mentorshipperiod",
            "trainingperiod",
        )
    },
    "contract_period_finishes_after_start": (
        "finished_on",
        "before_start",
        "The contract period must end after it starts",
    ),
    "closure_ends_on_or_after_start": (
        "ends_on",
        "before_start",
        "The closure must end on or after the day it starts",
    ),
    # -- Periods: never two at once ----------------------------------------------------------
    "contract_periods_never_overlap": (
        "started_on",
        "overlaps",
        "These dates overlap another contract period. Choose dates outside it",
    ),
    "ect_placements_never_overlap": (
        "started_on",
        "overlaps",
        "This ECT is registered at a school on some of these days. Choose a start date after "
        "that registration ends",
    ),
    "mentor_placements_at_a_school_never_overlap": (
        "started_on",
        "overlaps",
        "This mentor is already registered at this school on some of these days. Choose a start "
        "date after that registration ends",
    ),
    "one_mentor_at_a_time_per_ect": (
        "started_on",
        "overlaps",
        "This ECT has another mentor on some of these days. End that mentorship first",
    ),
    "training_periods_in_a_role_never_overlap": (
        "started_on",
        "overlaps",
        "This person has other training in the same role on some of these days. Choose a start "
        "date after it ends",
    ),
    "induction_periods_never_overlap": (
        "started_on",
        "overlaps",
        "This ECT has another induction period on some of these days. Choose dates outside it",
    ),
    "designations_of_a_body_never_overlap": (
        "started_on",
        "overlaps",
        "This appropriate body is already designated on some of these days",
    ),
    # -- Periods: one inside another ---------------------------------------------------------
    "training_lies_within_its_placement": (
        "started_on",
        "outside_placement",
        "Training must start and end while the person is registered at the school",
    ),
    "mentorship_lies_within_both_placements": (
        "started_on",
        "outside_placement",
        "Mentoring must start and end while both people are registered at the school",
    ),
    "ect_placement_holds_its_periods": (
        "finished_on",
        "training_or_mentoring_outside",
        "This ECT has training or mentoring outside these dates. End or change it first",
    ),
    "mentor_placement_holds_its_periods": (
        "finished_on",
        "training_or_mentoring_outside",
        "This mentor has training or mentoring outside these dates. End or change it first",
    ),
    # -- Mentorships -------------------------------------------------------------------------
    "mentor_and_mentee_are_different_people": (
        "mentor",
        "same_person",
        "An ECT cannot be their own mentor. Choose someone else",
    ),
    "mentorship_agrees_with_its_ect_placement": (
        "ect",
        "not_at_this_school",
        "The ECT must be registered at the school where they are mentored",
    ),
    "mentorship_agrees_with_its_mentor_placement": (
        "mentor",
        "not_at_this_school",
        "The mentor must be registered at the same school as the ECT",
    ),
    # -- Training ----------------------------------------------------------------------------
    "training_has_one_placement_of_its_role": (
        "trainee_role",
        "wrong_placement",
        "Training belongs to one registration, as an ECT or as a mentor",
    ),
    "school_led_training_has_no_provider_or_schedule": (
        "training_programme",
        "school_led_with_provider",
        "School-led training has no lead provider and no schedule. Remove them, or choose "
        "provider-led training",
    ),
    "provider_led_training_has_schedule_and_provider": (
        "training_programme",
        "provider_led_without_provider",
        "Provider-led training needs a lead provider and a schedule",
    ),
    "mentor_training_is_provider_led": (
        "training_programme",
        "mentor_school_led",
        "Mentor training is always provider-led",
    ),
    "withdrawal_time_and_reason_together": (
        "withdrawal_reason",
        "incomplete",
        "A withdrawal needs both a date and a reason",
    ),
    "deferral_time_and_reason_together": (
        "deferral_reason",
        "incomplete",
        "A deferral needs both a date and a reason",
    ),
    "withdrawn_or_deferred_training_is_finished": (
        "finished_on",
        "missing",
        "Training that is withdrawn or deferred needs an end date",
    ),
    "withdrawn_training_stops_there": (
        "finished_on",
        "after_withdrawal",
        "Withdrawn training must end on or before the day of the withdrawal",
    ),
    "training_deferred_stops_there": (
        "finished_on",
        "after_deferral",
        "Deferred training must end on or before the day of the deferral",
    ),
    "training_withdrawn_on_or_after_its_start": (
        "withdrawn_at",
        "before_start",
        "Training cannot be withdrawn before the day it starts",
    ),
    "training_deferred_on_or_after_its_start": (
        "deferred_at",
        "before_start",
        "Training cannot be deferred before the day it starts",
    ),
    "ect_never_withdrawn_for_a_mentor_only_reason": (
        "withdrawal_reason",
        "for_mentors_only",
        "An ECT cannot be withdrawn for no longer being a mentor. Choose another reason",
    ),
    "schedule_kind_fits_the_role": (
        "schedule",
        "not_for_role",
        "ECTs cannot be on a replacement schedule, and mentors cannot be on a reduced one",
    ),
    "ects_from_2024_name_no_local_authority": (
        "appropriate_body",
        "local_authority",
        "Local authorities take no new ECTs. Choose a teaching school hub",
    ),
    "training_agrees_with_its_ect_placement": ("ect", "stale", _STALE),
    "training_agrees_with_its_mentor_placement": ("mentor", "stale", _STALE),
    "training_agrees_with_its_partnership": (
        "school_partnership",
        "does_not_match",
        "The partnership must be one of this school, with the same lead provider and contract "
        "period as the rest of the training",
    ),
    "training_agrees_with_its_expression_of_interest": (
        "expression_of_interest",
        "does_not_match",
        "The lead provider the school named must match the partnership and the contract period",
    ),
    "training_agrees_with_its_schedule": (
        "schedule",
        "other_contract_period",
        "The schedule must belong to the same contract period as the training",
    ),
    # -- Induction ---------------------------------------------------------------------------
    "induction_terms_0_to_16_once_finished": (
        "number_of_terms",
        "out_of_range",
        "Enter between 0 and 16 terms when the induction period has ended, and none before",
    ),
    "induction_outcome_only_once_finished": (
        "outcome",
        "not_finished",
        "An induction needs an end date before it can have an outcome",
    ),
    "one_induction_outcome_per_teacher": (
        "outcome",
        "already_has_outcome",
        "This ECT already has an induction outcome. Only one can be recorded",
    ),
    "fail_confirmation_sent_after_the_end": (
        "fail_confirmation_sent_on",
        "before_end",
        "The date the ECT was told must be on or after the end of their induction",
    ),
    "induction_starts_on_or_after_1_september_1999": (
        "started_on",
        "too_early",
        "The start date must be on or after 1 September 1999",
    ),
    "induction_programme_missing_only_in_old_records": (
        "training_programme",
        "missing",
        "Select provider-led or school-led",
    ),
    "extension_between_a_tenth_and_16_terms": (
        "number_of_terms",
        "out_of_range",
        "An extension must be between 0.1 and 16 terms",
    ),
    "trs_is_told_when_induction_was_completed": (
        "completed_date",
        "missing",
        "A pass or a fail needs the date on which induction was completed",
    ),
    "one_queued_trs_update_per_teacher": (
        "",
        "already_queued",
        "A change for this teacher is already waiting to be sent. Try again in a few minutes",
    ),
    "batch_of_at_most_1000_rows": (
        "file",
        "too_many_rows",
        "The file must have no more than 1,000 rows",
    ),
}
