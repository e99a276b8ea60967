"""Several actions on one participant at once: each sees what the other did (spec 03 §1, §9)."""

from datetime import timedelta
from functools import partial

import pytest

from register_ects import clock
from register_ects.models import Event, TrainingPeriod
from register_ects.operations.base import Author
from register_ects.operations.training.participant_actions import (
    defer_participant,
    withdraw_participant,
)
from register_ects.rules.participant_actions import ActionRequest
from register_ects.rules.problems import RuleBroken
from tests.factories import ScheduleFactory, TrainingPeriodFactory
from tests.providers.acting import act, stretches
from tests.races import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def days_ago():
    return lambda days: clock.today() - timedelta(days=days)


@pytest.fixture
def training(lead_provider, days_ago):
    training = TrainingPeriodFactory(lead_provider=lead_provider, started_on=days_ago(90))
    ScheduleFactory(contract_period=training.contract_period, extended=True)
    return training


@pytest.mark.parametrize(
    ("action", "sent", "periods", "events"),
    [
        ("defer", {"reason": "other"}, 1, 1),
        ("withdraw", {"reason": "other"}, 1, 1),
        ("resume", {}, 2, 2),
        ("change-schedule", {"schedule_identifier": "ecf-extended-september"}, 2, 2),
    ],
)
def test_of_two_identical_requests_one_succeeds(
    api, lead_provider, training, days_ago, action, sent, periods, events
):
    if action == "resume":
        training.finished_on = days_ago(20)
        training.deferred_at, training.deferral_reason = clock.now(), "other"
        training.save()
    api.get("/participants")
    api.catches_up = False

    responses = all_at_once(*[lambda: act(api, training, action, **sent)] * 2)

    assert sorted(response.status_code for response in responses) == [200, 422]
    assert len(stretches(training.teacher)) == periods
    assert Event.objects.filter(author_type="lead_provider_api").count() == events


def test_of_a_deferral_and_a_withdrawal_both_count_in_either_order(lead_provider, training):
    request = ActionRequest("ecf-induction", "other")

    def attempt(action):
        try:
            action(
                lead_provider,
                training.teacher_id,
                request,
                author=Author.lead_provider(lead_provider),
            )
        except RuleBroken as refusal:
            return str(refusal)
        return "done"

    outcomes = all_at_once(
        *(partial(attempt, action) for action in (defer_participant, withdraw_participant))
    )

    assert outcomes in (["done", "done"], ["participant_id already_withdrawn", "done"])
    assert TrainingPeriod.objects.get().training_status == "withdrawn"
