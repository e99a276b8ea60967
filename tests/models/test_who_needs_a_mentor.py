"""The query for ECTs who need a mentor says the same as the rule (spec 05 §6.8, §7.2)."""

import pytest

from register_ects.models import ECTAtSchoolPeriod
from register_ects.rules.ect_status import needs_mentor
from register_ects.rules.enumerations import InductionStatus
from tests.factories import ECTAtSchoolPeriodFactory, InductionPeriodFactory


@pytest.mark.parametrize("outcome", [None, "pass", "fail"])
@pytest.mark.parametrize("status", [None, *InductionStatus])
def test_the_query_agrees_with_the_rule(status, outcome):
    ect = ECTAtSchoolPeriodFactory(teacher__trs_induction_status=status)
    ended = {"finished_on": "2026-07-17", "number_of_terms": 6, "outcome": outcome}
    InductionPeriodFactory(
        teacher=ect.teacher, started_on="2024-09-02", **(ended if outcome else {})
    )

    found = ECTAtSchoolPeriod.objects.needing_mentor().filter(pk=ect.pk)

    assert found.exists() is needs_mentor(ect.teacher.induction_status)
