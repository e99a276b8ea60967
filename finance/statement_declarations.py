"""The declarations of a statement, filtered and in order, of which only a page is ever read.

Their order is that in which they fill the bands: declaration date, creation, key. The database
numbers them; which place lies in which band comes from the calculation (finance/placing.py).
Where all of a type lie in one band, as on most statements, nothing needs to be numbered.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any, overload

from django.db import connection

from finance.calculator import Counts, StatementCalculation
from finance.declaration_filters import TYPES, WITHIN, DeclarationFilters
from finance.placing import (
    BEYOND,
    Kind,
    Listed,
    Placed,
    Prices,
    amount_of,
    amount_of_all,
    goes_through_bands,
    spans,
)
from finance.queries import StatementFacts, declaration_key
from register_ects.models import BILLABLE, REFUNDABLE, DeclarationCount
from register_ects.rules.enumerations import PaymentStatus, TraineeRole
from register_ects.web.pagination import ROWS_PER_PAGE

#: One line for what a statement does with a declaration. ``is_banded``: it takes a place. Each of
#: the two ends with the order of an index, so that no more is read of it than ``beginning`` says.
_LINES = """
    SELECT *, %(everybody_is_banded)s OR trainee_role = %(ect)s AS is_banded
    FROM (
        (SELECT * FROM (
            SELECT id, trainee_role, declaration_type, declaration_date, created_at,
                CASE WHEN payment_status = %(voided)s THEN 'voided' ELSE 'payment' END AS kind,
                pupil_premium_uplift OR sparsity_uplift AS has_uplift
            FROM declaration
            WHERE payment_statement_id = %(statement)s AND payment_status = ANY(%(listed)s)
        ) AS paid WHERE {admitted} {beginning})
        UNION ALL
        (SELECT * FROM (
            SELECT id, trainee_role, declaration_type, declaration_date, created_at,
                'clawback' AS kind, pupil_premium_uplift OR sparsity_uplift AS has_uplift
            FROM declaration
            WHERE clawback_statement_id = %(statement)s AND clawback_status = ANY(%(refundable)s)
        ) AS taken_back WHERE {admitted} {beginning})
    ) AS line"""
_UP_TO_PAGE = "ORDER BY declaration_date, created_at, id LIMIT %(offset)s + %(limit)s"
_UP_TO_BEFORE = "ORDER BY declaration_date, created_at, id LIMIT %(offset)s"
#: What is paid and taken back on one statement is paid first.
_ORDER = "ORDER BY declaration_date, created_at, id, kind DESC"
_READ = "SELECT id, trainee_role, declaration_type, kind, has_uplift"
_PAGE = "LIMIT %(limit)s OFFSET %(offset)s"
#: One page of lines, without their bands.
_PAGE_OF_LINES = f"{_READ} FROM ({_LINES}) AS line {_ORDER} {_PAGE}"
#: How many of each row of places stand before the page.
_BEFORE = f"""
    SELECT kind, declaration_type, count(*)
    FROM ({_LINES} {_ORDER} LIMIT %(offset)s) AS before
    WHERE is_banded GROUP BY kind, declaration_type"""  # noqa: S608 - our own words
#: Every line with its band. What is filtered here keeps or leaves out whole rows of places.
_IN_BANDS = f"""
    FROM (
        SELECT *, row_number() OVER (
            PARTITION BY kind, declaration_type, is_banded
            ORDER BY declaration_date, created_at, id
        ) - 1 AS place
        FROM ({_LINES}) AS line
    ) AS placed
    LEFT JOIN unnest(
        %(kinds)s::text[], %(types)s::text[], %(bands)s::text[], %(firsts)s::int[], %(ends)s::int[]
    ) AS span (of_kind, of_type, band, first, until)
        ON is_banded AND kind = of_kind AND declaration_type = of_type
        AND place >= first AND place < until
    WHERE {{picked}}"""  # noqa: S608 - our own words
#: Lines that earn the same are alike in these.
_WORTH = "trainee_role, declaration_type, kind, has_uplift, band"
#: How many lines there are of each worth, and the first page of them in order.
_COUNTED_WITH_PAGE = f"""
    WITH picked AS MATERIALIZED (SELECT * {{source}})
    SELECT count(*), 0 AS place, NULL AS id, {_WORTH} FROM picked GROUP BY {_WORTH}
    UNION ALL
    SELECT NULL, row_number() OVER (), id, {_WORTH}
    FROM (SELECT * FROM picked {_ORDER} LIMIT %(limit)s) AS page
    ORDER BY place"""  # noqa: S608 - our own words


class StatementDeclarations(Sequence[Placed]):
    """What of a statement filters admit, earliest first; a slice reads no more than it holds.

    ``calculation`` is None where the statement cannot be calculated: then nothing has a price.
    """

    def __init__(
        self,
        facts: StatementFacts,
        calculation: StatementCalculation | None,
        filters: DeclarationFilters,
    ) -> None:
        """Read nothing yet."""
        self._facts, self._calculation, self._filters = facts, calculation, filters
        self._prices = Prices(calculation)
        self._spans = list(spans(calculation))

    def __len__(self) -> int:
        """Count them; from what was counted already where that tells."""
        if self._filters:
            return sum(count for _, count in self._groups)
        counts = (*self._facts.counts.ect.values(), *self._facts.counts.mentor.values())
        both = sum(counts, Counts())
        return both.billable + both.refundable + sum(self._facts.voided.values())

    @property
    def amount(self) -> Fraction | None:
        """What they earn together: exact pounds without VAT. None where nothing has a price."""
        if self._calculation is None:
            return None
        return amount_of(self._groups) if self._filters else amount_of_all(self._calculation)

    @overload
    def __getitem__(self, index: int) -> Placed: ...
    @overload
    def __getitem__(self, index: slice) -> list[Placed]: ...

    def __getitem__(self, index: int | slice) -> Placed | list[Placed]:
        """Read a slice, in two queries at most. An index counts from the beginning."""
        if isinstance(index, int):
            return self[index : index + 1][0]
        first = index.start or 0
        last = len(self) if index.stop is None else index.stop
        wanted = {"offset": first, "limit": max(last - first, 0)}
        is_counted = self._filters and self._told is None
        if not wanted["limit"]:
            lines = []
        elif is_counted and (first, last) == (0, min(ROWS_PER_PAGE, len(self))):
            lines = self._counted[1]
        elif self._bands is not None:
            lines = self._in_whole_bands(self._bands, wanted)
        else:
            lines = self._picked(wanted) if self._is_picking else self._in_a_row(wanted)
        return [self._prices.place(line) for line in lines]

    @property
    def _is_picking(self) -> bool:
        """Whether the filters leave out some of a type's declarations that take places."""
        filters = self._filters
        by_role = filters.role and goes_through_bands(self._calculation, TraineeRole.MENTOR)
        return bool(filters.band or filters.with_uplift or filters.declaration or by_role)

    @cached_property
    def _bands(self) -> dict[tuple[str, str], str] | None:
        """The one band of each row of places that filters admit, by kind and type.

        None where some row goes over several bands, or nothing can be calculated.
        """
        if self._calculation is None:
            return None
        admitted = [
            span for span in self._spans if self._is_of_type(span.kind, span.declaration_type)
        ]
        bands = {(span.kind.value, span.declaration_type): span.band for span in admitted}
        return bands if len(bands) == len(admitted) else None

    @cached_property
    def _told(self) -> list[tuple[Placed, int]] | None:
        """The groups (see ``_groups``) as the statement's counts tell them.

        None where they do not: they tell neither which of those that were voided carry an uplift,
        nor what of a role lies in which of several bands.
        """
        filters, bands = self._filters, self._bands
        if bands is None or filters.declaration:
            return None
        if filters.with_uplift and any(each.voided for each in self._admitted_counts(Kind.VOIDED)):
            return None
        found = []
        for kind in Kind:
            for each in self._admitted_counts(kind):
                for has_uplift, count in _by_uplift(each, kind):
                    listed = Listed(0, each.trainee_role, each.declaration_type, kind, has_uplift)
                    line = listed if kind is Kind.VOIDED else self._in_its_band(bands, listed)
                    is_picked = has_uplift or not filters.with_uplift
                    if count and is_picked and self._is_in_band(line.band):
                        found.append((self._prices.place(line), count))
        return found

    def _admitted_counts(self, kind: Kind) -> Iterator[DeclarationCount]:
        """Give the counts of a role and type that filters by kind, type and role admit."""
        for each in self._facts.counted:
            if self._filters.role in (None, each.trainee_role) and self._is_of_type(
                kind, each.declaration_type
            ):
                yield each

    def _in_its_band(self, bands: dict[tuple[str, str], str], line: Listed) -> Listed:
        if not goes_through_bands(self._calculation, line.role):
            return line
        return line._replace(band=bands.get((line.kind.value, line.declaration_type)))

    def _is_of_type(self, kind: Kind, declaration_type: str) -> bool:
        """Whether a kind and a type are asked for."""
        filters = self._filters
        return filters.kind in (None, kind) and (
            filters.type is None or declaration_type in TYPES[filters.type]
        )

    def _is_in_band(self, band: str | None) -> bool:
        """Whether a band is asked for."""
        asked = self._filters.band
        if asked == WITHIN:
            return band not in (None, BEYOND)
        return not asked or band == asked

    def _in_whole_bands(
        self, bands: dict[tuple[str, str], str], wanted: dict[str, int]
    ) -> list[Listed]:
        """Read a page of declarations whose types and kinds tell their bands."""
        admitted, values = self._admitted()
        if self._filters.band:
            admitted += " AND (%(everybody_is_banded)s OR trainee_role = %(ect)s)"
            admitted += " AND kind || ' ' || declaration_type = ANY(%(rows)s)"
            values["rows"] = [
                f"{kind} {of_type}"
                for (kind, of_type), band in bands.items()
                if self._is_in_band(band)
            ]
        admitted = " AND ".join([admitted, *self._picked_out()])
        sql = _PAGE_OF_LINES.format(admitted=admitted, beginning=_UP_TO_PAGE)
        return [
            self._in_its_band(bands, Listed(key, role, of_type, Kind(kind), has_uplift))
            for key, role, of_type, kind, has_uplift in self._query(sql, values | wanted)
        ]

    def _in_a_row(self, wanted: dict[str, int]) -> list[Listed]:
        """Read a page whose places go on from those before it."""
        admitted, values = self._admitted()
        sql = _BEFORE.format(admitted=admitted, beginning=_UP_TO_BEFORE)
        before = self._query(sql, values | wanted) if wanted["offset"] else []
        taken = Counter({(kind, declaration_type): n for kind, declaration_type, n in before})
        page = _PAGE_OF_LINES.format(admitted=admitted, beginning=_UP_TO_PAGE)
        found = []
        for key, role, declaration_type, kind, has_uplift in self._query(page, values | wanted):
            band = None
            if goes_through_bands(self._calculation, role):
                band = self._band(kind, declaration_type, taken[kind, declaration_type])
                taken[kind, declaration_type] += 1
            found.append(Listed(key, role, declaration_type, Kind(kind), has_uplift, band))
        return found

    def _picked(self, wanted: dict[str, int]) -> list[Listed]:
        """Read a page of declarations that are picked out of theirs, each with its band."""
        source, values = self._in_bands()
        rows = self._query(f"{_READ}, band {source} {_ORDER} {_PAGE}", values | wanted)
        return [
            Listed(key, role, declaration_type, Kind(kind), has_uplift, band)
            for key, role, declaration_type, kind, has_uplift, band in rows
        ]

    @property
    def _groups(self) -> list[tuple[Placed, int]]:
        """One declaration for each price that is among them, and how many have it."""
        return self._counted[0] if self._told is None else self._told

    @cached_property
    def _counted(self) -> tuple[list[tuple[Placed, int]], list[Listed]]:
        """Those groups, and the first page, which most people look at. One query."""
        source, values = self._in_bands()
        sql = _COUNTED_WITH_PAGE.format(source=source)
        groups, page = [], []
        for count, _, key, role, kind, does, has_uplift, band in self._query(
            sql, values | {"limit": ROWS_PER_PAGE}
        ):
            listed = Listed(key or 0, role, kind, Kind(does), has_uplift, band)
            if count is None:
                page.append(listed)
            else:
                groups.append((self._prices.place(listed), count))
        return groups, page

    def _band(self, kind: str, declaration_type: str, place: int) -> str | None:
        of_type = (span for span in self._spans if span[:2] == (kind, declaration_type))
        return next((span.band for span in of_type if span.first <= place < span.end), None)

    # -- As SQL ------------------------------------------------------------------------------

    def _admitted(self) -> tuple[str, dict[str, Any]]:
        """Return the condition that keeps whole rows of places, and the values of all queries."""
        filters, values = self._filters, self._values()
        conditions = ["true"]
        if filters.kind:
            conditions.append("kind = %(kind)s")
        if filters.type:
            conditions.append("declaration_type = ANY(%(of_types)s)")
        if filters.role and not self._is_picking:
            conditions.append("trainee_role = %(role)s")
        return " AND ".join(conditions), values

    def _in_bands(self) -> tuple[str, dict[str, Any]]:
        """Return where the lines that are picked come from, with their bands."""
        admitted, values = self._admitted()
        filters = self._filters
        conditions = ["true", *self._picked_out()]
        if filters.band:
            conditions.append("band <> %(band)s" if filters.band == WITHIN else "band = %(band)s")
        source = _IN_BANDS.format(admitted=admitted, beginning="", picked=" AND ".join(conditions))
        return source, values

    def _picked_out(self) -> list[str]:
        """Return the conditions that pick declarations out of the row of places they stand in."""
        filters, conditions = self._filters, []
        if filters.role:
            conditions.append("trainee_role = %(role)s")
        if filters.with_uplift:
            conditions.append("has_uplift")
        if filters.declaration:
            conditions.append("id = %(key)s")
        return conditions

    def _values(self) -> dict[str, Any]:
        filters = self._filters
        return {
            "statement": self._facts.statement.pk,
            "everybody_is_banded": goes_through_bands(self._calculation, TraineeRole.MENTOR),
            "ect": TraineeRole.ECT.value,
            "voided": PaymentStatus.VOIDED.value,
            "listed": [status.value for status in (*BILLABLE, PaymentStatus.VOIDED)],
            "refundable": [status.value for status in REFUNDABLE],
            "kind": filters.kind,
            "of_types": list(TYPES[filters.type]) if filters.type else None,
            "role": filters.role,
            "band": BEYOND if filters.band == WITHIN else filters.band,
            "key": declaration_key(filters.declaration) if filters.declaration else None,
            "kinds": [span.kind.value for span in self._spans],
            "types": [span.declaration_type for span in self._spans],
            "bands": [span.band for span in self._spans],
            "firsts": [span.first for span in self._spans],
            "ends": [span.end for span in self._spans],
        }

    @staticmethod
    def _query(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _by_uplift(counted: DeclarationCount, kind: Kind) -> tuple[tuple[bool, int], tuple[bool, int]]:
    """Return how many of a kind carry an uplift, and how many do not or are worth nothing."""
    every, with_it = {
        Kind.PAYMENT: (counted.billable, counted.billable_uplifts),
        Kind.CLAWBACK: (counted.refundable, counted.refundable_uplifts),
        Kind.VOIDED: (counted.voided, 0),
    }[kind]
    return (True, with_it), (False, every - with_it)
