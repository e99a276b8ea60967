"""Every page of every audience fits a screen of 320 px: 1,280 px at 400 % (WCAG 1.4.10).

The pages are those that the benchmark opens, those of the journeys among them, and whatever forms
they have, sent empty. The service draws them all before Chromium is started to show them.
"""

import mimetypes
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders

from tests.performance.conftest import population, running_trs  # noqa: F401
from tests.performance.journeys import walked
from tests.performance.looking import browser_of
from tests.performance.pages import PAGES
from tests.support.chromium import (
    NARROWEST,
    chromium_page,
    open_page,
    overflow,
    running_chromium,
)
from tests.support.pages import Browser

pytestmark = pytest.mark.browser

SITE = "http://service.example/"


@pytest.fixture(scope="module")
def drawn(population: None, running_trs: Any) -> dict[str, bytes]:  # noqa: F811
    """Every page as it is sent, by name; once Chromium runs, this thread has another database."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.TRS_API_BASE_URL", running_trs.base_url)
        patch.setattr("django.conf.settings.TRS_API_KEY", running_trs.api_key)
        return {name: content for where in visited() for name, content in answers(*where)}


def visited() -> Iterator[tuple[str, Browser, str]]:
    """Yield the name of each page, the browser in which it opens, and its address."""
    for each in PAGES:
        yield each.name, browser_of(each), each.path()
    yield from walked()


def answers(name: str, browser: Browser, address: str) -> Iterator[tuple[str, bytes]]:
    """Yield a page, and the page again with what is wrong in each form sent empty."""
    page = browser.get(address)
    assert page.status_code == 200, (name, page.status_code)
    if "html" not in page.response["Content-Type"]:  # a file to keep
        return
    yield name, page.response.content
    for form in page.select("main form[method=post]"):
        answer = browser.post(form.get("action") or address)
        if answer.status_code == 422:
            yield f"{name}, with errors", answer.response.content


def send_file(route: Any) -> None:
    """Answer with a file of the service, such as a style sheet."""
    file = finders.find(urlsplit(route.request.url).path.removeprefix("/static/"))
    assert isinstance(file, str), route.request.url
    kind = mimetypes.guess_type(file)[0] or "application/octet-stream"
    route.fulfill(body=Path(file).read_bytes(), content_type=kind)


def test_nothing_is_cut_off(drawn: dict[str, bytes]) -> None:
    cut_off = {}
    shown = b""
    with running_chromium() as chromium, chromium_page(chromium, width=NARROWEST) as page:
        page.route(
            SITE, lambda route: route.fulfill(body=shown, content_type="text/html; charset=utf-8")
        )
        page.route(f"{SITE}static/**", send_file)
        for name, shown in drawn.items():  # noqa: B007  the route sends it
            open_page(page, SITE)
            assert page.evaluate("document.styleSheets.length") > 0
            if found := overflow(page):
                cut_off[name] = found

    assert cut_off == {}
    assert {
        "Body: record a pass, with errors",
        "Register an ECT: review-ect-details, with errors",
    } <= set(drawn)
