"""Drafts of journeys: encrypted answers, whose they are, how long they last (spec 05 §13).

A draft expires 28 days after its last change. Its sensitive answers (a date of birth, a National
Insurance number, what TRS said) go when the journey completes, when it expires and after 24 hours
idle; the others stay.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from register_ects import clock
from register_ects.models import JourneyDraft
from register_ects.sealing import Unreadable, sealed, unsealed

KEPT_FOR = timedelta(days=28)
SENSITIVE_KEPT_FOR = timedelta(hours=24)

Answers = dict[str, Any]


@dataclass
class State:
    """What a draft holds: answers, the sensitive ones apart, and the steps submitted.

    ``aside`` is the state that a refused change would have led to: what was accepted stands
    beside it. ``confirmed`` is the mark of what the page showed that was confirmed.
    """

    answers: Answers = field(default_factory=dict)
    sensitive: Answers = field(default_factory=dict)
    done: list[str] = field(default_factory=list)
    aside: State | None = None
    confirmed: str = ""

    @property
    def all_answers(self) -> Answers:
        """Return every answer, sensitive or not."""
        return {**self.answers, **self.sensitive}

    def put(self, answers: Answers, *, sensitive: Collection[str]) -> None:
        """Replace every answer; those named in ``sensitive`` are kept apart."""
        self.answers = {k: v for k, v in answers.items() if k not in sensitive}
        self.sensitive = {k: v for k, v in answers.items() if k in sensitive}

    def drop_sensitive(self) -> bool:
        """Forget the sensitive answers and what was refused; return whether there were any."""
        held = bool(self.sensitive or self.aside)
        self.sensitive, self.aside = {}, None
        return held


# -- Whose drafts ------------------------------------------------------------------------------


def drafts_of(request: HttpRequest) -> QuerySet[JourneyDraft]:
    """Return the drafts that this user may see: all of their school's, or of their own area."""
    return JourneyDraft.objects.filter(**_scope(request))


def unfinished_drafts(request: HttpRequest, journey: str) -> QuerySet[JourneyDraft]:
    """Return the drafts of a journey that this user could take up again, latest first."""
    current = drafts_of(request).filter(journey=journey, completed_at=None)
    return current.filter(expires_at__gt=clock.now()).order_by("-updated_at")


def new_draft(request: HttpRequest, journey: str, subject: Any = None) -> JourneyDraft:
    """Return an unsaved draft that belongs to this user's organisation."""
    who = request.identity.email  # type: ignore[attr-defined]
    return JourneyDraft(
        **{"owner": who, **_scope(request)},
        journey=journey,
        subject_type=type(subject).__name__ if subject else None,
        subject_id=subject.pk if subject else None,
        expires_at=clock.now() + KEPT_FOR,
    )


def shared_draft(request: HttpRequest, journey: str, subject: Any) -> JourneyDraft:
    """Return the draft about a subject in which this organisation goes on; unsaved if it is new."""
    new = new_draft(request, journey, subject)
    about = {"subject_type": new.subject_type, "subject_id": new.subject_id}
    return next(filter(is_readable, unfinished_drafts(request, journey).filter(**about)), new)


def belongs_to(draft: JourneyDraft, request: HttpRequest, journey: str) -> bool:
    """Whether a draft of this journey is one that this user may see."""
    scope = _scope(request)
    return draft.journey == journey and all(
        getattr(draft, name) == value for name, value in scope.items()
    )


def _scope(request: HttpRequest) -> dict[str, Any]:
    school = getattr(request, "school", None)
    if school is not None:
        return {"school_id": school.pk}
    body = getattr(request, "appropriate_body", None)
    if body is not None:
        return {"school_id": None, "owner": f"appropriate body {body.pk}"}
    user = request.user  # a StaffRequest
    return {"school_id": None, "owner": f"staff {user.pk}"}


# -- Reading and writing -----------------------------------------------------------------------


def read(draft: JourneyDraft) -> State:
    """Decrypt a draft, without sensitive answers that lay idle for a day. Raises Unreadable."""
    state = _decrypted(draft)
    if lay_idle(draft):
        state.drop_sensitive()
    return state


def lay_idle(draft: JourneyDraft) -> bool:
    """Whether a draft lay idle for so long that its sensitive answers are gone."""
    changed_at = draft.updated_at
    return bool(changed_at and changed_at <= clock.now() - SENSITIVE_KEPT_FOR)


def is_readable(draft: JourneyDraft) -> bool:
    """Whether a draft can be decrypted."""
    try:
        read(draft)
    except Unreadable:
        return False
    return True


def write(draft: JourneyDraft, state: State) -> None:
    """Encrypt ``state`` into the draft, save it, and let it last 28 days from now."""
    draft.answers = _encrypted(state)
    draft.expires_at = clock.now() + KEPT_FOR
    draft.save()


def amend(draft: JourneyDraft, state: State) -> None:
    """Save what we noted ourselves: nobody changed an answer, so it lasts no longer."""
    draft.answers = _encrypted(state)
    JourneyDraft.objects.filter(pk=draft.pk).update(answers=draft.answers)


def complete(draft: JourneyDraft, state: State) -> None:
    """Close a draft for good, without its sensitive answers."""
    state.drop_sensitive()
    draft.completed_at = clock.now()
    write(draft, state)


def purge_drafts(now: datetime | None = None) -> tuple[int, int]:
    """Delete expired drafts; drop sensitive answers idle for a day. Returns how many of each."""
    now = now or clock.now()
    deleted, _details = JourneyDraft.objects.filter(expires_at__lte=now).delete()
    idle = JourneyDraft.objects.filter(updated_at__lte=now - SENSITIVE_KEPT_FOR, completed_at=None)
    return deleted, sum(_without_sensitive(draft) for draft in idle.iterator())


def _without_sensitive(draft: JourneyDraft) -> bool:
    try:
        state = _decrypted(draft)
    except Unreadable:
        return False
    if not state.drop_sensitive():
        return False
    unchanged = JourneyDraft.objects.filter(pk=draft.pk, updated_at=draft.updated_at)
    return bool(unchanged.update(answers=_encrypted(state)))  # a save in between wins


def _decrypted(draft: JourneyDraft) -> State:
    if not draft.answers:
        return State()
    held = unsealed(bytes(draft.answers))
    aside = held.pop("aside", None)
    return replace(_state(held), aside=_state(aside) if aside else None)


def _state(held: dict[str, Any]) -> State:
    """Return a state that was stored; what drafts no longer hold is left out."""
    return State(**{one.name: held[one.name] for one in fields(State) if one.name in held})


def _encrypted(state: State) -> bytes:
    held = vars(state)
    return sealed({**held, "aside": vars(state.aside) if state.aside else None})
