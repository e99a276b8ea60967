"""Teacher training records of an ECT whom the body holds, as TRS shows them (spec 06 §6.6)."""

from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from register_ects.integrations import trs
from register_ects.integrations.trs import Route
from register_ects.models import InductionPeriod
from register_ects.rules.permissions import Permission
from register_ects.web.access import AppropriateBodyRequest, appropriate_body_required

#: Seconds for which what TRS said is shown again.
_KEPT_FOR = 300


@dataclass(frozen=True)
class TrainingRecords:
    """The routes of a person, or why there are none: no record for the TRN, or no answer."""

    routes: tuple[Route, ...] = ()
    is_unknown: bool = False
    is_unavailable: bool = False


@require_safe
@appropriate_body_required(Permission.INDUCTION_VIEW)
def training_records(request: AppropriateBodyRequest, teacher_id: int) -> HttpResponse:
    """Show each route to a professional status; what we hold when TRS does not answer."""
    ours = InductionPeriod.objects.open().held_by(request.appropriate_body)
    period = get_object_or_404(ours.select_related("teacher"), teacher__pk=teacher_id)
    teacher = period.teacher
    context = {"teacher": teacher, "records": records_of(teacher.trn)}
    return render(request, "appropriate_bodies/record/training_records.jinja", context)


def records_of(trn: str | None) -> TrainingRecords:
    """Return what TRS shows for a TRN, asked at most every five minutes."""
    if trn is None:
        return TrainingRecords(is_unknown=True)
    key = f"training_records:{trn}"
    kept: TrainingRecords | None = cache.get(key)
    if kept is not None:
        return kept
    try:
        found = TrainingRecords(trs.get_client().find_routes(trn))
    except (trs.TeacherNotFound, trs.TeacherDeactivated, trs.TeacherMerged):
        found = TrainingRecords(is_unknown=True)
    except trs.TRSError:
        return TrainingRecords(is_unavailable=True)
    cache.set(key, found, _KEPT_FOR)
    return found
