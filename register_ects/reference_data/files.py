"""Read the service's own data files: comma-separated, UTF-8, with a header row."""

import csv
import gzip
import uuid
from datetime import date
from pathlib import Path

from django.conf import settings

DATA_DIR: Path = settings.BASE_DIR / "data"

_NAMESPACE = uuid.UUID("5c3f2f0e-2f0b-5d53-9a51-6c7d1a7f6e11")


def read_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a file under ``data/``, for example ``reference/schedules.csv``.

    Lines that start with "#" are notes to people. A name that ends in .gz is compressed.
    """
    path = DATA_DIR / name
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    lines = content.decode("utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def optional_date(text: str) -> date | None:
    """Return an ISO date; None if blank."""
    return date.fromisoformat(text) if text else None


def is_true(text: str) -> bool:
    """Return a truth value written true or false."""
    return {"true": True, "false": False}[text]


def stable_id(kind: str, name: str) -> uuid.UUID:
    """Return an id that is the same wherever the data are loaded."""
    return uuid.uuid5(_NAMESPACE, f"{kind}:{name}")
