"""The public pages about the API: content, addresses, and what makes a file unacceptable."""

import ast
import re
from datetime import UTC, datetime
from html import unescape
from itertools import pairwise
from pathlib import Path
from urllib.parse import urldefrag, urljoin
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.test import Client

import providers
from providers.documentation import content, error_catalogue, facts, markdown, status
from providers.documentation.content import UnreadableContent, note_from, page_from
from providers.documentation.markdown import render
from providers.openapi.document import OPERATIONS, document
from providers.problem_details import ERROR_CATALOGUE

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
#: Operations that list page by page.
LISTS = [
    ("get", f"/api/v3/{path}")
    for path in (
        "participants",
        "participants/transfers",
        "participant-declarations",
        "statements",
        "delivery-partners",
        "partnerships",
        "schools",
        "unfunded-mentors",
    )
]
PAGE = """---
title: A page
sidebar_title: Page
position: 1
summary: About nothing.
---
Text.
"""
NOTE = """---
title: A note
date: 2026-11-24
tags: [new-field]
---
Text.
"""


def without(text: str, key: str) -> str:
    return "".join(line for line in text.splitlines(True) if not line.startswith(f"{key}:"))


@pytest.fixture
def file(tmp_path):
    def write(text: str, name: str = "a-file.md") -> Path:
        path = tmp_path / name
        path.write_text(text)
        return path

    return write


# -- Pages -----------------------------------------------------------------------------------


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


def offered():
    """The names of the parameters of each operation of the file, by method and path."""
    file = document()
    named = {f"#/components/parameters/{key}": value for key, value in parameters(file)}
    return {
        (method, path): {named.get(each.get("$ref"), each)["name"] for each in told["parameters"]}
        for path, operations in file["paths"].items()
        for method, told in operations.items()
        if method in ("get", "post", "put")
    }


def parameters(file):
    return file["components"]["parameters"].items()


def guidance():
    return "\n".join(path.read_text() for path in sorted((content.GUIDANCE / "pages").glob("*.md")))


def test_every_parameter_of_an_example_is_in_the_file():
    asked = re.findall(r'\$api/([a-z-]+)\?([^"\s]+)', guidance())

    told = {
        (path, part.partition("=")[0])
        for path, query in asked
        for part in query.split("&")
        if not part.startswith("filter=")  # an example of what is refused
    }

    assert {name for _, name in told} > {"page[after]", "meta", "after", "dry_run", "sort"}
    for path, name in told:
        taken = [offered().get((method, f"/api/v3/{path}"), ()) for method in ("get", "post")]
        assert any(name in names for names in taken), (path, name)


@pytest.mark.parametrize(
    ("name", "concerns"),
    [
        ("page[after]", lambda method, path: (method, path) in LISTS),
        ("meta", lambda method, path: (method, path) in LISTS),
        ("after", lambda method, path: path == "/api/v3/changes"),
        ("If-None-Match", lambda method, path: method == "get"),
        ("Idempotency-Key", lambda method, path: method != "get"),
        (
            "dry_run",
            lambda method, path: (
                method != "get" and path.startswith("/api/v3/participant-declarations")
            ),
        ),
    ],
)
def test_what_the_guidance_calls_new_is_in_the_file_wherever_it_is_taken(name, concerns):
    assert f"`{name}" in guidance() or f"{name}=" in guidance()
    having = {key for key, names in offered().items() if name in names}

    assert having == {key for key in offered() if concerns(*key)}


def test_every_code_is_on_the_map_for_clients_that_looked_at_sentences(browse):
    page = browse.get(f"{GUIDANCE}/coming-from-the-service-before")

    rows = [row.select("td") for row in page.soup.select("tbody tr")]
    shown = {row[2].get_text(): row for row in rows if len(row) == 3}
    groups = ("request", "participant", "declaration", "partnership", "service")
    asked = {code for code in error_catalogue.explanations() if code.split(".")[0] in groups}
    assert shown.keys() == asked
    assert shown["declaration.already_declared"][0].get_text() == "declaration_type"


