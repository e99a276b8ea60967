"""A lead provider reads why the database refused what every rule had allowed."""

import pytest

from providers.messages import errors_for
from register_ects.rules.problems import Problem, RuleBroken
from tests.factories import (
    DeliveryPartnerFactory,
    PairingFactory,
    SchoolFactory,
    SchoolPartnershipFactory,
)
from tests.providers.test_partnerships_api import create
from tests.races import answer_while


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("accept", ["application/json", "application/problem+json"])
def test_a_partnership_that_was_made_meanwhile_is_told_in_words(api, on, lead_provider, accept):
    on("2026-01-08")
    school, elm = SchoolFactory(), DeliveryPartnerFactory()
    pairing = PairingFactory(lead_provider=lead_provider, delivery_partner=elm)

    response = answer_while(
        lambda: SchoolPartnershipFactory(school=school, lead_provider_delivery_partnership=pairing),
        lambda: create(api, school, elm, Accept=accept),
    )

    assert response.status_code == 422
    (error,) = response.json()["errors"]
    assert (error["title"], error["code"]) == ("school_id", "partnership.conflict")
    assert error["detail"] == (
        "The school already has a partnership with this lead provider and delivery partner."
    )


@pytest.mark.parametrize(
    ("details", "detail"),
    [
        ({"message": "Choose another person"}, "Choose another person."),
        ({}, "The change conflicts with what is recorded for this '#/participant_id'."),
    ],
)
def test_a_sentence_that_cannot_be_filled_in_is_never_sent(details, detail):
    problem = Problem("participant_id", "withdrawn", details)

    (item,) = errors_for(RuleBroken([problem]), kind="declaration").items

    assert item.detail.startswith(detail)
    assert "{" not in item.detail
