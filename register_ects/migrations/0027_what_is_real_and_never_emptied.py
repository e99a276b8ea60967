"""Let the database refuse what is unreal, unseen or emptied: see ``models/every_table.py``."""

from decimal import Decimal
from importlib import import_module

import pgtrigger.compiler
from django.db import migrations, models
from pgtrigger.migrations import RemoveTrigger

_DATA_MODEL = import_module("register_ects.migrations.0002_data_model")
AddTrigger = _DATA_MODEL.AddTrigger
AddConstraint = _DATA_MODEL.AddConstraint
RemoveConstraint = _DATA_MODEL.RemoveConstraint

#: By model: its table, and its text of which something must be seen.
TEXT = {
    "apitoken": ("api_token", "prefix description"),
    "appropriatebody": ("appropriate_body", "name"),
    "appropriatebodyformername": ("appropriate_body_former_name", "name"),
    "deliverypartner": ("delivery_partner", "name"),
    "dfesigninorganisation": (
        "dfe_sign_in_organisation",
        "name address category organisation_type status company_registration_number",
    ),
    "event": ("event", "heading body author_name"),
    "giasschool": (
        "gias_school",
        "name type_name local_authority_name administrative_district_name phase_name postcode address_line1 address_line2 address_line3 website",
    ),
    "giasschoollink": ("gias_school_link", "link_type"),
    "journeydraft": ("journey_draft", "journey owner subject_type"),
    "leadprovider": ("lead_provider", "name"),
    "outgoingemail": ("outgoing_email", "template"),
    "pendinginductionsubmission": (
        "pending_induction_submission",
        "trn training_programme outcome",
    ),
    "pendinginductionsubmissionbatch": (
        "pending_induction_submission_batch",
        "error_message file_name file_type",
    ),
    "region": ("region", "code name"),
    "regiondistrict": ("region_district", "name"),
    "registerimport": ("register_import", "file_name"),
    "registrationclosure": ("registration_closure", "message"),
    "school": ("school", "induction_tutor_name"),
    "sentform": ("sent_form", "answers_mark"),
    "staffuser": ("staff_user", "name"),
    "statementadjustment": ("statement_adjustment", "payment_type"),
    "statementauditnote": ("statement_audit_note", "body"),
    "supportquery": ("support_query", "name school_name message asked_from"),
    "teacher": (
        "teacher",
        "corrected_name trs_first_name trs_last_name trs_qts_status_description trs_initial_teacher_training_provider_name trs_redirected_to",
    ),
    "trsinductionupdate": ("trs_induction_update", "last_response"),
}
#: By model: its table, and its days, times and amounts. An amount has so many digits before the
#: point, which neither NaN nor infinity has.
REAL = {
    "activeleadprovider": ("active_lead_provider", "created_at updated_at"),
    "activeleadproviderband": ("active_lead_provider_band", "created_at updated_at"),
    "apirequest": ("api_request_log", "received_at"),
    "apitoken": ("api_token", "created_at updated_at last_used_at expires_at revoked_at"),
    "appropriatebody": ("appropriate_body", "created_at updated_at"),
    "appropriatebodyformername": ("appropriate_body_former_name", "created_at updated_at"),
    "appropriatebodyperiod": (
        "appropriate_body_period",
        "created_at updated_at started_on finished_on",
    ),
    "bandedfeestructure": (
        "contract_banded_fee_structure",
        "created_at updated_at setup_fee<10 monthly_service_fee<10 uplift_fee_per_declaration<10 uplift_target_ratio<1",
    ),
    "bandterm": (
        "contract_band_term",
        "created_at updated_at fee_per_declaration<10 output_fee_ratio<1 service_fee_ratio<1",
    ),
    "contract": ("contract", "created_at updated_at vat_rate<1"),
    "contractperiod": (
        "contract_period",
        "created_at updated_at started_on finished_on payments_frozen_at",
    ),
    "declaration": ("declaration", "created_at updated_at declaration_date voided_by_user_at"),
    "deliverypartner": ("delivery_partner", "created_at updated_at"),
    "dfesigninorganisation": (
        "dfe_sign_in_organisation",
        "created_at updated_at first_authenticated_at last_authenticated_at",
    ),
    "ectatschoolperiod": ("ect_at_school_period", "created_at updated_at started_on finished_on"),
    "event": ("event", "happened_at recorded_at"),
    "flatratefeestructure": (
        "contract_flat_rate_fee_structure",
        "created_at updated_at fee_per_declaration<10",
    ),
    "giasschool": ("gias_school", "created_at updated_at opened_on closed_on"),
    "giasschoollink": ("gias_school_link", "created_at updated_at link_date"),
    "idempotentanswer": ("api_idempotent_answer", "created_at"),
    "inductionextension": ("induction_extension", "created_at updated_at number_of_terms<2"),
    "inductionperiod": (
        "induction_period",
        "created_at updated_at started_on finished_on number_of_terms<2 fail_confirmation_sent_on",
    ),
    "journeydraft": ("journey_draft", "created_at updated_at expires_at completed_at"),
    "leadprovider": ("lead_provider", "created_at updated_at"),
    "leadproviderdeliverypartnership": (
        "lead_provider_delivery_partnership",
        "created_at updated_at",
    ),
    "mentoratschoolperiod": (
        "mentor_at_school_period",
        "created_at updated_at started_on finished_on",
    ),
    "mentorshipperiod": ("mentorship_period", "created_at updated_at started_on finished_on"),
    "milestone": ("milestone", "created_at updated_at start_date milestone_date"),
    "outgoingemail": ("outgoing_email", "created_at updated_at sent_at queued_at"),
    "pendinginductionsubmission": (
        "pending_induction_submission",
        "created_at updated_at date_of_birth started_on finished_on number_of_terms<2 fail_confirmation_sent_on confirmed_at delete_at",
    ),
    "pendinginductionsubmissionbatch": (
        "pending_induction_submission_batch",
        "created_at updated_at",
    ),
    "projectionstate": ("projection_state", "shown_for refreshed_at verified_at"),
    "region": ("region", "created_at updated_at"),
    "regiondistrict": ("region_district", "created_at updated_at"),
    "registerimport": ("register_import", "newest_change imported_at"),
    "registrationclosure": ("registration_closure", "created_at updated_at starts_on ends_on"),
    "schedule": ("schedule", "created_at updated_at"),
    "school": ("school", "created_at updated_at opted_out_of_reminder_emails_until"),
    "schoolfundingeligibility": ("school_funding_eligibility", "created_at updated_at"),
    "schoolpartnership": ("school_partnership", "created_at updated_at"),
    "sentform": ("sent_form", "sent_at"),
    "shownchange": ("shown_change", "occurred_at"),
    "shownresource": ("shown_resource", "created_at updated_at"),
    "shownschool": ("shown_school", "created_at own_updated_at last_changed_at"),
    "shownschoolinterest": ("shown_school_interest", "updated_at"),
    "shownschoolyear": ("shown_school_year", "updated_at"),
    "staffuser": (
        "staff_user",
        "created_at updated_at otp_verified_at otp_locked_at deactivated_at",
    ),
    "statement": (
        "statement",
        "created_at updated_at deadline_date payment_date marked_as_paid_at",
    ),
    "statementadjustment": ("statement_adjustment", "created_at updated_at amount<10"),
    "statementauditnote": ("statement_audit_note", "created_at updated_at"),
    "supportquery": ("support_query", "created_at updated_at"),
    "teacher": (
        "teacher",
        "created_at updated_at trs_induction_start_date trs_induction_completed_date trs_qts_awarded_on trs_initial_teacher_training_end_date trs_data_last_refreshed_at ect_first_became_eligible_for_training_at mentor_first_became_eligible_for_training_at ect_became_ineligible_for_funding_on mentor_became_ineligible_for_funding_on anonymised_at",
    ),
    "teacheridchange": ("teacher_id_change", "created_at updated_at"),
    "trainingperiod": (
        "training_period",
        "created_at updated_at started_on finished_on withdrawn_at deferred_at",
    ),
    "trsinductionupdate": (
        "trs_induction_update",
        "created_at updated_at start_date completed_date changed_at next_attempt_at",
    ),
}
#: By model: what ends the name of its trigger, its table, and the trigger's hash.
NEVER_EMPTIED = {
    "activeleadprovider": (
        "6e3e7",
        "active_lead_provider",
        "b304b2e99e69e5d98b4fd0fb2d0f389dfca4c283",
    ),
    "activeleadproviderband": (
        "1a1de",
        "active_lead_provider_band",
        "90c7f47cb15561c59379a3635df10c5da73d53d4",
    ),
    "appropriatebody": ("a23ca", "appropriate_body", "08d7969382684f9338bff145623623607e4b0dd7"),
    "appropriatebodyperiod": (
        "d9198",
        "appropriate_body_period",
        "7c2276ea13c81a4f6950007e32bad25a6b0f4324",
    ),
    "bandedfeestructure": (
        "2d867",
        "contract_banded_fee_structure",
        "1124aec0dbe4a64a596bc2183a47542254122ad2",
    ),
    "bandterm": ("27c86", "contract_band_term", "f3005f889ad49ab1fdc8a39e682ec7bb112ffb84"),
    "contract": ("4c8b4", "contract", "83453bcab08c563aad540dfe7ba4e3a1b7ddce03"),
    "contractperiod": ("a93ba", "contract_period", "09a3a25c53f25494b02b6a9cc61f0e9a60768b50"),
    "declaration": ("cee9d", "declaration", "c1e76a4bd35f1a6bff4dd311054f1548f509256f"),
    "deliverypartner": ("67847", "delivery_partner", "6eeaefec7164ec5f151315f7c61796371b9d0325"),
    "ectatschoolperiod": (
        "4904b",
        "ect_at_school_period",
        "6088ee1c6213f83578e87c3ddf3d94981b9537f4",
    ),
    "event": ("75147", "event", "b37c5a4ed07b6e2cbe62e08a13bd3f0fde2be078"),
    "flatratefeestructure": (
        "9fcf2",
        "contract_flat_rate_fee_structure",
        "972712718dc6379fda2fc9fe88ea274ce82ce863",
    ),
    "giasschool": ("f4544", "gias_school", "ed90b0e9e2bc67d13af6cdec024927839396d8e0"),
    "giasschoollink": ("61f9b", "gias_school_link", "186213acacbc92456102ef4749ea997dc56835b6"),
    "inductionextension": (
        "ffe21",
        "induction_extension",
        "59eb24237b80039a2ea73e85a57cbab1b0e35272",
    ),
    "inductionperiod": ("a863c", "induction_period", "4404e197cd1203e45ca5236a2cfadc341a950d1d"),
    "leadprovider": ("f32e7", "lead_provider", "94d78c4eb1565e038fa0bb2d43aab42382f2af73"),
    "leadproviderdeliverypartnership": (
        "c10e9",
        "lead_provider_delivery_partnership",
        "fd0d914b19df854a85c3c3a6d6d44356f4a578fa",
    ),
    "mentoratschoolperiod": (
        "207a9",
        "mentor_at_school_period",
        "252f4a5beb3bbb030e0d7323ecc1045a388fb3b6",
    ),
    "mentorshipperiod": ("7e7b7", "mentorship_period", "4c99a69fe534bfd13b05d61c62a6fd1ea67654ea"),
    "milestone": ("014bc", "milestone", "9a720e175744face2d0f4b468469fa45fae97c51"),
    "region": ("6e99c", "region", "0720c021373b1ce113e6c18f9bb4b6332cea637a"),
    "schedule": ("d566c", "schedule", "41a006e94a6e934052448b6bf67e2653afa1eb3c"),
    "school": ("d2ccf", "school", "dd3a432efea2455d8c9fc3e9e2b14130eb6cddbe"),
    "schoolfundingeligibility": (
        "dfb77",
        "school_funding_eligibility",
        "021109b4119c375625578b18ac6af99cc42fd5fe",
    ),
    "schoolpartnership": (
        "cd3f3",
        "school_partnership",
        "51feb940c1e8a4b495ee73ea573dfe4947b9d9ee",
    ),
    "staffuser": ("ab431", "staff_user", "beb86a4ea2d632484342644ef9ead6a68ec0ed9e"),
    "statement": ("66294", "statement", "9e688d6f53613e1cf0252650afbd57950433d6eb"),
    "statementadjustment": (
        "5e9dd",
        "statement_adjustment",
        "5fb1747464222f7a9f1c1799a263bb87449b2e76",
    ),
    "statementauditnote": (
        "b448c",
        "statement_audit_note",
        "36529acceea352595c7b44ecb78e742cffbaf011",
    ),
    "statementcount": ("89609", "statement_count", "40b317c29971ab22a7c9c9ad9d1e68d424e890a5"),
    "teacher": ("a1cc7", "teacher", "0ee04baac3635b1e820ae4b5ca28bddaa088c148"),
    "teacheridchange": ("0a2c9", "teacher_id_change", "25fdc20d5c823cd8da203ae6d2772bb233afd22d"),
    "trainingperiod": ("d050a", "training_period", "2d5a86ac85020c23275d53ad572afd351b6334af"),
}
PUBLIC_IDS = {
    "appropriatebody": ("4bf29", "appropriate_body", "a889e2e2d7af898eded38847d0e30aaac1625323"),
    "declaration": ("1697d", "declaration", "e5b782640b9cd122d0448da39704f9df6f8da2f1"),
    "deliverypartner": ("e51ea", "delivery_partner", "6036bd93977550ab3d707e95f429fd98b0b103a6"),
    "school": ("d3cd7", "school", "5f67128358f0aa383f035cfbaae62091e280f99b"),
    "schoolpartnership": (
        "0c1fa",
        "school_partnership",
        "78e7e265b5eb7078da97514254e771fe52f6bc54",
    ),
    "statement": ("d3ab8", "statement", "f7b69264181656d6cbc916319a876a9297d2a8fe"),
    "teacher": ("992b7", "teacher", "0f412646487dc7ca00a918d97c84b54d3e51036c"),
}
SEEN = (
    r"[^\U00000001-\U00000020\U0000007f-\U000000a0\U00001680-\U00001680"
    r"\U00002000-\U0000200a\U00002028-\U00002029\U0000202f-\U0000202f\U0000205f-\U0000205f"
    r"\U00003000-\U00003000\U0000fff9-\U0000fffb\U000000ad-\U000000ad\U0000034f-\U0000034f"
    r"\U0000061c-\U0000061c\U0000115f-\U00001160\U000017b4-\U000017b5\U0000180b-\U0000180f"
    r"\U0000200b-\U0000200f\U0000202a-\U0000202e\U00002060-\U0000206f\U00003164-\U00003164"
    r"\U0000fe00-\U0000fe0f\U0000feff-\U0000feff\U0000ffa0-\U0000ffa0\U0000fff0-\U0000fff8"
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff\U00002800-\U00002800"
    r"\U0001d159-\U0001d159]"
)


