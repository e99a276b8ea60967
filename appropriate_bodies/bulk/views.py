"""The pages of a body's files: upload, see what will happen, confirm once, see what became of it.

Source: spec 06 §6.17.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from appropriate_bodies.bulk import shown
from appropriate_bodies.bulk.forms import ConfirmForm, UploadForm, messages_of, same_people
from appropriate_bodies.bulk.kinds import KINDS, LIMITS, Kind
from register_ects.formats import govuk_datetime
from register_ects.models import PendingInductionSubmissionBatch
from register_ects.operations.inductions import submissions
from register_ects.rules.enumerations import BatchStatus
from register_ects.rules.permissions import Permission
from register_ects.rules.problems import RuleBroken
from register_ects.uploads.files import SentFile, mapping_of
from register_ects.uploads.tables import Table
from register_ects.uploads.writing import template_xlsx, xlsx_of
from register_ects.web.access import AppropriateBodyRequest, appropriate_body_required
from register_ects.web.downloads import csv_file, workbook_file
from register_ects.web.forms import data_of, status_of
from register_ects.web.pagination import paginate
from register_ects.web.uploaded import say_what_was_not_read

#: Seconds after which a page of progress is asked for again by itself.
_AGAIN_AFTER = 10
_ROWS_PER_PAGE = 50

may_read = appropriate_body_required(Permission.INDUCTION_VIEW)
may_write = appropriate_body_required(Permission.INDUCTION_WRITE)


@require_safe
@may_read
def history(request: AppropriateBodyRequest, slug: str) -> HttpResponse:
    """List a body's files of a kind, latest first."""
    kind = KINDS[slug]
    batches = shown.batches_of(request.appropriate_body, kind)
    context = {"kind": kind, "page": paginate(request, batches, per_page=_ROWS_PER_PAGE)}
    return render(request, "appropriate_bodies/bulk/history.jinja", context)


@require_safe
@may_write
def template(request: AppropriateBodyRequest, slug: str, extension: str) -> HttpResponse:
    """Send a file with the headings, to be filled in."""
    kind = KINDS[slug]
    name = f"bulk-{slug}-template.{extension}"
    if extension == "xlsx":
        return workbook_file(name, template_xlsx(kind.columns))
    return csv_file(name, [column.heading for column in kind.columns], ())


@require_http_methods(["GET", "HEAD", "POST"])
@may_write
def upload(request: AppropriateBodyRequest, slug: str) -> HttpResponse:
    """Take a file; a job checks its lines."""
    kind = KINDS[slug]
    files = request.FILES if request.method == "POST" else None
    form = UploadForm(data_of(request), files, kind=kind)
    if form.is_valid():
        try:
            return _begin(request, kind, form)
        except RuleBroken as refusal:
            form.add_problems(refusal.problems)
    context = {"kind": kind, "form": form, "most": LIMITS, "multipart": True}
    return render(request, "appropriate_bodies/bulk/upload.jinja", context, status=status_of(form))


def _begin(request: AppropriateBodyRequest, kind: Kind, form: UploadForm) -> HttpResponse:
    file: SentFile = form.cleaned_data["file"]
    body = request.appropriate_body
    same = shown.batches_of(body, kind).filter(file_sha256=file.mark)
    earlier = same.first()
    table = form.found if isinstance(form.found, Table) else None
    made = False
    with form.sent_once() as sending:
        submissions.start_submissions(
            body,
            kind.batch_type,
            author=request.author,
            file=(file.name, file.mark),
            rows=kind.rows_of(table) if table else (),
            unread=b"" if table else file.sealed(),
            sending=sending,
        )
        made = True
    batch = same.get(pk=same.latest("pk").pk)
    if earlier is not None and made:
        when, who = govuk_datetime(earlier.created_at), earlier.uploaded_by_name
        messages.warning(request, f"{who} uploaded the same file on {when}")
    if table:
        say_what_was_not_read(request, table)
    return redirect(_address(kind, batch, "batch" if table else "columns"))


@require_http_methods(["GET", "HEAD", "POST"])
@may_write
def columns(request: AppropriateBodyRequest, slug: str, batch_id: int) -> HttpResponse:
    """Ask which column is which, and read the file so."""
    kind = KINDS[slug]
    batch = shown.find_batch(request.appropriate_body, kind, batch_id)
    if batch.state != BatchStatus.PENDING:
        return redirect(_address(kind, batch))
    found = kind.read(SentFile.unsealed(bytes(batch.held)), mapping_of(request.POST.dict()))
    wrong = messages_of(found)
    if isinstance(found, Table):
        wrong = same_people(kind, found)
    if request.method == "POST" and isinstance(found, Table) and not wrong:
        try:
            submissions.fill_submissions(batch, kind.rows_of(found))
            say_what_was_not_read(request, found)
        except RuleBroken:
            messages.warning(request, "A colleague has done this meanwhile")
        return redirect(_address(kind, batch))
    context = {
        "batch": batch,
        "back": reverse("appropriate_bodies:bulk", args=[slug]),
        "headings": found.headings,
        "problems": [{"message": text} for text in wrong],
        "columns": kind.columns,
        "errors": request.method == "POST",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "uploads/columns.jinja", context, status=status)


