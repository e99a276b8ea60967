"""Declarations in bulk: read the items, and tell what became of each (spec 02 §2.22.5).

An item is what the single request has under ``data``, with a ``client_reference`` if the client
likes: any text that tells it which of its own rows this is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from providers.bodies import attributes_of
from providers.errors import ApiError, ErrorItem, bad_request
from providers.messages import errors_for
from providers.schemas.base import attributes_in
from providers.schemas.declarations import BulkDeclarationsRequest
from register_ects import clock
from register_ects.models import LeadProvider
from register_ects.rate_limits import Bucket, spend_request
from register_ects.rules.declarations import SentDeclaration
from register_ects.rules.problems import RuleBroken, refuse

MOST_ITEMS = 500
_LONGEST_REFERENCE = 255
_KNOWN = attributes_in(BulkDeclarationsRequest).model_fields
#: What the claim calls an attribute that has another name here.
_IN_CLAIM = {"evidence_held": "evidence_type"}


def claim_from(sent: Mapping[str, str | None]) -> SentDeclaration:
    """Return the claim that the attributes of a request make."""
    return SentDeclaration(**{_IN_CLAIM.get(name, name): value for name, value in sent.items()})


@dataclass(frozen=True)
class Item:
    """One item of the list: a claim, or why it cannot be read."""

    place: int
    client_reference: str | None
    claim: SentDeclaration | ApiError

    @classmethod
    def read(cls, place: int, sent: Any) -> "Item":
        """Read what was sent at a place (from 0) of the list."""
        reference = None
        try:
            reference = _reference(sent)
            return cls(place, reference, claim_from(attributes_of(sent, _KNOWN)))
        except ApiError as error:
            return cls(place, reference, error)

    def made(self, payload: object) -> dict[str, Any]:
        """Return the result of an item that became a declaration."""
        return {**self._begun(200), "data": payload}

    def refused(self, refusal: RuleBroken | ApiError) -> dict[str, Any]:
        """Return the result of an item that a rule refused or that could not be read."""
        error = (
            refusal if isinstance(refusal, ApiError) else errors_for(refusal, kind="declaration")
        )
        return {**self._begun(error.status), "errors": [self._error(each) for each in error.items]}

    def _begun(self, status: int) -> dict[str, Any]:
        return {"index": self.place, "client_reference": self.client_reference, "status": status}

    def _error(self, item: ErrorItem) -> dict[str, str]:
        """Return one error; its pointer leads to the field in the body that was sent."""
        within = (item.pointer or "").removeprefix("#/data")
        return {
            "title": item.title,
            "detail": item.detail,
            "code": item.code,
            "pointer": f"#/data/{self.place}{within}",
        }


def items_from(sent: Sequence[Any]) -> list[Item]:
    """Return the items of a list that is short enough. Raises RuleBroken for a longer one."""
    if len(sent) > MOST_ITEMS:
        refuse("data", "too_many_items", count=len(sent), most=MOST_ITEMS)
    return [Item.read(place, each) for place, each in enumerate(sent)]


def spend_items(provider: LeadProvider, count: int) -> None:
    """Count items towards the provider's quota of them, by the actual clock. Raises a 429."""
    if settings.API_RATE_LIMIT is None:
        return
    bucket = Bucket(f"items-{provider.pk}", settings.API_BULK_ITEM_LIMIT, count)
    with clock.as_it_is():
        quota = spend_request([bucket])
    if quota is not None and quota.exceeded:
        raise _items_used_up(quota.limit, quota.reset)


def _items_used_up(limit: int, retry_after: int) -> ApiError:
    item = ErrorItem(
        "Too many requests",
        f"You may send {limit} declarations in bulk in five minutes. Try again in"
        f" {retry_after} seconds, or send fewer at once.",
        "request.too_many_items",
    )
    return ApiError(429, [item], {"Retry-After": str(retry_after)})


def _reference(sent: Any) -> str | None:
    """Return the client's reference as text. Raises a 400 for one that is not text or a number."""
    reference = sent.get("client_reference") if isinstance(sent, dict) else None
    if reference is None:
        return None
    if isinstance(reference, bool) or not isinstance(reference, str | int | float):
        raise _bad_reference()
    if len(str(reference)) > _LONGEST_REFERENCE:
        raise _bad_reference()
    return str(reference)


def _bad_reference() -> ApiError:
    detail = f"client_reference must be text of at most {_LONGEST_REFERENCE} characters."
    return bad_request(detail, code="request.bad_client_reference")
