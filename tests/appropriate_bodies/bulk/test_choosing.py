"""Several ECTs are chosen on a list, checked line by line, and claimed or ended together."""

from datetime import date

import pytest

from register_ects.invented.stand_ins.trs import person
from register_ects.models import InductionPeriod, PendingInductionSubmissionBatch
from tests.appropriate_bodies.bulk.test_whole_way import confirm
from tests.factories import (
    AppropriateBodyFactory,
    ECTAtSchoolPeriodFactory,
    InductionPeriodFactory,
    TrainingPeriodFactory,
)

CLAIMS, ACTIONS = "/appropriate-body/bulk/claims/choose", "/appropriate-body/bulk/actions/choose"


@pytest.fixture
def people(trs):
    """Two people whom TRS knows."""
    for trn, first in (("3000201", "Ben"), ("3000202", "Cat")):
        trs.upsert(
            person(
                trn,
                first_name=first,
                last_name="Ames",
                date_of_birth=date(1999, 1, 1),
                qts_held_from=date(2025, 7, 1),
            )
        )


def named(hub, trn, first, **changes):
    placement = ECTAtSchoolPeriodFactory(
        teacher__trn=trn,
        teacher__trs_first_name=first,
        teacher__trs_last_name="Ames",
        teacher__trs_qts_awarded_on=date(2025, 7, 1),
        started_on=date(2025, 9, 1),
        school_reported_appropriate_body=hub,
        **changes,
    )
    TrainingPeriodFactory(
        ect_at_school_period=placement, started_on=date(2025, 9, 1), school_led=True
    )
    return placement.teacher


def held(hub, trn, first):
    return InductionPeriodFactory(
        appropriate_body=hub,
        started_on=date(2024, 9, 1),
        teacher__trn=trn,
        teacher__trs_first_name=first,
        teacher__trs_last_name="Ames",
    )


def send(user, work, address, teachers, **typed):
    """Tick people on the page and send it; ``typed`` are texts by field."""
    page = user.get(address)
    once = page.select_one("input[name=once]")["value"]
    kept = {
        field["name"]: field.get("value", "") for field in page.select("main form input[id*='-']")
    }
    kept |= {
        field["name"]: next((option["value"] for option in field.select("option[selected]")), "")
        for field in page.select("main form select")
    }
    kept.pop("ects", None)
    ticked = [str(teacher.pk) for teacher in teachers]
    sent = user.post(address, {**kept, "once": once, "ects": ticked, **typed})
    if sent.status_code != 302:
        return sent
    work()
    return user.get(sent.location)


def lines(page):
    return [
        [cell.get_text(" ", strip=True) for cell in row.select("th, td")]
        for row in page.select("main tbody tr")
    ]


def test_claims_are_filled_in_with_what_schools_told_us(hub, user, people, work):
    ben = named(hub, "3000201", "Ben")
    named(hub, "3000202", "Cat")

    page = send(user, work, CLAIMS, [ben])

    assert page.h1 == "Check the file before anything is recorded"
    ((who, _line, state, happens),) = lines(page)
    assert (who, state) == ("Ben Ames TRN 3000201", "Ready")
    assert "starts on 1 September 2025, school-led" in happens
    confirm(user)
    work()
    (period,) = InductionPeriod.objects.filter(teacher=ben)
    assert (period.appropriate_body, period.started_on) == (hub, date(2025, 9, 1))


def test_what_is_changed_on_a_line_counts(hub, user, people, work):
    ben = named(hub, "3000201", "Ben")

    page = send(
        user,
        work,
        CLAIMS,
        [ben],
        **{f"started_on-{ben.pk}": "2/9/2025", f"training_programme-{ben.pk}": "Provider-led"},
    )

    assert "starts on 2 September 2025, provider-led" in page.text


def test_a_line_says_what_is_wrong_with_it(hub, user, people, work):
    ben = named(hub, "3000201", "Ben")

    page = send(user, work, CLAIMS, [ben], **{f"started_on-{ben.pk}": "1/1/2020"})

    assert "Induction start date must be on or after" in page.text


def test_passes_and_releases_share_what_is_said_once(hub, user, people, work):
    ben, cat = held(hub, "3000201", "Ben"), held(hub, "3000202", "Cat")

    send(
        user,
        work,
        ACTIONS,
        [ben.teacher, cat.teacher],
        **{
            "outcome-shared": "Release",
            "finished_on-shared": "10/7/2026",
            "number_of_terms-shared": "5",
            f"number_of_terms-{cat.teacher_id}": "4.5",
        },
    )
    confirm(user)
    work()

    ben.refresh_from_db()
    cat.refresh_from_db()
    assert (ben.finished_on, ben.number_of_terms, ben.outcome) == (date(2026, 7, 10), 5, None)
    assert str(cat.number_of_terms) == "4.5"


def test_nobody_chosen_is_an_error_that_keeps_what_was_typed(hub, user, people, work):
    named(hub, "3000201", "Ben")

    page = send(user, work, CLAIMS, [])

    assert page.status_code == 422
    assert "Select at least one ECT" in page.text
    assert page.select_one(".govuk-error-summary a")["href"] == "#ects"


def test_whoever_is_not_on_the_list_is_left_out(hub, user, people, work):
    """A forged key claims and ends nobody."""
    ben = named(hub, "3000201", "Ben")
    elsewhere = held(AppropriateBodyFactory(active=True), "3000202", "Cat")

    claims = send(user, work, CLAIMS, [ben, elsewhere.teacher])
    actions = user.get(ACTIONS)
    held(hub, "3000203", "Dee")
    actions = send(user, work, ACTIONS, [elsewhere.teacher], **{"outcome-shared": "Release"})

    assert [who for who, *_rest in lines(claims)] == ["Ben Ames TRN 3000201"]
    assert actions.status_code == 422
    assert "None of them is on this list any more" in actions.text


def test_sent_twice_it_makes_one_file(hub, user, people, work):
    ben = named(hub, "3000201", "Ben")
    page = user.get(CLAIMS)
    sent = {
        "once": page.select_one("input[name=once]")["value"],
        "ects": [str(ben.pk)],
        f"started_on-{ben.pk}": "1/9/2025",
        f"training_programme-{ben.pk}": "School-led",
    }

    first, second = user.post(CLAIMS, sent), user.post(CLAIMS, sent)

    assert first.location == second.location
    assert PendingInductionSubmissionBatch.objects.count() == 1


def test_everybody_on_the_page_can_be_selected(hub, user, people, work):
    named(hub, "3000201", "Ben")
    named(hub, "3000202", "Cat")

    page = user.get(f"{CLAIMS}?select=all")

    assert len(page.select("input[name=ects][checked]")) == 2


def test_the_lists_lead_to_it(hub, user, people, work):
    named(hub, "3000201", "Ben")
    held(hub, "3000202", "Cat")

    claimable = user.get("/appropriate-body/schools-data/claimable")
    ects = user.get("/appropriate-body/teachers/open")

    assert claimable.select(f"a[href='{CLAIMS}']")
    assert ects.select(f"a[href='{ACTIONS}']")
