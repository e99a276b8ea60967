"""One API token for each lead provider, readable again because the demo keeps them in a file."""

import json
import os
from pathlib import Path

from register_ects.models import LeadProvider
from register_ects.operations.base import Author
from register_ects.operations.lead_providers.api_tokens import issue_api_token, usable_api_token


def demo_tokens(data_dir: Path) -> dict[str, str]:
    """Return a working raw token by name of lead provider, issuing those that are missing.

    The file is readable by its owner only. Tokens are otherwise shown once and never stored.
    """
    path = data_dir / "tokens.json"
    kept: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    tokens = {
        provider.name: _working(provider, kept.get(provider.name))
        for provider in LeadProvider.objects.order_by("name")
    }
    if tokens != kept:
        _write_private(path, json.dumps(tokens, indent=2))
    return tokens


def _working(provider: LeadProvider, raw: str | None) -> str:
    token = usable_api_token(raw) if raw else None
    if raw and token and token.lead_provider == provider:
        return raw
    return issue_api_token(provider, description="Demo", author=Author.system())


def _write_private(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
