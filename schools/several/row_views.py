"""The pages about one person of several: add, change, remove."""

from dataclasses import replace
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from register_ects.models import RegistrationBatch, RegistrationBatchRow
from register_ects.operations.batches.collecting import hold, put_row, remove_row
from register_ects.operations.batches.held import OVER, Held, held_by, mark_of_cells
from register_ects.rules.enumerations import RegistrationBatchState
from register_ects.rules.problems import RuleBroken
from register_ects.rules.seen import CHANGED_MEANWHILE
from register_ects.uploads.cells import refused_cells
from register_ects.web.access import SchoolRequest
from register_ects.web.date_fields import PARTS
from register_ects.web.forms import Choice, SelectField, data_of, status_of
from register_ects.web.school_addresses import reverse
from schools.access import school_required
from schools.several import lists
from schools.several.checking import Others, check, email_of, lead_providers_for, trns_of
from schools.several.corrections import as_written
from schools.several.files import COMPARED, DATES
from schools.several.forms import (
    SHARED,
    ChangeRowForm,
    RowForm,
    RowPageForm,
    cells_of,
    form_data,
)
from schools.several.jobs import follow_merge, lines_of, note_checks_of
from schools.several.known import Known
from schools.several.looking_up import look_up, read
from schools.several.offers import Offer

_NOT_REMOVED = {
    "batch_is_checked": "We are checking the list just now, so nobody was removed. Wait until that "
    "is done, then remove them",
    "batch_not_open": "The list was confirmed or deleted meanwhile, so nobody was removed",
    "row_is_over": "This person was registered meanwhile, so they were not removed",
}


@school_required(to_register_ects=True)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SchoolRequest, batch_id: UUID) -> HttpResponse:
    """Add one person, checked as the pages of one registration check."""
    batch = lists.find_batch(request.school, batch_id)
    if batch.state == RegistrationBatchState.UPLOADED:
        return redirect("schools:several_columns", batch_id)
    offer = Offer(request.school)
    shared = form_data({}, batch.choices, offer)
    form = RowPageForm(data_of(request), choices=offer.of_a_page, initial=shared)
    if form.is_bound and _put(request, batch, None, Held(), form):
        name = form.words["name"]
        messages.success(request, f"{name} was added to the list. They are not registered yet")
        return redirect("schools:several_batch", batch_id)
    back = reverse("schools:several_batch", args=[batch_id])
    context = {"form": form, "heading": "Add a person", "back": back}
    return render(request, "schools/several/row.jinja", context, status=status_of(form))


@school_required(to_register_ects=True)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SchoolRequest, batch_id: UUID, number: int) -> HttpResponse:
    """Show one row with what is wrong, and take what is changed once everything is right."""
    batch = lists.find_batch(request.school, batch_id)
    row = _row(batch, number)
    held, offer, seen = held_by(row), Offer(request.school), mark_of_cells(row)
    if request.method == "POST":
        form = ChangeRowForm(request.POST, choices=offer.of_a_page, now=seen)
        if _put(request, batch, row, held, form):
            done = f"{form.words['name']} can be registered"
            return _back_to_list(request, batch, row, messages.SUCCESS, done)
    else:
        data = form_data(held.cells, batch.choices, offer) | {"seen": seen}
        form = ChangeRowForm(
            data, choices=offer.of_a_page, now=seen, refused=refused_cells(held.cells)
        )
        form.is_valid()
        _show_problems(form, row)
    _offer_lead_providers(held, form, Known(request.school, [(held, form)]))
    back = lists.address_of_row(batch, request.GET.urlencode(), number)
    heading = f"Change row {number}" + (f": {row.name}" if row.name else "")
    context = {"form": form, "heading": heading, "back": back}
    status = status_of(form) if request.method == "POST" else 200
    return render(request, "schools/several/row.jinja", context, status=status)


@school_required(to_register_ects=True)
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: SchoolRequest, batch_id: UUID, number: int) -> HttpResponse:
    """Take somebody out of the list, once that is confirmed."""
    batch = lists.find_batch(request.school, batch_id)
    row = _row(batch, number)
    shown = lists.row_shown(row)
    if request.method == "POST":
        try:
            with transaction.atomic():
                remove_row(batch, number)
                _check_alike(batch, held_by(row))
        except RuleBroken as refusal:
            refused = _NOT_REMOVED[refusal.problems[0].code]
            return _back_to_list(request, batch, row, messages.WARNING, refused)
        done = f"{shown.name} was removed from the list"
        return _back_to_list(request, batch, row, messages.SUCCESS, done)
    back = lists.address_of_row(batch, request.GET.urlencode(), number)
    return render(request, "schools/several/remove.jinja", {"row": shown, "back": back})


