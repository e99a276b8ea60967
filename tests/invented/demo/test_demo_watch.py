"""While the demo runs: a service that ends comes back, one that hangs is reported."""

from pathlib import Path

import pytest

from register_ects.embedded import CannotStart
from register_ects.invented.demo.watch import Ours, Service, ServiceLost, Watch

pytestmark = pytest.mark.no_database


class Machine:
    """A service whose fate the test decides, and a clock."""

    def __init__(self, log: Path, *, ours: bool = True) -> None:
        self.running = self.answering = self.startable = True
        self.started = 0
        self.told: list[str] = []
        self.seconds = 0.0
        log.write_text("first\nlast words\n")
        looked_after = Ours(lambda: self.running, self._start, log, "all is lost")
        service = Service("Redis", lambda: self.answering, looked_after if ours else None)
        self._watch = Watch([service], tell=self.told.append, now=lambda: self.seconds)

    def _start(self) -> None:
        if not self.startable:
            raise CannotStart("no room")
        self.started += 1
        self.running = self.answering = True

    def passes(self, seconds: float) -> None:
        """Let time pass, looking every half a second."""
        until = self.seconds + seconds
        while self.seconds < until:
            self.seconds += 0.5
            self._watch.check()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "log")


def test_nothing_is_told_while_all_is_well(machine: Machine) -> None:
    machine.passes(60)

    assert (machine.told, machine.started) == ([], 0)


def test_what_ends_is_started_again_and_that_is_told(machine: Machine) -> None:
    machine.running = machine.answering = False
    machine.passes(3)

    assert machine.started == 1
    assert machine.told == ["Redis had ended by itself and was started again: all is lost"]


def test_what_ends_again_and_again_is_given_up_with_its_log(machine: Machine) -> None:
    def end() -> None:
        machine.running = False
        machine.passes(3)

    for _ in range(3):
        end()

    with pytest.raises(ServiceLost, match=r"(?s)^Redis ends again and again\..*last words"):
        end()
    assert machine.started == 3


def test_what_ends_once_in_a_while_is_never_given_up(machine: Machine) -> None:
    for _ in range(10):
        machine.running = False
        machine.passes(30)

    assert machine.started == 10


def test_what_cannot_be_started_again_is_given_up(machine: Machine) -> None:
    machine.startable = machine.running = False

    with pytest.raises(ServiceLost, match=r"(?s)cannot be started again: no room.*last words"):
        machine.passes(3)


def test_what_hangs_is_reported_once_and_again_when_it_is_back(machine: Machine) -> None:
    machine.answering = False
    machine.passes(60)
    (report,) = machine.told
    assert report.startswith("Redis has not answered for 10 seconds: see ")

    machine.answering = True
    machine.passes(3)

    assert machine.told[1:] == ["Redis answers again"]
    assert machine.started == 0


def test_a_short_silence_is_not_reported(machine: Machine) -> None:
    machine.answering = False
    machine.passes(8)
    machine.answering = True
    machine.passes(60)

    assert machine.told == []


def test_somebody_elses_service_is_reported_but_never_started(tmp_path: Path) -> None:
    machine = Machine(tmp_path / "log", ours=False)
    machine.running = machine.answering = False
    machine.passes(60)

    assert machine.told == ["Redis has not answered for 10 seconds"]
    assert machine.started == 0
