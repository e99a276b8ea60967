"""What staff see of the files of appropriate bodies (spec 06 §6.17.8)."""

from django.db.models import QuerySet
from django.http import Http404

from register_ects.models import (
    InductionPeriod,
    PendingInductionSubmission,
    PendingInductionSubmissionBatch,
)
from register_ects.rules.enumerations import SubmissionState


def all_files() -> QuerySet[PendingInductionSubmissionBatch]:
    """Find the files of every body, latest first."""
    files = PendingInductionSubmissionBatch.objects.select_related("appropriate_body")
    return files.defer("held").order_by("-created_at", "-pk")


def find_file(key: int) -> PendingInductionSubmissionBatch:
    """Return one file. Raises Http404 where there is none."""
    file = all_files().filter(pk=key).first()
    if file is None:
        raise Http404
    return file


def wrong_lines(file: PendingInductionSubmissionBatch) -> QuerySet[PendingInductionSubmission]:
    """Find the lines of a file that were not recorded, without what was typed."""
    rows = PendingInductionSubmission.objects.filter(batch=file, state=SubmissionState.ERROR)
    return rows.defer("held").order_by("number")


def inductions_of(file: PendingInductionSubmissionBatch) -> QuerySet[InductionPeriod]:
    """Find the inductions that a file opened or closed, by last name.

    Its events tell: they stay when the lines go.
    """
    periods = InductionPeriod.objects.filter(events__batch=file).distinct()
    names = ("teacher__trs_last_name", "teacher__trs_first_name", "pk")
    return periods.select_related("teacher").order_by(*names)


def share_of_errors(file: PendingInductionSubmissionBatch) -> str:
    """Return which part of the lines of a file has errors, in per cent to one decimal place."""
    if not file.uploaded_count:
        return "0.0%"
    return f"{100 * file.errored_count / file.uploaded_count:.1f}%"
