"""Choices are used again where they fit, and the page says why where they do not (§20.3, §20.8)."""

from datetime import date

import pytest

from register_ects.models import (
    ActiveLeadProvider,
    LeadProviderDeliveryPartnership,
    MentorAtSchoolPeriod,
    TrainingPeriod,
)
from register_ects.operations.placements.registration import register_ect
from schools.mentors.choices import choices_of
from tests.factories import MentorAtSchoolPeriodFactory, MentorshipPeriodFactory
from tests.registrations import AUTHOR, ect, record
from tests.schools.ect_journey import answers_for, walk

pytestmark = pytest.mark.usefixtures("trs")


@pytest.fixture
def registered_before(world):
    details = ect(world, record=record("4000009"), email="x@y.example")
    return register_ect(world.oak, details, author=AUTHOR)


def test_the_end_offers_another_with_the_same_choices(world, oak):
    check = walk(oak, answers_for(world), to="check-answers")

    done = oak.submit(check, {}).follow()

    assert "Register another ECT with the same choices" in done.text


@pytest.mark.usefixtures("registered_before")
def test_choices_that_fit_are_used_without_a_word(world, oak):
    page = walk(oak, answers_for(world), to="check-answers")

    assert "We used the choices of your school’s last registration" in page.text


def test_a_body_that_is_no_longer_one_is_named(world, oak, registered_before):
    world.hub.designations.update(finished_on=date(2026, 9, 9))

    page = walk(oak, answers_for(world), to="training")

    said = "Hub A, the appropriate body that your school chose last, can no longer be chosen."
    assert f"{said} Choose again." in page.text


@pytest.mark.usefixtures("registered_before")
def test_since_when_a_body_is_no_longer_one_is_told(world, oak):
    world.hub.designations.update(finished_on=date(2026, 9, 9))

    page = walk(oak, answers_for(world), to="training")

    assert "Its last day as an appropriate body was 9 September 2026." in page.text


@pytest.mark.usefixtures("registered_before")
def test_no_day_is_told_of_a_body_that_only_cannot_sign_in(world, oak):
    world.hub.dfe_sign_in_organisation = None
    world.hub.save()

    page = walk(oak, answers_for(world), to="training")

    assert "can no longer be chosen. Choose again." in page.text
    assert "last day as an appropriate body" not in page.text


@pytest.mark.usefixtures("registered_before")
def test_since_when_a_provider_has_no_contract_is_told(world, oak):
    TrainingPeriod.objects.all().delete()
    contracts = ActiveLeadProvider.objects.filter(lead_provider=world.larch)
    LeadProviderDeliveryPartnership.objects.filter(active_lead_provider__in=contracts).delete()
    contracts.exclude(contract_period=2025).delete()

    page = walk(oak, answers_for(world), to="training")

    assert "Its last contract was for training that began by 31 May 2026." in page.text


def test_a_provider_without_a_contract_is_named(world, oak, registered_before):
    TrainingPeriod.objects.all().delete()
    contracts = ActiveLeadProvider.objects.filter(lead_provider=world.larch)
    LeadProviderDeliveryPartnership.objects.filter(active_lead_provider__in=contracts).delete()
    contracts.delete()

    page = walk(oak, answers_for(world), to="training")

    assert "Larch Learning, the lead provider that your school chose last, has no contract" in (
        page.text
    )


def test_a_provider_who_works_with_the_school_no_more_is_named(world, oak, registered_before):
    TrainingPeriod.objects.all().delete()

    page = walk(oak, answers_for(world), to="training")

    assert "has not confirmed that they work with your school for the training that" in page.text


def test_a_school_that_chose_nothing_yet_reads_nothing(world, oak):
    page = walk(oak, answers_for(world), to="training")

    assert "chose last" not in page.text


def test_the_mentor_chosen_last_comes_first(world):
    ann, ben, cat = (
        MentorAtSchoolPeriodFactory(school=world.oak, teacher__corrected_name=name)
        for name in ("Ann Ames", "Ben Bole", "Cat Cole")
    )
    for mentor in (cat, ben):
        MentorshipPeriodFactory(mentor_at_school_period=mentor)

    offered = choices_of(MentorAtSchoolPeriod.objects.select_related("teacher"), world.oak.pk)

    assert [each.text for each in offered] == ["Ben Bole", "Ann Ames", "Cat Cole"]
    assert ["Chosen last" in each.hint for each in offered] == [True, False, False]
    assert ann.teacher.name == offered[1].text