def test_shapes_of_the_map_are_those_of_the_file(browse):
    page = browse.get(f"{GUIDANCE}/coming-from-the-service-before")

    (table,) = (each for each in page.soup.select("table") if "Models" in each.caption.get_text())
    cells = [row.select("td")[1] for row in table.select("tbody tr")]
    named = {word.get_text() for cell in cells for word in cell.select("code")}
    assert "ErrorsResponse" in named
    assert named - {"uuid"} <= document()["components"]["schemas"].keys()


# -- Release notes -----------------------------------------------------------------------------


def test_release_notes_are_listed_newest_first_with_date_and_tags(browse):
    page = browse.get("/api/guidance/release-notes")

    dates = [time["datetime"] for time in page.select("main time")]
    assert dates == sorted(dates, reverse=True)
    assert len(dates) == len(content.release_notes())
    assert page.select(".app-guidance__tags li")


def test_a_notes_slug_is_its_date_and_title(file):
    assert note_from(file(NOTE)).slug == "2026-11-24-a-note"


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


# -- What makes a file unacceptable --------------------------------------------------------------


@pytest.mark.no_database
@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param(without(NOTE, "title"), "title is missing", id="no title"),
        pytest.param(without(NOTE, "date"), "date must be a date", id="no date"),
        pytest.param(NOTE.replace("2026-11-24", "soon"), "date must be a date", id="no real date"),
        pytest.param(NOTE.replace("Text.", ""), "body is empty", id="no body"),
        pytest.param(NOTE.replace("new-field", "news"), "unknown tags: news", id="unknown tag"),
        pytest.param(NOTE.replace("[new-field]", "new-field"), "must be a list", id="no list"),
        pytest.param("Text.", "begin with front matter", id="no front matter"),
        pytest.param("---\n: [\n---\nText.", "no YAML", id="unreadable front matter"),
        pytest.param("---\ntext\n---\nText.", "key: value", id="front matter without keys"),
    ],
)
def test_a_release_note_that_is_not_whole_is_rejected(file, text, told):
    with pytest.raises(UnreadableContent, match=told):
        note_from(file(text))


@pytest.mark.no_database
@pytest.mark.parametrize(
    ("text", "name", "told"),
    [
        pytest.param(without(PAGE, "title"), "a.md", "title is missing", id="no title"),
        pytest.param(without(PAGE, "sidebar_title"), "a.md", "sidebar_title", id="no short title"),
        pytest.param(without(PAGE, "position"), "a.md", "position", id="no position"),
        pytest.param(PAGE.replace("position: 1", "position: first"), "a.md", "position", id="word"),
        pytest.param(PAGE.replace("Text.", " "), "a.md", "body is empty", id="no body"),
        pytest.param(PAGE.replace("---\nT", "section: X\n---\nT"), "a.md", "section", id="section"),
        pytest.param(PAGE, "A page.md", "lower-case", id="name of the file"),
    ],
)
def test_a_page_that_is_not_whole_is_rejected(file, text, name, told):
    with pytest.raises(UnreadableContent, match=told):
        page_from(file(text, name))


@pytest.mark.no_database
@pytest.mark.parametrize(
    ("markdown", "told"),
    [
        ("| A |\n|---|\n| b |", "no caption"),
        ("# Title", "Begin headings with ##"),
        ("## One\n\n## One", "Two headings"),
        ("{{ nothing }}", "Unknown facts"),
        ("{{ milestones 1999 }}", "no milestones"),
    ],
)
def test_markdown_that_would_not_read_well_is_rejected(markdown, told):
    with pytest.raises(UnreadableContent, match=told):
        render(markdown)


@pytest.mark.no_database
def test_markdown_brings_no_html_of_its_own():
    html = render("<script>alert(1)</script> [x](javascript:alert(1)) `<b>`").html
    assert "<script" not in html
    assert 'href="javascript' not in html
    assert "&lt;b&gt;" in html


@pytest.mark.no_database
def test_tables_and_code_can_be_scrolled_with_the_keyboard():
    soup = BeautifulSoup(
        render("Table: Caption\n\n|A|\n|---|\n|b|\n\n```sh\nls\n```").html, "html.parser"
    )

    region = soup.select_one("[role=region]:has(table)")
    assert region["tabindex"] == "0"
    assert soup.find(id=region["aria-labelledby"]).get_text() == "Caption"
    assert soup.select_one("pre")["tabindex"] == "0"
    assert soup.select_one("th")["scope"] == "col"


