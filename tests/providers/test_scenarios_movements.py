"""Scenarios 22, 23 and 25 of spec 03 §18 over the API, and what its rules say of odd orders.

Scenarios 20 and 21 are in test_partnerships_api.py, 24 in test_unfunded_mentors_api.py, and what
a merge shows is in test_merged_participants.py.
"""

from datetime import date

import pytest

from register_ects.models import Declaration
from register_ects.operations.base import Author
from register_ects.operations.declarations.voiding import void_declaration
from register_ects.operations.teachers.merging import merge_teachers
from register_ects.rules.problems import RuleBroken
from tests.factories import (
    DeclarationFactory,
    DeliveryPartnerFactory,
    ECTAtSchoolPeriodFactory,
    InductionPeriodFactory,
    LeadProviderFactory,
    PairingFactory,
    SchoolFactory,
    TeacherFactory,
    TrainingPeriodFactory,
    noon,
)
from tests.providers.acting import act, enrolment, refused, schedule, stretches
from tests.providers.acting import published_years as published_years
from tests.providers.acting import train as train
from tests.providers.declaring import PATH, attributes, declared, statements

pytestmark = pytest.mark.usefixtures("published_years")
SYSTEM = Author.system()


@pytest.fixture
def northgate(api_client):
    return api_client(LeadProviderFactory(name="Northgate Teach"))


def declare(api, of, kind, at, **changes):
    sent = attributes(of, declaration_type=kind, declaration_date=at, **changes)
    return api.post(PATH, {"data": {"attributes": sent}})


# -- 22. A school changes the lead provider --------------------------------------------------


def test_22_the_provider_left_sees_left_and_the_new_one_nothing_before_its_partnership(
    api, northgate, train, on
):
    elm = DeliveryPartnerFactory(name="Elm Hub")
    PairingFactory(lead_provider=northgate.lead_provider, delivery_partner=elm)
    ashby = SchoolFactory(gias_school__name="Ashby Primary")
    quin = train(finished_on=date(2026, 3, 1), school=ashby)
    on("2026-03-02")
    TrainingPeriodFactory(
        ect_at_school_period=quin.ect_at_school_period,
        lead_provider=northgate.lead_provider,
        started_on=date(2026, 3, 2),
        schedule=quin.schedule,
        eoi_only=True,
    )
    path = f"/participants/{quin.teacher.api_id}"

    assert enrolment(api.get(path))["participant_status"] == "left"
    assert northgate.get(path).status_code == 404
    sent = {
        "cohort": "2025",
        "school_id": str(ashby.api_id),
        "delivery_partner_id": str(elm.api_id),
    }
    declared(northgate.post("/partnerships", {"data": {"attributes": sent}}))

    shown = enrolment(northgate.get(path))
    assert (shown["participant_status"], shown["schedule_identifier"]) == (
        "active",
        "ecf-standard-september",
    )
    assert enrolment(api.get(path))["participant_status"] == "left"


# -- 23. Transfers ---------------------------------------------------------------------------


@pytest.fixture
def rae(train):
    ashby = ECTAtSchoolPeriodFactory(finished_on=date(2026, 1, 31))
    return train(ect_at_school_period=ashby, finished_on=date(2026, 1, 31))


def joins_brook(rae, **training):
    """Let Rae start at Brook High on 9 February."""
    brook = ECTAtSchoolPeriodFactory(
        teacher=rae.teacher,
        started_on=date(2026, 2, 9),
        school__gias_school__name="Brook High",
    )
    return TrainingPeriodFactory(ect_at_school_period=brook, **training)


def transfer(api, rae):
    found = declared(api.get(f"/participants/{rae.teacher.api_id}/transfers"))
    (only,) = found["attributes"]["transfers"]
    return only


@pytest.mark.parametrize(
    ("day", "status"), [("2026-02-08", "incomplete"), ("2026-02-09", "complete")]
)
def test_23_a_move_with_the_same_provider_is_to_a_new_school(
    api, lead_provider, rae, on, day, status
):
    joins_brook(rae, lead_provider=lead_provider)
    on(day)

    shown = transfer(api, rae)

    assert (shown["transfer_type"], shown["status"]) == ("new_school", status)
    assert (shown["leaving"]["date"], shown["joining"]["date"]) == ("2026-01-31", "2026-02-09")


def test_23_both_providers_see_a_move_to_a_new_provider(api, northgate, rae, on):
    joins_brook(rae, lead_provider=northgate.lead_provider)
    on("2026-02-09")

    shown = transfer(api, rae)

    assert shown["transfer_type"] == "new_provider"
    assert shown["joining"]["provider"] == "Northgate Teach"
    assert transfer(northgate, rae) == shown


def test_23_a_move_to_school_led_training_is_to_a_new_provider_without_a_name(api, rae, on):
    joins_brook(rae, school_led=True)
    on("2026-02-09")

    shown = transfer(api, rae)

    assert (shown["transfer_type"], shown["joining"]["provider"]) == ("new_provider", None)


