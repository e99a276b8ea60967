"""The navigation of the site, which the API's reference shares."""

from typing import Final

from providers.version import REFERENCE

#: The parts of the site, in the order of the navigation.
NAVIGATION: Final = (
    ("Overview", "/api/guidance"),
    ("Guidance", "/api/guidance/guidance-for-lead-providers"),
    ("API reference", REFERENCE),
    ("Release notes", "/api/guidance/release-notes"),
    ("Status", "/api/guidance/status"),
)


def navigation(path: str) -> list[dict[str, object]]:
    """Return the navigation of the site for the page at ``path``, ready for the macro."""
    parts = sorted((href for _, href in NAVIGATION), key=len, reverse=True)
    current = next((href for href in parts if path.startswith(href)), None)
    return [
        {"text": text, "href": href, "active": href == current, "current": href == path}
        for text, href in NAVIGATION
    ]
