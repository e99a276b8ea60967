"""What is sent to TRS without our client."""

from typing import Any

import httpx

HEADERS = {"Authorization": "Bearer demo-trs-key", "X-Api-Version": "20260120"}
BEGIN = {
    "status": "InProgress",
    "startDate": "2025-09-01",
    "completedDate": None,
    "modifiedOn": "2026-03-12T09:15:00.123Z",
}


def write(http: httpx.Client, trn: str, **differs: Any) -> httpx.Response:
    """Tell TRS how somebody's induction stands: begun, unless it ``differs``."""
    return http.put(f"/v3/persons/{trn}/cpd-induction", json={**BEGIN, **differs})
