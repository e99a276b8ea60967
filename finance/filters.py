"""Read the statement list's filters from its address; what makes no sense filters nothing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from finance.queries import StatementChoices, StatementFilters
from finance.wording import Options, select_items
from register_ects.formats import govuk_month
from register_ects.rules.enumerations import FeeType, StatementStatus
from register_ects.web.way_back import KeptList

#: The address's words for the type of statement, and what each finds. Source: spec 04, 8.2.
STATEMENT_TYPES = {
    "all": ("All", None),
    "output_fee": ("Output fee", FeeType.OUTPUT),
    "service_fee": ("Service fee", FeeType.SERVICE),
}
DEFAULT_TYPE = "output_fee"
#: What the list's address may ask for, in this order.
FILTERS = (
    "lead_provider_id",
    "contract_period_year",
    "statement_date",
    "statement_type",
    "status",
)
#: What each is called on the page.
LABELS = {
    "lead_provider_id": "Lead provider",
    "contract_period_year": "Contract period",
    "statement_date": "Statement month",
    "statement_type": "Statement type",
    "status": "Status",
}
#: Not a status of a statement but of its payment: the date has passed.
OVERDUE = "overdue"
_EVERYTHING = ("", "all")
_VALUE = re.compile(r"[0-9A-Za-z_-]{0,20}")
#: The list, and what its address may say in all.
STATEMENTS = KeptList(
    "finance:statements",
    (*FILTERS, "page"),
    is_a_value=lambda value: bool(_VALUE.fullmatch(value)),
)


@dataclass(frozen=True)
class ChosenFilter:
    """A filter that narrows the list, in words. ``without`` is the list's query string less it."""

    label: str
    value: str
    without: str


def read_filters(query: Mapping[str, str], *, today: date) -> StatementFilters:
    """Understand the filters; output statements unless the address says otherwise."""
    kind = query.get("statement_type", DEFAULT_TYPE)
    _, fee_type = STATEMENT_TYPES.get(kind, STATEMENT_TYPES[DEFAULT_TYPE])
    status = query.get("status", "")
    return StatementFilters(
        lead_provider_id=_number(query.get("lead_provider_id", "")),
        contract_period_year=_number(query.get("contract_period_year", "")),
        month=_month(query.get("statement_date", "")),
        fee_type=fee_type,
        status=status if status in StatementStatus.values else None,
        overdue_on=today if status == OVERDUE else None,
    )


def asks_nothing(query: Mapping[str, str]) -> bool:
    """Whether the address filters nothing: the list then opens at what is paid next."""
    return not any(name in query for name in FILTERS)


def filter_options(choices: StatementChoices, chosen: StatementFilters) -> dict[str, Options]:
    """Return each select's items, with the chosen one selected."""
    kind = next(key for key, (_, fee) in STATEMENT_TYPES.items() if fee == chosen.fee_type)
    month = "-".join(map(str, chosen.month)) if chosen.month else ""
    return {
        "lead_provider_id": select_items(
            [("", "All"), *((str(key), name) for key, name in choices.lead_providers)],
            str(chosen.lead_provider_id or ""),
        ),
        "contract_period_year": select_items(
            [("", "All"), *((str(year), str(year)) for year in choices.contract_periods)],
            str(chosen.contract_period_year or ""),
        ),
        "statement_date": select_items(
            [("", "All"), *((f"{y}-{m}", govuk_month(y, m)) for y, m in choices.months)], month
        ),
        "statement_type": select_items(
            [(key, label) for key, (label, _) in STATEMENT_TYPES.items()], kind
        ),
        "status": select_items(
            [("", "All"), *StatementStatus.choices, (OVERDUE, "Overdue (date passed, not paid)")],
            OVERDUE if chosen.overdue_on else chosen.status or "",
        ),
    }


def chosen_filters(options: Mapping[str, Options]) -> list[ChosenFilter]:
    """Return what narrows the list, each with the way to the list that it does not narrow.

    ``options`` are those of ``filter_options``.
    """
    selected = {
        name: next((item for item in items if item["selected"]), items[0])
        for name, items in options.items()
    }
    values = {name: item["value"] for name, item in selected.items()}
    return [
        ChosenFilter(
            label=LABELS[name],
            value=str(item["text"]),
            without=urlencode(values | {name: "all" if name == "statement_type" else ""}),
        )
        for name, item in selected.items()
        if item["value"] not in _EVERYTHING
    ]


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None


def _month(text: str) -> tuple[int, int] | None:
    match = re.fullmatch(r"([0-9]{4})-([0-9]{1,2})", text)
    if match is None:
        return None
    year, month = map(int, match.groups())
    return (year, month) if 1 <= month <= 12 else None
