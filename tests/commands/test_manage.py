"""``bin/manage`` starts the services that a command needs, and no others."""

import json
from pathlib import Path

import pytest

from tests.commands.running import run

pytestmark = pytest.mark.no_database

SCENARIO = {
    "contract_type": "ecf",
    "bands": [{"capacity": 10, "fee_per_declaration": "100.00", "output_fee_ratio": "0.60"}],
    "statements": [],
}


def test_simulate_statement_starts_no_services(tmp_path: Path) -> None:
    scenario, data_dir = tmp_path / "scenario.json", tmp_path / "data"
    scenario.write_text(json.dumps(SCENARIO))

    result = run(
        "bin/manage", "simulate_statement", str(scenario), REGISTER_ECTS_DATA_DIR=str(data_dir)
    )

    assert json.loads(result.stdout)["total"] == "0.00"
    assert not data_dir.exists()


def test_a_directory_with_other_things_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.odt").write_text("Chapter 1")

    result = run("bin/manage", "showmigrations", REGISTER_ECTS_DATA_DIR=str(tmp_path))

    assert result.returncode == 1
    assert "holds other things" in result.stderr
