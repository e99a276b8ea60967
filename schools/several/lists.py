"""What the pages about several ECTs show: batches of a school, and the rows of one."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count
from django.http import Http404

from register_ects import clock
from register_ects.models import (
    AppropriateBody,
    LeadProvider,
    MentorshipPeriod,
    RegistrationBatch,
    RegistrationBatchRow,
    School,
)
from register_ects.operations.batches.held import OVER, is_outdated, mark_of_rows
from register_ects.rules.enumerations import (
    RegistrationBatchState,
    RegistrationRowState,
    WorkingPattern,
)
from register_ects.rules.permissions import Permission
from register_ects.web.access import SchoolRequest
from register_ects.web.school_addresses import reverse
from schools.several.forms import ASKED_FOR, PROGRAMMES, SHARED, RowForm
from schools.several.plans import RIGHT_PERSON

#: How many rows a page of a batch shows.
ROWS_PER_PAGE = 50

#: Within this time the same file is pointed out.
_SAME_FILE_WITHIN = timedelta(hours=24)
#: A job that works on a list does so within this time.
_SHOWS_A_SIGN_WITHIN = timedelta(minutes=2)
#: Rows that wait for the person at the school.
TO_MEND = (RegistrationRowState.NEEDS_ATTENTION, RegistrationRowState.BLOCKED)

#: Lists that somebody is to go on with.
_BEGUN = (
    RegistrationBatchState.UPLOADED,
    RegistrationBatchState.CHECKING,
    RegistrationBatchState.READY,
)

_ORDER = (
    *TO_MEND,
    RegistrationRowState.WAITING,
    RegistrationRowState.OK,
    RegistrationRowState.REGISTERED,
)


class Part(Enum):
    """Which rows of a batch a page shows: the word in its address, and what people read."""

    ALL = "all", "Everybody"
    TO_MEND = "to-mend", "Needs attention"
    READY = "ready", "Ready"
    OTHER_NAME = "other-name", "Ready, with another name in the file"
    REGISTERED = "registered", "Registered"

    def __init__(self, key: str, label: str) -> None:
        self.key, self.label = key, label

    @classmethod
    def of(cls, key: str) -> "Part":
        """Return the part that an address asks for; everybody for any other word."""
        return next((part for part in cls if part.key == key), cls.ALL)


@dataclass(frozen=True)
class RowShown:
    """One person: what registering does, or what is wrong by cell."""

    number: int
    state: RegistrationRowState
    name: str
    trn: str | None
    will_do: str | None
    problems: tuple[tuple[str, str], ...]
    ect_id: int | None

    @property
    def hint(self) -> str:
        """Return the TRN in words, unless it stands for a name that is not known."""
        words = _trn_in_words(self.trn) if self.trn else ""
        return "" if words == self.name else words

    @property
    def has_other_name(self) -> bool:
        """Whether it is ready, and the file has another name than TRS."""
        is_ready = self.state == RegistrationRowState.OK
        return is_ready and RIGHT_PERSON in (self.will_do or "")

    @property
    def parts(self) -> set[Part]:
        """Return the parts that it belongs to."""
        if self.state == RegistrationRowState.REGISTERED:
            return {Part.ALL, Part.REGISTERED}
        if self.state != RegistrationRowState.OK:
            return {Part.ALL, Part.TO_MEND}
        return {Part.ALL, Part.READY} | ({Part.OTHER_NAME} if self.has_other_name else set())

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens to it."""
        return self.state in OVER


