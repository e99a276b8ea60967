"""What clients of the public service may send, and we accept: tokens, paths, bodies, methods."""

import gzip

import pytest
from django.test import Client

from providers.negotiation import qualities, wants_gzip
from register_ects.models import Declaration
from tests.factories import TrainingPeriodFactory
from tests.providers.declaring import PATH, attributes, trained

BASE = "/api/v3"


pytestmark = pytest.mark.day("2025-11-05T12:00:00+00:00")


# -- Tokens ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "header",
    [
        "Bearer {token}",
        "Token {token}",
        'Token token="{token}"',
        "Token token={token}",
        'Bearer token="{token}"',
        "bearer TOKEN={token}",
        'Token token = "{token}"',
        'Token token="{token}", nonce="abc"',
        "Token token={token};nonce=abc",
        "  Bearer \t {token}  ",
    ],
)
def test_a_token_is_accepted_in_every_form_that_clients_send(api, header):
    sent = header.format(token=api.token)

    assert api.get("/participants", Authorization=sent).status_code == 200


@pytest.mark.parametrize(
    "header",
    [
        "{token}",
        "Basic {token}",
        "Bearer",
        "Bearer ",
        "Bearer {token} {token}",
        'Bearer token="{token}',
        'Bearer "{token}"',
        "Bearer token=",
        'Bearer token=""',
        "Bearer nonce={token}",
        "Bearer token={token}x",
        "Bearer {token}" + " " * 3_000,
    ],
)
def test_anything_else_is_401(api, header):
    refused = api.get("/participants", Authorization=header.format(token=api.token))

    assert (refused.status_code, set(refused.json())) == (401, {"error"})


# -- Paths -----------------------------------------------------------------------------------


def asked(api, path, query=""):
    """Ask for a path that the test client itself would take for the name of a host."""
    headers = {"Authorization": f"Bearer {api.token}"}
    return Client().get("/", PATH_INFO=path, QUERY_STRING=query, headers=headers)


@pytest.mark.parametrize(
    "path",
    [
        "//api/v3/participants",
        "/api//v3/participants",
        "/api/v3//participants",
        "///api///v3///participants///",
        "/api/v3/participants//",
        "//api//v3//participants.json",
    ],
)
def test_doubled_slashes_make_no_difference(api, lead_provider, path):
    TrainingPeriodFactory(lead_provider=lead_provider)
    plain = api.get("/participants")

    answer = asked(api, path)

    assert (answer.status_code, answer.content) == (200, plain.content)
    assert len(answer.json()["data"]) == 1


def test_a_link_to_the_next_page_has_no_doubled_slashes(api, lead_provider):
    TrainingPeriodFactory.create_batch(2, lead_provider=lead_provider)
    api.get("/participants")

    answer = asked(api, "//api//v3//participants", "page[after]=&page[per_page]=1")

    link = answer["Link"].partition(">")[0].removeprefix("<")
    assert link.startswith("http://testserver/api/v3/participants?")
    following = Client().get(link, headers={"Authorization": f"Bearer {api.token}"})
    assert len(following.json()["data"]) == 1


# -- Bodies ----------------------------------------------------------------------------------


def in_parts(fields, *, file=""):
    """Return a body as a form in parts has it, and its content type."""
    parts = [
        f'--XyZ\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    return "".join([*parts, "--XyZ--\r\n"]).encode(), "multipart/form-data; boundary=XyZ"


def test_a_form_in_parts_is_read(api, lead_provider):
    sent = attributes(trained(lead_provider))
    body, kind = in_parts({f"data[attributes][{name}]": value for name, value in sent.items()})

    answer = api.post(PATH, body, **{"Content-Type": kind})

    assert answer.status_code == 200, answer.content
    assert Declaration.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        pytest.param(b"--XyZ--\r\n", "multipart/form-data; boundary=XyZ", id="no parts"),
        pytest.param(b"--XyZ\r\nno", "multipart/form-data; boundary=XyZ", id="cut off"),
        pytest.param(b"anything", "multipart/form-data", id="no boundary"),
        pytest.param(b"anything", "multipart/form-data; boundary=\u00e9", id="no such boundary"),
        pytest.param(*in_parts({"data[attributes][a]": "1"}), id="nothing known"),
        pytest.param(
            *in_parts({"data[attributes][reason]": "other"}, file='; filename="a.txt"'),
            id="a file is no attribute",
        ),
        pytest.param(*in_parts({f"f{n}": "1" for n in range(600)}), id="too many parts"),
    ],
)
def test_a_form_without_what_is_needed_is_400(api, body, kind):
    answer = api.post(PATH, body, **{"Content-Type": kind})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["title"] == "Bad request"


