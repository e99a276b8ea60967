"""Journeys run in Chromium against ``bin/demo``: every process, on its own data."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.demos import FIRST_START_SECONDS, Demo
from tests.journeys.visitor import Visitor

#: Where to keep a picture of every page looked at; nowhere unless set.
PICTURES = os.environ.get("SCREENSHOTS")


@dataclass
class RunningDemo:
    """A demo that somebody started: where it is, and what it printed."""

    address: str
    output: str


@pytest.fixture(scope="module")
def demo(request: pytest.FixtureRequest) -> Iterator[Demo | RunningDemo]:
    """A running demo; its own PostgreSQL, Redis, TRS stand-in, web server and worker.

    DEMO_OUTPUT names a file with the output of one that runs already, to save its start.
    """
    if output := os.environ.get("DEMO_OUTPUT"):
        text = Path(output).read_text()
        yield RunningDemo(text.rsplit("Ready: ", 1)[1].strip(), text)
        return
    request.getfixturevalue("first_start")
    running = Demo(request.getfixturevalue("demo_data_dir"))
    try:
        running.wait_until_ready(FIRST_START_SECONDS)
        yield running
    finally:
        running.kill()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, or the one that CHROMIUM names.

    No longer than a module: while Playwright runs, Django refuses this thread the database.
    """
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert executable, "Install Chromium first: sudo apt install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


@pytest.fixture(params=[1280, 375], ids=["desktop", "phone"])
def visitor(request: pytest.FixtureRequest, demo: Demo, chromium: Browser) -> Iterator[Visitor]:
    """Somebody with a browser, on a desktop and on a phone."""
    with chromium.new_context(viewport={"width": request.param, "height": 900}) as context:
        context.set_default_timeout(20_000)
        folder = Path(PICTURES) / request.node.callspec.id if PICTURES else None
        visitor = Visitor(context.new_page(), demo.address.rstrip("/"), folder)
        yield visitor
        assert visitor.complaints == []
