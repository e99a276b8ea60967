"""A Python client that a public generator makes from our OpenAPI file, as providers do.

It calls the service in this thread, and so in the test's transaction and on its day.
"""

import importlib
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
from django.core.wsgi import get_wsgi_application

from providers.openapi.document import OPERATIONS, as_yaml
from tests.providers.contract import assert_described

PACKAGE = "generated_provider_client"
TAGS = {each.operation_id: each.tag.lower().replace(" ", "_") for each in OPERATIONS}


def generate(folder: Path) -> Path:
    """Make the package in ``folder``; whatever the generator warns of is a failure."""
    (folder / "swagger.yaml").write_bytes(as_yaml())
    (folder / "config.yaml").write_text(f"post_hooks: []\npackage_name_override: {PACKAGE}\n")
    generator = Path(sys.executable).parent / "openapi-python-client"
    package = folder / PACKAGE
    options = ["--config", "config.yaml", "--meta", "none", "--fail-on-warning"]
    subprocess.run(
        [generator, "generate", "--path", "swagger.yaml", "--output-path", package, *options],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    return package


class GeneratedClient:
    """Calls operations by their ``operationId``; answers are the client's own objects."""

    def __init__(self, folder: Path, token: str) -> None:
        if str(folder) not in sys.path:
            sys.path.insert(0, str(folder))
        self._models = importlib.import_module(f"{PACKAGE}.models")
        client = importlib.import_module(f"{PACKAGE}.client")
        self._client = client.AuthenticatedClient(
            base_url="http://testserver",
            token=token,
            raise_on_unexpected_status=True,
            httpx_args={
                "transport": httpx.WSGITransport(app=get_wsgi_application()),
                "event_hooks": {"response": [_hold_to_description]},
            },
        )

    def model(self, name: str) -> Any:
        """Return one of the client's classes, by its name in the OpenAPI file."""
        return getattr(self._models, name)

    def call(self, operation_id: str, *ids: str, body: Any = None, **parameters: Any) -> Any:
        """Return the response; ``parsed`` is what the client made of its body."""
        if body is not None:
            parameters["body"] = self.model(_request_name(operation_id)).from_dict(body)
        module = importlib.import_module(
            f"{PACKAGE}.api.{TAGS[operation_id]}.{_snake(operation_id)}"
        )
        return module.sync_detailed(*ids, client=self._client, **parameters)

    def ask(self, operation_id: str, *ids: str, **parameters: Any) -> Any:
        """Return the ``data`` of a success as plain objects."""
        response = self.call(operation_id, *ids, **parameters)
        assert response.status_code == 200, response.content
        return response.parsed.to_dict()["data"]

    def refused(self, operation_id: str, *ids: str, **parameters: Any) -> list[str]:
        """Return the codes of a 422."""
        response = self.call(operation_id, *ids, **parameters)
        assert response.status_code == 422, response.content
        return [item.code for item in response.parsed.errors]


def _hold_to_description(response: httpx.Response) -> None:
    response.read()
    assert_described(response.request.method, response.request.url.path, response)


def _snake(operation_id: str) -> str:
    return "".join(f"_{each.lower()}" if each.isupper() else each for each in operation_id)


def _request_name(operation_id: str) -> str:
    operation = next(each for each in OPERATIONS if each.operation_id == operation_id)
    return operation.body.__name__ if operation.body else ""
