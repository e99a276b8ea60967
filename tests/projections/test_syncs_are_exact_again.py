"""The second half of the 10,000 steps of ``test_syncs_are_exact.py``."""

import pytest

from tests.projections.machine import run_steps


@pytest.mark.parametrize("part", range(5))
def test_whatever_else_happens(part, on):
    run_steps(on, seed=100 + part)
