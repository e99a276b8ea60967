"""Draw the data model as SVG: a box per table, grouped by aggregate, a line per foreign key.

Columns that only repeat what a parent says, histories and the links of events (to everything)
are left out. The same models always give the same text, so that a test can compare.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from django.apps import apps
from django.db import models

#: Aggregates (modules of ``register_ects.models``) from left to right; others join the last.
COLUMNS = [
    ["contracts", "statements", "declarations"],
    ["funding_years", "lead_providers"],
    ["training", "placements", "schools", "school_register"],
    ["teachers", "inductions", "events", "users"],
    ["appropriate_bodies", "service"],
]
COLOURS = ["#1d70b8", "#00703c", "#4c2c92", "#b10e1e", "#a8430f", "#0b7a75", "#5c4a1f", "#a3167a"]
WIDTH, ROW, GAP, LANE, MARGIN = 230, 18, 14, 150, 24

Model = type[models.Model]


@dataclass
class Box:
    """One table: its place, and a row for each foreign key drawn."""

    model: Model
    x: int
    y: int
    links: list["models.ForeignKey[models.Model, models.Model]"] = field(default_factory=list)

    @property
    def height(self) -> int:
        """Return the height in pixels: a title and the rows."""
        return ROW * (len(self.links) + 1) + 8


def draw() -> str:
    """Return the SVG of all tables of the service."""
    boxes: dict[Model, Box] = {}
    titles: list[str] = []
    bottom = 0
    for number, aggregates in enumerate(_columns()):
        y = MARGIN
        x = MARGIN + number * (WIDTH + LANE)
        for aggregate in aggregates:
            heading = aggregate.replace("_", " ").capitalize()
            titles.append(_text(x, y + 14, heading, f"heading {_colour(aggregate)}"))
            y += 26
            for model in _tables(aggregate):
                boxes[model] = Box(model, x, y, list(_links(model)))
                y += boxes[model].height + GAP
            y += GAP
        bottom = max(bottom, y)
    right = MARGIN + len(COLUMNS) * (WIDTH + LANE)
    lines = [_line(box, row, boxes) for box in boxes.values() for row in range(len(box.links))]
    return "\n".join(
        [_opening(right, bottom), *lines, *map(_box, boxes.values()), *titles, "</svg>", ""]
    )


def _aggregate(model: Model) -> str:
    return model.__module__.rpartition(".")[2]


def _columns() -> list[list[str]]:
    placed = {aggregate for column in COLUMNS for aggregate in column}
    rest = sorted({_aggregate(model) for model in _all_tables()} - placed)
    return [*COLUMNS[:-1], [*COLUMNS[-1], *rest]]


def _all_tables() -> list[Model]:
    found = apps.get_app_config("register_ects").get_models()
    return [each for each in found if not each._meta.db_table.endswith("_history")]


def _tables(aggregate: str) -> list[Model]:
    return [model for model in _all_tables() if _aggregate(model) == aggregate]


def _links(model: Model) -> Iterator["models.ForeignKey[models.Model, models.Model]"]:
    if _aggregate(model) == "events":
        return
    for each in model._meta.concrete_fields:
        if isinstance(each, models.ForeignKey) and each.editable:
            yield each


def _colour(aggregate: str) -> str:
    order = [name for column in _columns() for name in column]
    return f"c{order.index(aggregate) % len(COLOURS)}"


def _line(box: Box, row: int, boxes: dict[Model, Box]) -> str:
    """Return the curve from a foreign key's row to the title of the table it refers to."""
    target = boxes[box.links[row].related_model]
    y1, y2 = box.y + ROW * (row + 1) + 13, target.y + 13
    if target.x < box.x:
        x1, x2, bend1, bend2 = box.x, target.x + WIDTH, box.x - 70, target.x + WIDTH + 70
    elif target.x > box.x:
        x1, x2, bend1, bend2 = box.x + WIDTH, target.x, box.x + WIDTH + 70, target.x - 70
    else:
        x1 = x2 = box.x + WIDTH
        bend1 = bend2 = x1 + min(40 + abs(y2 - y1) // 8, 100)
    path = f"M{x1} {y1} C{bend1} {y1} {bend2} {y2} {x2} {y2}"
    return f'<path class="{_colour(_aggregate(target.model))}" d="{path}"/>'


def _box(box: Box) -> str:
    colour, name = _colour(_aggregate(box.model)), box.model._meta.db_table.replace("_", " ")
    frame = f'x="{box.x}" y="{box.y}" width="{WIDTH}"'
    rows = [
        _text(box.x + 8, box.y + ROW * (number + 1) + 18, _label(link), "link")
        for number, link in enumerate(box.links)
    ]
    rect = f'<rect class="{colour}" {frame} height="{box.height}"/>'
    return "\n".join([rect, _text(box.x + 8, box.y + 17, name, "table"), *rows])


def _label(link: "models.ForeignKey[models.Model, models.Model]") -> str:
    return link.name.replace("_", " ") + (" (optional)" if link.null else "")


def _text(x: int, y: int, words: str, style: str) -> str:
    return f'<text class="{style}" x="{x}" y="{y}">{escape(words)}</text>'


def _opening(width: int, height: int) -> str:
    colours = " ".join(
        f".c{n} {{ stroke: {colour}; }} text.c{n} {{ fill: {colour}; stroke: none; }}"
        for n, colour in enumerate(COLOURS)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        'aria-label="The tables of the service, by aggregate, and their foreign keys">\n'
        "<style>text { font: 12px sans-serif; fill: #0b0c0c; } .table { font-weight: bold; } "
        ".heading { font: bold 15px sans-serif; } .link { font-size: 11px; } "
        "rect { fill: #ffffff; stroke-width: 1.5; } path { fill: none; opacity: 0.75; } "
        f"{colours}</style>\n"
        f'<rect width="{width}" height="{height}" stroke="none"/>'
    )
