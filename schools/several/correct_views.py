"""The page that corrects several rows of a list at once, cell by cell, as in a spreadsheet."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.forms.utils import ErrorList
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from register_ects.models import RegistrationBatch, RegistrationBatchRow
from register_ects.operations.batches.collecting import correct_rows
from register_ects.operations.batches.held import OVER, WITH_ROWS, Cells, held_by, mark_of_typed
from register_ects.rules.problems import RuleBroken
from register_ects.rules.seen import CHANGED_MEANWHILE
from register_ects.uploads.tables import Row, Table
from register_ects.web.access import SchoolRequest
from register_ects.web.forms import TextField, data_of, status_of
from register_ects.web.pagination import paginate
from register_ects.web.school_addresses import reverse
from register_ects.web.seen_forms import SeenForm
from schools.access import school_required
from schools.several import lists
from schools.several.corrections import as_written
from schools.several.files import rows_of
from schools.several.forms import CELLS, RowForm
from schools.several.offers import Offer

#: About how many people a page asks.
PEOPLE_PER_PAGE = 20
#: Cells that say who somebody is, which are always there; and what is asked for beside the second.
_WHO = ("trn", "date_of_birth")
_NUMBER = "national_insurance_number"
_ROW = re.compile("[0-9]{1,5}")


@dataclass(frozen=True)
class Person:
    """A row as the page shows it: what is wrong with the person, and the names of its fields."""

    row: RegistrationBatchRow
    before: Mapping[str, str]
    fields: Mapping[str, str]  # by the cell

    @property
    def shown(self) -> lists.RowShown:
        """Return the row as the list shows it."""
        return lists.row_shown(self.row)

    @property
    def said(self) -> list[str]:
        """Return what is wrong that no cell of the page shows."""
        return [text for cell, text in self.row.problems if cell not in self.fields]


class CorrectForm(SeenForm):
    """The cells of several people, as they stand in a file."""

    wording = {
        **{code: RowForm.wording[code] for code in ("batch_not_open", "batch_is_checked")},
        CHANGED_MEANWHILE: "A colleague changed somebody on this page after you opened it, so "
        "nothing was saved. It is different now: {now}. Check it and save again",
    }

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for person in people:
            for cell, name in person.fields.items():
                self.fields[name] = TextField(
                    label=lists.cell_in_words(cell),
                    initial=person.before[cell],
                    required=False,
                    spellcheck=False,
                    autocomplete="off",
                )

    def show_problems(self, people: Sequence[Person]) -> None:
        """Show at each cell what the last check found."""
        for person in people:
            for cell, text in person.row.problems:
                if cell in person.fields:
                    self.errors.setdefault(person.fields[cell], ErrorList()).append(text)

    def corrected(self, people: Sequence[Person]) -> dict[int, Cells]:
        """Return the cells of everybody of whom something was changed, read as those of a file."""
        found: dict[int, Cells] = {}
        for person in people:
            typed = {cell: self.cleaned_data[name] for cell, name in person.fields.items()}
            if any(text != person.before[cell] for cell, text in typed.items()):
                row = Row(person.row.number, {**person.before, **typed}, ())
                found.update(rows_of(Table((), (row,))))
        return found


@school_required(to_register_ects=True)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: SchoolRequest, batch_id: UUID) -> HttpResponse:
    """Show those who need changes with what is wrong, and have what is typed checked by a job."""
    batch = lists.find_batch(request.school, batch_id)
    back = reverse("schools:several_batch", args=[batch_id])
    page = None
    if request.method == "POST":
        rows = _rows_sent(batch, request.POST)
    else:
        waiting = lists.rows_to_mend(batch) if batch.state in WITH_ROWS else []
        page = paginate(request, waiting, per_page=PEOPLE_PER_PAGE, label="Pages of people")
        rows = page.rows
    if not rows:
        return redirect(back)
    people = _people(rows, Offer(request.school), request.POST)
    form = CorrectForm(data_of(request), people=people, now=mark_of_typed(rows))
    if form.is_valid() and _are_saved(batch, people, form):
        return redirect(back)
    if page is not None:
        form.show_problems(people)
    context = {"form": form, "people": people, "page": page, "back": back, "batch": batch}
    return render(request, "schools/several/correct.jinja", context, status=status_of(form))


def _rows_sent(batch: RegistrationBatch, sent: QueryDict) -> list[RegistrationBatchRow]:
    """Return the rows that a page asked about which are not over."""
    numbers = [text for text in sent.get("rows", "").split() if _ROW.fullmatch(text)]
    wanted = {int(text) for text in numbers[:PEOPLE_PER_PAGE]}
    rows = RegistrationBatchRow.objects.filter(batch=batch, number__in=wanted)
    return list(rows.exclude(state__in=OVER).order_by("number"))


def _people(
    rows: Sequence[RegistrationBatchRow], offer: Offer, sent: Mapping[str, str]
) -> list[Person]:
    """Return what is asked of rows: the cells that were sent, else those that are to be corrected.

    Two queries.
    """
    written = as_written([held_by(row).cells for row in rows], offer)
    found = []
    for row, before in zip(rows, written, strict=True):
        names = {cell: f"row-{row.number}-{cell}" for cell in CELLS}
        asked = {cell for cell, name in names.items() if name in sent} or _to_correct(row)
        found.append(Person(row, before, {cell: names[cell] for cell in CELLS if cell in asked}))
    return found


def _to_correct(row: RegistrationBatchRow) -> set[str]:
    wrong = {cell for cell, _text in row.problems}
    return wrong | {*_WHO} | ({_NUMBER} if "date_of_birth" in wrong else set())


def _are_saved(batch: RegistrationBatch, people: Sequence[Person], form: CorrectForm) -> bool:
    corrected = form.corrected(people)
    if not corrected:
        return True
    shown = [person.row.number for person in people]
    try:
        correct_rows(batch, corrected, shown=shown, seen=form.cleaned_data["seen"])
    except RuleBroken as refusal:
        if any(each.code == CHANGED_MEANWHILE for each in refusal.problems):
            _tell_what_changed(batch, people, form)
        form.add_problems(refusal.problems)
        return False
    return True


def _tell_what_changed(
    batch: RegistrationBatch, people: Sequence[Person], form: CorrectForm
) -> None:
    """Let the form say where the rows, as they are now, differ from what was sent."""
    said = [
        f"{lists.cell_in_words(cell).lower()} in row {person.row.number} is "
        + (f"“{person.before[cell]}”" if person.before[cell] else "blank")
        for person in people
        for cell, name in person.fields.items()
        if person.before[cell] != form.cleaned_data[name]
    ]
    form.words["now"] = ", ".join(said) or "somebody saved the same, or took a row out"
    form.show(mark_of_typed([person.row for person in people]))
