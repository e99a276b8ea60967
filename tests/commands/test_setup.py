"""Setting up: a step that fails ends the command with one line, and is tried again next time.

The real ``bin/_setup.sh`` in a small copy of the repository, with the real Python and pip. What
is pinned there is one tiny package; what fails is the package itself, npm, the disk or the
network.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from register_ects.embedded import ROOT

pytestmark = pytest.mark.no_database

_ASSETS = "import subprocess\nsubprocess.run(['npm', 'ci'], check=True)\n"
_NOWHERE = "http://127.0.0.1:1/"


@dataclass
class Checkout:
    """A small repository, and the machine it is on."""

    root: Path
    programs: Path
    wheels: Path

    def run(self, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a command that sets up and then prints "done"."""
        ours = {
            "PATH": f"{self.programs}:/usr/local/bin:/usr/bin:/bin",
            "PYTHON": sys.executable,
            "HOME": str(self.root),
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(self.wheels),
            "PIP_RETRIES": "0",
        }
        return subprocess.run(
            [self.root / "bin" / "command"],
            capture_output=True,
            text=True,
            env=ours | environment,
            timeout=120,
            check=False,
        )

    def program(self, name: str, script: str) -> Path:
        """Put a shell script into the path, before everything else."""
        path = self.programs / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        return path


def assert_refused(result: subprocess.CompletedProcess[str], *words: str) -> None:
    """The last line says what could not be done, and nothing but progress stands before it."""
    *progress, last = result.stderr.splitlines()
    assert result.returncode == 1
    assert result.stdout == ""
    assert all(line.endswith("…") or "minute" in line for line in progress), result.stderr
    assert all(word in last for word in words), last


