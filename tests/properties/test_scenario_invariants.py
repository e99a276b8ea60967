"""What must hold for any scenario: one answer, or a refusal with reasons, never a crash."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance.bands import AllocationMode
from finance.scenario import ScenarioRefused, load_scenario, simulate

pytestmark = pytest.mark.no_database

MONTHS = [(2024 + n // 12, n % 12 + 1) for n in range(24)]
SCENARIO_KEYS = ["contract_type", "bands", "vat_rate", "statements", "setup_fee"]

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
near_scenarios = st.dictionaries(st.sampled_from(SCENARIO_KEYS), json_values)


@st.composite
def statement_lists(draw):
    """Draw statements of successive months, some paid on the same day; none goes below zero."""
    position, statements = 0, []
    for year, month in MONTHS[: draw(st.integers(0, 8))]:
        billable = draw(st.integers(0, 12))
        refundable = draw(st.integers(0, position + billable))
        position += billable - refundable
        counts = {"billable": billable, "refundable": refundable}
        day = f"{year}-{(month + 1) // 2:02}-25"
        statements.append(
            {"year": year, "month": month, "payment_date": day, "ect": {"started": counts}}
        )
    return statements


@given(
    statement_lists(),
    st.lists(st.integers(1, 6), min_size=1, max_size=4),
    st.randoms(),
    st.sampled_from(AllocationMode),
)
def test_a_simulation_gives_one_answer_however_its_statements_are_listed(
    statements, capacities, random, mode
):
    bands = [
        {"capacity": places, "fee_per_declaration": "999.99", "output_fee_ratio": "0.60"}
        for places in capacities
    ]

    def answer(listed):
        scenario = {
            "contract_type": "ecf",
            "bands": bands,
            "recruitment_target": 7,
            "statements": listed,
        }
        return json.dumps(simulate(load_scenario(json.dumps(scenario).encode()), mode=mode))

    assert answer(statements) == answer(random.sample(statements, len(statements)))


def problems_with(data: bytes) -> list[str] | None:
    """List why a scenario is refused; None if it is priced."""
    try:
        simulate(load_scenario(data))
    except ScenarioRefused as refusal:
        return refusal.problems
    return None


@given(near_scenarios | json_values)
def test_any_json_is_priced_or_refused_with_reasons_on_one_line_each(value):
    problems = problems_with(json.dumps(value).encode())

    assert problems is None or problems
    assert all(len(problem.splitlines()) == 1 for problem in problems or [])


@given(st.binary())
def test_any_bytes_are_refused_with_one_reason_at_least(data):
    assert problems_with(data)
