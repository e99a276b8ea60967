"""What may hold a date of birth or a National Insurance number is kept encrypted.

Journey drafts and the rows of several registrations hold such answers, as JSON with dates.
"""

import base64
import hashlib
import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


class Unreadable(Exception):
    """What was sealed was so with another secret, or is damaged: it counts as lost."""


def sealed(held: Any) -> bytes:
    """Encrypt a value of JSON, dates and decimals."""
    return _cipher().encrypt(json.dumps(held, default=_encode).encode())


def unsealed(kept: bytes) -> Any:
    """Return what ``sealed`` was given. Raises Unreadable."""
    try:
        plain = _cipher().decrypt(bytes(kept))
    except InvalidToken as error:
        raise Unreadable from error
    return json.loads(plain, object_hook=_decode)


def _cipher() -> Fernet:
    digest = hashlib.sha256(b"journey drafts:" + settings.DRAFT_ENCRYPTION_SECRET.encode())
    return Fernet(base64.urlsafe_b64encode(digest.digest()))


def _encode(value: Any) -> Any:
    if isinstance(value, date) and not isinstance(value, datetime):
        return {"__date__": value.isoformat()}
    if isinstance(value, Decimal):
        return {"__decimal__": str(value)}
    raise TypeError(f"An answer cannot be a {type(value).__name__}")


def _decode(pairs: dict[str, Any]) -> Any:
    if "__date__" in pairs:
        return date.fromisoformat(pairs["__date__"])
    if "__decimal__" in pairs:
        return Decimal(pairs["__decimal__"])
    return pairs
