"""Read and check the Markdown files of the site; ``markdown.py`` turns them into HTML.

A file begins with front matter: lines of ``key: value`` between two lines of ``---``.
Source: spec 02 §2.20.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

GUIDANCE: Final = Path(__file__).resolve().parent.parent / "guidance"
#: What a release note may be tagged with, in the order in which tags are shown.
TAGS: Final = (
    "breaking-change",
    "new-feature",
    "bug-fix",
    "new-field",
    "data-update",
    "contract-closure",
    "removed-field",
    "production-release",
    "sandbox-release",
)
#: Groups of pages in the side bar, in order.
SECTIONS: Final = ("Guidance", "For developers")

_FRONT_MATTER = re.compile(r"\A---\n(?P<head>.*?)\n---\n(?P<body>.*)\Z", re.DOTALL)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class UnreadableContent(ValueError):
    """A file of the site lacks something, or holds something that is not allowed."""


@dataclass(frozen=True)
class Page:
    """A page of guidance; ``position`` orders the side bar within its section."""

    slug: str
    title: str
    sidebar_title: str
    position: int
    section: str
    summary: str
    body: str

    @property
    def path(self) -> str:
        """Return the page's address."""
        return f"/api/guidance/guidance-for-lead-providers/{self.slug}"


@dataclass(frozen=True)
class ReleaseNote:
    """What changed for clients of the API on a day."""

    title: str
    published_on: date
    tags: tuple[str, ...]
    body: str

    @property
    def slug(self) -> str:
        """Return the ISO date and the title: "2026-11-24-version-3-opens"."""
        return f"{self.published_on.isoformat()}-{slugified(self.title)}"

    @property
    def path(self) -> str:
        """Return the note's address."""
        return f"/api/guidance/release-notes/{self.slug}"


@cache
def pages() -> tuple[Page, ...]:
    """Return the pages of guidance in the order of the side bar.

    Raises UnreadableContent for a file that lacks a title, side-bar title, position or body, or
    for two pages in one place.
    """
    found = [page_from(path) for path in sorted((GUIDANCE / "pages").glob("*.md"))]
    places = [(each.section, each.position) for each in found]
    if len(set(places)) < len(places):
        raise UnreadableContent("Two pages of one section have the same position")
    return tuple(sorted(found, key=lambda each: (SECTIONS.index(each.section), each.position)))


@cache
def release_notes() -> tuple[ReleaseNote, ...]:
    """Return the release notes, newest first. Raises UnreadableContent unless all are whole."""
    notes = [note_from(path) for path in sorted((GUIDANCE / "release_notes").glob("*.md"))]
    repeated = len({note.slug for note in notes}) < len(notes)
    if repeated:
        raise UnreadableContent("Two release notes have the same date and title")
    return tuple(sorted(notes, key=lambda note: (note.published_on, note.title), reverse=True))


@cache
def introduction(name: str) -> str:
    """Return the Markdown of a file that belongs to a page of its own, such as "home"."""
    return (GUIDANCE / f"{name}.md").read_text(encoding="utf-8")


def check_content() -> None:
    """Read everything, so that the service does not start with files that are not whole."""
    pages()
    release_notes()


def page_from(path: Path) -> Page:
    """Return the page that a file holds. Raises UnreadableContent."""
    head, body = _read(path)
    section = head.get("section", SECTIONS[0])
    position = head.get("position")
    if section not in SECTIONS:
        raise UnreadableContent(f"{path.name}: section must be one of {', '.join(SECTIONS)}")
    if not isinstance(position, int) or isinstance(position, bool):
        raise UnreadableContent(f"{path.name}: position must be a whole number")
    if not _SLUG.fullmatch(path.stem):
        raise UnreadableContent(f"{path.name}: use lower-case letters, digits and hyphens only")
    texts = {key: _text(path, head, key) for key in ("title", "sidebar_title", "summary")}
    return Page(slug=path.stem, section=section, position=position, body=body, **texts)


def note_from(path: Path) -> ReleaseNote:
    """Return the release note that a file holds. Raises UnreadableContent."""
    head, body = _read(path)
    published_on = head.get("date")
    if type(published_on) is not date:
        raise UnreadableContent(f"{path.name}: date must be a date, such as 2026-11-24")
    return ReleaseNote(_text(path, head, "title"), published_on, _tags(path, head), body)


def slugified(text: str) -> str:
    """Return text as a part of an address.

    >>> slugified("Dry runs & bulk: what's new")
    'dry-runs-bulk-whats-new'
    """
    plain = re.sub(r"['’.]", "", text.lower())
    return "-".join(re.findall(r"[a-z0-9]+", plain))


def _read(path: Path) -> tuple[dict[str, Any], str]:
    parts = _FRONT_MATTER.match(path.read_text(encoding="utf-8"))
    if parts is None:
        raise UnreadableContent(f"{path.name}: begin with front matter between lines of ---")
    try:
        head = yaml.safe_load(parts["head"])
    except yaml.YAMLError as error:
        raise UnreadableContent(f"{path.name}: the front matter is no YAML") from error
    if not isinstance(head, dict):
        raise UnreadableContent(f"{path.name}: the front matter needs key: value lines")
    if not parts["body"].strip():
        raise UnreadableContent(f"{path.name}: the body is empty")
    return head, parts["body"]


def _text(path: Path, head: dict[str, Any], key: str) -> str:
    value = head.get(key)
    if not isinstance(value, str) or not value.strip():
        raise UnreadableContent(f"{path.name}: {key} is missing")
    return value.strip()


def _tags(path: Path, head: dict[str, Any]) -> tuple[str, ...]:
    tags = head.get("tags") or []
    if not isinstance(tags, Iterable) or isinstance(tags, str):
        raise UnreadableContent(f"{path.name}: tags must be a list")
    unknown = [str(tag) for tag in tags if tag not in TAGS]
    if unknown:
        raise UnreadableContent(f"{path.name}: unknown tags: {', '.join(unknown)}")
    return tuple(tag for tag in TAGS if tag in tags)
