"""A real browser for tests marked ``browser``; which needs Chromium to be installed."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

#: The least width, in CSS pixels, on which nothing may be cut off or scroll sideways.
NARROWEST = 320

EXECUTABLES = ("chromium", "chromium-browser", "google-chrome")


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

    Nothing is left of it for the next: no cookies, nothing stored.
    """
    with chromium.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=javascript
    ) as context:
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: _note(page, message))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        yield page


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
