"""Production starts with these variables, passes Django's own checks, and refuses less."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.no_database

ROOT = Path(__file__).resolve().parents[2]
SECRET = "q7Zr2Lw9Xc4Vt8Nm1Kp6Hs3Jd5Gf0BaYeUiOoPlMnQwErTyUvWxZ-test-alone"

#: Everything that production needs to be told.
NEEDED = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": SECRET,
    "API_TOKEN_SECRET": "m3VfK9sTz1RbX7wQ-2hLpJd8NcGy5uA0eZo6Ii4xHqWvRkDtSgB-test-alone",
    "DRAFT_ENCRYPTION_SECRET": "Xo5tGd2Wn8YbLr0Ek7Cz-4PvSm1JqUh9Fa6iTx3OlNwKeHyVgRuDc-test-alone",
    "ALLOWED_HOSTS": "register.example.org",
    "DATABASE_URL": "postgresql://localhost/none",
    "REDIS_URL": "redis://localhost:1/0",
    "TRS_API_BASE_URL": "https://trs.example.org",
    "TRS_API_KEY": "key",
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
        ("ALLOWED_HOSTS", "*"),
        ("DATABASE_URL", None),
        ("REDIS_URL", None),
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
    )
    assert result.returncode == 0, result.stderr
