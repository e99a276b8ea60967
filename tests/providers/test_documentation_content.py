"""What makes a file of the documentation unacceptable, and the facts that are put into it."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from providers.documentation import facts
from providers.documentation.content import UnreadableContent, note_from, page_from
from providers.documentation.markdown import render

pytestmark = pytest.mark.no_database

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


def test_a_notes_slug_is_its_date_and_title(file):
    assert note_from(file(NOTE)).slug == "2026-11-24-a-note"


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


def test_markdown_brings_no_html_of_its_own():
    html = render("<script>alert(1)</script> [x](javascript:alert(1)) `<b>`").html
    assert "<script" not in html
    assert 'href="javascript' not in html
    assert "&lt;b&gt;" in html


def test_tables_and_code_can_be_scrolled_with_the_keyboard():
    soup = BeautifulSoup(
        render("Table: Caption\n\n|A|\n|---|\n|b|\n\n```sh\nls\n```").html, "html.parser"
    )

    region = soup.select_one("[role=region]:has(table)")
    assert region["tabindex"] == "0"
    assert soup.find(id=region["aria-labelledby"]).get_text() == "Caption"
    assert soup.select_one("pre")["tabindex"] == "0"
    assert soup.select_one("th")["scope"] == "col"


def test_evidence_comes_from_the_rules():
    table = facts.markdown_for("evidence", "detailed")
    assert (
        "| `completed` | Mentor | `75-percent-engagement-met`,"
        " `75-percent-engagement-met-reduced-induction` |" in table
    )
    assert "| `retained-1` | Mentor" not in table


def test_milestones_come_from_the_reference_data():
    assert "| `started` | 1 Jun 2024 to 31 Dec 2024 |" in facts.markdown_for("milestones", "2024")
    assert "| `started` | From 1 Jun 2025 |" in facts.markdown_for("milestones", "2025")


def test_statements_come_from_the_calendar():
    table = facts.markdown_for("statements", "2025")
    assert "| November 2025 | 31 Oct 2025 | 25 Nov 2025 |" in table
    assert "December 2025" not in table  # a service fee alone
