"""How fast everything is at national size: the whole of ``bin/bench``.

Two populations are loaded, or reused: 100 ECTs, and the whole country. Every operation, page and
request is timed on both or against a bare baseline, in turn, so that what else the machine does
falls on both alike; what is printed are ratios of medians. Exits 1 when any line fails.
"""

import argparse
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from register_ects.embedded import ensure_services
from register_ects.invented.stand_ins.trs import serving
from tests.performance.measured import MOST_TIMES_SMALL, STATIC_PAGE
from tests.performance.people_of_trs import PEOPLE
from tests.performance.report import Report
from tests.performance.server import Server
from tests.performance.worker import Worker

ROOT = Path(__file__).resolve().parents[2]
SEED = 1
PAGE = 3000
CLIENTS, DECLARATIONS_EACH = 8, 15


@dataclass(frozen=True)
class Size:
    """A population: how many ECTs, and where it is kept."""

    name: str
    ects: int
    directory: Path


class Side:
    """A population with everything that runs beside it."""

    def __init__(self, size: Size, trs: dict[str, str], stack: ExitStack) -> None:
        self.size = size
        print(f"{size.name}: {size.directory}", flush=True)
        self.env = _load(size, trs)
        self.worker = Worker(self.env)
        stack.callback(self.worker.stop)
        self.server = Server(self.env)
        stack.callback(self.server.stop)
        self.token: str = self.worker.ask("token")
        sizes = ", ".join(f"{n:,} {what}" for what, n in self.worker.ask("sizes").items())
        print(f"  {sizes}", flush=True)


def main() -> int:
    """Measure everything, print it, and return the exit code."""
    options = _options()
    rounds = 5 if options.short else 11
    report, begun = Report(rounds), time.monotonic()
    ects = options.ects or (1_500 if options.short else 60_000)
    usual = "short" if options.short else "national"
    large = Size(f"{ects:,} ECTs", ects, options.national or ROOT / "var" / "bench" / usual)
    small = Size("100 ECTs", 100, options.small or ROOT / "var" / "bench" / "small")
    with ExitStack() as stack:
        trs = stack.enter_context(_trs())
        here, there = Side(large, trs, stack), Side(small, trs, stack)
        for measure in (operations, pages, reads, big_reads, declarations, plans):
            if options.only in (None, measure.__name__):
                measure(report, here, there)
    _conclude(report, begun)
    if options.json:
        report.write(options.json, ects=ects, seed=SEED, rounds=rounds)
    return 1 if report.failed else 0


# -- What is measured --------------------------------------------------------------------------


def operations(report: Report, here: Side, there: Side) -> None:
    """Time every operation here and on 100 ECTs, in transactions that are rolled back."""
    report.begin("Operations, against the same on 100 ECTs")
    for name in here.worker.ask("operations"):
        found = [side.worker.ask("find", operation=name, number=3) for side in (here, there)]
        if not all(found):
            report.missing(name, "nothing in the population that it could act on")
            continue
        report.ratio(
            name,
            lambda name=name: here.worker.ask("time", operation=name),
            lambda name=name: there.worker.ask("time", operation=name),
            against="100 ECTs",
            limit=MOST_TIMES_SMALL,
        )


def pages(report: Report, here: Side, there: Side) -> None:
    """Time every page against the same on 100 ECTs, or against a static page."""
    report.begin("Pages")
    smaller = there.worker.ask("pages", with_static=False)
    others = {name: (path, cookie) for name, path, cookie, _ in smaller}
    for name, path, cookie, times_static in here.worker.ask("pages"):
        subject = _getting(here, path, cookie=cookie)
        if times_static is not None:
            baseline, against = _getting(here, STATIC_PAGE), "static page"
        elif name in others:
            other, its_cookie = others[name]
            baseline, against = _getting(there, other, cookie=its_cookie), "100 ECTs"
        else:  # a step that a journey there does not come to
            baseline, against, times_static = _getting(here, STATIC_PAGE), "static page", 3
        report.ratio(
            name, subject, baseline, against=against, limit=times_static or MOST_TIMES_SMALL
        )


