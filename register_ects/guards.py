"""What settings must be, however they come in: each refusal is one clear line.

Pure: a value in, the value to use out, or ImproperlyConfigured. No refusal repeats a secret.
"""

import math
import re
import zlib
from collections import Counter
from collections.abc import Collection, Mapping
from difflib import SequenceMatcher
from itertools import combinations, pairwise
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError
from sentry_sdk.utils import BadDsn, Dsn

SHORTEST_SECRET = 50
_LEAST_BITS = 128
#: Characters that people type one after the other.
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEIGHBOURS = {pair for row in _ROWS for way in (row, row[::-1]) for pair in pairwise(way)}
#: Parts of a random secret whose neighbours are such; of two random ones that are alike.
_MOST_NEIGHBOURS, _MOST_ALIKE = 0.5, 0.7
_COOKIE_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
_LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
_POSTGRESQL = frozenset({"postgres", "postgresql", "pgsql"})
_REDIS = frozenset({"redis", "rediss", "unix"})


def whole_number(env: Env, name: str, default: int, *, least: int) -> int:
    """Return a whole number of the environment that is no less than ``least``."""
    try:
        value: int = env.int(name, default)
    except EnvError:
        raise ImproperlyConfigured(f"{name} must be a whole number") from None
    if value < least:
        raise ImproperlyConfigured(f"{name} must be {least} or more")
    return value


def check_secret(name: str, value: str) -> None:
    """Refuse a secret that is short, was made for development, or can be guessed."""
    if (
        len(value) < SHORTEST_SECRET
        or value.lower().startswith("django-insecure")
        or not _looks_random(value)
    ):
        raise ImproperlyConfigured(
            f"{name} must be set to at least {SHORTEST_SECRET} random characters"
        )


def check_secrets_differ(secrets: Mapping[str, str]) -> None:
    """Refuse secrets of which one is the other with a few changes."""
    for (name, one), (other_name, other) in combinations(secrets.items(), 2):
        alike = SequenceMatcher(None, one, other, autojunk=False).ratio()
        if alike > _MOST_ALIKE:
            raise ImproperlyConfigured(
                f"{name} and {other_name} are the same or nearly so: they must differ from one"
                " another. Make each at random"
            )


def _looks_random(value: str) -> bool:
    """Say whether a text does not repeat itself, follows no keyboard and has bits enough."""
    packed = len(zlib.compress(value.encode(), 9))
    neighbours = sum(pair in _NEIGHBOURS for pair in pairwise(value.lower()))
    shares = [count / len(value) for count in Counter(value).values()]
    bits = -sum(share * math.log2(share) for share in shares) * len(value)
    return (
        packed > 0.6 * len(value)
        and neighbours <= _MOST_NEIGHBOURS * len(value)
        and bits >= _LEAST_BITS
    )


def secure_address(name: str, value: str) -> str:
    """Return an https:// address, which names a host."""
    return _address(name, value, {"https"}, "an address with https:// and a host")


def postgresql_address(name: str, value: str) -> str:
    """Return the address of a PostgreSQL database."""
    return _address(name, value, _POSTGRESQL, "an address with postgresql://", needs_host=False)


def redis_address(name: str, value: str) -> str:
    """Return the address of a Redis, with its scheme in small letters: its client wants that."""
    wanted = "an address with redis:// or rediss:// and a host, or unix:// and a path"
    scheme = value.partition("://")[0]
    return _address(
        name, value, _REDIS, wanted, needs_host=scheme.lower() != "unix", needs_path=True
    )


def _address(
    name: str,
    value: str,
    schemes: Collection[str],
    wanted: str,
    *,
    needs_host: bool = True,
    needs_path: bool = False,
) -> str:
    scheme, mark, rest = value.strip().partition("://")
    scheme = scheme.lower()
    try:
        parts = urlsplit(f"{scheme}://{rest}")
        host, _port = parts.hostname, parts.port
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be set to {wanted}") from None
    has_place = host if needs_host else (parts.path or not needs_path)
    if not mark or scheme not in schemes or not has_place or " " in rest:
        raise ImproperlyConfigured(f"{name} must be set to {wanted}")
    return f"{scheme}://{rest}"


def check_cookie_names(names: Mapping[str, str]) -> None:
    """Refuse names of cookies that browsers may not take, and one name for two."""
    for setting, name in names.items():
        if not _COOKIE_NAME.fullmatch(name):
            raise ImproperlyConfigured(
                f"{setting} must be 1 to 64 letters, digits, hyphens and underscores"
            )
    if len(set(names.values())) < len(names):
        raise ImproperlyConfigured(f"{' and '.join(names)} must differ from one another")


def feedback_address(name: str, value: str) -> str:
    """Return where a link may lead: our own page, https:// or mailto:."""
    scheme, mark, rest = value.partition(":")
    if value.startswith("/") and not value.startswith(("//", "/\\")):
        return value
    if mark and scheme.lower() == "mailto" and "@" in rest:
        return value
    try:
        return secure_address(name, value)
    except ImproperlyConfigured:
        raise ImproperlyConfigured(
            f"{name} must be an address with https:// or mailto:, or a path of this service"
        ) from None


def log_level(name: str, value: str) -> str:
    """Return a level of Python's logging, in capital letters."""
    if value.upper() not in _LOG_LEVELS:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(_LOG_LEVELS)}")
    return value.upper()


def sentry_dsn(name: str, value: str) -> str:
    """Return Sentry's address of a project; empty for none."""
    try:
        if value:
            Dsn(value)
    except (BadDsn, ValueError):
        raise ImproperlyConfigured(
            f"{name} must be the address of a project in Sentry, https://KEY@HOST/PROJECT, or empty"
        ) from None
    return value
