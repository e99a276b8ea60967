"""The TRS stand-in as a process of its own."""

import os
import signal
import subprocess
import sys

import httpx
import pytest

from register_ects.invented.stand_ins.trs.__main__ import main
from tests.invented.stand_ins.raw_trs import HEADERS

pytestmark = pytest.mark.no_database


@pytest.fixture
def start_process(tmp_path):
    def start(**environment):
        command = [sys.executable, "-m", "register_ects.invented.stand_ins.trs"]
        arguments = ["--port", "0", "--database", str(tmp_path / "trs.sqlite3")]
        return subprocess.Popen(
            command + arguments,
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return start


def test_runs_as_a_process_with_quiet_logs_and_stops_when_told(start_process):
    with start_process(ENVIRONMENT="test", TRS_API_KEY="another-fake-key") as process:
        address = process.stdout.readline().removeprefix("TRS stand-in: ").strip()
        with httpx.Client(base_url=address, trust_env=False) as http:
            headers = {**HEADERS, "Authorization": "Bearer another-fake-key"}
            reply = http.get(
                "/v3/persons/3000001", params={"dateOfBirth": "1977-02-03"}, headers=headers
            )
            http.post("/__admin/faults", json={"kind": "slow", "seconds": 60})
            with pytest.raises(httpx.ReadTimeout):
                http.get("/v3/persons/3000001", headers=headers, timeout=0.1)
        process.send_signal(signal.SIGTERM)
        output, errors = process.communicate(timeout=5)

    assert (reply.status_code, process.returncode) == (200, 0)
    assert (output, errors) == ("", "")


def test_does_not_run_in_production(settings, monkeypatch, capsys, tmp_path):
    settings.PRODUCTION = True
    database = tmp_path / "trs.sqlite3"
    monkeypatch.setattr(sys, "argv", ["trs", "--port", "0", "--database", str(database)])

    assert main() == 1

    assert "does not run in production" in capsys.readouterr().err
    assert not database.exists()
