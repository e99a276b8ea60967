"""What is behind sign-in is kept by no browser and no proxy, and nothing stays after sign-out."""

import uuid
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.factories import AppropriateBodyFactory, SchoolFactory, StaffUserFactory

#: What a converter of an address accepts, as an example.
EXAMPLES = {
    "int": "1",
    "str": "a",
    "slug": "a",
    "uuid": str(uuid.UUID(int=1)),
    "path": "a",
    "kind_of_file": "claims",
}
PEOPLE = {
    "school": SchoolFactory,
    "body": lambda: AppropriateBodyFactory(active=True),
    "staff": lambda: StaffUserFactory(finance=True),
}
PROTECTED = ("school/", "appropriate-body/", "finance/", "admin/")


def addresses(resolver=None, before: str = "") -> Iterator[str]:
    """Every address of the service, with examples for its parts."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, route)
        elif isinstance(entry, URLPattern):
            yield filled_in(route, entry)


def filled_in(route: str, entry: URLPattern) -> str:
    for part in [part for part in route.replace("<", "/<").split("/") if part.startswith("<")]:
        inside = part[1 : part.index(">")]
        kind = inside.split(":")[0] if ":" in inside else "str"
        route = route.replace(f"<{inside}>", EXAMPLES[kind])
    return route


ADDRESSES = sorted(set(addresses()))


def test_the_list_of_addresses_holds_those_of_every_audience():
    for prefix in PROTECTED:
        assert len([each for each in ADDRESSES if each.startswith(prefix)]) > 2


@pytest.mark.parametrize("who", PEOPLE)
def test_no_answer_to_a_person_who_is_signed_in_is_stored(sign_in, who):
    person = PEOPLE[who]()
    for address in ADDRESSES:
        answer = sign_in(person).get(f"/{address}").response
        assert answer.get("Cache-Control") == "no-store", (address, answer.status_code)


def test_no_answer_from_behind_sign_in_is_stored_for_a_visitor(browse):
    for address in ADDRESSES:
        if address.startswith(PROTECTED):
            answer = browse.client.get(f"/{address}")
            assert answer.get("Cache-Control") == "no-store", address


def test_signing_out_clears_what_the_browser_kept(sign_in):
    answer = sign_in(SchoolFactory()).post("/sign-out")
    assert answer.response["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert answer.response["Cache-Control"] == "no-store"
