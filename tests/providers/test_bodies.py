"""How bodies are read: JSON, or a form with bracket keys (spec 02 §2.3)."""

import json

import pytest
from django.test import RequestFactory

from providers.bodies import attributes
from providers.errors import ApiError

pytestmark = pytest.mark.no_database

KNOWN = ("cohort", "reason")
JSON, FORM = "application/json", "application/x-www-form-urlencoded"


def read(body, content_type=JSON):
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    request = RequestFactory().generic("PUT", "/", content, content_type=content_type)
    return attributes(request, KNOWN)


def code_of(body, content_type=JSON):
    with pytest.raises(ApiError) as refusal:
        read(body, content_type)
    assert (refusal.value.status, refusal.value.items[0].title) == (400, "Bad request")
    return refusal.value.items[0].code


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        ({"cohort": "2025"}, {"cohort": "2025"}),
        ({"cohort": 2025}, {"cohort": "2025"}),
        ({"cohort": True}, {"cohort": "true"}),
        ({"cohort": None}, {"cohort": None}),
        ({"cohort": ""}, {"cohort": ""}),
        ({"cohort": "2025", "name": "x"}, {"cohort": "2025"}),
        ({"cohort": "2025", "reason": []}, {"cohort": "2025"}),
        ({"cohort": "2025", "reason": {}}, {"cohort": "2025"}),
        ({"cohort": "\0"}, {"cohort": "\ufffd"}),
    ],
)
def test_known_scalars_are_read_as_text(sent, found):
    assert read({"data": {"attributes": sent}}) == found
    assert read({"data": {"type": 7, "more": 1, "attributes": sent}, "more": 1}) == found


@pytest.mark.parametrize("type_", [JSON, "", "text/plain", "application/json; charset=utf-8", FORM])
def test_what_begins_like_json_is_json_whatever_its_type(type_):
    assert read({"data": {"attributes": {"cohort": 1}}}, type_) == {"cohort": "1"}


def test_a_byte_order_mark_is_passed_over():
    assert read(b'\xef\xbb\xbf {"data": {"attributes": {"cohort": 1}}}') == {"cohort": "1"}


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b"data[attributes][reason]=other", {"reason": "other"}),
        (b"data%5Battributes%5D%5Breason%5D=other+word", {"reason": "other word"}),
        (b"data[attributes][reason]=a&data[attributes][reason]=b", {"reason": "b"}),
        (b"data[attributes][reason]=", {"reason": ""}),
        (b"data[type]=x&data[attributes][cohort]=2025&x[y]=1", {"cohort": "2025"}),
        (b"data[attributes][reason]=a&data[attributes][cohort][]=1", {"reason": "a"}),
    ],
)
def test_forms_with_bracket_keys_are_read(body, found):
    assert read(body, FORM) == found


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b'"data"',
        {},
        {"data": None},
        {"data": {}},
        {"data": []},
        {"data": "x"},
        {"data": [{"attributes": {"cohort": "2025"}}]},
        {"data": {"attributes": None}},
        {"data": {"attributes": {}}},
        {"data": {"attributes": []}},
        {"data": {"attributes": "cohort"}},
        {"data": {"attributes": {"name": "x"}}},
        {"data": {"attributes": {"cohort": [1]}}},
        {"data": {"attributes": {"cohort": {"a": 1}}}},
        {"attributes": {"cohort": "2025"}},
    ],
)
def test_a_bad_envelope_is_400(body):
    assert code_of(body) == "request.bad_envelope"


@pytest.mark.parametrize(
    "body",
    [b"", b"cohort=2025", b"data=x", b"data[attributes]=x", b"data=x&data[attributes][cohort]=1"],
)
def test_a_form_without_the_envelope_is_400(body):
    assert code_of(body, FORM) == "request.bad_envelope"


@pytest.mark.parametrize("body", [b"{", b'{"data": NaN}', b"\xff", b"data=1"])
def test_what_is_no_json_is_400(body):
    assert code_of(body) == "request.invalid_json"
