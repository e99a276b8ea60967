"""Fill in the gaps of the emails' templates, as Notify does."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import NAMESPACE_DNS, uuid5

_GAP = re.compile(r"\(\(([^()]+)\)\)")


@dataclass(frozen=True)
class Template:
    """The words of one email, with gaps such as ``((school_name))``."""

    id: str
    name: str
    subject: str
    body: str

    def missing(self, values: Mapping[str, object]) -> list[str]:
        """Return the names of gaps for which there is no value."""
        gaps = _GAP.findall(f"{self.subject} {self.body}")
        return sorted({gap for gap in gaps if gap not in values})

    def filled(self, values: Mapping[str, object]) -> tuple[str, str]:
        """Return subject and body with every gap filled."""
        subject, body = (
            _GAP.sub(lambda gap: str(values[gap[1]]), text) for text in (self.subject, self.body)
        )
        return subject, body


def templates_in(folder: Path) -> dict[str, Template]:
    """Return the templates of a folder by the ids that Notify knows them by outside production."""
    found = {}
    for path in sorted(folder.glob("*.txt")):
        subject, _, body = path.read_text(encoding="utf-8").partition("\n\n")
        template_id = str(uuid5(NAMESPACE_DNS, path.stem))
        subject = subject.removeprefix("Subject: ").strip()
        found[template_id] = Template(template_id, path.stem, subject, body.strip())
    return found
