"""What the gateway knows about a request before an endpoint sees it."""

from datetime import datetime

from django.http import HttpRequest

from register_ects.models import LeadProvider


class ProviderRequest(HttpRequest):
    """A request of a lead provider that showed a valid token.

    ``auth`` is the provider: everything seen or changed is limited to it. ``received_at`` is the
    instant the request arrived, by the simulated clock if there is one.
    """

    auth: LeadProvider
    received_at: datetime
    request_id: str
