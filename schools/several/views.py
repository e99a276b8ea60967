"""The pages of several ECTs: begin, see what will happen, confirm once, see what became of it."""

from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from register_ects.operations.batches.collecting import (
    MOST_ROWS,
    check_again,
    discard_batch,
)
from register_ects.operations.batches.held import AT_WORK
from register_ects.operations.batches.registering import confirm_batch
from register_ects.rules.enumerations import RegistrationBatchState
from register_ects.rules.problems import RuleBroken
from register_ects.uploads.writing import xlsx_of
from register_ects.web.access import SchoolRequest
from register_ects.web.downloads import csv_file, workbook_file
from register_ects.web.forms import status_of
from register_ects.web.pagination import paginate
from register_ects.web.school_addresses import reverse
from schools.access import school_required, stopped
from schools.several import lists
from schools.several.corrections import HEADINGS, to_correct
from schools.several.forms import ConfirmForm
from schools.several_changes.forms import MOST_ECTS

#: Seconds after which a page of progress is asked for again by itself.
_AGAIN_AFTER = 10


@school_required(to_register_ects=True)
@require_safe
def start(request: SchoolRequest) -> HttpResponse:
    """Say what can be done, and list what the school has begun or done."""
    context = {"batches": lists.batches_of(request.school), "most": MOST_ROWS}
    return render(request, "schools/several/start.jinja", context)


@school_required(to_change=True)
@require_safe
def batch(request: SchoolRequest, batch_id: UUID) -> HttpResponse:
    """Show a list: how far it has come, what it will do, or what became of it.

    What became of it is shown while registration is closed too.
    """
    held = lists.find_batch(request.school, batch_id)
    elsewhere = None if held.state == RegistrationBatchState.DONE else stopped(request)
    if elsewhere:
        return elsewhere
    if held.state == RegistrationBatchState.UPLOADED:
        return redirect("schools:several_columns", batch_id)
    found = lists.shown(held)
    return _page(request, found, ConfirmForm(now=found.mark))


@school_required(to_register_ects=True)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: SchoolRequest, batch_id: UUID) -> HttpResponse:
    """Have everybody who is ready registered, as the page showed it; sent again it does nothing."""
    held = lists.find_batch(request.school, batch_id)
    address = reverse("schools:several_batch", args=[batch_id])
    if request.method != "POST":  # a page or part of what was refused
        return redirect(f"{address}?{request.GET.urlencode()}")
    found = lists.shown(held)
    form = ConfirmForm(request.POST, now=found.mark)
    if form.is_valid():
        try:
            confirm_batch(held, seen=form.cleaned_data["seen"], author=request.author)
        except RuleBroken as refusal:
            form.add_problems(refusal.problems)
            found = lists.shown(lists.find_batch(request.school, batch_id))
            form.show(found.mark)
    if not form.errors or found.state != RegistrationBatchState.READY:
        return redirect(address)  # it is confirmed, by this tab or another
    return _page(request, found, form)


@school_required(to_register_ects=True)
@require_POST
def check(request: SchoolRequest, batch_id: UUID) -> HttpResponse:
    """Have everybody checked again."""
    with suppress(RuleBroken):  # the page says what is happening to it
        check_again(lists.find_batch(request.school, batch_id))
    return redirect("schools:several_batch", batch_id)


@school_required(to_register_ects=True)
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: SchoolRequest, batch_id: UUID) -> HttpResponse:
    """Delete a list of people who are not registered, once that is confirmed."""
    held = lists.find_batch(request.school, batch_id)
    if request.method == "POST":
        try:
            discard_batch(held)
        except RuleBroken:
            return redirect("schools:several_batch", batch_id)
        messages.success(request, "The list was deleted")
        return redirect("schools:several")
    return render(request, "schools/several/discard.jinja", {"found": lists.shown(held)})


@school_required(to_register_ects=True)
@require_safe
def problems(request: SchoolRequest, batch_id: UUID, kind: str) -> HttpResponse:
    """Send the rows that need changes as a file, which can be corrected and uploaded."""
    rows = to_correct(lists.find_batch(request.school, batch_id))
    name = f"to-correct-{request.school.urn}.{kind}"
    if kind == "csv":
        return csv_file(name, HEADINGS, rows)
    return workbook_file(name, xlsx_of("To correct", HEADINGS, rows))


@school_required(to_change=True)
@require_safe
def result(request: SchoolRequest, batch_id: UUID) -> HttpResponse:
    """Send what became of everybody as a file, a line each."""
    found = lists.shown(lists.find_batch(request.school, batch_id))
    rows = [
        (
            *(str(row.number), row.trn, row.name, row.state.label),
            " ".join(f"{cell}: {text}" for cell, text in row.problems),
        )
        for row in found.rows
    ]
    head = ("Line", "TRN", "Name", "Result", "Problems")
    return csv_file(f"several-ects-{request.school.urn}.csv", head, rows)


def _page(request: SchoolRequest, found: lists.BatchShown, form: ConfirmForm) -> HttpResponse:
    at_work = found.state in AT_WORK
    template = "progress" if at_work else "batch"
    part = lists.Part.of(request.GET.get("status", ""))
    rows = found.rows_of(part)
    context = {
        "found": found,
        "form": form,
        "states": RegistrationBatchState,
        "part": part,
        "most_ticked": MOST_ECTS,
        "without_mentor": lists.without_mentor(found) if found.done else [],
        "shared": lists.shared_in_words(found.batch),
        "page": paginate(request, rows, per_page=lists.ROWS_PER_PAGE, label="Pages of people"),
    }
    response = render(request, f"schools/several/{template}.jinja", context, status=status_of(form))
    if at_work:
        response["Refresh"] = str(_AGAIN_AFTER)
    return response
