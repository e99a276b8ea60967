"""Whatever happens, what is stored is what would be rendered, and no client misses a change.

10,000 steps in CI with ``test_syncs_are_exact_again.py``: in two files, so that two workers
share them.
"""

import pytest

from tests.projections.machine import run_steps


@pytest.mark.parametrize("part", range(5))
def test_whatever_happens(part, on):
    run_steps(on, seed=part)
