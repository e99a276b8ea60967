"""The overview of people at several schools: what each has to do, and a search across all."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from register_ects.web.access import SchoolRequest
from register_ects.web.blocked_schools import schools_admitted
from register_ects.web.pagination import paginate
from register_ects.web.way_back import carrying
from schools.access import several_schools_required
from schools.queries.overview import rows_of, search
from schools.way_back import OVERVIEW

_PER_PAGE = 25


@require_safe
@several_schools_required
def overview(request: SchoolRequest) -> HttpResponse:
    """List the person's schools; ``q`` finds people at them, ``sort`` and ``page`` order and turn.

    The school with most to do comes first, unless ``sort`` is "name".
    """
    schools = schools_admitted(request.identity)
    typed = request.GET.get("q", "").strip()
    if typed:
        found, are_alike = search(schools, typed)
        page = paginate(request, found, per_page=_PER_PAGE, label="Pages of people")
        carried = carrying(OVERVIEW.state({**request.GET.dict(), "all": "yes"}))
        context = {"search": typed, "page": page, "are_alike": are_alike, "carried": carried}
        return render(request, "schools/overview_search.jinja", context)
    by_name = request.GET.get("sort") == "name"
    rows = rows_of(schools)
    if not by_name:
        rows.sort(key=lambda row: row.actions, reverse=True)
    page_of_schools = paginate(request, rows, per_page=_PER_PAGE, label="Pages of schools")
    context = {"page": page_of_schools, "by_name": by_name, "trust": request.identity.trust_name}
    return render(request, "schools/overview.jinja", context)