def test_23_where_to_is_unknown_until_the_induction_is_over(api, rae, on):
    on("2026-02-09")
    induction = InductionPeriodFactory(teacher=rae.teacher)
    shown = transfer(api, rae)
    assert (shown["transfer_type"], shown["joining"]) == ("unknown", None)

    induction.finished_on, induction.outcome = date(2026, 2, 6), "pass"
    induction.number_of_terms = 6
    induction.save()

    assert api.get(f"/participants/{rae.teacher.api_id}/transfers").status_code == 404


# -- 25. Merge -------------------------------------------------------------------------------


def test_25_a_merge_of_overlapping_records_changes_nothing(api, train, on):
    on("2026-02-09")
    tess, again = train(), train()
    before = api.get(f"/participants/{tess.teacher.api_id}").content

    with pytest.raises(RuleBroken, match="ect_placements_overlap"):
        merge_teachers(tess.teacher, again.teacher, author=SYSTEM)

    assert api.get(f"/participants/{tess.teacher.api_id}").content == before


def test_25_a_completion_is_voided_after_a_merge_as_before_it(api, lead_provider, train, on):
    on("2026-04-25")
    tess = train(for_mentor=True)
    at, evidence = "2026-04-20T09:00:00Z", "75-percent-engagement-met"
    declared(declare(api, tess, "completed", at, evidence_held=evidence))
    survivor = merge_teachers(tess.teacher, TeacherFactory(), author=SYSTEM)
    path = f"/participants/{survivor.api_id}"
    assert enrolment(api.get(path), "mentor")["mentor_funding_end_date"] == "2026-04-20"

    void_declaration(Declaration.objects.get(), author=Author.lead_provider(lead_provider))

    assert enrolment(api.get(path), "mentor")["mentor_funding_end_date"] is None
    assert stretches(survivor, "mentor") == [(date(2025, 9, 1), None)]


# -- Several actions on one day --------------------------------------------------------------


def test_a_schedule_that_was_changed_and_changed_back_has_begun_today(api, train, on):
    on("2026-01-20")
    hari = train()
    for name in ("ecf-extended-september", "ecf-standard-september"):
        shown = enrolment(act(api, hari, "change-schedule", schedule_identifier=name))
        assert shown["schedule_identifier"] == name

    days = [(date(2025, 9, 1), date(2026, 1, 19)), (date(2026, 1, 20), None)]
    assert stretches(hari.teacher) == days
    for action in ("defer", "withdraw"):
        stopped = act(api, hari, action, reason="other")
        assert refused(stopped) == ["participant_id started_today"]


def test_training_that_is_deferred_and_withdrawn_on_one_day_is_resumed_the_next(api, train, on):
    on("2026-01-20T10:00:00+00:00")
    hari = train()
    act(api, hari, "defer", reason="other")
    on("2026-01-20T11:00:00+00:00")
    shown = enrolment(act(api, hari, "withdraw", reason="other"))
    assert (shown["training_status"], shown["deferral"]) == ("withdrawn", None)
    assert refused(act(api, hari, "resume")) == ["participant_id resumed_too_soon"]
    extended = {"schedule_identifier": "ecf-extended-september"}
    assert refused(act(api, hari, "change-schedule", **extended)) == ["participant_id stopped"]

    on("2026-01-21T00:00:01+00:00")
    shown = enrolment(act(api, hari, "resume"))
    assert (shown["training_status"], shown["withdrawal"]) == ("active", None)
    shown = enrolment(act(api, hari, "change-schedule", **extended))
    assert shown["schedule_identifier"] == "ecf-extended-september"
    assert stretches(hari.teacher) == [
        (date(2025, 9, 1), date(2026, 1, 20)),
        (date(2026, 1, 21), None),
    ]


def test_a_move_out_of_a_frozen_year_is_undone_on_the_day_only_without_declarations(
    api, lead_provider, train, on
):
    on("2026-02-02")
    elm = DeliveryPartnerFactory(name="Elm Hub")
    iris = train(year=2022, delivery_partner=elm, started_on=date(2022, 9, 1))
    train(year=2024, delivery_partner=elm, school=iris.school)
    out, back = (
        {"schedule_identifier": f"ecf-{name}-september", "cohort": year}
        for year, name in (("2024", "extended"), ("2022", "standard"))
    )
    for asked, moved in ((out, True), (back, False), (out, True)):
        shown = enrolment(act(api, iris, "change-schedule", **asked))
        assert (shown["cohort"], shown["cohort_changed_after_payments_frozen"]) == (
            asked["cohort"],
            moved,
        )
    declared(declare(api, iris, "retained-4", "2026-02-02T09:00:00Z", evidence_held="other"))
    in_place = act(api, iris, "change-schedule", **back)
    assert refused(in_place) == ["schedule_identifier declarations_in_old_cohort"]

    on("2026-02-03")
    assert enrolment(act(api, iris, "change-schedule", **back))["cohort"] == "2022"
    assert Declaration.objects.get().contract_period_id == 2024
    assert refused_titles(declare(api, iris, "completed", "2024-06-10T09:00:00Z")) == ["cohort"]


