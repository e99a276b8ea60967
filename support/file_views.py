"""Staff see the files that appropriate bodies uploaded, and what became of each."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from register_ects.rules.permissions import Permission
from register_ects.web.access import StaffRequest, staff_required
from register_ects.web.pagination import paginate
from support import file_queries


@require_safe
@staff_required(Permission.CONSOLE_VIEW)
def files(request: StaffRequest) -> HttpResponse:
    """List the files of every appropriate body, latest first."""
    page = paginate(request, file_queries.all_files(), label="Pages of files")
    return render(request, "support/files.jinja", {"page": page})


@require_safe
@staff_required(Permission.CONSOLE_VIEW)
def file(request: StaffRequest, batch_id: int) -> HttpResponse:
    """Show one file: how far it came, its lines with errors, and the inductions that it changed."""
    found = file_queries.find_file(batch_id)
    context = {
        "file": found,
        "share": file_queries.share_of_errors(found),
        "wrong": paginate(
            request,
            file_queries.wrong_lines(found),
            parameter="lines",
            fragment="lines",
            label="Pages of lines",
        ),
        "inductions": paginate(
            request,
            file_queries.inductions_of(found),
            parameter="inductions",
            fragment="inductions",
            label="Pages of inductions",
        ),
    }
    return render(request, "support/file.jinja", context)
