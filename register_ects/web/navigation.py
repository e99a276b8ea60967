"""The primary navigation of each kind of user, as addresses, and which item is current."""

from dataclasses import dataclass

from django.http import HttpRequest

from register_ects.web.identity import Identity, SchoolIdentity, StaffIdentity, identity_of


@dataclass(frozen=True)
class Item:
    """One entry: current on its own address and on every address under it or ``prefixes``.

    ``exact`` keeps an entry whose address begins those of others to its own page.
    """

    text: str
    href: str
    prefixes: tuple[str, ...] = ()
    exact: bool = False

    def is_current(self, path: str) -> bool:
        """Say whether ``path`` belongs to this section."""
        if self.exact:
            return path == self.href
        return any(
            path == prefix or path.startswith(f"{prefix}/")
            for prefix in (self.href, *self.prefixes)
        )


SCHOOL = (
    Item("ECTs", "/school/home/ects", ("/school/ects", "/school/register-ect")),
    Item("Mentors", "/school/home/mentors", ("/school/mentors", "/school/register-mentor")),
    Item("Induction tutor", "/school/home/induction-tutor", ("/school/induction-tutor",)),
)
APPROPRIATE_BODY = (
    Item("ECTs", "/appropriate-body/teachers", ("/appropriate-body/claim-an-ect",)),
)
STAFF = (Item("Home", "/admin/", exact=True), Item("Teachers", "/admin/teachers"))
FINANCE = Item("Finance", "/finance")


def items_for(request: HttpRequest) -> list[dict[str, object]]:
    """Return the navigation for whoever is signed in, ready for the macro; none if nobody is."""
    return [
        {"text": item.text, "href": item.href, "active": item.is_current(request.path)}
        for item in _items(identity_of(request))
    ]


def home_of(identity: Identity | None) -> str:
    """Return the address where this user's area begins."""
    return identity.home if identity else "/"


def _items(identity: Identity | None) -> tuple[Item, ...]:
    if identity is None:
        return ()
    if isinstance(identity, SchoolIdentity):
        return SCHOOL
    if isinstance(identity, StaffIdentity):
        return (*STAFF, FINANCE) if identity.may_see_finance else STAFF
    return APPROPRIATE_BODY
