"""Who is calling: the token in the Authorization header names one lead provider.

Source: spec 02 §2.2.1 and §2.2.2 with their Improves.
"""

import re
from datetime import timedelta

from django.http import HttpRequest

from providers.errors import Unauthorised
from register_ects import clock
from register_ects.models import APIToken
from register_ects.operations.lead_providers.api_tokens import (
    PREFIX_LENGTH,
    note_use,
    usable_api_token,
)
from register_ects.rules.instants import written_instant

_SCHEMES = frozenset({"bearer", "token"})
#: ``token="…"`` or ``token=…``, perhaps with more parameters after it.
_NAMED = re.compile(r'token\s*=\s*(?:"(?P<quoted>[^"\s]+)"|(?P<plain>[^",;\s]+))', re.IGNORECASE)
#: No header with a token of ours is longer.
_LONGEST = 2_000
#: How long before a token expires each response says so.
EXPIRY_NOTICE = timedelta(days=30)


def authenticated_token(request: HttpRequest) -> APIToken:
    """Return the token that the request shows, with its lead provider, and note its use.

    Raises Unauthorised when the header is missing or of another scheme, or the token unknown,
    revoked or expired. Tokens in the query or body are ignored. One query.
    """
    sent = _token_sent(request)
    token = usable_api_token(sent) if sent else None
    if token is None:
        raise Unauthorised
    note_use(token)
    return token


def prefix_sent(request: HttpRequest) -> str | None:
    """Return the first characters of the token that was sent, by which support knows it."""
    sent = _token_sent(request)
    return sent[:PREFIX_LENGTH] if sent else None


def _token_sent(request: HttpRequest) -> str | None:
    """Return the token in the header, after ``Bearer`` or ``Token``, in any of three forms.

    By itself, as ``token="…"`` and as ``token=…``: clients of the public service send them all.
    """
    header = request.headers.get("Authorization", "")
    words = header.split(None, 1) if len(header) <= _LONGEST else []
    if len(words) != 2 or words[0].lower() not in _SCHEMES:
        return None
    credentials = words[1].strip()
    named = _NAMED.match(credentials)
    if named:
        return named["quoted"] or named["plain"]
    return credentials if len(credentials.split()) == 1 else None


def expiry_headers(token: APIToken) -> dict[str, str]:
    """Return ``Token-Expires-At`` in the 30 days before a token expires, else nothing."""
    if token.expires_at is None or token.expires_at > clock.now() + EXPIRY_NOTICE:
        return {}
    return {"Token-Expires-At": written_instant(token.expires_at)}
