"""Issue and revoke the tokens with which lead providers call the API.

Only a keyed digest and a clear prefix are stored: the token itself is shown once and cannot be
read back. Source: spec 02 §2.2.2 with its Improve, spec 00 "Tokens".
"""

import hashlib
import hmac
import re
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet

from register_ects import clock
from register_ects.database.compiled import compiled
from register_ects.models import APIToken, LeadProvider
from register_ects.operations.base import Author, operation, record_event
from register_ects.rules.problems import refuse

#: Base 58: digits and letters without 0, O, I and l, which people confuse.
ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
TOKEN_LENGTH, PREFIX_LENGTH = 32, 6
#: How stale ``last_used_at`` may be: it is written at most once in this time.
LAST_USED_PRECISION = timedelta(minutes=1)


@operation
def issue_api_token(
    lead_provider: LeadProvider,
    *,
    description: str,
    author: Author,
    chosen: str | None = None,
    expires_at: datetime | None = None,
) -> str:
    """Make a new token for a lead provider and return it: the only time it can be read.

    A provider may hold any number of tokens, so that they can be replaced without a gap. A token
    never expires unless ``expires_at`` is given. Outside production it may be ``chosen``. Raises
    RuleBroken without a description, and for a chosen token in production, with spaces, or that
    exists already.
    """
    if not description.strip():
        refuse("description", "blank")
    raw = "".join(secrets.choice(ALPHABET) for _ in range(TOKEN_LENGTH))
    if chosen is not None:
        raw = _permitted(chosen)
    APIToken.objects.create(
        lead_provider=lead_provider,
        prefix=raw[:PREFIX_LENGTH],
        digest=token_digest(raw),
        description=description.strip(),
        expires_at=expires_at,
    )
    record_event(
        "lead_provider_api_token_created",
        f"API token issued to {lead_provider.name}",
        author=author,
        about=[lead_provider],
        metadata={"description": description.strip(), "prefix": raw[:PREFIX_LENGTH]},
    )
    return raw


@operation
def revoke_api_token(token: APIToken, *, author: Author) -> None:
    """Stop a token from working, now and for good; the row stays, to explain past requests.

    Raises RuleBroken if it was revoked before.
    """
    token = APIToken.objects.select_for_update().get(pk=token.pk)
    if token.revoked_at is not None:
        refuse("token", "already_revoked")
    token.revoked_at = clock.now()
    token.save(update_fields=["revoked_at", "updated_at"])
    record_event(
        "lead_provider_api_token_revoked",
        f"API token of {token.lead_provider.name} revoked",
        author=author,
        about=[token.lead_provider],
        metadata={"description": token.description, "prefix": token.prefix},
    )


def _permitted(chosen: str) -> str:
    """Return a token that somebody made up, if it may be used. Raises RuleBroken."""
    if settings.PRODUCTION:
        refuse("token", "not_in_production")
    if not re.fullmatch(r"[!-~]+", chosen, re.ASCII):
        refuse("token", "not_visible_ascii")
    if APIToken.objects.filter(digest=token_digest(chosen)).exists():
        refuse("token", "taken")
    return chosen


def usable_api_token(raw: str) -> APIToken | None:
    """Return the token that ``raw`` is, with its lead provider; None when it lets nobody in."""
    digest = token_digest(raw)
    token = _tokens.first(digest)
    if token is None or not hmac.compare_digest(bytes(token.digest), digest):
        return None
    return token if token.is_usable else None


@compiled
def _tokens(digest: bytes) -> QuerySet[APIToken]:
    return APIToken.objects.select_related("lead_provider").filter(digest=digest)


def note_use(token: APIToken) -> None:
    """Remember that a token was used, at most once a minute and without touching updated_at."""
    now = clock.now()
    stale_since = now - LAST_USED_PRECISION
    if token.last_used_at is not None and token.last_used_at > stale_since:
        return
    APIToken.objects.filter(
        Q(last_used_at=None) | Q(last_used_at__lte=stale_since), pk=token.pk
    ).update(last_used_at=now)


def token_digest(raw: str) -> bytes:
    """Return the 32 bytes that are stored instead of a token: HMAC-SHA-256 with our secret."""
    secret = settings.API_TOKEN_SECRET.encode()
    return hmac.new(secret, raw.encode("utf-8", "replace"), hashlib.sha256).digest()
