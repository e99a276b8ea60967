"""What others do meanwhile, and what goes wrong: each line is recorded once, or told why not."""

from datetime import date, timedelta

import pytest

from appropriate_bodies import lookups, tasks
from appropriate_bodies.bulk import jobs
from register_ects import clock
from register_ects.integrations.trs import TRSError
from register_ects.models import (
    InductionPeriod,
    PendingInductionSubmission,
    PendingInductionSubmissionBatch,
)
from register_ects.operations.inductions import periods
from register_ects.operations.inductions.submissions import delete_expired_submissions
from register_ects.web import identity
from tests.appropriate_bodies.bulk.files import (
    ACTION_HEAD,
    ACTIONS,
    CLAIM_HEAD,
    CLAIMS,
    action,
    batch,
    claim,
    of,
    send,
    wrong,
)
from tests.appropriate_bodies.bulk.test_whole_way import confirm
from tests.factories import InductionPeriodFactory


@pytest.fixture
def ready(user, somebody, work):
    """A checked file of three claims."""
    trns = ("3000101", "3000102", "3000103")
    for trn in trns:
        somebody(trn)
    send(user, CLAIMS, of(CLAIM_HEAD, *map(claim, trns)))
    work()
    return batch()


def test_whom_another_body_claims_meanwhile_is_left_out_in_words(ready, user, other, work):
    confirm(user)
    InductionPeriodFactory(
        appropriate_body=other, teacher__trn="3000102", started_on=date(2025, 9, 1)
    )
    work()

    assert batch().claimed_count == 2
    assert "is registered with Hub B" in wrong(3)[0]


def test_a_pass_of_whom_another_body_claimed_between_check_and_confirmation(
    user, held, other, work
):
    period = held()
    send(user, ACTIONS, of(ACTION_HEAD, action()))
    work()
    confirm(user)
    InductionPeriod.objects.filter(pk=period.pk).update(
        finished_on=date(2026, 7, 1), number_of_terms=6
    )
    InductionPeriodFactory(
        appropriate_body=other, teacher=period.teacher, started_on=date(2026, 7, 2)
    )
    work()

    assert "is registered with Hub B" in wrong()[0]
    assert not InductionPeriod.objects.filter(outcome="pass").exists()


def test_a_job_killed_half_way_goes_on_and_records_each_once(ready, user, work, monkeypatch):
    confirm(user)
    record, done = jobs._record, []

    def dying(held, row):
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(row)
        record(held, row)

    monkeypatch.setattr(jobs, "_record", dying)
    with pytest.raises(KeyboardInterrupt):
        work()
    monkeypatch.setattr(jobs, "_record", record)
    assert batch().state == "completing"
    work()
    work()

    assert InductionPeriod.objects.count() == batch().claimed_count == 3


def test_a_file_whose_job_was_lost_is_handed_out_again(ready, user, on, monkeypatch):
    confirm(user)
    handed = []
    monkeypatch.setattr(tasks.record_submissions, "delay", handed.append)

    tasks.go_on_with_submissions()
    assert handed == []
    on("2026-07-17")
    tasks.go_on_with_submissions()
    assert handed == [str(ready.pk)]


def test_trs_down_in_the_middle_leaves_the_others_to_be_checked_again(
    user, somebody, work, monkeypatch
):
    for trn in ("3000101", "3000102"):
        somebody(trn)
    ask = lookups._ask

    def failing(trn, born_on):
        if trn == "3000102":
            raise TRSError("down")
        return ask(trn, born_on)

    monkeypatch.setattr(lookups, "_ask", failing)
    send(user, CLAIMS, of(CLAIM_HEAD, claim("3000101"), claim("3000102")))
    work()
    assert wrong(3) == ["We could not ask the Teaching Record System (TRS). Check again"]

    monkeypatch.setattr(lookups, "_ask", ask)
    user.post(f"{CLAIMS}/{batch().pk}/check", {})
    work()
    assert {row.state for row in batch().rows.all()} == {"ok"}


def test_a_job_that_asks_too_long_leaves_the_rest_to_another(user, somebody, work, monkeypatch):
    somebody("3000101")
    send(user, CLAIMS, of(CLAIM_HEAD, claim()))
    monkeypatch.setattr("register_ects.operations.batches.asking.SECONDS", -1)
    work()
    assert batch().state == "processing"

    monkeypatch.undo()
    work()
    assert batch().state == "processed"


