"""The second half of the words: people, schools, providers, contracts, statements and staff."""

_STALE = "This record has changed since you opened it. Go back, reload the page and try again"
_REPEATED = "This could not be saved because its identifier is already in use. Try again"

#: constraint: (input to mend or "", code, message)
WORDING: dict[str, tuple[str, str, str]] = {
    # -- People ------------------------------------------------------------------------------
    "teacher_trn_key": (
        "trn",
        "already_exists",
        "Another teacher has this TRN. Check the number, or use the record that exists",
    ),
    "teacher_without_trn_only_if_trnless": (
        "trn",
        "missing",
        "Enter the teacher's TRN",
    ),
    "teacher_trn_has_seven_digits": ("trn", "wrong_format", "A TRN must have 7 digits"),
    "mentor_ineligibility_date_and_reason_together": (
        "mentor_became_ineligible_for_funding_reason",
        "incomplete",
        "The end of a mentor's funding needs both a date and a reason",
    ),
    "anonymisation_time_and_reason_together": (
        "anonymisation_reason",
        "incomplete",
        "Removing a person's details needs both a time and a reason",
    ),
    "anonymised_people_have_no_name_or_trn": (
        "",
        "anonymised",
        "A record that was cleared keeps no name and no TRN",
    ),
    "retired_id_became_another": (
        "to_teacher",
        "same_record",
        "An ID can only change to another one",
    ),
    "first_eligible_time_never_changes": (
        "",
        "cannot_change",
        "The date a person first became eligible for funded training cannot be changed",
    ),
    # -- Schools and appropriate bodies ------------------------------------------------------
    "school_urn_key": ("urn", "already_exists", "There is already a school with this URN"),
    "gias_school_ukprn_key": (
        "ukprn",
        "already_exists",
        "There is already a school with this UKPRN",
    ),
    "one_link_between_two_schools": (
        "link_urn",
        "already_exists",
        "These two schools are already linked",
    ),
    "one_funding_eligibility_per_school_and_year": (
        "contract_period",
        "already_exists",
        "The school's funding for this contract period is already recorded. Change that record",
    ),
    "induction_tutor_name_and_email_together": (
        "induction_tutor_email",
        "incomplete",
        "Enter both the name and the email address of the induction tutor",
    ),
    "induction_tutor_confirmed_only_when_known": (
        "induction_tutor_email",
        "missing",
        "Enter the induction tutor's details before confirming them",
    ),
    "last_chosen_lead_provider_only_if_provider_led": (
        "lead_provider",
        "does_not_match",
        "Choose a lead provider for provider-led training, and none for school-led training",
    ),
    "schools_merge_into_another": (
        "merged_into",
        "same_record",
        "A school cannot be merged into itself. Choose another school",
    ),
    "schools_choose_no_local_authority": (
        "appropriate_body",
        "local_authority",
        "Local authorities take no new ECTs. Choose a teaching school hub",
    ),
    "one_partnership_of_a_school_with_a_pairing": (
        "delivery_partner",
        "already_exists",
        "The school already has a partnership with this lead provider and delivery partner",
    ),
    "partnership_agrees_with_its_pairing": ("delivery_partner", "stale", _STALE),
    "appropriate_body_name_key": (
        "name",
        "already_exists",
        "There is already an appropriate body with this name",
    ),
    "one_former_name_of_a_body": (
        "name",
        "already_exists",
        "This former name of the appropriate body is already recorded",
    ),
    "appropriate_body_legacy_dqt_id_key": (
        "legacy_dqt_id",
        "already_exists",
        "Another appropriate body has this identifier",
    ),
    "dfe_sign_in_organisation_uuid_key": (
        "uuid",
        "already_exists",
        "There is already a DfE Sign-in organisation with this identifier",
    ),
    "dfe_sign_in_organisation_name_key": (
        "name",
        "already_exists",
        "There is already a DfE Sign-in organisation with this name",
    ),
    "dfe_sign_in_organisation_urn_key": (
        "urn",
        "already_exists",
        "There is already a DfE Sign-in organisation with this URN",
    ),
    "region_code_key": ("code", "already_exists", "There is already an area with this code"),
    "one_district_name_per_region": (
        "name",
        "already_exists",
        "This area already has a district with this name",
    ),
    # -- Providers and the catalogue of years ------------------------------------------------
    "lead_provider_name_key": (
        "name",
        "already_exists",
        "There is already a lead provider with this name",
    ),
    "delivery_partner_name_key": (
        "name",
        "already_exists",
        "There is already a delivery partner with this name",
    ),
    "one_active_lead_provider_per_contract_period": (
        "lead_provider",
        "already_exists",
        "This lead provider is already active in this contract period",
    ),
    "one_pairing_per_active_lead_provider_and_partner": (
        "delivery_partner",
        "already_exists",
        "This delivery partner already works with the lead provider in this contract period",
    ),
    "pairing_agrees_with_its_active_lead_provider": ("lead_provider", "stale", _STALE),
    "contract_period_year_from_2020": ("year", "too_early", "The year must be 2020 or later"),
    "one_schedule_of_an_identifier_per_contract_period": (
        "identifier",
        "already_exists",
        "The contract period already has this schedule",
    ),
    "one_milestone_of_a_type_per_schedule": (
        "declaration_type",
        "already_exists",
        "The schedule already has a milestone for this declaration type",
    ),
    "milestone_date_after_its_start_date": (
        "milestone_date",
        "before_start",
        "The milestone date must be after the start date",
    ),
    "milestone_starts_within_contract_year": (
        "start_date",
        "too_early",
        "A milestone must start on or after 1 June of its contract period's year",
    ),
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
    "adjustment_has_a_name": ("payment_type", "missing", "Enter what the adjustment is for"),
    # -- Staff and events --------------------------------------------------------------------
    "staff_user_email_key": (
        "email",
        "already_exists",
        "There is already a user with this email address",
    ),
    "staff_email_is_of_the_department": (
        "email",
        "wrong_domain",
        "Enter an email address that ends with @education.gov.uk",
    ),
    "event_type_is_known": ("", "not_recorded", "This change could not be added to the history"),
    "event_author_is_named": (
        "",
        "author_missing",
        "This change needs the name of the person who made it. Sign in again",
    ),
    "event_has_a_heading": ("", "not_recorded", "This change could not be added to the history"),
    "events_are_never_rewritten": ("", "cannot_change", "What has happened cannot be changed"),
    "events_are_never_deleted": ("", "cannot_delete", "What has happened cannot be deleted"),
    "history_is_never_changed": ("", "cannot_change", "What has happened cannot be changed"),
    # -- Random identifiers: a collision is put right by trying again ------------------------
    **dict.fromkeys(
        (
            "api_token_digest_key",
            "appropriate_body_api_id_key",
            "declaration_api_id_key",
            "delivery_partner_api_id_key",
            "school_api_id_key",
            "school_partnership_api_id_key",
            "statement_api_id_key",
            "teacher_api_ect_training_record_id_key",
            "teacher_api_id_key",
            "teacher_api_mentor_training_record_id_key",
            "one_answer_for_each_idempotency_key",
        ),
        ("", "try_again", _REPEATED),
    ),
}

