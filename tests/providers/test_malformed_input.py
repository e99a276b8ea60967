"""Whatever is sent, to any operation: an answer in JSON, and never a fault of ours."""

import uuid

import pytest
from django.test import Client

from providers.api import api as operations
from tests.factories import TrainingPeriodFactory

ID = "5dd4a467-1d9a-4d33-bc28-8950d223962f"
NINES = "9" * 5000
DEEP = 100_000

ROUTES = sorted(
    (method.upper(), path.replace("//", "/"))
    for path, methods in operations.get_openapi_schema(path_prefix="/")["paths"].items()
    for method in methods
)
READS = [path for method, path in ROUTES if method == "GET"]
WRITES = [(method, path) for method, path in ROUTES if method != "GET"]

QUERIES = {
    "NUL in filters": "&".join(
        f"filter[{name}]=%00"
        for name in (
            *("cohort", "training_status", "from_participant_id", "participant_id"),
            *("delivery_partner_id", "urn"),
        )
    ),
    "NUL in updated_since": "filter[updated_since]=%00",
    "NUL in names": "filter[%00]=1&%00=%00&sort=%00&meta=%00&after=%00&dry_run=%00",
    "NUL in page": "page[page]=%00",
    "huge page": f"page[page]={NINES}",
    "huge page size": f"page[per_page]={NINES}",
    "huge negative page": f"page[page]=-{NINES}",
    "huge years": f"filter[cohort]={NINES},-1,0,65536,9999",
    "huge urn": f"filter[cohort]=2025&filter[urn]={NINES}",
    "huge place": f"after={NINES}",
    "invalid UTF-8": "filter[cohort]=%ff%fe&filter[training_status]=%c3%28&%ff=%ff",
    "lone surrogate": "filter[training_status]=%ed%a0%80&filter[urn]=%ed%a0%80",
    "very long value": f"filter[participant_id]={'a' * 100_000}",
    "very many ids": f"filter[participant_id]={','.join([ID] * 5000)}",
    "very many parameters": "&".join(f"p{n}=1" for n in range(2000)),
    "deep brackets": f"filter{'[a]' * 5000}=1",
    "unfinished brackets": "filter[=1&filter]=1&filter[]]=1&page[=1&page]]=1",
    "nothing but separators": "&&&===&;;;",
    "unfinished escape": "filter[cohort]=%&filter[urn]=%zz",
    "nested filters": "filter[cohort][a]=1&filter[updated_since][a]=1",
    "other digits": "filter[cohort]=%d9%a2%d9%a0%d9%a2%d9%a5&page[page]=%d9%a2",
    "last second": "filter[updated_since]=9999-12-31T23:59:59-23:59",
    "first second": "filter[updated_since]=0001-01-01T00:00:00%2B23:59",
    "impossible day": "filter[updated_since]=2025-02-30",
    "cursor of another kind": "page[after]=eyJhIjoxfQ.AAAA",
}

BODIES = {
    "nothing": b"",
    "invalid UTF-8": b'{"data": {"attributes": {"cohort": "\xff\xfe"}}}',
    "UTF-16": '{"data": {"attributes": {"cohort": "2025"}}}'.encode("utf-16"),
    "deep lists": b"[" * DEEP,
    "deep objects": b'{"data":' * DEEP + b"1" + b"}" * DEEP,
    "NaN": b'{"data": {"attributes": {"cohort": NaN}}}',
    "infinity": b'{"data": {"attributes": {"cohort": Infinity, "reason": 1e999}}}',
    "lone surrogate": b'{"data": {"attributes": {"reason": "\\ud800", "cohort": "\\udfff"}}}',
    "number": b"1",
    "text": b'"data"',
    "list": b'[{"data": {}}]',
    "data is text": b'{"data": "x"}',
    "data is a list": b'{"data": [1, null, {}, {"attributes": 1}]}',
    "unfinished": b'{"data": {"attributes": {"cohort":',
    "not JSON": b"<data/>",
    "form with deep brackets": b"data" + b"[attributes]" * 5000 + b"=1",
}


def attributes(value):
    """Return an envelope that gives every attribute of any operation this value, as JSON text."""
    names = (
        *("participant_id", "declaration_type", "declaration_date", "course_identifier"),
        *("evidence_held", "reason", "schedule_identifier", "cohort", "school_id"),
        "delivery_partner_id",
    )
    sent = ", ".join(f'"{name}": {value}' for name in names)
    return f'{{"data": {{"attributes": {{{sent}}}}}}}'.encode()


VALUES = {
    "NUL": '"\\u0000"',
    "NUL in an id": f'"{ID[:-1]}\\u0000"',
    "huge integer": NINES[:400],
    "larger than 64 bits": "123456789012345678901234567890",
    "larger than 32 bits": "4294967296",
    "negative": "-1",
    "fraction": "2025.5",
    "huge digits": f'"{NINES}"',
    "other digits": '"٢٠٢٥"',
    "true": "true",
    "null": "null",
    "object": "{}",
    "list": "[1]",
    "spaces": '"   "',
    "very long text": f'"{"a" * 1_000_000}"',
    "last second": '"9999-12-31T23:59:59-23:59"',
    "first second": '"0001-01-01T00:00:00+23:59"',
    "last second in London": '"9999-12-31T23:59:59"',
    "not in the alphabet": '"\\ud83d\\ude00 \\u202e"',
    "id that is nobody's": f'"{ID}"',
}


