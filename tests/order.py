"""In which order the files of tests are run: what takes longest first, so that none runs alone.

Each worker takes the next file. Were a file of a minute the last one, the others would wait.
"""

from collections import Counter

import pytest
from xdist.scheduler import LoadFileScheduling

#: Files of one worker: the first start of a demo takes long (``demos.py``).
SHARING_A_DEMO = ("tests/commands/test_demo.py", "tests/journeys/test_whole_story.py")
#: So does the making of a population.
SHARING_A_POPULATION = tuple(
    f"tests/invented/population/test_{name}.py"
    for name in (
        "lives_through_holidays",
        "population",
        "population_is_varied",
        "population_is_whole",
        "population_on_school_days",
    )
)
#: Begun first, the longest of them first. Those that need no database come at the very
#: beginning: meanwhile another worker makes the database (``template_database.py``).
LONGEST = (
    *SHARING_A_DEMO,
    "tests/commands/test_role_of_the_service.py",
    "tests/projections/test_syncs_are_exact.py",
    "tests/projections/test_syncs_are_exact_again.py",
    "tests/web/test_in_chromium.py",
    "tests/providers/test_reference_pages.py",
    "tests/providers/test_documentation_in_chromium.py",
    "tests/providers/test_generated_clients.py",
    "tests/invented/demo/test_demo_data.py",
    "tests/commands/test_backup_and_restore.py",
    "tests/projections/test_interleaved_changes.py",
    "tests/web/test_sick_dependencies.py",
    "tests/test_regular_expressions.py",
    "tests/invented/population/test_population_is_whole.py",
    "tests/gias/test_gias_real_register.py",
    "tests/commands/test_setup.py",
    "tests/schools/test_register_ect_journey.py",
    "tests/providers/test_schemathesis.py",
    "tests/providers/test_malformed_input.py",
    "tests/schools/test_register_mentor_journey.py",
    "tests/properties/test_payment_invariants.py",
    "tests/web/test_every_page_fits.py",
    "tests/performance/test_query_plans.py",
    "tests/integrations/test_trs_hangs.py",
    "tests/schools/test_school_pages_in_chromium.py",
    "tests/schools/several/test_in_chromium.py",
    "tests/schools/several_changes/test_several_in_chromium.py",
    "tests/schools/changes/test_move_in_chromium.py",
    "tests/web/test_unfinished_requests.py",
    "tests/web/test_gunicorn.py",
    "tests/providers/test_contract_checklist.py",
    "tests/providers/test_documentation_examples.py",
)


def longest_first(items: list[pytest.Item]) -> None:
    """Put the files that take long first, then those with the most tests."""
    files = [item.nodeid.partition("::")[0] for item in items]
    tests = Counter(files)
    rank = {file: number for number, file in enumerate(LONGEST)}
    place = {file: (rank.get(file, len(rank)), -tests[file], file) for file in tests}
    items[:] = [
        item for _, item in sorted(zip(files, items, strict=True), key=lambda each: place[each[0]])
    ]


class FilesTogether(LoadFileScheduling):
    """Gives a worker one file after the other; files that share something go to the same one."""

    def _split_scope(self, nodeid: str) -> str:
        file = str(super()._split_scope(nodeid))
        sharing = (SHARING_A_DEMO, SHARING_A_POPULATION)
        return next((files[0] for files in sharing if file in files), file)
