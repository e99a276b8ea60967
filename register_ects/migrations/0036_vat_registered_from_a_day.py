import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("register_ects", "0035_reminders_of_schools"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="leadprovider",
            name="before_update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="leadprovider",
            name="before_delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="leadprovider",
            name="vat_registration_is_fixed_once_paid",
        ),
        migrations.RemoveConstraint(
            model_name="leadprovider",
            name="lead_provider_values_are_finite",
        ),
        migrations.AddField(
            model_name="leadprovider",
            name="vat_registered_from",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="leadproviderevent",
            name="vat_registered_from",
            field=models.DateField(blank=True, null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="leadprovider",
            trigger=pgtrigger.compiler.Trigger(
                name="vat_registration_is_fixed_once_paid",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.vat_registered <> NEW.vat_registered OR OLD.vat_registered_from IS DISTINCT FROM NEW.vat_registered_from)",
                    func="\n                    PERFORM 1 FROM statement WHERE lead_provider_id = NEW.id FOR SHARE;\n            IF EXISTS (\n                    SELECT 1 FROM statement WHERE lead_provider_id = NEW.id AND status = 'paid'\n                    AND (OLD.vat_registered AND coalesce(OLD.vat_registered_from <= payment_date, true)) <> (NEW.vat_registered AND coalesce(NEW.vat_registered_from <= payment_date, true))) THEN\n                RAISE EXCEPTION 'Statements of the lead provider were paid with or without VAT'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'vat_registration_is_fixed_once_paid';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="ec3295625ac184cc41aa4cbe5f0d11983f1ec861",
                    operation="UPDATE",
                    pgid="pgtrigger_vat_registration_is_fixed_once_paid_86e24",
                    table="lead_provider",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="leadprovider",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "lead_provider_history" ("api_request_limit", "created_at", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "vat_registered", "vat_registered_from") VALUES (OLD."api_request_limit", OLD."created_at", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."updated_at", OLD."vat_registered", OLD."vat_registered_from"); RETURN NULL;',
                    hash="5a3dcec34d5f0f090f4ca8ff065cce2b8d7b64f5",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_67d32",
                    table="lead_provider",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="leadprovider",
            trigger=pgtrigger.compiler.Trigger(
                name="before_delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "lead_provider_history" ("api_request_limit", "created_at", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "vat_registered", "vat_registered_from") VALUES (OLD."api_request_limit", OLD."created_at", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'before_delete\', OLD."id", OLD."updated_at", OLD."vat_registered", OLD."vat_registered_from"); RETURN NULL;',
                    hash="88600839110621aed2f83a4801f1d6b4d5e2650e",
                    operation="DELETE",
                    pgid="pgtrigger_before_delete_delete_a6c2b",
                    table="lead_provider",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="leadprovider",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Func(
                        models.F("created_at"),
                        function="isfinite",
                        output_field=models.BooleanField(),
                    ),
                    models.Func(
                        models.F("updated_at"),
                        function="isfinite",
                        output_field=models.BooleanField(),
                    ),
                    models.Func(
                        models.F("vat_registered_from"),
                        function="isfinite",
                        output_field=models.BooleanField(),
                    ),
                ),
                name="lead_provider_values_are_finite",
            ),
        ),
    ]
