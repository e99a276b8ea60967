"""Partnerships decided at the same time: one of them is created, and nobody is left waiting."""

from datetime import date

import pytest
from django.db import transaction

from register_ects.models import SchoolPartnership, TrainingPeriod
from register_ects.operations.base import Author
from register_ects.operations.lead_providers.partnerships import (
    correct_delivery_partner,
    create_partnership,
    propose_partnership,
)
from register_ects.operations.training.periods import open_provider_led_training
from register_ects.operations.training.plans import plan_ect_training
from register_ects.rules.partnerships import Proposal
from register_ects.rules.problems import RuleBroken
from tests.factories import (
    ContractPeriodFactory,
    ECTAtSchoolPeriodFactory,
    LeadProviderFactory,
    PairingFactory,
    ScheduleFactory,
    SchoolFactory,
    SchoolPartnershipFactory,
)
from tests.races import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)

ATTEMPTS = 8
SYSTEM = Author.system()


def ends_of(*attempts):
    """Run all attempts together; return what became of them."""
    ended = all_at_once(*attempts)
    return sorted(str(each) if isinstance(each, RuleBroken) else "done" for each in ended)


@pytest.fixture
def school():
    ContractPeriodFactory(year=2025, finished_on=date(2099, 5, 31))
    return SchoolFactory()


def proposing(provider, school):
    pairing = PairingFactory(lead_provider=provider)
    proposal = Proposal("2025", str(school.api_id), str(pairing.delivery_partner.api_id))
    return lambda: propose_partnership(provider, proposal, author=SYSTEM)


def test_of_many_proposals_of_one_provider_one_is_created(harbour, school):
    outcomes = ends_of(*(proposing(harbour, school) for _ in range(ATTEMPTS)))

    refused = ["school_id already_in_partnership"] * (ATTEMPTS - 1)
    assert outcomes == sorted(["done", *refused])
    assert SchoolPartnership.objects.count() == 1


def test_proposals_of_different_providers_are_all_created(school):
    attempts = [proposing(LeadProviderFactory(), school) for _ in range(4)]

    assert ends_of(*attempts) == ["done"] * 4


def test_dfe_may_add_a_second_delivery_partner(harbour, school):
    proposing(harbour, school)()

    create_partnership(school, PairingFactory(lead_provider=harbour), author=SYSTEM)

    assert SchoolPartnership.objects.count() == 2


def test_two_partnerships_are_not_corrected_to_the_same_delivery_partner(harbour, school):
    partnerships = [SchoolPartnershipFactory(school=school, lead_provider=harbour) for _ in "ab"]
    partner = str(PairingFactory(lead_provider=harbour).delivery_partner.api_id)

    outcomes = ends_of(
        *(
            lambda each=each: correct_delivery_partner(each.pk, partner, author=SYSTEM)
            for each in partnerships
        )
    )

    assert outcomes == sorted(["delivery_partner_id already_in_partnership", "done"])


def test_nobody_is_registered_as_waiting_while_the_partnership_is_created(harbour, school):
    for identifier in ("september", "january", "april"):
        ScheduleFactory(identifier=f"ecf-standard-{identifier}")
    placements = [ECTAtSchoolPeriodFactory(school=school) for _ in range(4)]
    propose = proposing(harbour, school)

    def registering(placement):
        @transaction.atomic
        def register():
            plan = plan_ect_training(
                placement.teacher, school=school, lead_provider=harbour, start=date(2025, 9, 1)
            )
            open_provider_led_training(placement, plan, author=SYSTEM)

        return register

    assert ends_of(propose, *map(registering, placements)) == ["done"] * 5

    assert TrainingPeriod.objects.filter(school_partnership=None).count() == 0
