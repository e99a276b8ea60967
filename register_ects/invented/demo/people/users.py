"""Who uses the service in the demo's stories, besides lead providers: the personas."""

from functools import cache

from register_ects.models import StaffUser
from register_ects.operations.base import Author
from register_ects.rules.enumerations import StaffRole
from register_ects.web.personas import listed

_PERSONAS = {each.key: each for each in listed()}
#: Personas who are staff: one for each role.
_STAFF = {
    "support": StaffRole.ADMIN,
    "finance": StaffRole.FINANCE,
    "users": StaffRole.USER_MANAGER,
    "product": StaffRole.PRODUCT_TEAM,
}
_AT_BODY = _PERSONAS["bright-futures"]
#: At schools that nobody on the page of personas is at.
_ELSEWHERE = _PERSONAS["hazel-grove"]
_AT_TRUST = _PERSONAS["trust"]
TRUST_USER = Author.school_user(name=_AT_TRUST.name, email=_AT_TRUST.email)
BODY_USER = Author.appropriate_body_user(name=_AT_BODY.name, email=_AT_BODY.email)


def at_school(urn: int) -> Author:
    """Return who acts for a school: its persona."""
    own = (
        each
        for each in _PERSONAS.values()
        if each.organisation == str(urn) and not (each.schools or each.trust)
    )
    persona = next((each for each in own if each.kind == "school"), _ELSEWHERE)
    return Author.school_user(name=persona.name, email=persona.email)


def create_staff() -> None:
    """Create one member of staff for each role."""
    for key, role in _STAFF.items():
        defaults = {"name": _PERSONAS[key].name, "role": role}
        StaffUser.objects.get_or_create(email=_PERSONAS[key].email, defaults=defaults)


@cache
def finance_author() -> Author:
    """Return the finance officer, who authorises statements."""
    return Author.staff(StaffUser.objects.get(role=StaffRole.FINANCE))
