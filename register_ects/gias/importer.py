"""Import an extract of the national register: everything valid in one transaction, or nothing."""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import connection, transaction
from django.db.models import Max

from register_ects import clock
from register_ects.gias import search_indexes, values
from register_ects.gias.faults import Faults
from register_ects.gias.links import merge_links
from register_ects.gias.merge import INCOMING, EligibilityChange, held_and_expected, merge
from register_ects.gias.opening import Opened, open_schools
from register_ects.gias.reader import Extract
from register_ects.gias.report import ImportReport
from register_ects.gias.rows import RegisterRows
from register_ects.gias.staging import stage
from register_ects.gias.values import Field
from register_ects.models import GIASSchool, RegisterImport, School
from register_ects.operations.base import Author, record_event
from register_ects.rules import establishments
from register_ects.rules.enumerations import RegisterKind

#: Any number that no other advisory lock of the service uses.
_LOCK = 7_145_001

_FEWEST_HELD_TO_COMPARE = 1_000
_LARGEST_DROP_PERCENT = 5
_MOST_MALFORMED_PERCENT = 1
_CHILDRENS_CENTRES = frozenset({"Children's centre", "Children's centre linked site"})


class ImportRunning(Exception):
    """Another import holds the lock. Try again when it has ended."""


@dataclass(frozen=True)
class Source:
    """A kind of extract: the columns it must and may have, and the types it lists in full."""

    kind: RegisterKind
    required: tuple[Field, ...]
    optional: tuple[Field, ...]
    types: frozenset[str]


REGISTER = Source(
    kind=RegisterKind.REGISTER,
    required=values.REQUIRED + values.REGISTER_ONLY,
    optional=values.OPTIONAL,
    types=establishments.KNOWN_TYPES - _CHILDRENS_CENTRES,
)

CHILDRENS_CENTRES = Source(
    kind=RegisterKind.CHILDRENS_CENTRES,
    required=values.REQUIRED,
    optional=values.REGISTER_ONLY + values.OPTIONAL,
    types=_CHILDRENS_CENTRES,
)


def import_register(
    path: Path,
    *,
    links_path: Path | None = None,
    source: Source = REGISTER,
    allow_older: bool = False,
) -> ImportReport:
    """Import an extract and, if given, its links; importing the same again changes no school.

    Rows that cannot be read are skipped and reported with their line number. Raises FileRefused,
    with nothing applied, when a file lacks a required column, is damaged or cut short, has more
    than 1% of its rows malformed, is older than the last one imported (unless ``allow_older``),
    or has more than 5% fewer of the establishments we hold (when we hold more than 1,000);
    raises ImportRunning when another import is at work. Source: spec 07 §8, spec 00 "Imports
    and TRS".
    """
    columns = [field.source for field in source.optional]
    extract = _open(path, source.required, [*columns, values.LAST_CHANGED])
    links = _open(links_path, values.LINK_FIELDS) if links_path else None
    with transaction.atomic():
        _take_lock()
        return _import(extract, links, source, allow_older=allow_older)


def repair_schools() -> Opened:
    """Open the eligible open establishments that have no school yet, without a new file.

    Those that stand to inherit a closed school's record are left. Raises ImportRunning when an
    import is at work.
    """
    with transaction.atomic():
        _take_lock()
        return open_schools(known_until=_known_until(REGISTER), eligible_only=True)


def _open(path: Path, required: Sequence[Field], optional: Sequence[str] = ()) -> Extract:
    return Extract(path, required=[field.source for field in required], optional=optional)


def _take_lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            raise ImportRunning("Another import of the register is running. Nothing was changed.")
        cursor.execute("SET LOCAL work_mem = '64MB'")