def never_emptied(ending, table, digest):
    return pgtrigger.compiler.Trigger(
        name="what_is_kept_is_never_emptied",
        sql=pgtrigger.compiler.UpsertTriggerSql(
            func="\n            RAISE EXCEPTION 'What is kept is never emptied'\n            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'what_is_kept_is_never_emptied';\n        ",
            hash=digest,
            level="STATEMENT",
            operation="TRUNCATE",
            pgid=f"pgtrigger_what_is_kept_is_never_emptied_{ending}",
            table=table,
            when="BEFORE",
        ),
    )


def public_id(ending, table, digest):
    return pgtrigger.compiler.Trigger(
        name="public_ids_never_change",
        sql=pgtrigger.compiler.UpsertTriggerSql(
            func="\n            IF NEW.api_id IS DISTINCT FROM OLD.api_id THEN\n                RAISE EXCEPTION 'api_id cannot be changed'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'public_ids_never_change';\n            END IF;\n            RETURN NEW;\n        ",
            hash=digest,
            operation="UPDATE",
            pgid=f"pgtrigger_public_ids_never_change_{ending}",
            table=table,
            when="BEFORE",
        ),
    )


def is_seen(table, column):
    return models.CheckConstraint(
        name=f"{table}_{column}_not_empty",
        condition=models.Q(**{f"{column}__regex": SEEN}),
    )


