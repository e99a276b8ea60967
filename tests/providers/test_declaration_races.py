"""Many declarations of one event at once: one row, whoever asks (spec 00)."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from register_ects.models import Declaration, Event, ShownResource, Teacher
from register_ects.operations.base import Author
from register_ects.operations.declarations.making import create_declaration
from register_ects.operations.statements.closing import close_due_statements
from register_ects.projections.verify import verify_everything
from register_ects.rules.declarations import SentDeclaration
from register_ects.rules.problems import RuleBroken
from tests.factories import (
    ECTAtSchoolPeriodFactory,
    LeadProviderFactory,
    MentorshipPeriodFactory,
    MilestoneFactory,
    TrainingPeriodFactory,
    noon,
)
from tests.providers.declaring import PATH, envelope, statements, trained
from tests.races import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)


def claim_for(training, **changes):
    return SentDeclaration(
        **{
            "participant_id": str(training.teacher.api_id),
            "course_identifier": "ecf-induction",
            "declaration_type": "started",
            "declaration_date": "2025-10-03T09:30:00Z",
            "evidence_type": "other",
            **changes,
        }
    )


@pytest.fixture
def training(lead_provider):
    training = TrainingPeriodFactory(lead_provider=lead_provider)
    MilestoneFactory(schedule=training.schedule, milestone_date=None)
    return training


def declare(training, received_at, **changes):
    try:
        return create_declaration(
            training.lead_provider,
            claim_for(training, **changes),
            received_at=received_at,
            author=Author.lead_provider(training.lead_provider),
        ).api_id
    except RuleBroken as refusal:
        return str(refusal)


def test_twenty_identical_requests_at_once_make_one_row_and_all_get_it(training):
    received_at = datetime.now(UTC)

    results = all_at_once(*[lambda: declare(training, received_at)] * 20)

    assert set(results) == {Declaration.objects.get().api_id}


def test_of_requests_that_differ_all_but_one_are_refused(training):
    received_at = datetime.now(UTC)

    dates = [f"2025-10-0{day}T09:30:00Z" for day in range(1, 9)]
    results = all_at_once(
        *(partial(declare, training, received_at, declaration_date=each) for each in dates)
    )

    assert Declaration.objects.count() == 1
    assert results.count("declaration_type already_declared") == 7


def test_the_same_request_later_is_a_duplicate(training):
    declare(training, datetime.now(UTC))

    assert declare(training, datetime.now(UTC)) == "declaration_type already_declared"


def test_a_request_received_before_the_row_was_made_gets_that_row(training):
    first = declare(training, datetime.now(UTC))

    early = datetime.now(UTC) - timedelta(minutes=1)
    assert declare(training, early) == first
    assert declare(training, early, evidence_type="training-event-attended") == (
        "declaration_type already_declared"
    )


# -- Over the wire ---------------------------------------------------------------------------

#: As many connections as a machine that serves 200 at once would hold.
THREADS = 40
PEOPLE = 40


@pytest.fixture
def crowd(api, api_client, lead_provider):
    """People who train with Harbour; the first ten of them moved on to Northgate."""
    northgate = LeadProviderFactory(name="Northgate Teach")
    statements(lead_provider, "2025-11-30", "2025-12-31")
    statements(northgate, "2025-11-30", "2025-12-31")
    sent = []
    for number in range(PEOPLE):
        placement = ECTAtSchoolPeriodFactory(
            teacher__ect_first_became_eligible_for_training_at=noon(date(2025, 9, 20))
        )
        who = {"ect_at_school_period": placement, "teacher": placement.teacher}
        moves = number < 10
        mine = trained(lead_provider, finished_on=date(2025, 9, 30) if moves else None, **who)
        sent += [(api, mine)] * (3 if moves else 5)
        if moves:
            theirs = trained(northgate, started_on=date(2025, 10, 1), **who)
            sent += [(api_client(northgate), theirs)] * 2
    random.Random(7).shuffle(sent)
    return sent


def at_once(work, items):
    """Do the work for all items in threads, each with a connection of its own and this clock."""

    def run(context, item):
        try:
            return context.run(work, item)
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, [copy_context() for _ in items], items))


def test_a_declaration_is_one_transaction_of_at_most_40_queries(api, lead_provider, on):
    on("2025-11-05T12:00:00+00:00")
    statements(lead_provider, "2025-11-30")
    training = trained(lead_provider)
    Teacher.objects.update(ect_first_became_eligible_for_training_at=noon(date(2025, 9, 20)))
    mentorship = MentorshipPeriodFactory(ect_at_school_period=training.ect_at_school_period)
    api.get(PATH)
    api.catches_up = False

    with CaptureQueriesContext(connection) as queries:
        response = api.post(PATH, envelope(training))

    asked = [query["sql"] for query in queries.captured_queries]
    assert response.json()["data"]["attributes"]["mentor_id"] == str(
        mentorship.mentor_at_school_period.teacher.api_id
    )
    assert asked.count("BEGIN") == asked.count("COMMIT") == 1
    assert len(asked) <= 40
    writes = [n for n, sql in enumerate(asked) if sql.lstrip().startswith(("INSERT", "UPDATE"))]
    assert asked.index("BEGIN") < min(writes)
    assert max(writes) < asked.index("COMMIT")


def test_the_completion_of_a_mentor_asks_no_more_than_44_queries(api, lead_provider, on):
    on("2025-11-05T12:00:00+00:00")
    statements(lead_provider, "2025-11-30")
    training = trained(lead_provider, types=("completed",), for_mentor=True, eligible=True)
    MentorshipPeriodFactory(mentor_at_school_period=training.mentor_at_school_period)
    api.get(PATH)
    api.catches_up = False
    completed = envelope(
        training, declaration_type="completed", evidence_held="75-percent-engagement-met"
    )

    with CaptureQueriesContext(connection) as queries:
        response = api.post(PATH, completed)

    assert response.status_code == 200
    assert len(queries) <= 44
    training.refresh_from_db()
    assert training.finished_on == date(2025, 10, 3)


def test_200_posts_at_once_lose_nothing_and_double_nothing(crowd, on, settings):
    on("2025-11-05T12:00:00+00:00")
    settings.API_RATE_LIMIT = None
    for client in {client for client, _ in crowd}:
        client.catches_up = client.is_held_to_it = False

    def post(item):
        client, training = item
        response = client.post(PATH, envelope(training))
        body = response.json()
        told = body["data"]["id"] if response.status_code == 200 else body["errors"][0]["code"]
        return training.teacher_id, response.status_code, told

    answers = at_once(post, crowd)

    assert len(answers) == 200
    rows = {row.teacher_id: str(row.api_id) for row in Declaration.objects.all()}
    assert len(rows) == Declaration.objects.count() == PEOPLE
    for teacher, status, told in answers:
        assert (status, told) in {
            (200, rows[teacher]),
            (422, "declaration.already_declared"),
        }
    assert {teacher for teacher, status, _ in answers if status == 200} == rows.keys()
    created = Event.objects.filter(event_type="teacher_declaration_created")
    assert set(Counter(created.values_list("declaration", flat=True)).values()) == {1}
    assert created.count() == PEOPLE
    assert ShownResource.objects.filter(resource_type="participant-declaration").count() >= PEOPLE
    assert verify_everything(repair=False) == []


def test_statements_that_close_meanwhile_wait_in_no_ring(crowd, on, settings):
    """Nobody is refused for a statement that closed; each is on one that was open."""
    settings.API_RATE_LIMIT = None
    on("2025-11-30T12:00:00+00:00")
    for client in {client for client, _ in crowd}:
        client.catches_up = client.is_held_to_it = False

    def work(item):
        if item is None:
            return close_due_statements(date(2025, 12, 1), Author.system()).failed
        client, training = item
        return client.post(PATH, envelope(training)).status_code

    items = [*crowd[:60], None, *crowd[60:]]
    answers = at_once(work, items)

    assert set(map(str, answers)) <= {"200", "422", "[]"}
    states = Counter(Declaration.objects.values_list("payment_status", "payment_statement__status"))
    assert set(states) <= {("payable", "payable"), ("eligible", "open")}
    assert sum(states.values()) == PEOPLE


def test_two_long_lists_of_the_same_people_wait_in_no_ring(crowd, on, settings):
    on("2025-11-05T12:00:00+00:00")
    settings.API_RATE_LIMIT = None
    mine = [item for item in crowd if item[0].lead_provider.name == "Harbour Learning"]
    client = mine[0][0]
    client.catches_up = client.is_held_to_it = False
    people = list({training.teacher_id: training for _, training in mine}.values())
    lists = [people, people[::-1], people[::2] + people[1::2], people]

    def post(listed):
        body = {"data": [envelope(training)["data"] for training in listed]}
        response = client.post(f"{PATH}/bulk", body)
        return [each["status"] for each in response.json()["data"]]

    answers = at_once(post, lists)

    assert Declaration.objects.count() == PEOPLE
    assert sum(status == 200 for answer in answers for status in answer) >= PEOPLE
    assert {status for answer in answers for status in answer} <= {200, 422}
