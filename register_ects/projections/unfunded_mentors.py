"""Unfunded mentors: who mentors a provider's ECTs without training with it as a mentor.

Source: spec 02 §2.12 and §2.16.5 with their Improves, spec 03 §14.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from register_ects.database.compiled import compiled
from register_ects.models import MentorAtSchoolPeriod, Teacher
from register_ects.projections.shown import Shown
from register_ects.projections.visibility import Mentoring, mentoring_for_providers, trained_by
from register_ects.rules.enumerations import TraineeRole


def render(record_ids: Collection[int]) -> list[Shown]:
    """Return what each provider is shown of these mentors, by the teacher's key, in five queries.

    Somebody whom the provider trains or trained only as an ECT is shown; a mentor in training
    with the provider, now or ever, is not. An expression of interest is no training.
    """
    mentoring = mentoring_for_providers(record_ids)
    if not mentoring:
        return []
    trained = trained_by(record_ids, role=TraineeRole.MENTOR)
    unfunded = [
        each for each in mentoring if (each.lead_provider_id, each.mentor_teacher_id) not in trained
    ]
    placements = _placements_shown(unfunded)
    people = {each.pk: each for each in _people(list({mentor for _, mentor in placements}))}
    return [
        _shown(provider, people[mentor], email) for (provider, mentor), email in placements.items()
    ]


def _placements_shown(unfunded: Iterable[Mentoring]) -> dict[tuple[int, int], str | None]:
    """Return for each provider and mentor the email of the latest-started placement concerned."""
    keys = {each.mentor_at_school_period_id for each in unfunded}
    details = {key: (started_on, email) for key, started_on, email in _placements(list(keys))}
    latest: dict[tuple[int, int], tuple[date, int]] = {}
    for provider, mentor, placement in unfunded:
        started_on = details[placement][0]
        pair = (provider, mentor)
        latest[pair] = max(latest.get(pair, (started_on, placement)), (started_on, placement))
    return {pair: details[placement][1] for pair, (_, placement) in latest.items()}


@compiled
def _placements(
    keys: list[int],
) -> QuerySet[MentorAtSchoolPeriod, tuple[int, date, str | None]]:
    placements = MentorAtSchoolPeriod.objects.filter(pk__any=keys)
    return placements.values_list("pk", "started_on", "email")


@compiled
def _people(teacher_ids: list[int]) -> QuerySet[Teacher]:
    return Teacher.objects.filter(pk__any=teacher_ids).only(
        "api_id", "created_at", "trn", "corrected_name", "trs_first_name", "trs_last_name"
    )


def _shown(lead_provider_id: int, mentor: Teacher, email: str | None) -> Shown:
    attributes: dict[str, Any] = {
        "full_name": mentor.name,
        "email": email,
        "teacher_reference_number": mentor.trn,
        "created_at": mentor.created_at,
    }
    return Shown(
        lead_provider_id=lead_provider_id,
        record_id=mentor.pk,
        api_id=mentor.api_id,
        created_at=mentor.created_at,
        attributes=attributes,
    )
