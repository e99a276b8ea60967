"""``bin/demo``: start everything, load it, say where it is, stop it all at the end.

What stops by itself is started again. Exit status: 0 after Ctrl-C or SIGTERM, 1 when something
cannot start or stops again and again, 2 for options that make no sense.
"""

import argparse
import fcntl
import http.client
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import FrameType

from register_ects.embedded import (
    MARKER,
    CannotStart,
    claim,
    default_data_dir,
    empty,
    ensure_services,
    is_full,
)
from register_ects.invented.demo import environment
from register_ects.invented.demo.processes import ChildEnded, Children
from register_ects.invented.demo.progress import say, step
from register_ects.invented.demo.watch import ServiceLost, Watch, services_of

START_SECONDS = 60.0
#: How many invented ECTs each population adds to the people who have a story.
POPULATIONS = {"small": 0, "district": 2_000, "national": 60_000}
_HIGHEST_PORT = 65535
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Somebody asked the demo to stop."""


def main(arguments: list[str] | None = None) -> int:
    """Run the demo until it is stopped; return the exit status."""
    options = _options(arguments)
    for number in _SIGNALS:
        signal.signal(number, _stop)
    try:
        with _claimed(options.data_dir):
            _run(options)
    except Stopped:
        return 0
    except (CannotStart, ChildEnded, ServiceLost) as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    except Exception:
        if not is_full(options.data_dir):
            raise
        sys.stderr.write(f"The disk of {options.data_dir} is full: make room and start again\n")
        return 1
    return 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/demo", description="Run the service for a look.")
    parser.add_argument("--port", type=_port, default=8000, help="of the web server; 8000")
    parser.add_argument(
        "--data-dir",
        type=lambda text: Path(text).resolve(),
        default=default_data_dir(),
        help="where everything is kept; var/demo",
    )
    parser.add_argument("--fresh", action="store_true", help="delete what is kept and start again")
    parser.add_argument(
        "--population",
        choices=[*POPULATIONS],
        default="small",
        help="people besides those with a story: none (small), district or national; small",
    )
    return parser.parse_args(arguments)


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= _HIGHEST_PORT:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: give a number from 1 to 65535")
    return int(text)


def _stop(_number: int, _frame: FrameType | None) -> None:
    _ignore_signals()
    raise Stopped


def _ignore_signals() -> None:
    """Let nothing interrupt the stopping, which takes a few seconds at most."""
    for number in _SIGNALS:
        signal.signal(number, signal.SIG_IGN)


@contextmanager
def _claimed(data_dir: Path) -> Iterator[None]:
    """Keep other demos out of the data directory."""
    claim(data_dir)
    with (data_dir / MARKER).open("a") as marker:
        try:
            fcntl.flock(marker, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStart(
                f"A demo is running in {data_dir} already: stop it, or give another --data-dir"
            ) from None
        yield


def _run(options: argparse.Namespace) -> None:
    if not environment.is_free(options.port):
        raise CannotStart(f"Port {options.port} is taken: give another one with --port")
    if options.fresh:
        with step("Deleting what was kept"):
            empty(options.data_dir)
    with step("Starting PostgreSQL and Redis"):
        ensure_services(options.data_dir)
    children = Children(options.data_dir / "log")
    try:
        os.environ["SERVICE_URL"] = _address(options).rstrip("/")
        _start_stand_ins(children, options.data_dir)
        lines = _load(options)
        _start_service(children, options)
        with step("Starting the service"):
            _wait_for_web(children, options.port)
        for line in [*lines, f"Ready: {_address(options)}"]:
            say(line)
        watch = Watch(services_of(options.data_dir), tell=say)
        while True:
            watch.check()
            children.look_after(tell=say)
            time.sleep(0.5)
    finally:
        _ignore_signals()
        children.stop()


def _start_stand_ins(children: Children, data_dir: Path) -> None:
    """Start the stand-ins, each on the port of last time if that is still free."""
    ports = {name: environment.stand_in_port(data_dir, name) for name in environment.STAND_INS}
    for name, port in ports.items():
        if not environment.is_free(port):
            ports[name] = environment.choose_port(data_dir, name)
    for name, value in environment.demo_environment(data_dir).items():
        if name != "CLOCK_OFFSET_DAYS" or name not in os.environ:
            os.environ[name] = value
    for name, port in ports.items():
        module = f"register_ects.invented.stand_ins.{name}"
        arguments = ["--port", str(port), "--database", str(data_dir / f"{name}.sqlite3")]
        title = "TRS" if name == "trs" else name.replace("_", " ").capitalize()
        children.start(f"{title} stand-in", module, *arguments, log=f"{name}.log")


def _load(options: argparse.Namespace) -> list[str]:
    """Bring the database up to date; return what to print once the service answers."""
    with step("Loading the program"):
        import django

        django.setup()
    from django.db import connections

    from register_ects.invented.demo.loading import CannotPopulate, load_demo, prepare
    from register_ects.invented.demo.welcome import welcome

    try:
        prepare(options.data_dir)
        load_demo(options.data_dir, ects=POPULATIONS[options.population])
        return welcome(_address(options), options.data_dir)
    except CannotPopulate as problem:
        raise CannotStart(f"{problem}") from problem
    finally:
        connections.close_all()


def _address(options: argparse.Namespace) -> str:
    return f"http://127.0.0.1:{options.port}/"


def _start_service(children: Children, options: argparse.Namespace) -> None:
    web = environment.web_environment(options.port)
    gunicorn = ["gunicorn", "--config", "python:register_ects.gunicorn", "register_ects.wsgi"]
    children.start("web server", *gunicorn, log="web.log", environment=web)
    celery = ["celery", "--app", "register_ects"]
    name = f"demo-{options.port}@%h"
    alone = ["--without-mingle", "--without-gossip"]
    worker = ["worker", "--concurrency", "2", "--hostname", name, *alone, "--loglevel", "INFO"]
    children.start("worker", *celery, *worker, log="worker.log")
    schedule = str(options.data_dir / "beat-schedule")
    beat = ["beat", "--schedule", schedule, "--pidfile", "", "--loglevel", "INFO"]
    children.start("timer", *celery, *beat, log="beat.log")


def _wait_for_web(children: Children, port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        children.check()
        if _is_healthy(port):
            return
        time.sleep(0.1)
    raise CannotStart(f"The web server did not answer within {START_SECONDS:.0f} seconds")


def _is_healthy(port: int) -> bool:
    try:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
            connection.request("GET", "/healthcheck")
            return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False


if __name__ == "__main__":
    sys.exit(main())
