"""What the demo says when something breaks while it loads or runs."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from register_ects.invented.demo import supervisor

pytestmark = pytest.mark.no_database


@pytest.fixture(autouse=True)
def _own_signals() -> Iterator[None]:
    """The demo handles signals for itself; afterwards they are pytest's again."""
    before = {number: signal.getsignal(number) for number in supervisor._SIGNALS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def _breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(_options: object) -> None:
        raise RuntimeError("could not extend file")

    monkeypatch.setattr(supervisor, "_run", break_down)


@pytest.mark.usefixtures("_breaks")
def test_a_disk_that_has_become_full_is_the_reason_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(supervisor, "is_full", lambda _: True)

    assert supervisor.main(["--data-dir", str(tmp_path)]) == 1

    assert capsys.readouterr().err == (
        f"The disk of {tmp_path} is full: make room and start again\n"
    )


@pytest.mark.usefixtures("_breaks")
def test_any_other_fault_is_not_hidden(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="could not extend file"):
        supervisor.main(["--data-dir", str(tmp_path)])