#: Checks of enumerations: the field that holds the value. One sentence serves them all.
ENUMERATIONS: dict[str, str] = {
    "anonymisation_reason_is_known": "anonymisation_reason",
    "appropriate_body_type_is_known": "body_type",
    "batch_status_is_known": "batch_status",
    "batch_type_is_known": "batch_type",
    "clawback_status_is_known": "clawback_status",
    "contract_type_is_known": "contract_type",
    "declaration_type_is_known": "declaration_type",
    "deferral_reason_is_known": "deferral_reason",
    "ect_working_pattern_is_known": "working_pattern",
    "email_state_is_known": "state",
    "event_author_type_is_known": "author_type",
    "evidence_type_is_known": "evidence_type",
    "gias_school_status_is_known": "status",
    "induction_outcome_is_known": "outcome",
    "induction_programme_is_known": "training_programme",
    "last_chosen_programme_is_known": "training_programme",
    "legacy_programme_is_known": "legacy_programme",
    "mentor_ineligibility_reason_is_known": "mentor_became_ineligible_for_funding_reason",
    "milestone_declaration_type_is_known": "declaration_type",
    "payment_status_is_known": "payment_status",
    "register_import_kind_is_known": "kind",
    "schedule_identifier_is_known": "identifier",
    "staff_role_is_known": "role",
    "statement_fee_type_is_known": "fee_type",
    "statement_status_is_known": "status",
    "support_query_state_is_known": "state",
    "trainee_role_is_known": "trainee_role",
    "training_programme_is_known": "training_programme",
    "trs_induction_status_is_known": "trs_induction_status",
    "trs_response_is_known": "trs_response",
    "trs_update_state_is_known": "state",
    "trs_update_status_is_known": "status",
    "withdrawal_reason_is_known": "withdrawal_reason",
    "terms_reason_is_known": "terms_reason",
}
