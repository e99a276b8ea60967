"""HEAD gets what GET would, without the body."""

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

from register_ects.web.middleware import HeadMiddleware


def answer(method, path):
    """Return an answer as the web server gets it: the test client would strip it itself."""
    handler = WSGIHandler()
    return handler.get_response(RequestFactory().generic(method, path))


@pytest.mark.parametrize("path", ["/", "/nope", "/school/home/ects", "/api/v3/participants"])
def test_head_gets_the_headers_of_get_and_no_body(path):
    full, bare = answer("GET", path), answer("HEAD", path)

    assert bare.content == b""
    assert (bare.status_code, bare["Content-Type"]) == (full.status_code, full["Content-Type"])
    assert ("Content-Length" in bare.headers) == ("Content-Length" in full.headers)


def test_other_methods_keep_their_body():
    assert HeadMiddleware(lambda request: answer("GET", "/"))(RequestFactory().get("/")).content
