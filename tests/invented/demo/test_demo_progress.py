"""Steps are named when they take noticeable time, and only then."""

import time

import pytest

from register_ects.invented.demo import progress

pytestmark = pytest.mark.no_database


def test_a_quick_step_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.step("Loading"):
        pass

    assert capsys.readouterr().out == ""


def test_a_slow_step_is_named_with_its_time(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "NOTICEABLE_SECONDS", 0.01)

    with progress.step("Loading"):
        time.sleep(0.05)

    assert capsys.readouterr().out == "Loading… 0.1 s\n"


def test_a_slow_step_that_fails_ends_its_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "NOTICEABLE_SECONDS", 0.01)

    def fail_slowly() -> None:
        with progress.step("Loading"):
            time.sleep(0.05)
            raise ValueError

    with pytest.raises(ValueError):
        fail_slowly()

    assert capsys.readouterr().out == "Loading… stopped\n"
