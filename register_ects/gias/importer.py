"""Import an extract of the national register: everything valid in one transaction, or nothing."""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction

from register_ects.gias import opening, search_indexes, values
from register_ects.gias.links import merge_links
from register_ects.gias.merge import INCOMING, EligibilityChange, held_and_expected, merge
from register_ects.gias.reader import Extract, FileRefused
from register_ects.gias.report import ImportReport
from register_ects.gias.rows import RegisterRows
from register_ects.gias.staging import stage
from register_ects.gias.values import Field
from register_ects.models import GIASSchool, School
from register_ects.operations.base import Author, record_event
from register_ects.rules import establishments

#: Any number that no other advisory lock of the service uses.
_LOCK = 7_145_001

_FEWEST_HELD_TO_COMPARE = 1_000
_LARGEST_DROP_PERCENT = 5
_CHILDRENS_CENTRES = frozenset({"Children's centre", "Children's centre linked site"})


class ImportRunning(Exception):
    """Another import holds the lock. Try again when it has ended."""


@dataclass(frozen=True)
class Source:
    """A kind of extract: the columns it must and may have, and the types it lists in full."""

    required: tuple[Field, ...]
    optional: tuple[Field, ...]
    types: frozenset[str]


REGISTER = Source(
    required=values.REQUIRED + values.REGISTER_ONLY,
    optional=values.OPTIONAL,
    types=establishments.KNOWN_TYPES - _CHILDRENS_CENTRES,
)

CHILDRENS_CENTRES = Source(
    required=values.REQUIRED,
    optional=values.REGISTER_ONLY + values.OPTIONAL,
    types=_CHILDRENS_CENTRES,
)


def import_register(
    path: Path, *, links_path: Path | None = None, source: Source = REGISTER
) -> ImportReport:
    """Import an extract and, if given, its links; importing the same again changes nothing.

    Rows that cannot be read are skipped and reported with their line number. Raises FileRefused,
    with nothing applied, when a file lacks a required column, is damaged or cut short, or has
    more than 5% fewer of the establishments we hold (when we hold more than 1,000); raises
    ImportRunning when another import is at work. Source: spec 07 §8.
    """
    extract = _open(path, source.required, source.optional)
    links = _open(links_path, values.LINK_FIELDS) if links_path else None
    with transaction.atomic():
        _call_triggers_quickly()
        _take_lock()
        return _import(extract, links, source)


def _call_triggers_quickly() -> None:
    """Say that no trigger is ignored: unsaid, each call of one fails to read that, at a price."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL pgtrigger.ignore = '{}'")


def _open(path: Path, required: Sequence[Field], optional: Sequence[Field] = ()) -> Extract:
    return Extract(
        path,
        required=[field.source for field in required],
        optional=[field.source for field in optional],
    )


def _take_lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            raise ImportRunning("Another import of the register is running. Nothing was changed.")
        cursor.execute("SET LOCAL work_mem = '64MB'")


def _import(extract: Extract, links: Extract | None, source: Source) -> ImportReport:
    report = ImportReport(malformed=extract.malformed)
    held = set(GIASSchool.objects.values_list("urn", flat=True))
    rows = RegisterRows(extract, known=(*source.required, *source.optional), held=held)
    applied = stage(rows, fields=rows.fields, table=INCOMING)
    if not applied and not rows.skipped:
        raise FileRefused(f"{extract.name}: no row can be read")
    report.skipped = rows.skipped
    _refuse_if_too_small(extract, source, report)
    with nullcontext() if held else search_indexes.built_afterwards():
        changes = merge([field.name for field in rows.fields], report)
    if links:
        report.links = merge_links(links)
    report.schools_opened = opening.open_new_schools() if held else opening.open_all_schools()
    _record_eligibility_changes(changes)
    report.eligibility_changes = len(changes)
    if not held:
        _refresh_statistics()
    return report


def _refuse_if_too_small(extract: Extract, source: Source, report: ImportReport) -> None:
    held, staged = held_and_expected(sorted(source.types))
    report.not_in_file = held - staged
    if held > _FEWEST_HELD_TO_COMPARE and report.not_in_file * 100 > held * _LARGEST_DROP_PERCENT:
        raise FileRefused(
            f"{extract.name}: has only {staged} of the {held} establishments we hold, "
            f"a drop of more than {_LARGEST_DROP_PERCENT}%: is the file complete?"
        )


def _record_eligibility_changes(changes: Sequence[EligibilityChange]) -> None:
    urns = [change.urn for change in changes]
    schools = {school.urn: school for school in School.objects.filter(gias_school__in=urns)}
    for change in changes:
        became = "eligible" if change.eligible else "ineligible"
        record_event(
            "school_eligibility_changed",
            f"{change.name} ({change.urn}) became {became} for DfE-funded training",
            author=Author.system(),
            about=[schools.get(change.urn)],
            changes={"eligible": (not change.eligible, change.eligible)},
        )


def _refresh_statistics() -> None:
    with connection.cursor() as cursor:
        # A small sample now: searches need a plan at once, and autovacuum will look closer.
        cursor.execute("SET LOCAL default_statistics_target = 25")
        cursor.execute("ANALYZE gias_school, gias_school_link, school")
