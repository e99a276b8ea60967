"""What of an address may stand in the web log."""

import pytest

from register_ects.logs import masked_path, without_personal_data

pytestmark = pytest.mark.no_database

UUID = "d38d87cc-b8c2-464e-a78c-243ba28d94f4"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/", "/"),
        ("/school/home/ects?q=Ada", "/school/home/ects"),
        (f"/school/register-ect/{UUID}/find-ect", f"/school/register-ect/{UUID}/find-ect"),
        ("/admin/teachers/123456", "/admin/teachers/123456"),
        ("/admin/teachers/1234567", "/admin/teachers/[filtered]"),
        ("/api/v3/participants.json", "/api/v3/participants.json"),
        ("/api/v3/participants/Ada Okafor", "/api/v3/participants/[filtered]"),
        ("/ada@example.com/x", "/[filtered]/x"),
        ("/AB123456C", "/[filtered]"),
        ("/ab123456c", "/[filtered]"),
        ("/%41da", "/[filtered]"),
        ("/a\nb", "/[filtered]"),
    ],
)
def test_masked_path(address, expected):
    assert masked_path(address) == expected


def test_what_django_logs_of_a_failure_is_masked_too():
    fields = {"event": "Internal Server Error: /x/Ada", "logger": "django.request"}
    assert without_personal_data(None, "", fields)["event"] == (
        "Internal Server Error: /x/[filtered]"
    )
