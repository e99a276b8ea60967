"""Where pages lead: each kind of user's navigation and home, and the national register."""

from dataclasses import dataclass

from django.http import HttpRequest

from register_ects.rules.permissions import Permission
from register_ects.web.identity import (
    AppropriateBodyIdentity,
    Identity,
    SchoolIdentity,
    StaffIdentity,
    identity_of,
)
from register_ects.web.induction_tutors import tutor_is_due
from register_ects.web.school_addresses import OVERVIEW, at_this_school, without_urn

_NATIONAL_REGISTER = "https://get-information-schools.service.gov.uk"


@dataclass(frozen=True)
class Item:
    """One entry: current on its own address and on every address under it or ``prefixes``.

    Offered to who has the ``permission`` that its page asks for; ``of_several`` to those at several
    schools only, and also while one of these must first say who its induction tutor is.
    ``exact`` keeps an entry whose address begins those of others to its own page.
    """

    text: str
    href: str
    permission: Permission
    prefixes: tuple[str, ...] = ()
    exact: bool = False
    of_several: bool = False

    def is_current(self, path: str) -> bool:
        """Whether ``path`` belongs to this section."""
        if self.exact:
            return path == self.href
        return any(
            path == prefix or path.startswith(f"{prefix}/")
            for prefix in (self.href, *self.prefixes)
        )


#: By the kind of identity.
ITEMS = {
    "school": (
        Item("Overview", OVERVIEW, Permission.SCHOOL_VIEW, of_several=True),
        Item("Home", "/school/home", Permission.SCHOOL_VIEW, exact=True),
        Item(
            "ECTs",
            "/school/home/ects",
            Permission.SCHOOL_VIEW,
            ("/school/ects", "/school/register-ect"),
        ),
        Item(
            "Mentors",
            "/school/home/mentors",
            Permission.SCHOOL_VIEW,
            ("/school/mentors", "/school/register-mentor"),
        ),
        Item("Register several", "/school/register-several", Permission.SCHOOL_REGISTER),
        Item(
            "Induction tutor",
            "/school/home/induction-tutor",
            Permission.SCHOOL_VIEW,
            ("/school/induction-tutor",),
        ),
    ),
    "appropriate_body": (
        Item("Home", "/appropriate-body/home", Permission.INDUCTION_VIEW),
        Item(
            "ECTs",
            AppropriateBodyIdentity.home,
            Permission.INDUCTION_VIEW,
            ("/appropriate-body/claim-an-ect", "/appropriate-body/bulk"),
        ),
        Item("Schools’ records", "/appropriate-body/schools-data", Permission.INDUCTION_VIEW),
    ),
    "staff": (
        Item("Home", StaffIdentity.home, Permission.CONSOLE_VIEW, exact=True),
        Item("Teachers", "/admin/teachers", Permission.CONSOLE_VIEW),
        Item("Finance", "/finance", Permission.FINANCE_VIEW),
    ),
}


def items_for(request: HttpRequest) -> list[dict[str, object]]:
    """Return the navigation for whoever is signed in, ready for the macro.

    None if nobody is, and for a school that must first say who its induction tutor is.
    """
    identity = identity_of(request)
    if identity is None:
        return []
    is_stopped = isinstance(identity, SchoolIdentity) and tutor_is_due(identity)
    has_several = isinstance(identity, SchoolIdentity) and identity.may_change_school
    path = without_urn(request.path)
    return [
        {
            "text": item.text,
            "href": at_this_school(item.href),
            "active": item.is_current(path),
        }
        for item in ITEMS[identity.kind]
        if identity.may(item.permission) and (has_several if item.of_several else not is_stopped)
    ]


def home_of(identity: Identity | None) -> str:
    """Return the address where this user's area begins."""
    return identity.home if identity else "/"


def school_in_register(urn: int) -> str:
    """Return the address of a school's page in the national register."""
    return f"{_NATIONAL_REGISTER}/Establishments/Establishment/Details/{urn}"
