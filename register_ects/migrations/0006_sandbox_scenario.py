import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("register_ects", "0005_api_requests"),
    ]

    operations = [
        migrations.CreateModel(
            name="SandboxScenario",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("schools", "Schools"),
                            ("participants", "Participants"),
                            ("special", "Special cases"),
                        ],
                        max_length=12,
                    ),
                ),
                ("key", models.CharField(max_length=60)),
                ("title", models.TextField()),
                (
                    "participant_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, size=None
                    ),
                ),
                (
                    "school_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, size=None
                    ),
                ),
                (
                    "partnership_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, size=None
                    ),
                ),
                (
                    "lead_provider",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="register_ects.leadprovider",
                    ),
                ),
            ],
            options={
                "db_table": "sandbox_scenario",
                "ordering": ["position"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("group__in", ["schools", "participants", "special"]),
                            ("group__isnull", True),
                            _connector="OR",
                        ),
                        name="sandbox_group_is_known",
                    ),
                    models.UniqueConstraint(
                        fields=("lead_provider", "key"),
                        name="one_sandbox_scenario_of_a_key_for_each_provider",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
    ]
