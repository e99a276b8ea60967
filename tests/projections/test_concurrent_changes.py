"""Changes that are made at the same time are all shown, in an order that no client can miss."""

import threading
from datetime import date

import pytest
from django.db import connection, transaction

from register_ects.models import InductionPeriod, ShownChange, ShownResource, Teacher
from register_ects.operations.base import operation
from register_ects.projections.refresh import catch_up
from register_ects.projections.verify import verify_everything
from tests.factories import AppropriateBodyFactory, LeadProviderFactory, TrainingPeriodFactory

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS, ROUNDS = 6, 12


@operation
def _rename(teacher_id: int, name: str) -> None:
    Teacher.objects.filter(pk=teacher_id).update(corrected_name=name)


@operation
def _change_induction(period_id: int, day: date) -> None:
    InductionPeriod.objects.filter(pk=period_id).update(started_on=day)


def in_threads(*targets) -> None:
    failures = []

    def run(target):
        try:
            target()
        except Exception as error:  # shown below
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[target]) for target in targets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []


def test_two_changes_to_one_person_are_both_shown():
    training = TrainingPeriodFactory()
    period = InductionPeriod.objects.create(
        teacher=training.teacher,
        appropriate_body=AppropriateBodyFactory(active=True),
        started_on=date(2025, 9, 1),
        training_programme="provider_led",
    )
    catch_up()
    for number in range(1, 8):
        both = threading.Barrier(2)

        def rename(number=number, both=both):
            both.wait(10)
            _rename(training.teacher_id, f"Name {number}")

        def induct(number=number, both=both):
            both.wait(10)
            _change_induction(period.pk, date(2025, 9, number))

        in_threads(rename, induct)

        payload = ShownResource.objects.get(resource_type="participant").payload
        assert f"Name {number}" in payload
        assert f'"overall_induction_start_date":"2025-09-0{number}"' in payload


def test_a_client_that_polls_while_others_write_misses_nothing():
    provider = LeadProviderFactory()
    people = [TrainingPeriodFactory(lead_provider=provider).teacher_id for _ in range(WRITERS)]
    catch_up()
    held, done = {}, threading.Event()
    place = ShownChange.objects.order_by("-pk").first().pk
    fed = []

    def write(person):
        for number in range(ROUNDS):
            _rename(person, f"Person {person} round {number}")

    def poll(since):
        with transaction.atomic():
            rows = list(ShownResource.objects.filter(updated_at__gte=since).order_by("updated_at"))
        held.update({row.pk: row.payload for row in rows})
        return rows[-1].updated_at if rows else since

    def keep_polling():
        since = ShownResource.objects.order_by("updated_at").first().updated_at
        while not done.is_set():
            since = poll(since)
        poll(since)
        connection.close()

    def keep_reading():
        newest = place
        while not done.is_set() or ShownChange.objects.filter(pk__gt=newest).exists():
            for each in ShownChange.objects.filter(pk__gt=newest).order_by("pk"):
                fed.append(each.pk)
                newest = each.pk
        connection.close()

    clients = [threading.Thread(target=each) for each in (keep_polling, keep_reading)]
    for client in clients:
        client.start()
    try:
        in_threads(*[lambda person=person: write(person) for person in people])
    finally:
        done.set()
        for client in clients:
            client.join(60)

    assert held == {row.pk: row.payload for row in ShownResource.objects.all()}
    assert fed == list(
        ShownChange.objects.filter(pk__gt=place).order_by("pk").values_list("pk", flat=True)
    )
    assert len(fed) == WRITERS * ROUNDS
    assert verify_everything(repair=False) == []
