"""Counts of declarations, as the calculator takes them (spec 04, 5.2).

The database counts (StatementCount); finance/calculator.py prices.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from finance.calculator import ContractType, Counts, StatementCounts
from finance.terms import DECLARATION_TYPES, NO_COUNTS
from register_ects.models import DeclarationCount, StatementAdjustment, StatementCount
from register_ects.rules.enumerations import TraineeRole


class Tally:
    """Declarations counted by statement (its key), role and type."""

    def __init__(self, counted: Iterable[DeclarationCount]) -> None:
        """Keep what was counted, by statement."""
        self._on: dict[int, list[DeclarationCount]] = defaultdict(list)
        for each in counted:
            self._on[each.statement_id].append(each)

    def counts(
        self, statement_id: int, adjustments: Iterable[StatementAdjustment] = ()
    ) -> StatementCounts:
        """Return one statement's counts as the calculator takes them."""
        on_it = self._on.get(statement_id, ())
        return StatementCounts(
            ect=_by_type(each for each in on_it if each.trainee_role == TraineeRole.ECT),
            mentor=_by_type(each for each in on_it if each.trainee_role == TraineeRole.MENTOR),
            uplifts=Counts(
                sum(each.billable_uplifts for each in on_it),
                sum(each.refundable_uplifts for each in on_it),
            ),
            adjustments=tuple(adjustment.amount for adjustment in adjustments),
        )

    def on(self, statement_id: int) -> Sequence[DeclarationCount]:
        """Return what is on one statement, by role and type."""
        return tuple(self._on.get(statement_id, ()))

    def voided(self, statement_id: int) -> dict[str, int]:
        """Return how many were voided while on a statement, by trainee role."""
        counted = self._on.get(statement_id, ())
        return {
            role: sum(each.voided for each in counted if each.trainee_role == role)
            for role in TraineeRole.values
        }

    def before_each(
        self, statements: Iterable[tuple[int, ContractType]]
    ) -> dict[int, Mapping[str, Counts]]:
        """Return, by statement, what went through the bands on all before it.

        ``statements``: keys, with the type of their contract, in the order of calculation.
        """
        billable = dict.fromkeys(DECLARATION_TYPES, 0)
        refundable = dict.fromkeys(DECLARATION_TYPES, 0)
        so_far, found = NO_COUNTS, {}
        for key, contract_type in statements:
            found[key] = so_far
            in_bands = [
                each
                for each in self._on.get(key, ())
                if contract_type is ContractType.ECF or each.trainee_role == TraineeRole.ECT
            ]
            for each in in_bands:
                billable[each.declaration_type] += each.billable
                refundable[each.declaration_type] += each.refundable
            if in_bands:
                so_far = _in_order(billable, refundable)
        return found


def tally_statements(statement_ids: Sequence[int]) -> Tally:
    """Count what is on each of these statements, given by key. Two queries."""
    return Tally(StatementCount.objects.of(statement_ids))


def _by_type(counted: Iterable[DeclarationCount]) -> dict[str, Counts]:
    of_type = {each.declaration_type: each for each in counted}
    return _in_order(
        {kind: each.billable for kind, each in of_type.items()},
        {kind: each.refundable for kind, each in of_type.items()},
    )


def _in_order(billable: Mapping[str, int], refundable: Mapping[str, int]) -> dict[str, Counts]:
    """Put counts in the order of display; types without any are left out."""
    return {
        kind: Counts(billable.get(kind, 0), refundable.get(kind, 0))
        for kind in DECLARATION_TYPES
        if billable.get(kind) or refundable.get(kind)
    }
