"""Who is signed in: rebuilt from the session and checked against the database on every request.

The session holds a small dictionary under one key (spec 07 §2.1). ``start`` writes it and gives
the session a new id; ``rebuild`` reads it; the middleware puts the result on ``request.identity``
(None when nobody is signed in). Sessions end after an idle time and after 12 hours in any case.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from register_ects import clock
from register_ects.database.compiled import compiled
from register_ects.models import AppropriateBody, GIASSchool, School, StaffUser
from register_ects.operations.base import Author
from register_ects.operations.messages.service_notices import notice_at
from register_ects.rules.establishments import OPEN_STATUSES
from register_ects.rules.permissions import PERMISSIONS, OrganisationRole, Permission
from register_ects.web.school_addresses import with_urn

SESSION_KEY = "identity"
_ASKED_KEY = "asked_for_body"
_TIMES = ("signed_in_at", "last_active_at")
PERSONA, DFE_SIGN_IN, ONE_TIME_PASSWORD = "persona", "dfe_sign_in", "otp"


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody signed in with a role, which has the permissions of its line in ``PERMISSIONS``.

    ``provider`` is how they signed in; ``notice`` is what everybody reads on every page just now.
    """

    role: str
    provider: str
    notice: str | None = None

    def may(self, permission: str) -> bool:
        """Return whether this person has a permission. Raises ValueError for an unknown one."""
        return Permission(permission) in PERMISSIONS[self.role]


@dataclass(frozen=True, kw_only=True)
class SchoolIdentity(Person):
    """A person at a school, or (``acting_staff``) a member of DfE staff acting as one.

    ``school`` is None while the national register knows the school but we have not set it up;
    ``kinds`` are the kinds of identity between which this person may switch; ``schools`` the URNs
    of all their schools, where these are several. ``trust`` is the register's number of the trust
    for all of whose open schools they sign in, or None.
    """

    kind = "school"
    name: str
    email: str
    gias_school: GIASSchool
    school: School | None
    acting_staff: StaffUser | None = None
    kinds: tuple[str, ...] = (kind,)
    schools: tuple[int, ...] = ()
    trust: int | None = None

    @property
    def urn(self) -> int:
        """Return the URN of the school at which they are just now."""
        return self.gias_school.urn

    @property
    def home(self) -> str:
        """Return where their area begins, at this school."""
        return with_urn("/school/home", self.urn)

    @property
    def may_change_school(self) -> bool:
        """Whether they are at another school too."""
        return len(self.schools) > 1

    @property
    def organisation_name(self) -> str:
        """Return the school's name."""
        return self.gias_school.name

    @property
    def trust_name(self) -> str:
        """Return the register's name of their trust; empty for who does not sign in for one."""
        return (self.gias_school.trust_name or "") if self.trust else ""

    @property
    def author(self) -> Author:
        """Return who is named in events: the member of staff when one acts as the school."""
        if self.acting_staff:
            return Author.staff(self.acting_staff)
        return Author.school_user(name=self.name, email=self.email)


@dataclass(frozen=True, kw_only=True)
class AppropriateBodyIdentity(Person):
    """A person at an appropriate body.

    ``bodies`` are the ids of all that their organisation stands for: one school may lead several
    hubs, and then they may change between them.
    """

    kind = "appropriate_body"
    home = "/appropriate-body/home"
    name: str
    email: str
    appropriate_body: AppropriateBody
    kinds: tuple[str, ...] = (kind,)
    bodies: tuple[int, ...] = ()

    @property
    def may_change_body(self) -> bool:
        """Whether their organisation stands for another body too."""
        return len(self.bodies) > 1

    @property
    def organisation_name(self) -> str:
        """Return the body's name."""
        return self.appropriate_body.name

    @property
    def author(self) -> Author:
        """Return who is named in events."""
        return Author.appropriate_body_user(name=self.name, email=self.email)


@dataclass(frozen=True, kw_only=True)
class StaffIdentity(Person):
    """A member of DfE staff."""

    kind = "staff"
    home = "/admin/"
    user: StaffUser
    kinds: tuple[str, ...] = (kind,)

    @property
    def name(self) -> str:
        """Return the person's name."""
        return self.user.name

    @property
    def email(self) -> str:
        """Return the person's email address."""
        return self.user.email

    @property
    def organisation_name(self) -> str:
        """Return the department's name."""
        return "Department for Education"

    @property
    def author(self) -> Author:
        """Return who is named in events."""
        return Author.staff(self.user)


Identity: TypeAlias = SchoolIdentity | AppropriateBodyIdentity | StaffIdentity


# -- What the session stores -------------------------------------------------------------------


def school_data(urn: int, *, name: str, email: str, provider: str, **extra: Any) -> dict[str, Any]:
    """Return what the session stores of a person at a school; a ``role``, if not the usual one.

    ``schools`` are the URNs of all their schools, this one among them, where these are several.
    ``trust`` is the number of a trust instead, whose schools are found anew on every request.
    """
    return {
        "type": "school",
        "school_urn": urn,
        "name": name,
        "email": email,
        "provider": provider,
        **extra,
    }


