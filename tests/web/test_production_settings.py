"""Production starts with these variables, passes Django's own checks, and refuses less."""

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from random import Random
from string import ascii_letters, ascii_lowercase, digits, punctuation
from uuid import UUID

import pytest
from django.core.exceptions import ImproperlyConfigured

from register_ects import guards

pytestmark = pytest.mark.no_database

ROOT = Path(__file__).resolve().parents[2]
SECRET = "q7Zr2Lw9Xc4Vt8Nm1Kp6Hs3Jd5Gf0BaYeUiOoPlMnQwErTyUvWxZ-test-alone"

#: Everything that production needs to be told.
NEEDED = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": SECRET,
    "API_TOKEN_SECRET": "m3VfK9sTz1RbX7wQ-2hLpJd8NcGy5uA0eZo6Ii4xHqWvRkDtSgB-test-alone",
    "DRAFT_ENCRYPTION_SECRET": "Xo5tGd2Wn8YbLr0Ek7Cz-4PvSm1JqUh9Fa6iTx3OlNwKeHyVgRuDc-test-alone",
    "OPT_OUT_SECRET": "qwKbwKDl9uD96Q7WPIP6iw-Yykyc-eJHwJi7gG36SNJmWacQri-9Pw-test-alone",
    "ALLOWED_HOSTS": "register.example.org",
    "DATABASE_URL": "postgresql://localhost/none",
    "REDIS_URL": "redis://localhost:1/0",
    "TRS_API_BASE_URL": "https://trs.example.org",
    "TRS_API_KEY": "8f2c-a-key-of-trs",
    "SERVICE_URL": "https://register.example.org",
    "HELP_DESK_URL": "https://help.example.org",
    "HELP_DESK_USER": "service@example.org/token",
    "HELP_DESK_KEY": "51d0-a-key-of-the-help-desk",
    "NOTIFY_API_KEY": f"live-{UUID(int=26)}-{UUID(int=3)}",
    "NOTIFY_CALLBACK_TOKEN": "Zc8yT4mQv1LsB6nWj0Rf-9KxUd3HpEg7Aa5Ii2oSkXtVwMlJzYbCr-test-alone",
    "NOTIFY_TEMPLATE_IDS": ",".join(
        f"{path.stem}={UUID(int=7)}" for path in (ROOT / "templates" / "emails").glob("*.txt")
    ),
}


def check(**changes):
    environment = {
        **NEEDED,
        **changes,
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "register_ects.settings",
    }
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={name: value for name, value in environment.items() if value is not None},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_passes_the_deployment_checks():
    result = check()
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", None),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "0123456789" * 6),
        ("SECRET_KEY", NEEDED["API_TOKEN_SECRET"]),
        ("SECRET_KEY", "django-insecure-" + SECRET),
        ("SECRET_KEY", "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"),
        ("SECRET_KEY", "qwertyuiopasdfghjklzxcvbnmQWERTYUIOPASDFGHJKLZXCVBNM9876543210"),
        ("API_TOKEN_SECRET", SECRET + " "),
        ("API_TOKEN_SECRET", SECRET[:20] + "!" + SECRET[21:]),
        ("DRAFT_ENCRYPTION_SECRET", NEEDED["API_TOKEN_SECRET"] + "drafts"),
        ("TRS_API_BASE_URL", "https://"),
        ("TRS_API_BASE_URL", "https:///v3"),
        ("REDIS_URL", "http://localhost:6379"),
        ("REDIS_URL", "redis://"),
        ("REDIS_URL", "localhost:6379"),
        ("DATABASE_URL", "sqlite:///db.sqlite3"),
        ("DATABASE_URL", "mysql://localhost/none"),
        ("TRUSTED_PROXIES", "-1"),
        ("TRUSTED_PROXIES", "one"),
        ("WEB_THREADS", "0"),
        ("WEB_CONCURRENCY", "-2"),
        ("SESSION_COOKIE_NAME", "a b;c"),
        ("SESSION_COOKIE_NAME", "register_ects_csrf"),
        ("FEEDBACK_URL", "http://example.org"),
        ("FEEDBACK_URL", "javascript:alert(1)"),
        ("FEEDBACK_URL", "//example.org"),
        ("LOG_LEVEL", "LOUD"),
        ("SENTRY_DSN", "not-a-dsn"),
        ("API_TOKEN_SECRET", "abc" * 20),
        ("TRS_API_BASE_URL", None),
        ("TRS_API_BASE_URL", "http://trs.example.org"),
        ("DRAFT_ENCRYPTION_SECRET", None),
        ("OPT_OUT_SECRET", None),
        ("OPT_OUT_SECRET", SECRET),
        ("ALLOWED_HOSTS", "*"),
        ("DATABASE_URL", None),
        ("REDIS_URL", None),
        ("TRS_API_KEY", " "),
        ("SERVICE_URL", None),
        ("HELP_DESK_URL", "http://help.example.org"),
        ("HELP_DESK_USER", None),
        ("HELP_DESK_KEY", None),
        ("SERVICE_URL", "http://register.example.org"),
        ("NOTIFY_API_KEY", None),
        ("NOTIFY_API_KEY", "live-26785a09-ab16-4eb0-8407-a37497a57506"),
        ("NOTIFY_BASE_URL", "http://notify.example.org"),
        ("NOTIFY_CALLBACK_TOKEN", None),
        ("NOTIFY_CALLBACK_TOKEN", "short"),
        ("NOTIFY_CALLBACK_TOKEN", NEEDED["API_TOKEN_SECRET"]),
        ("NOTIFY_TEMPLATE_IDS", None),
        ("NOTIFY_TEMPLATE_IDS", f"mentor_registered={UUID(int=7)}"),
        ("TRS_API_BASE_URL", "https://user:password@trs.example.org"),
        ("ALLOWED_HOSTS", ",,"),
        ("CSRF_TRUSTED_ORIGINS", "ftp://a"),
        ("DATABASE_URL", "postgresql://user@db.example.org/none?sslmode=disable"),
        ("API_TOKEN_SECRET", SECRET.swapcase()[::-1]),
        ("PERSONAS_ENABLED", "true"),
        ("CLOCK_OFFSET_DAYS", "1"),
    ],
)
def test_production_refuses_to_start_unsafe(name, value):
    result = check(**{name: value})
    assert result.returncode != 0
    last = result.stderr.strip().splitlines()[-1]
    assert last.startswith("django.core.exceptions.ImproperlyConfigured: ")
    assert name in last
    assert value is None or len(value) < 10 or value not in last


