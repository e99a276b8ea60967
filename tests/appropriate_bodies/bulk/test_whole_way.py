"""A file from upload to what became of it (spec 06 §6.17)."""

import csv
import io
from datetime import date

import pytest

from register_ects.models import Event, InductionPeriod, TRSInductionUpdate
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
)
from tests.factories import InductionPeriodFactory


def confirm(browser):
    page = browser.get(f"{CLAIMS if batch().batch_type == 'claim' else ACTIONS}/{batch().pk}")
    form = page.select_one("form[action$='/confirm']")
    data = {each["name"]: each["value"] for each in form.select("input")}
    return browser.post(form["action"], data)


def test_claims_are_shown_confirmed_once_and_recorded(hub, other, user, somebody, work):
    for trn in ("3000101", "3000102"):
        somebody(trn)
    released = InductionPeriodFactory(
        appropriate_body=other,
        teacher__trn="3000102",
        started_on=date(2024, 9, 2),
        finished_on=date(2025, 7, 18),
        number_of_terms=3,
    )

    progress = send(user, CLAIMS, of(CLAIM_HEAD, claim(), claim("3000102"))).follow()
    assert progress.h1 == "We are checking your file"
    assert progress.response["Refresh"] == "10"
    work()
    page = user.get(f"{CLAIMS}/{batch().pk}")
    assert page.h1 == "Check the file before anything is recorded"
    assert "No body had them. Their induction with you starts on 1 September 2025" in page.text
    assert "Hub B released them. Their induction with you starts" in page.text

    sent = [confirm(user), user.post(f"{CLAIMS}/{batch().pk}/confirm", {})]
    assert {each.status_code for each in sent} == {302}
    assert user.get(f"{CLAIMS}/{batch().pk}").h1 == "We are recording what you confirmed"
    work()
    work()

    done = user.get(f"{CLAIMS}/{batch().pk}")
    assert done.h1 == "2 ECTs claimed"
    assert batch().state == "completed"
    new = InductionPeriod.objects.filter(appropriate_body=hub)
    assert {each.teacher.trn for each in new} == {"3000101", "3000102"}
    assert released in InductionPeriod.objects.all()
    assert TRSInductionUpdate.objects.count() == 2
    events = Event.objects.filter(batch=batch())
    assert events.filter(event_type="induction_period_opened").count() == 2
    assert events.filter(event_type="bulk_upload_started").count() == 1
    finished = events.get(event_type="bulk_upload_completed")
    assert finished.metadata["claimed"] == 2
    assert {event.author_email for event in events} == {batch().uploaded_by_email}


def test_passes_and_releases_are_recorded(hub, user, held, work):
    passed, released = held("3000201"), held("3000202", started_on=date(2025, 9, 1))

    lines = action("3000201"), action("3000202", terms="2.5", outcome="Release")
    send(user, ACTIONS, of(ACTION_HEAD, *lines))
    work()
    page = user.get(f"{ACTIONS}/{batch().pk}")
    assert (
        "They pass induction. Their last day with you is 10 July 2026, after 6 terms" in page.text
    )
    assert "You release them. Their last day with you is 10 July 2026, after 2.5 terms" in page.text
    confirm(user)
    work()

    for period in (passed, released):
        period.refresh_from_db()
    assert (passed.outcome, released.outcome) == ("pass", None)
    assert (batch().passed_count, batch().released_count) == (1, 1)
    summary = user.get(f"{ACTIONS}/{batch().pk}").summary
    assert (summary["Passed"], summary["Released"]) == ("1", "1")


def test_errors_are_a_file_that_can_be_corrected_and_sent_again(hub, user, somebody, work):
    somebody("3000101")
    lines = claim(programme="cip"), claim("3000199")
    send(user, CLAIMS, of(CLAIM_HEAD, *lines))
    work()
    page = user.get(f"{CLAIMS}/{batch().pk}")
    assert "No line can be recorded" in page.text
    assert not page.select("form[action$='/confirm']")

    sent = user.client.get(user.whole(f"{CLAIMS}/{batch().pk}.csv"))
    assert sent.content.startswith("\ufeff".encode())
    rows = list(csv.DictReader(io.StringIO(sent.content.decode("utf-8-sig"))))
    assert [row["Line"] for row in rows] == ["2", "3"]
    assert "not “cip”" in rows[0]["Problem"]
    corrected = sent.content.decode("utf-8-sig").replace("cip", "school-led")
    first = batch()
    first.delete()
    send(user, CLAIMS, corrected)
    work()

    assert batch().rows.get(number=2).will_do.endswith("school-led.")


def test_good_lines_go_ahead_without_the_others(hub, user, somebody, work):
    somebody("3000101")
    send(user, CLAIMS, of(CLAIM_HEAD, claim(), claim("3000199")))
    work()
    confirm(user)
    work()

    assert batch().state == "completed_with_errors"
    assert (batch().claimed_count, batch().errored_count) == (1, 1)
    assert "1 ECT claimed" in user.get(f"{CLAIMS}/{batch().pk}").h1
    assert "Recorded with errors" in user.get(CLAIMS).text


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("address", [CLAIMS, ACTIONS])
def test_the_template_can_be_sent_back(user, address, kind):
    template = user.client.get(user.whole(f"{address}/template.{kind}"))

    page = send(user, address, template.content, name=f"t.{kind}")

    assert list(page.errors.values()) == ["The file has headings and no rows"] or "row" in str(
        page.errors
    )


def test_a_file_with_other_headings_is_asked_about(hub, user, somebody, work):
    somebody("3000101")
    head = "TRN,Date of birth,Route,Induction period start date"

    page = send(user, CLAIMS, of(head, claim())).follow()
    assert page.h1 == "Which column is which?"
    selects = {each["name"]: each for each in page.select("select")}
    answers = {}
    for name, select in selects.items():
        chosen = select.select_one("option[selected]")
        answers[name] = chosen["value"] if chosen else ""
    route = next(name for name, value in answers.items() if not value)
    user.submit(page, {**answers, route: "training_programme"})
    work()

    assert batch().rows.get().state == "ok"
