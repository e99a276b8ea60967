"""People to sign in as in demonstrations and tests, never in production (spec 07 §2.6).

``data/demo/personas.json`` lists them: objects with ``key``, ``name``, ``email``, ``kind``
(``school``, ``appropriate_body`` or ``staff``), ``organisation`` and ``shows``, a sentence on what
the persona shows; ``role``, where it is not the usual one of the kind; and ``schools``, the URNs of
all of them, for somebody at several, or ``trust``, its number in the register, for somebody of a
trust. The organisation is the URN of a school; the name of an appropriate body, or the URN of the
lead school that its people sign in through; staff have none.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from register_ects import clock
from register_ects.models import AppropriateBody, GIASSchool, School, StaffUser
from register_ects.rules.permissions import PERMISSIONS, Permission
from register_ects.school_search import FoundSchool, search_schools
from register_ects.web import identity

FILE = Path("data") / "demo" / "personas.json"
_VISITOR = "Robin Visitor"
_URN = re.compile("[0-9]{1,7}")


@dataclass(frozen=True)
class Persona:
    """Somebody invented. ``organisation`` is a school's URN or an appropriate body's name."""

    key: str
    name: str
    email: str
    kind: str
    organisation: str = ""
    shows: str = ""
    role: str = ""
    schools: tuple[int, ...] = ()
    trust: int | None = None

    @property
    def person(self) -> dict[str, Any]:
        """Who it is, as ``identity.…_data`` takes it; a ``role`` if it is not the usual one."""
        known = {"name": self.name, "email": self.email, "provider": identity.PERSONA}
        others = {"role": self.role, "schools": list(self.schools), "trust": self.trust}
        return known | {name: value for name, value in others.items() if value}


@dataclass(frozen=True)
class Offered:
    """A persona whose organisation or user record exists, ready to sign in.

    ``session_data`` is empty for somebody at appropriate ``bodies``, who may be asked which.
    """

    persona: Persona
    group: str
    organisation_name: str
    session_data: dict[str, Any] = field(default_factory=dict)
    bodies: tuple[int, ...] = ()


GROUPS = ("Schools", "Appropriate bodies", "DfE support", "DfE finance")


def listed() -> list[Persona]:
    """Return the configured personas; none when the file is absent."""
    path = settings.BASE_DIR / FILE
    if not path.exists():
        return []
    rows = json.loads(path.read_text(encoding="utf-8"))
    return [Persona(**{**row, "organisation": str(row.get("organisation", ""))}) for row in rows]


def offered() -> dict[str, list[Offered]]:
    """Return the personas that can sign in, by group."""
    personas = listed()
    finders = {
        "school": _schools(personas),
        "appropriate_body": _bodies(personas),
        "staff": _staff(personas),
    }
    found = [
        finders[persona.kind][persona.key]
        for persona in personas
        if persona.key in finders.get(persona.kind, {})
    ]
    return {group: [one for one in found if one.group == group] for group in GROUPS}


def find(key: str) -> Offered | None:
    """Return the persona with this key, if it can sign in."""
    everyone = (one for group in offered().values() for one in group)
    return next((one for one in everyone if one.persona.key == key), None)


def schools_like(text: str) -> list[FoundSchool]:
    """Return up to ten of our schools, by name, URN or postcode, to sign in at as a visitor."""
    return [school for school in search_schools(text, limit=10) if school.school_id]


def visitor_at(urn: str) -> dict[str, Any] | None:
    """Return the session data of somebody invented at any school; None where we have none."""
    if not _URN.fullmatch(urn) or not School.objects.filter(gias_school=int(urn)).exists():
        return None
    return identity.school_data(
        int(urn), name=_VISITOR, email="robin.visitor@example.com", provider=identity.PERSONA
    )


def _schools(personas: list[Persona]) -> dict[str, Offered]:
    wanted = [p for p in personas if p.kind == "school" and p.organisation.isdecimal()]
    schools = GIASSchool.objects.in_bulk([int(p.organisation) for p in wanted])
    return {
        p.key: Offered(
            p,
            "Schools",
            _where(p, school),
            identity.school_data(int(p.organisation), **p.person),
        )
        for p in wanted
        if (school := schools.get(int(p.organisation))) and p.trust in (None, school.trust_code)
    }


def _where(persona: Persona, school: GIASSchool) -> str:
    if persona.trust:
        return school.trust_name or school.name
    return "Several schools" if persona.schools else school.name


def _bodies(personas: list[Persona]) -> dict[str, Offered]:
    wanted = [p for p in personas if p.kind == "appropriate_body"]
    named = AppropriateBody.objects.filter(name__in=[p.organisation for p in wanted])
    by_name = {body.name.casefold(): body for body in named}
    found = {}
    for p in wanted:
        if p.organisation.isdecimal():
            offer = _through_lead_school(p)
        else:
            body = by_name.get(p.organisation.casefold())
            offer = _at_bodies(p, body.name, [body.pk]) if body else None
        if offer:
            found[p.key] = offer
    return found


def _through_lead_school(persona: Persona) -> Offered | None:
    urn = int(persona.organisation)
    bodies = AppropriateBody.objects.signing_in(clock.today(), urn=urn)
    school = GIASSchool.objects.filter(urn=urn).first()
    ids = list(bodies.values_list("pk", flat=True))
    return _at_bodies(persona, school.name, ids) if school and ids else None


def _at_bodies(persona: Persona, organisation_name: str, bodies: list[int]) -> Offered:
    return Offered(persona, "Appropriate bodies", organisation_name, bodies=tuple(bodies))


def _staff(personas: list[Persona]) -> dict[str, Offered]:
    wanted = [p for p in personas if p.kind == "staff"]
    found = StaffUser.objects.filter(email__in=[p.email for p in wanted], deactivated_at=None)
    users = {user.email.casefold(): user for user in found}
    return {
        p.key: Offered(
            p,
            "DfE finance" if Permission.FINANCE_VIEW in PERMISSIONS[user.role] else "DfE support",
            user.get_role_display(),
            identity.staff_data(user.email, provider=identity.PERSONA),
        )
        for p in wanted
        if (user := users.get(p.email.casefold()))
    }
