"""DfE staff. School and appropriate body users live in DfE Sign-in, not here (spec 07 §1)."""

from django.db import models
from django.db.models import Q

from register_ects.models.base import (
    CaseInsensitiveTextField,
    TimeStamped,
    keep_history,
    one_of,
)
from register_ects.models.constraints import Check
from register_ects.rules.enumerations import StaffRole


@keep_history
class StaffUser(TimeStamped):
    """A member of DfE staff who may sign in to the console."""

    email = CaseInsensitiveTextField(unique=True)
    name = models.TextField()
    role = models.CharField(max_length=12, choices=StaffRole, default=StaffRole.ADMIN)
    otp_secret = models.BinaryField(null=True, blank=True)
    otp_verified_at = models.DateTimeField(null=True, blank=True)
    otp_failed_attempts = models.PositiveSmallIntegerField(default=0)
    otp_locked_at = models.DateTimeField(null=True, blank=True)
    otp_school_urn = models.PositiveIntegerField(null=True, blank=True)
    deactivated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "staff_user"
        ordering = ["name"]
        constraints = [
            one_of("staff_role_is_known", "role", StaffRole),
            Check(
                name="staff_email_is_of_the_department",
                condition=Q(email__iendswith="@education.gov.uk"),
                problem="email wrong_domain",
                sentence="Enter an email address that ends with @education.gov.uk",
            ),
        ]

    def __str__(self) -> str:
        return self.name
