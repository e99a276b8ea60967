"""A new stand-in needs its protocol only: the kit brings the rest."""

import httpx
import pytest

from register_ects.invented.stand_ins.kit import (
    Response,
    StandIn,
    StandInApp,
    json_response,
    serve,
)
from register_ects.invented.stand_ins.kit.page import page, table

pytestmark = pytest.mark.no_database


class Letters(StandInApp):
    """Keeps what it is sent."""

    name = "Letters"

    def __init__(self):
        super().__init__()
        self.letters = []

    def answer(self, request):
        self.letters.append(request.json()["text"])
        return json_response(201, {"number": len(self.letters)})

    def page(self):
        sent = table("Letters <sent>", ["Text"], [[text] for text in self.letters])
        return page(self, "Letters", "Nothing leaves.", [sent])

    def reset(self):
        self.letters.clear()

    def levers(self):
        return {**super().levers(), ("POST", "burn"): self._burn}

    def _burn(self, request):
        if not self.letters:
            raise ValueError("There is nothing to burn")
        self.letters.pop()
        return Response(204)


@pytest.fixture(scope="module")
def running():
    with serve(Letters()) as (address, client):
        yield StandIn(address, client)


@pytest.fixture
def stand_in(running):
    running.reset()
    return running


@pytest.fixture
def send(stand_in):
    return lambda text: httpx.post(f"{stand_in.base_url}/send", json={"text": text})


@pytest.fixture
def read(stand_in):
    return lambda: httpx.get(stand_in.base_url).text


def test_answers_remembers_its_calls_and_forgets_them(stand_in, send):
    assert send("Dear all").json() == {"number": 1}
    assert [call["body"] for call in stand_in.requests()] == [{"text": "Dear all"}]

    stand_in.reset()

    assert stand_in.requests() == []
    assert send("Dear all").json() == {"number": 1}


def test_fails_as_told_before_it_does_anything(stand_in, send):
    stand_in.fault("429", times=1, seconds=7)

    refused = send("Dear all")

    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "7")
    assert send("Dear all").json() == {"number": 1}


def test_has_a_page_of_plain_text_with_switches_and_the_last_calls(stand_in, send, read):
    send("<b>Dear")
    stand_in.fault("down")

    shown = read()

    assert "<td>&lt;b&gt;Dear</td>" in shown
    assert "<caption>Letters &lt;sent&gt;</caption>" in shown
    assert "Letters is failing: down" in shown
    assert "<td>POST</td><td>/send</td><td>201</td>" in shown


def test_has_levers_of_its_own_which_may_refuse(stand_in, send):
    burn = f"{stand_in.base_url}/__admin/burn"
    send("Dear all")

    assert httpx.post(burn).status_code == 204
    again = httpx.post(burn)
    assert (again.status_code, again.json()["title"]) == (400, "There is nothing to burn")
    assert httpx.get(burn).status_code == 404
