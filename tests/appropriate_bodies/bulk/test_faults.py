"""A body's file when we fail, when two confirm it, when it is sent twice, and when it is opened."""

import pytest

from appropriate_bodies.bulk import jobs
from register_ects.models import InductionPeriod, PendingInductionSubmissionBatch
from register_ects.operations.inductions import submissions
from tests.appropriate_bodies.bulk.files import (
    CLAIM_HEAD,
    CLAIMS,
    batch,
    claim,
    of,
    send,
    wrong,
)
from tests.appropriate_bodies.bulk.test_whole_way import confirm


@pytest.fixture
def checked(user, somebody, work):
    """Upload claims of so many people, checked."""

    def make(many):
        trns = [somebody(f"30001{number:02}") for number in range(1, many + 1)]
        send(user, CLAIMS, of(CLAIM_HEAD, *map(claim, trns)))
        work()
        return trns

    return make


def test_a_worker_that_stops_while_it_checks_asks_trs_for_nobody_twice(
    user, somebody, work, monkeypatch
):
    for trn in ("3000101", "3000102"):
        somebody(trn)
    send(user, CLAIMS, of(CLAIM_HEAD, claim(), claim("3000102")))
    asked, ask = [], jobs.ask
    monkeypatch.setattr(jobs, "ask", lambda trn, **named: asked.append(trn) or ask(trn, **named))
    check = jobs._check

    def stops(*args):
        monkeypatch.setattr(jobs, "_check", check)
        raise KeyboardInterrupt

    monkeypatch.setattr(jobs, "_check", stops)
    with pytest.raises(KeyboardInterrupt):
        work()
    work()

    assert sorted(asked) == ["3000101", "3000102"]
    assert batch().state == "processed"


def test_two_people_who_confirm_do_it_once(hub, user, checked, work, sign_in):
    checked(1)
    colleague = sign_in(hub)
    pages = [each.get(f"{CLAIMS}/{batch().pk}") for each in (user, colleague)]
    for browser, page in zip((user, colleague), pages, strict=True):
        seen = page.select_one("input[name=seen]")["value"]
        browser.post(f"{CLAIMS}/{batch().pk}/confirm", {"seen": seen})
    work()

    assert InductionPeriod.objects.count() == 1
    assert batch().claimed_count == 1


def test_a_line_that_fails_for_no_known_reason_stops_no_other(user, checked, work, monkeypatch):
    checked(2)
    confirm(user)
    record = submissions.record_submission

    def fails(row, act):
        if row.number == 2:
            raise ValueError("of ours")
        return record(row, act)

    monkeypatch.setattr(submissions, "record_submission", fails)
    work()

    assert wrong(2) == ["Something went wrong with this line. Upload it again"]
    assert (batch().state, batch().claimed_count) == ("completed_with_errors", 1)


def test_the_same_file_again_is_said_and_claims_nobody_twice(user, checked, work):
    checked(1)
    confirm(user)
    work()

    page = send(user, CLAIMS, of(CLAIM_HEAD, claim()))
    work()

    again = PendingInductionSubmissionBatch.objects.latest("pk")
    text = user.get(f"{CLAIMS}/{again.pk}").text
    assert page.status_code == 302
    assert "uploaded the same file on" in text
    assert again.rows.get().state == "error"
    assert InductionPeriod.objects.count() == 1


def test_cells_that_a_spreadsheet_would_run_are_kept_from_it(user, work):
    send(user, CLAIMS, of(CLAIM_HEAD, claim(programme='"=HYPERLINK(1)"')))
    work()

    sent = user.client.get(user.whole(f"{CLAIMS}/{batch().pk}.csv")).content.decode()
    assert "'=HYPERLINK(1)" in sent
    assert ",=HYPERLINK" not in sent
