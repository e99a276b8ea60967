"""Texts that a spreadsheet would take for formulas, and how they are kept from it."""

import re
from time import perf_counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from register_ects.rules.spreadsheets import as_written, harmless

pytestmark = pytest.mark.no_database

#: Every place, looked at for itself, where a formula might begin.
PLACES = re.compile(r"(?:^|(?<=[;,\t\r\n]))(?=\s*[\"']?[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r])")


@given(st.text(alphabet=" \t\r\n;,=-\"'@\uff0ba", max_size=12))
@example("a ;\t =")
@example("\t\t=")
def test_an_apostrophe_stands_wherever_a_formula_might_begin(text):
    assert harmless(text) == PLACES.sub("'", text)


@pytest.mark.parametrize("unit", ["\t", "\n", "\n ", ";", "'\n", " "])
@pytest.mark.parametrize("end", ["", "y", "="])
def test_a_long_text_takes_no_longer_than_it_is_long(unit, end):
    text = unit * 100_000 + end
    began = perf_counter()
    as_written(harmless(text))
    assert perf_counter() - began < 5
