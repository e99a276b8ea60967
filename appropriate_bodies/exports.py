"""Everything that a body recorded, as a file: a row for each of its induction periods."""

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Sum
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from register_ects.models import InductionExtension, InductionPeriod
from register_ects.models.inductions import InductionPeriodQuerySet
from register_ects.rules.permissions import Permission
from register_ects.web.access import AppropriateBodyRequest, appropriate_body_required
from register_ects.web.downloads import Cell, csv_file

_HEAD = (
    *("ECT", "TRN", "Name", "Induction period", "Start", "End", "Terms", "Outcome"),
    *("Reason for the terms", "Training programme", "Date told of a fail", "Extension terms"),
)


@require_safe
@appropriate_body_required(Permission.INDUCTION_VIEW)
def inductions_csv(request: AppropriateBodyRequest) -> HttpResponse:
    """Send every induction period of a body, the first start first. Two queries.

    Ids stay the same for good, days are written like 2026-09-01.
    """
    held = InductionPeriod.objects.held_by(request.appropriate_body)
    periods = held.select_related("teacher").order_by("started_on", "pk")
    return csv_file("inductions.csv", _HEAD, map(_cells, periods, _extensions_of(periods)))


def _cells(period: InductionPeriod, extension_terms: Decimal | None) -> list[Cell]:
    teacher = period.teacher
    return [
        *(str(teacher.api_id), teacher.trn, teacher.name, str(period.pk)),
        *(period.started_on, period.finished_on, _number(period.number_of_terms)),
        period.get_outcome_display(),
        period.told_terms_reason,
        period.get_training_programme_display(),
        period.fail_confirmation_sent_on,
        _number(extension_terms),
    ]


def _extensions_of(periods: InductionPeriodQuerySet) -> Iterator[Decimal | None]:
    """Yield the terms of extensions of whoever each period is of, in order."""
    of = InductionExtension.objects.filter(teacher__in=periods.values("teacher")).order_by()
    terms = dict(of.values_list("teacher").annotate(Sum("number_of_terms")))
    for period in periods:
        yield terms.get(period.teacher_id)


def _number(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:g}"
