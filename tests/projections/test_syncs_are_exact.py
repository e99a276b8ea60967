"""Whatever happens, what is stored is what would be rendered, and no client misses a change."""

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.projections.little_england import LittleEngland
from tests.projections.machine import Projection


def test_in_the_first_thousands_of_steps(on):
    on("2026-01-12")

    class InThisEngland(Projection):
        england = LittleEngland()

    run_state_machine_as_test(
        InThisEngland, settings=settings(max_examples=5, stateful_step_count=50)
    )
