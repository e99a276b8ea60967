"""Every factory makes a valid row, and every trait the state that it names."""

import pghistory.models
import pytest
from django.db import connection
from factory.django import DjangoModelFactory

from register_ects import models
from tests import factories

FACTORIES = [
    each
    for each in vars(factories).values()
    if isinstance(each, type)
    and issubclass(each, DjangoModelFactory)
    and each is not DjangoModelFactory
    and not each._meta.abstract
]
TRAITS = [
    pytest.param(each, name, id=f"{each.__name__} {name}")
    for each in FACTORIES
    for name, value in each._meta.parameters.items()
    if type(value).__name__ == "Trait"
]


def check_deferred() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize("each", FACTORIES)
def test_a_factory_makes_a_valid_row(each):
    assert each().pk is not None
    check_deferred()


@pytest.mark.parametrize(("each", "trait"), TRAITS)
def test_a_trait_makes_a_valid_row(each, trait):
    assert each(**{trait: True}).pk is not None
    check_deferred()


def test_every_model_but_the_projections_has_a_factory():
    made = {each._meta.model for each in FACTORIES}
    offered = {each for each in vars(models).values() if isinstance(each, type)}
    missing = {each for each in offered - made if not issubclass(each, pghistory.models.Event)}
    names = {each.__name__ for each in missing}
    assert names == {
        "DeclarationCount",  # a row of counts, not a model
        "FeedbackResponse",  # an answer to one form
        *("FormError", "JourneyRun", "JourneyStepVisit"),  # counted by journeys and forms
        "ProjectionState",
        "RegistrationDay",  # counted at night
        "SandboxScenario",  # written by the sandbox's own seeding
        "SchoolReminder",  # written with the email that it tells of
        "SentForm",  # kept by the operation of a form
        "ShownChange",
        "ShownResource",
        "ShownSchool",
        "ShownSchoolInterest",
        "ShownSchoolYear",
        "StaleMark",
        "StatementCount",  # counted from the declarations
    }


def test_training_follows_the_placement_it_is_given():
    placement = factories.ECTAtSchoolPeriodFactory()
    training = factories.TrainingPeriodFactory(ect_at_school_period=placement, year=2024)
    assert training.school_partnership.school == placement.school
    assert training.contract_period_id == 2024


def test_training_follows_the_partnership_it_is_given():
    partnership = factories.SchoolPartnershipFactory(year=2023)
    training = factories.TrainingPeriodFactory(school_partnership=partnership, for_mentor=True)
    assert training.placement.school == partnership.school
    assert (training.contract_period_id, training.trainee_role) == (2023, "mentor")


def test_declarations_of_one_provider_and_year_share_a_statement():
    first = factories.DeclarationFactory(paid=True)
    second = factories.DeclarationFactory(
        paid=True, training_period__lead_provider=first.lead_provider
    )
    assert first.payment_statement == second.payment_statement
