"""What production answers over HTTP and HTTPS, as a web process with its settings."""

import http.client
import json
import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from tests.web.sick import ROOT, WebServer
from tests.web.test_production_settings import NEEDED

HTTPS = {"X_Forwarded_Proto": "https", "Host": "register.example.org"}


@pytest.fixture(scope="module")
def production(django_db_setup, tmp_path_factory):
    host = connection.settings_dict["HOST"].replace("/", "%2F")
    static = tmp_path_factory.mktemp("static")
    environment = {
        **NEEDED,
        "DATABASE_URL": f"postgresql://postgres@{host}/{connection.settings_dict['NAME']}",
        "REDIS_URL": settings.REDIS_URL,
        "STATIC_ROOT": str(static),
        "ALLOWED_HOSTS": "register.example.org,127.0.0.1",
    }
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"],
        cwd=ROOT,
        env={**os.environ, **environment},
        check=True,
    )
    server = WebServer(tmp_path_factory.mktemp("server") / "log", **environment)
    yield server
    server.stop()


def test_the_api_answers_json_over_http_and_does_not_redirect(production):
    answer = production.ask("/api/v3/participants", Authorization="Bearer abc")

    assert answer.status == 403
    assert json.loads(answer.body)["errors"][0]["code"] == "request.https_required"
    assert "Location" not in answer.headers


def test_the_api_answers_over_https(production):
    assert production.ask("/api/v3/participants", **HTTPS).status == 401


def test_pages_over_http_lead_to_https(production):
    answer = production.ask("/cookies", Host="register.example.org")
    assert (answer.status, answer.headers["Location"]) == (
        301,
        "https://register.example.org/cookies",
    )


def test_cookies_belong_to_this_host_alone(production):
    cookie = production.ask("/sign-in", **HTTPS).headers.get("Set-Cookie", "")
    personal = production.ask("/school/home/ects", **HTTPS).headers["Set-Cookie"]

    for each in filter(None, (cookie, personal)):
        assert each.startswith("__Host-register_ects_")
        assert "Secure" in each
        assert "Path=/" in each
        assert "Domain" not in each


def test_static_files_have_a_content_security_policy(production):
    page = production.ask("/cookies", **HTTPS)
    stylesheet = re.search(r'href="(/static/[^"]+\.css)"', page.body)

    answer = production.ask(stylesheet[1], **HTTPS)

    assert answer.status == 200
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("name", ["SCRIPT_NAME", "PATH_INFO"])
def test_no_header_says_which_page_was_asked_for(production, name):
    connection = http.client.HTTPConnection("127.0.0.1", production.port, timeout=10)
    headers = {name: "/admin", "X-Forwarded-Proto": "https", "Host": "register.example.org"}
    connection.request("GET", "/cookies", headers=headers)
    response = connection.getresponse()
    body = response.read().decode()
    connection.close()

    assert response.status == 200
    assert "/admin/" not in body


def test_addresses_in_the_log_name_nobody(production):
    production.ask("/school/ects/Ada%20Okafor/1234567", **HTTPS)
    production.ask("/api/v3/participants/3000001", **HTTPS)
    production.ask("/admin/teachers/42?q=Ada", **HTTPS)

    log = production.log.read_text()

    assert "/api/v3/participants/[filtered]" in log
    assert "/admin/teachers/42" in log
    assert not any(word in log for word in ("Ada", "Okafor", "1234567", "3000001"))
