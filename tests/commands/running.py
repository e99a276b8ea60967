"""Run our commands as a user does: another process, with nothing configured."""

import os
import socket
import subprocess

from register_ects.embedded import ROOT

_OURS = ("DATABASE_URL", "REDIS_URL", "ENVIRONMENT", "REGISTER_ECTS_DATA_DIR", "REDIS_KEY_PREFIX")


def environment(**more: str) -> dict[str, str]:
    """Return the environment of somebody who has configured nothing."""
    return {name: value for name, value in os.environ.items() if name not in _OURS} | more


def run(command: str, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end. Keyword arguments are environment variables."""
    return subprocess.run(
        [ROOT / command, *arguments],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        env=environment(**more),
        timeout=120,
        check=False,
    )


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
