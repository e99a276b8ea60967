"""When a body and an ECT may be in conflict (spec 06 §6.20)."""

import pytest

from register_ects.rules.conflicts import possible_conflicts

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("lead_schools", "schools", "itt_provider", "found"),
    [
        ({}, [100001], "Northmoor SCITT", []),
        ({100001: "Northmoor Academy"}, [], None, []),
        ({100001: "Northmoor Academy"}, [100002], "Northmoor SCITT", []),
        ({100001: "Northmoor Academy"}, [100002, 100001], None, ["lead_school"]),
        ({100001: "Northmoor Academy"}, [], "NORTHMOOR ACADEMY", ["trained_them"]),
        ({}, [], "Hub a", ["trained_them"]),
        ({100001: "Northmoor Academy"}, [100001], "Hub A", ["lead_school", "trained_them"]),
    ],
)
def test_a_lead_school_and_who_trained_them_are_named(lead_schools, schools, itt_provider, found):
    conflicts = possible_conflicts(
        body="Hub A", lead_schools=lead_schools, schools=schools, itt_provider=itt_provider
    )

    assert [conflict.code for conflict in conflicts] == found
