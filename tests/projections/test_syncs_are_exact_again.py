"""The second half of the 10,000 steps of ``test_syncs_are_exact.py``."""

from tests.projections.machine import run_steps


def test_whatever_else_happens():
    run_steps(seed=100)
