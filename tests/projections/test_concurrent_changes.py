"""Changes that are made at the same time are all shown, in an order that no client can miss."""

import threading
from datetime import date

import pytest
from django.db import connection, transaction

from register_ects.models import (
    InductionPeriod,
    LeadProvider,
    School,
    ShownChange,
    ShownResource,
    Teacher,
    TrainingPeriod,
)
from register_ects.operations.base import operation
from register_ects.projections.feed import changes_after, newest_place
from register_ects.projections.refresh import catch_up
from register_ects.projections.verify import verify_everything
from tests.factories import (
    AppropriateBodyFactory,
    ECTAtSchoolPeriodFactory,
    LeadProviderFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    TrainingPeriodFactory,
)
from tests.projections.held import Held

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS, ROUNDS = 6, 12


@operation
def _rename(teacher_id: int, name: str) -> None:
    Teacher.objects.filter(pk=teacher_id).update(corrected_name=name)


@operation
def _change_induction(period_id: int, day: date) -> None:
    InductionPeriod.objects.filter(pk=period_id).update(started_on=day)


@operation
def _begin_mentoring(ect, mentor) -> None:
    MentorshipPeriodFactory(ect_at_school_period=ect, mentor_at_school_period=mentor)


@operation
def _school_led(training) -> None:
    TrainingPeriod.objects.filter(pk=training.pk).update(finished_on=date(2025, 10, 1))
    TrainingPeriodFactory(
        ect_at_school_period=training.ect_at_school_period,
        school_led=True,
        started_on=date(2025, 10, 2),
    )


@operation
def _rename_school(school_id: int, name: str) -> None:
    School.objects.filter(pk=school_id).update(
        induction_tutor_name=name, induction_tutor_email="tutor@school.example.com"
    )


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


# -- Whoever changes what one provider is shown ------------------------------------------------


@pytest.fixture
def two():
    """Return training with each of two providers, of different people at different schools."""
    trainings = [TrainingPeriodFactory(started_on=date(2025, 9, 1)) for _ in range(2)]
    catch_up()
    return trainings


def _rename_whom(training, name):
    return lambda: _rename(training.teacher_id, name)


def test_waits_for_nobody_who_changes_what_another_is_shown(two):
    slow = Held(_rename_whom(two[0], "Slow"))
    assert slow.is_ready(10)

    quick = Held(_rename_whom(two[1], "Quick"))

    assert quick.is_ready(10)
    quick.commit()
    slow.commit()
    assert verify_everything(repair=False) == []


def test_waits_for_who_changes_something_else_that_the_provider_is_shown():
    provider = LeadProviderFactory()
    first, second = (TrainingPeriodFactory(lead_provider=provider) for _ in range(2))
    catch_up()
    held = Held(_rename_whom(first, "First"))
    assert held.is_ready(10)
    place = newest_place(provider)

    waiting = Held(_rename_whom(second, "Second"))

    assert not waiting.is_ready(0.5)
    held.commit()
    waiting.commit()
    told = [each.resource_id for each in changes_after(provider, place, offset=0, size=9)]
    assert told == [first.teacher.api_id, second.teacher.api_id]


def test_never_hides_its_changes_from_who_goes_on_from_the_latest_place(two):
    mine, other = two
    held = Held(_rename_whom(mine, "Held"))
    assert held.is_ready(10)
    _rename(other.teacher_id, "Committed later, told first")

    place = newest_place(mine.lead_provider)
    held.commit()

    (change,) = changes_after(mine.lead_provider, place, offset=0, size=9)
    assert change.resource_id == mine.teacher.api_id
    assert change.pk < newest_place(other.lead_provider)


# -- Records that several changes meet in ------------------------------------------------------


def test_what_all_providers_are_told_waits_for_what_one_is_told(two):
    held = Held(_rename_whom(two[0], "Held"))
    assert held.is_ready(10)

    of_school = Held(lambda: _school_led(two[1]))

    assert not of_school.is_ready(0.5)
    held.commit()
    of_school.commit()
    assert verify_everything(repair=False) == []


def test_a_mentor_connects_changes_to_people_who_do_not_know_each_other():
    """One ECT gets a mentor while the mentor's other ECT goes into training with the provider."""
    training = TrainingPeriodFactory(started_on=date(2025, 9, 1))
    ect, provider = training.ect_at_school_period, training.lead_provider
    mentor = MentorAtSchoolPeriodFactory(school=ect.school, started_on=date(2025, 9, 1))
    other = ECTAtSchoolPeriodFactory(school=ect.school, started_on=date(2025, 9, 1))
    MentorshipPeriodFactory(ect_at_school_period=other, mentor_at_school_period=mentor)
    catch_up()
    begins = operation(
        lambda: TrainingPeriodFactory(
            ect_at_school_period=other, school_partnership=training.school_partnership
        )
    )
    held = Held(lambda: _begin_mentoring(ect, mentor))
    assert held.is_ready(10)

    waiting = Held(begins)

    assert not waiting.is_ready(0.5)
    held.commit()
    waiting.commit()
    shown = ShownResource.objects.filter(lead_provider=provider, resource_type="participant")
    assert [str(mentor.teacher.api_id) in each.payload for each in shown] == [True, True]
    assert verify_everything(repair=False) == []


def test_what_connects_records_while_a_change_waits_makes_it_wait_for_those_too():
    """An ECT gets a mentor, unseen; a change to the ECT waits, and then needs the mentor too."""
    training = TrainingPeriodFactory(started_on=date(2025, 9, 1))
    ect = training.ect_at_school_period
    mentor = MentorAtSchoolPeriodFactory(school=ect.school, started_on=date(2025, 9, 1))
    other = ECTAtSchoolPeriodFactory(school=ect.school, started_on=date(2025, 9, 1))
    TrainingPeriodFactory(ect_at_school_period=other)
    MentorshipPeriodFactory(ect_at_school_period=other, mentor_at_school_period=mentor)
    catch_up()
    connects = Held(lambda: _begin_mentoring(ect, mentor))
    assert connects.is_ready(10)
    renames_ect = Held(_rename_whom(training, "Ect"))
    renames_mentor = Held(lambda: _rename(mentor.teacher_id, "Mentor"))
    assert not renames_ect.is_ready(0.3)
    assert not renames_mentor.is_ready(0.3)

    connects.commit()
    first, second = renames_ect, renames_mentor
    if not first.is_ready(5):
        first, second = second, first
    assert not second.is_ready(0.3)
    first.commit()
    second.commit()

    assert verify_everything(repair=False) == []


def test_a_change_that_reaches_far_is_alone(two):
    held = Held(_rename_whom(two[0], "Held"))
    assert held.is_ready(10)

    far = Held(lambda: _rename_school(two[1].school_id, "New tutor"))

    assert not far.is_ready(0.5)
    late = Held(_rename_whom(two[1], "Late"))
    assert not late.is_ready(0.5)
    held.commit()
    far.commit()
    late.commit()
    assert verify_everything(repair=False) == []


def test_who_changes_a_provider_itself_waits_for_who_shows_it_something(two):
    """And never the other way round, too: the commit of who shows it looks nothing up."""
    provider = two[0].lead_provider
    shows = Held(_rename_whom(two[0], "Shown"))
    assert shows.is_ready(10)
    renamed = operation(lambda: LeadProvider.objects.filter(pk=provider.pk).update(name="Renamed"))

    renames = Held(renamed)

    assert not renames.is_ready(0.5)
    shows.commit()
    renames.commit()
    assert verify_everything(repair=False) == []
