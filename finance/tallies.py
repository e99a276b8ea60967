"""Count the declarations of statements, as the calculator takes them (spec 04, 5.2).

The database counts; finance/calculator.py prices.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from finance.calculator import Counts, StatementCounts
from finance.terms import DECLARATION_TYPES
from register_ects.models import BILLABLE, REFUNDABLE, Declaration, StatementAdjustment
from register_ects.rules.enumerations import PaymentStatus, TraineeRole

_HAS_UPLIFT = Q(pupil_premium_uplift=True) | Q(sparsity_uplift=True)
_IS_BILLABLE = Q(payment_status__in=BILLABLE)
_IS_REFUNDABLE = Q(clawback_status__in=REFUNDABLE)


@dataclass(frozen=True)
class Tally:
    """Declarations counted by statement (its key) and what else decides their price."""

    billable: Counter[tuple[int, str, str]]  # statement, trainee role, declaration type
    refundable: Counter[tuple[int, str, str]]
    uplift_billable: Counter[int]
    uplift_refundable: Counter[int]
    voided: Counter[tuple[int, str]]  # statement, trainee role

    @property
    def statement_ids(self) -> set[int]:
        """The keys of the statements that anything is on."""
        return {key for key, _, _ in (*self.billable, *self.refundable)}

    def counts(
        self, statement_id: int, adjustments: Iterable[StatementAdjustment] = ()
    ) -> StatementCounts:
        """Return one statement's counts as the calculator takes them."""
        return StatementCounts(
            ect=self._by_type(statement_id, TraineeRole.ECT),
            mentor=self._by_type(statement_id, TraineeRole.MENTOR),
            uplifts=Counts(
                self.uplift_billable[statement_id], self.uplift_refundable[statement_id]
            ),
            adjustments=tuple(adjustment.amount for adjustment in adjustments),
        )

    def _by_type(self, statement_id: int, role: str) -> dict[str, Counts]:
        keys = {kind: (statement_id, role, kind) for kind in DECLARATION_TYPES}
        every = {
            kind: Counts(self.billable[key], self.refundable[key]) for kind, key in keys.items()
        }
        return {kind: counts for kind, counts in every.items() if counts}


def tally_statements(statement_ids: Sequence[int]) -> Tally:
    """Count what is on each of these statements, given by key. Two queries, from indexes alone."""
    tally = Tally(Counter(), Counter(), Counter(), Counter(), Counter())
    for statement_id, role, kind, billable, uplifts, voided in _payments(statement_ids):
        tally.billable[statement_id, role, kind] += billable
        tally.uplift_billable[statement_id] += uplifts
        tally.voided[statement_id, role] += voided
    for statement_id, role, kind, refundable, uplifts in _clawbacks(statement_ids):
        tally.refundable[statement_id, role, kind] += refundable
        tally.uplift_refundable[statement_id] += uplifts
    return tally


def _payments(
    statement_ids: Sequence[int],
) -> "QuerySet[Declaration, tuple[int, str, str, int, int, int]]":
    return (
        Declaration.objects.filter(payment_statement__in=statement_ids)
        .values("payment_statement_id", "trainee_role", "declaration_type")
        .annotate(
            billable=Count("trainee_role", filter=_IS_BILLABLE),
            uplifts=Count("trainee_role", filter=_IS_BILLABLE & _HAS_UPLIFT),
            voided=Count("trainee_role", filter=Q(payment_status=PaymentStatus.VOIDED)),
        )
        .values_list(
            "payment_statement_id",
            "trainee_role",
            "declaration_type",
            "billable",
            "uplifts",
            "voided",
        )
    )


def _clawbacks(
    statement_ids: Sequence[int],
) -> "QuerySet[Declaration, tuple[int, str, str, int, int]]":
    return (
        Declaration.objects.filter(_IS_REFUNDABLE, clawback_statement__in=statement_ids)
        .values("clawback_statement_id", "trainee_role", "declaration_type")
        .annotate(refundable=Count("pk"), uplifts=Count("pk", filter=_HAS_UPLIFT))
        .values_list(
            "clawback_statement_id", "trainee_role", "declaration_type", "refundable", "uplifts"
        )
    )