def is_real(table, columns):
    conditions = models.Q()
    for column in columns.split():
        name, _, digits = column.partition("<")
        conditions &= (
            models.Q(**{f"{name}__lt": Decimal(10) ** int(digits)})
            if digits
            else models.Q(
                models.Func(models.F(name), function="isfinite", output_field=models.BooleanField())
            )
        )
    return models.CheckConstraint(name=f"{table}_values_are_finite", condition=conditions)


class Migration(migrations.Migration):
    dependencies = [
        ("register_ects", "0026_forms_sent_once"),
    ]

    operations = [
        *(
            RemoveConstraint(model_name=model, name=f"{table}_{column}_not_empty")
            for model, (table, columns) in TEXT.items()
            for column in columns.split()
        ),
        RemoveTrigger(
            model_name="bandedfeestructure",
            name="banded_structure_matches_type",
        ),
        RemoveTrigger(
            model_name="contract",
            name="contract_fee_structures_match",
        ),
        RemoveTrigger(
            model_name="flatratefeestructure",
            name="flat_rate_structure_matches_type",
        ),
        RemoveTrigger(
            model_name="teacheridchange",
            name="nobodys_own_id_is_retired",
        ),
        *(
            AddTrigger(model_name=model, trigger=never_emptied(*of))
            for model, of in NEVER_EMPTIED.items()
        ),
        *(AddTrigger(model_name=model, trigger=public_id(*of)) for model, of in PUBLIC_IDS.items()),
        AddTrigger(
            model_name="bandedfeestructure",
            trigger=pgtrigger.compiler.Trigger(
                name="banded_structure_matches_type",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n            IF TG_OP <> 'DELETE' THEN\n                \n    PERFORM 1 FROM contract WHERE id = NEW.contract_id FOR NO KEY UPDATE;\n    IF EXISTS (\n        SELECT 1 FROM contract c WHERE c.id = NEW.contract_id AND NOT (\n            EXISTS (SELECT 1 FROM contract_banded_fee_structure b WHERE b.contract_id = c.id)\n            AND (c.contract_type = 'ittecf_ectp') =\n                EXISTS (SELECT 1 FROM contract_flat_rate_fee_structure f WHERE f.contract_id = c.id)\n            AND NOT (c.contract_type = 'ittecf_ectp' AND EXISTS (\n                SELECT 1 FROM contract_banded_fee_structure b\n                WHERE b.contract_id = c.id AND b.uplift_fee_per_declaration <> 0))\n        )\n    ) THEN\n        RAISE EXCEPTION 'The fee structures do not match the contract type'\n        USING ERRCODE = 'integrity_constraint_violation',\n            CONSTRAINT = 'fee_structures_match_contract_type';\n    END IF;\n\n            END IF;\n            IF TG_OP <> 'INSERT' THEN\n                \n    PERFORM 1 FROM contract WHERE id = OLD.contract_id FOR NO KEY UPDATE;\n    IF EXISTS (\n        SELECT 1 FROM contract c WHERE c.id = OLD.contract_id AND NOT (\n            EXISTS (SELECT 1 FROM contract_banded_fee_structure b WHERE b.contract_id = c.id)\n            AND (c.contract_type = 'ittecf_ectp') =\n                EXISTS (SELECT 1 FROM contract_flat_rate_fee_structure f WHERE f.contract_id = c.id)\n            AND NOT (c.contract_type = 'ittecf_ectp' AND EXISTS (\n                SELECT 1 FROM contract_banded_fee_structure b\n                WHERE b.contract_id = c.id AND b.uplift_fee_per_declaration <> 0))\n        )\n    ) THEN\n        RAISE EXCEPTION 'The fee structures do not match the contract type'\n        USING ERRCODE = 'integrity_constraint_violation',\n            CONSTRAINT = 'fee_structures_match_contract_type';\n    END IF;\n\n            END IF;\n            RETURN NULL;\n        ",
                    hash="5a734db141fdabdce032df7e5e2e87d8a9769735",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_banded_structure_matches_type_947ed",
                    table="contract_banded_fee_structure",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="contract",
            trigger=pgtrigger.compiler.Trigger(
                name="contract_fee_structures_match",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n            IF TG_OP <> 'DELETE' THEN\n                \n    PERFORM 1 FROM contract WHERE id = NEW.id FOR NO KEY UPDATE;\n    IF EXISTS (\n        SELECT 1 FROM contract c WHERE c.id = NEW.id AND NOT (\n            EXISTS (SELECT 1 FROM contract_banded_fee_structure b WHERE b.contract_id = c.id)\n            AND (c.contract_type = 'ittecf_ectp') =\n                EXISTS (SELECT 1 FROM contract_flat_rate_fee_structure f WHERE f.contract_id = c.id)\n            AND NOT (c.contract_type = 'ittecf_ectp' AND EXISTS (\n                SELECT 1 FROM contract_banded_fee_structure b\n                WHERE b.contract_id = c.id AND b.uplift_fee_per_declaration <> 0))\n        )\n    ) THEN\n        RAISE EXCEPTION 'The fee structures do not match the contract type'\n        USING ERRCODE = 'integrity_constraint_violation',\n            CONSTRAINT = 'fee_structures_match_contract_type';\n    END IF;\n\n            END IF;\n            IF TG_OP <> 'INSERT' THEN\n                \n    PERFORM 1 FROM contract WHERE id = OLD.id FOR NO KEY UPDATE;\n    IF EXISTS (\n        SELECT 1 FROM contract c WHERE c.id = OLD.id AND NOT (\n            EXISTS (SELECT 1 FROM contract_banded_fee_structure b WHERE b.contract_id = c.id)\n            AND (c.contract_type = 'ittecf_ectp') =\n                EXISTS (SELECT 1 FROM contract_flat_rate_fee_structure f WHERE f.contract_id = c.id)\n            AND NOT (c.contract_type = 'ittecf_ectp' AND EXISTS (\n                SELECT 1 FROM contract_banded_fee_structure b\n                WHERE b.contract_id = c.id AND b.uplift_fee_per_declaration <> 0))\n        )\n    ) THEN\n        RAISE EXCEPTION 'The fee structures do not match the contract type'\n        USING ERRCODE = 'integrity_constraint_violation',\n            CONSTRAINT = 'fee_structures_match_contract_type';\n    END IF;\n\n            END IF;\n            RETURN NULL;\n        ",
                    hash="554794d55d76eae3b21b2381e0243954ae57faa9",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_contract_fee_structures_match_73180",
                    table="contract",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="declaration",
            trigger=pgtrigger.compiler.Trigger(
                name="what_is_settled_is_on_a_paid_statement",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.payment_status = 'paid')",
                    constraint="CONSTRAINT",
                    func="\n            IF (TG_OP = 'INSERT' OR (NEW.payment_status, NEW.payment_statement_id, NEW.clawback_status, NEW.clawback_statement_id) IS DISTINCT FROM (OLD.payment_status, OLD.payment_statement_id, OLD.clawback_status, OLD.clawback_statement_id))\n                AND (EXISTS (\n            SELECT 1 FROM statement WHERE status <> 'paid' AND id IN (\n                NEW.payment_statement_id,\n                CASE NEW.clawback_status WHEN 'clawed_back' THEN NEW.clawback_statement_id END))) THEN\n                RAISE EXCEPTION 'What is paid or clawed back is on a statement that is paid'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'what_is_settled_is_on_a_paid_statement';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="9fdf7e6237303e9a67e0ca6599659a6382140802",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_what_is_settled_is_on_a_paid_statement_aa340",
                    table="declaration",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="declaration",
            trigger=pgtrigger.compiler.Trigger(
                name="what_is_owed_never_goes_back",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.payment_status IN ('eligible', 'payable'))",
                    func="\n            IF NEW.payment_status = 'no_payment'\n            OR OLD.payment_status = 'payable' AND NEW.payment_status = 'eligible' THEN\n                RAISE EXCEPTION 'A declaration goes from eligible to payable to paid, or is voided'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'what_is_owed_never_goes_back';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="40f8fcad36e7a35a1af7be5972a2710da65582be",
                    operation="UPDATE",
                    pgid="pgtrigger_what_is_owed_never_goes_back_625d8",
                    table="declaration",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="flatratefeestructure",
            trigger=pgtrigger.compiler.Trigger(
                name="flat_rate_structure_matches_type",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n            IF TG_OP <> 'DELETE' THEN\n                \n    PERFORM 1 FROM contract WHERE id = NEW.contract_id FOR NO KEY UPDATE;\n    IF EXISTS (\n        SELECT 1 FROM contract c WHERE c.id = NEW.contract_id AND NOT (\n            EXISTS (SELECT 1 FROM contract_banded_fee_structure b WHERE b.contract_id = c.id)\n            AND (c.contract_type = 'ittecf_ectp') =\n                EXISTS (SELECT 1 FROM contract_flat_rate_fee_structure f WHERE f.contract_id = c.id)\n            AND NOT (c.contract_type = 'ittecf_ectp' AND EXISTS (\n                SELECT 1 FROM contract_banded_fee_structure b\n                WHERE b.contract_id = c.id AND b.uplift_fee_per_declaration <> 0))\n        )\n    ) THEN\n        RAISE EXCEPTION 'The fee structures do not match the contract type'\n        USING ERRCODE = 'integrity_constraint_violation',\n            CONSTRAINT = 'fee_structures_match_contract_type';\n    END IF;\n\n            END IF;\n            IF TG_OP <> 'INSERT' THEN\n                \n    PERFORM 1 FROM contract WHERE id = OLD.contract_id FOR NO KEY UPDATE;\n    IF EXISTS (\n        SELECT 1 FROM contract c WHERE c.id = OLD.contract_id AND NOT (\n            EXISTS (SELECT 1 FROM contract_banded_fee_structure b WHERE b.contract_id = c.id)\n            AND (c.contract_type = 'ittecf_ectp') =\n                EXISTS (SELECT 1 FROM contract_flat_rate_fee_structure f WHERE f.contract_id = c.id)\n            AND NOT (c.contract_type = 'ittecf_ectp' AND EXISTS (\n                SELECT 1 FROM contract_banded_fee_structure b\n                WHERE b.contract_id = c.id AND b.uplift_fee_per_declaration <> 0))\n        )\n    ) THEN\n        RAISE EXCEPTION 'The fee structures do not match the contract type'\n        USING ERRCODE = 'integrity_constraint_violation',\n            CONSTRAINT = 'fee_structures_match_contract_type';\n    END IF;\n\n            END IF;\n            RETURN NULL;\n        ",
                    hash="2a7ed9903afecc471dbc6a839c83a3b7d6c44c3d",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_flat_rate_structure_matches_type_370d7",
                    table="contract_flat_rate_fee_structure",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="inductionperiod",
            trigger=pgtrigger.compiler.Trigger(
                name="nothing_follows_an_induction_outcome",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n            IF (TG_OP = 'INSERT' OR (NEW.teacher_id, NEW.started_on, NEW.outcome) IS DISTINCT FROM (OLD.teacher_id, OLD.started_on, OLD.outcome))\n                AND (EXISTS (\n                    SELECT 1 FROM induction_period\n                    WHERE teacher_id = NEW.teacher_id AND id <> NEW.id\n                    AND (outcome IS NOT NULL AND started_on < NEW.started_on\n                        OR NEW.outcome IS NOT NULL AND started_on > NEW.started_on))) THEN\n                RAISE EXCEPTION 'No induction period follows the one with the outcome'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'nothing_follows_an_induction_outcome';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="065c35b40c280d46e14412bd6eb71b4de09e844e",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_nothing_follows_an_induction_outcome_aa3b5",
                    table="induction_period",
                    timing="DEFERRABLE INITIALLY IMMEDIATE",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="statement",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_counts_once_paid",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.status = 'paid')",
                    func="\n            PERFORM 1 FROM statement WHERE id = NEW.id FOR UPDATE;\n            DELETE FROM statement_count WHERE statement_id = NEW.id;\n            INSERT INTO statement_count (statement_id, trainee_role, declaration_type, billable, refundable, billable_uplifts, refundable_uplifts, voided)\n                \n    SELECT statement_id, trainee_role, declaration_type, sum(billable)::int,\n        sum(refundable)::int, sum(billable_uplifts)::int, sum(refundable_uplifts)::int,\n        sum(voided)::int\n    FROM (\n        SELECT payment_statement_id AS statement_id, trainee_role, declaration_type,\n            count(*) FILTER (WHERE payment_status IN ('eligible', 'payable', 'paid')) AS billable,\n            0 AS refundable,\n            count(*) FILTER (WHERE payment_status IN ('eligible', 'payable', 'paid')\n                AND (pupil_premium_uplift OR sparsity_uplift)) AS billable_uplifts,\n            0 AS refundable_uplifts,\n            count(*) FILTER (WHERE payment_status = 'voided') AS voided\n        FROM declaration WHERE payment_statement_id = ANY(ARRAY[NEW.id])\n        GROUP BY payment_statement_id, trainee_role, declaration_type\n        UNION ALL\n        SELECT clawback_statement_id, trainee_role, declaration_type, 0, count(*), 0,\n            count(*) FILTER (WHERE pupil_premium_uplift OR sparsity_uplift), 0\n        FROM declaration\n        WHERE clawback_statement_id = ANY(ARRAY[NEW.id])\n            AND clawback_status IN ('awaiting_clawback', 'clawed_back')\n        GROUP BY clawback_statement_id, trainee_role, declaration_type\n    ) AS part\n    GROUP BY statement_id, trainee_role, declaration_type;\n            RETURN NULL;\n        ",
                    hash="b23c5273971323042c1025aebcbd05dbc638210d",
                    operation='UPDATE OF "status"',
                    pgid="pgtrigger_keep_counts_once_paid_d7dc0",
                    table="statement",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="statementauditnote",
            trigger=pgtrigger.compiler.Trigger(
                name="audit_notes_never_change",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF NEW.statement_id IS DISTINCT FROM OLD.statement_id OR NEW.body IS DISTINCT FROM OLD.body THEN\n                RAISE EXCEPTION 'statement_id, body cannot be changed'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'audit_notes_never_change';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="d1201bfb1c49cb171cc1394b8a9f7a2fdaf65e6e",
                    operation="UPDATE",
                    pgid="pgtrigger_audit_notes_never_change_a819e",
                    table="statement_audit_note",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="statementauditnote",
            trigger=pgtrigger.compiler.Trigger(
                name="audit_notes_of_paid_statements_stay",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF EXISTS (\n                    SELECT 1 FROM statement WHERE id = OLD.statement_id AND status = 'paid') THEN\n                RAISE EXCEPTION 'Notes about a paid statement are never deleted'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'audit_notes_of_paid_statements_stay';\n            END IF;\n            RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;\n        ",
                    hash="22b86711d76d872108be780598ba9e50fb11911c",
                    operation="DELETE",
                    pgid="pgtrigger_audit_notes_of_paid_statements_stay_c8310",
                    table="statement_audit_note",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="statementcount",
            trigger=pgtrigger.compiler.Trigger(
                name="counts_are_kept_by_the_database",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF pg_trigger_depth() < 2 THEN\n                RAISE EXCEPTION 'What is counted on a statement is written by the database alone'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'counts_are_kept_by_the_database';\n            END IF;\n            RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;\n        ",
                    hash="e238736a4bcc2023367403aaab4c929d1d0d45ed",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_counts_are_kept_by_the_database_a9096",
                    table="statement_count",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="teacheridchange",
            trigger=pgtrigger.compiler.Trigger(
                name="nobodys_own_id_is_retired",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF (TG_OP = 'INSERT' OR (NEW.teacher_id, NEW.api_from_teacher_id) IS DISTINCT FROM (OLD.teacher_id, OLD.api_from_teacher_id))\n                AND (EXISTS (\n                    SELECT 1 FROM teacher\n                    WHERE api_id = NEW.api_from_teacher_id\n                    AND (id = NEW.teacher_id OR anonymised_at IS NULL))) THEN\n                RAISE EXCEPTION 'The id that somebody has now is not retired'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'nobodys_own_id_is_retired';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="8df35b6691221fc2642e7971752d52f72ef71a43",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_nobodys_own_id_is_retired_430db",
                    table="teacher_id_change",
                    when="BEFORE",
                ),
            ),
        ),
        *(
            AddConstraint(model_name=model, constraint=is_seen(table, column))
            for model, (table, columns) in TEXT.items()
            for column in columns.split()
        ),
        *(
            AddConstraint(model_name=model, constraint=is_real(table, columns))
            for model, (table, columns) in REAL.items()
        ),
        AddConstraint(
            model_name="declaration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("voided_by_user__isnull", True),
                    ("payment_status", "voided"),
                    models.Q(("clawback_status", "no_clawback"), _negated=True),
                    _connector="OR",
                ),
                name="voided_by_staff_only_when_voided",
            ),
        ),
    ]
