"""Every example of the guidance is run: with the real curl, against a server, as printed."""

import pytest

from register_ects import clock
from tests.providers.guidance_examples import (
    Answer,
    blocks,
    bodies,
    differences,
    examples,
    program,
    run,
    run_program,
)
from tests.providers.guidance_world import DAY, GuidanceWorld

pytestmark = pytest.mark.django_db(transaction=True)

LANGUAGES = {"sh", "json", "http", "python"}
WITH_REQUESTS = [slug for slug, body in bodies().items() if examples(slug, body)]
WITH_PROGRAMS = [slug for slug, body in bodies().items() if program(slug, body)]


@pytest.fixture
def variables(settings, live_server, lead_provider, api_client):
    """What examples find in the shell; it is the day on which they play, for the server too."""
    settings.CLOCK_OFFSET_DAYS = (DAY - clock.london_date(clock.real_now())).days
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


@pytest.mark.no_database
@pytest.mark.parametrize("page", bodies())
def test_no_answer_is_printed_that_is_not_compared(page):
    listed = blocks(page, bodies()[page])
    compared = {example.answer for example in examples(page, bodies()[page])}

    unknown = [str(block) for block in listed if block.language not in LANGUAGES]
    alone = [
        str(block)
        for block in listed
        if block.language in ("json", "http") and block not in compared
    ]
    assert (unknown, alone) == ([], [])


@pytest.mark.no_database
def test_an_answer_that_differs_is_noticed():
    page = '```sh\ncurl\n```\n\n```json\n{"data": {"type": "participant", "id": "7"}}\n```\n'
    (example,) = examples("a-page", page)

    def found(status, text):
        return differences(example, [Answer(status, text)])

    assert found(200, '{"data": {"type": "participant", "id": "8"}}') == []
    assert found(404, '{"data": {"type": "participant", "id": "8"}}')
    assert found(200, '{"data": {"type": "school", "id": "8"}}')
    assert found(200, '{"data": {"type": "participant"}}')
    assert found(200, '{"data": {"type": "participant", "id": "8", "meta": null}}')
    assert found(200, '{"data": {"type": "participant", "id": null}}')
