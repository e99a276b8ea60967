"""The national register of schools (GIAS), as we last read it."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q

from register_ects import clock
from register_ects.models.base import (
    CaseInsensitiveTextField,
    TimeStamped,
    keep_history,
    one_of,
)
from register_ects.models.constraints import Check, Unique
from register_ects.rules import establishments
from register_ects.rules.enumerations import GIASSchoolStatus, RegisterKind
from register_ects.rules.school_links import SUCCESSOR_TYPES


@keep_history
class GIASSchool(TimeStamped):
    """A copy of one row of the national register, keyed by its URN (spec 01 §4.3)."""

    urn = models.PositiveIntegerField(primary_key=True)
    name = models.TextField()
    type_name = models.TextField()
    status = models.CharField(
        max_length=17, choices=GIASSchoolStatus, default=GIASSchoolStatus.OPEN
    )
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    in_england = models.BooleanField()
    section_41_approved = models.BooleanField(default=False)
    eligible = models.BooleanField(default=False)
    local_authority_code = models.PositiveIntegerField(null=True, blank=True)
    local_authority_name = models.TextField(null=True, blank=True)
    administrative_district_name = models.TextField(null=True, blank=True, db_index=True)
    phase_name = models.TextField(null=True, blank=True)
    postcode = models.TextField(null=True, blank=True)
    address_line1 = models.TextField(null=True, blank=True)
    address_line2 = models.TextField(null=True, blank=True)
    address_line3 = models.TextField(null=True, blank=True)
    website = models.TextField(null=True, blank=True)
    establishment_number = models.PositiveIntegerField(null=True, blank=True)
    ukprn = models.PositiveIntegerField(null=True, blank=True, unique=True)
    primary_contact_email = CaseInsensitiveTextField(null=True, blank=True)
    secondary_contact_email = CaseInsensitiveTextField(null=True, blank=True)
    pupils = models.PositiveIntegerField(null=True, blank=True)
    trust_code = models.PositiveIntegerField(null=True, blank=True, db_index=True)
    trust_name = models.TextField(null=True, blank=True)
    search = models.GeneratedField(
        expression=Func(
            F("name"),
            F("postcode"),
            F("urn"),
            function="school_search_vector",
            output_field=SearchVectorField(),
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        db_table = "gias_school"
        constraints = [
            one_of("gias_school_status_is_known", "status", GIASSchoolStatus),
        ]
        indexes = [
            GinIndex(fields=["search"], name="gias_school_search"),
            GinIndex(
                OpClass(
                    Func(F("name"), function="plain_text", output_field=models.TextField()),
                    name="gin_trgm_ops",
                ),
                name="gias_school_name_trigrams",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.urn})"

    @property
    def is_open(self) -> bool:
        """Whether it is open for our purposes (proposed to close counts as open)."""
        return self.status in establishments.OPEN_STATUSES

    @property
    def is_independent(self) -> bool:
        """Whether it is one of the two independent types."""
        return establishments.is_independent(self.type_name)

    @property
    def successor(self) -> "GIASSchool | None":
        """Return the establishment that took this one's place, when there is exactly one.

        None when no successor link leads to an establishment that we hold, and when several do.
        One query. Source: spec 01 §4.3.
        """
        links = self.links.filter(link_type__in=SUCCESSOR_TYPES)
        found = list(GIASSchool.objects.filter(urn__in=links.values("link_urn"))[:2])
        return found[0] if len(found) == 1 else None


@keep_history
class GIASSchoolLink(TimeStamped):
    """A register's link from one establishment to another, whose row may not be imported."""

    urn = models.ForeignKey(
        GIASSchool, models.CASCADE, db_column="urn", related_name="links", db_constraint=True
    )
    link_urn = models.PositiveIntegerField(db_index=True)
    link_type = models.TextField()
    link_date = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "gias_school_link"
        constraints = [
            Unique(
                name="one_link_between_two_schools",
                fields=["urn", "link_urn"],
                problem="link_urn already_exists",
                sentence="These two schools are already linked",
            ),
            Check(
                name="schools_are_linked_to_others",
                condition=~Q(urn=F("link_urn")),
                problem="link_urn same_record",
                sentence="A school cannot be linked to itself. Choose another school",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.urn_id} {self.link_type} {self.link_urn}"


class RegisterImport(models.Model):
    """An extract of the national register that was applied, and how old it was.

    ``newest_change`` is the last day on which the register changed a row of it; None when it did
    not say. A file older than the last one is refused (spec 00 "Imports and TRS").
    """

    kind = models.CharField(max_length=17, choices=RegisterKind)
    file_name = models.TextField()
    newest_change = models.DateField(null=True, blank=True)
    rows = models.PositiveIntegerField()
    malformed = models.PositiveIntegerField()
    created = models.PositiveIntegerField()
    updated = models.PositiveIntegerField()
    imported_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        db_table = "register_import"
        constraints = [
            one_of("register_import_kind_is_known", "kind", RegisterKind),
        ]

    def __str__(self) -> str:
        return self.file_name
