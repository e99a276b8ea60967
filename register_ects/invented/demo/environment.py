"""What a process of the demo finds in its environment.

Django reads its settings from there, so nothing here may need Django to be configured.
``bin/demo`` and ``bin/manage`` share it: a command beside a running demo sees the same TRS and
lives on the same day.
"""

import csv
import json
import socket
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from register_ects import clock
from register_ects.embedded import ROOT

#: The day the demo plays on when the real one lies outside every contract period we know.
DEMO_DAY = date(2026, 11, 24)
#: The stand-ins of a demo (packages of ``stand_ins``), and the settings that say where they are.
STAND_INS = {
    "trs": "TRS_API_BASE_URL",
    "notify": "NOTIFY_BASE_URL",
    "help_desk": "HELP_DESK_URL",
}


def demo_environment(data_dir: Path) -> dict[str, str]:
    """Return the variables that every process of this demo shares."""
    offset = clock_offset_days(clock.london_date(clock.real_now()), contract_periods())
    return {
        "DJANGO_SETTINGS_MODULE": "register_ects.settings",
        "REGISTER_ECTS_DATA_DIR": str(data_dir),
        "STATIC_ROOT": str(data_dir / "static"),
        **{
            variable: f"http://127.0.0.1:{stand_in_port(data_dir, name)}"
            for name, variable in STAND_INS.items()
        },
        "CLOCK_OFFSET_DAYS": str(offset),
    }


def web_environment(port: int) -> dict[str, str]:
    """Return the variables of the web server.

    Browsers keep cookies by host, not by port, so two demos on one machine need their own names.
    """
    return {
        "BIND": f"127.0.0.1:{port}",
        "WEB_CONCURRENCY": "2",
        "SESSION_COOKIE_NAME": f"register_ects_session_{port}",
        "CSRF_COOKIE_NAME": f"register_ects_csrf_{port}",
    }


def clock_offset_days(today: date, periods: Iterable[tuple[date, date]]) -> int:
    """Return how many days to add to ``today`` so that the demo lies in a contract period.

    ``periods`` are first and last days, both inclusive. 0 while the real day lies in one.
    """
    if any(first <= today <= last for first, last in periods):
        return 0
    return (DEMO_DAY - today).days


def contract_periods() -> list[tuple[date, date]]:
    """Return the first and last day of every contract period of the reference data."""
    with (ROOT / "data" / "reference" / "contract_periods.csv").open(encoding="utf-8") as file:
        return [
            (date.fromisoformat(row["started_on"]), date.fromisoformat(row["finished_on"]))
            for row in csv.DictReader(file)
        ]


def stand_in_port(data_dir: Path, name: str) -> int:
    """Return the port of one of this demo's stand-ins: chosen once, then kept in the directory."""
    path = data_dir / f"{name}.json"
    try:
        port = int(json.loads(path.read_text())["port"])
    except (OSError, ValueError, KeyError, TypeError):
        return choose_port(data_dir, name)
    return port


def choose_port(data_dir: Path, name: str) -> int:
    """Pick a free port for a stand-in and remember it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    (data_dir / f"{name}.json").write_text(json.dumps({"port": port}))
    return port


def is_free(port: int) -> bool:
    """Whether a server of ours could listen on this port now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
