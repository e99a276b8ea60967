"""Why a request is answered with something else than 200, in the shape clients know.

Every error but 401 is ``{"errors": [{"title", "detail", "code"}]}``. A client that accepts
``application/problem+json`` gets RFC 9457 instead (``providers/problem_details.py``). Source:
spec 02 §2.8, §2.22.3, spec 00.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from providers.version import REFERENCE


@dataclass(frozen=True)
class ErrorItem:
    """One item of ``errors``; ``title`` of a 422 is the public name of the field to mend.

    ``code`` never changes once published, so that clients need not match sentences; ``pointer``
    is where in the body the field is, None when it is not in the body.
    """

    title: str
    detail: str
    code: str
    pointer: str | None = None


class ApiError(Exception):
    """The request ends here, with this status, these items and these extra headers."""

    def __init__(
        self, status: int, items: Iterable[ErrorItem], headers: Mapping[str, str] | None = None
    ) -> None:
        self.status = status
        self.items = list(items)
        self.headers = dict(headers or {})
        super().__init__(f"{status}: {'; '.join(item.detail for item in self.items)}")

    @property
    def body(self) -> dict[str, object]:
        """Return what is sent."""
        return {
            "errors": [
                {"title": item.title, "detail": item.detail, "code": item.code}
                for item in self.items
            ]
        }


class Unauthorised(ApiError):
    """No usable token: the one error with the single key ``error``."""

    def __init__(self) -> None:
        item = ErrorItem(
            "Unauthorised",
            "Access denied: send a valid token as 'Authorization: Bearer TOKEN'.",
            "request.unauthorised",
        )
        super().__init__(401, [item], {"WWW-Authenticate": "Bearer"})

    @property
    def body(self) -> dict[str, object]:
        """Return what is sent."""
        return {"error": self.items[0].detail}


def bad_request(detail: str, *, code: str = "request.unreadable") -> ApiError:
    """Return a 400 for what cannot be read."""
    return _error(400, "Bad request", detail, code)


def bad_envelope() -> ApiError:
    """Return the 400 for a body without ``data.attributes``."""
    return bad_request(
        "The body needs a correct JSON structure: a data object that holds attributes, with at"
        f" least one attribute of this endpoint. See the API documentation at {REFERENCE}.",
        code="request.bad_envelope",
    )


def bad_filter() -> ApiError:
    """Return the 400 for a ``filter`` that is not a set of bracketed keys."""
    detail = "The filter must be a keyed object, for example filter[cohort]=2025."
    return _error(400, "Bad parameter", detail, "request.bad_filter")


def missing_filters(names: Iterable[str]) -> ApiError:
    """Return the 400 for required filters that are absent: an item for each."""
    details = [f"This address needs filter[{name}]. Send it with the request." for name in names]
    code = "request.missing_filter"
    return ApiError(400, [ErrorItem("Bad parameter", detail, code) for detail in details])


def not_found() -> ApiError:
    """Return the 404 for what does not exist or is another provider's."""
    detail = "Nothing could be found for the given details."
    return _error(404, "Resource not found", detail, "request.not_found")


def replaced(new_id: str) -> ApiError:
    """Return the 404 for a participant id that was retired when two records were merged.

    ``new_id`` took its place, and the provider is shown that participant (spec 03 §15).
    """
    detail = f"This participant id has been replaced by {new_id}. Use the new id."
    return _error(404, "Resource not found", detail, "participant.replaced")


def method_not_allowed(allowed: str) -> ApiError:
    """Return the 405; ``allowed`` is for example ``GET, HEAD``."""
    detail = f"This address accepts {allowed} only."
    code = "request.method_not_allowed"
    return _error(405, "Method not allowed", detail, code, {"Allow": allowed})


def still_running() -> ApiError:
    """Return the 409 for a repeat that arrives while the first request is being answered."""
    detail = "A request with this Idempotency-Key is still being answered. Send it again shortly."
    return _error(409, "Conflict", detail, "request.still_running", _retry_after(1))


def payload_too_large() -> ApiError:
    """Return the 413 for a body beyond the limit."""
    detail = "Send a body of less than 2 megabytes."
    return _error(413, "Payload too large", detail, "request.payload_too_large")


def key_used_before() -> ApiError:
    """Return the 422 for an idempotency key that belongs to another request."""
    detail = (
        "This Idempotency-Key was used for another request. Use a new key for each new request."
    )
    return _error(422, "Idempotency-Key", detail, "request.idempotency_key_reused")


def changes_gone() -> ApiError:
    """Return the 410 for a place in the feed whose changes are no longer kept."""
    detail = (
        "Changes after this place are no longer kept. Sync everything again, then go on from"
        " after=latest."
    )
    return _error(410, "Gone", detail, "changes.too_old")


def too_many_requests(retry_after: int) -> ApiError:
    """Return the 429; ``retry_after`` is in seconds."""
    detail = f"You have used up your requests. Try again in {retry_after} seconds."
    code = "request.too_many_requests"
    return _error(429, "Too many requests", detail, code, _retry_after(retry_after))


def internal_server_error(request_id: str) -> ApiError:
    """Return the 500, which names the request so that support can find it."""
    detail = (
        f"Something went wrong on our side. Quote the request id {request_id} when you contact us."
    )
    return _error(500, "Internal server error", detail, "service.failed")


def https_required() -> ApiError:
    """Return the 403 for a request over plain HTTP, whose token anybody on the way has seen."""
    detail = "Use https. If you sent a token with this request, ask us for a new one."
    return _error(403, "Forbidden", detail, "request.https_required")


def not_answering(retry_after: int) -> ApiError:
    """Return the 503 while the database cannot be reached; ``retry_after`` is in seconds."""
    detail = f"Something we depend on is not answering. Try again in {retry_after} seconds."
    code = "service.not_answering"
    return _error(503, "Service unavailable", detail, code, _retry_after(retry_after))


def service_unavailable(retry_after: int) -> ApiError:
    """Return the 503 of a planned downtime; ``retry_after`` is in seconds."""
    detail = f"The service is down for planned work. Try again in {retry_after} seconds."
    code = "service.unavailable"
    return _error(503, "Service unavailable", detail, code, _retry_after(retry_after))


def _error(
    status: int, title: str, detail: str, code: str, headers: Mapping[str, str] | None = None
) -> ApiError:
    return ApiError(status, [ErrorItem(title, detail, code)], headers)


def _retry_after(seconds: int) -> dict[str, str]:
    return {"Retry-After": str(seconds)}