def refused_titles(response):
    assert response.status_code == 422, response.content
    return [error["title"] for error in response.json()["errors"]]


# -- Days are London's -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-06-30T22:59:59+00:00", "not_started"),
        ("2026-06-30T23:00:00+00:00", "started_today"),
        ("2026-07-01T22:59:59+00:00", "started_today"),
        ("2026-07-01T23:00:00+00:00", None),
    ],
)
def test_training_has_started_by_the_day_in_london(api, train, on, moment, expected):
    mia = train(started_on=date(2026, 7, 1))
    on(moment)

    response = act(api, mia, "withdraw", reason="other")

    if expected:
        assert refused(response) == [f"participant_id {expected}"]
    else:
        assert enrolment(response)["training_status"] == "withdrawn"
        assert stretches(mia.teacher) == [(date(2026, 7, 1), date(2026, 7, 2))]


@pytest.mark.parametrize(
    ("moment", "deadline"),
    [
        ("2026-07-31T22:59:59+00:00", date(2026, 7, 31)),
        ("2026-07-31T23:00:00+00:00", date(2026, 10, 31)),
    ],
)
def test_a_statement_takes_declarations_until_the_end_of_its_day_in_london(
    api, lead_provider, train, on, moment, deadline
):
    statements(lead_provider, "2026-07-31", "2026-10-31")
    cara = train(teacher__ect_first_became_eligible_for_training_at=noon(date(2025, 9, 20)))
    on(moment)

    declared(declare(api, cara, "started", "2026-07-10T09:00:00Z"))

    assert Declaration.objects.get().payment_statement.deadline_date == deadline


@pytest.mark.parametrize(
    ("moment", "expected"),
    [("2026-07-10T22:59:59+00:00", "resumed_too_soon"), ("2026-07-10T23:00:00+00:00", None)],
)
def test_training_is_resumed_from_the_next_day_in_london(api, train, on, moment, expected):
    on("2026-07-10T10:00:00+00:00")
    leo = train()
    act(api, leo, "defer", reason="other")
    on(moment)

    response = act(api, leo, "resume")

    if expected:
        assert refused(response) == [f"participant_id {expected}"]
    else:
        assert enrolment(response)["training_status"] == "active"


# -- Which training a declaration belongs to -------------------------------------------------


def test_training_that_is_yet_to_begin_wins_over_training_that_has_ended(api, train, on):
    on("2026-07-01")
    mia = TeacherFactory()
    ashby = ECTAtSchoolPeriodFactory(teacher=mia, finished_on=date(2026, 6, 26))
    train(ect_at_school_period=ashby, finished_on=date(2026, 6, 26))
    brook = ECTAtSchoolPeriodFactory(teacher=mia, started_on=date(2026, 9, 1))
    ahead = train(ect_at_school_period=brook, schedule=schedule(2025, "extended-september"))

    declared(declare(api, ahead, "retained-1", "2026-03-10T09:00:00Z"))

    assert Declaration.objects.get().training_period == ahead


def test_what_was_paid_is_clawed_back_from_who_has_moved_on(
    api, northgate, train, lead_provider, on
):
    statements(lead_provider, "2026-03-31")
    rae = train(finished_on=date(2026, 1, 31))
    paid = DeclarationFactory(training_period=rae, paid=True)
    TrainingPeriodFactory(
        ect_at_school_period=rae.ect_at_school_period,
        lead_provider=northgate.lead_provider,
        schedule=rae.schedule,
        started_on=date(2026, 2, 1),
    )
    on("2026-02-09")
    path = f"{PATH}/{paid.api_id}"
    assert declared(northgate.get(path))["attributes"]["state"] == "paid"
    assert northgate.request("PUT", f"{path}/void").status_code == 404

    shown = declared(api.request("PUT", f"{path}/void"))

    assert shown["attributes"]["state"] == "awaiting-clawback"
    assert northgate.get(path).status_code == 404


def test_a_mentor_whose_funding_has_ended_is_still_paid_for_what_came_before(
    api, lead_provider, train, on
):
    (july,) = statements(lead_provider, "2026-07-31")
    kay = train(
        for_mentor=True,
        teacher__mentor_first_became_eligible_for_training_at=noon(date(2025, 9, 20)),
    )
    on("2026-04-25")
    evidence = "75-percent-engagement-met"
    declared(declare(api, kay, "completed", "2026-04-20T09:00:00Z", evidence_held=evidence))

    shown = declared(declare(api, kay, "started", "2025-10-20T09:00:00Z"))

    assert shown["attributes"]["state"] == "eligible"
    assert shown["attributes"]["statement_id"] == str(july.api_id)