# -- Facts ---------------------------------------------------------------------------------------


@pytest.mark.no_database
def test_evidence_comes_from_the_rules():
    table = facts.markdown_for("evidence", "detailed")
    assert (
        "| `completed` | Mentor | `75-percent-engagement-met`,"
        " `75-percent-engagement-met-reduced-induction` |" in table
    )
    assert "| `retained-1` | Mentor" not in table


@pytest.mark.no_database
def test_milestones_come_from_the_reference_data():
    assert "| `started` | 1 Jun 2024 to 31 Dec 2024 |" in facts.markdown_for("milestones", "2024")
    assert "| `started` | From 1 Jun 2025 |" in facts.markdown_for("milestones", "2025")


@pytest.mark.no_database
def test_statements_come_from_the_calendar():
    table = facts.markdown_for("statements", "2025")
    assert "| November 2025 | 31 Oct 2025 | 25 Nov 2025 |" in table
    assert "December 2025" not in table  # a service fee alone


# -- Error codes ---------------------------------------------------------------------------------


def codes_in_the_code() -> set[str]:
    """Return every code that the source of the API can give, but those of wording."""
    found = set()
    pattern = re.compile(rf"({'|'.join(error_catalogue.GROUPS)})\.[a-z_]+")
    for path in Path(providers.__file__).parent.rglob("*.py"):
        if path.parts[-2] in ("openapi", "schemas", "documentation"):
            continue
        texts = (getattr(node, "value", None) for node in ast.walk(ast.parse(path.read_text())))
        found |= {text for text in texts if isinstance(text, str) and pattern.fullmatch(text)}
    return found


@pytest.mark.no_database
def test_every_error_code_is_explained_and_none_is_invented():
    raised = codes_in_the_code() | set(error_catalogue.sentences())
    conflicts = {code for code in error_catalogue.explanations() if code.endswith(".conflict")}

    assert set(error_catalogue.explanations()) == raised | conflicts
    assert {code.partition(".")[0] for code in raised} <= set(error_catalogue.GROUPS)


def test_the_type_of_every_problem_leads_to_its_entry(browse):
    page = browse.get(ERROR_CATALOGUE)

    anchors = {heading["id"] for heading in page.select("h3[id]")}
    assert anchors == set(error_catalogue.explanations())


# -- Status --------------------------------------------------------------------------------------


def test_status_says_that_the_service_is_up_and_what_it_shows(browse):
    from register_ects.models import ProjectionState

    ProjectionState.objects.update_or_create(
        pk=1,
        defaults={"shown_for": "2026-10-20", "refreshed_at": datetime(2026, 10, 20, 8, tzinfo=UTC)},
    )
    text = browse.get("/api/guidance/status").text

    assert "The API Up" in text
    assert "Planned downtime None" in text
    assert "last changed 20 October 2026 at 9:00am" in text
    assert "as of 20 October 2026" in text


def test_status_announces_downtime_and_goes_on_through_it(browse, settings, on):
    settings.MAINTENANCE_FROM = datetime(2099, 1, 1, 6, tzinfo=UTC)
    settings.MAINTENANCE_UNTIL = datetime(2099, 1, 1, 8, tzinfo=UTC)
    assert browse.get("/api/guidance").status_code == 200
    page = browse.get("/api/guidance/status")
    assert "From 1 January 2099 at 6:00am to 1 January 2099 at 8:00am" in page.text
    assert "The API Up" in page.text

    settings.MAINTENANCE_FROM = None
    assert browse.get("/api/guidance").status_code == 503
    page = browse.get("/api/guidance/status")
    assert page.status_code == 200
    assert "Now, until 1 January 2099 at 8:00am" in page.text
    assert "The API Down" in page.text


def test_status_says_so_when_the_database_is_down(browse, monkeypatch):
    class Nothing:
        def cursor(self):
            raise OSError("no database")

    monkeypatch.setattr(status, "connection", Nothing())
    page = browse.get("/api/guidance/status")

    assert page.status_code == 200
    assert "The API Down" in page.text