@require_safe
@may_read
def batch(request: AppropriateBodyRequest, slug: str, batch_id: int) -> HttpResponse:
    """Show a file: how far it has come, what it will do, or what became of it."""
    kind = KINDS[slug]
    held = shown.find_batch(request.appropriate_body, kind, batch_id)
    if held.state == BatchStatus.PENDING and request.identity.may(Permission.INDUCTION_WRITE):
        return redirect(_address(kind, held, "columns"))
    form = ConfirmForm(now=submissions.mark_of_submissions(held))
    return _page(request, kind, held, form)


@require_POST
@may_write
def confirm(request: AppropriateBodyRequest, slug: str, batch_id: int) -> HttpResponse:
    """Have everything that is ready recorded, as the page showed it; sent again it does nothing."""
    kind = KINDS[slug]
    held = shown.find_batch(request.appropriate_body, kind, batch_id)
    form = ConfirmForm(request.POST, now=submissions.mark_of_submissions(held))
    if form.is_valid():
        try:
            seen = form.cleaned_data["seen"]
            submissions.confirm_submissions(held, seen=seen, author=request.author)
        except RuleBroken as refusal:
            form.add_problems(refusal.problems)
            held = shown.find_batch(request.appropriate_body, kind, batch_id)
            form.show(submissions.mark_of_submissions(held))
    if not form.errors or held.state != BatchStatus.PROCESSED:
        return redirect(_address(kind, held))  # it is confirmed, by this tab or another
    return _page(request, kind, held, form)


@require_POST
@may_write
def check(request: AppropriateBodyRequest, slug: str, batch_id: int) -> HttpResponse:
    """Have every line checked again."""
    kind = KINDS[slug]
    held = shown.find_batch(request.appropriate_body, kind, batch_id)
    try:
        submissions.check_submissions_again(held)
    except RuleBroken:
        messages.warning(request, "A colleague confirmed or discarded this file already")
    return redirect(_address(kind, held))


@require_http_methods(["GET", "HEAD", "POST"])
@may_write
def discard(request: AppropriateBodyRequest, slug: str, batch_id: int) -> HttpResponse:
    """Delete what a file holds that was not confirmed, once that is asked."""
    kind = KINDS[slug]
    held = shown.find_batch(request.appropriate_body, kind, batch_id)
    if request.method == "POST":
        try:
            submissions.discard_submissions(held)
        except RuleBroken:
            return redirect(_address(kind, held))
        messages.success(request, "The file was discarded. Nothing of it was recorded")
        return redirect("appropriate_bodies:bulk", slug)
    return render(request, "appropriate_bodies/bulk/discard.jinja", {"kind": kind, "batch": held})


@require_safe
@may_read
def problems(
    request: AppropriateBodyRequest, slug: str, batch_id: int, extension: str
) -> HttpResponse:
    """Send the lines that need changes as a file, which can be corrected and uploaded."""
    held = shown.find_batch(request.appropriate_body, KINDS[slug], batch_id)
    headings, rows = shown.wrong_lines(held)
    if not rows:
        raise Http404("No line of this file needs changes, or what it held was deleted")
    name = f"errors-{held.pk}.{extension}"
    if extension == "csv":
        return csv_file(name, headings, rows)
    return workbook_file(name, xlsx_of("To correct", headings, rows))


def _page(
    request: AppropriateBodyRequest,
    kind: Kind,
    held: PendingInductionSubmissionBatch,
    form: ConfirmForm,
) -> HttpResponse:
    found = shown.shown(held)
    context: dict[str, Any] = {"found": found, "kind": kind, "states": BatchStatus}
    if found.state in held.AT_WORK:
        response = render(request, "appropriate_bodies/bulk/progress.jinja", context)
        response["Refresh"] = str(_AGAIN_AFTER)
        return response
    context |= {
        "form": form,
        "is_outdated": submissions.is_check_outdated(held),
        "page": paginate(request, shown.lines_of(held), per_page=_ROWS_PER_PAGE),
    }
    template = "appropriate_bodies/bulk/batch.jinja"
    return render(request, template, context, status=status_of(form))


def _address(kind: Kind, batch: PendingInductionSubmissionBatch, page: str = "batch") -> str:
    return reverse(f"appropriate_bodies:bulk_{page}", args=[kind.slug, batch.pk])
