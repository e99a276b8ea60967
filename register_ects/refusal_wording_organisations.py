"""The words about people, schools, bodies, providers, staff and events."""

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
    "nothing_of_trs_is_kept_of_anonymised_people": (
        "",
        "anonymised",
        "A record that was cleared keeps nothing of what TRS told about the person",
    ),
    "anonymised_people_stay_anonymised": (
        "",
        "anonymised",
        "A record that was cleared stays cleared. Register the person again",
    ),
    "nobodys_own_id_is_retired": (
        "from_teacher",
        "same_record",
        "The ID that a person has now cannot be one that was retired",
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
    "schools_never_merge_in_a_circle": (
        "merged_into",
        "circular",
        "A school cannot be merged into one that was merged into it. Choose another school",
    ),
    "schools_are_linked_to_others": (
        "link_urn",
        "same_record",
        "A school cannot be linked to itself. Choose another school",
    ),
    "state_schools_choose_no_national_body": (
        "appropriate_body",
        "not_allowed_for_school",
        "A state-funded school chooses a teaching school hub, not a national appropriate body",
    ),
    "chosen_bodies_become_no_local_authority": (
        "body_type",
        "already_chosen",
        "Schools have chosen this body for new ECTs. It cannot become a local authority",
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
    "event_heading_not_empty": (
        "",
        "not_recorded",
        "This change could not be added to the history",
    ),
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
