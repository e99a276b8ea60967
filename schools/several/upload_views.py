"""The pages that take a file of ECTs, and ask which of its columns is which."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from register_ects.formats import govuk_datetime
from register_ects.models import RegistrationBatch
from register_ects.operations.batches.collecting import (
    discard_batch,
    fill_batch,
    id_of,
    start_batch,
)
from register_ects.rules.enumerations import RegistrationBatchState
from register_ects.rules.problems import RuleBroken
from register_ects.uploads.files import mapping_of, may_be_mapped
from register_ects.uploads.tables import Table, Unreadable
from register_ects.uploads.writing import template_xlsx
from register_ects.web.access import SchoolRequest
from register_ects.web.downloads import csv_file, workbook_file
from register_ects.web.forms import data_of, status_of, uuid_asked
from register_ects.web.school_addresses import reverse
from register_ects.web.uploaded import say_what_was_not_read
from schools.access import school_required
from schools.several import lists
from schools.several.files import COLUMNS, File, rows_of
from schools.several.forms import UploadForm, suggested_for_all
from schools.several.offers import Offer


@school_required(to_register_ects=True)
@require_safe
def template(request: SchoolRequest, kind: str) -> HttpResponse:
    """Send a file with the headings, to be filled in."""
    name = f"register-several-ects.{kind}"
    if kind == "xlsx":
        return workbook_file(name, template_xlsx(COLUMNS))
    return csv_file(name, [column.heading for column in COLUMNS], ())


@school_required(to_register_ects=True)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: SchoolRequest) -> HttpResponse:
    """Take a file and what stands where its cells are blank; a job checks its rows."""
    files = request.FILES if request.method == "POST" else None
    form = UploadForm(
        data_of(request),
        files,
        choices=Offer(request.school).for_everybody,
        initial=_chosen_before(request),
    )
    if form.is_valid():
        found = form.cleaned_data["file"].read()
        try:
            if may_be_mapped(found):
                return _begin(request, form, found)
        except RuleBroken as refusal:
            form.add_problems(refusal.problems)
        if isinstance(found, Unreadable):
            for problem in found.problems:
                form.add_error("file", problem.message)
    context = {"form": form, "columns": COLUMNS, "multipart": True}
    return render(request, "schools/several/upload.jinja", context, status=status_of(form))


@school_required(to_register_ects=True)
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: SchoolRequest, batch_id: UUID) -> HttpResponse:
    """Ask which column is which, and read the file so."""
    batch = lists.find_batch(request.school, batch_id)
    if batch.state != RegistrationBatchState.UPLOADED:
        return redirect("schools:several_batch", batch_id)
    file = File.unsealed(bytes(batch.held))
    found = file.read(mapping_of(request.POST.dict()))
    if request.method == "POST" and isinstance(found, Table):
        try:
            fill_batch(batch, rows_of(found))
            say_what_was_not_read(request, found)
        except RuleBroken:
            messages.warning(request, "A colleague has done this meanwhile")
        return redirect("schools:several_batch", batch_id)
    context = {
        "batch": batch,
        "back": reverse("schools:several"),
        "headings": found.headings,
        "problems": found.problems if isinstance(found, Unreadable) else (),
        "columns": COLUMNS,
        "errors": request.method == "POST",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "uploads/columns.jinja", context, status=status)


def _begin(request: SchoolRequest, form: UploadForm, found: Table | Unreadable) -> HttpResponse:
    file: File = form.cleaned_data["file"]
    earlier = lists.find_same_file(request.school, file.mark)
    is_table = isinstance(found, Table)
    with form.sent_once() as sending:
        start_batch(
            request.school,
            choices=form.shared(),
            author=request.author,
            rows=rows_of(found) if isinstance(found, Table) else (),
            file=(file.name, file.mark),
            unread=b"" if is_table else file.sealed(),
            sending=sending,
        )
        _discard_replaced(request)
    if earlier is not None:
        when, who = govuk_datetime(earlier.created_at), earlier.uploaded_by_name
        messages.warning(request, f"{who} uploaded the same file on {when}")
    if isinstance(found, Table):
        say_what_was_not_read(request, found)
    page = "several_batch" if is_table else "several_columns"
    return redirect(reverse(f"schools:{page}", args=[id_of(request.school, sending.key)]))


def _replaced(request: SchoolRequest) -> RegistrationBatch | None:
    """Return the list that the file corrects, unless somebody confirmed it meanwhile."""
    replaced = uuid_asked(request, "replaces")
    return lists.find_ready(request.school, replaced) if replaced else None


def _chosen_before(request: SchoolRequest) -> dict[str, Any]:
    """Return what was chosen with the list that the file corrects, also of one that is done.

    Without a list it is what the school chose last.
    """
    replaced = uuid_asked(request, "replaces")
    batch = lists.find_kept(request.school, replaced) if replaced else None
    return dict(batch.choices) if batch else suggested_for_all(request.school)


def _discard_replaced(request: SchoolRequest) -> None:
    """Delete the list that the file corrects."""
    batch = _replaced(request)
    if batch is not None:
        discard_batch(batch)