def reads(report: Report, here: Side, there: Side) -> None:
    """Time every read of the API, a few resources at a time, against 100 ECTs."""
    report.begin("API, against the same on 100 ECTs")
    others = dict(there.worker.ask("reads"))
    for name, path in here.worker.ask("reads"):
        report.ratio(
            name,
            _getting(here, path, token=here.token),
            _getting(there, others[name], token=there.token),
            against="100 ECTs",
            limit=MOST_TIMES_SMALL,
        )


def big_reads(report: Report, here: Side, there: Side) -> None:
    """Time what providers fetch in bulk, against a bare read of the same payloads."""
    report.begin("API in bulk, against a bare read of the stored payloads")
    page, cohort = f"/api/v3/participants?page[per_page]={PAGE}", here.worker.ask("cohort")
    here.server.get(page, token=here.token)
    before = here.server.worker_megabytes()
    report.ratio(
        f"A page of {PAGE:,} participants",
        _getting(here, page, token=here.token),
        _reading(here, "participants", PAGE),
        against="bare read",
        limit=2,
    )
    growth = here.server.worker_megabytes() - before
    report.add("Growth of the process", "", growth, 60, unit="MB")
    for what, path in (
        ("participants", "/api/v3/participants?"),
        ("schools", f"/api/v3/schools?filter[cohort]={cohort}&"),
    ):
        report.ratio(
            f"A full sync of {what}",
            lambda path=path: _sync(here, path),
            _reading(here, what),
            against="bare read",
            limit=2.5,
        )
    since = quote(datetime.now(UTC).isoformat(timespec="seconds"))
    poll = f"/api/v3/participants?filter[updated_since]={since}"
    report.ratio(
        "A poll with nothing changed",
        _getting(here, poll, token=here.token),
        _getting(here, "/healthcheck"),
        against="/healthcheck",
        limit=3,
    )


def declarations(report: Report, here: Side, there: Side) -> None:
    """Make declarations over HTTP: one after the other, then by several clients at once.

    They are voided afterwards, so that the same can be made next time.
    """
    report.begin("Declarations, really made")
    made: list[tuple[str, str]] = []
    alone = 4 * report.rounds + 2
    wanted = alone + CLIENTS * DECLARATIONS_EACH
    claims = here.worker.ask("claims", number=wanted)
    if len(claims) < wanted:
        report.missing("Declarations", f"only {len(claims)} of {wanted} can be made today")
        return
    single, many = claims[:alone], claims[alone:]
    waiting = iter(single)
    report.ratio(
        "POST of a declaration",
        lambda: made.append(_declare(here.server.connection, *next(waiting))),
        _getting(here, "/healthcheck"),
        against="/healthcheck",
        limit=12,
    )
    server = Server(here.env, processes=None)
    try:
        seconds = _all_at_once(server, many, made)
    finally:
        server.stop()
    report.add(
        f"{CLIENTS} clients, declarations a second",
        f"{os.cpu_count()} cores",
        len(many) / seconds,
        40,
        unit="/s",
        at_least=True,
    )
    ids = [declaration for _token, declaration in made]
    there_now = here.worker.ask("made", ids=ids)
    lost_or_doubled = abs(len(made) - len(set(ids))) + abs(len(set(ids)) - there_now)
    report.add("Declarations lost or doubled", "", lost_or_doubled, 0, unit="")
    for token, declaration in made:
        headers = {"Authorization": f"Bearer {token}"}
        path = f"/api/v3/participant-declarations/{declaration}/void"
        here.server.connection.request("PUT", path, headers=headers)


def plans(report: Report, here: Side, there: Side) -> None:
    """Look how PostgreSQL answers each query of all that is measured, with its real statistics."""
    report.begin("Tables read from end to end")
    scans = here.worker.ask("scans")
    for scan in scans:
        print(f"      {scan}")
    report.add("Scans of tables that grow", "", len(scans), 0, unit="")