def appropriate_body_data(
    appropriate_body_id: int, *, name: str, email: str, provider: str, **extra: Any
) -> dict[str, Any]:
    """Return what the session stores of a person at a body; a ``role``, if not the usual one."""
    return {
        "type": "appropriate_body",
        "appropriate_body_id": appropriate_body_id,
        "name": name,
        "email": email,
        "provider": provider,
        **extra,
    }


def staff_data(email: str, *, provider: str) -> dict[str, Any]:
    """Return what the session stores of a member of DfE staff."""
    return {"type": "staff", "email": email, "provider": provider}


def acting_as_school_data(email: str, urn: int, *, provider: str) -> dict[str, Any]:
    """Return what the session stores of a member of DfE staff acting as a school."""
    return {"type": "staff_as_school", "email": email, "school_urn": urn, "provider": provider}


def start(session: SessionBase, data: Mapping[str, Any]) -> None:
    """Sign in: forget the earlier identity, keep the remembered path, change the session id."""
    return_to = session.get("return_to")
    session.flush()
    session.cycle_key()
    now = clock.real_now().timestamp()
    session[SESSION_KEY] = {**data, "signed_in_at": now, "last_active_at": now}
    if return_to:
        session["return_to"] = return_to


def replace(session: SessionBase, data: Mapping[str, Any]) -> None:
    """Change who the session is (switch of role, acting as a school) without more time."""
    old = session[SESSION_KEY]
    times = {key: old[key] for key in _TIMES}
    session.cycle_key()
    session[SESSION_KEY] = {**data, **times}


def ask_for_body(session: SessionBase, person: Mapping[str, Any]) -> None:
    """Keep who is signing in until they have said for which appropriate body they act.

    ``person`` is what ``appropriate_body_data`` takes, with the ids of the ``bodies``.
    """
    return_to = session.get("return_to")
    session.flush()
    session[_ASKED_KEY] = {**person, "asked_at": clock.real_now().timestamp()}
    if return_to:
        session["return_to"] = return_to


def has_somebody(session: SessionBase) -> bool:
    """Whether somebody is signed in with this session, or half signed in."""
    return SESSION_KEY in session or _ASKED_KEY in session


def bodies_to_choose(session: SessionBase) -> dict[str, Any] | None:
    """Return the person who may choose a body, as for ``ask_for_body``; None when nobody may.

    Somebody who is signing in, for as long as a session may lie idle, or who is signed in and
    whose organisation stands for several bodies.
    """
    asked: dict[str, Any] = dict(session.get(_ASKED_KEY) or {})
    if asked:
        age = clock.real_now().timestamp() - asked.pop("asked_at")
        persona = asked["provider"] == PERSONA and not settings.PERSONAS_ENABLED
        return None if age > settings.SESSION_IDLE_SECONDS or persona else asked
    data = session.get(SESSION_KEY) or {}
    if data.get("type") != "appropriate_body" or len(data.get("bodies", ())) < 2:
        return None
    return {key: data[key] for key in ("name", "email", "provider", "bodies")}


def switched(session: SessionBase) -> Identity | None:
    """Become the other of a person's two roles; None, and signed out, when that is not possible.

    The sign-in stores the session data of the other role under ``other_role``, whose record is
    checked to exist before the switch.
    """
    data = session.get(SESSION_KEY) or {}
    other = data.get("other_role")
    if not other or _find(other) is None:
        return rebuild(session)
    before = {key: data[key] for key in data if key not in (*_TIMES, "other_role")}
    replace(session, {**other, "other_role": before})
    return rebuild(session)


def stopped_acting(session: SessionBase) -> Identity | None:
    """Become the member of staff again who acts as a school; None when nobody does."""
    data = session.get(SESSION_KEY) or {}
    if data.get("type") != OrganisationRole.STAFF_AS_SCHOOL:
        return None
    replace(session, staff_data(data["email"], provider=data["provider"]))
    return rebuild(session)


def rebuild(session: SessionBase, at: int | None = None) -> Identity | None:
    """Return who the session belongs to, or None; ends a session that is no longer valid.

    Somebody at several schools is at the one whose URN is ``at``, if it is theirs, and stays there
    until another is named.
    """
    data = session.get(SESSION_KEY)
    if data is None:
        return None
    identity = None
    if not _has_expired(data):
        _choose_school(data, at)
        identity = _find(data)
    if identity is None:
        session.flush()
        return None
    data["last_active_at"] = clock.real_now().timestamp()
    session.modified = True
    return identity


def identity_of(request: HttpRequest) -> Identity | None:
    """Return who is signed in, or None."""
    identity: Identity | None = getattr(request, "identity", None)
    return identity


# -- Rebuilding --------------------------------------------------------------------------------


