"""Who is calling: the token in the Authorization header names one lead provider.

Source: spec 02 §2.2.1 and §2.2.2 with their Improves.
"""

import re
from datetime import UTC, timedelta

from django.http import HttpRequest

from providers.errors import Unauthorised
from register_ects import clock
from register_ects.models import APIToken
from register_ects.operations.api_tokens import PREFIX_LENGTH, note_use, usable_api_token

_HEADER = re.compile(r"\s*(?:bearer|token)\s+(?P<token>\S+)\s*", re.IGNORECASE)
#: How long before a token expires each response says so.
EXPIRY_NOTICE = timedelta(days=30)


def authenticated_token(request: HttpRequest) -> APIToken:
    """Return the token that the request shows, with its lead provider, and note its use.

    Raises Unauthorised when the header is missing or of another scheme, or the token unknown,
    revoked or expired. Tokens in the query or body are ignored. One query.
    """
    header = _HEADER.fullmatch(request.headers.get("Authorization", ""))
    token = usable_api_token(header["token"]) if header else None
    if token is None:
        raise Unauthorised
    note_use(token)
    return token


def prefix_sent(request: HttpRequest) -> str | None:
    """Return the first characters of the token that was sent, by which support knows it."""
    header = _HEADER.fullmatch(request.headers.get("Authorization", ""))
    return header["token"][:PREFIX_LENGTH] if header else None


def expiry_headers(token: APIToken) -> dict[str, str]:
    """Return ``Token-Expires-At`` in the 30 days before a token expires, else nothing."""
    if token.expires_at is None or token.expires_at > clock.now() + EXPIRY_NOTICE:
        return {}
    return {"Token-Expires-At": token.expires_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}
