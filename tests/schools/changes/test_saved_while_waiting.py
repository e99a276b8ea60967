"""Nobody saves what they were not shown, however late somebody else changes it (spec 05 §13)."""

from datetime import date

import pytest
from django.db import transaction

from register_ects.models import ECTAtSchoolPeriod, MentorAtSchoolPeriod, TrainingPeriod
from register_ects.operations.placements.mentoring import assign_mentor, register_mentor
from register_ects.operations.placements.registration import register_ect
from schools.saving import wait_for
from tests.factories import LeadProviderFactory, MentorAtSchoolPeriodFactory
from tests.factory_parts.catalogue import ActiveLeadProviderFactory
from tests.races import answer_while
from tests.registrations import AUTHOR, DAY, ect, make_world, mentor
from tests.schools.change_journey import ask
from tests.support.pages import date_parts

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(on):
    on(DAY)
    return make_world()


@pytest.fixture
def asha(world, on):
    """Asha Rao, in provider-led training at Oak since 10 September and mentored by Ben."""
    asha = register_ect(world.oak, ect(world), author=AUTHOR)
    register_mentor(world.oak, asha, mentor(lead_provider=world.larch), author=AUTHOR)
    on("2026-11-02")
    return asha


@pytest.fixture
def oak(asha, sign_in):
    return sign_in(asha.school)


@pytest.fixture
def leaving(oak, asha):
    """The check page that says that Asha leaves on 30 November."""
    address = f"/school/ects/{asha.pk}/report-teacher-leaving/edit"
    return oak.post(address, date_parts("leaving_on", date(2026, 11, 30))).follow()


def send_while(change, browser, page):
    """Return the answer to a check page that is sent while ``change`` is about to commit."""

    def in_a_transaction():
        with transaction.atomic():
            change()

    return answer_while(in_a_transaction, lambda: browser.submit(page))


def test_another_school_registers_who_is_said_to_leave(world, oak, asha, leaving):
    def register_at_elm():
        wait_for(world.elm.pk, [asha.teacher.trn])
        register_ect(world.elm, ect(world, started_on=date(2026, 11, 16)), author=AUTHOR)

    answer = send_while(register_at_elm, oak, leaving)

    assert answer.status_code == 422
    asha.refresh_from_db()
    assert asha.finished_on == date(2026, 11, 15)  # as the other school's registration ended it
    assert asha.reported_leaving_by_school_id is None


def test_another_school_registers_who_is_given_another_lead_provider(world, oak, asha):
    other = LeadProviderFactory(name="Northgate")
    ActiveLeadProviderFactory(lead_provider=other, contract_period_id=2026)
    check = ask(oak, asha, "lead-provider", {"lead_provider": str(other.pk)})
    assert "Northgate" in check.text

    def register_at_elm():
        wait_for(world.elm.pk, [asha.teacher.trn])
        register_ect(world.elm, ect(world, started_on=date(2026, 11, 3)), author=AUTHOR)

    answer = send_while(register_at_elm, oak, check)

    assert answer.status_code == 422
    assert not TrainingPeriod.objects.filter(expression_of_interest__lead_provider=other).exists()


def test_a_colleague_gives_another_mentor_to_who_is_said_to_leave(world, oak, asha, leaving):
    other = MentorAtSchoolPeriodFactory(school=world.oak, started_on=date(2026, 9, 10))

    def give_another_mentor():
        wait_for(world.oak.pk, [])
        assign_mentor(
            ECTAtSchoolPeriod.objects.get(pk=asha.pk),
            MentorAtSchoolPeriod.objects.get(pk=other.pk),
            author=AUTHOR,
        )

    answer = send_while(give_another_mentor, oak, leaving)

    assert answer.status_code == 422
    assert other.teacher.name in answer.text
    asha.refresh_from_db()
    assert asha.finished_on is None
