"""Let the database refuse what is beside the rules it has: see the models and their tests."""

from importlib import import_module

import django.db.models.functions.comparison
import django.db.models.functions.text
import django.db.models.lookups
import pgtrigger.compiler
from django.db import migrations, models

_DATA_MODEL = import_module("register_ects.migrations.0002_data_model")
AddTrigger = _DATA_MODEL.AddTrigger
AddConstraint = _DATA_MODEL.AddConstraint
RemoveConstraint = _DATA_MODEL.RemoveConstraint

#: What was accepted before and is put right: a school's link to itself says nothing, a contact
#: without an address is none, and of a cleared person TRS's facts go too.
PUT_RIGHT = [
    "DELETE FROM gias_school_link WHERE urn = link_urn",
    """UPDATE gias_school SET primary_contact_email = NULL
        WHERE primary_contact_email::text LIKE '%..%'""",
    """UPDATE gias_school SET secondary_contact_email = NULL
        WHERE secondary_contact_email::text LIKE '%..%'""",
    """UPDATE teacher SET trs_induction_status = NULL, trs_induction_start_date = NULL,
        trs_induction_completed_date = NULL, trs_qts_awarded_on = NULL,
        trs_qts_status_description = NULL, trs_initial_teacher_training_provider_name = NULL,
        trs_initial_teacher_training_end_date = NULL, trs_response = NULL,
        trs_redirected_to = NULL, trs_data_last_refreshed_at = NULL
        WHERE anonymised_at IS NOT NULL""",
]
#: Who did what is part of the history; the table is another package's, so its guard is plain SQL.
KEEP_CONTEXTS = """
    CREATE FUNCTION contexts_are_never_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'History is never changed, deleted or emptied'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'history_is_never_changed';
    END $$;
    CREATE TRIGGER contexts_are_never_emptied BEFORE DELETE OR TRUNCATE ON pghistory_context
    FOR EACH STATEMENT EXECUTE FUNCTION contexts_are_never_emptied();
"""
KEEP_NO_CONTEXTS = """
    DROP TRIGGER contexts_are_never_emptied ON pghistory_context;
    DROP FUNCTION contexts_are_never_emptied();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("register_ects", "0023_counts_of_paid_statements"),
    ]

    operations = [
        *(migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in PUT_RIGHT),
        migrations.RunSQL(KEEP_CONTEXTS, KEEP_NO_CONTEXTS),
        RemoveConstraint(
            model_name="ectatschoolperiod",
            name="ect_at_school_period_email_is_an_email",
        ),
        RemoveConstraint(
            model_name="event",
            name="event_has_a_heading",
        ),
        RemoveConstraint(
            model_name="event",
            name="event_author_email_is_an_email",
        ),
        RemoveConstraint(
            model_name="giasschool",
            name="gias_school_primary_contact_email_is_an_email",
        ),
        RemoveConstraint(
            model_name="giasschool",
            name="gias_school_secondary_contact_email_is_an_email",
        ),
        RemoveConstraint(
            model_name="mentoratschoolperiod",
            name="mentor_at_school_period_email_is_an_email",
        ),
        RemoveConstraint(
            model_name="outgoingemail",
            name="outgoing_email_recipient_is_an_email",
        ),
        RemoveConstraint(
            model_name="school",
            name="school_induction_tutor_email_is_an_email",
        ),
        RemoveConstraint(
            model_name="staffuser",
            name="staff_user_email_is_an_email",
        ),
        RemoveConstraint(
            model_name="statementadjustment",
            name="adjustment_has_a_name",
        ),
        RemoveConstraint(
            model_name="supportquery",
            name="support_query_email_is_an_email",
        ),
        AddTrigger(
            model_name="activeleadproviderband",
            trigger=pgtrigger.compiler.Trigger(
                name="bands_are_fixed_once_paid",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    PERFORM 1 FROM statement WHERE active_lead_provider_id\n                        IN (NEW.active_lead_provider_id, OLD.active_lead_provider_id) FOR SHARE;\n            IF (TG_OP = 'INSERT' OR (NEW.active_lead_provider_id, NEW.capacity) IS DISTINCT FROM (OLD.active_lead_provider_id, OLD.capacity))\n                AND (EXISTS (\n                        SELECT 1 FROM statement WHERE status = 'paid' AND active_lead_provider_id\n                            IN (NEW.active_lead_provider_id, OLD.active_lead_provider_id)\n                    ) AND NOT (\n                        TG_OP = 'UPDATE'\n                        AND NEW.active_lead_provider_id = OLD.active_lead_provider_id\n                        AND NEW.allocation_order > 1 AND NOT EXISTS (\n                            SELECT 1 FROM active_lead_provider_band\n                            WHERE active_lead_provider_id = NEW.active_lead_provider_id\n                            AND allocation_order > NEW.allocation_order))) THEN\n                RAISE EXCEPTION 'Statements were paid by these bands'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'bands_are_fixed_once_paid';\n            END IF;\n            RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;\n        ",
                    hash="2bb3dec72e9f7d1f646033d9fde8fe23d3702cac",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_bands_are_fixed_once_paid_46fcf",
                    table="active_lead_provider_band",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="appropriatebody",
            trigger=pgtrigger.compiler.Trigger(
                name="chosen_bodies_become_no_local_authority",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.body_type <> 'local_authority'\n                    AND NEW.body_type = 'local_authority')",
                    func="\n            IF EXISTS (\n                    SELECT 1 FROM school WHERE last_chosen_appropriate_body_id = NEW.id\n                ) OR EXISTS (\n                    SELECT 1 FROM ect_at_school_period\n                    WHERE school_reported_appropriate_body_id = NEW.id\n                    AND started_on >= '2024-01-01') THEN\n                RAISE EXCEPTION 'Schools have chosen the body for new ECTs'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'chosen_bodies_become_no_local_authority';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="32edc170aefde762a627bcf4adc3d8cd240c2fad",
                    operation="UPDATE",
                    pgid="pgtrigger_chosen_bodies_become_no_local_authority_8fdf8",
                    table="appropriate_body",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="contractperiod",
            trigger=pgtrigger.compiler.Trigger(
                name="what_a_year_pays_for_is_fixed_once_paid",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.uplift_fees_enabled <> NEW.uplift_fees_enabled\n                    OR OLD.mentor_funding_enabled <> NEW.mentor_funding_enabled)",
                    func="\n            IF EXISTS (\n                    SELECT 1 FROM statement\n                    WHERE contract_period_year = NEW.year AND status = 'paid' AND EXISTS (\n                        SELECT 1 FROM declaration\n                        WHERE payment_statement_id = statement.id AND payment_status = 'paid')) THEN\n                RAISE EXCEPTION 'Declarations of the contract period were paid'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'what_a_year_pays_for_is_fixed_once_paid';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="70f626b6113be9e027a801bfb378167f7ff80eb0",
                    operation="UPDATE",
                    pgid="pgtrigger_what_a_year_pays_for_is_fixed_once_paid_603de",
                    table="contract_period",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="declaration",
            trigger=pgtrigger.compiler.Trigger(
                name="what_was_paid_for_never_changes",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.payment_status = 'paid' AND (NEW.api_id, NEW.training_period_id, NEW.trainee_role, NEW.declaration_type, NEW.declaration_date, NEW.evidence_type, NEW.pupil_premium_uplift, NEW.sparsity_uplift, NEW.created_at) IS DISTINCT FROM (OLD.api_id, OLD.training_period_id, OLD.trainee_role, OLD.declaration_type, OLD.declaration_date, OLD.evidence_type, OLD.pupil_premium_uplift, OLD.sparsity_uplift, OLD.created_at))",
                    func="\n            IF true THEN\n                RAISE EXCEPTION 'What a paid declaration claims never changes'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'what_was_paid_for_never_changes';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="ae17b6a1ceac7e53b9132148d43893183f6bf47f",
                    operation="UPDATE",
                    pgid="pgtrigger_what_was_paid_for_never_changes_f3a47",
                    table="declaration",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="declaration",
            trigger=pgtrigger.compiler.Trigger(
                name="what_is_owed_keeps_step_with_its_statement",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.payment_status IN ('eligible', 'payable', 'paid'))",
                    func="\n            IF (TG_OP = 'INSERT' OR (NEW.payment_status, NEW.payment_statement_id) IS DISTINCT FROM (OLD.payment_status, OLD.payment_statement_id))\n                AND ((TG_OP = 'UPDATE' OR NEW.payment_status <> 'paid') AND EXISTS (\n            SELECT 1 FROM statement WHERE id = NEW.payment_statement_id\n            AND CASE NEW.payment_status WHEN 'eligible' THEN status <> 'open'\n                WHEN 'payable' THEN status <> 'payable' ELSE status = 'paid' END)) THEN\n                RAISE EXCEPTION 'What is owed on a statement is as far as the statement'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'what_is_owed_keeps_step_with_its_statement';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="0fd8cbf02b81a3040f423164ec330fd5b6a03339",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_what_is_owed_keeps_step_with_its_statement_87a3d",
                    table="declaration",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="declaration",
            trigger=pgtrigger.compiler.Trigger(
                name="nothing_is_clawed_back_on_a_paid_statement",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.clawback_status <> 'no_clawback')",
                    func="\n            IF (TG_OP = 'INSERT' OR (NEW.clawback_status, NEW.clawback_statement_id) IS DISTINCT FROM (OLD.clawback_status, OLD.clawback_statement_id))\n                AND ((TG_OP = 'UPDATE' OR NEW.clawback_status = 'awaiting_clawback')\n            AND EXISTS (\n                SELECT 1 FROM statement\n                WHERE id = NEW.clawback_statement_id AND status = 'paid')) THEN\n                RAISE EXCEPTION 'A paid statement takes no clawbacks'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'nothing_is_clawed_back_on_a_paid_statement';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="2d2a3374ee4019f8b5e3f88b9d80e19402d604d8",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_nothing_is_clawed_back_on_a_paid_statement_d8154",
                    table="declaration",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="leadprovider",
            trigger=pgtrigger.compiler.Trigger(
                name="vat_registration_is_fixed_once_paid",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.vat_registered <> NEW.vat_registered)",
                    func="\n                    PERFORM 1 FROM statement WHERE lead_provider_id = NEW.id FOR SHARE;\n            IF EXISTS (\n                    SELECT 1 FROM statement WHERE lead_provider_id = NEW.id AND status = 'paid') THEN\n                RAISE EXCEPTION 'Statements of the lead provider were paid with or without VAT'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'vat_registration_is_fixed_once_paid';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="fd81b9a8127151b148ec6069342e05ff41eaf481",
                    operation="UPDATE",
                    pgid="pgtrigger_vat_registration_is_fixed_once_paid_86e24",
                    table="lead_provider",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="school",
            trigger=pgtrigger.compiler.Trigger(
                name="state_schools_choose_no_national_body",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.last_chosen_appropriate_body_id IS NOT NULL)",
                    func="\n            IF (TG_OP = 'INSERT' OR (NEW.last_chosen_appropriate_body_id) IS DISTINCT FROM (OLD.last_chosen_appropriate_body_id))\n                AND (EXISTS (\n                    SELECT 1 FROM appropriate_body\n                    WHERE id = NEW.last_chosen_appropriate_body_id AND body_type = 'national'\n                ) AND EXISTS (\n                    SELECT 1 FROM gias_school\n                    WHERE urn = NEW.urn AND type_name NOT IN ('Other independent school', 'Other independent special school'))) THEN\n                RAISE EXCEPTION 'State-funded schools choose a teaching school hub'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'state_schools_choose_no_national_body';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="d6b57c0957047c86ccfc0688472ab4bd98945c5c",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_state_schools_choose_no_national_body_f690f",
                    table="school",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="school",
            trigger=pgtrigger.compiler.Trigger(
                name="schools_never_merge_in_a_circle",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.merged_into_id IS NOT NULL)",
                    func="\n            IF (TG_OP = 'INSERT' OR (NEW.merged_into_id) IS DISTINCT FROM (OLD.merged_into_id))\n                AND (EXISTS (\n                    WITH RECURSIVE followed AS (\n                        SELECT id, merged_into_id FROM school WHERE id = NEW.merged_into_id\n                        UNION\n                        SELECT school.id, school.merged_into_id\n                        FROM school JOIN followed ON school.id = followed.merged_into_id)\n                    SELECT 1 FROM followed WHERE merged_into_id = NEW.id)) THEN\n                RAISE EXCEPTION 'A school cannot be merged into one that was merged into it'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'schools_never_merge_in_a_circle';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="a5b9926d360e99f5a0cef157a50e371d24ab5ab6",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_schools_never_merge_in_a_circle_454c5",
                    table="school",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="statement",
            trigger=pgtrigger.compiler.Trigger(
                name="statements_close_before_they_are_paid",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.status = 'open' AND NEW.status = 'paid')",
                    func="\n            IF true THEN\n                RAISE EXCEPTION 'A statement is closed before it is paid'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'statements_close_before_they_are_paid';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="320aef5353ea858e2af00838204c64ab890ec971",
                    operation="UPDATE",
                    pgid="pgtrigger_statements_close_before_they_are_paid_9c011",
                    table="statement",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="statement",
            trigger=pgtrigger.compiler.Trigger(
                name="closed_statements_keep_their_dates",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.status = 'payable'\n                    AND (NEW.deadline_date, NEW.payment_date)\n                        IS DISTINCT FROM (OLD.deadline_date, OLD.payment_date))",
                    func="\n            IF true THEN\n                RAISE EXCEPTION 'The dates of a closed statement never change'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'closed_statements_keep_their_dates';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="a89895f16d0f9c7c0f7d01e54f51f8421b7c87b8",
                    operation="UPDATE",
                    pgid="pgtrigger_closed_statements_keep_their_dates_a235e",
                    table="statement",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="statement",
            trigger=pgtrigger.compiler.Trigger(
                name="statements_leave_nothing_behind",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.status <> NEW.status)",
                    constraint="CONSTRAINT",
                    func="\n            IF NEW.status = 'payable' AND EXISTS (\n                    SELECT 1 FROM declaration\n                    WHERE payment_statement_id = NEW.id AND payment_status IN ('eligible'))\n                OR NEW.status = 'paid' AND (EXISTS (\n                    SELECT 1 FROM declaration\n                    WHERE payment_statement_id = NEW.id AND payment_status IN ('eligible', 'payable')) OR EXISTS (\n                    SELECT 1 FROM declaration\n                    WHERE clawback_statement_id = NEW.id AND clawback_status IN ('awaiting_clawback'))) THEN\n                RAISE EXCEPTION 'A statement takes along what is on it when it closes or is paid'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'statements_leave_nothing_behind';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="f3bd05ae2dc84aa6a75969afc157e732d570e090",
                    operation="UPDATE",
                    pgid="pgtrigger_statements_leave_nothing_behind_7259b",
                    table="statement",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="teacher",
            trigger=pgtrigger.compiler.Trigger(
                name="anonymised_people_stay_anonymised",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.anonymised_at IS NOT NULL)",
                    func="\n            IF NEW.anonymised_at IS DISTINCT FROM OLD.anonymised_at THEN\n                RAISE EXCEPTION 'Nobody is told again who an anonymised person is'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'anonymised_people_stay_anonymised';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="c0487ffcc4034065e6578b7de610c9e1c9f17c4a",
                    operation="UPDATE",
                    pgid="pgtrigger_anonymised_people_stay_anonymised_d1410",
                    table="teacher",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="teacheridchange",
            trigger=pgtrigger.compiler.Trigger(
                name="nobodys_own_id_is_retired",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF (TG_OP = 'INSERT' OR (NEW.teacher_id, NEW.api_from_teacher_id) IS DISTINCT FROM (OLD.teacher_id, OLD.api_from_teacher_id))\n                AND (EXISTS (\n                    SELECT 1 FROM teacher\n                    WHERE id = NEW.teacher_id AND api_id = NEW.api_from_teacher_id)) THEN\n                RAISE EXCEPTION 'The id that somebody has now is not retired'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'nobodys_own_id_is_retired';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="e6f246069e87ddf03627d1bc5263354cc0aabe3b",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_nobodys_own_id_is_retired_430db",
                    table="teacher_id_change",
                    when="BEFORE",
                ),
            ),
        ),
        AddConstraint(
            model_name="declaration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("clawback_statement__isnull", True),
                    models.Q(("clawback_statement", models.F("payment_statement")), _negated=True),
                    _connector="OR",
                ),
                name="clawed_back_on_another_statement",
            ),
        ),
        AddConstraint(
            model_name="ectatschoolperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("email__isnull", True),
                    ("email__regex", "^(?!.*\\.\\.)[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+$"),
                    _connector="OR",
                ),
                name="ect_at_school_period_email_is_an_email",
            ),
        ),
        AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("heading"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="event_heading_not_empty",
            ),
        ),
        AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("author_email__isnull", True),
                    ("author_email__regex", "^(?!.*\\.\\.)[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+$"),
                    _connector="OR",
                ),
                name="event_author_email_is_an_email",
            ),
        ),
        AddConstraint(
            model_name="giasschool",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("primary_contact_email__isnull", True),
                    (
                        "primary_contact_email__regex",
                        "^(?!.*\\.\\.)[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+$",
                    ),
                    _connector="OR",
                ),
                name="gias_school_primary_contact_email_is_an_email",
            ),
        ),
        AddConstraint(
            model_name="giasschool",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("secondary_contact_email__isnull", True),
                    (
                        "secondary_contact_email__regex",
                        "^(?!.*\\.\\.)[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+$",
                    ),
                    _connector="OR",
                ),
                name="gias_school_secondary_contact_email_is_an_email",
            ),
        ),
        AddConstraint(
            model_name="giasschoollink",
            constraint=models.CheckConstraint(
                condition=models.Q(("urn", models.F("link_urn")), _negated=True),
                name="schools_are_linked_to_others",
            ),
        ),
        AddConstraint(
            model_name="mentoratschoolperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("email__isnull", True),
                    ("email__regex", "^(?!.*\\.\\.)[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+$"),
                    _connector="OR",
                ),
                name="mentor_at_school_period_email_is_an_email",
            ),
        ),
        AddConstraint(
            model_name="outgoingemail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("recipient__isnull", True),
                    ("recipient__regex", "^(?!.*\\.\\.)[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+$"),
                    _connector="OR",
                ),
                name="outgoing_email_recipient_is_an_email",
            ),
        ),
        AddConstraint(
            model_name="school",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("induction_tutor_email__isnull", True),
                    (
                        "induction_tutor_email__regex",
                        "^(?!.*\\.\\.)[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+$",
                    ),
                    _connector="OR",
                ),
                name="school_induction_tutor_email_is_an_email",
            ),
        ),
        AddConstraint(
            model_name="staffuser",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("email__isnull", True),
                    ("email__regex", "^(?!.*\\.\\.)[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+$"),
                    _connector="OR",
                ),
                name="staff_user_email_is_an_email",
            ),
        ),
        AddConstraint(
            model_name="statementadjustment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("payment_type"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="statement_adjustment_payment_type_not_empty",
            ),
        ),
        AddConstraint(
            model_name="supportquery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("email__isnull", True),
                    ("email__regex", "^(?!.*\\.\\.)[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+$"),
                    _connector="OR",
                ),
                name="support_query_email_is_an_email",
            ),
        ),
        AddConstraint(
            model_name="teacher",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("anonymised_at__isnull", True),
                    models.Q(
                        ("trs_data_last_refreshed_at__isnull", True),
                        ("trs_induction_completed_date__isnull", True),
                        ("trs_induction_start_date__isnull", True),
                        ("trs_induction_status__isnull", True),
                        ("trs_initial_teacher_training_end_date__isnull", True),
                        ("trs_initial_teacher_training_provider_name__isnull", True),
                        ("trs_qts_awarded_on__isnull", True),
                        ("trs_qts_status_description__isnull", True),
                        ("trs_redirected_to__isnull", True),
                        ("trs_response__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="nothing_of_trs_is_kept_of_anonymised_people",
            ),
        ),
        AddConstraint(
            model_name="trainingperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_at__isnull", True),
                    django.db.models.lookups.LessThanOrEqual(
                        models.F("finished_on"),
                        django.db.models.functions.comparison.Cast(
                            models.Func(
                                models.Value("Europe/London"),
                                models.F("withdrawn_at"),
                                function="timezone",
                                output_field=models.DateTimeField(),
                            ),
                            models.DateField(),
                        ),
                    ),
                    _connector="OR",
                ),
                name="withdrawn_training_stops_there",
            ),
        ),
        AddConstraint(
            model_name="trainingperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("deferred_at__isnull", True),
                    django.db.models.lookups.LessThanOrEqual(
                        models.F("finished_on"),
                        django.db.models.functions.comparison.Cast(
                            models.Func(
                                models.Value("Europe/London"),
                                models.F("deferred_at"),
                                function="timezone",
                                output_field=models.DateTimeField(),
                            ),
                            models.DateField(),
                        ),
                    ),
                    _connector="OR",
                ),
                name="training_deferred_stops_there",
            ),
        ),
    ]
