"""Every example of a request in the OpenAPI file is sent as it stands, and works."""

from datetime import date
from urllib.parse import urlencode

import pytest

from providers.openapi.document import OPERATIONS
from providers.schemas import base
from register_ects.models import DeliveryPartner, ECTAtSchoolPeriod
from register_ects.operations.base import Author
from register_ects.operations.placements.finishing import finish_placement
from register_ects.projections.refresh import catch_up
from tests.factories import PairingFactory
from tests.providers.documented_world import DAY
from tests.providers.documented_world import documented_provider as documented_provider
from tests.providers.documented_world import lead_provider as lead_provider

COURSE = {"course_identifier": "ecf-induction"}


def requests():
    """Return every example: id, method, path and query, body."""
    for operation in OPERATIONS:
        bodies = operation.body_examples or {"no body": None}
        for name, body in bodies.items():
            yield pytest.param(operation, body, id=f"{operation.operation_id}-{name}")


def query_of(operation):
    """Return the query of the examples that the operation's parameters have."""
    found = [query.described for query in operation.queries]
    examples = {each["name"]: each["schema"].get("examples", [None])[0] for each in found}
    # Read by cursor or by page, not both; the filters' examples belong to different situations.
    return {name: example for name, example in examples.items() if example and name != "dry_run"}


def leave_the_school():
    """Let the participant of the examples leave their school; where to is not known."""
    placement = ECTAtSchoolPeriod.objects.get(teacher__api_id=base.PARTICIPANT_ID)
    finish_placement(
        placement, last_day=date(2025, 12, 19), author=Author.system(), reported_by=placement.school
    )


def defer_yesterday(api, on, path):
    on("2026-01-05")
    sent = {"data": {"attributes": {**COURSE, "reason": "career-break"}}}
    assert api.request("PUT", path.replace("/resume", "/defer"), sent).status_code == 200
    on(DAY)


pytestmark = pytest.mark.day(DAY)


@pytest.mark.parametrize(("operation", "body"), list(requests()))
def test_works_as_it_stands(api, on, lead_provider, operation, body):
    path = operation.path
    if operation.path_id:
        path = path.replace("{id}", operation.path_id.example)
    if operation.operation_id == "getTransfer":
        leave_the_school()
    if operation.operation_id == "resumeParticipant":
        defer_yesterday(api, on, path)
    if operation.operation_id == "createPartnership":
        hub = DeliveryPartner.objects.get(api_id=base.DELIVERY_PARTNER_ID)
        PairingFactory(lead_provider=lead_provider, year=2026, delivery_partner=hub)
        on("2026-06-30")
    catch_up()

    sent = b"" if body is None else body
    response = api.request(
        operation.method.upper(), f"{path}?{urlencode(query_of(operation))}", sent
    )

    assert response.status_code == 200, response.content
