"""TRS takes calls and never answers; the web server stays well. Real processes."""

import os
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit, urlunsplit

import httpx
import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import connection

from tests.factories import AppropriateBodyFactory
from tests.support.pages import Browser, date_parts

ROOT = Path(__file__).resolve().parents[2]
FIND = "/appropriate-body/claim-an-ect/find-ect/new"
#: Threads of the web process, and how many of them may wait for TRS.
THREADS, MAY_WAIT = 4, 2
#: What a call waits for TRS, less a little: who took this long has waited.
WAITED = 3.5


@contextmanager
def hanging_trs():
    """Accept every connection and say nothing."""
    with closing(socket.create_server(("127.0.0.1", 0), backlog=128)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


@contextmanager
def web_server(trs_address):
    """One web process with four threads, as production runs it, on the test's database."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    database = urlsplit(os.environ["DATABASE_URL"])
    environment = {
        **os.environ,
        "ENVIRONMENT": "test",
        "DATABASE_URL": urlunsplit(database._replace(path=f"/{connection.settings_dict['NAME']}")),
        "REDIS_URL": settings.REDIS_URL,
        "TRS_API_BASE_URL": trs_address,
        "TRS_MOST_AT_ONCE": str(MAY_WAIT),
        "WEB_CONCURRENCY": "1",
        "WEB_THREADS": str(THREADS),
        "BIND": f"127.0.0.1:{port}",
    }
    arguments = ["--config", "python:register_ects.gunicorn", "register_ects.wsgi"]
    command = [sys.executable, "-m", "gunicorn", *arguments]
    with subprocess.Popen(command, cwd=ROOT, env=environment) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(address)
            yield address
        finally:
            process.terminate()
            process.wait(20)


def wait_for(address):
    for _ in range(300):
        try:
            httpx.get(f"{address}/healthcheck", trust_env=False)
            return
        except httpx.HTTPError:
            time.sleep(0.1)
    raise AssertionError("The web server did not start")


class Person:
    """Somebody at a body with a browser: the search form is open, ready to be sent."""

    def __init__(self, address, cookies):
        self.http = httpx.Client(base_url=address, cookies=cookies, timeout=60, trust_env=False)
        page = BeautifulSoup(self.http.get(FIND).text, "html.parser")
        self.token = page.select_one("input[name=csrfmiddlewaretoken]")["value"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.http.close()

    def search(self):
        """Look somebody up; return the page and how many seconds it took."""
        answers = {"trn": "3000001", **date_parts("date_of_birth", "1977-02-03")}
        begun = time.monotonic()
        page = self.http.post(FIND, data={"csrfmiddlewaretoken": self.token, **answers})
        return page, time.monotonic() - begun


def waits_for_a_page(address, searches):
    """Ask for a page without TRS as long as searches go on; return how many seconds each took."""
    waits = []
    with httpx.Client(base_url=address, timeout=60, trust_env=False) as http:
        while not all(search.done() for search in searches):
            begun = time.monotonic()
            assert http.get("/").status_code == 200
            waits.append(time.monotonic() - begun)
            time.sleep(0.1)
    return waits


@pytest.mark.django_db(transaction=True)
def test_few_wait_for_a_trs_that_hangs_and_the_others_are_told_so():
    body = AppropriateBodyFactory(active=True)
    cookies = {
        name: morsel.value for name, morsel in Browser().sign_in(body).client.cookies.items()
    }
    with (
        hanging_trs() as trs,
        web_server(trs) as address,
        ThreadPoolExecutor(16) as pool,
        ExitStack() as closes,
    ):
        people = [closes.enter_context(Person(address, cookies)) for _ in range(10)]
        rounds = []
        for _ in range(3):
            sent = [pool.submit(person.search) for person in people]
            page = pool.submit(waits_for_a_page, address, sent)
            rounds.append([each.result() for each in sent])
            assert median(page.result() or [0]) < 1

    for page, seconds in [answer for answers in rounds for answer in answers]:
        assert page.status_code == 503
        assert "We cannot reach the Teaching Record System at the moment" in page.text
        assert seconds < 2 * WAITED
    waited = [sum(seconds > WAITED for _, seconds in answers) for answers in rounds]
    assert waited[:2] == [MAY_WAIT, MAY_WAIT]
    assert waited[2] == 0  # TRS is known to be down by now: nobody waits
