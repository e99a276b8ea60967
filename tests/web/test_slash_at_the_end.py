"""An address with a slash at its end leads where it would lead without."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        ("/cookies/", "/cookies"),
        ("/cookies//", "/cookies"),
        ("/school/137923/", "/school/137923"),
        ("/school/137923/home/ects/?q=ann&page=2", "/school/137923/home/ects?q=ann&page=2"),
    ],
)
def test_it_leads_to_the_page(client, asked, led_to):
    answer = client.get(asked)

    assert (answer.status_code, answer["Location"]) == (302, led_to)
    assert client.head(asked).status_code == answer.status_code


@pytest.mark.parametrize("asked", ["/nowhere/", "/cookies/x/", "/%2Fevil.example/"])
def test_what_leads_nowhere_is_not_found(client, asked):
    assert client.get(asked).status_code == 404


def test_a_form_is_not_sent_on(client):
    assert client.post("/cookies/").status_code == 404


def test_the_api_answers_as_for_any_unknown_path(client):
    answer = client.get("/api/v3/participants/")

    assert answer.status_code == 401
    assert answer["Content-Type"].startswith("application/json")
