"""The columns in which a statement's declarations are listed, and what is written in them.

A column is one entry of COLUMNS: what is read of the database for it comes from there as well
(``queries.details_of_declarations``). No database.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple
from uuid import UUID

from markupsafe import Markup

from finance.declaration_filters import KINDS
from finance.placing import Kind, Placed
from finance.wording import Listed, pounds
from register_ects.formats import govuk_date_short
from register_ects.rules.declaration_states import state
from register_ects.rules.enumerations import DeclarationType, TraineeRole
from register_ects.rules.names import display_name

NO_AMOUNT = "No price"
_ROLES, _TYPES = dict(TraineeRole.choices), dict(DeclarationType.choices)
_NAMES = ("teacher__corrected_name", "teacher__trs_first_name", "teacher__trs_last_name")
_PARTICIPANT = ("teacher__api_id", *_NAMES)

#: What was read of a declaration, by its path from there.
Told = Mapping[str, Any]


class Column(NamedTuple):
    """What is written of a declaration and its place on the statement.

    ``reads`` are the paths that it needs of the declaration. Figures come after texts, and stand to
    the right.
    """

    head: str
    write: Callable[[Told, Placed], str]
    reads: tuple[str, ...] = ()
    is_figure: bool = False


def _state(told: Told, _placed: Placed) -> str:
    words = state(told["payment_status"], told["clawback_status"])
    return words.replace("-", " ").capitalize()


def _band(_told: Told, placed: Placed) -> str:
    price = placed.price
    if price.band:
        return f"Band {price.band}"
    if price.is_beyond:
        return "Beyond the last band"
    return "None" if placed.listed.kind is Kind.VOIDED or price.fee is None else "Flat rate"


def _amount(_told: Told, placed: Placed) -> str:
    fee, uplift = placed.price.fee, placed.price.uplift
    amount = NO_AMOUNT if fee is None else pounds(fee)
    if uplift:
        return Markup("{} <br>and {} uplift").format(amount, pounds(uplift))
    return amount


#: In the order in which they are shown, after the participant. The total stands below the amount.
COLUMNS = (
    Column("TRN", lambda told, _: told["teacher__trn"] or "None", ("teacher__trn",)),
    Column("Role", lambda _, placed: _ROLES[placed.listed.role]),
    Column("Declaration", lambda _, placed: _TYPES[placed.listed.declaration_type]),
    Column(
        "Date", lambda told, _: govuk_date_short(told["declaration_date"]), ("declaration_date",)
    ),
    Column("State", _state, ("payment_status", "clawback_status")),
    Column("On this statement", lambda _, placed: KINDS[placed.listed.kind]),
    Column("Band", _band),
    Column("Amount", _amount, is_figure=True),
    Column("Declaration ID", lambda told, _: str(told["api_id"]), ("api_id",), is_figure=True),
)
#: All that is read of a declaration.
READ = (*_PARTICIPANT, *(path for column in COLUMNS for path in column.reads))


class DeclarationRow(NamedTuple):
    """A declaration, ready to print: its participant, then what stands in each column."""

    participant_id: UUID
    name: str
    cells: list[str]


def lay_out_declarations(
    placed: Sequence[Placed],
    details: Mapping[int, Told],
    *,
    together: Fraction | None,
    is_all: bool,
) -> Listed[DeclarationRow]:
    """Write one page of a statement's declarations; ``details`` by key.

    ``together`` is what those of all pages earn; ``is_all`` says that no other page has more.
    """
    rows = [
        DeclarationRow(
            told["teacher__api_id"],
            display_name(*(told[name] for name in _NAMES)),
            [column.write(told, each) for column in COLUMNS],
        )
        for each in placed
        if (told := details.get(each.listed.key))
    ]
    label = f"Together{'' if is_all else ', on all pages'}, excluding VAT"
    return Listed(rows, label, None if together is None else pounds(together))
