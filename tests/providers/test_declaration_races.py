"""Many declarations of one event at once: one row, whoever asks (spec 00)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from register_ects.models import Declaration
from register_ects.operations.base import Author
from register_ects.operations.declarations import create_declaration
from register_ects.rules.declarations import Claim
from register_ects.rules.problems import RuleBroken
from tests.factories import MilestoneFactory, TrainingPeriodFactory

pytestmark = pytest.mark.django_db(transaction=True)


def claim_for(training, **changes):
    return Claim(
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
    finally:
        connection.close()


def test_twenty_identical_requests_at_once_make_one_row_and_all_get_it(training):
    received_at = datetime.now(UTC)

    with ThreadPoolExecutor(20) as pool:
        results = set(pool.map(lambda _: declare(training, received_at), range(20)))

    assert results == {Declaration.objects.get().api_id}


def test_of_requests_that_differ_all_but_one_are_refused(training):
    received_at = datetime.now(UTC)

    with ThreadPoolExecutor(8) as pool:
        results = list(
            pool.map(
                lambda n: declare(
                    training, received_at, declaration_date=f"2025-10-0{n}T09:30:00Z"
                ),
                range(1, 9),
            )
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
