"""Reads a row, and looks its person up in TRS (spec 05 §6.3, §20.2)."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeAlias

from register_ects.operations.batches.held import Held
from register_ects.rules.seen import mark_of
from register_ects.uploads.cells import refused_cells
from schools.registering import people
from schools.registering.people import LookUp
from schools.several.forms import RowForm, form_data
from schools.several.offers import Offer
from schools.several.quoting import quote_cells

#: A row with what TRS said of it, and as a form that was sent and read.
Looked: TypeAlias = tuple[Held, RowForm]

#: What is told of somebody who was not found, at which cell.
NOT_FOUND = {
    "not_found": ("trn", "We cannot find a teacher with this TRN. Check the TRN"),
    "not_found_by_number": (
        "national_insurance_number",
        "The TRN and the National Insurance number do not belong to one record in the Teaching "
        "Record System (TRS). Check both",
    ),
    "mismatch": (
        "date_of_birth",
        "The date of birth does not match the Teaching Record System (TRS). Check it, or give "
        "their National Insurance number as well",
    ),
    "not_active": (
        "trn",
        "The Teaching Record System (TRS) has deactivated this record. Ask them to find out from "
        "the Teaching Regulation Agency which TRN to use",
    ),
    "unavailable": ("", "We could not ask the Teaching Record System (TRS). Check again"),
    "too_many": (
        "",
        "Too many searches found nobody. Check the details with the person, then check again in "
        "an hour",
    ),
}
#: Outcomes that another question to TRS may change, with the same cells.
ASK_AGAIN = {"unavailable", "too_many"}


def read(held: Held, shared: Mapping[str, Any], offer: Offer) -> RowForm:
    """Return a row as a form that was sent, and checked by itself."""
    data = form_data(held.cells, shared, offer)
    form = RowForm(data, choices=offer.narrowed_to(data), refused=refused_cells(held.cells))
    form.full_clean()
    quote_cells(form, held.cells, offer)
    return form


def look_up(
    held: Held,
    form: RowForm,
    *,
    asker: str,
    in_file: bool = False,
    may_ask: Callable[[], bool] = lambda: True,
) -> Held:
    """Return a row with what TRS says of its person, asked unless these cells were before.

    No database is asked, so that several threads may. ``asker`` is whose failures are counted;
    where TRS may not be asked, it counts as unavailable.
    """
    if any(name in form.errors for name in ("trn", "date_of_birth", "national_insurance_number")):
        return replace(held, outcome=None, record=None, proof=None)
    given = form.cleaned_data
    born_on, number = given["date_of_birth"], given["national_insurance_number"]
    proof = mark_of(given["trn"], born_on, number)
    if held.proof == proof and held.outcome not in ASK_AGAIN:
        return held
    if not may_ask():
        return replace(held, outcome="unavailable", record=None, proof=proof)
    found = _find(given["trn"], born_on=born_on, number=number, asker=asker, in_file=in_file)
    outcome = found.outcome
    if outcome == "not_found" and number:
        outcome = "not_found_by_number"
    record = found.record.as_json() if found.record and found.outcome == "found" else None
    return replace(held, outcome=outcome, record=record, proof=proof)


def _find(
    trn: str, *, born_on: date | None, number: str | None, asker: str, in_file: bool
) -> LookUp:
    if born_on is not None:
        found = people.look_up_by_birth_date(trn, born_on=born_on, asker=asker, in_file=in_file)
        if found.outcome != "mismatch" or not number:
            return found
    return people.look_up_by_ni_number(trn, ni_number=number or "", asker=asker, in_file=in_file)
