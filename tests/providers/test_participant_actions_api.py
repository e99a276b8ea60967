"""The four actions on participants over the wire (spec 02 §2.13.3, spec 03 §9)."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from providers.wording.participant_actions import PARTICIPANTS
from register_ects.models import Event, Milestone, Schedule
from register_ects.operations.base import Author
from register_ects.operations.merging import merge_teachers
from tests.factories import (
    DeclarationFactory,
    ECTAtSchoolPeriodFactory,
    InductionPeriodFactory,
    LeadProviderFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    TrainingPeriodFactory,
    noon,
)
from tests.providers.acting import act, enrolment, refused, schedule, stretches
from tests.providers.acting import published_years as published_years

pytestmark = pytest.mark.usefixtures("published_years")

ACTIONS = {
    "defer": {"reason": "other"},
    "withdraw": {"reason": "other"},
    "resume": {},
    "change-schedule": {"schedule_identifier": "ecf-extended-september"},
}
#: Until what providers are shown is brought up to date, and with it.
MOST_QUERIES_OF_ITS_OWN, MOST_QUERIES = 20, 70
YESTERDAY, TODAY, TOMORROW = date(2026, 2, 1), date(2026, 2, 2), date(2026, 2, 3)


@pytest.fixture(autouse=True)
def _february(on):
    on("2026-02-02T10:15:20.500000+00:00")


@pytest.fixture
def train(lead_provider):
    """``train(finished_on=…)`` gives training with the provider on a standard schedule of 2025."""

    def make(**changes):
        year = changes.get("year", 2025)
        changes.setdefault("schedule", schedule(year, "standard-september"))
        return TrainingPeriodFactory(lead_provider=lead_provider, **changes)

    return make


@pytest.fixture
def running(train):
    return train()


@pytest.fixture
def deferred(train):
    return train(deferred=True)


# -- The answer ------------------------------------------------------------------------------


@pytest.mark.parametrize("action", ACTIONS)
def test_the_answer_is_what_the_next_get_returns(api, running, deferred, action):
    of = deferred if action == "resume" else running
    api.get(f"/participants/{of.teacher.api_id}")

    response = act(api, of, action, **ACTIONS[action])

    data = response.json()["data"]
    assert (data["type"], data["id"]) == ("participant", str(of.teacher.api_id))
    assert data["attributes"]["updated_at"] == "2026-02-02T10:15:20Z"
    api.catches_up = False
    assert api.get(f"/participants/{of.teacher.api_id}").content == response.content


@pytest.mark.parametrize("action", ["defer", "withdraw", "resume", "change-schedule"])
def test_repeating_an_action_is_refused(api, running, deferred, action):
    of = deferred if action == "resume" else running
    act(api, of, action, **ACTIONS[action])
    before = stretches(of.teacher)

    assert len(refused(act(api, of, action, **ACTIONS[action]))) == 1
    assert stretches(of.teacher) == before


def test_a_key_that_is_sent_again_gets_the_first_answer(api, running):
    path = f"/participants/{running.teacher.api_id}/withdraw"
    body = {"data": {"attributes": {"reason": "other", "course_identifier": "ecf-induction"}}}

    first, second = (
        api.request("PUT", path, body, **{"Idempotency-Key": "withdraw-1"}) for _ in range(2)
    )

    assert (first.status_code, second.status_code) == (200, 200)
    assert json.loads(second.content) == json.loads(first.content)
    assert Event.objects.filter(event_type="teacher_withdraws_training_period").count() == 1


def test_a_form_serves_as_well(api, running):
    body = "data[attributes][reason]=career-break&data[attributes][course_identifier]=ecf-induction"

    response = api.request(
        "PUT",
        f"/participants/{running.teacher.api_id}/defer",
        body.encode(),
        **{"Content-Type": "application/x-www-form-urlencoded"},
    )

    assert enrolment(response)["deferral"]["reason"] == "career-break"


def cost(api, of, action):
    """Return how many queries an action asks: before the refresh, and in all."""
    api.get(f"/participants/{of.teacher.api_id}")
    api.catches_up = False
    with CaptureQueriesContext(connection) as queries:
        response = act(api, of, action, **ACTIONS[action])
    api.catches_up = True
    assert response.status_code == 200, response.content
    asked = [query["sql"] for query in queries]
    refresh = next(n for n, sql in enumerate(asked) if "DELETE FROM stale_mark" in sql)
    return refresh, len(asked)


def with_a_history(of):
    """Give a participant declarations, inductions, and training in years before."""
    for kind in ("started", "retained-1", "retained-2"):
        DeclarationFactory(training_period=of, declaration_type=kind)
    for year in (2022, 2023, 2024):
        stay = {"started_on": date(year, 9, 1), "finished_on": date(year + 1, 7, 20)}
        placement = ECTAtSchoolPeriodFactory(teacher=of.teacher, **stay)
        TrainingPeriodFactory(ect_at_school_period=placement, year=year, **stay)
        InductionPeriodFactory(teacher=of.teacher, number_of_terms=3, **stay)
    return of


@pytest.mark.parametrize("action", ACTIONS)
def test_an_action_asks_no_more_queries_after_a_long_history(api, train, action):
    mentored, long = (train(deferred=action == "resume") for _ in range(2))
    for of in (mentored, with_a_history(long)):
        MentorshipPeriodFactory(ect_at_school_period=of.ect_at_school_period)
    DeclarationFactory(training_period=mentored)

    own, total = cost(api, mentored, action)

    assert (own <= MOST_QUERIES_OF_ITS_OWN, total <= MOST_QUERIES) == (True, True)
    assert cost(api, long, action) == (own, total)


# -- Before any rule -------------------------------------------------------------------------


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"{", id="not JSON"),
        pytest.param(b'{"data": {}}', id="no attributes"),
        pytest.param(b'{"data": {"attributes": {"colour": "red"}}}', id="none known"),
        pytest.param(b'{"data": {"attributes": {"course_identifier": []}}}', id="only a list"),
    ],
)
def test_the_envelope_comes_before_the_participant(api, action, body):
    path = f"/participants/60ffd1d6-c81a-4cb5-8bbf-e1b618b31878/{action}"

    assert api.request("PUT", path, body).status_code == 400


@pytest.mark.parametrize("action", ACTIONS)
def test_who_is_not_shown_is_not_found_before_the_rules_are_asked(api, action):
    theirs = TrainingPeriodFactory(lead_provider=LeadProviderFactory())
    mine_in_hope = TrainingPeriodFactory(lead_provider=api.lead_provider, eoi_only=True)

    for of in (theirs, mine_in_hope):
        assert act(api, of, action, course_identifier="nonsense").status_code == 404
    assert api.request("PUT", f"/participants/nonsense/{action}", _envelope()).status_code == 404
    assert not Event.objects.filter(training_period__in=[theirs, mine_in_hope]).exists()


def _envelope():
    return {"data": {"attributes": {"course_identifier": "ecf-induction"}}}


@pytest.mark.parametrize("method", ["GET", "POST", "PATCH", "DELETE"])
@pytest.mark.parametrize("action", ACTIONS)
def test_actions_take_put_only(api, running, action, method):
    api.is_held_to_it = False
    path = f"/participants/{running.teacher.api_id}/{action}"

    assert api.request(method, path, _envelope()).status_code == 405


@pytest.mark.parametrize("action", ACTIONS)
def test_a_retired_id_is_not_found_and_names_the_one_that_replaced_it(
    api, api_client, running, action
):
    survivor = InductionPeriodFactory(started_on=date(2025, 9, 1)).teacher
    stranger = api_client(LeadProviderFactory())
    merge_teachers(running.teacher, survivor, author=Author.system())

    mine, theirs = (act(client, running, action, **ACTIONS[action]) for client in (api, stranger))

    assert (mine.status_code, theirs.status_code) == (404, 404)
    (error,) = mine.json()["errors"]
    assert (error["title"], error["code"]) == ("Resource not found", "participant.replaced")
    assert str(survivor.api_id) in error["detail"]
    assert str(survivor.api_id) not in theirs.content.decode()


# -- What is refused, and how it is said -----------------------------------------------------

DEFER, WITHDRAW = ("defer", {"reason": "other"}), ("withdraw", {"reason": "other"})
RESUME, MOVE = ("resume", {}), ("change-schedule", ACTIONS["change-schedule"])
ENDED = {"finished_on": YESTERDAY}
STOPPED = {"deferred": True}


def to(**attributes):
    return ("change-schedule", {**ACTIONS["change-schedule"], **attributes})


def passed(of):
    InductionPeriodFactory(
        teacher=of.teacher,
        started_on=of.started_on,
        finished_on=YESTERDAY,
        number_of_terms=3,
        outcome="pass",
    )


def also_here(**changes):
    return lambda of: TrainingPeriodFactory(
        ect_at_school_period=of.ect_at_school_period,
        lead_provider=LeadProviderFactory(),
        **changes,
    )


def leaves(day):
    def leave(of):
        of.ect_at_school_period.finished_on = day
        of.ect_at_school_period.save()

    return leave


def elsewhere(of):
    placement = MentorAtSchoolPeriodFactory(teacher=of.teacher, started_on=YESTERDAY)
    TrainingPeriodFactory(
        mentor_at_school_period=placement, lead_provider=LeadProviderFactory(), year=2025
    )


def declared(**changes):
    return lambda of: DeclarationFactory(
        training_period=of, **{"declaration_date": noon(YESTERDAY), **changes}
    )


def completed(of):
    of.teacher.mentor_became_ineligible_for_funding_on = YESTERDAY
    of.teacher.mentor_became_ineligible_for_funding_reason = "completed_declaration_received"
    of.teacher.save()


def without_extended_schedules(of):
    offered = Schedule.objects.filter(contract_period=2025, kind="extended")
    Milestone.objects.filter(schedule__in=offered).delete()
    offered.delete()


MENTOR = {"for_mentor": True}

#: Training, what else is known, the action, the refusal, and a phrase of what is said.
REFUSALS = [
    ({}, None, ("resume", {"course_identifier": " "}), "course_identifier blank", "ecf-mentor"),
    (
        {},
        None,
        ("resume", {"course_identifier": "npq"}),
        "course_identifier unknown",
        "not recognised",
    ),
    (
        {},
        None,
        ("resume", {"course_identifier": "ecf-mentor"}),
        "course_identifier never_trained",
        "not on this course with you",
    ),
    ({}, None, ("defer", {}), "reason blank", "bereavement, long-term-sickness"),
    (
        {},
        None,
        ("withdraw", {"reason": "moved_school"}),
        "reason unknown",
        "left-teaching-profession, moved-school",
    ),
    (
        {},
        None,
        ("withdraw", {"reason": "mentor-no-longer-being-mentor"}),
        "reason not_for_ects",
        "for mentors only",
    ),
    (STOPPED, None, DEFER, "participant_id already_deferred", "deferred already"),
    ({"withdrawn": True}, None, DEFER, "participant_id already_withdrawn", "withdrawn already"),
    ({"started_on": TOMORROW}, None, WITHDRAW, "participant_id not_started", "2026-02-03"),
    ({"started_on": TODAY}, None, DEFER, "participant_id started_today", "on 2026-02-03 or later"),
    ({}, None, RESUME, "participant_id already_active", "no training to resume"),
    (
        STOPPED,
        also_here(started_on=YESTERDAY),
        RESUME,
        "participant_id already_training",
        "in other training at this school",
    ),
    (
        STOPPED,
        also_here(started_on=YESTERDAY, school_led=True),
        RESUME,
        "participant_id training_is_school_led",
        "leads their training itself",
    ),
    (
        {**STOPPED, "finished_on": TODAY},
        None,
        RESUME,
        "participant_id resumed_too_soon",
        "on 2026-02-03 or later",
    ),
    (STOPPED, leaves(TODAY), RESUME, "participant_id left_school", "2026-02-02"),
    (
        STOPPED,
        also_here(started_on=TOMORROW),
        RESUME,
        "participant_id later_training_here",
        "planned from 2026-02-03",
    ),
    (
        {**STOPPED, **MENTOR},
        elsewhere,
        RESUME,
        "participant_id trains_at_another_school",
        "another school from 2026-02-01",
    ),
    ({}, passed, MOVE, "participant_id ect_completed", "reduced schedule"),
    (MENTOR, completed, MOVE, "participant_id mentor_completed", "completed training"),
    (ENDED, None, MOVE, "participant_id left", "has left training with you"),
    (STOPPED, None, MOVE, "participant_id stopped", "Resume their training first"),
    (
        {"finished_on": TOMORROW},
        also_here(started_on=date(2026, 2, 4)),
        MOVE,
        "participant_id later_training",
        "from 2026-02-04",
    ),
    (
        {"finished_on": TOMORROW},
        also_here(started_on=date(2026, 2, 4), school_led=True),
        MOVE,
        "participant_id later_school_led_training",
        "leads their training itself from 2026-02-04",
    ),
    ({}, None, to(schedule_identifier=None), "schedule_identifier blank", "Enter"),
    (
        {},
        None,
        to(schedule_identifier="ecf-standard-june"),
        "schedule_identifier unknown",
        "not recognised",
    ),
    (
        {},
        without_extended_schedules,
        MOVE,
        "schedule_identifier not_offered",
        "in the 2025 cohort",
    ),
    (
        {},
        None,
        to(schedule_identifier="ecf-standard-september"),
        "schedule_identifier no_change",
        "already",
    ),
    (
        {},
        None,
        to(schedule_identifier="ecf-replacement-april"),
        "schedule_identifier not_for_ects",
        "for mentors only",
    ),
    (
        MENTOR,
        None,
        to(schedule_identifier="ecf-reduced-april"),
        "schedule_identifier not_for_mentors",
        "for ECTs only",
    ),
    (
        {"started_on": TODAY},
        declared(),
        to(schedule_identifier="ecf-standard-april"),
        "schedule_identifier declaration_outside_milestone",
        "The started declaration",
    ),
    (
        {"started_on": TODAY},
        declared(voided=True),
        to(cohort="2024"),
        "schedule_identifier declarations_in_old_cohort",
        "in the 2025 cohort",
    ),
    ({}, None, to(cohort="2099"), "cohort unknown", "not recognised"),
    ({}, None, to(cohort="2024"), "cohort no_partnership", "in the 2024 '#/cohort'"),
    (
        {"year": 2022},
        None,
        MOVE,
        "cohort payments_frozen",
        "2022 '#/cohort' is closed for payment",
    ),
]


@pytest.mark.parametrize(
    ("changes", "prepare", "action", "refusal", "said"),
    [pytest.param(*row, id=f"{row[3]} on {row[2][0]}") for row in REFUSALS],
)
def test_a_refusal_names_the_field_and_says_what_to_do(
    api, train, changes, prepare, action, refusal, said
):
    of = train(**changes)
    if prepare:
        prepare(of)
    name, sent = action

    response = act(api, of, name, **sent)

    first, *others = response.json()["errors"]
    field, code = refusal.split()
    assert (first["title"], first["code"]) == (field, f"participant.{code}")
    assert f"'#/{field}'" in first["detail"]
    assert said in first["detail"]
    assert {each["code"] for each in others} <= {"participant.no_partnership"}
    assert not Event.objects.filter(author_type="lead_provider_api").exists()


def test_every_sentence_is_said_somewhere():
    assert {tuple(row[3].split()) for row in REFUSALS} == PARTICIPANTS.keys()


def test_several_fields_are_told_at_once_each_once(api, deferred):
    response = act(
        api, deferred, "change-schedule", schedule_identifier="ecf-replacement-april", cohort="2021"
    )

    assert refused(response) == [
        "schedule_identifier not_for_ects",
        "cohort no_partnership",
        "participant_id stopped",
    ]


@pytest.mark.parametrize(
    ("cohort", "is_known"),
    [
        pytest.param("2025", True, id="year"),
        pytest.param(2025, True, id="number"),
        pytest.param(None, True, id="null"),
        pytest.param("", True, id="empty"),
        pytest.param("  ", False, id="spaces"),
        pytest.param("\u0662\u0660\u0662\u0665", False, id="other digits"),
        pytest.param("2025.0", False, id="decimal"),
        pytest.param(20250, False, id="long"),
        pytest.param(10**30, False, id="huge"),
        pytest.param(True, False, id="true"),
    ],
)
def test_which_cohorts_are_read(api, running, cohort, is_known):
    response = act(api, running, "change-schedule", **to(cohort=cohort)[1])

    if is_known:
        assert enrolment(response)["cohort"] == "2025"
    else:
        assert refused(response) == ["cohort unknown"]
