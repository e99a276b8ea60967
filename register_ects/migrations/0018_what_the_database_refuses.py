"""Let the database refuse what the facts can never be: see the models and their tests."""

import datetime
from importlib import import_module

import django.db.models.functions.comparison
import django.db.models.functions.text
import django.db.models.lookups
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

_DATA_MODEL = import_module("register_ects.migrations.0002_data_model")
AddTrigger = _DATA_MODEL.AddTrigger
AddConstraint = _DATA_MODEL.AddConstraint

#: Optional text by table: what was stored as an empty string, or as no address, becomes null.
OPTIONAL_TEXT = {
    "dfe_sign_in_organisation": [
        *("address", "category", "organisation_type", "status", "company_registration_number"),
    ],
    "gias_school": [
        *("local_authority_name", "administrative_district_name", "phase_name", "postcode"),
        *("address_line1", "address_line2", "address_line3", "website"),
    ],
    "journey_draft": ["subject_type"],
    "pending_induction_submission": ["trn", "training_programme", "outcome"],
    "pending_induction_submission_batch": ["error_message", "file_name", "file_type"],
    "region": ["name"],
    "support_query": ["asked_from"],
    "teacher": [
        *("corrected_name", "trs_first_name", "trs_last_name", "trs_qts_status_description"),
        *("trs_initial_teacher_training_provider_name", "trs_redirected_to"),
    ],
    "trs_induction_update": ["last_response"],
}
CONTACT_EMAILS = ["primary_contact_email", "secondary_contact_email"]
AN_EMAIL = r"^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$"

NULL_INSTEAD = [
    f"UPDATE {table} SET {column} = NULL WHERE btrim({column}) = ''"
    for table, columns in OPTIONAL_TEXT.items()
    for column in columns
] + [
    f"UPDATE gias_school SET {column} = NULL WHERE {column}::text !~ '{AN_EMAIL}'"
    for column in CONTACT_EMAILS
]


