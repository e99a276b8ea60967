"""The catalogue of event types and the category each is filtered under.

Source: spec 01 §5, spec 07 §5.4 with its Improve.
"""

_BY_CATEGORY = {
    "induction": """
        induction_period_opened induction_period_closed induction_period_updated
        induction_period_deleted induction_period_reopened induction_extension_created
        induction_extension_updated induction_extension_deleted teacher_passes_induction
        teacher_fails_induction teacher_induction_status_reset bulk_upload_started
        bulk_upload_completed
    """,
    "trs": """
        teacher_imported_from_trs import_from_dqt teacher_name_updated_by_trs
        teacher_trs_attributes_updated teacher_trs_induction_status_updated
        teacher_trs_induction_start_date_updated teacher_trs_induction_end_date_updated
        teacher_trs_deactivated teacher_trs_not_found teacher_trs_merged trs_update_failed
        trs_update_confirmed
    """,
    "registration": """
        teacher_registered_as_ect teacher_registered_as_mentor teacher_left_school_as_ect
        teacher_left_school_as_mentor teacher_leaving_cancelled
        teacher_ect_at_school_period_deleted
        teacher_mentor_at_school_period_deleted teacher_ect_at_school_period_moved_school
        teacher_mentor_at_school_period_moved_school teacher_mentor_at_school_periods_merged
        teacher_registration_undone teacher_merged teacher_name_updated_by_user
        teacher_email_address_updated teacher_working_pattern_updated
        teacher_appropriate_body_changed teacher_school_start_date_corrected
        school_registered_several_ects
    """,
    "mentoring": """
        teacher_starts_mentoring teacher_starts_being_mentored teacher_finishes_mentoring
        teacher_finishes_being_mentored
    """,
    "training": """
        teacher_starts_training_period teacher_finishes_training_period
        teacher_training_programme_updated teacher_training_lead_provider_updated
        teacher_schedule_assigned_to_training_period teacher_changes_schedule_training_period
        teacher_training_period_contract_period_changed teacher_defers_training_period
        teacher_resumes_training_period teacher_withdraws_training_period
        training_period_assigned_to_school_partnership teacher_funding_eligibility_set
        mentor_completion_status_change
    """,
    "declarations": """
        teacher_declaration_created teacher_declaration_eligible teacher_declaration_payable
        teacher_declaration_paid teacher_declaration_voided
        teacher_declaration_awaiting_clawback teacher_declaration_clawed_back
    """,
    "schools": """
        school_opened school_closed school_changed school_merged school_eligibility_changed
        school_user_signs_in school_induction_tutor_confirmed school_induction_tutor_updated
        school_partnership_created school_partnership_reused school_partnership_updated
        school_partnership_recreated delivery_partner_created delivery_partner_name_changed
        lead_provider_delivery_partnership_added lead_provider_delivery_partnership_removed
        active_lead_provider_created active_lead_provider_deleted
        lead_provider_api_token_created lead_provider_api_token_revoked
        lead_provider_api_limit_changed school_opted_out_of_reminder_emails reminders_queued
        registration_closure_added registration_closure_changed registration_closure_ended
        service_notice_added service_notice_ended school_emails_chosen
        gias_reconciliation_failed
    """,
    "finance": """
        contract_period_added contract_period_updated schedule_added schedule_deleted
        milestone_added milestone_deleted contract_created contract_updated contract_deleted
        band_added band_updated band_deleted statement_created statement_updated
        statement_deleted statement_marked_payable statement_authorised_for_payment
        statement_adjustment_added statement_adjustment_updated statement_adjustment_deleted
    """,
    "users": """
        dfe_user_created dfe_user_updated otp_account_locked otp_account_unlocked
        school_impersonation_started school_impersonation_ended user_signed_in role_switched
        email_delivery_failed support_task_opened support_task_closed sql_query_run
        data_correction_applied data_correction_undone
    """,
}

EVENT_CATEGORIES = {
    event_type: category for category, names in _BY_CATEGORY.items() for event_type in names.split()
}

#: What tells of a statement's adjustments.
ADJUSTMENT_EVENTS = (
    "statement_adjustment_added",
    "statement_adjustment_updated",
    "statement_adjustment_deleted",
)
