"""How fast lead providers are answered, as ratios to the bare minimum in the same run.

Needs a database with people, best those of ``bin/manage generate_population``:

    REGISTER_ECTS_DATA_DIR=var/population bin/manage generate_population --ects 60000 --seed 1
    .venv/bin/python tests/performance/lead_provider_api.py --data-dir var/population

Starts one web process as production does, asks it over HTTP as the largest lead provider, and
between the requests reads the same stored payloads with bare psycopg. Exits 1 when one of the
limits that it prints is broken.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
ROUNDS = 15
PAGE = 3000
COHORT = 2025


class Server:
    """One web process, as production runs it, and a connection to it that stays open."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "--config", "python:register_ects.gunicorn"),
                "register_ects.wsgi:application",
            ],
            cwd=ROOT,
            env={
                **os.environ,
                "BIND": f"127.0.0.1:{self.port}",
                "WEB_CONCURRENCY": "1",
                "API_RATE_LIMIT": "off",
                "LOG_LEVEL": "WARNING",
                "STATIC_ROOT": str(Path(os.environ["REGISTER_ECTS_DATA_DIR"]) / "static"),
            },
        )
        self.token = ""
        self._wait()
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port)

    def _wait(self) -> None:
        for _ in range(200):
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port)
                connection.request("GET", "/healthcheck")
                connection.getresponse().read()
                return
            except OSError:
                time.sleep(0.1)
        raise SystemExit("The web process did not start")

    def get(self, path: str) -> bytes:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        self.connection.request("GET", path, headers=headers)
        response = self.connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise SystemExit(f"{path}: {response.status} {body[:300]!r}")
        return body

    def worker_megabytes(self) -> float:
        """Return the resident memory of the process that answers."""
        parent = f"PPid:\t{self.process.pid}\n"
        (status,) = [
            text
            for each in Path("/proc").glob("[0-9]*/status")
            if parent in (text := each.read_text())
        ]
        found = re.search(r"VmRSS:\s+(\d+)", status)
        return int(found[1]) / 1024 if found else 0.0

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(15)


class Report:
    """Ratios and limits, printed as they come."""

    def __init__(self) -> None:
        self.broken: list[str] = []

    def ratio(
        self, name: str, subject: Callable[[], object], baseline: Callable[[], object], most: float
    ) -> None:
        """Time both in turn and compare the medians."""
        subject(), baseline()
        times: tuple[list[float], list[float]] = ([], [])
        for _ in range(ROUNDS):
            for each, measured in ((baseline, times[0]), (subject, times[1])):
                begun = time.perf_counter()
                each()
                measured.append(time.perf_counter() - begun)
        bare, ours = median(times[0]), median(times[1])
        self.line(
            f"{name}: {ours * 1000:.1f} ms, bare {bare * 1000:.1f} ms", ours / bare, most, "times"
        )

    def line(self, text: str, figure: float, most: float, unit: str) -> None:
        print(f"{text}: {figure:.2f} {unit} (at most {most:g})", flush=True)
        if figure > most:
            self.broken.append(text)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data-dir", type=Path, required=True)
    data_dir = parser.parse_args().data_dir.resolve()
    os.environ.update(
        ENVIRONMENT="demo",
        DJANGO_SETTINGS_MODULE="register_ects.settings",
        REGISTER_ECTS_DATA_DIR=str(data_dir),
    )
    from register_ects.embedded import ensure_services

    ensure_services(data_dir)
    import django

    django.setup()
    server, report = Server(), Report()
    try:
        measure(server, report)
    finally:
        server.stop()
    for each in report.broken:
        print(f"BROKEN: {each}")
    return 1 if report.broken else 0


def measure(server: Server, report: Report) -> None:
    import psycopg
    from django.db import connection
    from django.db.models import Count

    from register_ects.models import LeadProvider, ShownResource, ShownSchool
    from register_ects.operations.api_tokens import issue_api_token
    from register_ects.operations.base import Author

    participants = ShownResource.objects.filter(resource_type="participant")
    largest = participants.values("lead_provider").annotate(n=Count("pk")).order_by("-n")[0]
    provider = LeadProvider.objects.get(pk=largest["lead_provider"])
    print(
        f"{participants.values('record_id').distinct().count()} participants of all providers,"
        f" {largest['n']} of {provider.name}; {ShownResource.objects.count()} stored payloads"
    )
    server.token = issue_api_token(provider, description="Benchmark", author=Author.system())
    bare = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
    wanted = """SELECT payload FROM shown_resource
        WHERE lead_provider_id = %s AND resource_type = 'participant'
        ORDER BY created_at, record_id"""

    def read(limit: str = "") -> bytes:
        rows = bare.execute(wanted + limit, [provider.pk], binary=True).fetchall()
        return b",".join(row[0].encode() for row in rows)

    page = f"/api/v3/participants?page[per_page]={PAGE}"
    before = server.worker_megabytes()
    server.get(page)
    report.ratio(
        f"A page of {PAGE} participants",
        lambda: server.get(page),
        lambda: read(f" LIMIT {PAGE}"),
        2,
    )
    growth = server.worker_megabytes() - before
    report.line("Growth of the worker", growth, 60, "MB")
    report.ratio(
        "A full sync of participants, pages of 3,000",
        lambda: sync(server, "/api/v3/participants?"),
        read,
        2.5,
    )
    listed = ShownSchool.objects.listed(provider, COHORT).order_by("created_at", "record_id")
    schools = listed.values_list("payload").query.sql_with_params()
    report.ratio(
        f"A full sync of schools for {COHORT}",
        lambda: sync(server, f"/api/v3/schools?filter[cohort]={COHORT}&"),
        lambda: b",".join(
            row[0].encode() for row in bare.execute(*schools, binary=True).fetchall()
        ),
        2.5,
    )
    since = quote(datetime.now(UTC).isoformat(timespec="seconds"))
    poll = f"/api/v3/participants?filter[updated_since]={since}"
    server.get(poll)
    report.ratio(
        "A poll with nothing changed, bare = /healthcheck",
        lambda: server.get(poll),
        lambda: server.get("/healthcheck"),
        3,
    )
    connection.close()


def sync(server: Server, path: str) -> int:
    """Read every page; return how many resources there were."""
    count, number = 0, 1
    while True:
        body = server.get(f"{path}page[per_page]={PAGE}&page[page]={number}")
        found = body.count(b'"type":"')
        count += found
        number += 1
        if found < PAGE:
            return count


if __name__ == "__main__":
    sys.exit(main())
