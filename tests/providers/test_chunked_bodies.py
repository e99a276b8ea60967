"""Bodies in chunks, as many HTTP libraries send them, are read like any other."""

import io

import pytest

from tests.factories import TrainingPeriodFactory

PATH = "/api/v3/participant-declarations"
KEY = {"HTTP_IDEMPOTENCY_KEY": "k"}


def sent_in_chunks(api, body, **environment):
    """Send a body as a web server hands on what came in chunks."""
    return api._client.generic(
        "POST",
        PATH,
        headers={"Authorization": f"Bearer {api.token}", "Transfer-Encoding": "Chunked"},
        **{
            "wsgi.input": io.BytesIO(body),
            "wsgi.input_terminated": True,
            "CONTENT_TYPE": "application/json",
        }
        | environment,
    )


def code_of(response):
    return response.json()["errors"][0]["code"]


@pytest.mark.parametrize("environment", [{}, KEY], ids=["without a key", "with a key"])
def test_a_body_in_chunks_is_read(api, lead_provider, environment):
    training = TrainingPeriodFactory(lead_provider=lead_provider)
    participant = str(training.teacher.api_id)
    body = f'{{"data": {{"attributes": {{"participant_id": "{participant}"}}}}}}'

    response = sent_in_chunks(api, body.encode(), **environment)

    assert (response.status_code, code_of(response)) == (422, "declaration.blank")


@pytest.mark.parametrize("environment", [{}, KEY], ids=["without a key", "with a key"])
def test_chunks_beyond_two_megabytes_are_413_and_not_read_to_the_end(api, environment):
    endless = io.BytesIO(b" " * 10_000_000)

    response = sent_in_chunks(api, b"", **{"wsgi.input": endless} | environment)

    assert (response.status_code, code_of(response)) == (413, "request.payload_too_large")
    assert endless.tell() == 2 * 1024 * 1024 + 1


def test_a_server_that_does_not_say_where_a_body_ends_is_not_waited_for(api):
    response = sent_in_chunks(api, b"never read", **{"wsgi.input_terminated": False})

    assert (response.status_code, code_of(response)) == (400, "request.bad_envelope")