class Migration(migrations.Migration):
    dependencies = [
        ("register_ects", "0017_read_everyone_from_trs"),
    ]

    operations = [
        *(migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in NULL_INSTEAD),
        pgtrigger.migrations.RemoveTrigger(
            model_name="event",
            name="events_are_never_deleted",
        ),
        AddTrigger(
            model_name="activeleadproviderbandevent",
            trigger=pgtrigger.compiler.Trigger(
                name="history_is_never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            RAISE EXCEPTION 'History is never changed, deleted or emptied'\n            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'history_is_never_changed';\n        ",
                    hash="574e6d4f7d233035d266b968f888e27f6181f5d0",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_history_is_never_changed_ec80c",
                    table="active_lead_provider_band_history",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="activeleadproviderevent",
            trigger=pgtrigger.compiler.Trigger(
                name="history_is_never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            RAISE EXCEPTION 'History is never changed, deleted or emptied'\n            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'history_is_never_changed';\n        ",
                    hash="0355d24263fc3d3d8af8796d2e848401a906c144",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_history_is_never_changed_d7ef7",
                    table="active_lead_provider_history",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="appropriatebodyevent",
            trigger=pgtrigger.compiler.Trigger(
                name="history_is_never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            RAISE EXCEPTION 'History is never changed, deleted or emptied'\n            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'history_is_never_changed';\n        ",
                    hash="8bf5e8c2ac9ffd04eef425ca118bf2a76d6513d5",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_history_is_never_changed_7ab32",
                    table="appropriate_body_history",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="appropriatebodyperiodevent",
            trigger=pgtrigger.compiler.Trigger(
                name="history_is_never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            RAISE EXCEPTION 'History is never changed, deleted or emptied'\n            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'history_is_never_changed';\n        ",
                    hash="29578037c33fe63e5fe76ac1bfb82948dd9f7af6",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_history_is_never_changed_58aac",
                    table="appropriate_body_period_history",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="bandedfeestructure",
            trigger=pgtrigger.compiler.Trigger(
                name="fees_are_fixed_once_paid",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM 1 FROM statement WHERE contract_id IN (NEW.contract_id, OLD.contract_id) FOR SHARE;\n            IF (TG_OP = 'INSERT' OR (NEW.contract_id, NEW.recruitment_target, NEW.setup_fee, NEW.monthly_service_fee, NEW.uplift_fee_per_declaration) IS DISTINCT FROM (OLD.contract_id, OLD.recruitment_target, OLD.setup_fee, OLD.monthly_service_fee, OLD.uplift_fee_per_declaration))\n                AND (EXISTS (\n                SELECT 1 FROM statement\n                WHERE status = 'paid' AND contract_id IN (NEW.contract_id, OLD.contract_id))) THEN\n                RAISE EXCEPTION 'Statements were paid by these fees'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'fees_are_fixed_once_paid';\n            END IF;\n            RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;\n        ",
                    hash="4eb9082d0c235e5dbee6411cc845a97a9daa6648",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_fees_are_fixed_once_paid_f1c44",
                    table="contract_banded_fee_structure",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="bandedfeestructureevent",
            trigger=pgtrigger.compiler.Trigger(
                name="history_is_never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            RAISE EXCEPTION 'History is never changed, deleted or emptied'\n            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'history_is_never_changed';\n        ",
                    hash="1f8775b35a3ac46b1921cd9131694fc5a39b9455",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_history_is_never_changed_94543",
                    table="contract_banded_fee_structure_history",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="bandterm",
            trigger=pgtrigger.compiler.Trigger(
                name="fees_are_fixed_once_paid",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM 1 FROM statement WHERE contract_id IN ((SELECT contract_id FROM contract_banded_fee_structure\n    WHERE id = NEW.banded_fee_structure_id), (SELECT contract_id FROM contract_banded_fee_structure\n    WHERE id = OLD.banded_fee_structure_id)) FOR SHARE;\n            IF (TG_OP = 'INSERT' OR (NEW.banded_fee_structure_id, NEW.band_id, NEW.fee_per_declaration, NEW.output_fee_ratio, NEW.service_fee_ratio) IS DISTINCT FROM (OLD.banded_fee_structure_id, OLD.band_id, OLD.fee_per_declaration, OLD.output_fee_ratio, OLD.service_fee_ratio))\n                AND (EXISTS (\n                SELECT 1 FROM statement\n                WHERE status = 'paid' AND contract_id IN ((SELECT contract_id FROM contract_banded_fee_structure\n    WHERE id = NEW.banded_fee_structure_id), (SELECT contract_id FROM contract_banded_fee_structure\n    WHERE id = OLD.banded_fee_structure_id)))) THEN\n                RAISE EXCEPTION 'Statements were paid by these fees'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'fees_are_fixed_once_paid';\n            END IF;\n            RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;\n        ",
                    hash="96bd9d1e42706e4048b792ce541539ec2756d529",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_fees_are_fixed_once_paid_ae38a",
                    table="contract_band_term",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="bandtermevent",
            trigger=pgtrigger.compiler.Trigger(
                name="history_is_never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            RAISE EXCEPTION 'History is never changed, deleted or emptied'\n            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'history_is_never_changed';\n        ",
                    hash="ee23ea0e02aa7154223646bc7d4ae356db3569a3",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_history_is_never_changed_e9704",
                    table="contract_band_term_history",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="contract",
            trigger=pgtrigger.compiler.Trigger(
                name="fees_are_fixed_once_paid",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM 1 FROM statement WHERE contract_id IN (NEW.id, OLD.id) FOR SHARE;\n            IF (TG_OP = 'INSERT' OR (NEW.contract_type, NEW.vat_rate) IS DISTINCT FROM (OLD.contract_type, OLD.vat_rate))\n                AND (EXISTS (\n                SELECT 1 FROM statement\n                WHERE status = 'paid' AND contract_id IN (NEW.id, OLD.id))) THEN\n                RAISE EXCEPTION 'Statements were paid by these fees'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'fees_are_fixed_once_paid';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="1ffcec3996ed57def7c533e917bc004804c4dd5b",
                    operation="UPDATE",
                    pgid="pgtrigger_fees_are_fixed_once_paid_43f50",
                    table="contract",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="contractevent",
            trigger=pgtrigger.compiler.Trigger(
                name="history_is_never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            RAISE EXCEPTION 'History is never changed, deleted or emptied'\n            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'history_is_never_changed';\n        ",
                    hash="38831a82eed515e14c25b79601029085e6df451e",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_history_is_never_changed_92844",
                    table="contract_history",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="contractperiodevent",
            trigger=pgtrigger.compiler.Trigger(
                name="history_is_never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            RAISE EXCEPTION 'History is never changed, deleted or emptied'\n            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'history_is_never_changed';\n        ",
                    hash="33ea48967d8231e40128717982c6d09e12f29f1d",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_history_is_never_changed_14fcd",
                    table="contract_period_history",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="declaration",
            trigger=pgtrigger.compiler.Trigger(
                name="declarations_are_on_output_statements",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.payment_statement_id IS NOT NULL)",
                    func="\n            IF (TG_OP = 'INSERT' OR (NEW.payment_statement_id, NEW.clawback_statement_id) IS DISTINCT FROM (OLD.payment_statement_id, OLD.clawback_statement_id))\n                AND (EXISTS (\n            SELECT 1 FROM statement WHERE fee_type = 'service'\n            AND id IN (NEW.payment_statement_id, NEW.clawback_statement_id))) THEN\n                RAISE EXCEPTION 'A service fee statement takes no declarations'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'declarations_are_on_output_statements';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="6a8b09410a62d7802192319a3748efb2c9d59a5f",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_declarations_are_on_output_statements_160a2",
                    table="declaration",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="declaration",
            trigger=pgtrigger.compiler.Trigger(
                name="nothing_is_paid_on_an_open_statement",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.payment_status = 'paid')",
                    func="\n            IF (TG_OP = 'INSERT' OR (NEW.payment_status, NEW.payment_statement_id, NEW.clawback_status) IS DISTINCT FROM (OLD.payment_status, OLD.payment_statement_id, OLD.clawback_status))\n                AND (EXISTS (\n                SELECT 1 FROM statement WHERE status = 'open' AND (id = NEW.payment_statement_id\n                OR id = NEW.clawback_statement_id AND NEW.clawback_status = 'clawed_back'))) THEN\n                RAISE EXCEPTION 'Nothing is paid or clawed back on an open statement'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'nothing_is_paid_on_an_open_statement';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="4b58f9b6027f1ee6bb226256621f35bdd4faabaa",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_nothing_is_paid_on_an_open_statement_25551",
                    table="declaration",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="declaration",
            trigger=pgtrigger.compiler.Trigger(
                name="paid_declarations_stay_paid",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.payment_status = 'paid')",
                    func="\n            IF NEW.payment_status <> 'paid'\n            OR NEW.payment_statement_id IS DISTINCT FROM OLD.payment_statement_id THEN\n                RAISE EXCEPTION 'A paid declaration stays paid: it may be clawed back'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'paid_declarations_stay_paid';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="44be6cea665752983c0c656304b67cada0fa2760",
                    operation="UPDATE",
                    pgid="pgtrigger_paid_declarations_stay_paid_9a308",
                    table="declaration",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="declaration",
            trigger=pgtrigger.compiler.Trigger(
                name="voided_declarations_stay_voided",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.payment_status = 'voided')",
                    func="\n            IF NEW.payment_status <> 'voided' THEN\n                RAISE EXCEPTION 'A voided declaration stays voided'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'voided_declarations_stay_voided';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="f04f503671d66b730d90705341b503dc254254d7",
                    operation="UPDATE",
                    pgid="pgtrigger_voided_declarations_stay_voided_990da",
                    table="declaration",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="declaration",
            trigger=pgtrigger.compiler.Trigger(
                name="clawbacks_are_never_taken_back",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.clawback_status <> 'no_clawback')",
                    func="\n            IF NEW.clawback_status = 'no_clawback' OR OLD.clawback_status = 'clawed_back'\n            AND (NEW.clawback_status <> 'clawed_back'\n                OR NEW.clawback_statement_id IS DISTINCT FROM OLD.clawback_statement_id) THEN\n                RAISE EXCEPTION 'A clawback is never taken back'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'clawbacks_are_never_taken_back';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="140518ed3f6f009db5ee567684224855ddf42b17",
                    operation="UPDATE",
                    pgid="pgtrigger_clawbacks_are_never_taken_back_2516b",
                    table="declaration",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="declaration",
            trigger=pgtrigger.compiler.Trigger(
                name="declarations_on_a_statement_are_never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.payment_statement_id IS NOT NULL)",
                    func="\n            IF true THEN\n                RAISE EXCEPTION 'A declaration on a statement is never deleted'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'declarations_on_a_statement_are_never_deleted';\n            END IF;\n            RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;\n        ",
                    hash="46d0d176b25913e096a2a467c84410d472e07828",
                    operation="DELETE",
                    pgid="pgtrigger_declarations_on_a_statement_are_never_deleted_37231",
                    table="declaration",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="declaration",
            trigger=pgtrigger.compiler.Trigger(
                name="uplifts_only_in_years_that_pay_them",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.pupil_premium_uplift OR NEW.sparsity_uplift)",
                    func="\n            IF (TG_OP = 'INSERT' OR (NEW.pupil_premium_uplift, NEW.sparsity_uplift) IS DISTINCT FROM (OLD.pupil_premium_uplift, OLD.sparsity_uplift))\n                AND (EXISTS (\n            SELECT 1 FROM contract_period\n            WHERE year = NEW.contract_period_year AND NOT uplift_fees_enabled)) THEN\n                RAISE EXCEPTION 'The contract period pays no uplifts'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'uplifts_only_in_years_that_pay_them';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="9579d9669341129a8a0115cb6c096609e44c8ea3",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_uplifts_only_in_years_that_pay_them_bf09b",
                    table="declaration",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="declaration",
            trigger=pgtrigger.compiler.Trigger(
                name="funded_mentors_start_and_complete_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.trainee_role = 'mentor' AND NEW.declaration_type LIKE 'retained-%')",
                    func="\n            IF (TG_OP = 'INSERT' OR (NEW.declaration_type, NEW.contract_period_year) IS DISTINCT FROM (OLD.declaration_type, OLD.contract_period_year))\n                AND (EXISTS (\n            SELECT 1 FROM contract_period\n            WHERE year = NEW.contract_period_year AND mentor_funding_enabled)) THEN\n                RAISE EXCEPTION 'In this contract period mentors have started and completed declarations only'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'funded_mentors_start_and_complete_only';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="0ea43038d2314923463c24fb99a846230bfb28a8",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_funded_mentors_start_and_complete_only_6262b",
                    table="declaration",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="declaration",
            trigger=pgtrigger.compiler.Trigger(
                name="extended_points_only_on_extended_schedules",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.declaration_type LIKE 'extended-%')",
                    func="\n            IF (TG_OP = 'INSERT' OR (NEW.declaration_type, NEW.training_period_id) IS DISTINCT FROM (OLD.declaration_type, OLD.training_period_id))\n                AND (EXISTS (\n            SELECT 1 FROM training_period\n            WHERE id = NEW.training_period_id AND schedule_kind IS DISTINCT FROM 'extended')) THEN\n                RAISE EXCEPTION 'An extended point belongs to an extended schedule'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'extended_points_only_on_extended_schedules';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="d9cc25d02d9e15a76135fc6167cae765cd1aab0e",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_extended_points_only_on_extended_schedules_0a3d0",
                    table="declaration",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="declarationevent",
            trigger=pgtrigger.compiler.Trigger(
                name="history_is_never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            RAISE EXCEPTION 'History is never changed, deleted or emptied'\n            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'history_is_never_changed';\n        ",
                    hash="97792f10526195333f48e3860a6e5aa69b613811",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_history_is_never_changed_cd3f8",
                    table="declaration_history",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="deliverypartnerevent",
            trigger=pgtrigger.compiler.Trigger(
                name="history_is_never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            RAISE EXCEPTION 'History is never changed, deleted or emptied'\n            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'history_is_never_changed';\n        ",
                    hash="0edd79ff3ea9fa6f93d2e658164db4b4c5d51162",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_history_is_never_changed_2bc6d",
                    table="delivery_partner_history",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="ectatschoolperiod",
            trigger=pgtrigger.compiler.Trigger(
                name="ects_from_2024_name_no_local_authority",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.school_reported_appropriate_body_id IS NOT NULL\n                    AND NEW.started_on >= '2024-01-01')",
                    func="\n            IF (TG_OP = 'INSERT' OR (NEW.school_reported_appropriate_body_id, NEW.started_on) IS DISTINCT FROM (OLD.school_reported_appropriate_body_id, OLD.started_on))\n                AND (EXISTS (\n                        SELECT 1 FROM appropriate_body\n                        WHERE id = NEW.school_reported_appropriate_body_id\n                        AND body_type = 'local_authority')) THEN\n                RAISE EXCEPTION 'Local authorities take no new ECTs'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ects_from_2024_name_no_local_authority';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="dc30fceeb052dda210f6313ddfecfcc28d692c6c",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_ects_from_2024_name_no_local_authority_5cc77",
                    table="ect_at_school_period",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="ectatschoolperiodevent",
            trigger=pgtrigger.compiler.Trigger(
                name="history_is_never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            RAISE EXCEPTION 'History is never changed, deleted or emptied'\n            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'history_is_never_changed';\n        ",
                    hash="31fd7cf520be96f5b6056f62f5281c6a4c668861",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_history_is_never_changed_c5738",
                    table="ect_at_school_period_history",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="event",
            trigger=pgtrigger.compiler.Trigger(
                name="events_are_never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            RAISE EXCEPTION 'Events are never deleted'\n            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'events_are_never_deleted';\n        ",
                    hash="f73b276a317c86c5167695b7dab1690b7c967ea6",
                    level="STATEMENT",
                    operation="DELETE OR TRUNCATE",
                    pgid="pgtrigger_events_are_never_deleted_2ef97",
                    table="event",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="flatratefeestructure",
            trigger=pgtrigger.compiler.Trigger(
                name="fees_are_fixed_once_paid",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM 1 FROM statement WHERE contract_id IN (NEW.contract_id, OLD.contract_id) FOR SHARE;\n            IF (TG_OP = 'INSERT' OR (NEW.contract_id, NEW.recruitment_target, NEW.fee_per_declaration) IS DISTINCT FROM (OLD.contract_id, OLD.recruitment_target, OLD.fee_per_declaration))\n                AND (EXISTS (\n                SELECT 1 FROM statement\n                WHERE status = 'paid' AND contract_id IN (NEW.contract_id, OLD.contract_id))) THEN\n                RAISE EXCEPTION 'Statements were paid by these fees'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'fees_are_fixed_once_paid';\n            END IF;\n            RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;\n        ",
                    hash="8136e0bb46f16a0ab87fa3e00ac89746b0aadd1c",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_fees_are_fixed_once_paid_85dd9",
                    table="contract_flat_rate_fee_structure",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="flatratefeestructureevent",
            trigger=pgtrigger.compiler.Trigger(
                name="history_is_never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            RAISE EXCEPTION 'History is never changed, deleted or emptied'\n            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'history_is_never_changed';\n        ",
                    hash="d0a73b3fb86bd85e54b395b6e03c1abfaf4f1d65",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_history_is_never_changed_fa26a",
                    table="contract_flat_rate_fee_structure_history",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="giasschoolevent",
            trigger=pgtrigger.compiler.Trigger(
                name="history_is_never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            RAISE EXCEPTION 'History is never changed, deleted or emptied'\n            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'history_is_never_changed';\n        ",
                    hash="739d28115b4d8457bc267b0d3f1965fc809a1e69",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_history_is_never_changed_83607",
                    table="gias_school_history",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="giasschoollinkevent",
            trigger=pgtrigger.compiler.Trigger(
                name="history_is_never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            RAISE EXCEPTION 'History is never changed, deleted or emptied'\n            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'history_is_never_changed';\n        ",
                    hash="f43c0ff450c75054c5a15cd138619d7ce74f3712",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_history_is_never_changed_d3ee4",
                    table="gias_school_link_history",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="inductionextensionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="history_is_never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            RAISE EXCEPTION 'History is never changed, deleted or emptied'\n            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'history_is_never_changed';\n        ",
                    hash="782a9940e2fe5d8cb4e4d049dd1a57295e913759",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_history_is_never_changed_42257",
                    table="induction_extension_history",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="inductionperiodevent",
            trigger=pgtrigger.compiler.Trigger(
                name="history_is_never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            RAISE EXCEPTION 'History is never changed, deleted or emptied'\n            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'history_is_never_changed';\n        ",
                    hash="deb57b56e0d12fd5e2d7c6e62f6d917de03cfa97",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_history_is_never_changed_322e0",
                    table="induction_period_history",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="leadproviderdeliverypartnershipevent",
            trigger=pgtrigger.compiler.Trigger(
                name="history_is_never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            RAISE EXCEPTION 'History is never changed, deleted or emptied'\n            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'history_is_never_changed';\n        ",
                    hash="fdf2975b2ef2ef563348239e2001349132b121bd",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_history_is_never_changed_c010f",
                    table="lead_provider_delivery_partnership_history",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="leadproviderevent",
            trigger=pgtrigger.compiler.Trigger(
                name="history_is_never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            RAISE EXCEPTION 'History is never changed, deleted or emptied'\n            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'history_is_never_changed';\n        ",
                    hash="b2d65eaf98a1aac0e87b01ad4b79b88080e4709d",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_history_is_never_changed_0b0d9",
                    table="lead_provider_history",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="mentoratschoolperiodevent",
            trigger=pgtrigger.compiler.Trigger(
                name="history_is_never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            RAISE EXCEPTION 'History is never changed, deleted or emptied'\n            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'history_is_never_changed';\n        ",
                    hash="b15c8b05e0d6f5e40182953dc59930810f2f82ca",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_history_is_never_changed_5ec35",
                    table="mentor_at_school_period_history",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="mentorshipperiodevent",
            trigger=pgtrigger.compiler.Trigger(
                name="history_is_never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            RAISE EXCEPTION 'History is never changed, deleted or emptied'\n            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'history_is_never_changed';\n        ",
                    hash="f6c315eb65ae60d10fa198c4abe821f8faac621e",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_history_is_never_changed_8dce9",
                    table="mentorship_period_history",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="milestoneevent",
            trigger=pgtrigger.compiler.Trigger(
                name="history_is_never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            RAISE EXCEPTION 'History is never changed, deleted or emptied'\n            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'history_is_never_changed';\n        ",
                    hash="1d7e8543d945deb75014ae142fa7f1407ad4d864",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_history_is_never_changed_046c1",
                    table="milestone_history",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="regionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="history_is_never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            RAISE EXCEPTION 'History is never changed, deleted or emptied'\n            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'history_is_never_changed';\n        ",
                    hash="058a1bb920cd3ba59068124ca19bd6c6a8da337d",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_history_is_never_changed_ce539",
                    table="region_history",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="scheduleevent",
            trigger=pgtrigger.compiler.Trigger(
                name="history_is_never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            RAISE EXCEPTION 'History is never changed, deleted or emptied'\n            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'history_is_never_changed';\n        ",
                    hash="fce3e7124f1256466a27e74908866d7006351525",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_history_is_never_changed_7c4f5",
                    table="schedule_history",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="school",
            trigger=pgtrigger.compiler.Trigger(
                name="schools_choose_no_local_authority",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.last_chosen_appropriate_body_id IS NOT NULL)",
                    func="\n            IF (TG_OP = 'INSERT' OR (NEW.last_chosen_appropriate_body_id) IS DISTINCT FROM (OLD.last_chosen_appropriate_body_id))\n                AND (EXISTS (\n                    SELECT 1 FROM appropriate_body\n                    WHERE id = NEW.last_chosen_appropriate_body_id\n                    AND body_type = 'local_authority')) THEN\n                RAISE EXCEPTION 'Local authorities take no new ECTs'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'schools_choose_no_local_authority';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="b049e7f374188e20d1eef50e02f949774a0cce54",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_schools_choose_no_local_authority_8ccd9",
                    table="school",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="schoolevent",
            trigger=pgtrigger.compiler.Trigger(
                name="history_is_never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            RAISE EXCEPTION 'History is never changed, deleted or emptied'\n            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'history_is_never_changed';\n        ",
                    hash="f6ed030f66fce7809907566e614a7c3f1a7a1c38",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_history_is_never_changed_e58a3",
                    table="school_history",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="schoolfundingeligibilityevent",
            trigger=pgtrigger.compiler.Trigger(
                name="history_is_never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            RAISE EXCEPTION 'History is never changed, deleted or emptied'\n            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'history_is_never_changed';\n        ",
                    hash="92979dfbf2aa1dcfc50cd809e4874d238c4f0b09",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_history_is_never_changed_d806e",
                    table="school_funding_eligibility_history",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="schoolpartnershipevent",
            trigger=pgtrigger.compiler.Trigger(
                name="history_is_never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            RAISE EXCEPTION 'History is never changed, deleted or emptied'\n            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'history_is_never_changed';\n        ",
                    hash="c5aa04606076199716849715903c2ebc8663fdbf",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_history_is_never_changed_0754a",
                    table="school_partnership_history",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="staffuserevent",
            trigger=pgtrigger.compiler.Trigger(
                name="history_is_never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            RAISE EXCEPTION 'History is never changed, deleted or emptied'\n            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'history_is_never_changed';\n        ",
                    hash="bc9c27381bee74666814ce808952d230235d2ba5",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_history_is_never_changed_796cf",
                    table="staff_user_history",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="statement",
            trigger=pgtrigger.compiler.Trigger(
                name="statements_never_go_back",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.status <> NEW.status)",
                    func="\n            IF OLD.status = 'paid' OR NEW.status = 'open' THEN\n                RAISE EXCEPTION 'A statement goes from open to payable to paid, and never back'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'statements_never_go_back';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="2057c39e807a3fed4e2ec2f065d55d49230d0952",
                    operation="UPDATE",
                    pgid="pgtrigger_statements_never_go_back_ccd80",
                    table="statement",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="statement",
            trigger=pgtrigger.compiler.Trigger(
                name="paid_statements_never_change",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.status = 'paid')",
                    func="\n            IF TG_OP = 'DELETE' OR (NEW.contract_id, NEW.month, NEW.year, NEW.fee_type, NEW.deadline_date, NEW.payment_date, NEW.marked_as_paid_at) IS DISTINCT FROM (OLD.contract_id, OLD.month, OLD.year, OLD.fee_type, OLD.deadline_date, OLD.payment_date, OLD.marked_as_paid_at) THEN\n                RAISE EXCEPTION 'What a paid statement was paid for never changes'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'paid_statements_never_change';\n            END IF;\n            RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;\n        ",
                    hash="e0db9f13faf6b57495d3533f1a341772abdbd46f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_paid_statements_never_change_14533",
                    table="statement",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="statement",
            trigger=pgtrigger.compiler.Trigger(
                name="statements_with_declarations_pay_outputs",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.fee_type <> 'service' AND NEW.fee_type = 'service')",
                    func="\n            IF EXISTS (\n                    SELECT 1 FROM declaration WHERE payment_statement_id = NEW.id\n                ) OR EXISTS (\n                    SELECT 1 FROM declaration WHERE clawback_statement_id = NEW.id\n                ) THEN\n                RAISE EXCEPTION 'A statement with declarations cannot become a service fee statement'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'statements_with_declarations_pay_outputs';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="f5c9d968a2bf6fae4f738e4ce2cf15b2f2f280ac",
                    operation="UPDATE",
                    pgid="pgtrigger_statements_with_declarations_pay_outputs_218a6",
                    table="statement",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="statementadjustment",
            trigger=pgtrigger.compiler.Trigger(
                name="adjustments_only_before_payment",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    PERFORM 1 FROM statement\n                        WHERE id IN (NEW.statement_id, OLD.statement_id) FOR SHARE;\n            IF EXISTS (\n                    SELECT 1 FROM statement WHERE status = 'paid'\n                    AND id IN (NEW.statement_id, OLD.statement_id)) THEN\n                RAISE EXCEPTION 'A paid statement takes no adjustments'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'adjustments_only_before_payment';\n            END IF;\n            RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;\n        ",
                    hash="3c30968e25c7ee10bc2605c6d8f8ec969a72ef67",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_adjustments_only_before_payment_e3ece",
                    table="statement_adjustment",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="statementadjustmentevent",
            trigger=pgtrigger.compiler.Trigger(
                name="history_is_never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            RAISE EXCEPTION 'History is never changed, deleted or emptied'\n            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'history_is_never_changed';\n        ",
                    hash="82f196ee9b2dcd3fe3575e2f9c0d9dd69da485aa",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_history_is_never_changed_fbd4a",
                    table="statement_adjustment_history",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="statementevent",
            trigger=pgtrigger.compiler.Trigger(
                name="history_is_never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            RAISE EXCEPTION 'History is never changed, deleted or emptied'\n            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'history_is_never_changed';\n        ",
                    hash="a86d2bd5f87c8aebc5fa6986b78b2e44a0be954a",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_history_is_never_changed_93c28",
                    table="statement_history",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="teacherevent",
            trigger=pgtrigger.compiler.Trigger(
                name="history_is_never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            RAISE EXCEPTION 'History is never changed, deleted or emptied'\n            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'history_is_never_changed';\n        ",
                    hash="bb95519fc48a53eec740db75e5bd73dab0a17e00",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_history_is_never_changed_59224",
                    table="teacher_history",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="teacheridchangeevent",
            trigger=pgtrigger.compiler.Trigger(
                name="history_is_never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            RAISE EXCEPTION 'History is never changed, deleted or emptied'\n            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'history_is_never_changed';\n        ",
                    hash="dd1b859c9981b57a3527896d11bcd76ee3c65a9a",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_history_is_never_changed_c700f",
                    table="teacher_id_change_history",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="trainingperiodevent",
            trigger=pgtrigger.compiler.Trigger(
                name="history_is_never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            RAISE EXCEPTION 'History is never changed, deleted or emptied'\n            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'history_is_never_changed';\n        ",
                    hash="322c85a7fb0e564d609a676b663d67f2eb34b8e4",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_history_is_never_changed_f6048",
                    table="training_period_history",
                    when="BEFORE",
                ),
            ),
        ),
        AddConstraint(
            model_name="apitoken",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("prefix"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="api_token_prefix_not_empty",
            ),
        ),
        AddConstraint(
            model_name="apitoken",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("description"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="api_token_description_not_empty",
            ),
        ),
        AddConstraint(
            model_name="appropriatebody",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("name"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="appropriate_body_name_not_empty",
            ),
        ),
        AddConstraint(
            model_name="appropriatebodyformername",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("name"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="appropriate_body_former_name_name_not_empty",
            ),
        ),
        AddConstraint(
            model_name="declaration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "declaration_date__gte",
                        datetime.datetime(2021, 8, 31, 23, 0, tzinfo=datetime.timezone.utc),
                    )
                ),
                name="declared_from_1_september_2021",
            ),
        ),
        AddConstraint(
            model_name="declaration",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.LessThanOrEqual(
                    django.db.models.functions.comparison.Cast(
                        models.Func(
                            models.Value("Europe/London"),
                            models.F("declaration_date"),
                            function="timezone",
                            output_field=models.DateTimeField(),
                        ),
                        models.DateField(),
                    ),
                    django.db.models.functions.comparison.Cast(
                        models.Func(
                            models.Value("Europe/London"),
                            models.F("created_at"),
                            function="timezone",
                            output_field=models.DateTimeField(),
                        ),
                        models.DateField(),
                    ),
                ),
                name="declared_on_or_before_the_day_it_was_made",
            ),
        ),
        AddConstraint(
            model_name="declaration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("trainee_role", "ect"),
                    models.Q(("declaration_type__startswith", "extended-"), _negated=True),
                    _connector="OR",
                ),
                name="extended_points_are_for_ects",
            ),
        ),
        AddConstraint(
            model_name="deliverypartner",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("name"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="delivery_partner_name_not_empty",
            ),
        ),
        AddConstraint(
            model_name="dfesigninorganisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("name"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="dfe_sign_in_organisation_name_not_empty",
            ),
        ),
        AddConstraint(
            model_name="dfesigninorganisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("address"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="dfe_sign_in_organisation_address_not_empty",
            ),
        ),
        AddConstraint(
            model_name="dfesigninorganisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("category"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="dfe_sign_in_organisation_category_not_empty",
            ),
        ),
        AddConstraint(
            model_name="dfesigninorganisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("organisation_type"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="dfe_sign_in_organisation_organisation_type_not_empty",
            ),
        ),
        AddConstraint(
            model_name="dfesigninorganisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("status"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="dfe_sign_in_organisation_status_not_empty",
            ),
        ),
        AddConstraint(
            model_name="dfesigninorganisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("company_registration_number"),
                        models.Value(""),
                    ),
                    _negated=True,
                ),
                name="dfe_sign_in_organisation_company_registration_number_not_empty",
            ),
        ),
        AddConstraint(
            model_name="ectatschoolperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("email__isnull", True),
                    ("email__regex", "^[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+$"),
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
                        django.db.models.functions.text.Trim("body"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="event_body_not_empty",
            ),
        ),
        AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("author_name"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="event_author_name_not_empty",
            ),
        ),
        AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("author_email__isnull", True),
                    ("author_email__regex", "^[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+$"),
                    _connector="OR",
                ),
                name="event_author_email_is_an_email",
            ),
        ),
        AddConstraint(
            model_name="giasschool",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("name"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="gias_school_name_not_empty",
            ),
        ),
        AddConstraint(
            model_name="giasschool",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("type_name"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="gias_school_type_name_not_empty",
            ),
        ),
        AddConstraint(
            model_name="giasschool",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("local_authority_name"),
                        models.Value(""),
                    ),
                    _negated=True,
                ),
                name="gias_school_local_authority_name_not_empty",
            ),
        ),
        AddConstraint(
            model_name="giasschool",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("administrative_district_name"),
                        models.Value(""),
                    ),
                    _negated=True,
                ),
                name="gias_school_administrative_district_name_not_empty",
            ),
        ),
        AddConstraint(
            model_name="giasschool",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("phase_name"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="gias_school_phase_name_not_empty",
            ),
        ),
        AddConstraint(
            model_name="giasschool",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("postcode"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="gias_school_postcode_not_empty",
            ),
        ),
        AddConstraint(
            model_name="giasschool",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("address_line1"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="gias_school_address_line1_not_empty",
            ),
        ),
        AddConstraint(
            model_name="giasschool",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("address_line2"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="gias_school_address_line2_not_empty",
            ),
        ),
        AddConstraint(
            model_name="giasschool",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("address_line3"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="gias_school_address_line3_not_empty",
            ),
        ),
        AddConstraint(
            model_name="giasschool",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("website"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="gias_school_website_not_empty",
            ),
        ),
        AddConstraint(
            model_name="giasschool",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("primary_contact_email__isnull", True),
                    ("primary_contact_email__regex", "^[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+$"),
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
                    ("secondary_contact_email__regex", "^[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+$"),
                    _connector="OR",
                ),
                name="gias_school_secondary_contact_email_is_an_email",
            ),
        ),
        AddConstraint(
            model_name="giasschoollink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("link_type"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="gias_school_link_link_type_not_empty",
            ),
        ),
        AddConstraint(
            model_name="journeydraft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("journey"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="journey_draft_journey_not_empty",
            ),
        ),
        AddConstraint(
            model_name="journeydraft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("owner"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="journey_draft_owner_not_empty",
            ),
        ),
        AddConstraint(
            model_name="journeydraft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("subject_type"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="journey_draft_subject_type_not_empty",
            ),
        ),
        AddConstraint(
            model_name="leadprovider",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("name"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="lead_provider_name_not_empty",
            ),
        ),
        AddConstraint(
            model_name="mentoratschoolperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("email__isnull", True),
                    ("email__regex", "^[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+$"),
                    _connector="OR",
                ),
                name="mentor_at_school_period_email_is_an_email",
            ),
        ),
        AddConstraint(
            model_name="outgoingemail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("template"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="outgoing_email_template_not_empty",
            ),
        ),
        AddConstraint(
            model_name="outgoingemail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("recipient__isnull", True),
                    ("recipient__regex", "^[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+$"),
                    _connector="OR",
                ),
                name="outgoing_email_recipient_is_an_email",
            ),
        ),
        AddConstraint(
            model_name="pendinginductionsubmission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("trn"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="pending_induction_submission_trn_not_empty",
            ),
        ),
        AddConstraint(
            model_name="pendinginductionsubmission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("training_programme"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="pending_induction_submission_training_programme_not_empty",
            ),
        ),
        AddConstraint(
            model_name="pendinginductionsubmission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("outcome"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="pending_induction_submission_outcome_not_empty",
            ),
        ),
        AddConstraint(
            model_name="pendinginductionsubmissionbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("error_message"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="pending_induction_submission_batch_error_message_not_empty",
            ),
        ),
        AddConstraint(
            model_name="pendinginductionsubmissionbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("file_name"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="pending_induction_submission_batch_file_name_not_empty",
            ),
        ),
        AddConstraint(
            model_name="pendinginductionsubmissionbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("file_type"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="pending_induction_submission_batch_file_type_not_empty",
            ),
        ),
        AddConstraint(
            model_name="region",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("code"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="region_code_not_empty",
            ),
        ),
        AddConstraint(
            model_name="region",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("name"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="region_name_not_empty",
            ),
        ),
        AddConstraint(
            model_name="regiondistrict",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("name"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="region_district_name_not_empty",
            ),
        ),
        AddConstraint(
            model_name="registerimport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("file_name"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="register_import_file_name_not_empty",
            ),
        ),
        AddConstraint(
            model_name="registrationclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("message"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="registration_closure_message_not_empty",
            ),
        ),
        AddConstraint(
            model_name="school",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("merged_into__isnull", True),
                    models.Q(("merged_into", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="schools_merge_into_another",
            ),
        ),
        AddConstraint(
            model_name="school",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("induction_tutor_name"),
                        models.Value(""),
                    ),
                    _negated=True,
                ),
                name="school_induction_tutor_name_not_empty",
            ),
        ),
        AddConstraint(
            model_name="school",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("induction_tutor_email__isnull", True),
                    ("induction_tutor_email__regex", "^[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+$"),
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
                    ("email__regex", "^[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+$"),
                    _connector="OR",
                ),
                name="staff_user_email_is_an_email",
            ),
        ),
        AddConstraint(
            model_name="staffuser",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("name"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="staff_user_name_not_empty",
            ),
        ),
        AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("marked_as_paid_at__isnull", False), ("status", "paid")),
                    models.Q(
                        models.Q(("status", "paid"), _negated=True),
                        ("marked_as_paid_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="statement_has_a_payment_time_once_paid",
            ),
        ),
        AddConstraint(
            model_name="statementauditnote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("body"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="statement_audit_note_body_not_empty",
            ),
        ),
        AddConstraint(
            model_name="supportquery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("name"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="support_query_name_not_empty",
            ),
        ),
        AddConstraint(
            model_name="supportquery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("school_name"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="support_query_school_name_not_empty",
            ),
        ),
        AddConstraint(
            model_name="supportquery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("message"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="support_query_message_not_empty",
            ),
        ),
        AddConstraint(
            model_name="supportquery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("asked_from"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="support_query_asked_from_not_empty",
            ),
        ),
        AddConstraint(
            model_name="supportquery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("email__isnull", True),
                    ("email__regex", "^[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+$"),
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
                        ("corrected_name__isnull", True),
                        ("trn__isnull", True),
                        ("trs_first_name__isnull", True),
                        ("trs_last_name__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="anonymised_people_have_no_name_or_trn",
            ),
        ),
        AddConstraint(
            model_name="teacher",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("corrected_name"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="teacher_corrected_name_not_empty",
            ),
        ),
        AddConstraint(
            model_name="teacher",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("trs_first_name"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="teacher_trs_first_name_not_empty",
            ),
        ),
        AddConstraint(
            model_name="teacher",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("trs_last_name"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="teacher_trs_last_name_not_empty",
            ),
        ),
        AddConstraint(
            model_name="teacher",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("trs_qts_status_description"),
                        models.Value(""),
                    ),
                    _negated=True,
                ),
                name="teacher_trs_qts_status_description_not_empty",
            ),
        ),
        AddConstraint(
            model_name="teacher",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim(
                            "trs_initial_teacher_training_provider_name"
                        ),
                        models.Value(""),
                    ),
                    _negated=True,
                ),
                name="teacher_trs_initial_teacher_training_provider_name_not_empty",
            ),
        ),
        AddConstraint(
            model_name="teacher",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("trs_redirected_to"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="teacher_trs_redirected_to_not_empty",
            ),
        ),
        AddConstraint(
            model_name="teacheridchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_teacher", models.F("to_teacher")), _negated=True),
                name="retired_id_became_another",
            ),
        ),
        AddConstraint(
            model_name="trainingperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_at__isnull", True),
                    django.db.models.lookups.GreaterThanOrEqual(
                        django.db.models.functions.comparison.Cast(
                            models.Func(
                                models.Value("Europe/London"),
                                models.F("withdrawn_at"),
                                function="timezone",
                                output_field=models.DateTimeField(),
                            ),
                            models.DateField(),
                        ),
                        models.F("started_on"),
                    ),
                    _connector="OR",
                ),
                name="training_withdrawn_on_or_after_its_start",
            ),
        ),
        AddConstraint(
            model_name="trainingperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("deferred_at__isnull", True),
                    django.db.models.lookups.GreaterThanOrEqual(
                        django.db.models.functions.comparison.Cast(
                            models.Func(
                                models.Value("Europe/London"),
                                models.F("deferred_at"),
                                function="timezone",
                                output_field=models.DateTimeField(),
                            ),
                            models.DateField(),
                        ),
                        models.F("started_on"),
                    ),
                    _connector="OR",
                ),
                name="training_deferred_on_or_after_its_start",
            ),
        ),
        AddConstraint(
            model_name="trsinductionupdate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["Passed", "Failed"]), _negated=True),
                    ("completed_date__isnull", False),
                    _connector="OR",
                ),
                name="trs_is_told_when_induction_was_completed",
            ),
        ),
        AddConstraint(
            model_name="trsinductionupdate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Trim("last_response"), models.Value("")
                    ),
                    _negated=True,
                ),
                name="trs_induction_update_last_response_not_empty",
            ),
        ),
    ]
