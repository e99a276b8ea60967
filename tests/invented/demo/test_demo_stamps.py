"""A step of loading is done again when, and only when, its inputs have changed."""

from pathlib import Path

import pytest

from register_ects.invented.demo.stamps import Stamps, fingerprint

pytestmark = pytest.mark.no_database


def test_a_step_is_current_until_its_input_changes(tmp_path: Path) -> None:
    source = tmp_path / "schools.csv"
    source.write_text("URN")
    Stamps(tmp_path).set("schools", fingerprint([source]))
    assert Stamps(tmp_path).is_current("schools", fingerprint([source]))

    source.write_text("URN,Name")

    assert not Stamps(tmp_path).is_current("schools", fingerprint([source]))


def test_a_new_file_in_a_directory_changes_its_fingerprint(tmp_path: Path) -> None:
    before = fingerprint([tmp_path])
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "file").write_text("")

    assert fingerprint([tmp_path]) != before


def test_stamping_one_step_keeps_the_others(tmp_path: Path) -> None:
    Stamps(tmp_path).set("static", "a")
    Stamps(tmp_path).set("schools", "b")

    assert Stamps(tmp_path).is_current("static", "a")


def test_a_damaged_file_counts_as_nothing_done(tmp_path: Path) -> None:
    (tmp_path / "loaded.json").write_text("{")

    assert not Stamps(tmp_path).is_current("static", "a")
