from importlib import import_module

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


AddTrigger = import_module("register_ects.migrations.0002_data_model").AddTrigger


class Migration(migrations.Migration):
    dependencies = [
        ("register_ects", "0003_composite_keys"),
    ]

    operations = [
        migrations.CreateModel(
            name="ProjectionState",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("shown_for", models.DateField(null=True)),
                ("purged_through", models.BigIntegerField(default=0)),
                ("refreshed_at", models.DateTimeField(null=True)),
                ("verified_at", models.DateTimeField(null=True)),
                ("drifted", models.PositiveIntegerField(default=0)),
            ],
            options={
                "db_table": "projection_state",
            },
        ),
        migrations.CreateModel(
            name="ShownChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("occurred_at", models.DateTimeField()),
                (
                    "resource_type",
                    models.CharField(
                        choices=[
                            ("participant", "Participant"),
                            ("participant-transfer", "Transfer"),
                            ("participant-declaration", "Declaration"),
                            ("statement", "Statement"),
                            ("delivery-partner", "Delivery Partner"),
                            ("partnership", "Partnership"),
                            ("school", "School"),
                            ("unfunded-mentor", "Unfunded Mentor"),
                        ],
                        max_length=24,
                    ),
                ),
                ("resource_id", models.UUIDField()),
                ("year", models.SmallIntegerField(null=True)),
                (
                    "change",
                    models.CharField(
                        choices=[
                            ("created", "Created"),
                            ("updated", "Updated"),
                            ("removed", "Removed"),
                        ],
                        max_length=7,
                    ),
                ),
                (
                    "changed_fields",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("replaced_by", models.UUIDField(null=True)),
            ],
            options={
                "db_table": "shown_change",
            },
        ),
        migrations.CreateModel(
            name="ShownResource",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "resource_type",
                    models.CharField(
                        choices=[
                            ("participant", "Participant"),
                            ("participant-transfer", "Transfer"),
                            ("participant-declaration", "Declaration"),
                            ("statement", "Statement"),
                            ("delivery-partner", "Delivery Partner"),
                            ("partnership", "Partnership"),
                            ("school", "School"),
                            ("unfunded-mentor", "Unfunded Mentor"),
                        ],
                        max_length=24,
                    ),
                ),
                ("record_id", models.BigIntegerField()),
                ("api_id", models.UUIDField()),
                ("created_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
                ("payload", models.TextField()),
                (
                    "years",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(), default=list, size=None
                    ),
                ),
                ("participant_id", models.UUIDField(null=True)),
                ("delivery_partner_id", models.UUIDField(null=True)),
                (
                    "training_statuses",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                (
                    "retired_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, size=None
                    ),
                ),
            ],
            options={
                "db_table": "shown_resource",
            },
        ),
        migrations.CreateModel(
            name="StaleMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("teacher", "Teacher"),
                            ("declaration", "Declaration"),
                            ("statement", "Statement"),
                            ("partnership", "Partnership"),
                            ("school", "School"),
                            ("delivery_partner", "Delivery Partner"),
                            ("partnership_details", "Partnership Details"),
                            ("school_details", "School Details"),
                            ("register_record", "Register Record"),
                            ("uplifts", "Uplifts"),
                            ("lead_provider_name", "Lead Provider Name"),
                            ("delivery_partner_name", "Delivery Partner Name"),
                            ("contract_period", "Contract Period"),
                        ],
                        max_length=24,
                    ),
                ),
                ("record_id", models.BigIntegerField()),
                (
                    "transaction_id",
                    models.BigIntegerField(
                        db_default=models.Func(template="(pg_current_xact_id()::text::bigint)"),
                        db_index=True,
                    ),
                ),
            ],
            options={
                "db_table": "stale_mark",
            },
        ),
        AddTrigger(
            model_name="contractperiod",
            trigger=pgtrigger.compiler.Trigger(
                name="marks_what_is_stale",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."uplift_fees_enabled" IS DISTINCT FROM (NEW."uplift_fees_enabled"))',
                    func="\n            IF NOT coalesce(current_setting('register_ects.mark_stale', true), '') = 'off' THEN\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('contract_period', NEW.year)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            END IF;\n            RETURN NULL;\n        ",
                    hash="6e56ed90bf88caba587f35e8ebbcc9830799b797",
                    operation="UPDATE",
                    pgid="pgtrigger_marks_what_is_stale_6f553",
                    table="contract_period",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="declaration",
            trigger=pgtrigger.compiler.Trigger(
                name="marks_what_is_stale",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF coalesce(current_setting('register_ects.mark_stale', true), '') = 'off' THEN\n                RETURN NULL;\n            ELSIF TG_OP = 'INSERT' THEN\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('declaration', NEW.id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            ELSIF TG_OP = 'DELETE' THEN\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('declaration', OLD.id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            ELSE\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('declaration', OLD.id)) AS v(kind, key) WHERE v.key IS NOT NULL UNION SELECT v.kind, v.key FROM (VALUES ('declaration', NEW.id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            END IF;\n            RETURN NULL;\n        ",
                    hash="19363582b4537494e11a4e49a2a887daafea06ca",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_marks_what_is_stale_ccf05",
                    table="declaration",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="deliverypartner",
            trigger=pgtrigger.compiler.Trigger(
                name="marks_what_is_stale",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF coalesce(current_setting('register_ects.mark_stale', true), '') = 'off' THEN\n                RETURN NULL;\n            ELSIF TG_OP = 'INSERT' THEN\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('delivery_partner_name', NEW.id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            ELSIF TG_OP = 'DELETE' THEN\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('delivery_partner_name', OLD.id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            ELSE\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('delivery_partner_name', OLD.id)) AS v(kind, key) WHERE v.key IS NOT NULL UNION SELECT v.kind, v.key FROM (VALUES ('delivery_partner_name', NEW.id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            END IF;\n            RETURN NULL;\n        ",
                    hash="a9b20fd2a63dbe3689cf7b5daba0c81f7dee8274",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_marks_what_is_stale_f1869",
                    table="delivery_partner",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="ectatschoolperiod",
            trigger=pgtrigger.compiler.Trigger(
                name="marks_what_is_stale",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF coalesce(current_setting('register_ects.mark_stale', true), '') = 'off' THEN\n                RETURN NULL;\n            ELSIF TG_OP = 'INSERT' THEN\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('teacher', NEW.teacher_id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            ELSIF TG_OP = 'DELETE' THEN\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('teacher', OLD.teacher_id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            ELSE\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('teacher', OLD.teacher_id)) AS v(kind, key) WHERE v.key IS NOT NULL UNION SELECT v.kind, v.key FROM (VALUES ('teacher', NEW.teacher_id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            END IF;\n            RETURN NULL;\n        ",
                    hash="2f2351da526ce2e0fed70e09566617f5612d200c",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_marks_what_is_stale_b6fd8",
                    table="ect_at_school_period",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="giasschool",
            trigger=pgtrigger.compiler.Trigger(
                name="marks_what_is_stale",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."eligible" IS DISTINCT FROM (NEW."eligible") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."primary_contact_email" IS DISTINCT FROM (NEW."primary_contact_email") OR OLD."secondary_contact_email" IS DISTINCT FROM (NEW."secondary_contact_email"))',
                    func="\n            IF NOT coalesce(current_setting('register_ects.mark_stale', true), '') = 'off' THEN\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('register_record', NEW.urn)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            END IF;\n            RETURN NULL;\n        ",
                    hash="74b6c01921170ee84750c3038c5d426cc274d874",
                    operation="UPDATE",
                    pgid="pgtrigger_marks_what_is_stale_fa5e3",
                    table="gias_school",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="inductionperiod",
            trigger=pgtrigger.compiler.Trigger(
                name="marks_what_is_stale",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF coalesce(current_setting('register_ects.mark_stale', true), '') = 'off' THEN\n                RETURN NULL;\n            ELSIF TG_OP = 'INSERT' THEN\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('teacher', NEW.teacher_id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            ELSIF TG_OP = 'DELETE' THEN\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('teacher', OLD.teacher_id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            ELSE\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('teacher', OLD.teacher_id)) AS v(kind, key) WHERE v.key IS NOT NULL UNION SELECT v.kind, v.key FROM (VALUES ('teacher', NEW.teacher_id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            END IF;\n            RETURN NULL;\n        ",
                    hash="dc1e8d32ecb965c8cbe20b39a7728c028ced6b41",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_marks_what_is_stale_da1c1",
                    table="induction_period",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="leadprovider",
            trigger=pgtrigger.compiler.Trigger(
                name="marks_what_is_stale",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."name" IS DISTINCT FROM (NEW."name"))',
                    func="\n            IF NOT coalesce(current_setting('register_ects.mark_stale', true), '') = 'off' THEN\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('lead_provider_name', NEW.id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            END IF;\n            RETURN NULL;\n        ",
                    hash="9fe6b38df18f3f6daa2cc58504174074e9f68a96",
                    operation="UPDATE",
                    pgid="pgtrigger_marks_what_is_stale_11029",
                    table="lead_provider",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="leadproviderdeliverypartnership",
            trigger=pgtrigger.compiler.Trigger(
                name="marks_what_is_stale",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF coalesce(current_setting('register_ects.mark_stale', true), '') = 'off' THEN\n                RETURN NULL;\n            ELSIF TG_OP = 'INSERT' THEN\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('delivery_partner', NEW.delivery_partner_id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            ELSIF TG_OP = 'DELETE' THEN\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('delivery_partner', OLD.delivery_partner_id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            ELSE\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('delivery_partner', OLD.delivery_partner_id)) AS v(kind, key) WHERE v.key IS NOT NULL UNION SELECT v.kind, v.key FROM (VALUES ('delivery_partner', NEW.delivery_partner_id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            END IF;\n            RETURN NULL;\n        ",
                    hash="9a8a633dd5435142a9af9aa85af201eecf9b3728",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_marks_what_is_stale_985da",
                    table="lead_provider_delivery_partnership",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="mentoratschoolperiod",
            trigger=pgtrigger.compiler.Trigger(
                name="marks_what_is_stale",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF coalesce(current_setting('register_ects.mark_stale', true), '') = 'off' THEN\n                RETURN NULL;\n            ELSIF TG_OP = 'INSERT' THEN\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('teacher', NEW.teacher_id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            ELSIF TG_OP = 'DELETE' THEN\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('teacher', OLD.teacher_id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            ELSE\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('teacher', OLD.teacher_id)) AS v(kind, key) WHERE v.key IS NOT NULL UNION SELECT v.kind, v.key FROM (VALUES ('teacher', NEW.teacher_id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            END IF;\n            RETURN NULL;\n        ",
                    hash="0035d367d83e4ebb5ab6f1ce0065980ab4780615",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_marks_what_is_stale_bfcbb",
                    table="mentor_at_school_period",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="mentorshipperiod",
            trigger=pgtrigger.compiler.Trigger(
                name="marks_what_is_stale",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF coalesce(current_setting('register_ects.mark_stale', true), '') = 'off' THEN\n                RETURN NULL;\n            ELSIF TG_OP = 'INSERT' THEN\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('teacher', NEW.ect_teacher_id), ('teacher', NEW.mentor_teacher_id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            ELSIF TG_OP = 'DELETE' THEN\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('teacher', OLD.ect_teacher_id), ('teacher', OLD.mentor_teacher_id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            ELSE\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('teacher', OLD.ect_teacher_id), ('teacher', OLD.mentor_teacher_id)) AS v(kind, key) WHERE v.key IS NOT NULL UNION SELECT v.kind, v.key FROM (VALUES ('teacher', NEW.ect_teacher_id), ('teacher', NEW.mentor_teacher_id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            END IF;\n            RETURN NULL;\n        ",
                    hash="e7cc23c2d4478f4b84ecf73018bcde95195c5de3",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_marks_what_is_stale_ae687",
                    table="mentorship_period",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="school",
            trigger=pgtrigger.compiler.Trigger(
                name="marks_what_is_stale",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF coalesce(current_setting('register_ects.mark_stale', true), '') = 'off' THEN\n                RETURN NULL;\n            ELSIF TG_OP = 'INSERT' THEN\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('school_details', NEW.id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            ELSIF TG_OP = 'DELETE' THEN\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('school_details', OLD.id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            ELSE\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('school_details', OLD.id)) AS v(kind, key) WHERE v.key IS NOT NULL UNION SELECT v.kind, v.key FROM (VALUES ('school_details', NEW.id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            END IF;\n            RETURN NULL;\n        ",
                    hash="1bc504ec1466ca07d7603ff187945fc86b3773d0",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_marks_what_is_stale_a517b",
                    table="school",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="schoolfundingeligibility",
            trigger=pgtrigger.compiler.Trigger(
                name="marks_what_is_stale",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF coalesce(current_setting('register_ects.mark_stale', true), '') = 'off' THEN\n                RETURN NULL;\n            ELSIF TG_OP = 'INSERT' THEN\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('uplifts', NEW.gias_school_urn)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            ELSIF TG_OP = 'DELETE' THEN\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('uplifts', OLD.gias_school_urn)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            ELSE\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('uplifts', OLD.gias_school_urn)) AS v(kind, key) WHERE v.key IS NOT NULL UNION SELECT v.kind, v.key FROM (VALUES ('uplifts', NEW.gias_school_urn)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            END IF;\n            RETURN NULL;\n        ",
                    hash="8fba76206937c2f63c861d21656eb339164a267a",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_marks_what_is_stale_3b94a",
                    table="school_funding_eligibility",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="schoolpartnership",
            trigger=pgtrigger.compiler.Trigger(
                name="marks_what_is_stale",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF coalesce(current_setting('register_ects.mark_stale', true), '') = 'off' THEN\n                RETURN NULL;\n            ELSIF TG_OP = 'INSERT' THEN\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('partnership_details', NEW.id), ('school', NEW.school_id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            ELSIF TG_OP = 'DELETE' THEN\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('partnership_details', OLD.id), ('school', OLD.school_id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            ELSE\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('partnership_details', OLD.id), ('school', OLD.school_id)) AS v(kind, key) WHERE v.key IS NOT NULL UNION SELECT v.kind, v.key FROM (VALUES ('partnership_details', NEW.id), ('school', NEW.school_id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            END IF;\n            RETURN NULL;\n        ",
                    hash="8997595fd2d520fd6be43153cecb9a96c40c1a33",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_marks_what_is_stale_3888c",
                    table="school_partnership",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="statement",
            trigger=pgtrigger.compiler.Trigger(
                name="marks_what_is_stale",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF coalesce(current_setting('register_ects.mark_stale', true), '') = 'off' THEN\n                RETURN NULL;\n            ELSIF TG_OP = 'INSERT' THEN\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('statement', NEW.id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            ELSIF TG_OP = 'DELETE' THEN\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('statement', OLD.id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            ELSE\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('statement', OLD.id)) AS v(kind, key) WHERE v.key IS NOT NULL UNION SELECT v.kind, v.key FROM (VALUES ('statement', NEW.id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            END IF;\n            RETURN NULL;\n        ",
                    hash="d47c3a2dd4c8ed4b72183feafc01903bb0341978",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_marks_what_is_stale_a1744",
                    table="statement",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="teacher",
            trigger=pgtrigger.compiler.Trigger(
                name="marks_what_is_stale",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."api_ect_training_record_id" IS DISTINCT FROM (NEW."api_ect_training_record_id") OR OLD."api_id" IS DISTINCT FROM (NEW."api_id") OR OLD."api_mentor_training_record_id" IS DISTINCT FROM (NEW."api_mentor_training_record_id") OR OLD."corrected_name" IS DISTINCT FROM (NEW."corrected_name") OR OLD."ect_became_ineligible_for_funding_on" IS DISTINCT FROM (NEW."ect_became_ineligible_for_funding_on") OR OLD."ect_first_became_eligible_for_training_at" IS DISTINCT FROM (NEW."ect_first_became_eligible_for_training_at") OR OLD."ect_payments_frozen_year_id" IS DISTINCT FROM (NEW."ect_payments_frozen_year_id") OR OLD."mentor_became_ineligible_for_funding_on" IS DISTINCT FROM (NEW."mentor_became_ineligible_for_funding_on") OR OLD."mentor_became_ineligible_for_funding_reason" IS DISTINCT FROM (NEW."mentor_became_ineligible_for_funding_reason") OR OLD."mentor_first_became_eligible_for_training_at" IS DISTINCT FROM (NEW."mentor_first_became_eligible_for_training_at") OR OLD."mentor_payments_frozen_year_id" IS DISTINCT FROM (NEW."mentor_payments_frozen_year_id") OR OLD."trn" IS DISTINCT FROM (NEW."trn") OR OLD."trs_first_name" IS DISTINCT FROM (NEW."trs_first_name") OR OLD."trs_induction_completed_date" IS DISTINCT FROM (NEW."trs_induction_completed_date") OR OLD."trs_induction_start_date" IS DISTINCT FROM (NEW."trs_induction_start_date") OR OLD."trs_last_name" IS DISTINCT FROM (NEW."trs_last_name"))',
                    func="\n            IF NOT coalesce(current_setting('register_ects.mark_stale', true), '') = 'off' THEN\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('teacher', NEW.id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            END IF;\n            RETURN NULL;\n        ",
                    hash="537f2f856b717deec132a7af645ccca526fe8e8b",
                    operation="UPDATE",
                    pgid="pgtrigger_marks_what_is_stale_248b5",
                    table="teacher",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="teacheridchange",
            trigger=pgtrigger.compiler.Trigger(
                name="marks_what_is_stale",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF coalesce(current_setting('register_ects.mark_stale', true), '') = 'off' THEN\n                RETURN NULL;\n            ELSIF TG_OP = 'INSERT' THEN\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('teacher', NEW.teacher_id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            ELSIF TG_OP = 'DELETE' THEN\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('teacher', OLD.teacher_id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            ELSE\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('teacher', OLD.teacher_id)) AS v(kind, key) WHERE v.key IS NOT NULL UNION SELECT v.kind, v.key FROM (VALUES ('teacher', NEW.teacher_id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            END IF;\n            RETURN NULL;\n        ",
                    hash="f1c2a7b8a4d9b08d1bfe1024f396aaa36a9f4874",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_marks_what_is_stale_504a2",
                    table="teacher_id_change",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="trainingperiod",
            trigger=pgtrigger.compiler.Trigger(
                name="marks_what_is_stale",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF coalesce(current_setting('register_ects.mark_stale', true), '') = 'off' THEN\n                RETURN NULL;\n            ELSIF TG_OP = 'INSERT' THEN\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('teacher', NEW.teacher_id), ('partnership', NEW.school_partnership_id), ('school', NEW.school_id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            ELSIF TG_OP = 'DELETE' THEN\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('teacher', OLD.teacher_id), ('partnership', OLD.school_partnership_id), ('school', OLD.school_id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            ELSE\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('teacher', OLD.teacher_id), ('partnership', OLD.school_partnership_id), ('school', OLD.school_id)) AS v(kind, key) WHERE v.key IS NOT NULL UNION SELECT v.kind, v.key FROM (VALUES ('teacher', NEW.teacher_id), ('partnership', NEW.school_partnership_id), ('school', NEW.school_id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            END IF;\n            RETURN NULL;\n        ",
                    hash="8ab15efdf49680ed3d8a7aea612c2532c61527d8",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_marks_what_is_stale_0562a",
                    table="training_period",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="projectionstate",
            constraint=models.CheckConstraint(
                condition=models.Q(("id", 1)), name="projection_state_is_one_row"
            ),
        ),
        migrations.AddField(
            model_name="shownchange",
            name="lead_provider",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="register_ects.leadprovider",
            ),
        ),
        migrations.AddField(
            model_name="shownresource",
            name="lead_provider",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="register_ects.leadprovider",
            ),
        ),
        migrations.AddIndex(
            model_name="shownchange",
            index=models.Index(fields=["lead_provider", "id"], name="changes_of_a_provider"),
        ),
        migrations.AddIndex(
            model_name="shownchange",
            index=models.Index(fields=["occurred_at"], name="changes_by_age"),
        ),
        migrations.AddConstraint(
            model_name="shownchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "resource_type__in",
                        [
                            "participant",
                            "participant-transfer",
                            "participant-declaration",
                            "statement",
                            "delivery-partner",
                            "partnership",
                            "school",
                            "unfunded-mentor",
                        ],
                    ),
                    ("resource_type__isnull", True),
                    _connector="OR",
                ),
                name="shown_change_type_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="shownchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("change__in", ["created", "updated", "removed"]),
                    ("change__isnull", True),
                    _connector="OR",
                ),
                name="shown_change_kind_is_known",
            ),
        ),
        migrations.AddIndex(
            model_name="shownresource",
            index=models.Index(
                fields=["lead_provider", "resource_type", "created_at", "record_id"],
                name="shown_in_order_of_creation",
            ),
        ),
        migrations.AddIndex(
            model_name="shownresource",
            index=models.Index(
                fields=["lead_provider", "resource_type", "updated_at", "record_id"],
                name="shown_in_order_of_change",
            ),
        ),
        migrations.AddIndex(
            model_name="shownresource",
            index=models.Index(fields=["api_id"], name="shown_by_public_id"),
        ),
        migrations.AddIndex(
            model_name="shownresource",
            index=models.Index(
                condition=models.Q(("participant_id__isnull", False)),
                fields=["participant_id"],
                name="shown_by_participant",
            ),
        ),
        migrations.AddIndex(
            model_name="shownresource",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("retired_ids", []), _negated=True),
                fields=["retired_ids"],
                name="shown_by_retired_id",
            ),
        ),
        migrations.AddConstraint(
            model_name="shownresource",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "resource_type__in",
                        [
                            "participant",
                            "participant-transfer",
                            "participant-declaration",
                            "statement",
                            "delivery-partner",
                            "partnership",
                            "school",
                            "unfunded-mentor",
                        ],
                    ),
                    ("resource_type__isnull", True),
                    _connector="OR",
                ),
                name="shown_resource_type_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="shownresource",
            constraint=models.UniqueConstraint(
                fields=("resource_type", "record_id", "lead_provider"),
                name="one_view_of_a_record_for_each_provider",
            ),
        ),
    ]
