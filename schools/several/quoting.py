"""What was wrong with a cell of a file says what stands in it, and what it may have meant."""

from django.core.exceptions import ValidationError

from register_ects.operations.batches.held import Cells
from schools.several.forms import SHARED, RowForm
from schools.several.offers import Offer

#: Never written in the open: a National Insurance number is kept encrypted alone.
_NEVER_QUOTED = ("national_insurance_number",)
_LONGEST = 60


def quote_cells(form: RowForm, cells: Cells, offer: Offer) -> None:
    """Let the errors of a form that read a row say what its cells are."""
    for name in [*form.errors]:
        text = cells.get(name) or ""
        error = form.errors[name].as_data()[0]
        told = str(form.errors[name][0])
        is_key = text.isdecimal() and name in SHARED  # chosen on a page, and no longer on offer
        if not text or is_key or name in _NEVER_QUOTED or name in form.refused:  # which quotes it
            continue
        short = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
        told += f" (“{short}”)" if ": " in told else f", not “{short}”"
        nearest = offer.nearest(name, text)
        if nearest:
            told += f". Did you mean {nearest}?"
        del form.errors[name]
        form.add_error(name, ValidationError(told, code=error.code))