# -- Methods ---------------------------------------------------------------------------------


def test_a_post_may_stand_for_another_method(api, lead_provider, on):
    training = trained(lead_provider)
    body = {"data": {"attributes": {"reason": "other", "course_identifier": "ecf-induction"}}}
    path = f"/participants/{training.teacher.api_id}/defer"
    api.is_held_to_it = False  # the description knows no POST here

    assert api.post(path, body).status_code == 405
    assert api.post(path, body, **{"X-HTTP-Method-Override": "put"}).status_code == 200
    assert api.post("/participants", b"", **{"X-HTTP-Method-Override": "GET"}).status_code == 200


@pytest.mark.parametrize("override", ["TRACE", "CONNECT", "", "nonsense", "PUT, GET"])
def test_an_override_that_means_nothing_is_not_heard(api, override):
    answer = api.post(PATH, {"data": {}}, **{"X-HTTP-Method-Override": override})

    assert answer.status_code == 400


def test_only_a_post_can_stand_for_something_else(api):
    api.is_held_to_it = False

    assert api.get("/participants", **{"X-HTTP-Method-Override": "PUT"}).status_code == 200


# -- Compression -----------------------------------------------------------------------------


def test_a_large_answer_is_compressed_for_who_accepts_it(api, lead_provider):
    TrainingPeriodFactory.create_batch(12, lead_provider=lead_provider)
    plain = api.get("/participants")
    api.is_held_to_it = False

    small = api.get("/participants", **{"Accept-Encoding": "gzip, deflate, br"})

    assert "Content-Encoding" not in plain
    assert small["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.content) == plain.content
    assert len(small.content) == int(small["Content-Length"]) < len(plain.content) / 3
    assert "Accept-Encoding" in small["Vary"]
    assert small["ETag"] == plain["ETag"]
    same = api.get("/participants", **{"Accept-Encoding": "gzip", "If-None-Match": small["ETag"]})
    assert (same.status_code, same.content) == (304, b"")


def test_a_small_answer_is_sent_as_it_is(api):
    assert "Content-Encoding" not in api.get("/participants", **{"Accept-Encoding": "gzip"})


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("gzip", True),
        ("GZIP", True),
        ("x-gzip", True),
        ("deflate, gzip;q=1.0, *;q=0.5", True),
        ("*", True),
        ("gzip;q=0.5, identity;q=0.5", True),
        ("gzip;q=nonsense", True),
        ("gzip;q=0", False),
        ("gzip;q=0.000, *", False),
        ("gzip;q=0.5, identity", False),
        ("identity", False),
        ("deflate, br", False),
        ("", False),
    ],
)
def test_who_accepts_gzip(header, wanted):
    assert wants_gzip(header) is wanted


def test_a_header_of_preferences_is_read_however_it_is_written():
    assert qualities(" A/B ; level=1;Q=0.25 , a/b;q=1, ,;q=1,c/*;q=7,d;q=.5,e;q=-1") == {
        "a/b": 0.25,
        "c/*": 1.0,
        "d": 0.5,
        "e": 1.0,
    }
    assert len(qualities(",".join(f"t/{n}" for n in range(10_000)))) <= 50
