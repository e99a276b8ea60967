"""What the tests of a school's lists of people read of them."""

from tests.support.pages import Page


def names_in(page: Page) -> list[str]:
    """Return the names that the list has, in its order."""
    return [link.get_text(strip=True) for link in page.select("main tbody th a")]


def row_of(page: Page) -> dict[str, str]:
    """Return the list's first row by its headings, without the box to select it."""
    titles = [heading.get_text() for heading in page.select("main thead th")]
    for box in page.select("main tbody .govuk-checkboxes"):
        box.extract()
    cells = page.select_one("main tbody tr").find_all(["th", "td"])
    return dict(zip(titles, (" ".join(one.get_text(" ").split()) for one in cells), strict=True))
