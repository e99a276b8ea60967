"""Whoever builds sandboxes, as the setting ``SANDBOX`` names them: the service imports nothing
that is invented.
"""

from collections.abc import Sequence
from importlib import import_module
from typing import Protocol, cast

from django.conf import settings

from register_ects.models import LeadProvider


class Scenario(Protocol):
    """A situation that sandboxes are seeded with, ``times`` over."""

    @property
    def group(self) -> str:
        """Return a value of SandboxGroup."""

    @property
    def key(self) -> str:
        """Return what its ids begin with."""

    @property
    def title(self) -> str:
        """Return what it is, in a few words."""

    @property
    def times(self) -> int:
        """Return how often it is built."""


class Sandbox(Protocol):
    """What a module that builds sandboxes has."""

    def every_scenario(self) -> Sequence[Scenario]:
        """Return what a sandbox is seeded with, what all providers share last."""

    def reset_sandbox(self, provider: LeadProvider) -> int:
        """Remove what was seeded for a provider and build it anew; return how many scenarios."""


def sandbox() -> Sandbox:
    """Return the module that builds sandboxes here."""
    return cast(Sandbox, import_module(settings.SANDBOX))
