"""A person with a browser, who looks at every page: accessible, quiet, fits the screen."""

from pathlib import Path

from playwright.sync_api import Locator, Page

from tests.support.chromium import overflow, violations


class Visitor:
    """Goes from page to page and checks each with axe.

    ``complaints`` collects console errors, failed requests and accessibility violations.
    """

    def __init__(self, page: Page, base: str, pictures: Path | None) -> None:
        self.page, self.base, self.pictures = page, base, pictures
        self.complaints: list[str] = []
        self._looked = 0
        self._tried: set[str] = set()
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        page.on("requestfailed", self._on_failed_request)

    def _on_console(self, message) -> None:
        # Chromium reports the 422 of an invalid form as an error; the page is the answer.
        if message.type == "error" and "422" not in message.text:
            self.complaints.append(f"console: {message.text}")

    def _on_failed_request(self, request) -> None:
        # What is still loading when the person moves on is given up: no fault of ours.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"{request.failure}: {request.url}")

    def goes_to(self, path: str) -> None:
        """Open an address of the service and look."""
        self.page.goto(f"{self.base}{path}")
        self.looks()

    def signs_in_as(self, name: str) -> None:
        """Choose a persona."""
        self.page.goto(f"{self.base}/personas")
        self._clicks(self.page.get_by_role("button", name=name))
        self.looks()

    def signs_out(self) -> None:
        """End the session."""
        self._clicks(self.page.get_by_role("button", name="Sign out"))

    def fills(self, label: str, text: str) -> None:
        """Type into a field by its label."""
        self.page.get_by_label(label, exact=True).fill(text)

    def fills_date(self, day: str, *, group: int = 0) -> None:
        """Type a date, "2026-09-01", into the page's date input."""
        year, month, number = day.split("-")
        parts = self.page.locator(".govuk-date-input").nth(group).locator("input")
        for position, text in enumerate((str(int(number)), str(int(month)), year)):
            parts.nth(position).fill(text)

    def chooses(self, label: str) -> None:
        """Select a radio by its label."""
        self.page.get_by_label(label, exact=True).check()

    def presses(self, name: str = "Continue") -> None:
        """Press a button, and look at the page that comes."""
        self._clicks(self.page.get_by_role("button", name=name, exact=True))
        self.looks()

    def follows(self, name: str) -> None:
        """Follow a link, plain or drawn as a button, and look at the page that comes."""
        link = self.page.locator("a", has_text=name).first
        if not link.is_visible():  # in the navigation, folded away on a phone
            self.page.get_by_role("button", name="Menu").click()
        self._clicks(link)
        self.looks()

    def _clicks(self, what: Locator) -> None:
        """Click what leads to another page, and wait until that is there."""
        with self.page.expect_navigation():
            what.click()

    def sees(self, text: str) -> None:
        """Insist that the page says something."""
        said = " ".join(self.page.locator("body").inner_text().split())
        assert text in said, f"{text!r} is not on {self.page.url}: {said[:2000]}"

    def looks(self) -> None:
        """Check the page with axe, its links, that it fits any screen; take a picture if wanted."""
        self._looked += 1
        self._tries_links()
        if self.pictures:
            self.pictures.mkdir(parents=True, exist_ok=True)
            slug = self.page.url.rsplit("/", 1)[-1].split("?")[0] or "home"
            self.page.screenshot(
                path=self.pictures / f"{self._looked:02}-{slug}.png", full_page=True
            )
        where = f"{self.page.title()} ({self.page.url})"
        self.complaints += [
            f"axe: {rule} on {where}: {broken_by[0][:200]}"
            for rule, broken_by in violations(self.page)
        ]
        self.complaints += [f"{one}: {where}" for one in overflow(self.page)]

    def _tries_links(self) -> None:
        """Open every link of the page to this service that was not tried before.

        The form for feedback is tried once: each page asks it about itself, and it has a limit.
        """
        links = self.page.eval_on_selector_all("a[href]", "all => all.map(one => one.href)")
        ours = {one.split("#")[0] for one in links if one.startswith(self.base)}
        for link in {one.split("?about=")[0] for one in ours}:
            if link in self._tried:
                continue
            self._tried.add(link)
            status = self.page.request.get(link).status
            if status >= 400:
                self.complaints.append(f"{status} behind a link on {self.page.url}: {link}")
