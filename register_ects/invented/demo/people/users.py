"""Who uses the service in the demo's stories, besides lead providers."""

from functools import cache

from register_ects.models import StaffUser
from register_ects.operations.base import Author
from register_ects.rules.enumerations import StaffRole

STAFF = (
    ("Imran Sheikh", "imran.sheikh@education.gov.uk", StaffRole.ADMIN),
    ("Joanna Field", "joanna.field@education.gov.uk", StaffRole.FINANCE),
    ("Kwame Asante", "kwame.asante@education.gov.uk", StaffRole.USER_MANAGER),
    ("Lily Hart", "lily.hart@education.gov.uk", StaffRole.PRODUCT_TEAM),
)

SCHOOL_USER = Author.school_user(name="Priya Nair", email="priya.nair@hazelgrove.example.com")
BODY_USER = Author.appropriate_body_user(name="Marcus Doyle", email="marcus.doyle@hub.example.com")


def create_staff() -> None:
    """Create one member of staff for each role."""
    for name, email, role in STAFF:
        StaffUser.objects.get_or_create(email=email, defaults={"name": name, "role": role})


@cache
def finance_author() -> Author:
    """Return the finance officer, who authorises statements."""
    return Author.staff(StaffUser.objects.get(role=StaffRole.FINANCE))
