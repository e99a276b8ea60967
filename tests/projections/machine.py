"""Whatever is done, by whomever: what is stored is what would be rendered, and syncs are exact.

A Hypothesis state machine. Each step is an operation of a school, an appropriate body, a lead
provider, finance or support, a data fix without an operation, or the passing of days. After each
step it compares everything stored with everything freshly rendered, and with what three kinds of
client hold: one that syncs everything, one that only polls ``updated_since``, one that only
reads the change feed.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
from django.db import transaction
from hypothesis import seed as hypothesis_seed
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from register_ects import clock
from register_ects.models import ShownChange, ShownResource, ShownSchool, StaleMark, Teacher
from register_ects.projections.catalogue import RENDERERS, every_record
from register_ects.projections.refresh import catch_up
from register_ects.projections.schools import SchoolDifference, difference_of_schools
from register_ects.rules.enumerations import ResourceType
from tests.projections import deeds
from tests.projections.little_england import BEGINS_ON, LittleEngland

#: What a client knows a resource by; then with its payload and when that last changed.
Key = tuple[int, str, UUID]
Row = tuple[Key, str, datetime]
PEOPLE = {ResourceType.PARTICIPANT, ResourceType.TRANSFER, ResourceType.UNFUNDED_MENTOR}
#: The contract year that clients read schools for.
COHORT = 2025
number = st.integers(0, 1_000_000)


@dataclass
class Client:
    """What a client of every provider holds: the last payload of each resource it was given."""

    held: dict[Key, str] = field(default_factory=dict)
    since: datetime | None = None
    place: int = 0


class Projection(RuleBasedStateMachine):
    """The service, its users and its clients."""

    england: LittleEngland

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(transaction.atomic())
        self.now = datetime.combine(BEGINS_ON, datetime.min.time(), clock.LONDON) + timedelta(
            hours=13
        )
        self.clock = self.stack.enter_context(ExitStack())
        self._set_clock(timedelta())
        self.may_differ = True
        self.poller, self.reader = Client(), Client()
        self.reader.place = ShownChange.objects.order_by("-pk").values_list("pk", flat=True)[0]
        self.reader.held = dict(row[:2] for row in self._rows())
        self.before = dict(self.reader.held)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.stack.close()

    def _set_clock(self, later: timedelta) -> None:
        self.now += later
        self.clock.close()
        self.clock.enter_context(clock.pretend(self.now))

    # -- What happens ------------------------------------------------------------------------

    @rule(deed=st.sampled_from(deeds.DEEDS), a=number, b=number, c=number, d=number)
    def something_is_done(self, deed: deeds.Deed, a: int, b: int, c: int, d: int) -> None:
        self._set_clock(timedelta(seconds=1))
        is_done = deeds.do(deed, deeds.Chance(self.england, a, b, c, d))
        if deed in deeds.FIXES:
            catch_up()
        self.may_differ = is_done

    @rule(days=st.integers(1, 70))
    def days_pass(self, days: int) -> None:
        self._set_clock(timedelta(days=days))
        catch_up()
        self.may_differ = True

    # -- What must hold ----------------------------------------------------------------------

    @invariant()
    def everything_is_as_it_must_be(self) -> None:
        """After a deed that was refused everything is as it was: the database rolled it back."""
        if not self.may_differ:
            return
        assert not StaleMark.objects.exists()
        rows = self._rows()
        everything = dict(row[:2] for row in rows)
        self._is_what_would_be_rendered(everything)
        changes = list(ShownChange.objects.filter(pk__gt=self.reader.place).order_by("pk"))
        self._moves_only_with_a_change(everything, changes)
        self._read_the_feed(changes, everything)
        self._poll(rows)
        assert self.reader.held == everything
        assert self.poller.held == everything
        self.before = everything

    def _is_what_would_be_rendered(self, everything: dict[Key, str]) -> None:
        stored = {key: unstamped(text) for key, text in everything.items() if key[1] != "school"}
        people = list(Teacher.objects.values_list("pk", flat=True))
        rendered = {
            (each.lead_provider_id, resource_type.value, each.api_id): orjson.loads(
                each.unstamped(resource_type)
            )
            for resource_type, render in RENDERERS.items()
            for each in render(people if resource_type in PEOPLE else every_record(resource_type))
        }
        assert rendered == stored
        schools = difference_of_schools([each.pk for each in self.england.schools], now=clock.now())
        assert schools == SchoolDifference()

    def _rows(self) -> list[Row]:
        """Return all that all providers are shown, the schools for one cohort."""
        shown = ShownResource.objects.values_list(
            "lead_provider_id", "resource_type", "api_id", "payload", "updated_at"
        )
        rows = [((provider, kind, api_id), *what) for provider, kind, api_id, *what in shown]
        for provider in self.england.providers:
            schools = ShownSchool.objects.listed(provider, COHORT)
            rows += [
                ((provider.pk, "school", api_id), *what)
                for api_id, *what in schools.values_list("api_id", "payload", "updated_at")
            ]
        return rows

    def _poll(self, rows: list[Row]) -> None:
        """Ask for what changed since the newest time known, inclusive."""
        for key, payload, updated_at in rows:
            if self.poller.since is None or updated_at >= self.poller.since:
                self.poller.held[key] = payload
        self.poller.since = max(updated_at for _, _, updated_at in rows)

    def _read_the_feed(self, changes: list[ShownChange], everything: dict[Key, str]) -> None:
        """Fetch what the feed says was created or updated; forget what was removed."""
        for each in changes:
            self.reader.place = each.pk
            for key in self._concerned(each):
                if each.change == "removed":
                    self.reader.held.pop(key, None)
                    self.poller.held.pop(key, None)
                elif key in everything:
                    self.reader.held[key] = everything[key]

    def _concerned(self, change: ShownChange) -> list[Key]:
        """Return what a change is about: None stands for every provider, and every cohort."""
        if change.year not in (None, COHORT):
            return []
        providers = (
            [each.pk for each in self.england.providers]
            if change.lead_provider_id is None
            else [change.lead_provider_id]
        )
        return [(provider, change.resource_type, change.resource_id) for provider in providers]

    def _moves_only_with_a_change(
        self, everything: dict[Key, str], changes: list[ShownChange]
    ) -> None:
        told = {key for change in changes for key in self._concerned(change)}
        for key, payload in everything.items():
            before = self.before.get(key)
            if before is None or before == payload:
                continue
            assert key in told
            assert unstamped(before) != unstamped(payload), "updated_at moved without a change"


def unstamped(payload: str) -> dict[str, Any]:
    item: dict[str, Any] = orjson.loads(payload)
    item["attributes"].pop("updated_at")
    return item


def run_steps(on: Callable[[str], None], *, seed: int) -> None:
    """Run many times 50 steps, each in a little England as it was at first: in CI 1,000 steps."""
    examples = 20 if os.environ.get("CI") else 4
    on(BEGINS_ON.isoformat())

    class InThisEngland(Projection):
        england = LittleEngland()

    chosen = hypothesis_seed(seed)(InThisEngland)
    run_state_machine_as_test(
        chosen, settings=settings(max_examples=examples, stateful_step_count=50)
    )
