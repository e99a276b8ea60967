"""PostgreSQL extensions, the text functions that generated columns are built on, and staff.

Staff users come first because the history package refers to the project's user model.
"""

from django.contrib.postgres.operations import (
    BtreeGistExtension,
    CITextExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations, models

import register_ects.clock
import register_ects.models.base

FUNCTIONS = """
CREATE FUNCTION plain_text(value text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN lower(public.unaccent('public.unaccent'::regdictionary, value));

CREATE FUNCTION school_search_vector(name text, postcode text, urn integer) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN to_tsvector('simple'::regconfig,
        plain_text(coalesce(name, '')) || ' ' || coalesce(postcode, '') || ' '
        || replace(coalesce(postcode, ''), ' ', '') || ' ' || urn::text);

CREATE FUNCTION person_plain_text(first text, last text, corrected text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN plain_text(
        coalesce(first, '') || ' ' || coalesce(last, '') || ' ' || coalesce(corrected, ''));

CREATE FUNCTION person_search_vector(first text, last text, corrected text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN to_tsvector('simple'::regconfig, person_plain_text(first, last, corrected));
"""

DROP = """
DROP FUNCTION person_search_vector(text, text, text);
DROP FUNCTION person_plain_text(text, text, text);
DROP FUNCTION school_search_vector(text, text, integer);
DROP FUNCTION plain_text(text);
"""


class Migration(migrations.Migration):
    dependencies = []
    operations = [
        BtreeGistExtension(),
        CITextExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(FUNCTIONS, DROP),
        migrations.CreateModel(
            name="StaffUser",
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
                ("email", register_ects.models.base.CaseInsensitiveTextField(unique=True)),
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
            ],
            options={
                "db_table": "staff_user",
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("role__in", ["admin", "user_manager", "finance", "product_team"]),
                            ("role__isnull", True),
                            _connector="OR",
                        ),
                        name="staff_role_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("email__iendswith", "@education.gov.uk")),
                        name="staff_email_is_of_the_department",
                    ),
                ],
            },
        ),
    ]
