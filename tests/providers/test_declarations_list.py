"""GET /participant-declarations: filters, order and cost (spec 02 §2.5 to §2.7, §2.15)."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    DeclarationFactory,
    ECTAtSchoolPeriodFactory,
    LeadProviderFactory,
    TrainingPeriodFactory,
)
from tests.providers.answers import ids as listed
from tests.providers.declaring import PATH

NOBODY = "60ffd1d6-c81a-4cb5-8bbf-e1b618b31878"


pytestmark = pytest.mark.day("2025-11-05")


def declaration(lead_provider, **changes):
    year = changes.pop("year", 2025)
    training = TrainingPeriodFactory(lead_provider=lead_provider, year=year)
    return DeclarationFactory(training_period=training, **changes)


def ids(*declarations):
    return [str(each.api_id) for each in declarations]


def test_items_are_what_the_show_says_oldest_first_whatever_sort_asks_for(api, lead_provider):
    later, earlier = declaration(lead_provider), declaration(lead_provider)
    earlier.created_at = datetime(2025, 10, 1, tzinfo=UTC)
    earlier.save()
    declaration(LeadProviderFactory())

    response = api.get(f"{PATH}?sort=-created_at")

    assert listed(response) == ids(earlier, later)
    shown = api.get(f"{PATH}/{later.api_id}").json()["data"]
    assert response.json()["data"][1] == shown


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ("2024", [2024]),
        ("2024,2025", [2024, 2025]),
        ("2024, nonsense", [2024]),
        ("nonsense", []),
        ("", [2024, 2025]),
    ],
)
def test_cohort_is_that_of_the_training_declared_for(api, lead_provider, years, expected):
    by_year = {year: declaration(lead_provider, year=year) for year in (2024, 2025)}

    found = listed(api.get(f"{PATH}?filter[cohort]={years}"))

    assert found == ids(*(by_year[year] for year in expected))


def test_one_or_several_participants(api, lead_provider):
    one, two, _ = (declaration(lead_provider) for _ in range(3))

    def of(*people):
        return listed(api.get(f"{PATH}?filter[participant_id]={','.join(people)}"))

    assert of(str(one.teacher.api_id)) == ids(one)
    assert of(str(one.teacher.api_id).upper(), "x", f" {two.teacher.api_id}") == ids(one, two)
    assert of(NOBODY) == of("nonsense") == []


def test_the_delivery_partner_is_the_one_of_then(api, lead_provider):
    one, two = declaration(lead_provider), declaration(lead_provider)
    training = one.training_period
    training.school_partnership = TrainingPeriodFactory(
        lead_provider=lead_provider, school=training.school
    ).school_partnership
    training.save()

    then = one.delivery_partner_when_created.api_id
    other = two.delivery_partner_when_created.api_id
    assert listed(api.get(f"{PATH}?filter[delivery_partner_id]={then}")) == ids(one)
    assert listed(api.get(f"{PATH}?filter[delivery_partner_id]={then},{other}")) == ids(one, two)


def test_changes_since_an_instant_include_it(api, lead_provider, on):
    declaration(lead_provider)
    assert len(listed(api.get(PATH))) == 1
    on("2025-11-06T09:00:00+00:00")
    changed = declaration(lead_provider)

    assert listed(api.get(f"{PATH}?filter[updated_since]=2025-11-06T09:00:00Z")) == ids(changed)
    assert listed(api.get(f"{PATH}?filter[updated_since]=2025-11-06T09:00:01Z")) == []
    assert api.get(f"{PATH}?filter[updated_since]=nonsense").status_code == 400


def test_earlier_declarations_come_in_a_poll_when_they_become_visible(api, lead_provider, on):
    placement = ECTAtSchoolPeriodFactory()
    theirs = TrainingPeriodFactory(
        ect_at_school_period=placement,
        lead_provider=LeadProviderFactory(),
        finished_on=date(2025, 10, 31),
    )
    made = DeclarationFactory(training_period=theirs)
    assert listed(api.get(PATH)) == []
    on("2025-11-20T09:00:00+00:00")
    TrainingPeriodFactory(
        ect_at_school_period=placement,
        lead_provider=lead_provider,
        started_on=date(2025, 11, 1),
    )

    assert listed(api.get(f"{PATH}?filter[updated_since]=2025-11-20T09:00:00Z")) == ids(made)


def test_any_number_of_rows_costs_the_same(api, lead_provider, django_assert_num_queries):
    declaration(lead_provider)
    api.get(PATH)
    api.catches_up = False
    with CaptureQueriesContext(connection) as one:
        api.get(PATH)
    cost = len(one)
    api.catches_up = True
    for _ in range(3):
        declaration(lead_provider)
    api.get(PATH)
    api.catches_up = False

    with django_assert_num_queries(cost):
        assert len(listed(api.get(PATH))) == 4