def test_production_takes_what_is_written_in_other_ways():
    result = check(
        TRS_API_BASE_URL="HTTPS://trs.example.org",
        REDIS_URL="REDISS://localhost:1/0",
        DATABASE_URL="POSTGRES://localhost/none",
        FEEDBACK_URL="mailto:feedback@example.org",
        LOG_LEVEL="warning",
        SENTRY_DSN="https://key@sentry.example.org/1",
        WEB_THREADS="1",
        ALLOWED_HOSTS="a.example.org, .b.example.org ,[::1],",
        CSRF_TRUSTED_ORIGINS=" https://a.example.org, https://*.example.org:8443",
    )
    assert result.returncode == 0, result.stderr


WORDS = "Correct-Horse-Battery-Staple-Orange-Window-Mountain-Teacher-9"


@pytest.mark.parametrize(
    ("guard", "value"),
    [
        *(
            (guards.check_key, key)
            for key in ("", " ", "k", "        ", "8f2c-a-key\n", "8f2c-a\x07-key", "8f2c-é-key")
        ),
        *(
            (guards.service_address, address)
            for address in (
                "https://user@trs.example.org",
                "https://trs.example.org?version=1",
                "https://trs.example.org/v3?",
                "https://trs.example.org#there",
                "https://trs.example.org/\nv3",
                "https://trs.example\x07.org",
            )
        ),
        *(
            (guards.hosts, hosts.split(","))
            for hosts in (
                "",
                " ",
                ".",
                "*",
                "*.example.org",
                "https://a.example.org",
                "a.example.org/",
                "a.example.org:443",
                "a.example.org.",
                "a b.example.org",
                "a_b.example.org",
                "a..example.org",
                "register.example.org, https://a.example.org",
            )
        ),
        *(
            (guards.origins, origins.split(","))
            for origins in (
                "register.example.org",
                "http://register.example.org",
                "https://register.example.org/",
                "https://a.example.org,https://",
            )
        ),
        *(
            (guards.check_secret, secret)
            for secret in (
                "the quick brown fox jumps over the lazy dog and runs away from it",
                WORDS,
                WORDS.replace("-", ""),
                "ThisIsTheSecretOfTheRegisterOfEarlyCareerTeachersIn2026",
                f"{SECRET[:40]} {SECRET[40:]}",
                f"{SECRET}\n",
            )
        ),
    ],
)
def test_what_can_never_be_right_is_refused(guard, value):
    with pytest.raises(ImproperlyConfigured, match="THE_SETTING must "):
        guard("THE_SETTING", value)


@pytest.mark.parametrize(
    "other", [SECRET, SECRET[::-1], SECRET.swapcase(), SECRET.lower(), SECRET.swapcase()[::-1]]
)
def test_a_secret_is_no_other_one_turned_round_or_in_other_case(other):
    with pytest.raises(ImproperlyConfigured, match="ONE and OTHER are the same or nearly so"):
        guards.check_secrets_differ({"ONE": SECRET, "OTHER": other})


def test_every_host_is_served_however_the_list_is_spaced():
    assert guards.hosts("HOSTS", ["a.example.org", " b.example.org\t", ""]) == [
        "a.example.org",
        "b.example.org",
    ]


@pytest.mark.parametrize(
    ("letters", "length"),
    [
        (ascii_letters + digits + "-_", 64),
        ("0123456789abcdef", 64),
        (ascii_lowercase, 50),
        (ascii_letters + digits + punctuation, 50),
    ],
    ids=["base 64", "hexadecimal", "small letters", "all signs"],
)
def test_secrets_made_at_random_are_taken(letters, length):
    chance = Random(7)
    made = ["".join(chance.choices(letters, k=length)) for _ in range(300)]

    for secret in made:
        guards.check_secret("SECRET", secret)
    for one, other in pairwise(made):
        guards.check_secrets_differ({"ONE": one, "OTHER": other})


@pytest.mark.parametrize(
    ("host", "sslmode"), [("db.example.org", "disable"), ("192.0.2.1", "allow")]
)
def test_a_database_on_another_machine_is_not_spoken_to_in_clear(host, sslmode):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL must not ask"):
        guards.check_database_is_private("DATABASE_URL", host=host, sslmode=sslmode)


@pytest.mark.parametrize("host", ["", "localhost", "127.0.0.1", "::1", "/var/run/postgresql"])
def test_a_database_on_the_same_machine_may_be_spoken_to_in_clear(host):
    guards.check_database_is_private("DATABASE_URL", host=host, sslmode="disable")
    guards.check_database_is_private("DATABASE_URL", host="db.example.org", sslmode="require")
