"""A real browser for tests marked ``browser``; which needs Chromium to be installed."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, Error, Locator, Page, sync_playwright

from tests.support import pages

#: The least width, in CSS pixels, on which nothing may be cut off or scroll sideways.
NARROWEST = 320

#: Axe's rules of WCAG 2.2 AA and below; and good practice such as the order of headings.
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
GOOD_PRACTICE = "best-practice"
_AXE = Axe().axe_script

EXECUTABLES = ("chromium", "chromium-browser", "google-chrome")


def _waits_for_its_page(acts: Callable[..., None]) -> Callable[..., None]:
    """Let an act of Playwright's end only when the page that it opened, if any, has loaded.

    By itself it ends as soon as that page has begun: then its title, say, may still be empty.
    """

    @wraps(acts)
    def acts_and_waits(self: Page | Locator, *args: Any, **how: Any) -> None:
        acts(self, *args, **how)
        page = self if isinstance(self, Page) else self.page
        page.wait_for_load_state()

    return acts_and_waits


for kind in (Page, Locator):
    for name in ("click", "press"):
        setattr(kind, name, _waits_for_its_page(getattr(kind, name)))


@contextmanager
def running_chromium() -> Iterator[Browser]:
    """Run Chromium; meanwhile this thread has a loop of Playwright's, and can begin no other."""
    executable = next(filter(None, map(shutil.which, EXECUTABLES)), None)
    assert executable, "Install Chromium first: sudo apt install chromium"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # because of the loop
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def chromium_page(
    chromium: Browser, *, width: int = 1280, javascript: bool = True
) -> Iterator[Page]:
    """Give a page whose ``complaints`` lists what the console and the network complained of.

    ``loading`` holds what it has asked for and not yet got.

    Nothing is left of it for the next: no cookies, nothing stored.
    """
    with chromium.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=javascript
    ) as context:
        page = context.new_page()
        page.complaints, page.loading = [], set()
        page.on("request", lambda request: page.loading.add(request))
        page.on("requestfinished", lambda request: page.loading.discard(request))
        page.on("requestfailed", lambda request: page.loading.discard(request))
        page.on("console", lambda message: _note(page, message))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        yield page


def sign_in_as(page: Page, address: str, who: Any, **how: Any) -> None:
    """Sign somebody in at the server of this address; ``how`` as in ``tests.support.pages``."""
    name = settings.SESSION_COOKIE_NAME
    session = pages.Browser().sign_in(who, **how).client.cookies[name].value
    page.context.add_cookies([{"name": name, "value": session, "url": address}])


def open_page(page: Page, address: str) -> None:
    """Go to an address, and wait until the page has all that it asks for as it opens."""
    page.goto(address)
    _settle(page)


def _settle(page: Page) -> None:
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    while page.loading:
        page.wait_for_timeout(20)


def violations(page: Page, *rules: str) -> list[tuple[str, list[str]]]:
    """Return which of axe's rules the page breaks, all if none are named, and by what in it.

    What keeps the rules stays in the browser: to bring it here would take as long as to check.
    A click may still be replacing the page, and a page of progress replaces itself: one
    that goes while it is checked is checked again as it has become.
    """
    try:
        return _violations(page, rules)
    except Error:
        page.wait_for_load_state()
        _settle(page)
        return _violations(page, rules)


def _violations(page: Page, rules: tuple[str, ...]) -> list[tuple[str, list[str]]]:
    options = {"resultTypes": ["violations"], **({"runOnly": list(rules)} if rules else {})}
    page.evaluate(_AXE)
    found = page.evaluate("(options) => axe.run(options).then((all) => all.violations)", options)
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]


def overflow(page: Page) -> list[str]:
    """Tell what is wider than the screen, as it is and at 320 px; nothing when all fits.

    320 px is a screen of 1,280 px at 400 % (WCAG 1.4.10). Tables may scroll within themselves.
    """
    size = page.viewport_size
    found = _wider_than_the_screen(page)
    if size and size["width"] > NARROWEST:
        page.set_viewport_size({"width": NARROWEST, "height": size["height"]})
        found += _wider_than_the_screen(page)
        page.set_viewport_size(size)
    return found


def is_fine(page: Page) -> bool:
    """Whether a page keeps the rules of WCAG, fits every screen, and has complained of nothing."""
    return not (violations(page, *WCAG) or overflow(page) or page.complaints)


def _wider_than_the_screen(page: Page) -> list[str]:
    return page.evaluate(
        """() => {
          const { scrollWidth, clientWidth } = document.documentElement
          if (scrollWidth <= clientWidth) return []
          const wide = [...document.body.querySelectorAll("*")].filter(
            (one) => one.getBoundingClientRect().right > clientWidth + 0.5
          )
          const last = wide.slice(-3).map((one) => one.outerHTML.slice(0, 120))
          return [`${scrollWidth} px on a screen of ${clientWidth}: ${last.join(" ")}`]
        }"""
    )


def _note(page: Page, message: object) -> None:
    refused_by_design = "responded with a status of 4" in message.text
    if message.type in ("error", "warning") and not refused_by_design:
        page.complaints.append(message.text)
