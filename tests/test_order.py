"""The order in which the files of tests are run (``order.py``)."""

from types import SimpleNamespace

import pytest

from register_ects.embedded import ROOT
from tests.order import LONGEST, SHARING_A_POPULATION, longest_first

pytestmark = pytest.mark.no_database


def test_every_file_that_is_named_is_there():
    named = (*LONGEST, *SHARING_A_POPULATION)
    assert [file for file in named if not (ROOT / file).is_file()] == []


def test_whatever_uses_the_population_shares_it():
    folder = ROOT / "tests/invented/population"
    using = {each.name for each in folder.glob("test_*.py") if '"population"' in each.read_text()}
    assert using == {file.rpartition("/")[2] for file in SHARING_A_POPULATION}


def test_long_files_come_first_then_those_with_the_most_tests():
    names = ["a.py::one", "b.py::one", f"{LONGEST[1]}::one", "b.py::two", f"{LONGEST[0]}::one"]
    items = [SimpleNamespace(nodeid=name) for name in names]

    longest_first(items)

    assert [item.nodeid for item in items] == [
        f"{LONGEST[0]}::one",
        f"{LONGEST[1]}::one",
        "b.py::one",
        "b.py::two",
        "a.py::one",
    ]
