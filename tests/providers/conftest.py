"""A client that calls the API as one lead provider does."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client

from register_ects.models import LeadProvider, TrainingPeriod
from register_ects.operations.base import Author
from register_ects.operations.lead_providers.api_tokens import issue_api_token
from register_ects.projections.refresh import catch_up
from tests.factories import LeadProviderFactory
from tests.providers.contract import assert_described
from tests.providers.declaring import trained

BASE = "/api/v3"


class ApiClient:
    """Sends the provider's token with every request; bodies are JSON unless they are bytes.

    Every response must be as the API's description says, unless ``is_held_to_it`` is set to False.
    """

    def __init__(self, lead_provider: LeadProvider) -> None:
        self.lead_provider = lead_provider
        self.token = issue_api_token(
            lead_provider, description="Test token", author=Author.system()
        )
        self._client = Client()
        self.catches_up = True
        self.is_held_to_it = True

    def get(self, path: str, **headers: str) -> Any:
        return self.request("GET", path, **headers)

    def post(self, path: str, body: Any, **headers: str) -> Any:
        return self.request("POST", path, body, **headers)

    def request(self, method: str, path: str, body: Any = b"", **headers: str) -> Any:
        if self.catches_up:
            catch_up()  # factories write facts without an operation
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        sent = {"Authorization": f"Bearer {self.token}", **headers}
        content_type = sent.pop("Content-Type", "application/json")
        response = self._client.generic(
            method, f"{BASE}{path}", content, content_type=content_type, headers=sent
        )
        if self.is_held_to_it:
            assert_described(method, f"{BASE}{path}", response)
        return response


@pytest.fixture
def lead_provider() -> LeadProvider:
    return LeadProviderFactory(name="Harbour Learning")


@pytest.fixture
def training(lead_provider: LeadProvider) -> TrainingPeriod:
    """Training of theirs about which declarations can be made."""
    return trained(lead_provider)


@pytest.fixture
def api_client() -> Callable[[LeadProvider], ApiClient]:
    return ApiClient


@pytest.fixture
def api(lead_provider: LeadProvider) -> ApiClient:
    return ApiClient(lead_provider)


@pytest.fixture
def in_one_transaction() -> Iterator[None]:
    """Keep requests to the WSGI application in the test's transaction, as Django's client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
