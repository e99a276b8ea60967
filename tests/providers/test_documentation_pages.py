"""The public pages about the API: addresses, links and what they show."""

from html import unescape
from itertools import pairwise
from urllib.parse import urldefrag, urljoin
from xml.etree import ElementTree

import pytest
from django.test import Client

from providers.documentation import content, markdown
from providers.openapi.document import OPERATIONS

GUIDANCE = "/api/guidance/guidance-for-lead-providers"
#: The side bar of spec 02 §2.20, in order, but for how to connect: that comes first.
SLUGS = [
    "connect-to-rect-api",
    "lead-provider-guidance-2026",
    "api-ids-explained",
    "api-data-states",
    "create-view-and-update-partnerships",
    "keeping-data-in-sync",
    "how-to-test-the-api-effectively",
    "schedules-and-milestones-guidance",
    "understanding-declarations",
    "view-participant-data",
    "update-participant-data",
    "glossary",
    "view-financial-statement-payment-dates",
    "how-cohort-closures-and-changes-work",
    "understanding-unfunded-mentors",
    "sandbox",
]
ADDRESSES = [
    "/api/guidance",
    "/api/guidance/status",
    "/api/guidance/release-notes",
    *[note.path for note in content.release_notes()],
    GUIDANCE,
    *[page.path for page in content.pages()],
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_is_public_and_leaves_nothing_behind(browse, address):
    page = browse.get(address)

    assert page.status_code == 200
    assert page.h1
    assert page.title.endswith("GOV.UK")
    assert "Set-Cookie" not in page.response
    assert not page.response.cookies


def test_the_side_bar_lists_all_guidance_in_order(browse):
    page = browse.get(f"{GUIDANCE}/glossary")

    links = [link["href"] for link in page.select(".app-guidance__menu a")]
    assert links[: len(SLUGS)] == [f"{GUIDANCE}/{slug}" for slug in SLUGS]
    assert len(links) == len(content.pages())
    current = page.select(".app-guidance__menu [aria-current=page]")
    assert [link["href"] for link in current] == [f"{GUIDANCE}/glossary"]


@pytest.mark.parametrize("page", content.pages(), ids=lambda page: page.slug)
def test_second_level_headings_are_links_in_the_page(browse, page):
    shown = browse.get(page.path)

    headings = [(h["id"], h.get_text()) for h in shown.select(".app-guidance__article h2[id]")]
    links = [
        (a["href"].removeprefix("#"), a.get_text())
        for a in shown.select(".app-guidance__contents a")
    ]
    assert links == headings
    assert len(headings) > 1


def test_all_links_lead_somewhere(browse):
    shown = {address: browse.get(address) for address in ADDRESSES}
    broken = []
    for address in ADDRESSES:
        for link in shown[address].select("a[href]"):
            target, anchor = urldefrag(urljoin(address, link["href"]))
            if target.startswith(("http", "mailto:")) or target.endswith((".atom", ".yaml")):
                continue
            there = shown[target] if target in shown else browse.get(target)
            shown[target] = there
            if there.status_code not in (200, 301, 302) or (
                anchor and not there.soup.find(id=anchor)
            ):
                broken.append(f"{target}#{anchor} on {address}")

    assert broken == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_headings_are_in_order(browse, address):
    levels = [int(heading.name[1]) for heading in browse.get(address).select("h1,h2,h3,h4")]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize(
    "address",
    [
        f"{GUIDANCE}/nothing",
        f"{GUIDANCE}/../etc",
        "/api/guidance/nothing",
        "/api/guidance/release-notes/2026-11-24-nothing",
        "/api/guidance/release-notes/nothing",
    ],
)
def test_an_unknown_page_is_not_found(browse, address):
    assert browse.get(address).status_code == 404


def test_pages_are_the_same_for_whoever_is_signed_in(browse, sign_in):
    from tests.factories import SchoolFactory

    signed_in = sign_in(SchoolFactory()).get(f"{GUIDANCE}/glossary")
    assert signed_in.response.content == browse.get(f"{GUIDANCE}/glossary").response.content


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("production", [True, False], ids=["production", "elsewhere"])
def test_search_engines_may_show_the_home_page_in_production_only(
    browse, settings, production, address
):
    settings.PRODUCTION = production

    robots = browse.get(address).response["X-Robots-Tag"]

    assert robots == ("all" if production and address == "/api/guidance" else "none")


def test_home_shows_the_latest_release_note_and_leads_everywhere(browse):
    page = browse.get("/api/guidance")

    latest = content.release_notes()[0]
    assert page.select_one(f".app-guidance__latest a[href='{latest.path}']")
    links = {link["href"] for link in page.select("a")}
    assert {GUIDANCE, "/api/docs/v3", "/api/guidance/release-notes"} <= links


@pytest.mark.parametrize("host", ["localhost:8000", "sandbox.example.org"])
def test_the_examples_are_set_up_for_where_the_reader_is(client, host):
    page = client.get(f"{GUIDANCE}/connect-to-rect-api", headers={"Host": host})

    text = unescape(page.content.decode())
    assert f'api="${{api:-http://{host}/api/v3}}"' in text
    assert f">http://{host}/api/v3</code>" in text
    assert markdown.OWN_API not in text


def test_operations_lead_into_the_console_of_the_reference(browse):
    links = {a["href"] for a in browse.get(f"{GUIDANCE}/connect-to-rect-api").select("td a")}
    rows = {row["id"] for row in browse.get("/api/docs/v3").select("tbody tr")}

    assert {f"/api/docs/v3#{each.anchor}" for each in OPERATIONS} <= links
    assert {each.anchor for each in OPERATIONS} == rows
    assert "/api/docs/v3#/Delivery%20Partners/getDeliveryPartner" in links


def test_release_notes_are_listed_newest_first_with_date_and_tags(browse):
    page = browse.get("/api/guidance/release-notes")

    dates = [time["datetime"] for time in page.select("main time")]
    assert dates == sorted(dates, reverse=True)
    assert len(dates) == len(content.release_notes())
    assert page.select(".app-guidance__tags li")


def test_the_feed_has_every_release_note():
    response = Client().get("/api/guidance/release-notes.atom")

    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    atom = "{http://www.w3.org/2005/Atom}"
    entries = ElementTree.fromstring(response.content).findall(f"{atom}entry")
    assert [entry.find(f"{atom}link").get("href") for entry in entries] == [
        f"http://testserver{note.path}" for note in content.release_notes()
    ]
    assert [
        [category.get("term") for category in entry.findall(f"{atom}category")] for entry in entries
    ] == [list(note.tags) for note in content.release_notes()]
