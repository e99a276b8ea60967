"""What a renderer returns: one record as one lead provider is shown it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

#: Date-times end in Z and have no fraction, whatever the stored precision (spec 02 §2.4).
JSON_OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS


@dataclass(frozen=True, slots=True)
class Shown:
    """What one lead provider is shown of one record.

    ``record_id`` is the key of the teacher, declaration, statement, delivery partner or school
    partnership; ``created_at`` is what lists sort by; ``attributes`` is everything on the wire
    except ``updated_at`` (dates, instants and UUIDs may be in it). The rest is what lists filter
    by: contract years, participant, delivery partner, training statuses, retired participant ids.
    """

    lead_provider_id: int
    record_id: int
    api_id: UUID
    created_at: datetime
    attributes: dict[str, Any]
    years: tuple[int, ...] = ()
    participant_id: UUID | None = None
    delivery_partner_id: UUID | None = None
    training_statuses: tuple[str, ...] = ()
    retired_ids: tuple[UUID, ...] = ()

    def payload(self, resource_type: str, updated_at: datetime) -> str:
        """Return the whole item as JSON."""
        return stamped(self.unstamped(resource_type), updated_at)

    def unstamped(self, resource_type: str) -> bytes:
        """Return the item as JSON without ``updated_at``."""
        item = {"id": self.api_id, "type": str(resource_type), "attributes": self.attributes}
        return orjson.dumps(item, option=JSON_OPTIONS)


def stamped(unstamped: bytes, updated_at: datetime) -> str:
    """Return an item with ``updated_at`` added as the last of its attributes."""
    moment = orjson.dumps(updated_at, option=JSON_OPTIONS).decode()
    return f'{unstamped[:-2].decode()},"updated_at":{moment}}}}}'