# -- How ---------------------------------------------------------------------------------------


def _getting(side: Side, path: str, *, token: str = "", cookie: str = "") -> Callable[[], Any]:
    return lambda: side.server.get(path, token=token, cookie=cookie)


def _reading(side: Side, what: str, limit: int | None = None) -> Callable[[], Any]:
    return lambda: side.worker.ask("read", payloads=what, limit=limit)


def _sync(side: Side, path: str) -> int:
    """Read every page; return how many resources there were."""
    count, number = 0, 1
    while True:
        body = side.server.get(f"{path}page[per_page]={PAGE}&page[page]={number}", token=side.token)
        found = body.count(b'"type":"')
        count += found
        number += 1
        if found < PAGE:
            return count


def _declare(connection: Any, token: str, body: Any) -> tuple[str, str]:
    """Make a declaration; return the token and its id."""
    headers = {"Authorization": f"Bearer {token}"}
    answer = connection.request(
        "POST", "/api/v3/participant-declarations", body=body, headers=headers
    )
    return token, json.loads(answer)["data"]["id"]


def _all_at_once(server: Server, claims: list[Any], made: list[tuple[str, str]]) -> float:
    """Let the clients share the claims out and make them together; return the seconds."""
    together = threading.Barrier(CLIENTS + 1)

    def client(mine: list[Any]) -> None:
        connection = server.connect()
        connection.request("GET", "/healthcheck")
        together.wait()
        for token, body in mine:
            made.append(_declare(connection, token, body))

    threads = [
        threading.Thread(target=client, args=(claims[number::CLIENTS],))
        for number in range(CLIENTS)
    ]
    for thread in threads:
        thread.start()
    together.wait()
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    return time.perf_counter() - begun


# -- Getting ready -----------------------------------------------------------------------------


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bin/bench",
        description="Print how fast every operation, page and request is, as ratios.",
    )
    parser.add_argument("--short", action="store_true", help="1,500 ECTs and fewer rounds")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the figures here too")
    parser.add_argument("--national", type=Path, metavar="DIR", help="data of the large population")
    parser.add_argument("--small", type=Path, metavar="DIR", help="data of the 100 ECTs")
    parser.add_argument("--ects", type=int, help="size of the large population, if not 60,000")
    parser.add_argument(
        "--only",
        choices=["operations", "pages", "reads", "big_reads", "declarations", "plans"],
        help="measure these alone",
    )
    return parser.parse_args()


@contextmanager
def _trs() -> Iterator[dict[str, str]]:
    """Run the stand-in of TRS; the block gets what tells a process where it is."""
    with serving() as stand_in:
        stand_in.upsert(*PEOPLE)
        yield {"TRS_API_BASE_URL": stand_in.base_url, "TRS_API_KEY": stand_in.api_key}


def _load(size: Size, trs: dict[str, str]) -> dict[str, str]:
    """Start the services of a population, load it if it is not there; return the environment."""
    directory = size.directory.resolve()
    for name in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(name, None)
    ensure_services(directory)
    env = {
        **os.environ,
        **trs,
        "ENVIRONMENT": "demo",
        "DJANGO_SETTINGS_MODULE": "register_ects.settings",
        "REGISTER_ECTS_DATA_DIR": str(directory),
        "STATIC_ROOT": str(directory / "static"),
        "API_RATE_LIMIT": "off",
        "LOG_LEVEL": "ERROR",
    }
    population = ["generate_population", "--ects", str(size.ects), "--seed", str(SEED)]
    for command in (population, ["collectstatic", "--noinput", "--verbosity", "0"]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=env, check=True)
    return env


def _conclude(report: Report, begun: float) -> None:
    minutes = (time.monotonic() - begun) / 60
    print(f"\n{len(report.lines)} lines in {minutes:.1f} minutes, {len(report.failed)} failed")
    for line in report.failed:
        print(f"  FAIL  {line.group}: {line.name} ({line.figure:.2f}, limit {line.limit:g})")


if __name__ == "__main__":
    sys.exit(main())
