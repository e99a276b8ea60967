"""The published versions of the OpenAPI file, and what each changed (spec 02 §2.20).

Every released file is kept in ``published/``. ``bin/manage publish_openapi`` adds the present
one; a test refuses a present file that breaks the last one.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from providers.openapi.differences import Difference, breaking, differences, named
from providers.openapi.document import as_yaml, document
from providers.version import DESCRIPTION_VERSION

PUBLISHED: Final = Path(__file__).parent / "published"


class CannotPublish(Exception):
    """The present file must not be published as it is."""


@dataclass(frozen=True)
class Change:
    """A change with the operations and the statuses of responses that have it."""

    what: str
    is_breaking: bool
    wheres: tuple[str, ...]
    statuses: tuple[str, ...]

    @property
    def where(self) -> str:
        """Return the operations in words when they are many of a kind, else empty."""
        known = _known_operations()
        reads = {where for where in known if where.startswith("GET ")}
        kinds = {
            "Every operation": known,
            "Every operation that reads": reads,
            "Every operation that writes": known - reads,
        }
        return next((words for words, kind in kinds.items() if kind <= set(self.wheres)), "")


@dataclass(frozen=True)
class Release:
    """A version of the file with what it changed since the version before."""

    version: str
    before: str
    changes: tuple[Change, ...]


def versions() -> list[str]:
    """Return the published versions, oldest first."""
    return sorted((file.stem for file in PUBLISHED.glob("*.yaml")), key=_numbers)


@cache
def published(version: str) -> dict[str, Any]:
    """Return a published file."""
    with (PUBLISHED / f"{version}.yaml").open("rb") as file:
        content: dict[str, Any] = yaml.load(file, Loader=yaml.CSafeLoader)
    return content


@cache
def changes_by_release() -> list[Release]:
    """Return every version after the first with its changes, newest first."""
    known = [*versions()]
    files = {version: published(version) for version in known}
    if DESCRIPTION_VERSION not in files:
        known.append(DESCRIPTION_VERSION)
        files[DESCRIPTION_VERSION] = document()
    pairs = zip(known[1:], known, strict=False)
    return [
        Release(version, before, grouped(differences(files[before], files[version])))
        for version, before in pairs
    ][::-1]


def grouped(found: list[Difference]) -> tuple[Change, ...]:
    """Return the same changes of several operations as one, the breaking ones first."""
    same: dict[tuple[str, bool], list[Difference]] = {}
    for each in found:
        same.setdefault((each.what, each.is_breaking), []).append(each)
    changes = [
        Change(
            what,
            is_breaking,
            wheres=tuple(dict.fromkeys(each.where for each in those)),
            statuses=tuple(sorted({each.status for each in those if each.status})),
        )
        for (what, is_breaking), those in same.items()
    ]
    return tuple(sorted(changes, key=lambda change: not change.is_breaking))


def publish() -> Path:
    """Keep the present file as the published one of its version; return where.

    Raises CannotPublish when the version has been published, or clients of the last published
    file would break.
    """
    target = PUBLISHED / f"{DESCRIPTION_VERSION}.yaml"
    if target.exists():
        raise CannotPublish(
            f"Version {DESCRIPTION_VERSION} has been published. Raise DESCRIPTION_VERSION first."
        )
    if known := versions():
        broken = breaking(published(known[-1]), document())
        if broken:
            told = "\n".join(f"{each.where}: {each.what}" for each in broken)
            raise CannotPublish(f"Clients of {known[-1]} would break:\n{told}")
    target.write_bytes(as_yaml())
    return target


@cache
def _known_operations() -> frozenset[str]:
    """Return the operations of the first published file: later ones have nothing to change."""
    first = published(versions()[0])
    return frozenset(
        named(method, path) for path, methods in first["paths"].items() for method in methods
    )


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in version.split("."))
