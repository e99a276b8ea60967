"""Schools' records: how many there are of each kind, and the lists of them (spec 06 §6.7)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from appropriate_bodies.schools_data.queries import LISTS, Record, Records, summaries_of_lists
from register_ects import clock
from register_ects.rules.induction_years import induction_year
from register_ects.rules.permissions import Permission
from register_ects.web.access import AppropriateBodyRequest, appropriate_body_required
from register_ects.web.downloads import Cell, csv_file
from register_ects.web.pagination import paginate, slice_asked

_ROWS_PER_PAGE = 50
#: More rows than any list has.
_ALL = slice(0, 1_000_000)
_HEAD = (
    "Name",
    "TRN",
    "School",
    "URN",
    "School start date",
    "School end date",
    "Induction tutor",
    "Induction tutor email",
    "Initial teacher training provider",
    "Appropriate body with the open induction",
)


@require_safe
@appropriate_body_required(Permission.INDUCTION_VIEW)
def overview(request: AppropriateBodyRequest) -> HttpResponse:
    """Say how many records of each kind schools have made for a body to look at."""
    context = {
        "lists": summaries_of_lists(request.appropriate_body),
        "year": induction_year(clock.today()),
        "addresses": addresses_of_lists(),
    }
    return render(request, "appropriate_bodies/schools_data/overview.jinja", context)


@require_safe
@appropriate_body_required(Permission.INDUCTION_VIEW)
def records(request: AppropriateBodyRequest, which: str) -> HttpResponse:
    """List the records of one kind, 50 a page."""
    expected = slice_asked(request, per_page=_ROWS_PER_PAGE)
    search = _search(request)
    listed = Records(request.appropriate_body, which, search, expected)
    context = {
        "which": which,
        "search": search,
        "page": paginate(request, listed, per_page=_ROWS_PER_PAGE),
        "counts": listed.counts,
        "addresses": addresses_of_lists(),
        "csv": reverse(f"appropriate_bodies:{_name(which)}_csv"),
        "today": clock.today(),
    }
    return render(request, "appropriate_bodies/schools_data/records.jinja", context)


@require_safe
@appropriate_body_required(Permission.INDUCTION_VIEW)
def records_csv(request: AppropriateBodyRequest, which: str) -> HttpResponse:
    """Send a list as it is searched, for a spreadsheet."""
    listed = Records(request.appropriate_body, which, _search(request), _ALL)
    return csv_file(f"{which}.csv", _HEAD, map(_cells, listed[_ALL]))


def _search(request: AppropriateBodyRequest) -> str:
    return request.GET.get("q", "").strip().replace("\0", "")


def _cells(record: Record) -> list[Cell]:
    return [
        record.name,
        record.trn,
        record.school,
        str(record.urn),
        record.started_on,
        record.finished_on,
        record.tutor_name,
        record.tutor_email,
        record.itt_provider,
        record.held_by,
    ]


def _name(which: str) -> str:
    return which.replace("-", "_")


def addresses_of_lists() -> dict[str, str]:
    """Return where each list is."""
    return {which: reverse(f"appropriate_bodies:{_name(which)}") for which in LISTS}
