"""Makes and sends a body's files in tests."""

from django.core.files.uploadedfile import SimpleUploadedFile

from register_ects.models import PendingInductionSubmissionBatch
from tests.inductions import BORN_ON

CLAIMS, ACTIONS = "/appropriate-body/bulk/claims", "/appropriate-body/bulk/actions"
CLAIM_HEAD = "TRN,Date of birth,Induction programme,Induction period start date"
ACTION_HEAD = "TRN,Date of birth,Induction period end date,Number of terms,Outcome"
BORN = BORN_ON.isoformat()


def claim(trn="3000101", born=BORN, programme="provider-led", start="2025-09-01"):
    """Return a line of a file of claims."""
    return ",".join([trn, born, programme, start])


def action(trn="3000201", born=BORN, end="2026-07-10", terms="6", outcome="pass", *more):
    """Return a line of a file of passes and releases."""
    return ",".join([trn, born, end, terms, outcome, *more])


def send(browser, address, content, name="file.csv", **fields):
    """Upload a file; return the answer."""
    data = content if isinstance(content, bytes) else content.encode()
    form = browser.get(f"{address}/new")
    file = SimpleUploadedFile(name, data, "text/csv")
    return browser.submit(form, {"file": file, **fields})


def of(head, *lines):
    """Return a file's text."""
    return "\n".join([head, *lines]) + "\n"


def batch():
    """Return the only file."""
    return PendingInductionSubmissionBatch.objects.get()


def wrong(number=2):
    """Return the sentences about a line that needs changes."""
    row = batch().rows.get(number=number)
    assert row.state == "error", row.will_do
    return [text for _cell, text in row.problems]
