"""Every example of the guidance is run: with the real curl, against a server, as printed."""

from datetime import UTC, datetime

import pytest

from tests.providers.guidance_examples import (
    bodies,
    differences,
    examples,
    program,
    run,
    run_program,
)
from tests.providers.guidance_world import DAY, GuidanceWorld

pytestmark = pytest.mark.django_db(transaction=True)

WITH_REQUESTS = [slug for slug, body in bodies().items() if examples(slug, body)]
WITH_PROGRAMS = [slug for slug, body in bodies().items() if program(slug, body)]


@pytest.fixture
def variables(settings, live_server, lead_provider, api_client):
    """What examples find in the shell; it is the day on which they play, for the server too."""
    settings.CLOCK_OFFSET_DAYS = (DAY - datetime.now(UTC).date()).days
    world = GuidanceWorld(lead_provider)
    ids = {name: str(value) for name, value in world.ids.items()}
    token = api_client(lead_provider).token
    return {"api": f"{live_server.url}/api/v3", "token": token, **ids}


@pytest.mark.parametrize("page", WITH_REQUESTS)
def test_the_requests_of_a_page_are_answered_as_printed(page, variables, tmp_path):
    wrong = {}
    for example in examples(page, bodies()[page]):
        if found := differences(example, run(example, variables, tmp_path)):
            wrong[str(example.request)] = found

    assert wrong == {}


@pytest.mark.parametrize("page", WITH_PROGRAMS)
def test_the_program_of_a_page_runs(page, variables, tmp_path):
    body = bodies()[page]

    printed = run_program(program(page, body), variables, tmp_path).splitlines()

    assert "participants" in printed[0]
    assert f"`{printed[-1]}`" in body
