"""GET /participant-declarations/{id} over the wire: who may read one, and its state."""

from datetime import date

import pytest

from tests.factories import (
    DeclarationFactory,
    ECTAtSchoolPeriodFactory,
    TeacherFactory,
    TrainingPeriodFactory,
)
from tests.providers.declaring import PATH, declared, trained

pytestmark = pytest.mark.day("2025-11-05T12:00:00+00:00")


@pytest.fixture
def theirs_then_mine(lead_provider):
    """Another provider's training until September, then mine until 20 October."""
    placement = ECTAtSchoolPeriodFactory()
    theirs = TrainingPeriodFactory(ect_at_school_period=placement, finished_on=date(2025, 9, 30))
    TrainingPeriodFactory(
        ect_at_school_period=placement,
        lead_provider=lead_provider,
        started_on=date(2025, 10, 1),
        finished_on=date(2025, 10, 20),
    )
    return theirs


@pytest.mark.parametrize(
    ("traits", "status"),
    [
        ({}, 200),
        ({"paid": True}, 200),
        ({"voided": True}, 404),
        ({"awaiting_clawback": True}, 404),
        ({"declaration_date": "2025-10-20T22:59:00Z"}, 200),
        ({"declaration_date": "2025-10-20T23:01:00Z"}, 404),
    ],
)
def test_anothers_declaration_is_read_while_live_and_in_my_time(
    api, theirs_then_mine, traits, status
):
    declaration = DeclarationFactory(training_period=theirs_then_mine, **traits)

    assert api.get(f"{PATH}/{declaration.api_id}").status_code == status


def test_a_declaration_of_a_role_i_do_not_train_is_not_found(api, lead_provider):
    teacher = TeacherFactory()
    trained(lead_provider, teacher=teacher)
    declaration = DeclarationFactory(
        training_period=TrainingPeriodFactory(teacher=teacher, for_mentor=True)
    )

    assert api.get(f"{PATH}/{declaration.api_id}").status_code == 404


@pytest.mark.parametrize(
    ("traits", "state"),
    [
        ({}, "submitted"),
        ({"eligible": True}, "eligible"),
        ({"payable": True}, "payable"),
        ({"paid": True}, "paid"),
        ({"voided": True}, "voided"),
        ({"awaiting_clawback": True}, "awaiting-clawback"),
        ({"clawed_back": True}, "clawed-back"),
    ],
)
def test_states_are_in_the_words_of_the_api(api, training, traits, state):
    declaration = DeclarationFactory(training_period=training, **traits)

    data = declared(api.get(f"{PATH}/{declaration.api_id}"))["attributes"]

    assert data["state"] == state
    assert (data["statement_id"] is None) == (state in ("submitted", "voided"))
    assert (data["clawback_statement_id"] is None) == ("claw" not in state)
