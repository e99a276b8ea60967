"""What every upload that people check and confirm has in common: batches, and their rows."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from register_ects.models.base import CaseInsensitiveTextField, TimeStamped


class BatchQuerySet(models.QuerySet[Any]):
    """Questions about batches of one kind."""

    def expired(self, now: Any) -> Self:
        """Keep those whose time is up and that still hold something, or may still be confirmed."""
        rows = self.model._meta.get_field("rows").related_model
        with_rows = rows._default_manager.filter(batch=OuterRef("pk"))
        held = Q(Exists(with_rows)) | Q(held__gt=b"") | ~Q(state__in=self.model.FINAL)
        return self.filter(held, expires_at__lte=now)

    def stopped(self, since: Any) -> Self:
        """Keep those at which a job should be, and that show no sign of work since then."""
        return self.filter(state__in=self.model.AT_WORK, updated_at__lte=since)


class Batch(TimeStamped):
    """Rows that are collected, checked by a job, and confirmed together.

    ``held`` is the file, encrypted, until it is known which column is which. What is held of
    people goes at ``expires_at``. Each kind has a ``state`` of its own, and ``rows``.
    """

    uploaded_by_name = models.TextField()
    uploaded_by_email = CaseInsensitiveTextField()
    file_name = models.TextField(null=True, blank=True)
    file_sha256 = models.CharField(max_length=64, null=True, blank=True)
    held = models.BinaryField(default=bytes)
    confirmed_by_name = models.TextField(null=True, blank=True)
    confirmed_by_email = CaseInsensitiveTextField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(db_index=True)

    #: The states in which a job checks, and in which any job works; in which what checks found may
    #: be written down; from which nothing more can come; and states of rows that are over.
    CHECKED_IN: ClassVar[str]
    AT_WORK: ClassVar[tuple[str, ...]]
    NOTED_IN: ClassVar[tuple[str, ...]]
    FINAL: ClassVar[tuple[str, ...]]
    OVER: ClassVar[tuple[str, ...]]

    state: Any
    rows: Any

    class Meta:
        abstract = True


class BatchRow(TimeStamped):
    """One person of a batch. Holds personal data: never log it.

    ``number`` is the line of the file, or the place among rows typed by hand. ``held`` is
    encrypted: the cells as given and what TRS said; it is empty once the row is finished.
    ``problems`` are pairs of a cell ("" for the person) and a sentence.
    """

    number = models.PositiveIntegerField()
    held = models.BinaryField(default=bytes)
    trn = models.CharField(max_length=7, null=True, blank=True)
    name = models.TextField(null=True, blank=True)
    problems = models.JSONField(default=list)
    will_do = models.TextField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)

    state: Any

    class Meta:
        abstract = True
