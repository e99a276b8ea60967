"""What settings must be, however they come in: each refusal is one clear line.

Pure: a value in, the value to use out, or ImproperlyConfigured. No refusal repeats a secret.
"""

import math
import re
import zlib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from ipaddress import ip_address
from itertools import combinations, pairwise
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError
from sentry_sdk.utils import BadDsn, Dsn

SHORTEST_SECRET = 50
#: Of the key to another service, which that service makes.
SHORTEST_KEY = 8
_LEAST_BITS = 128
#: Characters that people type one after the other.
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEIGHBOURS = {pair for row in _ROWS for way in (row, row[::-1]) for pair in pairwise(way)}
#: The pairs of letters that are most frequent in English: more than half of all in a text, and
#: one in eleven in random letters.
_PAIRS = (
    "thheinerreanonatenndtiesorteofedisitalarsttontngsehaasouiole"
    "vecomedehiriroicneearacelichllbemasiomurcaeltalansdifo"
)
_ENGLISH = frozenset(map("".join, zip(_PAIRS[::2], _PAIRS[1::2], strict=True)))
#: Parts of a random secret whose neighbours are such; of two random ones that are alike; of pairs
#: in a random one that are frequent in English.
_MOST_NEIGHBOURS, _MOST_ALIKE, _MOST_ENGLISH = 0.5, 0.7, 0.36
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
#: A host name, or a domain with all its hosts (a dot in front), or an address of version 6.
_HOST = re.compile(rf"\.?{_LABEL}(?:\.{_LABEL})*|\[[0-9a-f:.]+\]", re.ASCII | re.IGNORECASE)
_ORIGIN = re.compile(
    rf"https://(?:\*\.)?{_LABEL}(?:\.{_LABEL})*(?::[0-9]{{1,5}})?", re.ASCII | re.IGNORECASE
)
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


def check_key(name: str, value: str) -> None:
    """Refuse the key to another service that is none, or cannot be sent in a header."""
    if not re.fullmatch(rf"[!-~]{{{SHORTEST_KEY},}}", value):
        raise ImproperlyConfigured(
            f"{name} must be set to at least {SHORTEST_KEY} letters, digits and signs, without"
            " spaces or line ends"
        )


def check_notify_key(name: str, value: str) -> None:
    """Refuse a key of GOV.UK Notify without the service's id and the secret at its end."""
    if not re.fullmatch(rf"[!-~]+-{_UUID}-{_UUID}", value):
        raise ImproperlyConfigured(
            f"{name} must be a whole key of GOV.UK Notify: its name, the service's id, the secret"
        )


def template_ids(name: str, value: str, wanted: Collection[str]) -> dict[str, str]:
    """Return the ids of GOV.UK Notify's templates: ``email=id`` for each, separated by commas."""
    pairs = dict(each.strip().partition("=")[::2] for each in value.split(",") if each.strip())
    wrong = [each for each in wanted if not re.fullmatch(_UUID, pairs.get(each, ""), re.IGNORECASE)]
    if wrong:
        raise ImproperlyConfigured(
            f"{name} must give the id of a template as email=id, separated by commas, for each"
            f" email. Missing: {', '.join(wrong)}"
        )
    return {each: pairs[each] for each in wanted}


def check_secrets_differ(secrets: Mapping[str, str]) -> None:
    """Refuse secrets of which one is the other with a few changes, backwards or in other case."""
    for (name, one), (other_name, other) in combinations(secrets.items(), 2):
        if any(_are_alike(one, way) for way in (other, other[::-1])):
            raise ImproperlyConfigured(
                f"{name} and {other_name} are the same or nearly so: they must differ from one"
                " another. Make each at random"
            )


def _are_alike(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False)
    return matcher.ratio() > _MOST_ALIKE


def _looks_random(value: str) -> bool:
    """Whether a text has no words, repeats nothing, follows no keyboard, has bits enough."""
    if not re.fullmatch(r"[!-~]+", value):
        return False
    english = sum("".join(pair) in _ENGLISH for pair in pairwise(value.lower()))
    packed = len(zlib.compress(value.encode(), 9))
    neighbours = sum(pair in _NEIGHBOURS for pair in pairwise(value.lower()))
    shares = [count / len(value) for count in Counter(value).values()]
    bits = -sum(share * math.log2(share) for share in shares) * len(value)
    return (
        packed > 0.6 * len(value)
        and english <= _MOST_ENGLISH * len(value)
        and neighbours <= _MOST_NEIGHBOURS * len(value)
        and bits >= _LEAST_BITS
    )


def secure_address(name: str, value: str) -> str:
    """Return an https:// address, which names a host."""
    return _address(name, value, {"https"}, "an address with https:// and a host")


def service_address(name: str, value: str) -> str:
    """Return the https:// address of a service, under which its paths are: nothing else in it."""
    address = secure_address(name, value)
    parts = urlsplit(address)
    if "@" in parts.netloc or "?" in address or "#" in address or not address.isprintable():
        raise ImproperlyConfigured(
            f"{name} must be an address with https:// and a host, without a user, a query or a"
            " fragment"
        )
    return address


def hosts(name: str, values: Sequence[str]) -> list[str]:
    """Return the hosts that serve us, trimmed. Refuses none at all, and what no request can name.

    Browsers send the host alone: an address, a port, a path or a wildcard never matches.
    """
    named = [value.strip() for value in values if value.strip()]
    if not named or "*" in named:
        raise ImproperlyConfigured(f"{name} must name the hosts that serve this service")
    others = (each for each in named if not _HOST.fullmatch(each))
    _refuse_others(name, others, "host names", "register.example.org")
    return named


def origins(name: str, values: Sequence[str]) -> list[str]:
    """Return origins, trimmed: https:// and a host, perhaps a port, and no path."""
    named = [value.strip() for value in values if value.strip()]
    others = (each for each in named if not _ORIGIN.fullmatch(each))
    _refuse_others(name, others, "origins", "https://register.example.org")
    return named


def _refuse_others(name: str, others: Iterator[str], what: str, example: str) -> None:
    if wrong := next(others, None):
        raise ImproperlyConfigured(
            f"{name} must be {what}, separated by commas, such as {example}:"
            f" {wrong[:100]!r} is none"
        )


def check_database_is_private(name: str, *, host: str, sslmode: str) -> None:
    """Refuse to speak to a database on another machine in clear by our own wish."""
    if sslmode in ("disable", "allow") and not _is_local(host):
        raise ImproperlyConfigured(
            f"{name} must not ask for a connection in clear (sslmode={sslmode}) to another machine"
        )


def _is_local(host: str) -> bool:
    if host in ("", "localhost") or host.startswith(("/", "@")):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


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
