"""Every state has words and a colour, and no two of a kind look the same."""

import pytest

from register_ects.rules.ect_status import ECTStatus
from register_ects.rules.enumerations import FeeType, StatementStatus
from register_ects.rules.inductions import InductionState
from register_ects.web.states import state_of, state_of_statement

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize("kind", [ECTStatus, InductionState, StatementStatus])
def test_no_two_states_of_a_kind_look_the_same(kind):
    assert len({state_of(status).label for status in kind}) == len(kind)


@pytest.mark.parametrize(
    ("fee_type", "label"), [(FeeType.OUTPUT, "Authorised for payment"), (FeeType.SERVICE, "Paid")]
)
def test_a_statement_that_pays_outputs_is_authorised(fee_type, label):
    assert state_of_statement(StatementStatus.PAID, fee_type).label == label
