"""How many declarations are on each statement, by role and type (spec 04 §5.2).

Counted from the declarations, and kept beside a statement once it is paid, by a trigger: bands
fill over years, so that each statement needs the counts of all before it. Paid statements do not
change; if a declaration on one should after all, what is kept of it is dropped, and it is counted
anew. Nothing but these triggers writes what is kept.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

import pgtrigger
from django.db import connection, models

from register_ects.database.compiled import compiled
from register_ects.models.base import one_of, refusing_trigger
from register_ects.models.constraints import Unique
from register_ects.models.declarations import BILLABLE, REFUNDABLE, Declaration
from register_ects.models.statements import Statement
from register_ects.rules.enumerations import (
    DeclarationType,
    PaymentStatus,
    StatementStatus,
    TraineeRole,
)

_COLUMNS = (
    *("statement_id", "trainee_role", "declaration_type"),
    *("billable", "refundable", "billable_uplifts", "refundable_uplifts", "voided"),
)


def _in(statuses: Iterable[str]) -> str:
    return ", ".join(f"'{status}'" for status in statuses)


#: ``{statements}`` is SQL for an array of their keys.
_COUNTED = f"""
    SELECT statement_id, trainee_role, declaration_type, sum(billable)::int,
        sum(refundable)::int, sum(billable_uplifts)::int, sum(refundable_uplifts)::int,
        sum(voided)::int
    FROM (
        SELECT payment_statement_id AS statement_id, trainee_role, declaration_type,
            count(*) FILTER (WHERE payment_status IN ({_in(BILLABLE)})) AS billable,
            0 AS refundable,
            count(*) FILTER (WHERE payment_status IN ({_in(BILLABLE)})
                AND (pupil_premium_uplift OR sparsity_uplift)) AS billable_uplifts,
            0 AS refundable_uplifts,
            count(*) FILTER (WHERE payment_status = '{PaymentStatus.VOIDED.value}') AS voided
        FROM declaration WHERE payment_statement_id = ANY({{statements}})
        GROUP BY payment_statement_id, trainee_role, declaration_type
        UNION ALL
        SELECT clawback_statement_id, trainee_role, declaration_type, 0, count(*), 0,
            count(*) FILTER (WHERE pupil_premium_uplift OR sparsity_uplift), 0
        FROM declaration
        WHERE clawback_statement_id = ANY({{statements}})
            AND clawback_status IN ({_in(REFUNDABLE)})
        GROUP BY clawback_statement_id, trainee_role, declaration_type
    ) AS part
    GROUP BY statement_id, trainee_role, declaration_type"""  # noqa: S608 - our names


class DeclarationCount(NamedTuple):
    """The declarations of one role and type on a statement.

    ``billable`` are paid for, ``refundable`` taken back, ``voided`` were voided before they were
    paid. The ``uplifts`` are how many of these carry one.
    """

    statement_id: int
    trainee_role: str
    declaration_type: str
    billable: int
    refundable: int
    billable_uplifts: int
    refundable_uplifts: int
    voided: int


class StatementCountManager(models.Manager["StatementCount"]):
    """Counting, and keeping what was counted."""

    def of(self, statements: Iterable[int]) -> list[DeclarationCount]:
        """Return what is on statements, given by key: as kept, or else counted. Two queries."""
        keys = set(statements)
        found = [DeclarationCount._make(row) for row in _kept(list(keys))]
        keys -= {each.statement_id for each in found}
        return found + self.counted(keys)

    def counted(self, statements: Iterable[int]) -> list[DeclarationCount]:
        """Count what is on statements, given by key. One query, from indexes alone."""
        with connection.cursor() as cursor:
            cursor.execute(
                _COUNTED.format(statements="%(statements)s"), {"statements": list(statements)}
            )
            return [DeclarationCount(*row) for row in cursor.fetchall()]

    def keep(self, statements: Iterable[int]) -> None:
        """Keep what is on paid statements, given by key, as it is now.

        For those that were loaded as paid: what becomes paid is kept without being asked for.
        """
        Statement.objects.filter(pk__in=list(statements), status=StatementStatus.PAID).update(
            status=StatementStatus.PAID
        )


class StatementCount(models.Model):
    """What is kept of one role and type on a paid statement; see DeclarationCount.

    All of a statement's are kept, or none.
    """

    statement = models.ForeignKey(
        Statement,
        models.CASCADE,
        related_name="kept_counts",
        db_index=False,  # the unique constraint begins with it
    )
    trainee_role = models.CharField(max_length=6, choices=TraineeRole)
    declaration_type = models.CharField(max_length=11, choices=DeclarationType)
    billable = models.PositiveIntegerField()
    refundable = models.PositiveIntegerField()
    billable_uplifts = models.PositiveIntegerField()
    refundable_uplifts = models.PositiveIntegerField()
    voided = models.PositiveIntegerField()

    objects = StatementCountManager()

    class Meta:
        db_table = "statement_count"
        constraints = [
            one_of("counted_role_is_known", "trainee_role", TraineeRole),
            one_of("counted_type_is_known", "declaration_type", DeclarationType),
            Unique(
                name="statements_count_each_role_and_type_once",
                fields=["statement", "trainee_role", "declaration_type"],
                problem="statement already_counted",
                sentence="What is on this statement is counted already",
            ),
        ]
        triggers = [
            refusing_trigger(
                name="counts_are_kept_by_the_database",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                when_broken="pg_trigger_depth() < 2",  # 1: no other trigger writes
                message="What is counted on a statement is written by the database alone",
                problem="cannot_change",
            )
        ]

    def __str__(self) -> str:
        return f"{self.trainee_role} {self.declaration_type} on {self.statement}"


@compiled
def _kept(statements: list[int]) -> models.QuerySet[StatementCount, tuple[Any, ...]]:
    return StatementCount.objects.filter(statement__any=statements).values_list(*_COLUMNS)


# -- What is on a statement is kept when it is paid ---------------------------------------------

pgtrigger.register(
    pgtrigger.Trigger(
        name="keep_counts_once_paid",
        when=pgtrigger.After,
        operation=pgtrigger.UpdateOf("status"),  # type: ignore[no-untyped-call]
        condition=pgtrigger.Condition("NEW.status = 'paid'"),
        # What is on its way to the statement is waited for, and then counted.
        func=f"""
            PERFORM 1 FROM statement WHERE id = NEW.id FOR UPDATE;
            DELETE FROM statement_count WHERE statement_id = NEW.id;
            INSERT INTO statement_count ({", ".join(_COLUMNS)})
                {_COUNTED.format(statements="ARRAY[NEW.id]")};
            RETURN NULL;
        """,  # noqa: S608 - our names
    )
)(Statement)

# -- What is kept of a statement is dropped when something counted on it changes ------------------


_WHAT_IT_IS = """{row}.trainee_role, {row}.declaration_type,
    {row}.pupil_premium_uplift OR {row}.sparsity_uplift"""
_PAYMENT = f"""({{row}}.payment_statement_id, {{row}}.payment_status IN ({_in(BILLABLE)}),
    {{row}}.payment_status = '{PaymentStatus.VOIDED.value}', {_WHAT_IT_IS})"""
_CLAWBACK = f"""({{row}}.clawback_statement_id, {{row}}.clawback_status IN ({_in(REFUNDABLE)}),
    {_WHAT_IT_IS})"""


def _differs(side: str) -> str:
    return f"{side.format(row='OLD')} IS DISTINCT FROM {side.format(row='NEW')}"


def _drop_counts(name: str, operation: pgtrigger.Operation, rows: str) -> pgtrigger.Trigger:
    """Return a trigger that drops what is kept of the statements of many declarations.

    They are held first: while one is being authorised this waits, and then sees what it keeps.
    """
    side = "new" if rows == "new_rows" else "old"
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**{side: rows}),  # type: ignore[no-untyped-call]
        declare=[("on_statements", "bigint[]")],
        func=f"""
            on_statements := ARRAY(
                SELECT payment_statement_id FROM {rows} WHERE payment_statement_id IS NOT NULL
                UNION
                SELECT clawback_statement_id FROM {rows} WHERE clawback_statement_id IS NOT NULL
            );
            IF cardinality(on_statements) > 0 THEN
                PERFORM 1 FROM statement WHERE id = ANY(on_statements)
                    ORDER BY id FOR KEY SHARE;
                DELETE FROM statement_count WHERE statement_id = ANY(on_statements);
            END IF;
            RETURN NULL;
        """,  # noqa: S608 - our names
    )


def _drop_where(side: str, statement: str) -> str:
    """Return SQL of a row's trigger. A statement that it comes onto is held first.

    A declaration that stays where it is needs no more: who authorises its statement holds it too.
    """
    return f"""
            IF {_differs(side)} THEN
                IF NEW.{statement} IS DISTINCT FROM OLD.{statement} THEN
                    PERFORM 1 FROM statement WHERE id = NEW.{statement} FOR KEY SHARE;
                END IF;
                DELETE FROM statement_count
                WHERE statement_id IN (OLD.{statement}, NEW.{statement});
            END IF;"""  # noqa: S608 - our names


pgtrigger.register(
    _drop_counts("drop_counts_after_insert", pgtrigger.Insert, "new_rows"),
    _drop_counts("drop_counts_after_delete", pgtrigger.Delete, "old_rows"),
    pgtrigger.Trigger(
        name="drop_counts_after_update",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(f"({_differs(_PAYMENT)} OR {_differs(_CLAWBACK)})"),
        func=f"""{_drop_where(_PAYMENT, "payment_statement_id")}
            {_drop_where(_CLAWBACK, "clawback_statement_id")}
            RETURN NULL;
        """,
    ),
)(Declaration)
