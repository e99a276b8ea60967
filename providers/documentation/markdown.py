"""Turn Markdown into GOV.UK typography: CommonMark with tables, and nothing of HTML.

Beyond CommonMark:

- ``Table: What it shows`` in a paragraph of its own, just before a table, is its caption; every
  table needs one.
- ``{{ name argument }}`` in a paragraph of its own is a table of facts (``facts.py``).
- ``> `` begins an inset.
- ``OWN_API_ADDRESS`` anywhere is the address of the API where the reader is (``render_for``).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

from providers.documentation import facts
from providers.documentation.content import UnreadableContent, slugified

_CAPTION = "Table: "
_DIRECTIVE = re.compile(r"\{\{ (?P<name>[a-z_]+)(?: (?P<argument>[^{}]+))? \}\}")
_CLASSES = {
    "paragraph_open": "govuk-body",
    "bullet_list_open": "govuk-list govuk-list--bullet",
    "ordered_list_open": "govuk-list govuk-list--number",
    "blockquote_open": "govuk-inset-text",
    "table_open": "govuk-table",
    "thead_open": "govuk-table__head",
    "tbody_open": "govuk-table__body",
    "tr_open": "govuk-table__row",
    "th_open": "govuk-table__header",
    "td_open": "govuk-table__cell",
    "link_open": "govuk-link",
    "hr": "govuk-section-break govuk-section-break--l govuk-section-break--visible",
}
_HEADINGS = {"h2": "govuk-heading-m", "h3": "govuk-heading-s", "h4": "govuk-heading-s"}
_LABELS = {"sh": "Request", "python": "Python", "json": "Answer", "http": "Answer, with headers"}
_FLAGS = {"part": "in part", "keys": "for example"}


@dataclass(frozen=True)
class Section:
    """A second-level heading: its text and the anchor that leads to it."""

    text: str
    anchor: str


@dataclass(frozen=True)
class Article:
    """A rendered file: its HTML, and its sections in order."""

    html: Markup
    sections: tuple[Section, ...]


#: What a page says where the address of the API in the reader's own environment belongs.
OWN_API = "OWN_API_ADDRESS"


def render_for(markdown: str, own_api: str) -> Article:
    """Return the HTML of a file's body with the address of the API where the reader is.

    Not remembered for each address, which a request can invent.
    """
    article = render(markdown)
    return replace(article, html=article.html.replace(OWN_API, own_api))


@lru_cache(maxsize=128)
def render(markdown: str) -> Article:
    """Return the HTML of a file's body; remembered, as files are the same for a process's life.

    Raises UnreadableContent for a table without a caption, a heading of the first level, two
    headings with one text, or an unknown directive.
    """
    tokens = _with_facts(_captioned(_parser.parse(markdown)))
    sections = _with_anchors(tokens)
    for token in tokens:
        _style(token)
    html: str = _parser.renderer.render(tokens, _parser.options, {})
    return Article(Markup(html), sections)  # noqa: S704 - the parser escapes all HTML


def _with_facts(tokens: list[Token]) -> list[Token]:
    """Replace each paragraph that is a directive by what it stands for."""
    replaced: list[Token] = []
    position = 0
    while position < len(tokens):
        match = _directive(tokens, position)
        if match is None:
            replaced.append(tokens[position])
            position += 1
        else:
            replaced += _captioned(
                _parser.parse(facts.markdown_for(match["name"], match["argument"]))
            )
            position += 3
    return replaced


def _directive(tokens: Sequence[Token], position: int) -> re.Match[str] | None:
    if tokens[position].type != "paragraph_open":
        return None
    return _DIRECTIVE.fullmatch(tokens[position + 1].content)


def _captioned(tokens: list[Token]) -> list[Token]:
    """Move each caption into the table that follows it."""
    moved: list[Token] = []
    for token in tokens:
        moved.append(token)
        if token.type != "table_open":
            continue
        if len(moved) < 4 or not moved[-3].content.startswith(_CAPTION):
            raise UnreadableContent("A table has no caption")
        token.meta["caption"] = moved[-3].content.removeprefix(_CAPTION)
        del moved[-4:-1]  # the paragraph that was the caption
    return moved


def _with_anchors(tokens: Sequence[Token]) -> tuple[Section, ...]:
    """Give each heading an id; return the headings of the second level."""
    anchors: set[str] = set()
    sections = []
    for token, following in pairwise(tokens):
        if token.type != "heading_open":
            continue
        if token.tag not in _HEADINGS:
            raise UnreadableContent("Begin headings with ##; the title is the heading above")
        text = _plain(following)
        anchor = text if facts.is_code(text) else slugified(text)
        if anchor in anchors:
            raise UnreadableContent(f"Two headings say {text}")
        anchors.add(anchor)
        token.attrSet("id", anchor)
        if token.tag == "h2":
            sections.append(Section(text, anchor))
    return tuple(sections)


def _plain(inline: Token) -> str:
    return "".join(child.content for child in inline.children or [])


def _style(token: Token) -> None:
    """Add the class that the Design System has for an element."""
    name = _HEADINGS.get(token.tag) if token.type == "heading_open" else _CLASSES.get(token.type)
    if name:
        token.attrJoin("class", name)
    if token.type == "th_open":
        token.attrSet("scope", "col")
    for child in token.children or []:
        _style(child)


class _Renderer(RendererHTML):
    """Draws what needs more than a class: tables that scroll, code that can be focused."""

    def table_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """Open a table inside a region that scrolls sideways on small screens."""
        caption = tokens[idx].meta["caption"]
        number = sum(1 for token in tokens[: idx + 1] if token.type == "table_open")
        return (
            f'<div class="app-guidance__table" role="region" tabindex="0"'
            f' aria-labelledby="table-{number}"><table class="govuk-table">'
            f'<caption class="govuk-table__caption govuk-table__caption--s" id="table-{number}">'
            f'<span class="app-guidance__caption">{_inline(caption)}</span></caption>\n'
        )

    def table_close(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """Close a table and its region."""
        return "</table></div>\n"

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Draw a block of code, which the keyboard can scroll."""
        label = _label(*tokens[idx].info.split())
        number = sum(1 for token in tokens[: idx + 1] if token.type == "fence")
        return (
            f'<div class="app-guidance__code" data-module="app-copy">'
            f'<p class="app-guidance__code-label" id="code-{number}">{label}</p>'
            f'<pre tabindex="0" role="group" aria-labelledby="code-{number}"><code>'
            f"{escape(tokens[idx].content)}</code></pre></div>\n"
        )

    def code_inline(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """Draw code within a line."""
        return f'<code class="app-guidance__word">{escape(tokens[idx].content)}</code>'


def _label(language: str = "", *flags: str) -> str:
    """Return what stands above a block of code: "Answer, status 422"."""
    notes = [f"status {flag}" if flag.isdigit() else _FLAGS.get(flag, flag) for flag in flags]
    return ", ".join([_LABELS.get(language, "Code"), *notes])


def _inline(markdown: str) -> str:
    rendered: str = _parser.renderInline(markdown)
    return rendered


_parser = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer).enable("table")
