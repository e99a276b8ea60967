import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("register_ects", "0006_sandbox_scenario"),
    ]

    operations = [
        migrations.CreateModel(
            name="ShownSchool",
            fields=[
                ("record_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("api_id", models.UUIDField(unique=True)),
                ("urn", models.PositiveIntegerField(db_index=True)),
                ("created_at", models.DateTimeField()),
                ("is_eligible", models.BooleanField()),
                ("payload_start", models.TextField()),
                ("own_updated_at", models.DateTimeField()),
                ("last_changed_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "db_table": "shown_school",
                "indexes": [
                    models.Index(fields=["created_at", "record_id"], name="shown_schools_in_order")
                ],
            },
        ),
        migrations.CreateModel(
            name="ShownSchoolInterest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.SmallIntegerField()),
                ("payload", models.TextField()),
                ("updated_at", models.DateTimeField()),
                (
                    "lead_provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="register_ects.leadprovider",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="interests",
                        to="register_ects.shownschool",
                    ),
                ),
            ],
            options={
                "db_table": "shown_school_interest",
                "indexes": [
                    models.Index(
                        fields=["lead_provider", "year", "school"], name="interests_of_a_provider"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("school", "year", "lead_provider"),
                        name="one_view_of_a_school_for_a_provider_in_a_year",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ShownSchoolYear",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.SmallIntegerField()),
                ("in_partnership", models.BooleanField()),
                ("payload", models.TextField()),
                ("updated_at", models.DateTimeField()),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="years",
                        to="register_ects.shownschool",
                    ),
                ),
            ],
            options={
                "db_table": "shown_school_year",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("school", "year"), name="one_view_of_a_school_in_a_year"
                    )
                ],
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="contractperiod",
            name="marks_what_is_stale",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contractperiod",
            trigger=pgtrigger.compiler.Trigger(
                name="marks_what_is_stale",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."finished_on" IS DISTINCT FROM (NEW."finished_on") OR OLD."started_on" IS DISTINCT FROM (NEW."started_on") OR OLD."uplift_fees_enabled" IS DISTINCT FROM (NEW."uplift_fees_enabled"))',
                    func="\n            IF NOT coalesce(current_setting('register_ects.mark_stale', true), '') = 'off' THEN\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('contract_period', NEW.year)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            END IF;\n            RETURN NULL;\n        ",
                    hash="df339408c100269f4f795abbbacd4e8bc5e8f99a",
                    operation="UPDATE",
                    pgid="pgtrigger_marks_what_is_stale_6f553",
                    table="contract_period",
                    when="AFTER",
                ),
            ),
        ),
    ]
