"""The story of an ECT at one school, built from their periods. Source: spec 05 §20.7, §14.

Only what this school may see: its own placement and what lies within it. Of other schools and
of inductions claimed before the placement, nothing but the first day of induction.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from register_ects import clock
from register_ects.formats import govuk_date
from register_ects.models import ECTAtSchoolPeriod
from register_ects.rules.ect_status import ECTStatus
from register_ects.rules.enumerations import InductionOutcome, WithdrawalReason
from schools.queries.bodies import reported_body_of
from schools.queries.loading import LoadedInduction, inductions_of, mentors_of, trainings_of
from schools.queries.placements import ECT, mentoring_of
from schools.queries.training import Training, training_of

#: Why a provider stopped training, as a school reads it.
WITHDRAWAL_REASONS = {
    WithdrawalReason.LEFT_TEACHING_PROFESSION: "They have left teaching.",
    WithdrawalReason.MOVED_SCHOOL: "They have moved to another school.",
    WithdrawalReason.SWITCHED_TO_SCHOOL_LED: "They have switched to school-led training.",
    WithdrawalReason.CHANGED_LEAD_PROVIDER: "They have changed to another lead provider.",
}


@dataclass(frozen=True)
class Entry:
    """One thing that happened on a day, or that will; ``moment`` is the day for machines.

    Drawn by ``templates/components/timeline.jinja``.
    """

    heading: str
    when: str
    moment: str
    body: str


@dataclass(frozen=True)
class _Note:
    day: date
    done: str
    planned: str
    detail: str = ""


def ect_timeline(placement: ECTAtSchoolPeriod, ect: ECT, *, today: date) -> list[Entry]:
    """Return the entries newest first, from a placement of ``ect_placements``.

    One query; another where the school has changed the appropriate body that it reported.
    """
    notes = [
        *_placement(placement, ect),
        *_training(placement),
        *_mentoring(placement),
        *_induction(placement),
        *_leaving(ect),
    ]
    in_order = sorted(notes, key=lambda note: note.day)
    return [_entry(note, today) for note in reversed(in_order)]


def _entry(note: _Note, today: date) -> Entry:
    heading = f"{note.planned} (planned)" if note.day > today else note.done
    return Entry(heading, govuk_date(note.day), note.day.isoformat(), note.detail)


def _placement(placement: ECTAtSchoolPeriod, ect: ECT) -> Iterator[_Note]:
    changes = list(_changes_of_body(placement))
    first = _first_reported(placement) if changes else reported_body_of(placement)
    detail = f"Appropriate body reported by your school: {first}." if first else ""
    registered = "Registered as an ECT at your school"
    yield _Note(clock.london_date(placement.created_at), registered, registered, detail)
    yield _Note(ect.started_on, "Started at your school as an ECT", "Starts at your school")
    yield from changes


def _changes_of_body(placement: ECTAtSchoolPeriod) -> Iterator[_Note]:
    """Yield each change of the appropriate body that the school reported, the first first."""
    changes = placement.events.filter(event_type="teacher_appropriate_body_changed")
    told_of = changes.exclude(appropriate_body=None).order_by("pk")
    for happened_at, name in told_of.values_list("happened_at", "appropriate_body__name"):
        told = f"Your school reported another appropriate body: {name}"
        yield _Note(clock.london_date(happened_at), told, told)


def _first_reported(placement: ECTAtSchoolPeriod) -> str:
    """Return the body that was reported at registration, or nothing: it was changed since."""
    history: Any = ECTAtSchoolPeriod.pgh_event_model  # type: ignore[attr-defined]
    rows = history.objects.filter(pgh_obj_id=placement.pk).order_by("pgh_id")
    names = rows.values_list("school_reported_appropriate_body__name", flat=True)
    return names.first() or ""


def _training(placement: ECTAtSchoolPeriod) -> Iterator[_Note]:
    for period in trainings_of(placement):
        yield from _one_training(training_of(period))


def _one_training(training: Training) -> Iterator[_Note]:
    provider = training.lead_provider
    programme = f"{training.programme_name} training" + (f" with {provider}" if provider else "")
    yield _Note(
        training.started_on, f"{programme} started", f"{programme} starts", _agreement(training)
    )
    if training.deferred_on:
        paused = f"{provider} reported that training is paused"
        yield _Note(training.deferred_on, paused, paused)
    if training.withdrawn_on:
        ended = f"{provider} reported that training with them has ended"
        reason = training.withdrawal_reason
        detail = WITHDRAWAL_REASONS.get(reason, "") if reason else ""
        yield _Note(training.withdrawn_on, ended, ended, detail)
    elif training.finished_on and not training.deferred_on:
        yield _Note(training.finished_on, f"{programme} ended", f"{programme} ends")


def _agreement(training: Training) -> str:
    """Say who confirmed a provider's training, and who runs its events."""
    if not training.is_provider_led:
        return ""
    if not training.is_confirmed:
        return f"Awaiting confirmation by {training.lead_provider}."
    partner = training.delivery_partner or "not yet reported"
    return f"Confirmed by {training.lead_provider}. Delivery partner: {partner}."


def _mentoring(placement: ECTAtSchoolPeriod) -> Iterator[_Note]:
    for mentorship in mentors_of(placement):
        mentor = mentoring_of(mentorship)
        mentoring = f"Mentoring by {mentor.name}"
        yield _Note(mentor.started_on, f"{mentoring} started", f"{mentoring} starts")
        if mentor.finished_on:
            yield _Note(mentor.finished_on, f"{mentoring} ended", f"{mentoring} ends")


def _induction(placement: ECTAtSchoolPeriod) -> Iterator[_Note]:
    inductions = inductions_of(placement)
    for induction in inductions:
        if placement.contains(induction.started_on):
            yield from _one_induction(placement, induction)
    if inductions and not placement.contains(inductions[0].started_on):
        began = "Induction started, as an appropriate body reported"
        yield _Note(inductions[0].started_on, began, began)


def _one_induction(placement: ECTAtSchoolPeriod, induction: LoadedInduction) -> Iterator[_Note]:
    body, last_day = induction.body_name, induction.finished_on
    began = f"Induction started, as {body} reported"
    yield _Note(induction.started_on, began, began, f"{body} confirmed that they are responsible.")
    if last_day is None or not placement.contains(last_day):
        return
    outcomes = {
        InductionOutcome.PASS: f"{body} recorded that they passed induction",
        InductionOutcome.FAIL: f"{body} recorded that they failed induction",
    }
    ended = f"{body} stopped being responsible for induction"
    heading = outcomes[InductionOutcome(induction.outcome)] if induction.outcome else ended
    yield _Note(last_day, heading, heading)


def _leaving(ect: ECT) -> Iterator[_Note]:
    if ect.finished_on is None:
        return
    detail = ""
    if ect.reported_leaving:
        detail = "Your school reported this."
    elif ect.status is ECTStatus.JOINING_ANOTHER_SCHOOL:
        detail = "Another school has registered them from a later date."
    last_day = "Last day at your school as an ECT"
    yield _Note(ect.finished_on, last_day, last_day, detail)
