"""The picture of the data model shows the models as they are."""

from io import StringIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.apps import apps
from django.core.management import call_command

from register_ects import data_model_diagram

pytestmark = pytest.mark.no_database

PICTURE = Path(data_model_diagram.__file__).parent.parent / "docs" / "data-model.svg"
SVG = "{http://www.w3.org/2000/svg}"


def words_of(drawing, style):
    return [text.text for text in drawing.iter(f"{SVG}text") if text.get("class") == style]


def test_the_committed_picture_is_up_to_date():
    told = "The models have changed: run bin/manage draw_data_model"
    assert PICTURE.read_text(encoding="utf-8") == data_model_diagram.draw(), told


def test_every_table_is_drawn_once():
    drawing = ElementTree.fromstring(data_model_diagram.draw())
    tables = {
        model._meta.db_table.replace("_", " ")
        for model in apps.get_app_config("register_ects").get_models()
        if not model._meta.db_table.endswith("_history")
    }
    drawn = words_of(drawing, "table")
    assert set(drawn) == tables
    assert len(drawn) == len(tables)


def test_every_foreign_key_shown_has_a_line():
    drawing = ElementTree.fromstring(data_model_diagram.draw())
    assert len(list(drawing.iter(f"{SVG}path"))) == len(words_of(drawing, "link")) > 50


def test_columns_that_repeat_a_parent_are_left_out():
    drawing = ElementTree.fromstring(data_model_diagram.draw())
    [declaration] = [
        n
        for n, words in enumerate(t.text for t in drawing.iter(f"{SVG}text"))
        if words == "declaration"
    ]
    rows = [text.text for text in drawing.iter(f"{SVG}text")][declaration + 1 : declaration + 7]
    assert "training period" in rows
    assert "teacher" not in rows


def test_the_command_writes_the_picture(tmp_path):
    out = StringIO()
    call_command("draw_data_model", to=tmp_path / "model.svg", stdout=out)
    assert (tmp_path / "model.svg").read_text(encoding="utf-8") == data_model_diagram.draw()
    assert "model.svg" in out.getvalue()
