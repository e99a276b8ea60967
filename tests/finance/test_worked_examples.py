"""The worked examples W1 to W13 of spec 04 §6 through ``simulate_statement``, to the penny.

W7 and W8, two whole statements, are in ``test_simulate_statement``.
"""

import json

import pytest
from django.core.management import call_command

from tests.finance.worked_examples import EXAMPLES

pytestmark = pytest.mark.no_database


@pytest.fixture
def totals(capsys, tmp_path):
    """Run the command on a scenario and return each statement's total."""

    def run(scenario: dict, mode: str) -> list[str]:
        path = tmp_path / "scenario.json"
        path.write_text(json.dumps(scenario))
        call_command("simulate_statement", str(path), "--mode", mode)
        return [one["total"] for one in json.loads(capsys.readouterr().out)["statements"]]

    return run


@pytest.mark.parametrize(
    ("scenario", "net", "reference"), [pytest.param(*rest, id=name) for name, *rest in EXAMPLES]
)
def test_worked_example(totals, scenario, net, reference):
    assert totals(scenario, "net") == net
    assert totals(scenario, "reference") == (reference or net)
