"""What runs in containers is what was tried, may do little, and holds no secrets of ours."""

import re
import subprocess
from fnmatch import fnmatch
from typing import Any

import pytest
import yaml

from register_ects.embedded import ROOT

pytestmark = pytest.mark.no_database

SERVICES: dict[str, dict[str, Any]] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())[
    "services"
]
PINNED = re.compile(r"[\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}")


def test_every_image_is_pinned_by_its_digest() -> None:
    bases = re.findall(r"^FROM (\S+)", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    pulled = [each["image"] for each in SERVICES.values() if "build" not in each]

    assert len(bases) == 3
    assert len(pulled) == 2
    assert [image for image in bases + pulled if not PINNED.fullmatch(image)] == []


@pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES.keys())
def test_every_container_has_a_limit_of_memory_and_next_to_no_rights(
    service: dict[str, Any],
) -> None:
    assert re.fullmatch(r"\d+[gm]", service["mem_limit"])
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert not service.get("privileged")


def test_the_service_is_nobody_special_in_its_own_containers() -> None:
    users = re.findall(r"^USER (\S+)", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    ours = [each for each in SERVICES.values() if "build" in each]

    assert users == ["10001"]
    assert [each["read_only"] for each in ours] == [True] * 4
    assert not any("cap_add" in each for each in ours)


def test_settings_of_an_environment_reach_neither_the_repository_nor_an_image() -> None:
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    for name in (".env", ".env.production", ".env.local"):
        assert any(fnmatch(name, pattern) for pattern in ignored)
        asked = subprocess.run(["git", "check-ignore", "--quiet", name], cwd=ROOT, check=False)
        assert asked.returncode == 0, name
