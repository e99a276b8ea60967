"""The API is fed what its description allows, and what it does not, by a machine.

Nothing makes it fail, and every answer is as described. The same requests each time in CI;
``SCHEMATHESIS_EXAMPLES`` asks for more than the quick few.
"""

import os
from functools import cache
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode

from providers.openapi.document import OPERATIONS
from tests.providers.contract import assert_described
from tests.providers.documented_world import DAY
from tests.providers.documented_world import documented_provider as documented_provider
from tests.providers.documented_world import lead_provider as lead_provider

EXAMPLES = int(os.environ.get("SCHEMATHESIS_EXAMPLES", "4"))
#: What is as described, and what is not.
BOTH = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
ours = settings(
    max_examples=EXAMPLES,
    stateful_step_count=8,
    deadline=None,
    database=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(autouse=True)
def _that_day(on, settings):
    on(DAY)
    settings.API_RATE_LIMIT = None


@pytest.fixture
def schema(in_one_transaction):
    """The published file, with the service behind it."""
    return _loaded()


@cache
def _loaded():
    return schemathesis.openapi.from_wsgi("/api/docs/v3/swagger.json", get_wsgi_application())


@pytest.fixture
def send(api):
    """Send a case with the provider's token, and hold the answer to the description."""

    def send(case: Any) -> Any:
        response = case.call(headers={"Authorization": f"Bearer {api.token}"})
        assert response.status_code < 500, case.as_curl_command()
        sent = urlsplit(response.request.url)
        assert_described(case.method, sent.path, _AsSent(response))
        return response

    return send


class _AsSent:
    """A response with the names that Django gives its parts."""

    def __init__(self, response: Any) -> None:
        self.status_code, self.content = response.status_code, response.content
        self.headers = {name.title(): values[0] for name, values in response.headers.items()}


@pytest.mark.parametrize("name", sorted(each.operation_id for each in OPERATIONS))
def test_whatever_is_sent_is_answered_as_described(schema, send, name):
    operation = schema.find_operation_by_id(name)
    for mode in BOTH:

        @ours
        @given(operation.as_strategy(generation_mode=mode))
        def tried(case):
            send(case)

        tried()


@pytest.mark.parametrize("name", sorted(each.operation_id for each in OPERATIONS))
def test_the_edges_of_what_may_be_sent_are_answered_as_described(schema, send, name):
    operation = schema.find_operation_by_id(name)
    edges = schema.iter_coverage_cases(
        operation=operation,
        generation_modes=BOTH,
        generation_config=schema.config.generation_for(operation=operation),
    )
    for case in islice(edges, None, None, max(1, 40 // EXAMPLES)):
        send(case)


def test_whole_stories_are_answered_as_described(schema, send):
    """What is sent is as described: made, read and changed, one after the other."""
    schema.config.generation.update(modes=[GenerationMode.POSITIVE])

    class Story(schema.as_state_machine()):
        def call(self, case, **kwargs):
            return send(case)

        def validate_response(self, response, case, **kwargs):
            pass

    Story.run(settings=ours)