@dataclass(frozen=True)
class BatchShown:
    """A batch with its rows, first those that need attention; removed ones are left out."""

    batch: RegistrationBatch
    state: RegistrationBatchState
    rows: tuple[RowShown, ...]
    counts: Counter[RegistrationRowState]
    asked: int
    mark: str
    is_outdated: bool

    @property
    def parts(self) -> dict[Part, int]:
        """Return how many rows each part has that has any."""
        counts = Counter(part for row in self.rows for part in row.parts)
        return {part: counts[part] for part in Part if counts[part]}

    def rows_of(self, part: Part) -> Sequence[RowShown]:
        """Return the rows of a part."""
        return [row for row in self.rows if part in row.parts]

    @property
    def ready(self) -> int:
        """Return how many can be registered."""
        return self.counts[RegistrationRowState.OK]

    @property
    def to_mend(self) -> int:
        """Return how many cannot be registered as they are."""
        return sum(self.counts[state] for state in TO_MEND)

    @property
    def other_names(self) -> int:
        """Return how many are ready of whom the file has another name than TRS."""
        return sum(row.has_other_name for row in self.rows)

    @property
    def has_stopped(self) -> bool:
        """Whether a job that works on it has shown no sign of that for a while."""
        return self.batch.updated_at < clock.now() - _SHOWS_A_SIGN_WITHIN

    @property
    def lacking(self) -> int:
        """Return how many need a choice that the list can have for everybody."""
        return sum(
            any(text in ASKED_FOR.values() for _cell, text in row.problems) for row in self.rows
        )

    @property
    def done(self) -> int:
        """Return how many were registered."""
        return self.counts[RegistrationRowState.REGISTERED]


def find_batch(school: School, batch_id: UUID) -> RegistrationBatch:
    """Return a batch of this school; 404 for any other, and for one whose time is up."""
    batch = find_kept(school, batch_id)
    if batch is None:
        raise Http404
    batch.school = school
    return batch


def find_kept(school: School, batch_id: UUID) -> RegistrationBatch | None:
    """Return a batch of this school; None for any other, and for one whose time is up."""
    batches = RegistrationBatch.objects.filter(school=school, expires_at__gt=clock.now())
    kept = batches.exclude(state=RegistrationBatchState.DISCARDED)
    batch: RegistrationBatch | None = kept.filter(pk=batch_id).first()
    return batch


def rows_to_mend(batch: RegistrationBatch) -> list[RegistrationBatchRow]:
    """Return the rows that cannot be registered as they are, in the order of the list."""
    rows = RegistrationBatchRow.objects.filter(batch=batch, state__in=TO_MEND)
    return sorted(rows, key=_place)


def find_ready(school: School, batch_id: UUID) -> RegistrationBatch | None:
    """Return a batch of this school that can still be confirmed; None for any other."""
    ready = RegistrationBatch.objects.filter(school=school, state=RegistrationBatchState.READY)
    batch: RegistrationBatch | None = ready.filter(pk=batch_id).first()
    return batch


def find_same_file(school: School, mark: str) -> RegistrationBatch | None:
    """Return the latest batch of this school that was made of the same file within a day."""
    since = clock.now() - _SAME_FILE_WITHIN
    lately = RegistrationBatch.objects.filter(school=school, created_at__gte=since)
    batch: RegistrationBatch | None = lately.filter(file_sha256=mark).first()
    return batch


def shown(batch: RegistrationBatch) -> BatchShown:
    """Return a batch as its page shows it. One query."""
    rows = list(batch.rows.defer("held").order_by("number"))
    kept = [row for row in rows if row.state != RegistrationRowState.SKIPPED]
    kept.sort(key=_place)
    return BatchShown(
        batch=batch,
        state=RegistrationBatchState(batch.state),
        rows=tuple(row_shown(row) for row in kept),
        counts=Counter(RegistrationRowState(row.state) for row in kept),
        asked=sum(row.checked_at is not None for row in kept),
        mark=mark_of_rows(rows),
        is_outdated=any(is_outdated(row) for row in kept if row.state == RegistrationRowState.OK),
    )


@dataclass(frozen=True)
class BatchListed:
    """A batch in the list of a school's; ``is_kept`` while its page can be opened."""

    batch: RegistrationBatch
    state: RegistrationBatchState
    is_kept: bool


def batches_of(school: School) -> list[BatchListed]:
    """Return the hundred latest batches of a school, latest first. One query."""
    batches = RegistrationBatch.objects.filter(school=school).order_by("-created_at")
    now = clock.now()
    return [
        BatchListed(batch, RegistrationBatchState(batch.state), batch.expires_at > now)
        for batch in batches.exclude(state=RegistrationBatchState.DISCARDED)[:100]
    ]


