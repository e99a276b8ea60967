"""What the gateway knows about a request before an endpoint sees it."""

from datetime import datetime

from django.http import HttpRequest

from providers.errors import ErrorItem
from register_ects.models import APIToken, LeadProvider
from register_ects.operations.base import Author


class ProviderRequest(HttpRequest):
    """A request of a lead provider that showed a valid token.

    ``auth`` is the provider: everything seen or changed is limited to it; ``author`` is it, as the
    author of what it changes. ``received_at`` is the instant the request arrived, by the simulated
    clock if there is one; ``arrived_at`` is by the real one, ``started`` the same in seconds of a
    monotonic clock. An endpoint that answers a list sets ``row_count``, for the request log; one
    that wrote nothing on purpose ``is_dry_run``.
    """

    auth: LeadProvider
    author: Author
    arrived_at: datetime
    started: float
    token: APIToken | None
    received_at: datetime
    request_id: str
    row_count: int | None
    errors: list[ErrorItem]
    is_replay: bool
    is_dry_run: bool
