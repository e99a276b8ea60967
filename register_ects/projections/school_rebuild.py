"""Build anew how schools are shown: after a bulk load (spec 01 §10.3 Improve d)."""

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any

from django.db import connection, models

from register_ects.models import School, ShownSchool, ShownSchoolInterest, ShownSchoolYear
from register_ects.projections.school_views import SchoolView, render_schools

#: How many schools are rendered at once: bounds memory.
_BATCH = 4000


def rebuild_schools() -> int:
    """Replace what is stored of every school; return how many schools there are.

    ``updated_at`` becomes the time the facts were last changed. The caller holds the lock of the
    projection and tells clients of the change feed to sync everything.
    """
    for model in (ShownSchoolInterest, ShownSchoolYear, ShownSchool):
        model.objects.all().delete()
    keys = list(School.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), _BATCH):
        views = render_schools(keys[start : start + _BATCH])
        _copy_in(ShownSchool, [_own(view) for view in views])
        # What one page reads lies together: a year's rows, and a provider's of a year.
        years = [row for view in views for row in _years(view)]
        _copy_in(ShownSchoolYear, sorted(years, key=itemgetter("year")))
        interests = [row for view in views for row in _interests(view)]
        _copy_in(ShownSchoolInterest, sorted(interests, key=itemgetter("lead_provider_id", "year")))
    return len(keys)


def _own(view: SchoolView) -> dict[str, Any]:
    return {
        "record_id": view.record_id,
        "api_id": view.api_id,
        "urn": view.urn,
        "created_at": view.created_at,
        "is_eligible": view.is_eligible,
        "partnership_years": view.partnership_years,
        "payload_start": view.start_by_default(view.changed_at),
        "own_updated_at": view.changed_at,
        "last_changed_at": max([view.changed_at, *map(view.year_changed_at, view.years)]),
    }


def _years(view: SchoolView) -> Iterable[dict[str, Any]]:
    for year in view.years:
        changed_at = view.year_changed_at(year)
        yield {
            "school_id": view.record_id,
            "year": year,
            "payload": view.in_year(year, changed_at),
            "updated_at": changed_at,
        }


def _interests(view: SchoolView) -> Iterable[dict[str, Any]]:
    for year, provider in view.named_providers:
        changed_at = view.year_changed_at(year)
        yield {
            "school_id": view.record_id,
            "year": year,
            "lead_provider_id": provider,
            "payload": view.for_provider(year, provider, changed_at),
            "updated_at": changed_at,
        }


def _copy_in(model: type[models.Model], rows: Sequence[dict[str, Any]]) -> None:
    if not rows:
        return
    columns = list(rows[0])
    statement = f"COPY {model._meta.db_table} ({', '.join(columns)}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(list(row.values()))