def test_what_was_checked_again_is_not_confirmed_unseen(ready, user, work):
    page = user.get(f"{CLAIMS}/{ready.pk}")
    form = page.select_one("form[action$='/confirm']")
    data = {each["name"]: each["value"] for each in form.select("input")}
    PendingInductionSubmission.objects.filter(number=2).update(
        will_do="Something else.", updated_at=clock.now() + timedelta(minutes=1)
    )

    refused = user.post(form["action"], data)

    assert refused.status_code == 422
    assert "was checked again after you opened this page" in refused.text
    assert batch().state == "processed"


def test_a_check_of_yesterday_is_made_again_first(ready, user, on):
    on("2026-07-18")

    page = user.get(f"{CLAIMS}/{ready.pk}")

    assert "checked more than a day ago" in page.text
    assert not page.select("form[action$='/confirm']")


def test_a_file_is_discarded_and_holds_nothing(ready, user):
    user.submit(user.get(f"{CLAIMS}/{ready.pk}/discard"), {})

    assert batch().state == "discarded"
    assert not PendingInductionSubmission.objects.exists()
    assert "This file was discarded" in user.get(f"{CLAIMS}/{ready.pk}").text
    assert user.get(f"{CLAIMS}/{ready.pk}.csv").status_code == 404


@pytest.mark.parametrize(
    ("day", "states"), [("2026-07-29", ["processed"]), ("2026-07-31", ["discarded"])]
)
def test_what_nobody_confirms_expires_after_14_days(ready, on, day, states):
    on(day)

    delete_expired_submissions()

    assert [batch().state] == states
    assert batch().rows.exists() is (states == ["processed"])


def test_what_was_recorded_goes_after_30_days_and_the_counts_stay(ready, user, work, on):
    confirm(user)
    work()
    assert not any(row.held for row in batch().rows.all())
    on("2026-08-16")

    delete_expired_submissions()

    assert (batch().state, batch().claimed_count) == ("completed", 3)
    assert not batch().rows.exists()


def test_an_unexpected_refusal_of_one_line_leaves_the_others_done(ready, user, work, monkeypatch):
    confirm(user)
    claim_ect = periods.claim_ect

    def odd(body, made, *, author):
        if made.record.trn == "3000102":
            periods.refuse("", "changed_meanwhile")
        return claim_ect(body, made, author=author)

    monkeypatch.setattr("appropriate_bodies.bulk.checking.claim_ect", odd)
    work()

    assert batch().state == "completed_with_errors"
    assert batch().claimed_count == 2


def test_files_are_those_of_the_body_alone(ready, sign_in, other, client):
    theirs = sign_in(other)
    for path in ("", "/columns", "/discard", ".csv", ".xlsx"):
        assert theirs.get(f"{CLAIMS}/{ready.pk}{path}").status_code == 404
    for path in ("/confirm", "/check", "/discard"):
        assert theirs.post(f"{CLAIMS}/{ready.pk}{path}", {}).status_code == 404
    assert str(ready.pk) not in theirs.get(CLAIMS).text
    assert theirs.get(f"{ACTIONS}/{ready.pk}").status_code == 404
    assert PendingInductionSubmissionBatch.objects.get().state == "processed"


def test_who_is_claimed_at_the_very_moment_is_left_out_in_the_words_of_the_page(
    ready, user, other, work, monkeypatch
):
    confirm(user)
    record = jobs.submissions.record_submission

    def late(row, act):
        if row.trn == "3000102":
            InductionPeriodFactory(
                appropriate_body=other, teacher__trn="3000102", started_on=date(2025, 9, 1)
            )
            periods.refuse("", "changed_meanwhile")
        return record(row, act)

    monkeypatch.setattr(jobs.submissions, "record_submission", late)
    work()

    assert batch().claimed_count == 2
    assert "is registered with Hub B" in wrong(3)[0]


def test_who_may_only_read_reads_all_of_it_and_is_offered_nothing_else(ready, hub, sign_in):
    person = {"name": "Ada", "email": "ada@hub.example.com", "provider": "persona"}
    role = "appropriate_body_reader"
    reader = sign_in(identity.appropriate_body_data(hub.pk, role=role, **person))

    for path in ("", f"/{ready.pk}"):
        page = reader.get(f"{CLAIMS}{path}")
        assert page.status_code == 200
        assert not page.select("main form")
        assert not [a for a in page.select("main a") if a["href"].endswith(("/new", "/discard"))]
    assert reader.get(f"{CLAIMS}/new").status_code == 403
    for path in ("confirm", "check", "discard"):
        assert reader.post(f"{CLAIMS}/{ready.pk}/{path}", {}).status_code == 403
    assert batch().state == "processed"
