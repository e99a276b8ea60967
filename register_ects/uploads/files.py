"""A file as somebody sent it, and how it is kept until it is known which column is which."""

from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Self

from register_ects.sealing import sealed, unsealed
from register_ects.uploads.columns import Column
from register_ects.uploads.reading import read_table
from register_ects.uploads.tables import Limits, Table, Unreadable


@dataclass(frozen=True)
class SentFile:
    """A file as it was sent. As a text it is its mark: what a form was sent with is known by it."""

    name: str
    content: bytes = field(repr=False)

    def __str__(self) -> str:
        return self.mark

    @property
    def mark(self) -> str:
        """Return the file's SHA-256."""
        return sha256(self.content).hexdigest()

    def sealed(self) -> bytes:
        """Return it encrypted, to be kept until it is known which column is which."""
        return sealed({"name": self.name, "content": b64encode(self.content).decode()})

    @classmethod
    def unsealed(cls, held: bytes) -> Self:
        """Return what was kept."""
        kept = unsealed(held)
        return cls(kept["name"], b64decode(kept["content"]))

    def read_as(
        self, columns: Sequence[Column], limits: Limits, mapping: Mapping[str, str] | None = None
    ) -> Table | Unreadable:
        """Return its table, or why it is none."""
        return read_table(self.name, self.content, columns=columns, limits=limits, mapping=mapping)


def may_be_mapped(found: Table | Unreadable) -> bool:
    """Whether a file is a table, or would be if somebody said which column is which."""
    if isinstance(found, Table):
        return True
    wrong = {problem.code for problem in found.problems}
    return bool(found.headings) and not wrong & {"too_many_rows", "only_headings"}


def mapping_of(sent: Mapping[str, object]) -> dict[str, str]:
    """Return what a person said of the columns, as the page about them sends it."""
    return {
        name.removeprefix("column-"): str(value)
        for name, value in sent.items()
        if name.startswith("column-")
    }