def _has_expired(data: Mapping[str, Any]) -> bool:
    now = clock.real_now().timestamp()
    idle = now - data.get("last_active_at", 0)
    whole = now - data.get("signed_in_at", 0)
    return bool(idle > settings.SESSION_IDLE_SECONDS or whole > settings.SESSION_LONGEST_SECONDS)


def _choose_school(data: dict[str, Any], at: int | None) -> None:
    """Put somebody at the school asked for, if it is theirs; of a trust, if it still has it.

    Where the trust has lost the school at which they were, they are at its first; without any,
    nowhere.
    """
    if data.get("trust"):
        data["schools"] = urns = _schools_of_trust(data["trust"])
        if data["school_urn"] not in urns:
            data["school_urn"] = urns[0] if urns else 0
    if at in data.get("schools", ()):
        data["school_urn"] = at


def _schools_of_trust(trust: int) -> list[int]:
    """Return the URNs of a trust's open schools that we have set up, by name."""
    found = GIASSchool.objects.filter(
        trust_code=trust, status__in=OPEN_STATUSES, school__isnull=False
    )
    return list(found.order_by("name", "urn").values_list("urn", flat=True))


def _find(data: Mapping[str, Any]) -> Identity | None:
    if data.get("provider") == PERSONA and not settings.PERSONAS_ENABLED:
        return None
    finder = _FINDERS.get(data.get("type", ""))
    try:
        found = finder(data) if finder else None
    except KeyError:
        return None
    return found if found and found.role in PERMISSIONS else None


@compiled
def _schools(urn: int, now: datetime) -> QuerySet[GIASSchool]:
    found = GIASSchool.objects.select_related("school__induction_tutor_last_nominated_in")
    return found.filter(urn=urn).annotate(notice=notice_at(now)).order_by()


@compiled
def _bodies(key: int, now: datetime) -> QuerySet[AppropriateBody]:
    return AppropriateBody.objects.filter(pk=key).annotate(notice=notice_at(now)).order_by()


@compiled
def _active_staff(email: str, now: datetime) -> QuerySet[StaffUser]:
    active = StaffUser.objects.filter(email=email, deactivated_at=None)
    return active.annotate(notice=notice_at(now)).order_by()


def _school(data: Mapping[str, Any]) -> SchoolIdentity | None:
    register = _schools.first(data["school_urn"], clock.now())
    if register is None:
        return None
    school: School | None = getattr(register, "school", None)
    if school:
        school.gias_school = register
    return SchoolIdentity(
        name=data["name"],
        email=data["email"],
        gias_school=register,
        school=school,
        notice=_notice_of(register),
        provider=data["provider"],
        role=data.get("role", OrganisationRole.SCHOOL),
        kinds=tuple(data.get("kinds", (SchoolIdentity.kind,))),
        schools=tuple(data.get("schools", ())),
        trust=data.get("trust"),
    )


def _appropriate_body(data: Mapping[str, Any]) -> AppropriateBodyIdentity | None:
    body = _bodies.first(data["appropriate_body_id"], clock.now())
    if body is None:
        return None
    return AppropriateBodyIdentity(
        name=data["name"],
        email=data["email"],
        appropriate_body=body,
        notice=_notice_of(body),
        provider=data["provider"],
        role=data.get("role", OrganisationRole.APPROPRIATE_BODY),
        kinds=tuple(data.get("kinds", (AppropriateBodyIdentity.kind,))),
        bodies=tuple(data.get("bodies", ())),
    )


def _notice_of(found: Model) -> str | None:
    """Return the notice that a query above read beside somebody."""
    notice: str | None = getattr(found, "notice", None)
    return notice


def _staff_user(data: Mapping[str, Any]) -> StaffUser | None:
    return _active_staff.first(data["email"], clock.now())


def _staff(data: Mapping[str, Any]) -> StaffIdentity | None:
    user = _staff_user(data)
    if user is None:
        return None
    return StaffIdentity(
        user=user, notice=_notice_of(user), role=user.role, provider=data["provider"]
    )


def _staff_as_school(data: Mapping[str, Any]) -> SchoolIdentity | None:
    user = _staff_user(data)
    if user is None or Permission.SCHOOL_IMPERSONATE not in PERMISSIONS[user.role]:
        return None
    at_school = _school({**data, "name": user.name})
    if at_school is None or at_school.school is None:
        return None
    return SchoolIdentity(
        name=user.name,
        email=user.email,
        gias_school=at_school.gias_school,
        school=at_school.school,
        notice=at_school.notice,
        provider=data["provider"],
        role=OrganisationRole.STAFF_AS_SCHOOL,
        acting_staff=user,
    )


_FINDERS: dict[str, Callable[[Mapping[str, Any]], Identity | None]] = {
    "school": _school,
    "appropriate_body": _appropriate_body,
    "staff": _staff,
    "staff_as_school": _staff_as_school,
}
