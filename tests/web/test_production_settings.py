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
    "API_TOKEN_SECRET": SECRET + "api",
    "DRAFT_ENCRYPTION_SECRET": SECRET + "drafts",
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
    assert "ImproperlyConfigured" in result.stderr
