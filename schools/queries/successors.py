"""Which school took another's place, as the national register tells. Source: spec 05 §3.3."""

from dataclasses import dataclass

from register_ects.models import GIASSchool
from register_ects.rules.school_links import SUCCESSOR_TYPES


@dataclass(frozen=True)
class Successor:
    """The school that took a closed school's place."""

    urn: int
    name: str


def successor_of(register: GIASSchool) -> Successor | None:
    """Return the only successor of a school; None when there is none or several. Two queries."""
    links = register.links.filter(link_type__in=SUCCESSOR_TYPES)
    urns = list(links.values_list("link_urn", flat=True)[:2])
    if len(urns) != 1:
        return None
    found = GIASSchool.objects.filter(urn=urns[0]).only("urn", "name").first()
    return Successor(found.urn, found.name) if found else None
