"""``bin/lint`` finds a pinned package that would have to be compiled somewhere.

The real check with the real uv, on lock files of one package and a folder in place of the index.
"""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from register_ects.embedded import ROOT
from tests.commands.running import environment

pytestmark = pytest.mark.no_database

_BOTH = ("x86_64", "aarch64")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository that pins one package, of which the index has nothing yet."""
    for folder in ("bin", "requirements", "wheels"):
        (tmp_path / folder).mkdir()
    shutil.copy(ROOT / "bin" / "_check_wheels.py", tmp_path / "bin")
    (tmp_path / "requirements" / "base.txt").write_text("thing==1.0\n")
    (tmp_path / "requirements" / "dev.txt").write_text("thing==1.0\n")
    return tmp_path


def offer(checkout: Path, *tags: str) -> None:
    """Put a wheel with each of these tags into the index."""
    for tag in tags:
        with zipfile.ZipFile(checkout / "wheels" / f"thing-1.0-{tag}.whl", "w") as wheel:
            info = "thing-1.0.dist-info"
            metadata = "Metadata-Version: 2.1\nName: thing\nVersion: 1.0\n"
            wheel.writestr(f"{info}/METADATA", metadata)
            wheel.writestr(f"{info}/WHEEL", f"Wheel-Version: 1.0\nTag: {tag}\n")
            wheel.writestr(f"{info}/RECORD", "")


def check(checkout: Path, **more: str) -> tuple[int, list[str]]:
    """Return the exit status and the lines printed."""
    found = {"UV_NO_INDEX": "1", "UV_FIND_LINKS": str(checkout / "wheels")} | more
    result = subprocess.run(
        [sys.executable, checkout / "bin" / "_check_wheels.py"],
        capture_output=True,
        text=True,
        env=environment(UV_CACHE_DIR=str(checkout / "cache"), **found),
        timeout=120,
        check=False,
    )
    assert result.stderr == ""
    return result.returncode, result.stdout.splitlines()


@pytest.mark.parametrize(
    "tags",
    [
        pytest.param(["py3-none-any"], id="pure Python"),
        pytest.param(
            ["cp311-abi3-manylinux2014_x86_64", "cp311-abi3-manylinux_2_17_aarch64"],
            id="one for every Python, on both processors",
        ),
    ],
)
def test_a_package_with_wheels_for_every_machine_passes(checkout: Path, tags: list[str]) -> None:
    offer(checkout, *tags)

    assert check(checkout) == (0, [])


def test_a_package_without_wheels_for_some_machines_names_each(checkout: Path) -> None:
    offer(checkout, "cp311-cp311-manylinux_2_28_x86_64", "cp312-cp312-manylinux_2_28_x86_64")

    status, lines = check(checkout)

    assert status == 1
    assert [line.partition(":")[0] for line in lines] == [
        "Python 3.11 on aarch64",
        "Python 3.12 on aarch64",
        *(f"Python {version} on {kind}" for version in ("3.13", "3.14") for kind in _BOTH),
    ]
    assert all("thing==1.0 has no wheels with a matching" in line for line in lines)


def test_a_lock_that_has_passed_is_not_looked_up_again(checkout: Path) -> None:
    offer(checkout, "py3-none-any")
    check(checkout)
    shutil.rmtree(checkout / "wheels")
    (checkout / "wheels").mkdir()

    assert check(checkout) == (0, ["Wheels: nothing has changed since the last check."])

    (checkout / "requirements" / "base.txt").write_text("# changed\nthing==1.0\n")
    assert check(checkout)[0] == 1


def test_without_a_network_it_says_so_and_passes(checkout: Path) -> None:
    nowhere = {"UV_NO_INDEX": "0", "UV_FIND_LINKS": "", "UV_HTTP_RETRIES": "0"}

    outcome = check(checkout, UV_DEFAULT_INDEX="http://127.0.0.1:1/simple", **nowhere)

    assert outcome == (0, ["Wheels: not checked, the package index cannot be reached."])
    assert not (checkout / "var").exists()