@pytest.fixture(autouse=True)
def quiet(api):
    """Answer faults as 500, as production does, so that all inputs are tried."""
    api._client.raise_request_exception = False
    api.catches_up = api.is_held_to_it = False


@pytest.fixture
def own_id(lead_provider):
    return str(TrainingPeriodFactory(lead_provider=lead_provider).teacher.api_id)


def answered(response, what):
    assert response.status_code < 500, (what, response.content)
    assert response["Content-Type"] == "application/json; charset=utf-8", what
    return response.status_code


def addressed(path, identifier):
    parts = [identifier if part.startswith("{") else part for part in path.split("/")]
    return "/".join(parts)


@pytest.mark.parametrize("path", READS)
def test_no_query_is_a_fault(api, path):
    for what, query in QUERIES.items():
        answered(api.get(f"{addressed(path, ID)}?{query}"), what)
        answered(api.get(f"{addressed(path, ID)}?filter[cohort]=2025&{query}"), what)


@pytest.mark.parametrize(("method", "path"), WRITES)
def test_no_body_is_a_fault(api, own_id, method, path):
    for what, body in BODIES.items():
        for content_type in ("application/json", "application/x-www-form-urlencoded", "text/xml"):
            headers = {"Content-Type": content_type}
            answered(api.request(method, addressed(path, own_id), body, **headers), what)


@pytest.mark.parametrize(("method", "path"), WRITES)
def test_no_value_is_a_fault(api, own_id, method, path):
    for what, value in VALUES.items():
        body = attributes(value)
        answered(api.request(method, addressed(path, own_id), body), what)


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_no_id_in_an_address_is_a_fault(api, method, path):
    for identifier in ("%00", "%ff", "%ed%a0%80", "a" * 10_000, "-1", NINES, ID[:-1], f"{ID}%0a"):
        if "{" in path:
            status = answered(api.request(method, addressed(path, identifier)), identifier)
            assert status in (404, 400, 405), identifier


@pytest.mark.parametrize(
    "path", ["/%00", "/%2e%2e/%2e%2e/etc", "//", "/;", "/participants//", "/%ff", "/" + "a/" * 5000]
)
def test_no_path_is_a_fault(api, path):
    assert answered(api.get(path), path) in (200, 404)


HEADERS = {
    "strange token": {"Authorization": "Bearer \x00\xff"},
    "long token": {"Authorization": f"Bearer {'a' * 100_000}"},
    "NUL request id": {"X-Request-Id": "\x00"},
    "NUL user agent": {"User-Agent": "\x00\xff"},
    "NUL clock": {"X-With-Server-Date": "\x00"},
    "clock that ends": {"X-With-Server-Date": "9999-12-31T23:59:59-23:59"},
    "strange etag": {"If-None-Match": 'W/"\x00", "'},
    "star etag": {"If-None-Match": "*"},
    "strange accept": {"Accept": "\x00;q=\xff,,;"},
    "NUL key": {"Idempotency-Key": "\x00"},
    "strange type": {"Content-Type": "\x00/;;charset=none"},
    "unknown charset": {"Content-Type": "application/json; charset=nonsense"},
    "strange host": {"Host": "a b"},
}


@pytest.mark.parametrize("headers", HEADERS.values(), ids=list(HEADERS))
def test_no_header_is_a_fault(api, headers):
    for method, path in (("GET", "/participants"), ("POST", "/participant-declarations")):
        response = api.request(method, path, b'{"data": {}}', **headers)
        assert response.status_code < 500, response.content
        assert response.status_code == 304 or response.json()


def test_repeated_names_in_a_body_count_as_the_last(api):
    body = b'{"data": 1, "data": {"attributes": {"cohort": 1, "participant_id": null}}}'

    (error,) = api.post("/participant-declarations", body).json()["errors"]

    assert (error["title"], error["code"]) == ("participant_id", "declaration.blank")


@pytest.mark.parametrize("with_key", [False, True])
def test_ten_megabytes_are_413_before_they_are_read(api, with_key):
    class Unread:
        def read(self, *_args):
            raise AssertionError("The body was read")

        readline = read

    headers = {"Authorization": f"Bearer {api.token}"} | (
        {"Idempotency-Key": str(uuid.UUID(int=1))} if with_key else {}
    )
    response = api._client.generic(
        "POST",
        "/api/v3/participant-declarations",
        headers=headers,
        **{
            "wsgi.input": Unread(),
            "CONTENT_LENGTH": str(10 * 1024 * 1024),
            "CONTENT_TYPE": "application/json",
        },
    )

    assert (response.status_code, response.json()["errors"][0]["code"]) == (
        413,
        "request.payload_too_large",
    )


def test_ten_megabytes_without_a_token_are_401(api):
    response = Client().post(
        "/api/v3/participant-declarations", b" " * 10_000_000, content_type="application/json"
    )

    assert response.status_code == 401