def begun_at(request: SchoolRequest) -> list[RegistrationBatch]:
    """Return the five latest lists that are still to be registered, with ``row_count``. One query.

    None for somebody who may not go on with them.
    """
    if not request.identity.may(Permission.SCHOOL_REGISTER):
        return []
    batches = RegistrationBatch.objects.filter(school=request.school, state__in=_BEGUN)
    kept = batches.filter(expires_at__gt=clock.now()).annotate(row_count=Count("rows"))
    return list(kept.order_by("-created_at")[:5])


def shared_in_words(batch: RegistrationBatch) -> list[tuple[str, str, str]]:
    """Return what stands for everybody of whom nothing else is said: field, label and words.

    Two queries.
    """
    key, programme, provider, pattern = (batch.choices.get(name) for name in SHARED)
    body = AppropriateBody.objects.filter(pk=key).first() if key else None
    lead_provider = LeadProvider.objects.filter(pk=provider).first() if provider else None
    texts = (
        body.name if body else "",
        next((each.text for each in PROGRAMMES if each.value == programme), ""),
        lead_provider.name if lead_provider else "",
        str(WorkingPattern(pattern).label) if pattern else "",
    )
    said = zip(SHARED, texts, strict=True)
    return [(name, cell_in_words(name), text or "Not chosen") for name, text in said]


def without_mentor(found: BatchShown) -> list[int]:
    """Return who was registered and has no mentor, as the list of ECTs knows them. One query."""
    registered = [row.ect_id for row in found.rows if row.ect_id]
    mentored = MentorshipPeriod.objects.filter(ect_at_school_period__in=registered)
    has_one = {*mentored.values_list("ect_at_school_period", flat=True)}
    return [each for each in registered if each not in has_one]


def address_of_row(batch: RegistrationBatch, page: str, number: int) -> str:
    """Return the address of a row on the page of the list that the query ``page`` asks for."""
    query = f"?{page}" if page else ""
    return f"{reverse('schools:several_batch', args=[batch.pk])}{query}#row-{number}"


def address_after(batch: RegistrationBatch, part: Part, row: RegistrationBatchRow) -> str:
    """Return where to go on in a part of the list once a row was changed or removed. One query.

    ``row`` is the row as it was. That is itself if it stands where it stood, else the row that now
    comes next, or last; in the whole list when the part has no rows left.
    """
    found = shown(batch)
    rows = found.rows_of(part)
    if not rows:
        part, rows = Part.ALL, found.rows
    if not rows:
        return reverse("schools:several_batch", args=[batch.pk])
    following = (at for at, each in enumerate(rows) if _place(each) >= _place(row))
    at = next(following, len(rows) - 1)
    page = urlencode({"status": part.key, "page": at // ROWS_PER_PAGE + 1})
    return address_of_row(batch, page, rows[at].number)


def cell_in_words(cell: str) -> str:
    """Return what a problem is about: the label of its cell; of none, the person."""
    if cell not in RowForm.base_fields:
        return "Person"
    return str(RowForm.base_fields[cell].label).removesuffix(" (optional)")


def _place(row: RegistrationBatchRow | RowShown) -> tuple[int, int]:
    """Return what rows are ordered by: first those that need attention, then as they came."""
    return _ORDER.index(RegistrationRowState(row.state)), row.number


def _trn_in_words(trn: str) -> str:
    return f"TRN {trn}"


def row_shown(row: RegistrationBatchRow) -> RowShown:
    """Return a row as a page shows it."""
    return RowShown(
        number=row.number,
        state=RegistrationRowState(row.state),
        name=row.name or (_trn_in_words(row.trn) if row.trn else f"Row {row.number}"),
        trn=row.trn,
        will_do=row.will_do,
        problems=tuple((cell_in_words(cell), text) for cell, text in row.problems),
        ect_id=row.ect_at_school_period_id,
    )
