"""Whatever happens, what is stored is what would be rendered, and no client misses a change.

10,000 steps in CI with ``test_syncs_are_exact_again.py``: in two files, so that two workers
share them.
"""

from tests.projections.machine import run_steps


def test_whatever_happens():
    run_steps(seed=0)
