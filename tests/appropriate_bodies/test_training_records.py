"""The teacher training records of an ECT (spec 06 §6.6)."""

from datetime import date

import pytest

from register_ects.invented.stand_ins.trs import person
from tests.factories import InductionPeriodFactory


def page_of(teacher_id):
    return f"/appropriate-body/teachers/{teacher_id}/itt-data"


@pytest.fixture
def trained(hub, trs):
    """Return what makes somebody of the hub with a TRN, and their training in TRS."""

    def make(trn, **changes):
        trs.upsert(person(trn, qts_held_from=date(2023, 7, 1)))
        return InductionPeriodFactory(
            appropriate_body=hub, teacher__trn=trn, teacher__trs_first_name="Ada", **changes
        )

    return make


def test_it_shows_each_route_as_trs_does(user, trained):
    period = trained("3000801")
    record = user.get(f"/appropriate-body/teachers/{period.teacher_id}")
    links = {a.get_text(" ", strip=True): a["href"] for a in record.select("main a")}

    page = user.get(links["Teacher training"])

    assert page.select_one(".govuk-summary-card__title").get_text() == (
        "Postgraduate Teaching Apprenticeship"
    )
    assert page.summary["Provider"].startswith("Northmoor SCITT (UKPRN 1")
    assert page.summary["Training ended"] == "27 June 2023"
    assert page.summary["Subjects"] == "Mathematics"
    assert page.summary["Exempt from induction"] == "No"


def test_what_trs_said_is_shown_again_for_a_while(user, trained, trs):
    period = trained("3000802")
    user.get(page_of(period.teacher_id))
    trs.fault("500", times=5)

    assert user.get(page_of(period.teacher_id)).summary["Subjects"] == "Mathematics"


@pytest.mark.parametrize(("fault", "trn"), [("500", "3000803"), ("429", "3000804")])
def test_when_trs_is_away_it_says_so_and_shows_what_we_hold(user, trained, trs, fault, trn):
    period = trained(
        trn,
        teacher__trs_initial_teacher_training_provider_name="Old College",
        teacher__trs_initial_teacher_training_end_date=date(2023, 6, 30),
    )
    trs.fault(fault, times=1)

    page = user.get(page_of(period.teacher_id))

    assert page.status_code == 200
    assert "We cannot reach the Teaching Record System" in page.text
    assert page.summary == {
        "Initial teacher training provider": "Old College",
        "Initial teacher training ended": "30 June 2023",
    }


@pytest.mark.parametrize("trn", ["7000002", "7000004", None])
def test_without_a_record_it_says_so(hub, user, trs, trn):
    period = InductionPeriodFactory(
        appropriate_body=hub, teacher__trn=trn, teacher__trnless=trn is None
    )

    assert "shows no record for this TRN" in user.get(page_of(period.teacher_id)).text


@pytest.mark.parametrize(
    "state", [{}, {"finished": True}, {"passed": True}], ids=["theirs", "released", "passed"]
)
def test_only_whom_the_body_holds_is_found(hub, user, trs, state):
    whose = {"appropriate_body": hub} if state else {}
    period = InductionPeriodFactory(**whose, **state)

    assert user.get(page_of(period.teacher_id)).status_code == 404