def _import(
    extract: Extract, links: Extract | None, source: Source, *, allow_older: bool
) -> ImportReport:
    report = ImportReport(malformed=extract.malformed, warnings=extract.warnings)
    known_until = _known_until(source)
    held = set(GIASSchool.objects.values_list("urn", flat=True))
    rows = RegisterRows(extract, known=(*source.required, *source.optional), held=held)
    applied = stage(rows, fields=rows.fields, table=INCOMING)
    _refuse_if_malformed(extract)
    if not applied and not rows.skipped:
        raise extract.refused("no row can be read")
    report.skipped = rows.skipped
    last = _last_dated(source)
    if not allow_older:
        _refuse_if_older(extract, last, rows.newest_change)
    if last and rows.newest_change is None:
        report.doubtful_age = _doubtful_age(last)
    _refuse_if_too_small(extract, source, report)
    with nullcontext() if held else search_indexes.built_afterwards():
        changes = merge([field.name for field in rows.fields], report)
    if links:
        report.links = merge_links(links)
        _refuse_if_malformed(links)
    opened = open_schools(known_until=known_until)
    report.schools_opened, report.schools_left = opened.count, opened.left
    _record_eligibility_changes(changes)
    report.eligibility_changes = len(changes)
    RegisterImport.objects.create(
        kind=source.kind,
        file_name=extract.name,
        newest_change=rows.newest_change,
        rows=extract.count,
        malformed=report.malformed.count,
        created=report.created,
        updated=report.updated,
    )
    if not held:
        _refresh_statistics()
    return report


def _known_until(source: Source) -> date | None:
    """Return the day of the register that we began with; None before the first import.

    Schools that opened later are new. Where the file did not say, it is the last opening that
    we hold.
    """
    first = RegisterImport.objects.filter(kind=source.kind).order_by("pk").first()
    if first and first.newest_change:
        return first.newest_change
    held = GIASSchool.objects.filter(type_name__in=source.types, opened_on__lte=clock.today())
    day: date | None = held.aggregate(day=Max("opened_on"))["day"]
    return day


def _refuse_if_malformed(extract: Extract) -> None:
    bad: Faults = extract.malformed
    if bad.count * 100 <= extract.count * _MOST_MALFORMED_PERCENT:
        return
    share = bad.count * 100 / extract.count
    reasons = "\n".join(f"  {line}" for line in bad.lines())
    swapped = extract.months_before_days
    hint = (
        f". In {swapped:,} of them day and month are swapped: dates must be dd/mm/yyyy, "
        "not mm/dd/yyyy"
        if swapped * 2 > bad.count
        else ""
    )
    raise extract.refused(
        f"{bad.count:,} of {extract.count:,} rows ({share:.1f}%) cannot be read, more than "
        f"{_MOST_MALFORMED_PERCENT}%. Nothing was imported{hint}\n{reasons}"
    )


def _last_dated(source: Source) -> RegisterImport | None:
    """Return the last import of which we know how old its file was."""
    dated = RegisterImport.objects.filter(kind=source.kind, newest_change__isnull=False)
    last: RegisterImport | None = dated.order_by("pk").last()
    return last


def _refuse_if_older(
    extract: Extract, last: RegisterImport | None, newest_change: date | None
) -> None:
    if not (newest_change and last and last.newest_change and newest_change < last.newest_change):
        return
    raise extract.refused(
        f"of {newest_change:%d-%m-%Y} by its newest {values.LAST_CHANGED}, older than "
        f"{last.file_name} of {last.newest_change:%d-%m-%Y}, which was imported last. Of "
        f"{extract.count:,} rows nothing was imported. If it is meant: --allow-older"
    )


def _doubtful_age(last: RegisterImport) -> str:
    return (
        f"Nobody can say how old this file is: it has no {values.LAST_CHANGED}. Imported before "
        f"was {last.file_name}, of {last.newest_change:%d-%m-%Y}. Check that this file was "
        "downloaded later than that, by its name or where it came from; if not, import a later one"
    )


def _refuse_if_too_small(extract: Extract, source: Source, report: ImportReport) -> None:
    held, staged = held_and_expected(sorted(source.types))
    report.not_in_file = held - staged
    if held > _FEWEST_HELD_TO_COMPARE and report.not_in_file * 100 > held * _LARGEST_DROP_PERCENT:
        raise extract.refused(
            f"has only {staged} of the {held} establishments we hold, "
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
