"""Why a request is answered with something else than 200, in the shape clients know.

Every error but 401 is ``{"errors": [{"title", "detail"}]}``. Source: spec 02 §2.8, spec 00.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

DOCUMENTATION = "/api/docs/v3"


@dataclass(frozen=True)
class ErrorItem:
    """One item of ``errors``; ``title`` of a 422 is the public name of the field to mend."""

    title: str
    detail: str


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
        return {"errors": [{"title": i.title, "detail": i.detail} for i in self.items]}


class Unauthorised(ApiError):
    """No usable token: the one error with the single key ``error``."""

    def __init__(self) -> None:
        super().__init__(401, [], {"WWW-Authenticate": "Bearer"})

    @property
    def body(self) -> dict[str, object]:
        """Return what is sent."""
        return {"error": "Access denied: send a valid token as 'Authorization: Bearer TOKEN'."}


def bad_request(detail: str) -> ApiError:
    """Return a 400 for what cannot be read."""
    return ApiError(400, [ErrorItem("Bad request", detail)])


def bad_envelope() -> ApiError:
    """Return the 400 for a body without ``data.attributes``."""
    return bad_request(
        "The body needs a correct JSON structure: a data object that holds attributes, with at"
        f" least one attribute of this endpoint. See the API documentation at {DOCUMENTATION}."
    )


def bad_filter() -> ApiError:
    """Return the 400 for a ``filter`` that is not a set of bracketed keys."""
    detail = "The filter must be a keyed object, for example filter[cohort]=2025."
    return ApiError(400, [ErrorItem("Bad parameter", detail)])


def not_found() -> ApiError:
    """Return the 404 for what does not exist or is another provider's."""
    return ApiError(
        404, [ErrorItem("Resource not found", "Nothing could be found for the given details.")]
    )


def method_not_allowed(allowed: str) -> ApiError:
    """Return the 405; ``allowed`` is for example ``GET, HEAD``."""
    item = ErrorItem("Method not allowed", f"This address accepts {allowed} only.")
    return ApiError(405, [item], {"Allow": allowed})


def payload_too_large() -> ApiError:
    """Return the 413 for a body beyond the limit."""
    return ApiError(413, [ErrorItem("Payload too large", "Send a body of less than 2 megabytes.")])


def too_many_requests(retry_after: int) -> ApiError:
    """Return the 429; ``retry_after`` is in seconds."""
    item = ErrorItem(
        "Too many requests", f"You have used up your requests. Try again in {retry_after} seconds."
    )
    return ApiError(429, [item], {"Retry-After": str(retry_after)})


def internal_server_error(request_id: str) -> ApiError:
    """Return the 500, which names the request so that support can find it."""
    item = ErrorItem(
        "Internal server error",
        f"Something went wrong on our side. Quote the request id {request_id} when you contact us.",
    )
    return ApiError(500, [item])
