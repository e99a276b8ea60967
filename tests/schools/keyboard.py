"""Somebody who uses a page of a real browser by the keyboard alone."""

from playwright.sync_api import Locator, Page

#: More than any page has to stop at.
_MOST_STOPS = 120


class Keyboard:
    """Goes forward from where the page has its focus, as with the Tab key, and types."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, wanted: Locator) -> None:
        """Press Tab until something has the focus, and show that people see that it has."""
        for _ in range(_MOST_STOPS):
            self.page.keyboard.press("Tab")
            if self._is_at(wanted):
                assert wanted.and_(self.page.locator(":focus-visible")).count() == 1
                return
        raise AssertionError(f"The keyboard does not reach {wanted} on {self.page.url}")

    def types(self, field: str, text: str) -> None:
        """Type into a field, in place of what is there."""
        self.reach(self.page.locator(f"#{field}"))
        self.page.keyboard.type(text)

    def types_date(self, field: str, day: str) -> None:
        """Type a date, "2026-09-01", into its three boxes."""
        year, month, number = day.split("-")
        for part, text in (("day", number), ("month", month), ("year", year)):
            self.types(f"{field}-{part}", text)

    def chooses(self, label: str) -> None:
        """Select a radio: Tab to its group, then the arrows."""
        radio = self.page.get_by_label(label, exact=True)
        self.reach(self.page.locator(f"[name={radio.get_attribute('name')}]"))
        for _ in range(_MOST_STOPS):
            if self._is_at(radio):
                break
            self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Space")
        assert radio.is_checked()

    def chooses_in_list(self, field: str, option: str, *, has_javascript: bool) -> None:
        """Choose from a long list, in which one types where scripts run."""
        if not has_javascript:
            self.types(field, option)
            return
        self.reach(self.page.locator("input[role=combobox]"))
        self.page.keyboard.type(option)
        self.page.get_by_role("option", name=option).first.wait_for()
        self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Enter")

    def presses(self, name: str) -> None:
        """Press a button, and wait for the page that comes."""
        self._enters(self.page.get_by_role("button", name=name, exact=True))

    def follows(self, name: str) -> None:
        """Follow a link, plain or drawn as a button."""
        self._enters(self.page.locator("main").get_by_text(name, exact=True))

    def _enters(self, wanted: Locator) -> None:
        self.reach(wanted)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def _is_at(self, wanted: Locator) -> bool:
        return wanted.and_(self.page.locator(":focus")).count() == 1
