"""Every table of the data model, its constraints and its triggers."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import pgtrigger.compiler
import pgtrigger.migrations
import register_ects.clock
import register_ects.models.base
import uuid
from decimal import Decimal
from django.db import migrations, models


class AddTrigger(pgtrigger.migrations.AddTrigger):
    """As the package's, without rendering every related model again: a trigger adds no field."""

    def state_forwards(self, app_label, state):
        options = state.models[app_label, self.model_name].options
        options["triggers"] = [*options.get("triggers", []), self.trigger]


class AddConstraint(migrations.AddConstraint):
    """As Django's, without rendering every related model again: a constraint adds no field."""

    def state_forwards(self, app_label, state):
        options = state.models[app_label, self.model_name_lower].options
        options["constraints"] = [*options.get("constraints", []), self.constraint]


class RemoveConstraint(migrations.RemoveConstraint):
    """As Django's, without rendering every related model again: a constraint takes no field."""

    def state_forwards(self, app_label, state):
        options = state.models[app_label, self.model_name_lower].options
        options["constraints"] = [each for each in options["constraints"] if each.name != self.name]


class Migration(migrations.Migration):
    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        ("register_ects", "0001_extensions"),
    ]

    operations = [
        migrations.CreateModel(
            name="ActiveLeadProvider",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
            ],
            options={
                "db_table": "active_lead_provider",
            },
        ),
        migrations.CreateModel(
            name="AppropriateBody",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("api_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", register_ects.models.base.CaseInsensitiveTextField(unique=True)),
                (
                    "body_type",
                    models.CharField(
                        choices=[
                            ("local_authority", "Local authority"),
                            ("national", "National organisation"),
                            ("teaching_school_hub", "Teaching school hub"),
                        ],
                        max_length=19,
                    ),
                ),
                ("legacy_dqt_id", models.UUIDField(blank=True, null=True, unique=True)),
            ],
            options={
                "db_table": "appropriate_body",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="DeliveryPartner",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("api_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", register_ects.models.base.CaseInsensitiveTextField(unique=True)),
            ],
            options={
                "db_table": "delivery_partner",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="DfESignInOrganisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("uuid", models.UUIDField(unique=True)),
                ("name", models.TextField(unique=True)),
                ("urn", models.PositiveIntegerField(blank=True, null=True, unique=True)),
                ("address", models.TextField(blank=True, null=True)),
                ("category", models.TextField(blank=True, null=True)),
                ("organisation_type", models.TextField(blank=True, null=True)),
                ("status", models.TextField(blank=True, null=True)),
                ("company_registration_number", models.TextField(blank=True, null=True)),
                ("first_authenticated_at", models.DateTimeField(blank=True, null=True)),
                ("last_authenticated_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "db_table": "dfe_sign_in_organisation",
            },
        ),
        migrations.CreateModel(
            name="InductionExtension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("number_of_terms", models.DecimalField(decimal_places=1, max_digits=3)),
            ],
            options={
                "db_table": "induction_extension",
            },
        ),
        migrations.CreateModel(
            name="LeadProvider",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("name", register_ects.models.base.CaseInsensitiveTextField(unique=True)),
                ("vat_registered", models.BooleanField(default=True)),
            ],
            options={
                "db_table": "lead_provider",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="MentorAtSchoolPeriod",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("started_on", models.DateField()),
                ("finished_on", models.DateField(blank=True, null=True)),
                (
                    "period",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(
                                finished_on__lt=models.F("started_on"), then=models.Value(None)
                            ),
                            default=models.Func(
                                models.F("started_on"),
                                models.F("finished_on"),
                                models.Value("[]"),
                                function="daterange",
                                output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                            ),
                        ),
                        output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                    ),
                ),
                (
                    "email",
                    register_ects.models.base.CaseInsensitiveTextField(blank=True, null=True),
                ),
            ],
            options={
                "db_table": "mentor_at_school_period",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                (
                    "declaration_type",
                    models.CharField(
                        choices=[
                            ("started", "Started"),
                            ("retained-1", "Retained 1"),
                            ("retained-2", "Retained 2"),
                            ("retained-3", "Retained 3"),
                            ("retained-4", "Retained 4"),
                            ("completed", "Completed"),
                            ("extended-1", "Extended 1"),
                            ("extended-2", "Extended 2"),
                            ("extended-3", "Extended 3"),
                        ],
                        max_length=11,
                    ),
                ),
                ("start_date", models.DateField()),
                ("milestone_date", models.DateField(blank=True, null=True)),
            ],
            options={
                "db_table": "milestone",
            },
        ),
        migrations.CreateModel(
            name="ActiveLeadProviderBand",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("allocation_order", models.PositiveSmallIntegerField()),
                ("capacity", models.PositiveIntegerField()),
                (
                    "active_lead_provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bands",
                        to="register_ects.activeleadprovider",
                    ),
                ),
            ],
            options={
                "db_table": "active_lead_provider_band",
                "ordering": ["allocation_order"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("allocation_order__gt", 0), ("capacity__gt", 0)),
                        name="band_order_and_capacity_above_zero",
                    ),
                    models.UniqueConstraint(
                        fields=("active_lead_provider", "allocation_order"),
                        name="one_band_per_allocation_order",
                    ),
                    models.UniqueConstraint(
                        fields=("id", "active_lead_provider"),
                        name="band_key_with_active_lead_provider",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActiveLeadProviderBandEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("allocation_order", models.PositiveSmallIntegerField()),
                ("capacity", models.PositiveIntegerField()),
                (
                    "active_lead_provider",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.activeleadprovider",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="register_ects.activeleadproviderband",
                    ),
                ),
            ],
            options={
                "db_table": "active_lead_provider_band_history",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AppropriateBodyPeriod",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("started_on", models.DateField()),
                ("finished_on", models.DateField(blank=True, null=True)),
                (
                    "period",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(
                                finished_on__lt=models.F("started_on"), then=models.Value(None)
                            ),
                            default=models.Func(
                                models.F("started_on"),
                                models.F("finished_on"),
                                models.Value("[]"),
                                function="daterange",
                                output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                            ),
                        ),
                        output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                    ),
                ),
                (
                    "appropriate_body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="designations",
                        to="register_ects.appropriatebody",
                    ),
                ),
            ],
            options={
                "db_table": "appropriate_body_period",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="BandedFeeStructure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("recruitment_target", models.PositiveIntegerField()),
                ("setup_fee", models.DecimalField(decimal_places=2, max_digits=12)),
                (
                    "monthly_service_fee",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True),
                ),
                (
                    "uplift_fee_per_declaration",
                    models.DecimalField(decimal_places=2, max_digits=12),
                ),
                (
                    "uplift_target_ratio",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=5, null=True),
                ),
                (
                    "active_lead_provider",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register_ects.activeleadprovider",
                    ),
                ),
            ],
            options={
                "db_table": "contract_banded_fee_structure",
            },
        ),
        migrations.CreateModel(
            name="BandTerm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("fee_per_declaration", models.DecimalField(decimal_places=2, max_digits=12)),
                ("output_fee_ratio", models.DecimalField(decimal_places=2, max_digits=3)),
                ("service_fee_ratio", models.DecimalField(decimal_places=2, max_digits=3)),
                (
                    "active_lead_provider",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register_ects.activeleadprovider",
                    ),
                ),
                (
                    "band",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terms",
                        to="register_ects.activeleadproviderband",
                    ),
                ),
                (
                    "banded_fee_structure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="band_terms",
                        to="register_ects.bandedfeestructure",
                    ),
                ),
            ],
            options={
                "db_table": "contract_band_term",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("fee_per_declaration__gt", 0)),
                        name="band_fee_above_zero",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("output_fee_ratio__gte", 0),
                            ("service_fee_ratio__gte", 0),
                            (
                                "output_fee_ratio",
                                django.db.models.expressions.CombinedExpression(
                                    models.Value(Decimal("1")), "-", models.F("service_fee_ratio")
                                ),
                            ),
                        ),
                        name="band_ratios_add_up_to_1",
                    ),
                    models.UniqueConstraint(
                        fields=("banded_fee_structure", "band"),
                        name="one_term_per_band_and_contract",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BandTermEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("fee_per_declaration", models.DecimalField(decimal_places=2, max_digits=12)),
                ("output_fee_ratio", models.DecimalField(decimal_places=2, max_digits=3)),
                ("service_fee_ratio", models.DecimalField(decimal_places=2, max_digits=3)),
                (
                    "active_lead_provider",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.activeleadprovider",
                    ),
                ),
                (
                    "band",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.activeleadproviderband",
                    ),
                ),
                (
                    "banded_fee_structure",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.bandedfeestructure",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="register_ects.bandterm",
                    ),
                ),
            ],
            options={
                "db_table": "contract_band_term_history",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Contract",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                (
                    "contract_type",
                    models.CharField(
                        choices=[("ecf", "ECF"), ("ittecf_ectp", "ITTECF ECTP")], max_length=11
                    ),
                ),
                (
                    "vat_rate",
                    models.DecimalField(decimal_places=2, default=Decimal("0.20"), max_digits=3),
                ),
                (
                    "active_lead_provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contracts",
                        to="register_ects.activeleadprovider",
                    ),
                ),
            ],
            options={
                "db_table": "contract",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("contract_type__in", ["ecf", "ittecf_ectp"]),
                            ("contract_type__isnull", True),
                            _connector="OR",
                        ),
                        name="contract_type_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("vat_rate__gte", Decimal("0")), ("vat_rate__lte", Decimal("1"))
                        ),
                        name="vat_rate_between_0_and_1",
                    ),
                    models.UniqueConstraint(
                        fields=("id", "active_lead_provider"),
                        name="contract_key_with_active_lead_provider",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BandedFeeStructureEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("recruitment_target", models.PositiveIntegerField()),
                ("setup_fee", models.DecimalField(decimal_places=2, max_digits=12)),
                (
                    "monthly_service_fee",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True),
                ),
                (
                    "uplift_fee_per_declaration",
                    models.DecimalField(decimal_places=2, max_digits=12),
                ),
                (
                    "uplift_target_ratio",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=5, null=True),
                ),
                (
                    "active_lead_provider",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.activeleadprovider",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="register_ects.bandedfeestructure",
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.contract",
                    ),
                ),
            ],
            options={
                "db_table": "contract_banded_fee_structure_history",
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="bandedfeestructure",
            name="contract",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="banded_fee_structure",
                to="register_ects.contract",
            ),
        ),
        migrations.CreateModel(
            name="ContractEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                (
                    "contract_type",
                    models.CharField(
                        choices=[("ecf", "ECF"), ("ittecf_ectp", "ITTECF ECTP")], max_length=11
                    ),
                ),
                (
                    "vat_rate",
                    models.DecimalField(decimal_places=2, default=Decimal("0.20"), max_digits=3),
                ),
                (
                    "active_lead_provider",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.activeleadprovider",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="register_ects.contract",
                    ),
                ),
            ],
            options={
                "db_table": "contract_history",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ContractPeriod",
            fields=[
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("year", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("started_on", models.DateField()),
                ("finished_on", models.DateField()),
                (
                    "period",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(
                                finished_on__lt=models.F("started_on"), then=models.Value(None)
                            ),
                            default=models.Func(
                                models.F("started_on"),
                                models.F("finished_on"),
                                models.Value("[]"),
                                function="daterange",
                                output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                            ),
                        ),
                        output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                    ),
                ),
                ("enabled", models.BooleanField(default=False)),
                ("payments_frozen_at", models.DateTimeField(blank=True, null=True)),
                ("mentor_funding_enabled", models.BooleanField(default=False)),
                ("detailed_evidence_types_enabled", models.BooleanField(default=False)),
                ("uplift_fees_enabled", models.BooleanField(default=True)),
                ("declarations_in_sequence", models.BooleanField(default=False)),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        db_column="successor_year",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register_ects.contractperiod",
                    ),
                ),
            ],
            options={
                "db_table": "contract_period",
                "ordering": ["year"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("finished_on__gt", models.F("started_on"))),
                        name="contract_period_finishes_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 2020)),
                        name="contract_period_year_from_2020",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        expressions=[("period", "&&")],
                        name="contract_periods_never_overlap",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="activeleadprovider",
            name="contract_period",
            field=models.ForeignKey(
                db_column="contract_period_year",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="active_lead_providers",
                to="register_ects.contractperiod",
            ),
        ),
        migrations.CreateModel(
            name="ContractPeriodEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("year", models.PositiveSmallIntegerField(serialize=False)),
                ("started_on", models.DateField()),
                ("finished_on", models.DateField()),
                ("enabled", models.BooleanField(default=False)),
                ("payments_frozen_at", models.DateTimeField(blank=True, null=True)),
                ("mentor_funding_enabled", models.BooleanField(default=False)),
                ("detailed_evidence_types_enabled", models.BooleanField(default=False)),
                ("uplift_fees_enabled", models.BooleanField(default=True)),
                ("declarations_in_sequence", models.BooleanField(default=False)),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="register_ects.contractperiod",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        db_column="successor_year",
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.contractperiod",
                    ),
                ),
            ],
            options={
                "db_table": "contract_period_history",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DeliveryPartnerEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("api_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("name", register_ects.models.base.CaseInsensitiveTextField()),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="register_ects.deliverypartner",
                    ),
                ),
            ],
            options={
                "db_table": "delivery_partner_history",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AppropriateBodyEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("api_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("name", register_ects.models.base.CaseInsensitiveTextField()),
                (
                    "body_type",
                    models.CharField(
                        choices=[
                            ("local_authority", "Local authority"),
                            ("national", "National organisation"),
                            ("teaching_school_hub", "Teaching school hub"),
                        ],
                        max_length=19,
                    ),
                ),
                ("legacy_dqt_id", models.UUIDField(blank=True, null=True)),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="register_ects.appropriatebody",
                    ),
                ),
                (
                    "dfe_sign_in_organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.dfesigninorganisation",
                    ),
                ),
            ],
            options={
                "db_table": "appropriate_body_history",
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="appropriatebody",
            name="dfe_sign_in_organisation",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="appropriate_body",
                to="register_ects.dfesigninorganisation",
            ),
        ),
        migrations.CreateModel(
            name="ECTAtSchoolPeriod",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("started_on", models.DateField()),
                ("finished_on", models.DateField(blank=True, null=True)),
                (
                    "period",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(
                                finished_on__lt=models.F("started_on"), then=models.Value(None)
                            ),
                            default=models.Func(
                                models.F("started_on"),
                                models.F("finished_on"),
                                models.Value("[]"),
                                function="daterange",
                                output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                            ),
                        ),
                        output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                    ),
                ),
                (
                    "email",
                    register_ects.models.base.CaseInsensitiveTextField(blank=True, null=True),
                ),
                (
                    "working_pattern",
                    models.CharField(
                        blank=True,
                        choices=[("full_time", "Full time"), ("part_time", "Part time")],
                        max_length=9,
                        null=True,
                    ),
                ),
                (
                    "school_reported_appropriate_body",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reported_ects",
                        to="register_ects.appropriatebody",
                    ),
                ),
            ],
            options={
                "db_table": "ect_at_school_period",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="FlatRateFeeStructure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("recruitment_target", models.PositiveIntegerField()),
                ("fee_per_declaration", models.DecimalField(decimal_places=2, max_digits=12)),
                (
                    "contract",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="flat_rate_fee_structure",
                        to="register_ects.contract",
                    ),
                ),
            ],
            options={
                "db_table": "contract_flat_rate_fee_structure",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("fee_per_declaration__gt", 0), ("recruitment_target__gt", 0)
                        ),
                        name="flat_rate_fee_and_target_above_zero",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FlatRateFeeStructureEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("recruitment_target", models.PositiveIntegerField()),
                ("fee_per_declaration", models.DecimalField(decimal_places=2, max_digits=12)),
                (
                    "contract",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.contract",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="register_ects.flatratefeestructure",
                    ),
                ),
            ],
            options={
                "db_table": "contract_flat_rate_fee_structure_history",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="GIASSchool",
            fields=[
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("urn", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("type_name", models.TextField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("closed", "Closed"),
                            ("proposed_to_close", "Open, but proposed to close"),
                            ("proposed_to_open", "Proposed to open"),
                        ],
                        default="open",
                        max_length=17,
                    ),
                ),
                ("opened_on", models.DateField(blank=True, null=True)),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("in_england", models.BooleanField()),
                ("section_41_approved", models.BooleanField(default=False)),
                ("eligible", models.BooleanField(default=False)),
                ("local_authority_code", models.PositiveIntegerField(blank=True, null=True)),
                ("local_authority_name", models.TextField(blank=True, null=True)),
                (
                    "administrative_district_name",
                    models.TextField(blank=True, db_index=True, null=True),
                ),
                ("phase_name", models.TextField(blank=True, null=True)),
                ("postcode", models.TextField(blank=True, null=True)),
                ("address_line1", models.TextField(blank=True, null=True)),
                ("address_line2", models.TextField(blank=True, null=True)),
                ("address_line3", models.TextField(blank=True, null=True)),
                ("website", models.TextField(blank=True, null=True)),
                ("establishment_number", models.PositiveIntegerField(blank=True, null=True)),
                ("ukprn", models.PositiveIntegerField(blank=True, null=True, unique=True)),
                (
                    "primary_contact_email",
                    register_ects.models.base.CaseInsensitiveTextField(blank=True, null=True),
                ),
                (
                    "secondary_contact_email",
                    register_ects.models.base.CaseInsensitiveTextField(blank=True, null=True),
                ),
                ("pupils", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("name"),
                            models.F("postcode"),
                            models.F("urn"),
                            function="school_search_vector",
                            output_field=django.contrib.postgres.search.SearchVectorField(),
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
            ],
            options={
                "db_table": "gias_school",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search"], name="gias_school_search"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(
                            models.Func(
                                models.F("name"),
                                function="plain_text",
                                output_field=models.TextField(),
                            ),
                            name="gin_trgm_ops",
                        ),
                        name="gias_school_name_trigrams",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                ["open", "closed", "proposed_to_close", "proposed_to_open"],
                            ),
                            ("status__isnull", True),
                            _connector="OR",
                        ),
                        name="gias_school_status_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AppropriateBodyPeriodEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("started_on", models.DateField()),
                ("finished_on", models.DateField(blank=True, null=True)),
                (
                    "appropriate_body",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.appropriatebody",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="register_ects.appropriatebodyperiod",
                    ),
                ),
                (
                    "lead_school",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.giasschool",
                    ),
                ),
            ],
            options={
                "db_table": "appropriate_body_period_history",
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="appropriatebodyperiod",
            name="lead_school",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="register_ects.giasschool",
            ),
        ),
        migrations.CreateModel(
            name="GIASSchoolEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("urn", models.PositiveIntegerField(serialize=False)),
                ("name", models.TextField()),
                ("type_name", models.TextField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("closed", "Closed"),
                            ("proposed_to_close", "Open, but proposed to close"),
                            ("proposed_to_open", "Proposed to open"),
                        ],
                        default="open",
                        max_length=17,
                    ),
                ),
                ("opened_on", models.DateField(blank=True, null=True)),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("in_england", models.BooleanField()),
                ("section_41_approved", models.BooleanField(default=False)),
                ("eligible", models.BooleanField(default=False)),
                ("local_authority_code", models.PositiveIntegerField(blank=True, null=True)),
                ("local_authority_name", models.TextField(blank=True, null=True)),
                ("administrative_district_name", models.TextField(blank=True, null=True)),
                ("phase_name", models.TextField(blank=True, null=True)),
                ("postcode", models.TextField(blank=True, null=True)),
                ("address_line1", models.TextField(blank=True, null=True)),
                ("address_line2", models.TextField(blank=True, null=True)),
                ("address_line3", models.TextField(blank=True, null=True)),
                ("website", models.TextField(blank=True, null=True)),
                ("establishment_number", models.PositiveIntegerField(blank=True, null=True)),
                ("ukprn", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "primary_contact_email",
                    register_ects.models.base.CaseInsensitiveTextField(blank=True, null=True),
                ),
                (
                    "secondary_contact_email",
                    register_ects.models.base.CaseInsensitiveTextField(blank=True, null=True),
                ),
                ("pupils", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="register_ects.giasschool",
                    ),
                ),
            ],
            options={
                "db_table": "gias_school_history",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="GIASSchoolLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("link_urn", models.PositiveIntegerField(db_index=True)),
                ("link_type", models.TextField()),
                ("link_date", models.DateField(blank=True, null=True)),
                (
                    "urn",
                    models.ForeignKey(
                        db_column="urn",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="register_ects.giasschool",
                    ),
                ),
            ],
            options={
                "db_table": "gias_school_link",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("urn", "link_urn"), name="one_link_between_two_schools"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GIASSchoolLinkEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("link_urn", models.PositiveIntegerField()),
                ("link_type", models.TextField()),
                ("link_date", models.DateField(blank=True, null=True)),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="register_ects.giasschoollink",
                    ),
                ),
                (
                    "urn",
                    models.ForeignKey(
                        db_column="urn",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.giasschool",
                    ),
                ),
            ],
            options={
                "db_table": "gias_school_link_history",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="InductionPeriod",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("started_on", models.DateField()),
                ("finished_on", models.DateField(blank=True, null=True)),
                (
                    "period",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(
                                finished_on__lt=models.F("started_on"), then=models.Value(None)
                            ),
                            default=models.Func(
                                models.F("started_on"),
                                models.F("finished_on"),
                                models.Value("[]"),
                                function="daterange",
                                output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                            ),
                        ),
                        output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                    ),
                ),
                (
                    "number_of_terms",
                    models.DecimalField(blank=True, decimal_places=1, max_digits=3, null=True),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("pass", "Passed"), ("fail", "Failed")],
                        max_length=4,
                        null=True,
                    ),
                ),
                ("fail_confirmation_sent_on", models.DateField(blank=True, null=True)),
                (
                    "training_programme",
                    models.CharField(
                        blank=True,
                        choices=[("provider_led", "Provider-led"), ("school_led", "School-led")],
                        max_length=12,
                        null=True,
                    ),
                ),
                (
                    "legacy_programme",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("cip", "Core induction programme"),
                            ("fip", "Full induction programme"),
                            ("diy", "School-based induction programme"),
                            ("unknown", "Not known"),
                            ("pre_september_2021", "Before September 2021"),
                        ],
                        max_length=18,
                        null=True,
                    ),
                ),
                (
                    "appropriate_body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="induction_periods",
                        to="register_ects.appropriatebody",
                    ),
                ),
            ],
            options={
                "db_table": "induction_period",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="APIToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("prefix", models.CharField(max_length=6)),
                ("digest", models.BinaryField(max_length=32, unique=True)),
                ("description", models.TextField()),
                ("last_used_at", models.DateTimeField(blank=True, null=True)),
                ("expires_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "lead_provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="api_tokens",
                        to="register_ects.leadprovider",
                    ),
                ),
            ],
            options={
                "db_table": "api_token",
            },
        ),
        migrations.CreateModel(
            name="ActiveLeadProviderEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="register_ects.activeleadprovider",
                    ),
                ),
                (
                    "contract_period",
                    models.ForeignKey(
                        db_column="contract_period_year",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.contractperiod",
                    ),
                ),
                (
                    "lead_provider",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.leadprovider",
                    ),
                ),
            ],
            options={
                "db_table": "active_lead_provider_history",
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="activeleadprovider",
            name="lead_provider",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="active_lead_providers",
                to="register_ects.leadprovider",
            ),
        ),
        migrations.CreateModel(
            name="LeadProviderDeliveryPartnership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                (
                    "active_lead_provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delivery_partnerships",
                        to="register_ects.activeleadprovider",
                    ),
                ),
                (
                    "contract_period",
                    models.ForeignKey(
                        db_column="contract_period_year",
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register_ects.contractperiod",
                    ),
                ),
                (
                    "delivery_partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lead_provider_partnerships",
                        to="register_ects.deliverypartner",
                    ),
                ),
                (
                    "lead_provider",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register_ects.leadprovider",
                    ),
                ),
            ],
            options={
                "db_table": "lead_provider_delivery_partnership",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("active_lead_provider", "delivery_partner"),
                        name="one_pairing_per_active_lead_provider_and_partner",
                    ),
                    models.UniqueConstraint(
                        fields=("id", "lead_provider", "contract_period"),
                        name="pairing_key_with_provider_and_year",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LeadProviderDeliveryPartnershipEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                (
                    "active_lead_provider",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.activeleadprovider",
                    ),
                ),
                (
                    "contract_period",
                    models.ForeignKey(
                        db_column="contract_period_year",
                        db_constraint=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.contractperiod",
                    ),
                ),
                (
                    "delivery_partner",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.deliverypartner",
                    ),
                ),
                (
                    "lead_provider",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.leadprovider",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="register_ects.leadproviderdeliverypartnership",
                    ),
                ),
            ],
            options={
                "db_table": "lead_provider_delivery_partnership_history",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LeadProviderEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("name", register_ects.models.base.CaseInsensitiveTextField()),
                ("vat_registered", models.BooleanField(default=True)),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="register_ects.leadprovider",
                    ),
                ),
            ],
            options={
                "db_table": "lead_provider_history",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OutgoingEmail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("template", models.CharField(max_length=60)),
                ("recipient", register_ects.models.base.CaseInsensitiveTextField()),
                ("personalisation", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[("queued", "Queued"), ("sent", "Sent"), ("failed", "Failed")],
                        default="queued",
                        max_length=6,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("queued_at", models.DateTimeField(default=register_ects.clock.now)),
            ],
            options={
                "db_table": "outgoing_email",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "queued")),
                        fields=["queued_at"],
                        name="emails_to_send",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["queued", "sent", "failed"]),
                            ("state__isnull", True),
                            _connector="OR",
                        ),
                        name="email_state_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PendingInductionSubmissionBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                (
                    "batch_type",
                    models.CharField(
                        choices=[("action", "Action"), ("claim", "Claim")], max_length=6
                    ),
                ),
                (
                    "batch_status",
                    models.CharField(
                        choices=[
                            ("pending", "Pending"),
                            ("processing", "Processing"),
                            ("processed", "Processed"),
                            ("completing", "Completing"),
                            ("completed", "Completed"),
                            ("failed", "Failed"),
                        ],
                        default="pending",
                        max_length=10,
                    ),
                ),
                ("data", models.JSONField(blank=True, null=True)),
                ("error_message", models.TextField(blank=True, null=True)),
                ("file_name", models.TextField(blank=True, null=True)),
                ("file_size", models.PositiveIntegerField(blank=True, null=True)),
                ("file_type", models.TextField(blank=True, null=True)),
                ("uploaded_count", models.PositiveIntegerField(blank=True, null=True)),
                ("processed_count", models.PositiveIntegerField(blank=True, null=True)),
                ("errored_count", models.PositiveIntegerField(blank=True, null=True)),
                ("claimed_count", models.PositiveIntegerField(blank=True, null=True)),
                ("passed_count", models.PositiveIntegerField(blank=True, null=True)),
                ("released_count", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "appropriate_body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches",
                        to="register_ects.appropriatebody",
                    ),
                ),
            ],
            options={
                "db_table": "pending_induction_submission_batch",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("batch_type__in", ["action", "claim"]),
                            ("batch_type__isnull", True),
                            _connector="OR",
                        ),
                        name="batch_type_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "batch_status__in",
                                [
                                    "pending",
                                    "processing",
                                    "processed",
                                    "completing",
                                    "completed",
                                    "failed",
                                ],
                            ),
                            ("batch_status__isnull", True),
                            _connector="OR",
                        ),
                        name="batch_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("uploaded_count__isnull", True),
                            ("uploaded_count__lte", 1000),
                            _connector="OR",
                        ),
                        name="batch_of_at_most_1000_rows",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PendingInductionSubmission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("trn", models.CharField(blank=True, max_length=7, null=True)),
                ("date_of_birth", models.DateField(blank=True, null=True)),
                ("started_on", models.DateField(blank=True, null=True)),
                ("finished_on", models.DateField(blank=True, null=True)),
                (
                    "number_of_terms",
                    models.DecimalField(blank=True, decimal_places=1, max_digits=3, null=True),
                ),
                ("training_programme", models.CharField(blank=True, max_length=12, null=True)),
                ("outcome", models.CharField(blank=True, max_length=4, null=True)),
                ("fail_confirmation_sent_on", models.DateField(blank=True, null=True)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("error_messages", models.JSONField(default=list)),
                ("trs_snapshot", models.JSONField(default=dict)),
                ("delete_at", models.DateTimeField(blank=True, db_index=True, null=True)),
                (
                    "appropriate_body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pending_submissions",
                        to="register_ects.appropriatebody",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="submissions",
                        to="register_ects.pendinginductionsubmissionbatch",
                    ),
                ),
            ],
            options={
                "db_table": "pending_induction_submission",
            },
        ),
        migrations.CreateModel(
            name="Region",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("code", models.CharField(max_length=5, unique=True)),
                ("name", models.TextField(blank=True, null=True)),
                (
                    "appropriate_body",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="regions",
                        to="register_ects.appropriatebody",
                    ),
                ),
            ],
            options={
                "db_table": "region",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="RegionDistrict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("name", models.TextField(db_index=True)),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="districts",
                        to="register_ects.region",
                    ),
                ),
            ],
            options={
                "db_table": "region_district",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("region", "name"), name="one_district_name_per_region"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RegionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("code", models.CharField(max_length=5)),
                ("name", models.TextField(blank=True, null=True)),
                (
                    "appropriate_body",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.appropriatebody",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="register_ects.region",
                    ),
                ),
            ],
            options={
                "db_table": "region_history",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RegistrationClosure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("message", models.TextField()),
            ],
            options={
                "db_table": "registration_closure",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="closure_ends_on_or_after_start",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Schedule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                (
                    "identifier",
                    models.CharField(
                        choices=[
                            ("ecf-standard-january", "Standard January"),
                            ("ecf-standard-april", "Standard April"),
                            ("ecf-standard-september", "Standard September"),
                            ("ecf-extended-january", "Extended January"),
                            ("ecf-extended-april", "Extended April"),
                            ("ecf-extended-september", "Extended September"),
                            ("ecf-reduced-january", "Reduced January"),
                            ("ecf-reduced-april", "Reduced April"),
                            ("ecf-reduced-september", "Reduced September"),
                            ("ecf-replacement-january", "Replacement January"),
                            ("ecf-replacement-april", "Replacement April"),
                            ("ecf-replacement-september", "Replacement September"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "kind",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            django.db.models.functions.comparison.Cast(
                                "identifier", models.TextField()
                            ),
                            models.Value("-"),
                            models.Value(2),
                            function="split_part",
                            output_field=models.TextField(),
                        ),
                        output_field=models.TextField(
                            choices=[
                                ("standard", "Standard"),
                                ("extended", "Extended"),
                                ("reduced", "Reduced"),
                                ("replacement", "Replacement"),
                            ]
                        ),
                    ),
                ),
                (
                    "contract_period",
                    models.ForeignKey(
                        db_column="contract_period_year",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="schedules",
                        to="register_ects.contractperiod",
                    ),
                ),
            ],
            options={
                "db_table": "schedule",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "identifier__in",
                                [
                                    "ecf-standard-january",
                                    "ecf-standard-april",
                                    "ecf-standard-september",
                                    "ecf-extended-january",
                                    "ecf-extended-april",
                                    "ecf-extended-september",
                                    "ecf-reduced-january",
                                    "ecf-reduced-april",
                                    "ecf-reduced-september",
                                    "ecf-replacement-january",
                                    "ecf-replacement-april",
                                    "ecf-replacement-september",
                                ],
                            ),
                            ("identifier__isnull", True),
                            _connector="OR",
                        ),
                        name="schedule_identifier_is_known",
                    ),
                    models.UniqueConstraint(
                        fields=("contract_period", "identifier"),
                        name="one_schedule_of_an_identifier_per_contract_period",
                    ),
                    models.UniqueConstraint(
                        fields=("id", "contract_period", "kind"),
                        name="schedule_key_with_year_and_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MilestoneEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                (
                    "declaration_type",
                    models.CharField(
                        choices=[
                            ("started", "Started"),
                            ("retained-1", "Retained 1"),
                            ("retained-2", "Retained 2"),
                            ("retained-3", "Retained 3"),
                            ("retained-4", "Retained 4"),
                            ("completed", "Completed"),
                            ("extended-1", "Extended 1"),
                            ("extended-2", "Extended 2"),
                            ("extended-3", "Extended 3"),
                        ],
                        max_length=11,
                    ),
                ),
                ("start_date", models.DateField()),
                ("milestone_date", models.DateField(blank=True, null=True)),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="register_ects.milestone",
                    ),
                ),
                (
                    "schedule",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.schedule",
                    ),
                ),
            ],
            options={
                "db_table": "milestone_history",
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="milestone",
            name="schedule",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="milestones",
                to="register_ects.schedule",
            ),
        ),
        migrations.CreateModel(
            name="ScheduleEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                (
                    "identifier",
                    models.CharField(
                        choices=[
                            ("ecf-standard-january", "Standard January"),
                            ("ecf-standard-april", "Standard April"),
                            ("ecf-standard-september", "Standard September"),
                            ("ecf-extended-january", "Extended January"),
                            ("ecf-extended-april", "Extended April"),
                            ("ecf-extended-september", "Extended September"),
                            ("ecf-reduced-january", "Reduced January"),
                            ("ecf-reduced-april", "Reduced April"),
                            ("ecf-reduced-september", "Reduced September"),
                            ("ecf-replacement-january", "Replacement January"),
                            ("ecf-replacement-april", "Replacement April"),
                            ("ecf-replacement-september", "Replacement September"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "contract_period",
                    models.ForeignKey(
                        db_column="contract_period_year",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.contractperiod",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="register_ects.schedule",
                    ),
                ),
            ],
            options={
                "db_table": "schedule_history",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="School",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("api_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("induction_tutor_name", models.TextField(blank=True, null=True)),
                (
                    "induction_tutor_email",
                    register_ects.models.base.CaseInsensitiveTextField(blank=True, null=True),
                ),
                (
                    "last_chosen_training_programme",
                    models.CharField(
                        blank=True,
                        choices=[("provider_led", "Provider-led"), ("school_led", "School-led")],
                        max_length=12,
                        null=True,
                    ),
                ),
                ("marked_as_eligible", models.BooleanField(default=False)),
                ("opted_out_of_reminder_emails_until", models.DateField(blank=True, null=True)),
                (
                    "gias_school",
                    models.OneToOneField(
                        db_column="urn",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="school",
                        to="register_ects.giasschool",
                    ),
                ),
                (
                    "induction_tutor_last_nominated_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register_ects.contractperiod",
                    ),
                ),
                (
                    "last_chosen_appropriate_body",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register_ects.appropriatebody",
                    ),
                ),
                (
                    "last_chosen_lead_provider",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register_ects.leadprovider",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged_schools",
                        to="register_ects.school",
                    ),
                ),
            ],
            options={
                "db_table": "school",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("induction_tutor_email__isnull", True),
                                ("induction_tutor_name__isnull", True),
                            ),
                            models.Q(
                                ("induction_tutor_email__isnull", False),
                                ("induction_tutor_name__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="induction_tutor_name_and_email_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("induction_tutor_last_nominated_in__isnull", True),
                            ("induction_tutor_email__isnull", False),
                            _connector="OR",
                        ),
                        name="induction_tutor_confirmed_only_when_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last_chosen_training_programme__in", ["provider_led", "school_led"]),
                            ("last_chosen_training_programme__isnull", True),
                            _connector="OR",
                        ),
                        name="last_chosen_programme_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("last_chosen_lead_provider__isnull", False),
                                ("last_chosen_training_programme", "provider_led"),
                                ("last_chosen_training_programme__isnull", False),
                            ),
                            models.Q(
                                ("last_chosen_lead_provider__isnull", True),
                                models.Q(
                                    ("last_chosen_training_programme__isnull", True),
                                    ("last_chosen_training_programme", "school_led"),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="last_chosen_lead_provider_only_if_provider_led",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MentorshipPeriod",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("started_on", models.DateField()),
                ("finished_on", models.DateField(blank=True, null=True)),
                (
                    "period",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(
                                finished_on__lt=models.F("started_on"), then=models.Value(None)
                            ),
                            default=models.Func(
                                models.F("started_on"),
                                models.F("finished_on"),
                                models.Value("[]"),
                                function="daterange",
                                output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                            ),
                        ),
                        output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                    ),
                ),
                (
                    "ect_at_school_period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mentorship_periods",
                        to="register_ects.ectatschoolperiod",
                    ),
                ),
                (
                    "mentor_at_school_period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mentorship_periods",
                        to="register_ects.mentoratschoolperiod",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register_ects.school",
                    ),
                ),
            ],
            options={
                "db_table": "mentorship_period",
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="mentoratschoolperiod",
            name="reported_leaving_by_school",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="register_ects.school",
            ),
        ),
        migrations.AddField(
            model_name="mentoratschoolperiod",
            name="school",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="mentor_at_school_periods",
                to="register_ects.school",
            ),
        ),
        migrations.CreateModel(
            name="JourneyDraft",
            fields=[
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("journey", models.CharField(max_length=40)),
                ("owner", models.TextField()),
                ("subject_type", models.CharField(blank=True, max_length=40, null=True)),
                ("subject_id", models.BigIntegerField(blank=True, null=True)),
                ("answers", models.BinaryField(default=bytes)),
                ("expires_at", models.DateTimeField(db_index=True)),
                ("completed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="journey_drafts",
                        to="register_ects.school",
                    ),
                ),
            ],
            options={
                "db_table": "journey_draft",
                "indexes": [
                    models.Index(fields=["school", "journey"], name="journey_drafts_of_school")
                ],
            },
        ),
        migrations.AddField(
            model_name="ectatschoolperiod",
            name="reported_leaving_by_school",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="register_ects.school",
            ),
        ),
        migrations.AddField(
            model_name="ectatschoolperiod",
            name="school",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ect_at_school_periods",
                to="register_ects.school",
            ),
        ),
        migrations.CreateModel(
            name="SchoolEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("api_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("induction_tutor_name", models.TextField(blank=True, null=True)),
                (
                    "induction_tutor_email",
                    register_ects.models.base.CaseInsensitiveTextField(blank=True, null=True),
                ),
                (
                    "last_chosen_training_programme",
                    models.CharField(
                        blank=True,
                        choices=[("provider_led", "Provider-led"), ("school_led", "School-led")],
                        max_length=12,
                        null=True,
                    ),
                ),
                ("marked_as_eligible", models.BooleanField(default=False)),
                ("opted_out_of_reminder_emails_until", models.DateField(blank=True, null=True)),
                (
                    "gias_school",
                    models.ForeignKey(
                        db_column="urn",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.giasschool",
                    ),
                ),
                (
                    "induction_tutor_last_nominated_in",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.contractperiod",
                    ),
                ),
                (
                    "last_chosen_appropriate_body",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.appropriatebody",
                    ),
                ),
                (
                    "last_chosen_lead_provider",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.leadprovider",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.school",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="register_ects.school",
                    ),
                ),
            ],
            options={
                "db_table": "school_history",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SchoolFundingEligibility",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("pupil_premium_uplift", models.BooleanField(default=False)),
                ("sparsity_uplift", models.BooleanField(default=False)),
                (
                    "contract_period",
                    models.ForeignKey(
                        db_column="contract_period_year",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register_ects.contractperiod",
                    ),
                ),
                (
                    "gias_school",
                    models.ForeignKey(
                        db_column="gias_school_urn",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="funding_eligibility",
                        to="register_ects.giasschool",
                    ),
                ),
            ],
            options={
                "db_table": "school_funding_eligibility",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("gias_school", "contract_period"),
                        name="one_funding_eligibility_per_school_and_year",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SchoolFundingEligibilityEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("pupil_premium_uplift", models.BooleanField(default=False)),
                ("sparsity_uplift", models.BooleanField(default=False)),
                (
                    "contract_period",
                    models.ForeignKey(
                        db_column="contract_period_year",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.contractperiod",
                    ),
                ),
                (
                    "gias_school",
                    models.ForeignKey(
                        db_column="gias_school_urn",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.giasschool",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="register_ects.schoolfundingeligibility",
                    ),
                ),
            ],
            options={
                "db_table": "school_funding_eligibility_history",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SchoolPartnership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("api_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "contract_period",
                    models.ForeignKey(
                        db_column="contract_period_year",
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register_ects.contractperiod",
                    ),
                ),
                (
                    "lead_provider",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register_ects.leadprovider",
                    ),
                ),
                (
                    "lead_provider_delivery_partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="school_partnerships",
                        to="register_ects.leadproviderdeliverypartnership",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="partnerships",
                        to="register_ects.school",
                    ),
                ),
            ],
            options={
                "db_table": "school_partnership",
                "indexes": [
                    models.Index(
                        fields=["school", "lead_provider", "contract_period", "created_at"],
                        name="school_partnership_lookup",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("school", "lead_provider_delivery_partnership"),
                        name="one_partnership_of_a_school_with_a_pairing",
                    ),
                    models.UniqueConstraint(
                        fields=("id", "school", "lead_provider", "contract_period"),
                        name="partnership_key_with_school_provider_and_year",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SchoolPartnershipEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("api_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "contract_period",
                    models.ForeignKey(
                        db_column="contract_period_year",
                        db_constraint=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.contractperiod",
                    ),
                ),
                (
                    "lead_provider",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.leadprovider",
                    ),
                ),
                (
                    "lead_provider_delivery_partnership",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.leadproviderdeliverypartnership",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="register_ects.schoolpartnership",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.school",
                    ),
                ),
            ],
            options={
                "db_table": "school_partnership_history",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="StaffUserEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("email", register_ects.models.base.CaseInsensitiveTextField()),
                ("name", models.TextField()),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("admin", "Admin"),
                            ("user_manager", "User manager"),
                            ("finance", "Finance"),
                            ("product_team", "Product team"),
                        ],
                        default="admin",
                        max_length=12,
                    ),
                ),
                ("otp_secret", models.BinaryField(blank=True, null=True)),
                ("otp_verified_at", models.DateTimeField(blank=True, null=True)),
                ("otp_failed_attempts", models.PositiveSmallIntegerField(default=0)),
                ("otp_locked_at", models.DateTimeField(blank=True, null=True)),
                ("otp_school_urn", models.PositiveIntegerField(blank=True, null=True)),
                ("deactivated_at", models.DateTimeField(blank=True, null=True)),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="register_ects.staffuser",
                    ),
                ),
            ],
            options={
                "db_table": "staff_user_history",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("api_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("month", models.PositiveSmallIntegerField()),
                ("year", models.PositiveSmallIntegerField()),
                (
                    "fee_type",
                    models.CharField(
                        choices=[("output", "Output fee"), ("service", "Service fee")],
                        default="output",
                        max_length=7,
                    ),
                ),
                ("deadline_date", models.DateField()),
                ("payment_date", models.DateField()),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "Open"), ("payable", "Payable"), ("paid", "Paid")],
                        default="open",
                        max_length=7,
                    ),
                ),
                ("marked_as_paid_at", models.DateTimeField(blank=True, null=True)),
                (
                    "active_lead_provider",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="register_ects.activeleadprovider",
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="register_ects.contract",
                    ),
                ),
                (
                    "contract_period",
                    models.ForeignKey(
                        db_column="contract_period_year",
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="register_ects.contractperiod",
                    ),
                ),
                (
                    "lead_provider",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="register_ects.leadprovider",
                    ),
                ),
            ],
            options={
                "db_table": "statement",
                "indexes": [
                    models.Index(fields=["payment_date"], name="statement_payment_date"),
                    models.Index(
                        condition=models.Q(("fee_type", "output"), ("status", "open")),
                        fields=["lead_provider", "contract_period", "deadline_date"],
                        name="statement_next_output",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("fee_type__in", ["output", "service"]),
                            ("fee_type__isnull", True),
                            _connector="OR",
                        ),
                        name="statement_fee_type_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["open", "payable", "paid"]),
                            ("status__isnull", True),
                            _connector="OR",
                        ),
                        name="statement_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("month__gte", 1), ("month__lte", 12)),
                        name="statement_month_between_1_and_12",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 2020)), name="statement_year_from_2020"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("payment_date__gt", models.F("deadline_date")),
                            models.Q(
                                ("payment_date", models.F("deadline_date")),
                                ("payment_date__lte", "2022-11-30"),
                            ),
                            _connector="OR",
                        ),
                        name="statement_paid_after_its_deadline",
                    ),
                    models.UniqueConstraint(
                        fields=("active_lead_provider", "year", "month"),
                        name="one_statement_per_provider_and_month",
                    ),
                    models.UniqueConstraint(
                        fields=("id", "lead_provider", "contract_period"),
                        name="statement_key_with_provider_and_year",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StatementAdjustment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("payment_type", models.CharField(max_length=500)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="adjustments",
                        to="register_ects.statement",
                    ),
                ),
            ],
            options={
                "db_table": "statement_adjustment",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount", 0), _negated=True),
                            ("amount__gte", Decimal("-1000000")),
                            ("amount__lte", Decimal("1000000")),
                        ),
                        name="adjustment_not_zero_and_within_a_million",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("payment_type", ""), _negated=True),
                        name="adjustment_has_a_name",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StatementAdjustmentEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("payment_type", models.CharField(max_length=500)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="register_ects.statementadjustment",
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.statement",
                    ),
                ),
            ],
            options={
                "db_table": "statement_adjustment_history",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="StatementAuditNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("body", models.TextField()),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="audit_notes",
                        to="register_ects.statement",
                    ),
                ),
            ],
            options={
                "db_table": "statement_audit_note",
                "ordering": ["created_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="StatementEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("api_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("month", models.PositiveSmallIntegerField()),
                ("year", models.PositiveSmallIntegerField()),
                (
                    "fee_type",
                    models.CharField(
                        choices=[("output", "Output fee"), ("service", "Service fee")],
                        default="output",
                        max_length=7,
                    ),
                ),
                ("deadline_date", models.DateField()),
                ("payment_date", models.DateField()),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "Open"), ("payable", "Payable"), ("paid", "Paid")],
                        default="open",
                        max_length=7,
                    ),
                ),
                ("marked_as_paid_at", models.DateTimeField(blank=True, null=True)),
                (
                    "active_lead_provider",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.activeleadprovider",
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.contract",
                    ),
                ),
                (
                    "contract_period",
                    models.ForeignKey(
                        db_column="contract_period_year",
                        db_constraint=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.contractperiod",
                    ),
                ),
                (
                    "lead_provider",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.leadprovider",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="register_ects.statement",
                    ),
                ),
            ],
            options={
                "db_table": "statement_history",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SupportQuery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("name", models.TextField()),
                ("email", register_ects.models.base.CaseInsensitiveTextField()),
                ("school_name", models.TextField()),
                ("school_urn", models.PositiveIntegerField()),
                ("message", models.TextField()),
                ("asked_from", models.TextField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "Pending"),
                            ("sending", "Sending"),
                            ("sent", "Sent"),
                            ("failed", "Failed"),
                        ],
                        default="pending",
                        max_length=7,
                    ),
                ),
                ("zendesk_id", models.PositiveBigIntegerField(blank=True, null=True)),
            ],
            options={
                "db_table": "support_query",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["pending", "sending", "sent", "failed"]),
                            ("state__isnull", True),
                            _connector="OR",
                        ),
                        name="support_query_state_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Teacher",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("api_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "api_ect_training_record_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                ),
                (
                    "api_mentor_training_record_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                ),
                ("trn", models.CharField(blank=True, max_length=7, null=True, unique=True)),
                ("trnless", models.BooleanField(default=False)),
                ("corrected_name", models.CharField(blank=True, max_length=70, null=True)),
                ("trs_first_name", models.TextField(blank=True, null=True)),
                ("trs_last_name", models.TextField(blank=True, null=True)),
                (
                    "trs_induction_status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("None", "None"),
                            ("RequiredToComplete", "Required to complete"),
                            ("InProgress", "In progress"),
                            ("Passed", "Passed"),
                            ("Failed", "Failed"),
                            ("FailedInWales", "Failed in Wales"),
                            ("Exempt", "Exempt"),
                        ],
                        max_length=18,
                        null=True,
                    ),
                ),
                ("trs_induction_start_date", models.DateField(blank=True, null=True)),
                ("trs_induction_completed_date", models.DateField(blank=True, null=True)),
                ("trs_qts_awarded_on", models.DateField(blank=True, null=True)),
                ("trs_qts_status_description", models.TextField(blank=True, null=True)),
                (
                    "trs_initial_teacher_training_provider_name",
                    models.TextField(blank=True, null=True),
                ),
                ("trs_initial_teacher_training_end_date", models.DateField(blank=True, null=True)),
                (
                    "trs_response",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ok", "Ok"),
                            ("not_found", "Not Found"),
                            ("gone", "Gone"),
                            ("permanent_redirect", "Permanent Redirect"),
                        ],
                        max_length=18,
                        null=True,
                    ),
                ),
                ("trs_redirected_to", models.CharField(blank=True, max_length=7, null=True)),
                ("trs_data_last_refreshed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ect_first_became_eligible_for_training_at",
                    models.DateTimeField(blank=True, null=True),
                ),
                (
                    "mentor_first_became_eligible_for_training_at",
                    models.DateTimeField(blank=True, null=True),
                ),
                ("ect_became_ineligible_for_funding_on", models.DateField(blank=True, null=True)),
                (
                    "mentor_became_ineligible_for_funding_on",
                    models.DateField(blank=True, null=True),
                ),
                (
                    "mentor_became_ineligible_for_funding_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("completed_declaration_received", "Completed Declaration Received"),
                            ("completed_during_early_roll_out", "Completed During Early Roll Out"),
                            ("started_not_completed", "Started Not Completed"),
                        ],
                        max_length=31,
                        null=True,
                    ),
                ),
                ("anonymised_at", models.DateTimeField(blank=True, null=True)),
                (
                    "anonymisation_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("registered_in_error", "Registered In Error"),
                            ("teacher_record_merged", "Teacher Record Merged"),
                        ],
                        max_length=22,
                        null=True,
                    ),
                ),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("trs_first_name"),
                            models.F("trs_last_name"),
                            models.F("corrected_name"),
                            function="person_search_vector",
                            output_field=django.contrib.postgres.search.SearchVectorField(),
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "ect_payments_frozen_year",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register_ects.contractperiod",
                    ),
                ),
                (
                    "mentor_payments_frozen_year",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register_ects.contractperiod",
                    ),
                ),
            ],
            options={
                "db_table": "teacher",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search"], name="teacher_search"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(
                            models.Func(
                                models.F("trs_first_name"),
                                models.F("trs_last_name"),
                                models.F("corrected_name"),
                                function="person_plain_text",
                                output_field=models.TextField(),
                            ),
                            name="gin_trgm_ops",
                        ),
                        name="teacher_name_trigrams",
                    ),
                    models.Index(
                        models.OrderBy(models.F("trs_data_last_refreshed_at"), nulls_first=True),
                        name="teacher_trs_queue",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("trn__isnull", True), ("trnless", True)),
                            models.Q(("trn__isnull", False), ("trnless", False)),
                            _connector="OR",
                        ),
                        name="teacher_without_trn_only_if_trnless",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("trn__isnull", True), ("trn__regex", "^[0-9]{7}$"), _connector="OR"
                        ),
                        name="teacher_trn_has_seven_digits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("mentor_became_ineligible_for_funding_on__isnull", True),
                                ("mentor_became_ineligible_for_funding_reason__isnull", True),
                            ),
                            models.Q(
                                ("mentor_became_ineligible_for_funding_on__isnull", False),
                                ("mentor_became_ineligible_for_funding_reason__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="mentor_ineligibility_date_and_reason_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("anonymisation_reason__isnull", True),
                                ("anonymised_at__isnull", True),
                            ),
                            models.Q(
                                ("anonymisation_reason__isnull", False),
                                ("anonymised_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="anonymisation_time_and_reason_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "trs_induction_status__in",
                                [
                                    "None",
                                    "RequiredToComplete",
                                    "InProgress",
                                    "Passed",
                                    "Failed",
                                    "FailedInWales",
                                    "Exempt",
                                ],
                            ),
                            ("trs_induction_status__isnull", True),
                            _connector="OR",
                        ),
                        name="trs_induction_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("trs_response__in", ["ok", "not_found", "gone", "permanent_redirect"]),
                            ("trs_response__isnull", True),
                            _connector="OR",
                        ),
                        name="trs_response_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "mentor_became_ineligible_for_funding_reason__in",
                                [
                                    "completed_declaration_received",
                                    "completed_during_early_roll_out",
                                    "started_not_completed",
                                ],
                            ),
                            ("mentor_became_ineligible_for_funding_reason__isnull", True),
                            _connector="OR",
                        ),
                        name="mentor_ineligibility_reason_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "anonymisation_reason__in",
                                ["registered_in_error", "teacher_record_merged"],
                            ),
                            ("anonymisation_reason__isnull", True),
                            _connector="OR",
                        ),
                        name="anonymisation_reason_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MentorshipPeriodEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("started_on", models.DateField()),
                ("finished_on", models.DateField(blank=True, null=True)),
                (
                    "ect_at_school_period",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.ectatschoolperiod",
                    ),
                ),
                (
                    "mentor_at_school_period",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.mentoratschoolperiod",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="register_ects.mentorshipperiod",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.school",
                    ),
                ),
                (
                    "ect_teacher",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.teacher",
                    ),
                ),
                (
                    "mentor_teacher",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.teacher",
                    ),
                ),
            ],
            options={
                "db_table": "mentorship_period_history",
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="mentorshipperiod",
            name="ect_teacher",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="register_ects.teacher",
            ),
        ),
        migrations.AddField(
            model_name="mentorshipperiod",
            name="mentor_teacher",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="register_ects.teacher",
            ),
        ),
        migrations.CreateModel(
            name="MentorAtSchoolPeriodEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("started_on", models.DateField()),
                ("finished_on", models.DateField(blank=True, null=True)),
                (
                    "email",
                    register_ects.models.base.CaseInsensitiveTextField(blank=True, null=True),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="register_ects.mentoratschoolperiod",
                    ),
                ),
                (
                    "reported_leaving_by_school",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.school",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.school",
                    ),
                ),
                (
                    "teacher",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.teacher",
                    ),
                ),
            ],
            options={
                "db_table": "mentor_at_school_period_history",
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="mentoratschoolperiod",
            name="teacher",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="mentor_at_school_periods",
                to="register_ects.teacher",
            ),
        ),
        migrations.CreateModel(
            name="InductionPeriodEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("started_on", models.DateField()),
                ("finished_on", models.DateField(blank=True, null=True)),
                (
                    "number_of_terms",
                    models.DecimalField(blank=True, decimal_places=1, max_digits=3, null=True),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("pass", "Passed"), ("fail", "Failed")],
                        max_length=4,
                        null=True,
                    ),
                ),
                ("fail_confirmation_sent_on", models.DateField(blank=True, null=True)),
                (
                    "training_programme",
                    models.CharField(
                        blank=True,
                        choices=[("provider_led", "Provider-led"), ("school_led", "School-led")],
                        max_length=12,
                        null=True,
                    ),
                ),
                (
                    "legacy_programme",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("cip", "Core induction programme"),
                            ("fip", "Full induction programme"),
                            ("diy", "School-based induction programme"),
                            ("unknown", "Not known"),
                            ("pre_september_2021", "Before September 2021"),
                        ],
                        max_length=18,
                        null=True,
                    ),
                ),
                (
                    "appropriate_body",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.appropriatebody",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="register_ects.inductionperiod",
                    ),
                ),
                (
                    "teacher",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.teacher",
                    ),
                ),
            ],
            options={
                "db_table": "induction_period_history",
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="inductionperiod",
            name="teacher",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="induction_periods",
                to="register_ects.teacher",
            ),
        ),
        migrations.CreateModel(
            name="InductionExtensionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("number_of_terms", models.DecimalField(decimal_places=1, max_digits=3)),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="register_ects.inductionextension",
                    ),
                ),
                (
                    "teacher",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.teacher",
                    ),
                ),
            ],
            options={
                "db_table": "induction_extension_history",
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="inductionextension",
            name="teacher",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="induction_extensions",
                to="register_ects.teacher",
            ),
        ),
        migrations.CreateModel(
            name="ECTAtSchoolPeriodEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("started_on", models.DateField()),
                ("finished_on", models.DateField(blank=True, null=True)),
                (
                    "email",
                    register_ects.models.base.CaseInsensitiveTextField(blank=True, null=True),
                ),
                (
                    "working_pattern",
                    models.CharField(
                        blank=True,
                        choices=[("full_time", "Full time"), ("part_time", "Part time")],
                        max_length=9,
                        null=True,
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="register_ects.ectatschoolperiod",
                    ),
                ),
                (
                    "school_reported_appropriate_body",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.appropriatebody",
                    ),
                ),
                (
                    "reported_leaving_by_school",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.school",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.school",
                    ),
                ),
                (
                    "teacher",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.teacher",
                    ),
                ),
            ],
            options={
                "db_table": "ect_at_school_period_history",
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="ectatschoolperiod",
            name="teacher",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ect_at_school_periods",
                to="register_ects.teacher",
            ),
        ),
        migrations.CreateModel(
            name="Declaration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("api_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "declaration_type",
                    models.CharField(
                        choices=[
                            ("started", "Started"),
                            ("retained-1", "Retained 1"),
                            ("retained-2", "Retained 2"),
                            ("retained-3", "Retained 3"),
                            ("retained-4", "Retained 4"),
                            ("completed", "Completed"),
                            ("extended-1", "Extended 1"),
                            ("extended-2", "Extended 2"),
                            ("extended-3", "Extended 3"),
                        ],
                        default="started",
                        max_length=11,
                    ),
                ),
                ("declaration_date", models.DateTimeField(default=register_ects.clock.now)),
                (
                    "evidence_type",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("training-event-attended", "Training Event Attended"),
                            ("self-study-material-completed", "Self Study Material Completed"),
                            ("materials-engaged-with-offline", "Materials Engaged With Offline"),
                            ("75-percent-engagement-met", "Engagement Met"),
                            (
                                "75-percent-engagement-met-reduced-induction",
                                "Engagement Met Reduced Induction",
                            ),
                            ("one-term-induction", "One Term Induction"),
                            ("other", "Other"),
                        ],
                        max_length=43,
                        null=True,
                    ),
                ),
                (
                    "payment_status",
                    models.CharField(
                        choices=[
                            ("no_payment", "Submitted"),
                            ("eligible", "Eligible"),
                            ("payable", "Payable"),
                            ("paid", "Paid"),
                            ("voided", "Voided"),
                        ],
                        default="no_payment",
                        max_length=10,
                    ),
                ),
                (
                    "clawback_status",
                    models.CharField(
                        choices=[
                            ("no_clawback", "No clawback"),
                            ("awaiting_clawback", "Awaiting clawback"),
                            ("clawed_back", "Clawed back"),
                        ],
                        default="no_clawback",
                        max_length=17,
                    ),
                ),
                ("pupil_premium_uplift", models.BooleanField(default=False)),
                ("sparsity_uplift", models.BooleanField(default=False)),
                ("voided_by_user_at", models.DateTimeField(blank=True, null=True)),
                (
                    "trainee_role",
                    models.CharField(
                        choices=[("ect", "ECT"), ("mentor", "Mentor")], editable=False, max_length=6
                    ),
                ),
                (
                    "contract_period",
                    models.ForeignKey(
                        db_column="contract_period_year",
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register_ects.contractperiod",
                    ),
                ),
                (
                    "voided_by_user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register_ects.staffuser",
                    ),
                ),
                (
                    "delivery_partner_when_created",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register_ects.deliverypartner",
                    ),
                ),
                (
                    "ect_at_school_period",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register_ects.ectatschoolperiod",
                    ),
                ),
                (
                    "lead_provider",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="declarations",
                        to="register_ects.leadprovider",
                    ),
                ),
                (
                    "mentorship_period",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="declarations",
                        to="register_ects.mentorshipperiod",
                    ),
                ),
                (
                    "clawback_statement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clawback_declarations",
                        to="register_ects.statement",
                    ),
                ),
                (
                    "payment_statement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payment_declarations",
                        to="register_ects.statement",
                    ),
                ),
                (
                    "teacher",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="declarations",
                        to="register_ects.teacher",
                    ),
                ),
            ],
            options={
                "db_table": "declaration",
            },
        ),
        migrations.CreateModel(
            name="TeacherEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("api_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "api_ect_training_record_id",
                    models.UUIDField(default=uuid.uuid4, editable=False),
                ),
                (
                    "api_mentor_training_record_id",
                    models.UUIDField(default=uuid.uuid4, editable=False),
                ),
                ("trn", models.CharField(blank=True, max_length=7, null=True)),
                ("trnless", models.BooleanField(default=False)),
                ("corrected_name", models.CharField(blank=True, max_length=70, null=True)),
                ("trs_first_name", models.TextField(blank=True, null=True)),
                ("trs_last_name", models.TextField(blank=True, null=True)),
                (
                    "trs_induction_status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("None", "None"),
                            ("RequiredToComplete", "Required to complete"),
                            ("InProgress", "In progress"),
                            ("Passed", "Passed"),
                            ("Failed", "Failed"),
                            ("FailedInWales", "Failed in Wales"),
                            ("Exempt", "Exempt"),
                        ],
                        max_length=18,
                        null=True,
                    ),
                ),
                ("trs_induction_start_date", models.DateField(blank=True, null=True)),
                ("trs_induction_completed_date", models.DateField(blank=True, null=True)),
                ("trs_qts_awarded_on", models.DateField(blank=True, null=True)),
                ("trs_qts_status_description", models.TextField(blank=True, null=True)),
                (
                    "trs_initial_teacher_training_provider_name",
                    models.TextField(blank=True, null=True),
                ),
                ("trs_initial_teacher_training_end_date", models.DateField(blank=True, null=True)),
                (
                    "trs_response",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ok", "Ok"),
                            ("not_found", "Not Found"),
                            ("gone", "Gone"),
                            ("permanent_redirect", "Permanent Redirect"),
                        ],
                        max_length=18,
                        null=True,
                    ),
                ),
                ("trs_redirected_to", models.CharField(blank=True, max_length=7, null=True)),
                ("trs_data_last_refreshed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ect_first_became_eligible_for_training_at",
                    models.DateTimeField(blank=True, null=True),
                ),
                (
                    "mentor_first_became_eligible_for_training_at",
                    models.DateTimeField(blank=True, null=True),
                ),
                ("ect_became_ineligible_for_funding_on", models.DateField(blank=True, null=True)),
                (
                    "mentor_became_ineligible_for_funding_on",
                    models.DateField(blank=True, null=True),
                ),
                (
                    "mentor_became_ineligible_for_funding_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("completed_declaration_received", "Completed Declaration Received"),
                            ("completed_during_early_roll_out", "Completed During Early Roll Out"),
                            ("started_not_completed", "Started Not Completed"),
                        ],
                        max_length=31,
                        null=True,
                    ),
                ),
                ("anonymised_at", models.DateTimeField(blank=True, null=True)),
                (
                    "anonymisation_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("registered_in_error", "Registered In Error"),
                            ("teacher_record_merged", "Teacher Record Merged"),
                        ],
                        max_length=22,
                        null=True,
                    ),
                ),
                (
                    "ect_payments_frozen_year",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.contractperiod",
                    ),
                ),
                (
                    "mentor_payments_frozen_year",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.contractperiod",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="register_ects.teacher",
                    ),
                ),
            ],
            options={
                "db_table": "teacher_history",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TeacherIdChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                (
                    "from_teacher",
                    models.ForeignKey(
                        db_column="api_from_teacher_id",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register_ects.teacher",
                        to_field="api_id",
                    ),
                ),
                (
                    "teacher",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="id_changes",
                        to="register_ects.teacher",
                    ),
                ),
                (
                    "to_teacher",
                    models.ForeignKey(
                        db_column="api_to_teacher_id",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register_ects.teacher",
                        to_field="api_id",
                    ),
                ),
            ],
            options={
                "db_table": "teacher_id_change",
            },
        ),
        migrations.CreateModel(
            name="TeacherIdChangeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                (
                    "from_teacher",
                    models.ForeignKey(
                        db_column="api_from_teacher_id",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.teacher",
                        to_field="api_id",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="register_ects.teacheridchange",
                    ),
                ),
                (
                    "teacher",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.teacher",
                    ),
                ),
                (
                    "to_teacher",
                    models.ForeignKey(
                        db_column="api_to_teacher_id",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.teacher",
                        to_field="api_id",
                    ),
                ),
            ],
            options={
                "db_table": "teacher_id_change_history",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TrainingPeriod",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("started_on", models.DateField()),
                ("finished_on", models.DateField(blank=True, null=True)),
                (
                    "period",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(
                                finished_on__lt=models.F("started_on"), then=models.Value(None)
                            ),
                            default=models.Func(
                                models.F("started_on"),
                                models.F("finished_on"),
                                models.Value("[]"),
                                function="daterange",
                                output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                            ),
                        ),
                        output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                    ),
                ),
                (
                    "training_programme",
                    models.CharField(
                        choices=[("provider_led", "Provider-led"), ("school_led", "School-led")],
                        max_length=12,
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "withdrawal_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("left_teaching_profession", "Left Teaching Profession"),
                            ("moved_school", "Moved School"),
                            ("mentor_no_longer_being_mentor", "Mentor No Longer Being Mentor"),
                            ("switched_to_school_led", "Switched To School Led"),
                            ("changed_lead_provider", "Changed Lead Provider"),
                            ("other", "Other"),
                        ],
                        max_length=29,
                        null=True,
                    ),
                ),
                ("deferred_at", models.DateTimeField(blank=True, null=True)),
                (
                    "deferral_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("bereavement", "Bereavement"),
                            ("long_term_sickness", "Long Term Sickness"),
                            ("parental_leave", "Parental Leave"),
                            ("career_break", "Career Break"),
                            ("other", "Other"),
                        ],
                        max_length=18,
                        null=True,
                    ),
                ),
                (
                    "trainee_role",
                    models.CharField(
                        choices=[("ect", "ECT"), ("mentor", "Mentor")], editable=False, max_length=6
                    ),
                ),
                (
                    "schedule_kind",
                    models.TextField(
                        blank=True,
                        choices=[
                            ("standard", "Standard"),
                            ("extended", "Extended"),
                            ("reduced", "Reduced"),
                            ("replacement", "Replacement"),
                        ],
                        editable=False,
                        null=True,
                    ),
                ),
                (
                    "contract_period",
                    models.ForeignKey(
                        blank=True,
                        db_column="contract_period_year",
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register_ects.contractperiod",
                    ),
                ),
                (
                    "ect_at_school_period",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="training_periods",
                        to="register_ects.ectatschoolperiod",
                    ),
                ),
                (
                    "expression_of_interest",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="expressions_of_interest",
                        to="register_ects.activeleadprovider",
                    ),
                ),
                (
                    "lead_provider",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register_ects.leadprovider",
                    ),
                ),
                (
                    "mentor_at_school_period",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="training_periods",
                        to="register_ects.mentoratschoolperiod",
                    ),
                ),
                (
                    "schedule",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="training_periods",
                        to="register_ects.schedule",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="training_periods",
                        to="register_ects.school",
                    ),
                ),
                (
                    "school_partnership",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="training_periods",
                        to="register_ects.schoolpartnership",
                    ),
                ),
                (
                    "teacher",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="training_periods",
                        to="register_ects.teacher",
                    ),
                ),
            ],
            options={
                "db_table": "training_period",
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("school_partnership__isnull", False)),
                        fields=["lead_provider", "trainee_role", "teacher", "-started_on"],
                        name="training_periods_of_provider",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("finished_on__isnull", True),
                            ("finished_on__gte", models.F("started_on")),
                            _connector="OR",
                        ),
                        name="trainingperiod_finishes_on_or_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("training_programme__in", ["provider_led", "school_led"]),
                            ("training_programme__isnull", True),
                            _connector="OR",
                        ),
                        name="training_programme_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("trainee_role__in", ["ect", "mentor"]),
                            ("trainee_role__isnull", True),
                            _connector="OR",
                        ),
                        name="trainee_role_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "withdrawal_reason__in",
                                [
                                    "left_teaching_profession",
                                    "moved_school",
                                    "mentor_no_longer_being_mentor",
                                    "switched_to_school_led",
                                    "changed_lead_provider",
                                    "other",
                                ],
                            ),
                            ("withdrawal_reason__isnull", True),
                            _connector="OR",
                        ),
                        name="withdrawal_reason_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "deferral_reason__in",
                                [
                                    "bereavement",
                                    "long_term_sickness",
                                    "parental_leave",
                                    "career_break",
                                    "other",
                                ],
                            ),
                            ("deferral_reason__isnull", True),
                            _connector="OR",
                        ),
                        name="deferral_reason_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ect_at_school_period__isnull", False),
                                ("mentor_at_school_period__isnull", True),
                                ("trainee_role", "ect"),
                            ),
                            models.Q(
                                ("ect_at_school_period__isnull", True),
                                ("mentor_at_school_period__isnull", False),
                                ("trainee_role", "mentor"),
                            ),
                            _connector="OR",
                        ),
                        name="training_has_one_placement_of_its_role",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("training_programme", "provider_led"),
                            models.Q(
                                ("training_programme", "school_led"),
                                ("contract_period__isnull", True),
                                ("expression_of_interest__isnull", True),
                                ("lead_provider__isnull", True),
                                ("schedule__isnull", True),
                                ("schedule_kind__isnull", True),
                                ("school_partnership__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="school_led_training_has_no_provider_or_schedule",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("training_programme", "school_led"),
                            models.Q(
                                ("training_programme", "provider_led"),
                                ("contract_period__isnull", False),
                                ("lead_provider__isnull", False),
                                ("schedule__isnull", False),
                                ("schedule_kind__isnull", False),
                                models.Q(
                                    ("school_partnership__isnull", False),
                                    ("expression_of_interest__isnull", False),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="provider_led_training_has_schedule_and_provider",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("trainee_role", "ect"),
                            ("training_programme", "provider_led"),
                            _connector="OR",
                        ),
                        name="mentor_training_is_provider_led",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("withdrawal_reason__isnull", True), ("withdrawn_at__isnull", True)
                            ),
                            models.Q(
                                ("withdrawal_reason__isnull", False),
                                ("withdrawn_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="withdrawal_time_and_reason_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("deferral_reason__isnull", True), ("deferred_at__isnull", True)
                            ),
                            models.Q(
                                ("deferral_reason__isnull", False), ("deferred_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="deferral_time_and_reason_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("deferred_at__isnull", True), ("withdrawn_at__isnull", True)),
                            ("finished_on__isnull", False),
                            _connector="OR",
                        ),
                        name="withdrawn_or_deferred_training_is_finished",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("trainee_role", "mentor"),
                            ("withdrawal_reason__isnull", True),
                            models.Q(
                                ("withdrawal_reason", "mentor_no_longer_being_mentor"),
                                _negated=True,
                            ),
                            _connector="OR",
                        ),
                        name="ect_never_withdrawn_for_a_mentor_only_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("schedule_kind__isnull", True),
                            models.Q(
                                ("trainee_role", "ect"),
                                models.Q(("schedule_kind", "replacement"), _negated=True),
                            ),
                            models.Q(
                                ("trainee_role", "mentor"),
                                models.Q(("schedule_kind", "reduced"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="schedule_kind_fits_the_role",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        expressions=[("teacher", "="), ("trainee_role", "="), ("period", "&&")],
                        name="training_periods_in_a_role_never_overlap",
                    ),
                    models.UniqueConstraint(
                        fields=(
                            "id",
                            "teacher",
                            "trainee_role",
                            "lead_provider",
                            "contract_period",
                        ),
                        name="training_key_for_declarations",
                    ),
                    models.UniqueConstraint(
                        fields=("id", "ect_at_school_period"),
                        name="training_key_with_ect_placement",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("event_type", models.CharField(max_length=60)),
                ("category", models.CharField(max_length=20)),
                ("heading", models.TextField()),
                ("body", models.TextField(blank=True, null=True)),
                ("happened_at", models.DateTimeField(default=register_ects.clock.now)),
                (
                    "recorded_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                (
                    "author_type",
                    models.CharField(
                        choices=[
                            ("appropriate_body_user", "Appropriate body user"),
                            ("school_user", "School user"),
                            ("dfe_staff_user", "DfE staff"),
                            ("system", "System"),
                            ("lead_provider_api", "Lead provider"),
                        ],
                        max_length=21,
                    ),
                ),
                (
                    "author_email",
                    register_ects.models.base.CaseInsensitiveTextField(blank=True, null=True),
                ),
                ("author_name", models.TextField(blank=True, null=True)),
                ("modifications", models.JSONField(default=list)),
                ("metadata", models.JSONField(default=dict)),
                ("zendesk_ticket_id", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "active_lead_provider",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="events",
                        to="register_ects.activeleadprovider",
                    ),
                ),
                (
                    "appropriate_body",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="events",
                        to="register_ects.appropriatebody",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="register_ects.staffuser",
                    ),
                ),
                (
                    "contract_period",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="events",
                        to="register_ects.contractperiod",
                    ),
                ),
                (
                    "declaration",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="events",
                        to="register_ects.declaration",
                    ),
                ),
                (
                    "delivery_partner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="events",
                        to="register_ects.deliverypartner",
                    ),
                ),
                (
                    "ect_at_school_period",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="events",
                        to="register_ects.ectatschoolperiod",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="events",
                        to="register_ects.staffuser",
                    ),
                ),
                (
                    "induction_extension",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="events",
                        to="register_ects.inductionextension",
                    ),
                ),
                (
                    "induction_period",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="events",
                        to="register_ects.inductionperiod",
                    ),
                ),
                (
                    "lead_provider",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="events",
                        to="register_ects.leadprovider",
                    ),
                ),
                (
                    "lead_provider_delivery_partnership",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="events",
                        to="register_ects.leadproviderdeliverypartnership",
                    ),
                ),
                (
                    "mentor_at_school_period",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="events",
                        to="register_ects.mentoratschoolperiod",
                    ),
                ),
                (
                    "mentorship_period",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="events",
                        to="register_ects.mentorshipperiod",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="events",
                        to="register_ects.pendinginductionsubmissionbatch",
                    ),
                ),
                (
                    "schedule",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="events",
                        to="register_ects.schedule",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="events",
                        to="register_ects.school",
                    ),
                ),
                (
                    "school_partnership",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="events",
                        to="register_ects.schoolpartnership",
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="events",
                        to="register_ects.statement",
                    ),
                ),
                (
                    "statement_adjustment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="events",
                        to="register_ects.statementadjustment",
                    ),
                ),
                (
                    "teacher",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="events",
                        to="register_ects.teacher",
                    ),
                ),
                (
                    "training_period",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="events",
                        to="register_ects.trainingperiod",
                    ),
                ),
            ],
            options={
                "db_table": "event",
                "ordering": ["-happened_at", "-id"],
                "indexes": [
                    models.Index(fields=["-happened_at", "-id"], name="events_newest_first")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "event_type__in",
                                [
                                    "active_lead_provider_created",
                                    "active_lead_provider_deleted",
                                    "band_added",
                                    "band_deleted",
                                    "band_updated",
                                    "bulk_upload_completed",
                                    "bulk_upload_started",
                                    "contract_created",
                                    "contract_deleted",
                                    "contract_period_added",
                                    "contract_period_updated",
                                    "contract_updated",
                                    "data_correction_applied",
                                    "data_correction_undone",
                                    "delivery_partner_created",
                                    "delivery_partner_name_changed",
                                    "dfe_user_created",
                                    "dfe_user_updated",
                                    "email_delivery_failed",
                                    "gias_reconciliation_failed",
                                    "import_from_dqt",
                                    "induction_extension_created",
                                    "induction_extension_deleted",
                                    "induction_extension_updated",
                                    "induction_period_closed",
                                    "induction_period_deleted",
                                    "induction_period_opened",
                                    "induction_period_reopened",
                                    "induction_period_updated",
                                    "lead_provider_api_token_created",
                                    "lead_provider_api_token_revoked",
                                    "lead_provider_delivery_partnership_added",
                                    "lead_provider_delivery_partnership_removed",
                                    "mentor_completion_status_change",
                                    "milestone_added",
                                    "milestone_deleted",
                                    "otp_account_locked",
                                    "otp_account_unlocked",
                                    "role_switched",
                                    "schedule_added",
                                    "schedule_deleted",
                                    "school_changed",
                                    "school_closed",
                                    "school_eligibility_changed",
                                    "school_impersonation_ended",
                                    "school_impersonation_started",
                                    "school_induction_tutor_confirmed",
                                    "school_induction_tutor_updated",
                                    "school_merged",
                                    "school_opened",
                                    "school_partnership_created",
                                    "school_partnership_recreated",
                                    "school_partnership_reused",
                                    "school_partnership_updated",
                                    "school_user_signs_in",
                                    "sql_query_run",
                                    "statement_adjustment_added",
                                    "statement_adjustment_deleted",
                                    "statement_adjustment_updated",
                                    "statement_authorised_for_payment",
                                    "statement_created",
                                    "statement_deleted",
                                    "statement_marked_payable",
                                    "statement_updated",
                                    "support_task_closed",
                                    "support_task_opened",
                                    "teacher_appropriate_body_changed",
                                    "teacher_changes_schedule_training_period",
                                    "teacher_declaration_awaiting_clawback",
                                    "teacher_declaration_clawed_back",
                                    "teacher_declaration_created",
                                    "teacher_declaration_eligible",
                                    "teacher_declaration_paid",
                                    "teacher_declaration_payable",
                                    "teacher_declaration_voided",
                                    "teacher_defers_training_period",
                                    "teacher_ect_at_school_period_deleted",
                                    "teacher_ect_at_school_period_moved_school",
                                    "teacher_email_address_updated",
                                    "teacher_fails_induction",
                                    "teacher_finishes_being_mentored",
                                    "teacher_finishes_mentoring",
                                    "teacher_finishes_training_period",
                                    "teacher_funding_eligibility_set",
                                    "teacher_imported_from_trs",
                                    "teacher_induction_status_reset",
                                    "teacher_left_school_as_ect",
                                    "teacher_left_school_as_mentor",
                                    "teacher_mentor_at_school_period_deleted",
                                    "teacher_mentor_at_school_period_moved_school",
                                    "teacher_mentor_at_school_periods_merged",
                                    "teacher_merged",
                                    "teacher_name_updated_by_trs",
                                    "teacher_name_updated_by_user",
                                    "teacher_passes_induction",
                                    "teacher_registered_as_ect",
                                    "teacher_registered_as_mentor",
                                    "teacher_registration_undone",
                                    "teacher_resumes_training_period",
                                    "teacher_schedule_assigned_to_training_period",
                                    "teacher_starts_being_mentored",
                                    "teacher_starts_mentoring",
                                    "teacher_starts_training_period",
                                    "teacher_training_lead_provider_updated",
                                    "teacher_training_period_contract_period_changed",
                                    "teacher_training_programme_updated",
                                    "teacher_trs_attributes_updated",
                                    "teacher_trs_deactivated",
                                    "teacher_trs_induction_end_date_updated",
                                    "teacher_trs_induction_start_date_updated",
                                    "teacher_trs_induction_status_updated",
                                    "teacher_trs_merged",
                                    "teacher_trs_not_found",
                                    "teacher_withdraws_training_period",
                                    "teacher_working_pattern_updated",
                                    "training_period_assigned_to_school_partnership",
                                    "trs_update_confirmed",
                                    "trs_update_failed",
                                    "user_signed_in",
                                ],
                            )
                        ),
                        name="event_type_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "author_type__in",
                                [
                                    "appropriate_body_user",
                                    "school_user",
                                    "dfe_staff_user",
                                    "system",
                                    "lead_provider_api",
                                ],
                            ),
                            ("author_type__isnull", True),
                            _connector="OR",
                        ),
                        name="event_author_type_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("author_type__in", ["system", "lead_provider_api"]),
                            ("author__isnull", False),
                            ("author_email__isnull", False),
                            _connector="OR",
                        ),
                        name="event_author_is_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("heading", ""), _negated=True),
                        name="event_has_a_heading",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeclarationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("api_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "declaration_type",
                    models.CharField(
                        choices=[
                            ("started", "Started"),
                            ("retained-1", "Retained 1"),
                            ("retained-2", "Retained 2"),
                            ("retained-3", "Retained 3"),
                            ("retained-4", "Retained 4"),
                            ("completed", "Completed"),
                            ("extended-1", "Extended 1"),
                            ("extended-2", "Extended 2"),
                            ("extended-3", "Extended 3"),
                        ],
                        default="started",
                        max_length=11,
                    ),
                ),
                ("declaration_date", models.DateTimeField(default=register_ects.clock.now)),
                (
                    "evidence_type",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("training-event-attended", "Training Event Attended"),
                            ("self-study-material-completed", "Self Study Material Completed"),
                            ("materials-engaged-with-offline", "Materials Engaged With Offline"),
                            ("75-percent-engagement-met", "Engagement Met"),
                            (
                                "75-percent-engagement-met-reduced-induction",
                                "Engagement Met Reduced Induction",
                            ),
                            ("one-term-induction", "One Term Induction"),
                            ("other", "Other"),
                        ],
                        max_length=43,
                        null=True,
                    ),
                ),
                (
                    "payment_status",
                    models.CharField(
                        choices=[
                            ("no_payment", "Submitted"),
                            ("eligible", "Eligible"),
                            ("payable", "Payable"),
                            ("paid", "Paid"),
                            ("voided", "Voided"),
                        ],
                        default="no_payment",
                        max_length=10,
                    ),
                ),
                (
                    "clawback_status",
                    models.CharField(
                        choices=[
                            ("no_clawback", "No clawback"),
                            ("awaiting_clawback", "Awaiting clawback"),
                            ("clawed_back", "Clawed back"),
                        ],
                        default="no_clawback",
                        max_length=17,
                    ),
                ),
                ("pupil_premium_uplift", models.BooleanField(default=False)),
                ("sparsity_uplift", models.BooleanField(default=False)),
                ("voided_by_user_at", models.DateTimeField(blank=True, null=True)),
                (
                    "trainee_role",
                    models.CharField(
                        choices=[("ect", "ECT"), ("mentor", "Mentor")], editable=False, max_length=6
                    ),
                ),
                (
                    "contract_period",
                    models.ForeignKey(
                        db_column="contract_period_year",
                        db_constraint=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.contractperiod",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="register_ects.declaration",
                    ),
                ),
                (
                    "voided_by_user",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.staffuser",
                    ),
                ),
                (
                    "delivery_partner_when_created",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.deliverypartner",
                    ),
                ),
                (
                    "ect_at_school_period",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.ectatschoolperiod",
                    ),
                ),
                (
                    "lead_provider",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.leadprovider",
                    ),
                ),
                (
                    "mentorship_period",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.mentorshipperiod",
                    ),
                ),
                (
                    "clawback_statement",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.statement",
                    ),
                ),
                (
                    "payment_statement",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.statement",
                    ),
                ),
                (
                    "teacher",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.teacher",
                    ),
                ),
                (
                    "training_period",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.trainingperiod",
                    ),
                ),
            ],
            options={
                "db_table": "declaration_history",
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="declaration",
            name="training_period",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="declarations",
                to="register_ects.trainingperiod",
            ),
        ),
        migrations.CreateModel(
            name="TrainingPeriodEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                ("started_on", models.DateField()),
                ("finished_on", models.DateField(blank=True, null=True)),
                (
                    "training_programme",
                    models.CharField(
                        choices=[("provider_led", "Provider-led"), ("school_led", "School-led")],
                        max_length=12,
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "withdrawal_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("left_teaching_profession", "Left Teaching Profession"),
                            ("moved_school", "Moved School"),
                            ("mentor_no_longer_being_mentor", "Mentor No Longer Being Mentor"),
                            ("switched_to_school_led", "Switched To School Led"),
                            ("changed_lead_provider", "Changed Lead Provider"),
                            ("other", "Other"),
                        ],
                        max_length=29,
                        null=True,
                    ),
                ),
                ("deferred_at", models.DateTimeField(blank=True, null=True)),
                (
                    "deferral_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("bereavement", "Bereavement"),
                            ("long_term_sickness", "Long Term Sickness"),
                            ("parental_leave", "Parental Leave"),
                            ("career_break", "Career Break"),
                            ("other", "Other"),
                        ],
                        max_length=18,
                        null=True,
                    ),
                ),
                (
                    "trainee_role",
                    models.CharField(
                        choices=[("ect", "ECT"), ("mentor", "Mentor")], editable=False, max_length=6
                    ),
                ),
                (
                    "schedule_kind",
                    models.TextField(
                        blank=True,
                        choices=[
                            ("standard", "Standard"),
                            ("extended", "Extended"),
                            ("reduced", "Reduced"),
                            ("replacement", "Replacement"),
                        ],
                        editable=False,
                        null=True,
                    ),
                ),
                (
                    "contract_period",
                    models.ForeignKey(
                        blank=True,
                        db_column="contract_period_year",
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.contractperiod",
                    ),
                ),
                (
                    "ect_at_school_period",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.ectatschoolperiod",
                    ),
                ),
                (
                    "expression_of_interest",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.activeleadprovider",
                    ),
                ),
                (
                    "lead_provider",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.leadprovider",
                    ),
                ),
                (
                    "mentor_at_school_period",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.mentoratschoolperiod",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="register_ects.trainingperiod",
                    ),
                ),
                (
                    "schedule",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.schedule",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.school",
                    ),
                ),
                (
                    "school_partnership",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.schoolpartnership",
                    ),
                ),
                (
                    "teacher",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="register_ects.teacher",
                    ),
                ),
            ],
            options={
                "db_table": "training_period_history",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TRSInductionUpdate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=register_ects.clock.now, editable=False),
                ),
                ("updated_at", register_ects.models.base.UpdatedAtField(editable=False)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("None", "None"),
                            ("RequiredToComplete", "Required to complete"),
                            ("InProgress", "In progress"),
                            ("Passed", "Passed"),
                            ("Failed", "Failed"),
                            ("FailedInWales", "Failed in Wales"),
                            ("Exempt", "Exempt"),
                        ],
                        max_length=18,
                    ),
                ),
                ("start_date", models.DateField(blank=True, null=True)),
                ("completed_date", models.DateField(blank=True, null=True)),
                ("changed_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("sent", "Sent"),
                            ("rejected", "Rejected"),
                            ("superseded", "Superseded"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("next_attempt_at", models.DateTimeField(blank=True, null=True)),
                ("last_response", models.TextField(blank=True, null=True)),
                (
                    "teacher",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="trs_induction_updates",
                        to="register_ects.teacher",
                    ),
                ),
            ],
            options={
                "db_table": "trs_induction_update",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "None",
                                    "RequiredToComplete",
                                    "InProgress",
                                    "Passed",
                                    "Failed",
                                    "FailedInWales",
                                    "Exempt",
                                ],
                            ),
                            ("status__isnull", True),
                            _connector="OR",
                        ),
                        name="trs_update_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["queued", "sent", "rejected", "superseded"]),
                            ("state__isnull", True),
                            _connector="OR",
                        ),
                        name="trs_update_state_is_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "queued")),
                        fields=("teacher",),
                        name="one_queued_trs_update_per_teacher",
                    ),
                ],
            },
        ),
        AddConstraint(
            model_name="bandedfeestructure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("setup_fee__gte", 0),
                    ("uplift_fee_per_declaration__gte", 0),
                    models.Q(
                        ("monthly_service_fee__isnull", True),
                        ("monthly_service_fee__gte", 0),
                        _connector="OR",
                    ),
                ),
                name="banded_fees_not_negative",
            ),
        ),
        AddConstraint(
            model_name="bandedfeestructure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("uplift_target_ratio__isnull", True),
                    models.Q(("uplift_target_ratio__gte", 0), ("uplift_target_ratio__lte", 1)),
                    _connector="OR",
                ),
                name="uplift_target_ratio_between_0_and_1",
            ),
        ),
        AddConstraint(
            model_name="bandedfeestructure",
            constraint=models.UniqueConstraint(
                fields=("id", "active_lead_provider"),
                name="banded_structure_key_with_active_lead_provider",
            ),
        ),
        AddConstraint(
            model_name="appropriatebody",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("body_type__in", ["local_authority", "national", "teaching_school_hub"]),
                    ("body_type__isnull", True),
                    _connector="OR",
                ),
                name="appropriate_body_type_is_known",
            ),
        ),
        AddConstraint(
            model_name="appropriatebodyperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("finished_on__isnull", True),
                    ("finished_on__gte", models.F("started_on")),
                    _connector="OR",
                ),
                name="appropriatebodyperiod_finishes_on_or_after_start",
            ),
        ),
        AddConstraint(
            model_name="appropriatebodyperiod",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                expressions=[("appropriate_body", "="), ("period", "&&")],
                name="designations_of_a_body_never_overlap",
            ),
        ),
        AddConstraint(
            model_name="activeleadprovider",
            constraint=models.UniqueConstraint(
                fields=("lead_provider", "contract_period"),
                name="one_active_lead_provider_per_contract_period",
            ),
        ),
        AddConstraint(
            model_name="activeleadprovider",
            constraint=models.UniqueConstraint(
                fields=("id", "lead_provider", "contract_period"),
                name="active_lead_provider_key_with_year",
            ),
        ),
        AddConstraint(
            model_name="milestone",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "declaration_type__in",
                        [
                            "started",
                            "retained-1",
                            "retained-2",
                            "retained-3",
                            "retained-4",
                            "completed",
                            "extended-1",
                            "extended-2",
                            "extended-3",
                        ],
                    ),
                    ("declaration_type__isnull", True),
                    _connector="OR",
                ),
                name="milestone_declaration_type_is_known",
            ),
        ),
        AddConstraint(
            model_name="milestone",
            constraint=models.UniqueConstraint(
                fields=("schedule", "declaration_type"), name="one_milestone_of_a_type_per_schedule"
            ),
        ),
        AddConstraint(
            model_name="milestone",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("milestone_date__isnull", True),
                    ("milestone_date__gt", models.F("start_date")),
                    _connector="OR",
                ),
                name="milestone_date_after_its_start_date",
            ),
        ),
        AddConstraint(
            model_name="mentorshipperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("finished_on__isnull", True),
                    ("finished_on__gte", models.F("started_on")),
                    _connector="OR",
                ),
                name="mentorshipperiod_finishes_on_or_after_start",
            ),
        ),
        AddConstraint(
            model_name="mentorshipperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(("ect_teacher", models.F("mentor_teacher")), _negated=True),
                name="mentor_and_mentee_are_different_people",
            ),
        ),
        AddConstraint(
            model_name="mentorshipperiod",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                expressions=[("ect_at_school_period", "="), ("period", "&&")],
                name="one_mentor_at_a_time_per_ect",
            ),
        ),
        AddConstraint(
            model_name="mentorshipperiod",
            constraint=models.UniqueConstraint(
                fields=("id", "ect_at_school_period"), name="mentorship_key_with_ect_placement"
            ),
        ),
        migrations.AddIndex(
            model_name="mentoratschoolperiod",
            index=models.Index(
                fields=["school", "-started_on"], name="mentor_placements_of_school"
            ),
        ),
        migrations.AddIndex(
            model_name="mentoratschoolperiod",
            index=models.Index(fields=["email"], name="mentor_placement_email"),
        ),
        AddConstraint(
            model_name="mentoratschoolperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("finished_on__isnull", True),
                    ("finished_on__gte", models.F("started_on")),
                    _connector="OR",
                ),
                name="mentoratschoolperiod_finishes_on_or_after_start",
            ),
        ),
        AddConstraint(
            model_name="mentoratschoolperiod",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                expressions=[("teacher", "="), ("school", "="), ("period", "&&")],
                name="mentor_placements_at_a_school_never_overlap",
            ),
        ),
        AddConstraint(
            model_name="mentoratschoolperiod",
            constraint=models.UniqueConstraint(
                fields=("id", "teacher", "school"),
                name="mentor_placement_key_with_teacher_and_school",
            ),
        ),
        AddConstraint(
            model_name="inductionperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("finished_on__isnull", True),
                    ("finished_on__gte", models.F("started_on")),
                    _connector="OR",
                ),
                name="inductionperiod_finishes_on_or_after_start",
            ),
        ),
        AddConstraint(
            model_name="inductionperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome__in", ["pass", "fail"]), ("outcome__isnull", True), _connector="OR"
                ),
                name="induction_outcome_is_known",
            ),
        ),
        AddConstraint(
            model_name="inductionperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("training_programme__in", ["provider_led", "school_led"]),
                    ("training_programme__isnull", True),
                    _connector="OR",
                ),
                name="induction_programme_is_known",
            ),
        ),
        AddConstraint(
            model_name="inductionperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "legacy_programme__in",
                        ["cip", "fip", "diy", "unknown", "pre_september_2021"],
                    ),
                    ("legacy_programme__isnull", True),
                    _connector="OR",
                ),
                name="legacy_programme_is_known",
            ),
        ),
        AddConstraint(
            model_name="inductionperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("training_programme__isnull", False),
                    models.Q(
                        ("legacy_programme__in", ["unknown", "pre_september_2021"]),
                        ("legacy_programme__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="induction_programme_missing_only_in_old_records",
            ),
        ),
        AddConstraint(
            model_name="inductionperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finished_on__isnull", True), ("number_of_terms__isnull", True)),
                    models.Q(
                        ("finished_on__isnull", False),
                        ("number_of_terms__gte", Decimal("0")),
                        ("number_of_terms__isnull", False),
                        ("number_of_terms__lte", Decimal("16")),
                    ),
                    _connector="OR",
                ),
                name="induction_terms_0_to_16_once_finished",
            ),
        ),
        AddConstraint(
            model_name="inductionperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome__isnull", True), ("finished_on__isnull", False), _connector="OR"
                ),
                name="induction_outcome_only_once_finished",
            ),
        ),
        AddConstraint(
            model_name="inductionperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("fail_confirmation_sent_on__isnull", True),
                    models.Q(
                        ("fail_confirmation_sent_on__gte", models.F("finished_on")),
                        ("finished_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="fail_confirmation_sent_after_the_end",
            ),
        ),
        AddConstraint(
            model_name="inductionperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(("started_on__gte", "1999-09-01")),
                name="induction_starts_on_or_after_1_september_1999",
            ),
        ),
        AddConstraint(
            model_name="inductionperiod",
            constraint=models.UniqueConstraint(
                condition=models.Q(("outcome__isnull", False)),
                fields=("teacher",),
                name="one_induction_outcome_per_teacher",
            ),
        ),
        AddConstraint(
            model_name="inductionperiod",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                expressions=[("teacher", "="), ("period", "&&")],
                name="induction_periods_never_overlap",
            ),
        ),
        AddConstraint(
            model_name="inductionextension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("number_of_terms__gte", Decimal("0.1")),
                    ("number_of_terms__lte", Decimal("16")),
                ),
                name="extension_between_a_tenth_and_16_terms",
            ),
        ),
        migrations.AddIndex(
            model_name="ectatschoolperiod",
            index=models.Index(fields=["school", "-started_on"], name="ect_placements_of_school"),
        ),
        migrations.AddIndex(
            model_name="ectatschoolperiod",
            index=models.Index(fields=["email"], name="ect_placement_email"),
        ),
        AddConstraint(
            model_name="ectatschoolperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("finished_on__isnull", True),
                    ("finished_on__gte", models.F("started_on")),
                    _connector="OR",
                ),
                name="ectatschoolperiod_finishes_on_or_after_start",
            ),
        ),
        AddConstraint(
            model_name="ectatschoolperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("working_pattern__in", ["full_time", "part_time"]),
                    ("working_pattern__isnull", True),
                    _connector="OR",
                ),
                name="ect_working_pattern_is_known",
            ),
        ),
        AddConstraint(
            model_name="ectatschoolperiod",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                expressions=[("teacher", "="), ("period", "&&")],
                name="ect_placements_never_overlap",
            ),
        ),
        AddConstraint(
            model_name="ectatschoolperiod",
            constraint=models.UniqueConstraint(
                fields=("id", "teacher", "school"), name="ect_placement_key_with_teacher_and_school"
            ),
        ),
        AddConstraint(
            model_name="declaration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "declaration_type__in",
                        [
                            "started",
                            "retained-1",
                            "retained-2",
                            "retained-3",
                            "retained-4",
                            "completed",
                            "extended-1",
                            "extended-2",
                            "extended-3",
                        ],
                    ),
                    ("declaration_type__isnull", True),
                    _connector="OR",
                ),
                name="declaration_type_is_known",
            ),
        ),
        AddConstraint(
            model_name="declaration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "evidence_type__in",
                        [
                            "training-event-attended",
                            "self-study-material-completed",
                            "materials-engaged-with-offline",
                            "75-percent-engagement-met",
                            "75-percent-engagement-met-reduced-induction",
                            "one-term-induction",
                            "other",
                        ],
                    ),
                    ("evidence_type__isnull", True),
                    _connector="OR",
                ),
                name="evidence_type_is_known",
            ),
        ),
        AddConstraint(
            model_name="declaration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("payment_status__in", ["no_payment", "eligible", "payable", "paid", "voided"]),
                    ("payment_status__isnull", True),
                    _connector="OR",
                ),
                name="payment_status_is_known",
            ),
        ),
        AddConstraint(
            model_name="declaration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("clawback_status__in", ["no_clawback", "awaiting_clawback", "clawed_back"]),
                    ("clawback_status__isnull", True),
                    _connector="OR",
                ),
                name="clawback_status_is_known",
            ),
        ),
        AddConstraint(
            model_name="declaration",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("payment_status", "voided"), _negated=True),
                    ("clawback_status", "no_clawback"),
                ),
                fields=("teacher", "trainee_role", "declaration_type"),
                name="one_live_declaration_per_person_role_and_type",
            ),
        ),
        AddConstraint(
            model_name="declaration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("payment_status__in", ["no_payment", "voided"]),
                    ("payment_statement__isnull", False),
                    _connector="OR",
                ),
                name="payment_statement_present_when_billable",
            ),
        ),
        AddConstraint(
            model_name="declaration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("payment_status", "no_payment"), _negated=True),
                    ("payment_statement__isnull", True),
                    _connector="OR",
                ),
                name="no_payment_statement_before_eligible",
            ),
        ),
        AddConstraint(
            model_name="declaration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("clawback_statement__isnull", True), ("clawback_status", "no_clawback")
                    ),
                    models.Q(
                        models.Q(("clawback_status", "no_clawback"), _negated=True),
                        ("clawback_statement__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="clawback_statement_present_only_when_clawed_back",
            ),
        ),
        AddConstraint(
            model_name="declaration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("clawback_status", "no_clawback"), ("payment_status", "paid"), _connector="OR"
                ),
                name="only_paid_declarations_are_clawed_back",
            ),
        ),
        AddConstraint(
            model_name="declaration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("pupil_premium_uplift", False), ("sparsity_uplift", False)),
                    ("declaration_type", "started"),
                    _connector="OR",
                ),
                name="uplift_only_on_started",
            ),
        ),
        AddConstraint(
            model_name="declaration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ect_at_school_period__isnull", False), ("trainee_role", "ect")),
                    models.Q(("ect_at_school_period__isnull", True), ("trainee_role", "mentor")),
                    _connector="OR",
                ),
                name="ect_declaration_names_its_placement",
            ),
        ),
        AddConstraint(
            model_name="declaration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("mentorship_period__isnull", True),
                    models.Q(("ect_at_school_period__isnull", False), ("trainee_role", "ect")),
                    _connector="OR",
                ),
                name="mentorship_only_on_ect_declarations",
            ),
        ),
        AddConstraint(
            model_name="declaration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("voided_by_user__isnull", True), ("voided_by_user_at__isnull", True)),
                    models.Q(
                        ("voided_by_user__isnull", False), ("voided_by_user_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="voided_by_user_and_time_together",
            ),
        ),
        AddTrigger(
            model_name="staffuser",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "staff_user_history" ("created_at", "deactivated_at", "email", "id", "name", "otp_failed_attempts", "otp_locked_at", "otp_school_urn", "otp_secret", "otp_verified_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "updated_at") VALUES (OLD."created_at", OLD."deactivated_at", OLD."email", OLD."id", OLD."name", OLD."otp_failed_attempts", OLD."otp_locked_at", OLD."otp_school_urn", OLD."otp_secret", OLD."otp_verified_at", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."role", OLD."updated_at"); RETURN NULL;',
                    hash="59a6c58f44fd4775b976d445b7a9b0ba636f4f69",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_5f4fc",
                    table="staff_user",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="staffuser",
            trigger=pgtrigger.compiler.Trigger(
                name="before_delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "staff_user_history" ("created_at", "deactivated_at", "email", "id", "name", "otp_failed_attempts", "otp_locked_at", "otp_school_urn", "otp_secret", "otp_verified_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "updated_at") VALUES (OLD."created_at", OLD."deactivated_at", OLD."email", OLD."id", OLD."name", OLD."otp_failed_attempts", OLD."otp_locked_at", OLD."otp_school_urn", OLD."otp_secret", OLD."otp_verified_at", _pgh_attach_context(), NOW(), \'before_delete\', OLD."id", OLD."role", OLD."updated_at"); RETURN NULL;',
                    hash="0f509f245efb6a20f13f260ad17aff8566e39db1",
                    operation="DELETE",
                    pgid="pgtrigger_before_delete_delete_ece0c",
                    table="staff_user",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="deliverypartner",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "delivery_partner_history" ("api_id", "created_at", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at") VALUES (OLD."api_id", OLD."created_at", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."updated_at"); RETURN NULL;',
                    hash="b90da8c87d187d77ba3c39b37e6f92a6bb49661d",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_d7a34",
                    table="delivery_partner",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="deliverypartner",
            trigger=pgtrigger.compiler.Trigger(
                name="before_delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "delivery_partner_history" ("api_id", "created_at", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at") VALUES (OLD."api_id", OLD."created_at", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'before_delete\', OLD."id", OLD."updated_at"); RETURN NULL;',
                    hash="926f180731a37fe7e368a55435457ffa39ad4dfd",
                    operation="DELETE",
                    pgid="pgtrigger_before_delete_delete_727c0",
                    table="delivery_partner",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="giasschool",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."address_line1" IS DISTINCT FROM (NEW."address_line1") OR OLD."address_line2" IS DISTINCT FROM (NEW."address_line2") OR OLD."address_line3" IS DISTINCT FROM (NEW."address_line3") OR OLD."administrative_district_name" IS DISTINCT FROM (NEW."administrative_district_name") OR OLD."closed_on" IS DISTINCT FROM (NEW."closed_on") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."eligible" IS DISTINCT FROM (NEW."eligible") OR OLD."establishment_number" IS DISTINCT FROM (NEW."establishment_number") OR OLD."in_england" IS DISTINCT FROM (NEW."in_england") OR OLD."local_authority_code" IS DISTINCT FROM (NEW."local_authority_code") OR OLD."local_authority_name" IS DISTINCT FROM (NEW."local_authority_name") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."opened_on" IS DISTINCT FROM (NEW."opened_on") OR OLD."phase_name" IS DISTINCT FROM (NEW."phase_name") OR OLD."postcode" IS DISTINCT FROM (NEW."postcode") OR OLD."primary_contact_email" IS DISTINCT FROM (NEW."primary_contact_email") OR OLD."pupils" IS DISTINCT FROM (NEW."pupils") OR OLD."secondary_contact_email" IS DISTINCT FROM (NEW."secondary_contact_email") OR OLD."section_41_approved" IS DISTINCT FROM (NEW."section_41_approved") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."type_name" IS DISTINCT FROM (NEW."type_name") OR OLD."ukprn" IS DISTINCT FROM (NEW."ukprn") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."urn" IS DISTINCT FROM (NEW."urn") OR OLD."website" IS DISTINCT FROM (NEW."website"))',
                    func='INSERT INTO "gias_school_history" ("address_line1", "address_line2", "address_line3", "administrative_district_name", "closed_on", "created_at", "eligible", "establishment_number", "in_england", "local_authority_code", "local_authority_name", "name", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase_name", "postcode", "primary_contact_email", "pupils", "secondary_contact_email", "section_41_approved", "status", "type_name", "ukprn", "updated_at", "urn", "website") VALUES (OLD."address_line1", OLD."address_line2", OLD."address_line3", OLD."administrative_district_name", OLD."closed_on", OLD."created_at", OLD."eligible", OLD."establishment_number", OLD."in_england", OLD."local_authority_code", OLD."local_authority_name", OLD."name", OLD."opened_on", _pgh_attach_context(), NOW(), \'before_update\', OLD."urn", OLD."phase_name", OLD."postcode", OLD."primary_contact_email", OLD."pupils", OLD."secondary_contact_email", OLD."section_41_approved", OLD."status", OLD."type_name", OLD."ukprn", OLD."updated_at", OLD."urn", OLD."website"); RETURN NULL;',
                    hash="62ff1b65ada7acff625d0f4adb90621b1e507f99",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_85c86",
                    table="gias_school",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="giasschool",
            trigger=pgtrigger.compiler.Trigger(
                name="before_delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "gias_school_history" ("address_line1", "address_line2", "address_line3", "administrative_district_name", "closed_on", "created_at", "eligible", "establishment_number", "in_england", "local_authority_code", "local_authority_name", "name", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase_name", "postcode", "primary_contact_email", "pupils", "secondary_contact_email", "section_41_approved", "status", "type_name", "ukprn", "updated_at", "urn", "website") VALUES (OLD."address_line1", OLD."address_line2", OLD."address_line3", OLD."administrative_district_name", OLD."closed_on", OLD."created_at", OLD."eligible", OLD."establishment_number", OLD."in_england", OLD."local_authority_code", OLD."local_authority_name", OLD."name", OLD."opened_on", _pgh_attach_context(), NOW(), \'before_delete\', OLD."urn", OLD."phase_name", OLD."postcode", OLD."primary_contact_email", OLD."pupils", OLD."secondary_contact_email", OLD."section_41_approved", OLD."status", OLD."type_name", OLD."ukprn", OLD."updated_at", OLD."urn", OLD."website"); RETURN NULL;',
                    hash="cc6ef821f58ba9bfb1184623fe9a0b2417a02d2e",
                    operation="DELETE",
                    pgid="pgtrigger_before_delete_delete_d489e",
                    table="gias_school",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="leadprovider",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "lead_provider_history" ("created_at", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "vat_registered") VALUES (OLD."created_at", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."updated_at", OLD."vat_registered"); RETURN NULL;',
                    hash="1bbe24c318199fb2c1ec268e3c9c74ec121f13f8",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_67d32",
                    table="lead_provider",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="leadprovider",
            trigger=pgtrigger.compiler.Trigger(
                name="before_delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "lead_provider_history" ("created_at", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "vat_registered") VALUES (OLD."created_at", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'before_delete\', OLD."id", OLD."updated_at", OLD."vat_registered"); RETURN NULL;',
                    hash="e33989e0f19c2c1cb157a199e5708c55294d606c",
                    operation="DELETE",
                    pgid="pgtrigger_before_delete_delete_a6c2b",
                    table="lead_provider",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="activeleadproviderband",
            trigger=pgtrigger.compiler.Trigger(
                name="band_order_never_changes",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF NEW.allocation_order IS DISTINCT FROM OLD.allocation_order THEN\n                RAISE EXCEPTION 'allocation_order cannot be changed'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'band_order_never_changes';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="b5029e99a56bdcb4b5faf786d4caa4c728844e8b",
                    operation="UPDATE",
                    pgid="pgtrigger_band_order_never_changes_f3a7c",
                    table="active_lead_provider_band",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="activeleadproviderband",
            trigger=pgtrigger.compiler.Trigger(
                name="band_capacity_never_shrinks",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF NEW.capacity < OLD.capacity THEN\n                RAISE EXCEPTION 'The capacity of a band may only grow'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'band_capacity_never_shrinks';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="3b42d140c7f4a9096de0affe17fb70f7396c4f56",
                    operation="UPDATE",
                    pgid="pgtrigger_band_capacity_never_shrinks_0d0f3",
                    table="active_lead_provider_band",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="activeleadproviderband",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "active_lead_provider_band_history" ("active_lead_provider_id", "allocation_order", "capacity", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at") VALUES (OLD."active_lead_provider_id", OLD."allocation_order", OLD."capacity", OLD."created_at", OLD."id", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."updated_at"); RETURN NULL;',
                    hash="18abeb6a5b47615285c2eb880265e203fcdeaba1",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_e9a7a",
                    table="active_lead_provider_band",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="activeleadproviderband",
            trigger=pgtrigger.compiler.Trigger(
                name="before_delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "active_lead_provider_band_history" ("active_lead_provider_id", "allocation_order", "capacity", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at") VALUES (OLD."active_lead_provider_id", OLD."allocation_order", OLD."capacity", OLD."created_at", OLD."id", _pgh_attach_context(), NOW(), \'before_delete\', OLD."id", OLD."updated_at"); RETURN NULL;',
                    hash="2e687fc42e79cb82c5ca3810c0c7c5c5d0426666",
                    operation="DELETE",
                    pgid="pgtrigger_before_delete_delete_ecc11",
                    table="active_lead_provider_band",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="bandterm",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "contract_band_term_history" ("active_lead_provider_id", "band_id", "banded_fee_structure_id", "created_at", "fee_per_declaration", "id", "output_fee_ratio", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_fee_ratio", "updated_at") VALUES (OLD."active_lead_provider_id", OLD."band_id", OLD."banded_fee_structure_id", OLD."created_at", OLD."fee_per_declaration", OLD."id", OLD."output_fee_ratio", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."service_fee_ratio", OLD."updated_at"); RETURN NULL;',
                    hash="a5c1e403441f6daccdb7cdcc1bb385e5eeeedb64",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_1416b",
                    table="contract_band_term",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="bandterm",
            trigger=pgtrigger.compiler.Trigger(
                name="before_delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "contract_band_term_history" ("active_lead_provider_id", "band_id", "banded_fee_structure_id", "created_at", "fee_per_declaration", "id", "output_fee_ratio", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_fee_ratio", "updated_at") VALUES (OLD."active_lead_provider_id", OLD."band_id", OLD."banded_fee_structure_id", OLD."created_at", OLD."fee_per_declaration", OLD."id", OLD."output_fee_ratio", _pgh_attach_context(), NOW(), \'before_delete\', OLD."id", OLD."service_fee_ratio", OLD."updated_at"); RETURN NULL;',
                    hash="cb867f2cf609e0f1dcc3f0e7e5962234e9469578",
                    operation="DELETE",
                    pgid="pgtrigger_before_delete_delete_772ca",
                    table="contract_band_term",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="contract",
            trigger=pgtrigger.compiler.Trigger(
                name="contract_provider_never_changes",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF NEW.active_lead_provider_id IS DISTINCT FROM OLD.active_lead_provider_id THEN\n                RAISE EXCEPTION 'active_lead_provider_id cannot be changed'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'contract_provider_never_changes';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="7cd42ea8e4f4f1c4da901612eccc85a950df4cd1",
                    operation="UPDATE",
                    pgid="pgtrigger_contract_provider_never_changes_9b6d4",
                    table="contract",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="contract",
            trigger=pgtrigger.compiler.Trigger(
                name="contract_fee_structures_match",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n            IF TG_OP <> 'DELETE' THEN\n                \n    PERFORM 1 FROM contract WHERE id = NEW.id FOR NO KEY UPDATE;\n    IF EXISTS (\n        SELECT 1 FROM contract c WHERE c.id = NEW.id AND NOT (\n            EXISTS (SELECT 1 FROM contract_banded_fee_structure b WHERE b.contract_id = c.id)\n            AND (c.contract_type = 'ittecf_ectp') =\n                EXISTS (SELECT 1 FROM contract_flat_rate_fee_structure f WHERE f.contract_id = c.id)\n        )\n    ) THEN\n        RAISE EXCEPTION 'The fee structures do not match the contract type'\n        USING ERRCODE = 'integrity_constraint_violation',\n            CONSTRAINT = 'fee_structures_match_contract_type';\n    END IF;\n\n            END IF;\n            IF TG_OP <> 'INSERT' THEN\n                \n    PERFORM 1 FROM contract WHERE id = OLD.id FOR NO KEY UPDATE;\n    IF EXISTS (\n        SELECT 1 FROM contract c WHERE c.id = OLD.id AND NOT (\n            EXISTS (SELECT 1 FROM contract_banded_fee_structure b WHERE b.contract_id = c.id)\n            AND (c.contract_type = 'ittecf_ectp') =\n                EXISTS (SELECT 1 FROM contract_flat_rate_fee_structure f WHERE f.contract_id = c.id)\n        )\n    ) THEN\n        RAISE EXCEPTION 'The fee structures do not match the contract type'\n        USING ERRCODE = 'integrity_constraint_violation',\n            CONSTRAINT = 'fee_structures_match_contract_type';\n    END IF;\n\n            END IF;\n            RETURN NULL;\n        ",
                    hash="f95bc7cc6c89e2de68c559a156500a4e6015facf",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_contract_fee_structures_match_73180",
                    table="contract",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="contract",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "contract_history" ("active_lead_provider_id", "contract_type", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "vat_rate") VALUES (OLD."active_lead_provider_id", OLD."contract_type", OLD."created_at", OLD."id", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."updated_at", OLD."vat_rate"); RETURN NULL;',
                    hash="ef68cee7ef162a461e179d147236d0d6b45c4ac8",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_da7f0",
                    table="contract",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="contract",
            trigger=pgtrigger.compiler.Trigger(
                name="before_delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "contract_history" ("active_lead_provider_id", "contract_type", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "vat_rate") VALUES (OLD."active_lead_provider_id", OLD."contract_type", OLD."created_at", OLD."id", _pgh_attach_context(), NOW(), \'before_delete\', OLD."id", OLD."updated_at", OLD."vat_rate"); RETURN NULL;',
                    hash="4e2ae7f20640a59baf6caa9c03c0dcbfa161e4c7",
                    operation="DELETE",
                    pgid="pgtrigger_before_delete_delete_49941",
                    table="contract",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="bandedfeestructure",
            trigger=pgtrigger.compiler.Trigger(
                name="banded_structure_matches_type",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n            IF TG_OP <> 'DELETE' THEN\n                \n    PERFORM 1 FROM contract WHERE id = NEW.contract_id FOR NO KEY UPDATE;\n    IF EXISTS (\n        SELECT 1 FROM contract c WHERE c.id = NEW.contract_id AND NOT (\n            EXISTS (SELECT 1 FROM contract_banded_fee_structure b WHERE b.contract_id = c.id)\n            AND (c.contract_type = 'ittecf_ectp') =\n                EXISTS (SELECT 1 FROM contract_flat_rate_fee_structure f WHERE f.contract_id = c.id)\n        )\n    ) THEN\n        RAISE EXCEPTION 'The fee structures do not match the contract type'\n        USING ERRCODE = 'integrity_constraint_violation',\n            CONSTRAINT = 'fee_structures_match_contract_type';\n    END IF;\n\n            END IF;\n            IF TG_OP <> 'INSERT' THEN\n                \n    PERFORM 1 FROM contract WHERE id = OLD.contract_id FOR NO KEY UPDATE;\n    IF EXISTS (\n        SELECT 1 FROM contract c WHERE c.id = OLD.contract_id AND NOT (\n            EXISTS (SELECT 1 FROM contract_banded_fee_structure b WHERE b.contract_id = c.id)\n            AND (c.contract_type = 'ittecf_ectp') =\n                EXISTS (SELECT 1 FROM contract_flat_rate_fee_structure f WHERE f.contract_id = c.id)\n        )\n    ) THEN\n        RAISE EXCEPTION 'The fee structures do not match the contract type'\n        USING ERRCODE = 'integrity_constraint_violation',\n            CONSTRAINT = 'fee_structures_match_contract_type';\n    END IF;\n\n            END IF;\n            RETURN NULL;\n        ",
                    hash="a70c513b3d1af54cd19fd574e92a500770eb949c",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_banded_structure_matches_type_947ed",
                    table="contract_banded_fee_structure",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="bandedfeestructure",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "contract_banded_fee_structure_history" ("active_lead_provider_id", "contract_id", "created_at", "id", "monthly_service_fee", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recruitment_target", "setup_fee", "updated_at", "uplift_fee_per_declaration", "uplift_target_ratio") VALUES (OLD."active_lead_provider_id", OLD."contract_id", OLD."created_at", OLD."id", OLD."monthly_service_fee", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."recruitment_target", OLD."setup_fee", OLD."updated_at", OLD."uplift_fee_per_declaration", OLD."uplift_target_ratio"); RETURN NULL;',
                    hash="b53872e2f1f18fd80085274ef4b7645c38924843",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_905b2",
                    table="contract_banded_fee_structure",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="bandedfeestructure",
            trigger=pgtrigger.compiler.Trigger(
                name="before_delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "contract_banded_fee_structure_history" ("active_lead_provider_id", "contract_id", "created_at", "id", "monthly_service_fee", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recruitment_target", "setup_fee", "updated_at", "uplift_fee_per_declaration", "uplift_target_ratio") VALUES (OLD."active_lead_provider_id", OLD."contract_id", OLD."created_at", OLD."id", OLD."monthly_service_fee", _pgh_attach_context(), NOW(), \'before_delete\', OLD."id", OLD."recruitment_target", OLD."setup_fee", OLD."updated_at", OLD."uplift_fee_per_declaration", OLD."uplift_target_ratio"); RETURN NULL;',
                    hash="110a41993c0311f6877c96336f72a962d89d3841",
                    operation="DELETE",
                    pgid="pgtrigger_before_delete_delete_ec2c0",
                    table="contract_banded_fee_structure",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="contractperiod",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."declarations_in_sequence" IS DISTINCT FROM (NEW."declarations_in_sequence") OR OLD."detailed_evidence_types_enabled" IS DISTINCT FROM (NEW."detailed_evidence_types_enabled") OR OLD."enabled" IS DISTINCT FROM (NEW."enabled") OR OLD."finished_on" IS DISTINCT FROM (NEW."finished_on") OR OLD."mentor_funding_enabled" IS DISTINCT FROM (NEW."mentor_funding_enabled") OR OLD."payments_frozen_at" IS DISTINCT FROM (NEW."payments_frozen_at") OR OLD."started_on" IS DISTINCT FROM (NEW."started_on") OR OLD."successor_year" IS DISTINCT FROM (NEW."successor_year") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."uplift_fees_enabled" IS DISTINCT FROM (NEW."uplift_fees_enabled") OR OLD."year" IS DISTINCT FROM (NEW."year"))',
                    func='INSERT INTO "contract_period_history" ("created_at", "declarations_in_sequence", "detailed_evidence_types_enabled", "enabled", "finished_on", "mentor_funding_enabled", "payments_frozen_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "started_on", "successor_year", "updated_at", "uplift_fees_enabled", "year") VALUES (OLD."created_at", OLD."declarations_in_sequence", OLD."detailed_evidence_types_enabled", OLD."enabled", OLD."finished_on", OLD."mentor_funding_enabled", OLD."payments_frozen_at", _pgh_attach_context(), NOW(), \'before_update\', OLD."year", OLD."started_on", OLD."successor_year", OLD."updated_at", OLD."uplift_fees_enabled", OLD."year"); RETURN NULL;',
                    hash="fc2ed1049e3d26213e1684ca75e8daf6008ca590",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_29bb9",
                    table="contract_period",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="contractperiod",
            trigger=pgtrigger.compiler.Trigger(
                name="before_delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "contract_period_history" ("created_at", "declarations_in_sequence", "detailed_evidence_types_enabled", "enabled", "finished_on", "mentor_funding_enabled", "payments_frozen_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "started_on", "successor_year", "updated_at", "uplift_fees_enabled", "year") VALUES (OLD."created_at", OLD."declarations_in_sequence", OLD."detailed_evidence_types_enabled", OLD."enabled", OLD."finished_on", OLD."mentor_funding_enabled", OLD."payments_frozen_at", _pgh_attach_context(), NOW(), \'before_delete\', OLD."year", OLD."started_on", OLD."successor_year", OLD."updated_at", OLD."uplift_fees_enabled", OLD."year"); RETURN NULL;',
                    hash="6c331334e65a4f889763d83ad26ba2348fdff07e",
                    operation="DELETE",
                    pgid="pgtrigger_before_delete_delete_83d09",
                    table="contract_period",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="appropriatebody",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "appropriate_body_history" ("api_id", "body_type", "created_at", "dfe_sign_in_organisation_id", "id", "legacy_dqt_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at") VALUES (OLD."api_id", OLD."body_type", OLD."created_at", OLD."dfe_sign_in_organisation_id", OLD."id", OLD."legacy_dqt_id", OLD."name", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."updated_at"); RETURN NULL;',
                    hash="12bc48978920f19a965e5389cfe87a1747cf526a",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_ee5bf",
                    table="appropriate_body",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="appropriatebody",
            trigger=pgtrigger.compiler.Trigger(
                name="before_delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "appropriate_body_history" ("api_id", "body_type", "created_at", "dfe_sign_in_organisation_id", "id", "legacy_dqt_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at") VALUES (OLD."api_id", OLD."body_type", OLD."created_at", OLD."dfe_sign_in_organisation_id", OLD."id", OLD."legacy_dqt_id", OLD."name", _pgh_attach_context(), NOW(), \'before_delete\', OLD."id", OLD."updated_at"); RETURN NULL;',
                    hash="56e90aad454a53fafd7413692f0b59eb4618a5e9",
                    operation="DELETE",
                    pgid="pgtrigger_before_delete_delete_7d38f",
                    table="appropriate_body",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="flatratefeestructure",
            trigger=pgtrigger.compiler.Trigger(
                name="flat_rate_structure_matches_type",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n            IF TG_OP <> 'DELETE' THEN\n                \n    PERFORM 1 FROM contract WHERE id = NEW.contract_id FOR NO KEY UPDATE;\n    IF EXISTS (\n        SELECT 1 FROM contract c WHERE c.id = NEW.contract_id AND NOT (\n            EXISTS (SELECT 1 FROM contract_banded_fee_structure b WHERE b.contract_id = c.id)\n            AND (c.contract_type = 'ittecf_ectp') =\n                EXISTS (SELECT 1 FROM contract_flat_rate_fee_structure f WHERE f.contract_id = c.id)\n        )\n    ) THEN\n        RAISE EXCEPTION 'The fee structures do not match the contract type'\n        USING ERRCODE = 'integrity_constraint_violation',\n            CONSTRAINT = 'fee_structures_match_contract_type';\n    END IF;\n\n            END IF;\n            IF TG_OP <> 'INSERT' THEN\n                \n    PERFORM 1 FROM contract WHERE id = OLD.contract_id FOR NO KEY UPDATE;\n    IF EXISTS (\n        SELECT 1 FROM contract c WHERE c.id = OLD.contract_id AND NOT (\n            EXISTS (SELECT 1 FROM contract_banded_fee_structure b WHERE b.contract_id = c.id)\n            AND (c.contract_type = 'ittecf_ectp') =\n                EXISTS (SELECT 1 FROM contract_flat_rate_fee_structure f WHERE f.contract_id = c.id)\n        )\n    ) THEN\n        RAISE EXCEPTION 'The fee structures do not match the contract type'\n        USING ERRCODE = 'integrity_constraint_violation',\n            CONSTRAINT = 'fee_structures_match_contract_type';\n    END IF;\n\n            END IF;\n            RETURN NULL;\n        ",
                    hash="373f8b1cf9c581d7b1eda2fcfcbab358c86ef596",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_flat_rate_structure_matches_type_370d7",
                    table="contract_flat_rate_fee_structure",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="flatratefeestructure",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "contract_flat_rate_fee_structure_history" ("contract_id", "created_at", "fee_per_declaration", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recruitment_target", "updated_at") VALUES (OLD."contract_id", OLD."created_at", OLD."fee_per_declaration", OLD."id", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."recruitment_target", OLD."updated_at"); RETURN NULL;',
                    hash="2e1d0a81a1f97008eb339e9050ca46b9ee6ef817",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_66776",
                    table="contract_flat_rate_fee_structure",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="flatratefeestructure",
            trigger=pgtrigger.compiler.Trigger(
                name="before_delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "contract_flat_rate_fee_structure_history" ("contract_id", "created_at", "fee_per_declaration", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recruitment_target", "updated_at") VALUES (OLD."contract_id", OLD."created_at", OLD."fee_per_declaration", OLD."id", _pgh_attach_context(), NOW(), \'before_delete\', OLD."id", OLD."recruitment_target", OLD."updated_at"); RETURN NULL;',
                    hash="29b804fd12dd76a7b638f09c223812c60ae4b3a5",
                    operation="DELETE",
                    pgid="pgtrigger_before_delete_delete_91c0c",
                    table="contract_flat_rate_fee_structure",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="appropriatebodyperiod",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."appropriate_body_id" IS DISTINCT FROM (NEW."appropriate_body_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."finished_on" IS DISTINCT FROM (NEW."finished_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."lead_school_id" IS DISTINCT FROM (NEW."lead_school_id") OR OLD."started_on" IS DISTINCT FROM (NEW."started_on") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at"))',
                    func='INSERT INTO "appropriate_body_period_history" ("appropriate_body_id", "created_at", "finished_on", "id", "lead_school_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "started_on", "updated_at") VALUES (OLD."appropriate_body_id", OLD."created_at", OLD."finished_on", OLD."id", OLD."lead_school_id", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."started_on", OLD."updated_at"); RETURN NULL;',
                    hash="2e5f1d0dec9dbf808f571b991ffedf5ac994aaf6",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_bd0d9",
                    table="appropriate_body_period",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="appropriatebodyperiod",
            trigger=pgtrigger.compiler.Trigger(
                name="before_delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "appropriate_body_period_history" ("appropriate_body_id", "created_at", "finished_on", "id", "lead_school_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "started_on", "updated_at") VALUES (OLD."appropriate_body_id", OLD."created_at", OLD."finished_on", OLD."id", OLD."lead_school_id", _pgh_attach_context(), NOW(), \'before_delete\', OLD."id", OLD."started_on", OLD."updated_at"); RETURN NULL;',
                    hash="7ebc9e288c64c3720cf1b126c07a9e6e0e40cfd4",
                    operation="DELETE",
                    pgid="pgtrigger_before_delete_delete_8ecb5",
                    table="appropriate_body_period",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="giasschoollink",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "gias_school_link_history" ("created_at", "id", "link_date", "link_type", "link_urn", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "urn") VALUES (OLD."created_at", OLD."id", OLD."link_date", OLD."link_type", OLD."link_urn", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."updated_at", OLD."urn"); RETURN NULL;',
                    hash="0e2f15f82f61491189ecaa897e595db21b6e89b5",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_b2157",
                    table="gias_school_link",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="giasschoollink",
            trigger=pgtrigger.compiler.Trigger(
                name="before_delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "gias_school_link_history" ("created_at", "id", "link_date", "link_type", "link_urn", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "urn") VALUES (OLD."created_at", OLD."id", OLD."link_date", OLD."link_type", OLD."link_urn", _pgh_attach_context(), NOW(), \'before_delete\', OLD."id", OLD."updated_at", OLD."urn"); RETURN NULL;',
                    hash="f4b8146db4c7a293d49e3f632c4f7ce62efbd731",
                    operation="DELETE",
                    pgid="pgtrigger_before_delete_delete_849e9",
                    table="gias_school_link",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="activeleadprovider",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "active_lead_provider_history" ("contract_period_year", "created_at", "id", "lead_provider_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at") VALUES (OLD."contract_period_year", OLD."created_at", OLD."id", OLD."lead_provider_id", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."updated_at"); RETURN NULL;',
                    hash="02fde2bc359adbb8fcc8d529349886ddfa16781f",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_bf972",
                    table="active_lead_provider",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="activeleadprovider",
            trigger=pgtrigger.compiler.Trigger(
                name="before_delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "active_lead_provider_history" ("contract_period_year", "created_at", "id", "lead_provider_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at") VALUES (OLD."contract_period_year", OLD."created_at", OLD."id", OLD."lead_provider_id", _pgh_attach_context(), NOW(), \'before_delete\', OLD."id", OLD."updated_at"); RETURN NULL;',
                    hash="acb3ed9e7078f880006d7d7f8efaef65a9316cde",
                    operation="DELETE",
                    pgid="pgtrigger_before_delete_delete_3e60c",
                    table="active_lead_provider",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="leadproviderdeliverypartnership",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "lead_provider_delivery_partnership_history" ("active_lead_provider_id", "contract_period_year", "created_at", "delivery_partner_id", "id", "lead_provider_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at") VALUES (OLD."active_lead_provider_id", OLD."contract_period_year", OLD."created_at", OLD."delivery_partner_id", OLD."id", OLD."lead_provider_id", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."updated_at"); RETURN NULL;',
                    hash="3164ef841c0c6a58b586e1ec20c6135e0f0fd7df",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_5212a",
                    table="lead_provider_delivery_partnership",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="leadproviderdeliverypartnership",
            trigger=pgtrigger.compiler.Trigger(
                name="before_delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "lead_provider_delivery_partnership_history" ("active_lead_provider_id", "contract_period_year", "created_at", "delivery_partner_id", "id", "lead_provider_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at") VALUES (OLD."active_lead_provider_id", OLD."contract_period_year", OLD."created_at", OLD."delivery_partner_id", OLD."id", OLD."lead_provider_id", _pgh_attach_context(), NOW(), \'before_delete\', OLD."id", OLD."updated_at"); RETURN NULL;',
                    hash="34679d3b732e3178da2b3391f9cd01f8fbab35a6",
                    operation="DELETE",
                    pgid="pgtrigger_before_delete_delete_79b1a",
                    table="lead_provider_delivery_partnership",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="region",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "region_history" ("appropriate_body_id", "code", "created_at", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at") VALUES (OLD."appropriate_body_id", OLD."code", OLD."created_at", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."updated_at"); RETURN NULL;',
                    hash="3a4911721bd3fd624747a2fa5024c9b845c9aecc",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_a475f",
                    table="region",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="region",
            trigger=pgtrigger.compiler.Trigger(
                name="before_delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "region_history" ("appropriate_body_id", "code", "created_at", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at") VALUES (OLD."appropriate_body_id", OLD."code", OLD."created_at", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'before_delete\', OLD."id", OLD."updated_at"); RETURN NULL;',
                    hash="8d0c6b1b552a3552b3def2a59372b4ad297b70f6",
                    operation="DELETE",
                    pgid="pgtrigger_before_delete_delete_67f43",
                    table="region",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="schedule",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."contract_period_year" IS DISTINCT FROM (NEW."contract_period_year") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."identifier" IS DISTINCT FROM (NEW."identifier") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at"))',
                    func='INSERT INTO "schedule_history" ("contract_period_year", "created_at", "id", "identifier", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at") VALUES (OLD."contract_period_year", OLD."created_at", OLD."id", OLD."identifier", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."updated_at"); RETURN NULL;',
                    hash="dfb77642498575b1bad9e9327d036c627ed34883",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_1f96e",
                    table="schedule",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="schedule",
            trigger=pgtrigger.compiler.Trigger(
                name="before_delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "schedule_history" ("contract_period_year", "created_at", "id", "identifier", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at") VALUES (OLD."contract_period_year", OLD."created_at", OLD."id", OLD."identifier", _pgh_attach_context(), NOW(), \'before_delete\', OLD."id", OLD."updated_at"); RETURN NULL;',
                    hash="806e409224be02ec1033dd92d341b80b0b1a6fe6",
                    operation="DELETE",
                    pgid="pgtrigger_before_delete_delete_91728",
                    table="schedule",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="milestone",
            trigger=pgtrigger.compiler.Trigger(
                name="milestone_starts_within_contract_year",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF NEW.start_date < make_date(\n                    (SELECT contract_period_year FROM schedule WHERE id = NEW.schedule_id), 6, 1) THEN\n                RAISE EXCEPTION 'A milestone cannot start before 1 June of the contract year'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'milestone_starts_within_contract_year';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="c75bba36f7c6bf7c42cff2064840fec48fbde456",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_milestone_starts_within_contract_year_14d80",
                    table="milestone",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="milestone",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "milestone_history" ("created_at", "declaration_type", "id", "milestone_date", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "schedule_id", "start_date", "updated_at") VALUES (OLD."created_at", OLD."declaration_type", OLD."id", OLD."milestone_date", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."schedule_id", OLD."start_date", OLD."updated_at"); RETURN NULL;',
                    hash="eab0eeed4813145fd4e23538e87a218d251ff539",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_3db6d",
                    table="milestone",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="milestone",
            trigger=pgtrigger.compiler.Trigger(
                name="before_delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "milestone_history" ("created_at", "declaration_type", "id", "milestone_date", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "schedule_id", "start_date", "updated_at") VALUES (OLD."created_at", OLD."declaration_type", OLD."id", OLD."milestone_date", _pgh_attach_context(), NOW(), \'before_delete\', OLD."id", OLD."schedule_id", OLD."start_date", OLD."updated_at"); RETURN NULL;',
                    hash="7a2ba9086b8c9b17f889d16a66318e956d0cd8d2",
                    operation="DELETE",
                    pgid="pgtrigger_before_delete_delete_ff50a",
                    table="milestone",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="school",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "school_history" ("api_id", "created_at", "id", "induction_tutor_email", "induction_tutor_last_nominated_in_id", "induction_tutor_name", "last_chosen_appropriate_body_id", "last_chosen_lead_provider_id", "last_chosen_training_programme", "marked_as_eligible", "merged_into_id", "opted_out_of_reminder_emails_until", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "urn") VALUES (OLD."api_id", OLD."created_at", OLD."id", OLD."induction_tutor_email", OLD."induction_tutor_last_nominated_in_id", OLD."induction_tutor_name", OLD."last_chosen_appropriate_body_id", OLD."last_chosen_lead_provider_id", OLD."last_chosen_training_programme", OLD."marked_as_eligible", OLD."merged_into_id", OLD."opted_out_of_reminder_emails_until", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."updated_at", OLD."urn"); RETURN NULL;',
                    hash="a74347ae41dd4161ccfd4db7431083b095bb070d",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_30865",
                    table="school",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="school",
            trigger=pgtrigger.compiler.Trigger(
                name="before_delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "school_history" ("api_id", "created_at", "id", "induction_tutor_email", "induction_tutor_last_nominated_in_id", "induction_tutor_name", "last_chosen_appropriate_body_id", "last_chosen_lead_provider_id", "last_chosen_training_programme", "marked_as_eligible", "merged_into_id", "opted_out_of_reminder_emails_until", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "urn") VALUES (OLD."api_id", OLD."created_at", OLD."id", OLD."induction_tutor_email", OLD."induction_tutor_last_nominated_in_id", OLD."induction_tutor_name", OLD."last_chosen_appropriate_body_id", OLD."last_chosen_lead_provider_id", OLD."last_chosen_training_programme", OLD."marked_as_eligible", OLD."merged_into_id", OLD."opted_out_of_reminder_emails_until", _pgh_attach_context(), NOW(), \'before_delete\', OLD."id", OLD."updated_at", OLD."urn"); RETURN NULL;',
                    hash="edaab8e715f26f5a83d8ce7c73071b27e33390cb",
                    operation="DELETE",
                    pgid="pgtrigger_before_delete_delete_1738e",
                    table="school",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="schoolfundingeligibility",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "school_funding_eligibility_history" ("contract_period_year", "created_at", "gias_school_urn", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_premium_uplift", "sparsity_uplift", "updated_at") VALUES (OLD."contract_period_year", OLD."created_at", OLD."gias_school_urn", OLD."id", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."pupil_premium_uplift", OLD."sparsity_uplift", OLD."updated_at"); RETURN NULL;',
                    hash="80161e88e0b376fd604d32df1f8d8216b3cccd1e",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_60a04",
                    table="school_funding_eligibility",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="schoolfundingeligibility",
            trigger=pgtrigger.compiler.Trigger(
                name="before_delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "school_funding_eligibility_history" ("contract_period_year", "created_at", "gias_school_urn", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_premium_uplift", "sparsity_uplift", "updated_at") VALUES (OLD."contract_period_year", OLD."created_at", OLD."gias_school_urn", OLD."id", _pgh_attach_context(), NOW(), \'before_delete\', OLD."id", OLD."pupil_premium_uplift", OLD."sparsity_uplift", OLD."updated_at"); RETURN NULL;',
                    hash="78afb78d2d766a9bf1080d05f5c02fc431151e3f",
                    operation="DELETE",
                    pgid="pgtrigger_before_delete_delete_98da2",
                    table="school_funding_eligibility",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="schoolpartnership",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "school_partnership_history" ("api_id", "contract_period_year", "created_at", "id", "lead_provider_delivery_partnership_id", "lead_provider_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "updated_at") VALUES (OLD."api_id", OLD."contract_period_year", OLD."created_at", OLD."id", OLD."lead_provider_delivery_partnership_id", OLD."lead_provider_id", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."school_id", OLD."updated_at"); RETURN NULL;',
                    hash="961e9ed51118609241a130404579b77dadaaebaf",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_74138",
                    table="school_partnership",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="schoolpartnership",
            trigger=pgtrigger.compiler.Trigger(
                name="before_delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "school_partnership_history" ("api_id", "contract_period_year", "created_at", "id", "lead_provider_delivery_partnership_id", "lead_provider_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "updated_at") VALUES (OLD."api_id", OLD."contract_period_year", OLD."created_at", OLD."id", OLD."lead_provider_delivery_partnership_id", OLD."lead_provider_id", _pgh_attach_context(), NOW(), \'before_delete\', OLD."id", OLD."school_id", OLD."updated_at"); RETURN NULL;',
                    hash="abf55100b4853ff054191b36b1bb8563ada63d05",
                    operation="DELETE",
                    pgid="pgtrigger_before_delete_delete_1bbe4",
                    table="school_partnership",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="statement",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "statement_history" ("active_lead_provider_id", "api_id", "contract_id", "contract_period_year", "created_at", "deadline_date", "fee_type", "id", "lead_provider_id", "marked_as_paid_at", "month", "payment_date", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "status", "updated_at", "year") VALUES (OLD."active_lead_provider_id", OLD."api_id", OLD."contract_id", OLD."contract_period_year", OLD."created_at", OLD."deadline_date", OLD."fee_type", OLD."id", OLD."lead_provider_id", OLD."marked_as_paid_at", OLD."month", OLD."payment_date", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."status", OLD."updated_at", OLD."year"); RETURN NULL;',
                    hash="6c7ffe62ddb803803faa79ba0c11e2a2aa76795a",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_d22ba",
                    table="statement",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="statement",
            trigger=pgtrigger.compiler.Trigger(
                name="before_delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "statement_history" ("active_lead_provider_id", "api_id", "contract_id", "contract_period_year", "created_at", "deadline_date", "fee_type", "id", "lead_provider_id", "marked_as_paid_at", "month", "payment_date", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "status", "updated_at", "year") VALUES (OLD."active_lead_provider_id", OLD."api_id", OLD."contract_id", OLD."contract_period_year", OLD."created_at", OLD."deadline_date", OLD."fee_type", OLD."id", OLD."lead_provider_id", OLD."marked_as_paid_at", OLD."month", OLD."payment_date", _pgh_attach_context(), NOW(), \'before_delete\', OLD."id", OLD."status", OLD."updated_at", OLD."year"); RETURN NULL;',
                    hash="1fa3f117ca74e20be6ce4ffbe45243810325d11a",
                    operation="DELETE",
                    pgid="pgtrigger_before_delete_delete_e063f",
                    table="statement",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="statementadjustment",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "statement_adjustment_history" ("amount", "created_at", "id", "payment_type", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "statement_id", "updated_at") VALUES (OLD."amount", OLD."created_at", OLD."id", OLD."payment_type", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."statement_id", OLD."updated_at"); RETURN NULL;',
                    hash="02aa8c47efa118356f29473b7dfd873c2e882c40",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_2e7d9",
                    table="statement_adjustment",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="statementadjustment",
            trigger=pgtrigger.compiler.Trigger(
                name="before_delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "statement_adjustment_history" ("amount", "created_at", "id", "payment_type", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "statement_id", "updated_at") VALUES (OLD."amount", OLD."created_at", OLD."id", OLD."payment_type", _pgh_attach_context(), NOW(), \'before_delete\', OLD."id", OLD."statement_id", OLD."updated_at"); RETURN NULL;',
                    hash="1fe2a9e272d7c2a4c30202d877f71f590829fbe0",
                    operation="DELETE",
                    pgid="pgtrigger_before_delete_delete_326d9",
                    table="statement_adjustment",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="teacher",
            trigger=pgtrigger.compiler.Trigger(
                name="first_eligible_time_never_changes",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF (OLD.ect_first_became_eligible_for_training_at IS NOT NULL AND NEW.ect_first_became_eligible_for_training_at IS DISTINCT FROM OLD.ect_first_became_eligible_for_training_at) OR (OLD.mentor_first_became_eligible_for_training_at IS NOT NULL AND NEW.mentor_first_became_eligible_for_training_at IS DISTINCT FROM OLD.mentor_first_became_eligible_for_training_at) THEN\n                RAISE EXCEPTION 'ect_first_became_eligible_for_training_at, mentor_first_became_eligible_for_training_at cannot be changed'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'first_eligible_time_never_changes';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="d4e1d8e8cf3c4d68f96959a5b7c402248857394c",
                    operation="UPDATE",
                    pgid="pgtrigger_first_eligible_time_never_changes_ec42b",
                    table="teacher",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="teacher",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."anonymisation_reason" IS DISTINCT FROM (NEW."anonymisation_reason") OR OLD."anonymised_at" IS DISTINCT FROM (NEW."anonymised_at") OR OLD."api_ect_training_record_id" IS DISTINCT FROM (NEW."api_ect_training_record_id") OR OLD."api_id" IS DISTINCT FROM (NEW."api_id") OR OLD."api_mentor_training_record_id" IS DISTINCT FROM (NEW."api_mentor_training_record_id") OR OLD."corrected_name" IS DISTINCT FROM (NEW."corrected_name") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."ect_became_ineligible_for_funding_on" IS DISTINCT FROM (NEW."ect_became_ineligible_for_funding_on") OR OLD."ect_first_became_eligible_for_training_at" IS DISTINCT FROM (NEW."ect_first_became_eligible_for_training_at") OR OLD."ect_payments_frozen_year_id" IS DISTINCT FROM (NEW."ect_payments_frozen_year_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."mentor_became_ineligible_for_funding_on" IS DISTINCT FROM (NEW."mentor_became_ineligible_for_funding_on") OR OLD."mentor_became_ineligible_for_funding_reason" IS DISTINCT FROM (NEW."mentor_became_ineligible_for_funding_reason") OR OLD."mentor_first_became_eligible_for_training_at" IS DISTINCT FROM (NEW."mentor_first_became_eligible_for_training_at") OR OLD."mentor_payments_frozen_year_id" IS DISTINCT FROM (NEW."mentor_payments_frozen_year_id") OR OLD."trn" IS DISTINCT FROM (NEW."trn") OR OLD."trnless" IS DISTINCT FROM (NEW."trnless") OR OLD."trs_data_last_refreshed_at" IS DISTINCT FROM (NEW."trs_data_last_refreshed_at") OR OLD."trs_first_name" IS DISTINCT FROM (NEW."trs_first_name") OR OLD."trs_induction_completed_date" IS DISTINCT FROM (NEW."trs_induction_completed_date") OR OLD."trs_induction_start_date" IS DISTINCT FROM (NEW."trs_induction_start_date") OR OLD."trs_induction_status" IS DISTINCT FROM (NEW."trs_induction_status") OR OLD."trs_initial_teacher_training_end_date" IS DISTINCT FROM (NEW."trs_initial_teacher_training_end_date") OR OLD."trs_initial_teacher_training_provider_name" IS DISTINCT FROM (NEW."trs_initial_teacher_training_provider_name") OR OLD."trs_last_name" IS DISTINCT FROM (NEW."trs_last_name") OR OLD."trs_qts_awarded_on" IS DISTINCT FROM (NEW."trs_qts_awarded_on") OR OLD."trs_qts_status_description" IS DISTINCT FROM (NEW."trs_qts_status_description") OR OLD."trs_redirected_to" IS DISTINCT FROM (NEW."trs_redirected_to") OR OLD."trs_response" IS DISTINCT FROM (NEW."trs_response") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at"))',
                    func='INSERT INTO "teacher_history" ("anonymisation_reason", "anonymised_at", "api_ect_training_record_id", "api_id", "api_mentor_training_record_id", "corrected_name", "created_at", "ect_became_ineligible_for_funding_on", "ect_first_became_eligible_for_training_at", "ect_payments_frozen_year_id", "id", "mentor_became_ineligible_for_funding_on", "mentor_became_ineligible_for_funding_reason", "mentor_first_became_eligible_for_training_at", "mentor_payments_frozen_year_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "trn", "trnless", "trs_data_last_refreshed_at", "trs_first_name", "trs_induction_completed_date", "trs_induction_start_date", "trs_induction_status", "trs_initial_teacher_training_end_date", "trs_initial_teacher_training_provider_name", "trs_last_name", "trs_qts_awarded_on", "trs_qts_status_description", "trs_redirected_to", "trs_response", "updated_at") VALUES (OLD."anonymisation_reason", OLD."anonymised_at", OLD."api_ect_training_record_id", OLD."api_id", OLD."api_mentor_training_record_id", OLD."corrected_name", OLD."created_at", OLD."ect_became_ineligible_for_funding_on", OLD."ect_first_became_eligible_for_training_at", OLD."ect_payments_frozen_year_id", OLD."id", OLD."mentor_became_ineligible_for_funding_on", OLD."mentor_became_ineligible_for_funding_reason", OLD."mentor_first_became_eligible_for_training_at", OLD."mentor_payments_frozen_year_id", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."trn", OLD."trnless", OLD."trs_data_last_refreshed_at", OLD."trs_first_name", OLD."trs_induction_completed_date", OLD."trs_induction_start_date", OLD."trs_induction_status", OLD."trs_initial_teacher_training_end_date", OLD."trs_initial_teacher_training_provider_name", OLD."trs_last_name", OLD."trs_qts_awarded_on", OLD."trs_qts_status_description", OLD."trs_redirected_to", OLD."trs_response", OLD."updated_at"); RETURN NULL;',
                    hash="acba7a9f9eeecc14920e532ebc885954cd7c2104",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_a156e",
                    table="teacher",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="teacher",
            trigger=pgtrigger.compiler.Trigger(
                name="before_delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "teacher_history" ("anonymisation_reason", "anonymised_at", "api_ect_training_record_id", "api_id", "api_mentor_training_record_id", "corrected_name", "created_at", "ect_became_ineligible_for_funding_on", "ect_first_became_eligible_for_training_at", "ect_payments_frozen_year_id", "id", "mentor_became_ineligible_for_funding_on", "mentor_became_ineligible_for_funding_reason", "mentor_first_became_eligible_for_training_at", "mentor_payments_frozen_year_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "trn", "trnless", "trs_data_last_refreshed_at", "trs_first_name", "trs_induction_completed_date", "trs_induction_start_date", "trs_induction_status", "trs_initial_teacher_training_end_date", "trs_initial_teacher_training_provider_name", "trs_last_name", "trs_qts_awarded_on", "trs_qts_status_description", "trs_redirected_to", "trs_response", "updated_at") VALUES (OLD."anonymisation_reason", OLD."anonymised_at", OLD."api_ect_training_record_id", OLD."api_id", OLD."api_mentor_training_record_id", OLD."corrected_name", OLD."created_at", OLD."ect_became_ineligible_for_funding_on", OLD."ect_first_became_eligible_for_training_at", OLD."ect_payments_frozen_year_id", OLD."id", OLD."mentor_became_ineligible_for_funding_on", OLD."mentor_became_ineligible_for_funding_reason", OLD."mentor_first_became_eligible_for_training_at", OLD."mentor_payments_frozen_year_id", _pgh_attach_context(), NOW(), \'before_delete\', OLD."id", OLD."trn", OLD."trnless", OLD."trs_data_last_refreshed_at", OLD."trs_first_name", OLD."trs_induction_completed_date", OLD."trs_induction_start_date", OLD."trs_induction_status", OLD."trs_initial_teacher_training_end_date", OLD."trs_initial_teacher_training_provider_name", OLD."trs_last_name", OLD."trs_qts_awarded_on", OLD."trs_qts_status_description", OLD."trs_redirected_to", OLD."trs_response", OLD."updated_at"); RETURN NULL;',
                    hash="472623780a1d8b5b71f6c0c8134c05c5c06a9fa9",
                    operation="DELETE",
                    pgid="pgtrigger_before_delete_delete_b7ac6",
                    table="teacher",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="mentorshipperiod",
            trigger=pgtrigger.compiler.Trigger(
                name="mentorship_lies_within_both_placements",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n                    PERFORM 1 FROM ect_at_school_period\n                        WHERE id = NEW.ect_at_school_period_id FOR SHARE;\n                    PERFORM 1 FROM mentor_at_school_period\n                        WHERE id = NEW.mentor_at_school_period_id FOR SHARE;\n            IF EXISTS (\n                    SELECT 1 FROM mentorship_period child\n                    JOIN ect_at_school_period ect ON ect.id = child.ect_at_school_period_id\n                    JOIN mentor_at_school_period mentor\n                        ON mentor.id = child.mentor_at_school_period_id\n                    WHERE child.id = NEW.id\n                    AND NOT (ect.period @> child.period AND mentor.period @> child.period)\n                ) THEN\n                RAISE EXCEPTION 'A mentorship must lie within both placements'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'mentorship_lies_within_both_placements';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="d1055530ca2728db7c0bab07bacf0570e868c27a",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_mentorship_lies_within_both_placements_86192",
                    table="mentorship_period",
                    timing="DEFERRABLE INITIALLY IMMEDIATE",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="mentorshipperiod",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."ect_at_school_period_id" IS DISTINCT FROM (NEW."ect_at_school_period_id") OR OLD."ect_teacher_id" IS DISTINCT FROM (NEW."ect_teacher_id") OR OLD."finished_on" IS DISTINCT FROM (NEW."finished_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."mentor_at_school_period_id" IS DISTINCT FROM (NEW."mentor_at_school_period_id") OR OLD."mentor_teacher_id" IS DISTINCT FROM (NEW."mentor_teacher_id") OR OLD."school_id" IS DISTINCT FROM (NEW."school_id") OR OLD."started_on" IS DISTINCT FROM (NEW."started_on") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at"))',
                    func='INSERT INTO "mentorship_period_history" ("created_at", "ect_at_school_period_id", "ect_teacher_id", "finished_on", "id", "mentor_at_school_period_id", "mentor_teacher_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "started_on", "updated_at") VALUES (OLD."created_at", OLD."ect_at_school_period_id", OLD."ect_teacher_id", OLD."finished_on", OLD."id", OLD."mentor_at_school_period_id", OLD."mentor_teacher_id", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."school_id", OLD."started_on", OLD."updated_at"); RETURN NULL;',
                    hash="355a5cf4f7da5f70ba884403e7146c9023054f17",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_5e616",
                    table="mentorship_period",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="mentorshipperiod",
            trigger=pgtrigger.compiler.Trigger(
                name="before_delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "mentorship_period_history" ("created_at", "ect_at_school_period_id", "ect_teacher_id", "finished_on", "id", "mentor_at_school_period_id", "mentor_teacher_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "started_on", "updated_at") VALUES (OLD."created_at", OLD."ect_at_school_period_id", OLD."ect_teacher_id", OLD."finished_on", OLD."id", OLD."mentor_at_school_period_id", OLD."mentor_teacher_id", _pgh_attach_context(), NOW(), \'before_delete\', OLD."id", OLD."school_id", OLD."started_on", OLD."updated_at"); RETURN NULL;',
                    hash="2ef888bcab3d62d6ae2bcd81c7013a3d7c34a5cc",
                    operation="DELETE",
                    pgid="pgtrigger_before_delete_delete_9bac6",
                    table="mentorship_period",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="mentoratschoolperiod",
            trigger=pgtrigger.compiler.Trigger(
                name="mentor_placement_holds_its_periods",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n            IF EXISTS (\n        SELECT 1 FROM training_period child JOIN mentor_at_school_period parent\n            ON parent.id = child.mentor_at_school_period_id\n        WHERE parent.id = NEW.id AND NOT parent.period @> child.period\n    ) OR EXISTS (\n        SELECT 1 FROM mentorship_period child JOIN mentor_at_school_period parent\n            ON parent.id = child.mentor_at_school_period_id\n        WHERE parent.id = NEW.id AND NOT parent.period @> child.period\n    ) THEN\n                RAISE EXCEPTION 'A training or mentorship period would stick out of its mentor placement'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'mentor_placement_holds_its_periods';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="af1cb6e43a43730f27ced0c47c82c54d7d37ff68",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_mentor_placement_holds_its_periods_be4ec",
                    table="mentor_at_school_period",
                    timing="DEFERRABLE INITIALLY IMMEDIATE",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="mentoratschoolperiod",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."finished_on" IS DISTINCT FROM (NEW."finished_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."reported_leaving_by_school_id" IS DISTINCT FROM (NEW."reported_leaving_by_school_id") OR OLD."school_id" IS DISTINCT FROM (NEW."school_id") OR OLD."started_on" IS DISTINCT FROM (NEW."started_on") OR OLD."teacher_id" IS DISTINCT FROM (NEW."teacher_id") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at"))',
                    func='INSERT INTO "mentor_at_school_period_history" ("created_at", "email", "finished_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reported_leaving_by_school_id", "school_id", "started_on", "teacher_id", "updated_at") VALUES (OLD."created_at", OLD."email", OLD."finished_on", OLD."id", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."reported_leaving_by_school_id", OLD."school_id", OLD."started_on", OLD."teacher_id", OLD."updated_at"); RETURN NULL;',
                    hash="bb1f846bcc6d343e3ad17a1ad73e66640ff53ec5",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_7c2d6",
                    table="mentor_at_school_period",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="mentoratschoolperiod",
            trigger=pgtrigger.compiler.Trigger(
                name="before_delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "mentor_at_school_period_history" ("created_at", "email", "finished_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reported_leaving_by_school_id", "school_id", "started_on", "teacher_id", "updated_at") VALUES (OLD."created_at", OLD."email", OLD."finished_on", OLD."id", _pgh_attach_context(), NOW(), \'before_delete\', OLD."id", OLD."reported_leaving_by_school_id", OLD."school_id", OLD."started_on", OLD."teacher_id", OLD."updated_at"); RETURN NULL;',
                    hash="44708433b807c0e97f4d769f35468313762f57dc",
                    operation="DELETE",
                    pgid="pgtrigger_before_delete_delete_442cb",
                    table="mentor_at_school_period",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="inductionperiod",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."appropriate_body_id" IS DISTINCT FROM (NEW."appropriate_body_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."fail_confirmation_sent_on" IS DISTINCT FROM (NEW."fail_confirmation_sent_on") OR OLD."finished_on" IS DISTINCT FROM (NEW."finished_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."legacy_programme" IS DISTINCT FROM (NEW."legacy_programme") OR OLD."number_of_terms" IS DISTINCT FROM (NEW."number_of_terms") OR OLD."outcome" IS DISTINCT FROM (NEW."outcome") OR OLD."started_on" IS DISTINCT FROM (NEW."started_on") OR OLD."teacher_id" IS DISTINCT FROM (NEW."teacher_id") OR OLD."training_programme" IS DISTINCT FROM (NEW."training_programme") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at"))',
                    func='INSERT INTO "induction_period_history" ("appropriate_body_id", "created_at", "fail_confirmation_sent_on", "finished_on", "id", "legacy_programme", "number_of_terms", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "started_on", "teacher_id", "training_programme", "updated_at") VALUES (OLD."appropriate_body_id", OLD."created_at", OLD."fail_confirmation_sent_on", OLD."finished_on", OLD."id", OLD."legacy_programme", OLD."number_of_terms", OLD."outcome", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."started_on", OLD."teacher_id", OLD."training_programme", OLD."updated_at"); RETURN NULL;',
                    hash="8a92db5aab23e1e81e0058dbfc99d8ed275a441a",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_323e9",
                    table="induction_period",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="inductionperiod",
            trigger=pgtrigger.compiler.Trigger(
                name="before_delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "induction_period_history" ("appropriate_body_id", "created_at", "fail_confirmation_sent_on", "finished_on", "id", "legacy_programme", "number_of_terms", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "started_on", "teacher_id", "training_programme", "updated_at") VALUES (OLD."appropriate_body_id", OLD."created_at", OLD."fail_confirmation_sent_on", OLD."finished_on", OLD."id", OLD."legacy_programme", OLD."number_of_terms", OLD."outcome", _pgh_attach_context(), NOW(), \'before_delete\', OLD."id", OLD."started_on", OLD."teacher_id", OLD."training_programme", OLD."updated_at"); RETURN NULL;',
                    hash="36b9b4d4d5086ba9466f5937dc1af42a1f136689",
                    operation="DELETE",
                    pgid="pgtrigger_before_delete_delete_160f0",
                    table="induction_period",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="inductionextension",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "induction_extension_history" ("created_at", "id", "number_of_terms", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "teacher_id", "updated_at") VALUES (OLD."created_at", OLD."id", OLD."number_of_terms", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."teacher_id", OLD."updated_at"); RETURN NULL;',
                    hash="74e9eb3829aca023261bb242b0b668f303b3e32e",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_21b56",
                    table="induction_extension",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="inductionextension",
            trigger=pgtrigger.compiler.Trigger(
                name="before_delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "induction_extension_history" ("created_at", "id", "number_of_terms", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "teacher_id", "updated_at") VALUES (OLD."created_at", OLD."id", OLD."number_of_terms", _pgh_attach_context(), NOW(), \'before_delete\', OLD."id", OLD."teacher_id", OLD."updated_at"); RETURN NULL;',
                    hash="55a1e5b3aa6f8ba17f4efa437d3857b5824b4d6f",
                    operation="DELETE",
                    pgid="pgtrigger_before_delete_delete_c44c7",
                    table="induction_extension",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="ectatschoolperiod",
            trigger=pgtrigger.compiler.Trigger(
                name="ect_placement_holds_its_periods",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n            IF EXISTS (\n        SELECT 1 FROM training_period child JOIN ect_at_school_period parent\n            ON parent.id = child.ect_at_school_period_id\n        WHERE parent.id = NEW.id AND NOT parent.period @> child.period\n    ) OR EXISTS (\n        SELECT 1 FROM mentorship_period child JOIN ect_at_school_period parent\n            ON parent.id = child.ect_at_school_period_id\n        WHERE parent.id = NEW.id AND NOT parent.period @> child.period\n    ) THEN\n                RAISE EXCEPTION 'A training or mentorship period would stick out of its ECT placement'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ect_placement_holds_its_periods';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="a2cd5b11ec6745c23dcfbb85305e9b38ec5e9f69",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_ect_placement_holds_its_periods_62881",
                    table="ect_at_school_period",
                    timing="DEFERRABLE INITIALLY IMMEDIATE",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="ectatschoolperiod",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."finished_on" IS DISTINCT FROM (NEW."finished_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."reported_leaving_by_school_id" IS DISTINCT FROM (NEW."reported_leaving_by_school_id") OR OLD."school_id" IS DISTINCT FROM (NEW."school_id") OR OLD."school_reported_appropriate_body_id" IS DISTINCT FROM (NEW."school_reported_appropriate_body_id") OR OLD."started_on" IS DISTINCT FROM (NEW."started_on") OR OLD."teacher_id" IS DISTINCT FROM (NEW."teacher_id") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."working_pattern" IS DISTINCT FROM (NEW."working_pattern"))',
                    func='INSERT INTO "ect_at_school_period_history" ("created_at", "email", "finished_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reported_leaving_by_school_id", "school_id", "school_reported_appropriate_body_id", "started_on", "teacher_id", "updated_at", "working_pattern") VALUES (OLD."created_at", OLD."email", OLD."finished_on", OLD."id", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."reported_leaving_by_school_id", OLD."school_id", OLD."school_reported_appropriate_body_id", OLD."started_on", OLD."teacher_id", OLD."updated_at", OLD."working_pattern"); RETURN NULL;',
                    hash="aee12501fb24e2a6579a2b302df6bf61ca2dd320",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_9994e",
                    table="ect_at_school_period",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="ectatschoolperiod",
            trigger=pgtrigger.compiler.Trigger(
                name="before_delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "ect_at_school_period_history" ("created_at", "email", "finished_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reported_leaving_by_school_id", "school_id", "school_reported_appropriate_body_id", "started_on", "teacher_id", "updated_at", "working_pattern") VALUES (OLD."created_at", OLD."email", OLD."finished_on", OLD."id", _pgh_attach_context(), NOW(), \'before_delete\', OLD."id", OLD."reported_leaving_by_school_id", OLD."school_id", OLD."school_reported_appropriate_body_id", OLD."started_on", OLD."teacher_id", OLD."updated_at", OLD."working_pattern"); RETURN NULL;',
                    hash="3b22e1dc1feaa8f314c95882499639704fd3a082",
                    operation="DELETE",
                    pgid="pgtrigger_before_delete_delete_746f7",
                    table="ect_at_school_period",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="teacheridchange",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "teacher_id_change_history" ("api_from_teacher_id", "api_to_teacher_id", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "teacher_id", "updated_at") VALUES (OLD."api_from_teacher_id", OLD."api_to_teacher_id", OLD."created_at", OLD."id", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."teacher_id", OLD."updated_at"); RETURN NULL;',
                    hash="267da067fffe68e44a9086046f3587d441ec494b",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_a94a0",
                    table="teacher_id_change",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="teacheridchange",
            trigger=pgtrigger.compiler.Trigger(
                name="before_delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "teacher_id_change_history" ("api_from_teacher_id", "api_to_teacher_id", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "teacher_id", "updated_at") VALUES (OLD."api_from_teacher_id", OLD."api_to_teacher_id", OLD."created_at", OLD."id", _pgh_attach_context(), NOW(), \'before_delete\', OLD."id", OLD."teacher_id", OLD."updated_at"); RETURN NULL;',
                    hash="05774207e69f938c43cc4f9473450c56cd426870",
                    operation="DELETE",
                    pgid="pgtrigger_before_delete_delete_0e48e",
                    table="teacher_id_change",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="trainingperiod",
            trigger=pgtrigger.compiler.Trigger(
                name="training_lies_within_its_placement",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n                    PERFORM 1 FROM ect_at_school_period\n                        WHERE id = NEW.ect_at_school_period_id FOR SHARE;\n                    PERFORM 1 FROM mentor_at_school_period\n                        WHERE id = NEW.mentor_at_school_period_id FOR SHARE;\n            IF EXISTS (\n                    SELECT 1 FROM training_period child\n                    JOIN ect_at_school_period parent ON parent.id = child.ect_at_school_period_id\n                    WHERE child.id = NEW.id AND NOT parent.period @> child.period\n                ) OR EXISTS (\n                    SELECT 1 FROM training_period child\n                    JOIN mentor_at_school_period parent\n                        ON parent.id = child.mentor_at_school_period_id\n                    WHERE child.id = NEW.id AND NOT parent.period @> child.period\n                ) THEN\n                RAISE EXCEPTION 'Training must lie within its placement'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'training_lies_within_its_placement';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="85bb90e19b378bcf597b6420cb554e491cd34ec4",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_training_lies_within_its_placement_4bac6",
                    table="training_period",
                    timing="DEFERRABLE INITIALLY IMMEDIATE",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="trainingperiod",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."contract_period_year" IS DISTINCT FROM (NEW."contract_period_year") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."deferral_reason" IS DISTINCT FROM (NEW."deferral_reason") OR OLD."deferred_at" IS DISTINCT FROM (NEW."deferred_at") OR OLD."ect_at_school_period_id" IS DISTINCT FROM (NEW."ect_at_school_period_id") OR OLD."expression_of_interest_id" IS DISTINCT FROM (NEW."expression_of_interest_id") OR OLD."finished_on" IS DISTINCT FROM (NEW."finished_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."lead_provider_id" IS DISTINCT FROM (NEW."lead_provider_id") OR OLD."mentor_at_school_period_id" IS DISTINCT FROM (NEW."mentor_at_school_period_id") OR OLD."schedule_id" IS DISTINCT FROM (NEW."schedule_id") OR OLD."schedule_kind" IS DISTINCT FROM (NEW."schedule_kind") OR OLD."school_id" IS DISTINCT FROM (NEW."school_id") OR OLD."school_partnership_id" IS DISTINCT FROM (NEW."school_partnership_id") OR OLD."started_on" IS DISTINCT FROM (NEW."started_on") OR OLD."teacher_id" IS DISTINCT FROM (NEW."teacher_id") OR OLD."trainee_role" IS DISTINCT FROM (NEW."trainee_role") OR OLD."training_programme" IS DISTINCT FROM (NEW."training_programme") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."withdrawal_reason" IS DISTINCT FROM (NEW."withdrawal_reason") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at"))',
                    func='INSERT INTO "training_period_history" ("contract_period_year", "created_at", "deferral_reason", "deferred_at", "ect_at_school_period_id", "expression_of_interest_id", "finished_on", "id", "lead_provider_id", "mentor_at_school_period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "schedule_id", "schedule_kind", "school_id", "school_partnership_id", "started_on", "teacher_id", "trainee_role", "training_programme", "updated_at", "withdrawal_reason", "withdrawn_at") VALUES (OLD."contract_period_year", OLD."created_at", OLD."deferral_reason", OLD."deferred_at", OLD."ect_at_school_period_id", OLD."expression_of_interest_id", OLD."finished_on", OLD."id", OLD."lead_provider_id", OLD."mentor_at_school_period_id", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."schedule_id", OLD."schedule_kind", OLD."school_id", OLD."school_partnership_id", OLD."started_on", OLD."teacher_id", OLD."trainee_role", OLD."training_programme", OLD."updated_at", OLD."withdrawal_reason", OLD."withdrawn_at"); RETURN NULL;',
                    hash="5ea62aa3e9731cd736f3dc786d70a8dd1b05d4b0",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_9192e",
                    table="training_period",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="trainingperiod",
            trigger=pgtrigger.compiler.Trigger(
                name="before_delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "training_period_history" ("contract_period_year", "created_at", "deferral_reason", "deferred_at", "ect_at_school_period_id", "expression_of_interest_id", "finished_on", "id", "lead_provider_id", "mentor_at_school_period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "schedule_id", "schedule_kind", "school_id", "school_partnership_id", "started_on", "teacher_id", "trainee_role", "training_programme", "updated_at", "withdrawal_reason", "withdrawn_at") VALUES (OLD."contract_period_year", OLD."created_at", OLD."deferral_reason", OLD."deferred_at", OLD."ect_at_school_period_id", OLD."expression_of_interest_id", OLD."finished_on", OLD."id", OLD."lead_provider_id", OLD."mentor_at_school_period_id", _pgh_attach_context(), NOW(), \'before_delete\', OLD."id", OLD."schedule_id", OLD."schedule_kind", OLD."school_id", OLD."school_partnership_id", OLD."started_on", OLD."teacher_id", OLD."trainee_role", OLD."training_programme", OLD."updated_at", OLD."withdrawal_reason", OLD."withdrawn_at"); RETURN NULL;',
                    hash="bba813fe90594e8067e87a7277feae5bce3a72fe",
                    operation="DELETE",
                    pgid="pgtrigger_before_delete_delete_2d718",
                    table="training_period",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="event",
            trigger=pgtrigger.compiler.Trigger(
                name="events_are_never_rewritten",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF (NEW.id, NEW.event_type, NEW.category, NEW.heading, NEW.body, NEW.happened_at, NEW.recorded_at, NEW.author_type, NEW.author_email, NEW.author_name, NEW.modifications, NEW.metadata, NEW.zendesk_ticket_id) IS DISTINCT FROM (OLD.id, OLD.event_type, OLD.category, OLD.heading, OLD.body, OLD.happened_at, OLD.recorded_at, OLD.author_type, OLD.author_email, OLD.author_name, OLD.modifications, OLD.metadata, OLD.zendesk_ticket_id) THEN\n                RAISE EXCEPTION 'Events are never rewritten'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'events_are_never_rewritten';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="de607bffed544c6ce183a03ce63dc952197d0187",
                    operation="UPDATE",
                    pgid="pgtrigger_events_are_never_rewritten_e585d",
                    table="event",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="event",
            trigger=pgtrigger.compiler.Trigger(
                name="events_are_never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    RAISE EXCEPTION 'Events are never deleted'\n                    USING ERRCODE = 'integrity_constraint_violation',\n                        CONSTRAINT = 'events_are_never_deleted';\n                ",
                    hash="7feb58ccb02d35fb089476caadb812d20525f2c1",
                    operation="DELETE",
                    pgid="pgtrigger_events_are_never_deleted_2ef97",
                    table="event",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="declaration",
            trigger=pgtrigger.compiler.Trigger(
                name="declared_delivery_partner_never_changes",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF NEW.delivery_partner_when_created_id IS DISTINCT FROM OLD.delivery_partner_when_created_id THEN\n                RAISE EXCEPTION 'delivery_partner_when_created_id cannot be changed'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'declared_delivery_partner_never_changes';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="da00c2ddd55e7361c660e1533d66ae8cb3d8392e",
                    operation="UPDATE",
                    pgid="pgtrigger_declared_delivery_partner_never_changes_389d0",
                    table="declaration",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="declaration",
            trigger=pgtrigger.compiler.Trigger(
                name="before_update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "declaration_history" ("api_id", "clawback_statement_id", "clawback_status", "contract_period_year", "created_at", "declaration_date", "declaration_type", "delivery_partner_when_created_id", "ect_at_school_period_id", "evidence_type", "id", "lead_provider_id", "mentorship_period_id", "payment_statement_id", "payment_status", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_premium_uplift", "sparsity_uplift", "teacher_id", "trainee_role", "training_period_id", "updated_at", "voided_by_user_at", "voided_by_user_id") VALUES (OLD."api_id", OLD."clawback_statement_id", OLD."clawback_status", OLD."contract_period_year", OLD."created_at", OLD."declaration_date", OLD."declaration_type", OLD."delivery_partner_when_created_id", OLD."ect_at_school_period_id", OLD."evidence_type", OLD."id", OLD."lead_provider_id", OLD."mentorship_period_id", OLD."payment_statement_id", OLD."payment_status", _pgh_attach_context(), NOW(), \'before_update\', OLD."id", OLD."pupil_premium_uplift", OLD."sparsity_uplift", OLD."teacher_id", OLD."trainee_role", OLD."training_period_id", OLD."updated_at", OLD."voided_by_user_at", OLD."voided_by_user_id"); RETURN NULL;',
                    hash="0643e280a08b493f4c8dcb16d49db20da126e4a4",
                    operation="UPDATE",
                    pgid="pgtrigger_before_update_update_469aa",
                    table="declaration",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="declaration",
            trigger=pgtrigger.compiler.Trigger(
                name="before_delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "declaration_history" ("api_id", "clawback_statement_id", "clawback_status", "contract_period_year", "created_at", "declaration_date", "declaration_type", "delivery_partner_when_created_id", "ect_at_school_period_id", "evidence_type", "id", "lead_provider_id", "mentorship_period_id", "payment_statement_id", "payment_status", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_premium_uplift", "sparsity_uplift", "teacher_id", "trainee_role", "training_period_id", "updated_at", "voided_by_user_at", "voided_by_user_id") VALUES (OLD."api_id", OLD."clawback_statement_id", OLD."clawback_status", OLD."contract_period_year", OLD."created_at", OLD."declaration_date", OLD."declaration_type", OLD."delivery_partner_when_created_id", OLD."ect_at_school_period_id", OLD."evidence_type", OLD."id", OLD."lead_provider_id", OLD."mentorship_period_id", OLD."payment_statement_id", OLD."payment_status", _pgh_attach_context(), NOW(), \'before_delete\', OLD."id", OLD."pupil_premium_uplift", OLD."sparsity_uplift", OLD."teacher_id", OLD."trainee_role", OLD."training_period_id", OLD."updated_at", OLD."voided_by_user_at", OLD."voided_by_user_id"); RETURN NULL;',
                    hash="b8202c045368febd3ff21f60d632ec32a87ba3f5",
                    operation="DELETE",
                    pgid="pgtrigger_before_delete_delete_b6438",
                    table="declaration",
                    when="AFTER",
                ),
            ),
        ),
    ]
