"""``bin/demo`` for real: it starts, says where it is, stops all it started, starts again fast."""

import json
import os
import re
import stat
import time
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from register_ects.embedded import postgresql, redis
from register_ects.invented.demo.watch import MOST_ENDS
from tests.commands.running import free_port, run
from tests.demos import Demo, Record, program_of, still_running

pytestmark = pytest.mark.no_database

#: Far above what it takes on a machine that does nothing else (about 6 seconds).
SECOND_START_SECONDS = 30


@pytest.fixture(scope="module")
def second(demo_data_dir: Path, first_start: Record) -> Record:
    """A second start on the same data, beside which another is tried.

    Then its services die, and come back; then its timer dies again and again.
    """
    record, demo = Record(), Demo(demo_data_dir)
    try:
        record.seconds = demo.wait_until_ready(60)
        other = run("bin/demo", "--port", str(free_port()), "--data-dir", str(demo_data_dir))
        record.neighbour = (other.returncode, other.stderr)
        _end_services(demo)
        record.pages["personas"] = _get_patiently(demo, "personas", seconds=60)
        processes = demo.processes()
        for _ in range(MOST_ENDS + 1):
            _end_timer(demo)
        record.exit_status = demo.wait()
        record.left_running = still_running(processes)
    finally:
        demo.kill()
    record.output = demo.output
    return record


def _end_services(demo: Demo) -> None:
    """Kill PostgreSQL and Redis as nothing else would, and wait until they are there again."""
    data_dir = Path(demo.data_dir())
    for service in (postgresql, redis):
        directory = data_dir / service.__name__.rpartition(".")[2]
        dead = service.pid_of(directory)
        assert dead
        psutil.Process(dead).kill()
        deadline = time.monotonic() + 60
        while service.pid_of(directory) in (dead, None) or not service.runs(directory):
            assert time.monotonic() < deadline, f"{service.__name__} did not come back"
            time.sleep(0.1)


def _end_timer(demo: Demo) -> None:
    """Kill the timer, once there is one."""
    deadline = time.monotonic() + 30
    while True:
        for each in demo.processes():
            with suppress(psutil.Error):  # one that has just ended
                if " beat " in program_of(each):
                    each.kill()
                    return
        assert time.monotonic() < deadline, "the timer did not come back"
        time.sleep(0.1)


def _get_patiently(demo: Demo, path: str, *, seconds: float) -> int:
    deadline = time.monotonic() + seconds
    while True:
        try:
            return demo.get(path)
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.5)


def test_the_first_start_serves_pages(first_start: Record) -> None:
    assert first_start.pages == {"": 200, "healthcheck": 200, "personas": 200}


def test_the_ready_line_comes_last_and_names_the_address(first_start: Record) -> None:
    assert re.fullmatch(r"Ready: http://127\.0\.0\.1:\d+/", first_start.output.splitlines()[-1])


@pytest.mark.parametrize(
    "program",
    ["postgres", "(redis|valkey)-server", "stand_ins.trs", "gunicorn", "worker", "beat"],
)
def test_everything_it_needs_is_started(first_start: Record, program: str) -> None:
    assert any(re.search(program, command) for command in first_start.started)


def test_sigterm_stops_all_it_started_and_counts_as_success(first_start: Record) -> None:
    assert (first_start.exit_status, first_start.left_running) == (0, [])


def test_slow_steps_are_named(first_start: Record) -> None:
    assert re.search(
        r"^Updating the database's tables… \d+\.\d s$", first_start.output, re.MULTILINE
    )
    assert re.search(
        r"^Playing the stories of the demo’s people… \d+\.\d s$", first_start.output, re.MULTILINE
    )


def test_every_lead_provider_has_a_token_that_only_we_may_read(
    first_start: Record, demo_data_dir: Path
) -> None:
    path = demo_data_dir / "tokens.json"

    tokens = json.loads(path.read_text())

    assert len(tokens) == 7
    assert all(
        f"{name}  " in first_start.output and raw in first_start.output
        for name, raw in tokens.items()
    )
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_second_start_is_fast(second: Record) -> None:
    assert second.seconds < SECOND_START_SECONDS


def test_the_second_start_prints_the_same_tokens(first_start: Record, second: Record) -> None:
    assert _tokens(second.output) == _tokens(first_start.output) != []


def _tokens(output: str) -> list[str]:
    return re.findall(r"^  \S.*?  (\w{32})$", output, re.MULTILINE)


def test_two_demos_never_share_a_data_directory(second: Record) -> None:
    status, message = second.neighbour
    assert status == 1
    assert "A demo is running in" in message


@pytest.mark.parametrize("service", ["PostgreSQL", "Redis"])
def test_a_service_that_dies_is_started_again_and_told(second: Record, service: str) -> None:
    assert f"{service} had ended by itself and was started again" in second.output


def test_pages_are_served_after_the_services_came_back(second: Record) -> None:
    assert second.pages == {"personas": 200}


def test_a_process_that_dies_is_started_again_and_told(second: Record) -> None:
    told = re.findall("The timer had ended by itself .* was started again", second.output)
    assert len(told) == MOST_ENDS


def test_one_that_dies_again_and_again_ends_the_demo_with_its_log(second: Record) -> None:
    assert second.exit_status == 1
    assert "The timer stopped by itself" in second.output
    assert "celery.beat" in second.output
    assert second.left_running == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["--port", "0"], "is no port", id="no port"),
        pytest.param(["--port", "70000"], "is no port", id="port too high"),
        pytest.param(["--population", "huge"], "invalid choice", id="unknown population"),
        pytest.param(["--new"], "unrecognized arguments", id="unknown option"),
    ],
)
def test_senseless_options_are_refused(arguments: list[str], message: str, tmp_path: Path) -> None:
    result = run("bin/demo", "--data-dir", str(tmp_path / "data"), *arguments)

    assert result.returncode == 2
    assert message in result.stderr
    assert not (tmp_path / "data").exists()


def test_a_taken_port_is_refused_before_anything_starts(tmp_path: Path) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        result = run("bin/demo", "--port", port, "--data-dir", str(tmp_path / "data"))

    assert (result.returncode, result.stderr) == (
        1,
        f"Port {port} is taken: give another one with --port\n",
    )
    assert not (tmp_path / "data" / "postgresql").exists()


def test_a_directory_with_other_things_is_left_alone_even_with_fresh(tmp_path: Path) -> None:
    (tmp_path / "thesis.odt").write_text("Chapter 1")

    result = run("bin/demo", "--fresh", "--data-dir", str(tmp_path), "--port", str(free_port()))

    assert result.returncode == 1
    assert "holds other things" in result.stderr
    assert os.listdir(tmp_path) == ["thesis.odt"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        pytest.param("thesis.odt", "it is a file", id="a file"),
        pytest.param("thesis.odt/data", "is a file", id="below a file"),
        pytest.param("/sys/register-ects", "", id="where nobody may write"),
    ],
)
@pytest.mark.parametrize("command", ["bin/demo", "bin/manage", "bin/test"])
def test_a_data_directory_that_cannot_be_used_is_one_clear_line(
    command: str, name: str, reason: str, tmp_path: Path
) -> None:
    (tmp_path / "thesis.odt").write_text("Chapter 1")
    arguments = {"bin/demo": ["--port", str(free_port())], "bin/manage": ["showmigrations"]}
    data_dir = str(tmp_path / name)

    result = run(command, *arguments.get(command, []), REGISTER_ECTS_DATA_DIR=data_dir)

    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"{data_dir} cannot hold the data: ")
    assert reason in line
