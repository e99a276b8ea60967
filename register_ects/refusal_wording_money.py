"""The words about money: contracts, statements and declarations."""

_STALE = "This record has changed since you opened it. Go back, reload the page and try again"

#: constraint: (input to mend or "", code, message)
WORDING: dict[str, tuple[str, str, str]] = {
    # -- Contracts ---------------------------------------------------------------------------
    "fee_structures_match_contract_type": (
        "contract_type",
        "fees_do_not_match",
        "An ECF contract needs fees by band only. An ITTECF ECTP contract needs fees by band and "
        "a flat rate for mentors",
    ),
    "vat_rate_between_0_and_1": (
        "vat_rate",
        "out_of_range",
        "The VAT rate must be between 0 and 1, for example 0.20",
    ),
    "contract_provider_never_changes": (
        "lead_provider",
        "cannot_change",
        "The lead provider of a contract cannot be changed. Add another contract",
    ),
    "contract_banded_fee_structure_contract_id_key": (
        "contract",
        "already_exists",
        "This contract already has fees by band",
    ),
    "contract_flat_rate_fee_structure_contract_id_key": (
        "contract",
        "already_exists",
        "This contract already has a flat rate for mentors",
    ),
    "banded_fees_not_negative": (
        "monthly_service_fee",
        "negative",
        "The set-up fee, monthly service fee and uplift fee must be zero or more",
    ),
    "uplift_target_ratio_between_0_and_1": (
        "uplift_target_ratio",
        "out_of_range",
        "The uplift target must be between 0 and 1",
    ),
    "banded_fees_agree_with_their_contract": ("contract", "stale", _STALE),
    "band_order_and_capacity_above_zero": (
        "capacity",
        "too_small",
        "A band must have room for at least 1 declaration",
    ),
    "one_band_per_allocation_order": (
        "allocation_order",
        "already_exists",
        "The lead provider already has this band. Reload the page to see it",
    ),
    "band_order_never_changes": (
        "allocation_order",
        "cannot_change",
        "The order of bands cannot be changed",
    ),
    "band_capacity_never_shrinks": (
        "capacity",
        "too_small",
        "The capacity of a band can only be made larger",
    ),
    "band_fee_above_zero": (
        "fee_per_declaration",
        "too_small",
        "The fee must be more than £0",
    ),
    "band_ratios_add_up_to_1": (
        "output_fee_ratio",
        "does_not_add_up",
        "The output fee ratio and the service fee ratio must add up to 1",
    ),
    "fees_are_fixed_once_paid": (
        "",
        "already_paid",
        "Statements were paid by these fees, so they cannot be changed. Add another contract",
    ),
    "one_term_per_band_and_contract": (
        "band",
        "already_exists",
        "The contract already has a fee for this band",
    ),
    "band_term_agrees_with_its_fee_structure": ("band", "stale", _STALE),
    "band_term_agrees_with_its_band": (
        "band",
        "other_lead_provider",
        "The band must belong to the lead provider and contract period of the contract",
    ),
    "flat_rate_fee_and_target_above_zero": (
        "fee_per_declaration",
        "too_small",
        "The recruitment target and the fee must be more than zero",
    ),
    # -- Statements --------------------------------------------------------------------------
    "one_statement_per_provider_and_month": (
        "month",
        "already_exists",
        "The lead provider already has a statement for this month",
    ),
    "statement_month_between_1_and_12": (
        "month",
        "out_of_range",
        "The month must be between 1 and 12",
    ),
    "statement_year_from_2020": ("year", "too_early", "The year must be 2020 or later"),
    "statement_paid_after_its_deadline": (
        "payment_date",
        "before_deadline",
        "The payment date must be after the deadline date",
    ),
    "statement_has_a_payment_time_once_paid": (
        "status",
        "payment_time",
        "A paid statement needs the time of its payment, and any other has none",
    ),
    "statements_never_go_back": (
        "status",
        "cannot_change",
        "A statement goes from open to payable to paid. It cannot go back",
    ),
    "paid_statements_never_change": (
        "",
        "already_paid",
        "A paid statement cannot be changed or deleted. Add an adjustment to a later one",
    ),
    "counted_role_is_known": (
        "trainee_role",
        "not_known",
        "What is kept of a paid statement is counted by ECT and mentor",
    ),
    "counted_type_is_known": (
        "declaration_type",
        "not_known",
        "What is kept of a paid statement is counted by the types that declarations have",
    ),
    "statements_count_each_role_and_type_once": (
        "statement",
        "already_counted",
        "What is on this statement is counted already",
    ),
    "statements_with_declarations_pay_outputs": (
        "fee_type",
        "has_declarations",
        "This statement has declarations, so it cannot become a service fee statement",
    ),
    "adjustments_only_before_payment": (
        "statement",
        "already_paid",
        "A paid statement takes no adjustments. Add one to a later statement",
    ),
    "statement_agrees_with_its_contract": (
        "contract",
        "other_lead_provider",
        "The contract must belong to the statement's lead provider and contract period",
    ),
    "statement_agrees_with_its_active_lead_provider": ("contract", "stale", _STALE),
    "adjustment_not_zero_and_within_a_million": (
        "amount",
        "out_of_range",
        "The amount must be between -£1,000,000 and £1,000,000, and not £0",
    ),
    "statement_adjustment_payment_type_not_empty": (
        "payment_type",
        "missing",
        "Enter what the adjustment is for",
    ),
    # -- What was paid for -------------------------------------------------------------------
    "vat_registration_is_fixed_once_paid": (
        "vat_registered",
        "already_paid",
        "Statements of this lead provider were paid with the VAT it had. Set the VAT rate of a"
        " later contract instead",
    ),
    "what_a_year_pays_for_is_fixed_once_paid": (
        "",
        "already_paid",
        "Declarations of this contract period were paid, so its uplifts and mentor funding cannot"
        " be changed",
    ),
    "bands_are_fixed_once_paid": (
        "capacity",
        "already_paid",
        "Statements were paid by these bands. Only the last of several can be changed: to hold"
        " more",
    ),
    "statements_close_before_they_are_paid": (
        "status",
        "not_payable",
        "A statement must be closed before it can be paid",
    ),
    "closed_statements_keep_their_dates": (
        "deadline_date",
        "already_closed",
        "The deadline and payment dates of a closed statement cannot be changed",
    ),
    "statements_leave_nothing_behind": (
        "status",
        "does_not_match",
        "What is on a statement must become payable, paid or clawed back together with it",
    ),
    # -- Declarations ------------------------------------------------------------------------
    "one_live_declaration_per_person_role_and_type": (
        "declaration_type",
        "already_declared",
        "A declaration of this type has already been submitted for this participant",
    ),
    "payment_statement_present_when_billable": (
        "payment_statement",
        "missing",
        "A declaration that is to be paid needs a statement to be paid on",
    ),
    "no_payment_statement_before_eligible": (
        "payment_statement",
        "not_eligible",
        "A declaration joins a statement once it is eligible for payment, not before",
    ),
    "clawback_statement_present_only_when_clawed_back": (
        "clawback_statement",
        "does_not_match",
        "A declaration being clawed back needs a statement for it, and any other has none",
    ),
    "only_paid_declarations_are_clawed_back": (
        "clawback_status",
        "not_paid",
        "Only a paid declaration can be clawed back",
    ),
    "declared_from_1_september_2021": (
        "declaration_date",
        "too_early",
        "The declaration date must be on or after 1 September 2021",
    ),
    "declared_on_or_before_the_day_it_was_made": (
        "declaration_date",
        "in_the_future",
        "The declaration date must not be after the day the declaration is made",
    ),
    "declarations_are_on_output_statements": (
        "payment_statement",
        "service_fee",
        "A service fee statement takes no declarations. Choose an output statement",
    ),
    "nothing_is_paid_on_an_open_statement": (
        "payment_statement",
        "still_open",
        "A declaration is paid or clawed back once its statement has closed, not while it is open",
    ),
    "paid_declarations_stay_paid": (
        "payment_status",
        "already_paid",
        "A paid declaration stays paid on its statement. It can only be clawed back",
    ),
    "what_was_paid_for_never_changes": (
        "payment_status",
        "already_paid",
        "What a paid declaration says cannot be changed. It can only be clawed back",
    ),
    "what_is_owed_keeps_step_with_its_statement": (
        "payment_status",
        "does_not_match",
        "A declaration is eligible on an open statement and payable on a closed one. It is paid"
        " when that statement is authorised, not later",
    ),
    "nothing_is_clawed_back_on_a_paid_statement": (
        "clawback_statement",
        "already_paid",
        "A paid statement takes no clawbacks. Choose one that is still open",
    ),
    "clawed_back_on_another_statement": (
        "clawback_statement",
        "same_statement",
        "A declaration is clawed back on a later statement than the one it was paid on",
    ),
    "voided_declarations_stay_voided": (
        "payment_status",
        "already_voided",
        "A voided declaration stays voided. Submit another",
    ),
    "clawbacks_are_never_taken_back": (
        "clawback_status",
        "already_clawed_back",
        "A clawback cannot be taken back once it has started. Submit another declaration",
    ),
    "declarations_on_a_statement_are_never_deleted": (
        "",
        "cannot_delete",
        "A declaration that is on a statement cannot be deleted. Void it",
    ),
    "uplifts_only_in_years_that_pay_them": (
        "declaration_type",
        "uplift_not_allowed",
        "There are no uplifts in this contract period",
    ),
    "funded_mentors_start_and_complete_only": (
        "declaration_type",
        "not_for_funded_mentors",
        "In this contract period a mentor can have started and completed declarations only",
    ),
    "extended_points_only_on_extended_schedules": (
        "declaration_type",
        "not_in_schedule",
        "Only training on an extended schedule can have an extended declaration",
    ),
    "extended_points_are_for_ects": (
        "declaration_type",
        "not_for_mentors",
        "Only an ECT can have an extended declaration",
    ),
    "uplift_only_on_started": (
        "declaration_type",
        "uplift_not_allowed",
        "Only a started declaration can have an uplift",
    ),
    "ect_declaration_names_its_placement": ("participant_id", "stale", _STALE),
    "mentorship_only_on_ect_declarations": (
        "mentorship_period",
        "not_for_mentors",
        "Only an ECT's declaration can name a mentor",
    ),
    "voided_by_user_and_time_together": (
        "voided_by_user",
        "incomplete",
        "A declaration voided by staff needs both the person and the time",
    ),
    "declared_delivery_partner_never_changes": (
        "delivery_partner",
        "cannot_change",
        "The delivery partner of a declaration cannot be changed. Void it and submit another",
    ),
    "declaration_agrees_with_its_training_period": ("participant_id", "stale", _STALE),
    "declaration_agrees_with_the_placement_of_its_training": ("participant_id", "stale", _STALE),
    "declaration_agrees_with_its_mentorship": (
        "mentorship_period",
        "does_not_match",
        "The mentor must be one this ECT had at the school where they were trained",
    ),
    "declaration_agrees_with_its_payment_statement": (
        "payment_statement",
        "does_not_match",
        "The statement must belong to the declaration's lead provider and contract period",
    ),
    "declaration_agrees_with_its_clawback_statement": (
        "clawback_statement",
        "does_not_match",
        "The statement must belong to the declaration's lead provider and contract period",
    ),
}