def assert_done(result: subprocess.CompletedProcess[str]) -> None:
    assert (result.returncode, result.stdout) == (0, "done\n"), result.stderr


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A checkout that has been set up once."""
    folder = tmp_path_factory.mktemp("setup").resolve()
    checkout = Checkout(folder / "checkout", folder / "programs", folder / "wheels")
    for path in (checkout.root / "bin", checkout.root / "requirements", checkout.wheels):
        path.mkdir(parents=True)
    checkout.programs.mkdir()
    shutil.copy(ROOT / "bin" / "_setup.sh", checkout.root / "bin")
    (checkout.root / "bin" / "_assets.py").write_text(_ASSETS)
    command = checkout.root / "bin" / "command"
    command.write_text('#!/usr/bin/env bash\nsource "${0%/*}/_setup.sh"\necho done\n')
    command.chmod(0o755)
    (checkout.root / "package-lock.json").write_text("{}")
    (checkout.root / "build").mkdir()
    wheel = _make_wheel(checkout.wheels)
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    (checkout.root / "requirements" / "base.txt").write_text("")
    (checkout.root / "requirements" / "dev.txt").write_text(
        f"django==99.0 --hash=sha256:{digest}\n"
    )
    checkout.program("npm", "exit 0")
    assert_done(checkout.run())
    return checkout


@pytest.fixture
def checkout(built: Checkout) -> Iterator[Checkout]:
    """The checkout with everything to be installed again, on a machine that is well."""
    (built.root / ".venv" / ".installed").unlink(missing_ok=True)
    (built.root / "build" / ".assets").unlink(missing_ok=True)
    subprocess.run(
        [built.root / ".venv/bin/python", "-m", "pip", "uninstall", "-qy", "django"], check=True
    )
    _make_wheel(built.wheels)
    for program in built.programs.iterdir():
        program.unlink()
    built.program("npm", "exit 0")
    return built


def _make_wheel(folder: Path) -> Path:
    """Make a package that has the name of one we look for, always with the same bytes."""
    path = folder / "django-99.0-py3-none-any.whl"
    info = "django-99.0.dist-info"
    files = {
        "django/__init__.py": "",
        f"{info}/METADATA": "Metadata-Version: 2.1\nName: django\nVersion: 99.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/RECORD": f"django/__init__.py,,\n{info}/METADATA,,\n{info}/WHEEL,,\n",
    }
    with zipfile.ZipFile(path, "w") as wheel:
        for name, text in files.items():
            wheel.writestr(zipfile.ZipInfo(name), text)
    return path


def test_what_is_up_to_date_is_not_done_again(built: Checkout) -> None:
    built.program("npm", "exit 1")

    result = built.run(PIP_FIND_LINKS="", PIP_INDEX_URL=_NOWHERE)

    assert_done(result)
    assert result.stderr == ""


def test_a_package_that_is_not_the_pinned_one(checkout: Checkout) -> None:
    wheel = checkout.wheels / "django-99.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "a") as archive:
        archive.writestr("django/more.py", "")

    assert_refused(
        checkout.run(), "The Python packages could not be installed", "DO NOT MATCH THE HASHES"
    )

    _make_wheel(checkout.wheels)
    assert_done(checkout.run())


def test_a_package_that_is_not_there(checkout: Checkout) -> None:
    (checkout.wheels / "django-99.0-py3-none-any.whl").unlink()

    assert_refused(checkout.run(), "The Python packages could not be installed", "django==99.0")

    _make_wheel(checkout.wheels)
    assert_done(checkout.run())


def test_no_way_to_the_package_index(checkout: Checkout) -> None:
    no_wheels = {"PIP_NO_INDEX": "", "PIP_FIND_LINKS": ""}

    assert_refused(
        checkout.run(**no_wheels, PIP_INDEX_URL=_NOWHERE, PIP_RETRIES="1"),
        "The Python packages could not be installed",
        "cannot be reached over the network",
    )

    assert_done(checkout.run())


def test_npm_that_fails(checkout: Checkout) -> None:
    checkout.program("npm", "echo 'npm error code EBADENGINE' >&2; exit 1")

    assert_refused(
        checkout.run(), "The front-end packages could not be installed", "npm error code EBADENGINE"
    )

    assert_refused(checkout.run(), "The front-end packages could not be installed")
    checkout.program("npm", "exit 0")
    assert_done(checkout.run())


def test_no_way_to_the_npm_registry(checkout: Checkout) -> None:
    checkout.program("npm", "echo 'npm error code ENOTFOUND' >&2; exit 1")

    assert_refused(checkout.run(), "front-end packages", "cannot be reached over the network")

    checkout.program("npm", "exit 0")
    assert_done(checkout.run())


def test_a_full_disk_under_the_packages(checkout: Checkout) -> None:
    pip = checkout.root / ".venv" / "bin" / "python"
    real = pip.readlink()
    pip.unlink()
    full = 'case "$*" in *install*) exec cat /dev/zero >/dev/full;; esac'
    pip.write_text(f'#!/bin/sh\n{full}\nexec {real} "$@"\n')
    pip.chmod(0o755)

    assert_refused(checkout.run(), "Python packages", "the disk is full")

    pip.unlink()
    pip.symlink_to(real)
    assert_done(checkout.run())


def test_a_full_disk_under_the_assets(checkout: Checkout) -> None:
    checkout.program("npm", "exec cat /dev/zero >/dev/full")

    assert_refused(checkout.run(), "front-end packages", "the disk is full")

    checkout.program("npm", "exit 0")
    assert_done(checkout.run())


def test_a_log_on_a_full_disk_hides_no_reason(checkout: Checkout) -> None:
    checkout.program("npm", "echo 'npm error code EBADENGINE' >&2; exit 1")
    log = checkout.root / "var" / "setup.log"
    log.unlink()
    log.symlink_to("/dev/full")

    result = checkout.run()

    log.unlink()
    assert_refused(result, "npm error code EBADENGINE")


def test_a_place_that_cannot_be_written(checkout: Checkout) -> None:
    var, aside = checkout.root / "var", checkout.root / "aside"
    var.rename(aside)
    var.write_text("")

    assert_refused(checkout.run(), f"{var} cannot be written")

    var.unlink()
    aside.rename(var)
    assert_done(checkout.run())


def test_an_environment_left_without_pip_is_made_anew(checkout: Checkout) -> None:
    shutil.rmtree(next((checkout.root / ".venv").glob("lib/python*/site-packages/pip")))

    result = checkout.run()

    assert_done(result)
    assert "Creating the virtual environment…" in result.stderr


def test_an_environment_that_cannot_be_made_is_not_kept(checkout: Checkout) -> None:
    shutil.rmtree(checkout.root / ".venv")
    full = 'case "$*" in *venv*) mkdir -p "$3/bin"; exec cat /dev/zero >/dev/full;; esac'
    broken = checkout.program("python-without-room", f'{full}\nexec {sys.executable} "$@"')

    assert_refused(
        checkout.run(PYTHON=str(broken)), "virtual environment could not be made", "disk is full"
    )

    assert not (checkout.root / ".venv").exists()
    assert_done(checkout.run())


def test_a_python_that_is_too_old_is_told_with_what_to_install(checkout: Checkout) -> None:
    shutil.rmtree(checkout.root / ".venv")
    for name in ("python3", "python3.11", "python3.12", "python3.13", "python3.14"):
        checkout.program(name, "exit 1")

    assert_refused(checkout.run(PYTHON=""), "Python 3.11 or newer is needed", "apt install")

    for name in ("python3", "python3.11", "python3.12", "python3.13", "python3.14"):
        (checkout.programs / name).unlink()
    assert_done(checkout.run())
