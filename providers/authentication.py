"""Who is calling: the token in the Authorization header names one lead provider.

Source: spec 02 §2.2.1 with its Improves.
"""

import re

from django.http import HttpRequest

from providers.errors import Unauthorised
from register_ects.models import LeadProvider
from register_ects.operations.api_tokens import note_use, usable_api_token

_HEADER = re.compile(r"\s*(?:bearer|token)\s+(?P<token>\S+)\s*", re.IGNORECASE)


def authenticated_provider(request: HttpRequest) -> LeadProvider:
    """Return the lead provider whose token the request shows, and note the token's use.

    Raises Unauthorised when the header is missing or of another scheme, or the token unknown,
    revoked or expired. Tokens in the query or body are ignored.
    """
    header = _HEADER.fullmatch(request.headers.get("Authorization", ""))
    token = usable_api_token(header["token"]) if header else None
    if token is None:
        raise Unauthorised
    note_use(token)
    return token.lead_provider
