"""What is refused of a file at once, with nothing kept (spec 06 §6.17.2)."""

import io
import zipfile

import pytest

from register_ects.models import PendingInductionSubmissionBatch
from tests.appropriate_bodies.bulk.files import CLAIM_HEAD, CLAIMS, batch, claim, of, send

GOOD = of(CLAIM_HEAD, claim())


def bomb():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        pytest.param(b"", "a.csv", id="empty"),
        pytest.param(CLAIM_HEAD, "a.csv", id="headings only"),
        pytest.param(GOOD, "a.pdf", id="another type"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + b"0" * 100, "a.csv", id="picture"),
        pytest.param(bomb(), "a.xlsx", id="bomb"),
        pytest.param(b"x" * (1024 * 1024 + 1), "a.csv", id="over 1 MB"),
        pytest.param(of("a,b,c", "1,2,3").replace("a,b,c", ""), "a.csv", id="no heading"),
    ],
)
def test_it_is_refused_in_words_and_nothing_is_kept(user, content, name):
    page = send(user, CLAIMS, content, name)

    assert page.status_code == 422
    assert page.title.startswith("Error: ")
    assert page.errors
    assert not PendingInductionSubmissionBatch.objects.exists()


def test_no_file_is_asked_for(user):
    page = user.submit(user.get(f"{CLAIMS}/new"), {})

    assert page.errors == {"#file": "Select a CSV file or an Excel workbook (.xlsx)"}


def test_a_trn_that_stands_twice_is_named_with_its_lines(user):
    lines = claim("0300101"), claim("3000102"), claim("300101"), claim("3000102")

    page = send(user, CLAIMS, of(CLAIM_HEAD, *lines))

    (said,) = page.errors.values() if len(page.errors) == 1 else [" ".join(page.errors.values())]
    text = page.text
    assert "TRN 0300101 is on lines 2 and 4" in text
    assert "TRN 3000102 is on lines 3 and 5" in text
    assert said
    assert not PendingInductionSubmissionBatch.objects.exists()


def test_5001_rows_are_too_many(user):
    lines = (f"{3_000_000 + n},1999-04-05,x,y" for n in range(5001))

    page = send(user, CLAIMS, of(CLAIM_HEAD, *lines))

    assert "5,000" in " ".join(page.errors.values())
    assert not PendingInductionSubmissionBatch.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("\ufeff" + GOOD, id="byte-order mark"),
        pytest.param(GOOD.encode("utf-16"), id="UTF-16"),
        pytest.param(GOOD.replace(",", ";"), id="semicolons"),
        pytest.param(GOOD.replace(",", "\t"), id="tabs"),
        pytest.param(GOOD.replace("\n", "\r\n"), id="CRLF"),
        pytest.param(GOOD.replace("\n", "\r"), id="CR"),
        pytest.param(GOOD.upper().replace("PROVIDER-LED", "provider-led"), id="capitals"),
        pytest.param(GOOD.replace("TRN,", " T R N ,"), id="spaces in headings"),
        pytest.param(GOOD + ",,,\n" * 30, id="blank lines below"),
        pytest.param(GOOD.replace("3000101", '"3000101"'), id="quoted"),
    ],
)
def test_it_is_read_all_the_same(user, somebody, work, content):
    somebody("3000101")

    send(user, CLAIMS, content)
    work()

    assert [row.state for row in batch().rows.all()] == ["ok"]


def test_a_line_without_its_trn_is_not_lost(user, somebody, work):
    somebody("3000101")
    send(user, CLAIMS, of(CLAIM_HEAD, claim(), claim(trn="")))
    work()

    assert [row.state for row in batch().rows.order_by("number")] == ["ok", "error"]


def test_the_same_file_again_is_pointed_out(user):
    send(user, CLAIMS, GOOD)

    page = send(user, CLAIMS, GOOD).follow()

    assert "uploaded the same file on 16 July 2026" in page.text
    assert PendingInductionSubmissionBatch.objects.count() == 2