def _back_to_list(
    request: SchoolRequest,
    batch: RegistrationBatch,
    row: RegistrationBatchRow,
    level: int,
    text: str,
) -> HttpResponse:
    """Lead back to where a row stands, or stood, in the part of the list that one came from.

    The row has the focus there, which the message does not take from it.
    """
    messages.add_message(request, level, text, extra_tags="leaves-focus")
    part = lists.Part.of(request.GET.get("status", ""))
    return redirect(lists.address_after(batch, part, row))


def _put(
    request: SchoolRequest,
    batch: RegistrationBatch,
    row: RegistrationBatchRow | None,
    before: Held,
    form: RowForm,
) -> bool:
    """Check what was typed of a person and keep it if all is right; else the form says what is not.

    TRS is asked with no transaction open. The rest is one: of two colleagues who add the same
    person, or who change and confirm, the second finds what the first did.
    """
    form.is_valid()
    compared = {name: before.cells[name] for name in COMPARED if name in before.cells}
    held = replace(before, cells=compared | cells_of(form))
    held = look_up(held, form, asker=request.identity.email)
    follow_merge(held, form, author=request.author)
    known = Known(request.school, [(held, form)])
    try:
        with transaction.atomic():
            hold(batch)
            others = [each.looked for each in lines_of(batch) if row is None or each.row != row]
            others.append((held, form))
            checked, plan = check(held, form, known=known, others=Others.among(others))
            if plan is None:
                return False
            seen = form.cleaned_data.get("seen")
            put_row(batch, row.number if row else None, held, checked, seen=seen)
            _check_alike(batch, before)
    except RuleBroken as refusal:
        is_outdated = any(each.code == CHANGED_MEANWHILE for each in refusal.problems)
        if is_outdated and row is not None and isinstance(form, ChangeRowForm):
            _tell_what_changed(request, row, form)
        form.add_problems(refusal.problems)
        return False
    return True


def _tell_what_changed(
    request: SchoolRequest, row: RegistrationBatchRow, form: ChangeRowForm
) -> None:
    """Let the form say where the row, as it is now, differs from what was sent."""
    row.refresh_from_db()
    now, sent = as_written([held_by(row).cells, cells_of(form)], Offer(request.school))
    said = [
        f"{lists.cell_in_words(name)} is {f'“{text}”' if text else 'blank'}"
        for name, text in now.items()
        if name in form.fields and text != sent[name] and (text or name not in SHARED)
    ]
    form.words["now"] = ", ".join(said) or "somebody saved the same"
    form.show(mark_of_cells(row))


def _check_alike(batch: RegistrationBatch, before: Held) -> None:
    """Check those again who stood in the list with the person or email of a row as it was."""
    lines, email = list(lines_of(batch)), email_of(before)
    trns = trns_of(before, read(before, batch.choices, Offer(batch.school)))
    alike = [
        line
        for line in lines
        if trns & trns_of(*line.looked) or (email and email_of(line.held) == email)
    ]
    note_checks_of(batch, alike, among=lines)


def _offer_lead_providers(held: Held, form: ChangeRowForm, known: Known) -> None:
    """Offer those lead providers alone that may train the person from their start on."""
    offered = lead_providers_for(held, form, known)
    if offered:
        items = [Choice(str(each.pk), each.name) for each in offered]
        cast(SelectField, form.fields["lead_provider"]).items = items


def _show_problems(form: RowForm, row: RegistrationBatchRow) -> None:
    """Show what the last check found beside what the form finds by itself.

    Texts that no box, radio or option can show, of a date or a choice, are quoted by the message.
    """
    for cell in form.refused:
        for part in PARTS if cell in DATES else ():
            form.replace_sent(f"{cell}-{part}", "")
    for cell, text in row.problems:
        if form.has_error(cell, "invalid_choice"):
            del form.errors[cell]
        if cell in form.fields and cell not in form.errors:
            form.add_error(cell, text)
        elif cell not in form.fields:
            form.add_error(None, text)


def _row(batch: RegistrationBatch, number: int) -> RegistrationBatchRow:
    """Return a row of the batch that is not over; 404 for any other."""
    row = RegistrationBatchRow.objects.filter(batch=batch, number=number).first()
    if row is None or row.state in OVER:
        raise Http404
    return row
