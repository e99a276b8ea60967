"""Whatever is done, by whomever: what is stored is what would be rendered, and syncs are exact.

A Hypothesis state machine. Each step is an operation of a school, an appropriate body, a lead
provider, finance or support, a data fix without an operation, or the passing of days. After each
step it compares everything stored with everything freshly rendered, and with what three kinds of
client hold: one that syncs everything, one that only polls ``updated_since``, one that only
reads the change feed.

To render everything takes far longer than to do something, and is nearly as quick for several
countries as for one. So several little Englands lie side by side, which have only the calendar in
common: each takes its own step, then all are compared at once.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
from django.db import IntegrityError, connection, transaction
from django.db.models import Value
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
from register_ects.models import (
    LeadProvider,
    ShownChange,
    ShownResource,
    ShownSchool,
    StaleMark,
    Teacher,
)
from register_ects.projections.catalogue import RENDERERS, every_record
from register_ects.projections.refresh import catch_up
from register_ects.projections.schools import SchoolDifference, difference_of_schools
from register_ects.rules.enumerations import ResourceType
from register_ects.rules.problems import RuleBroken
from tests.projections import actions
from tests.projections.chance import Action, Chance
from tests.projections.fixes import FIXES
from tests.projections.little_england import BEGINS_ON, LittleEngland, make_years
from tests.projections.rare_actions import RARE

#: What a client knows a resource by; then with its payload and when that last changed.
Key = tuple[int, str, UUID]
Row = tuple[Key, str, datetime]
PEOPLE = {ResourceType.PARTICIPANT, ResourceType.TRANSFER, ResourceType.UNFUNDED_MENTOR}
#: The contract year that clients read schools for.
COHORT = 2025
#: Little Englands side by side, and the steps of each in one run.
ENGLANDS, STEPS = 4, 50
#: Written without an operation, which would refresh what is shown.
UNGUARDED = [*FIXES, *RARE]
number = st.integers(0, 1_000_000)
#: An action and the numbers by which it chooses whom it concerns.
Doing = tuple[Action, int, int, int, int]
doing: st.SearchStrategy[Doing] = st.tuples(
    st.sampled_from([*actions.ACTIONS, *RARE]), number, number, number, number
)


@dataclass
class Client:
    """What a client of every provider holds: the last payload of each resource it was given."""

    held: dict[Key, str] = field(default_factory=dict)
    since: datetime | None = None
    place: int = 0


class Projection(RuleBasedStateMachine):
    """The service, its users and its clients."""

    englands: list[LittleEngland]

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(transaction.atomic())
        self.now = datetime.combine(BEGINS_ON, datetime.min.time(), clock.LONDON) + timedelta(
            hours=13
        )
        self.clock = self.stack.enter_context(ExitStack())
        self._set_clock(timedelta())
        self.people = [set(england.people or ()) for england in self.englands]
        self.providers = [each for england in self.englands for each in england.providers]
        self.schools = schools_as_shown_to(self.providers)
        self.may_differ = True
        self.poller, self.reader = Client(), Client()
        self.reader.place = ShownChange.objects.order_by("-pk").values_list("pk", flat=True)[0]
        self.reader.held = dict(row[:2] for row in self._rows())
        self.before = dict(self.reader.held)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.stack.close()
        for england, people in zip(self.englands, self.people, strict=True):
            england.people = people

    def _set_clock(self, later: timedelta) -> None:
        self.now += later
        self.clock.close()
        self.clock.enter_context(clock.pretend(self.now))

    # -- What happens ------------------------------------------------------------------------

    @rule(doings=st.tuples(*[doing] * ENGLANDS))
    def something_is_done_in_each(self, doings: tuple[Doing, ...]) -> None:
        """What reaches into every England comes last, and so hides nothing done in another."""
        each = zip(self.englands, doings, strict=True)
        in_order = sorted(each, key=lambda england_doing: england_doing[1][0] in actions.EVERYWHERE)
        done = [self._is_done(england, *what) for england, what in in_order]
        self.may_differ = any(done)

    def _is_done(self, england: LittleEngland, action: Action, *numbers: int) -> bool:
        self._set_clock(timedelta(seconds=1))
        is_done = do(action, Chance(england, *numbers))
        if is_done and action in UNGUARDED:
            catch_up()
        if is_done:
            assert not StaleMark.objects.exists()  # before the next action refreshes what is marked
            born = Teacher.objects.filter(pk__gt=max(map(max, self._everybody())))
            england.people |= set(born.values_list("pk", flat=True))
        return is_done

    def _everybody(self) -> list[set[int]]:
        return [england.people for england in self.englands]

    @rule(days=st.integers(1, 70))
    def time_passes(self, days: int) -> None:
        self._set_clock(timedelta(days=days))
        catch_up()
        self.may_differ = True

    # -- What must hold ----------------------------------------------------------------------

    @invariant()
    def everything_is_as_it_must_be(self) -> None:
        """After an action that was refused everything is as it was: the database rolled it back."""
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
        keys = [school.pk for england in self.englands for school in england.schools]
        assert difference_of_schools(keys, now=clock.now()) == SchoolDifference()

    def _rows(self) -> list[Row]:
        """Return all that all providers are shown, the schools for one cohort."""
        shown = ShownResource.objects.values_list(
            "lead_provider_id", "resource_type", "api_id", "payload", "updated_at"
        )
        rows = [((provider, kind, api_id), *what) for provider, kind, api_id, *what in shown]
        with connection.cursor() as cursor:
            cursor.execute(*self.schools)
            return rows + [((key, "school", api_id), *what) for key, api_id, *what in cursor]

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
            [each.pk for each in self.providers]
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


def do(action: Action, chance: Chance) -> bool:
    """Do it, unless a rule refuses; say whether it was done.

    Only what is written without an operation may meet the database's own rules.
    """
    refusals = (RuleBroken, IntegrityError) if action in UNGUARDED else (RuleBroken,)
    with suppress(*refusals), transaction.atomic():
        action(chance)
        return True
    return False


def unstamped(payload: str) -> dict[str, Any]:
    item: dict[str, Any] = orjson.loads(payload)
    item["attributes"].pop("updated_at")
    return item


def schools_as_shown_to(providers: Iterable[LeadProvider]) -> tuple[str, list[Any]]:
    """Return one query for the schools that each of these providers is shown, and its values."""
    lists = [
        ShownSchool.objects.listed(each, COHORT)
        .values_list(Value(each.pk), "api_id", "payload", "updated_at")
        .query.sql_with_params()
        for each in providers
    ]
    return " UNION ALL ".join(sql for sql, _ in lists), [value for _, has in lists for value in has]


def run_steps(seed: int) -> None:
    """Take 50 steps at a time, in little Englands as they were at first: in CI 5,000 in all.

    A step of each England counts. One run more is Hypothesis's simplest, in which nothing is done.
    """
    runs = (5_000 if os.environ.get("CI") else 1_000) // (STEPS * ENGLANDS)

    class InTheseEnglands(Projection):
        englands = little_englands()

    chosen = hypothesis_seed(seed)(InTheseEnglands)
    run_state_machine_as_test(
        chosen, settings=settings(max_examples=runs + 1, stateful_step_count=STEPS)
    )


def little_englands() -> list[LittleEngland]:
    """Make the Englands, and tell whose people are whose."""
    with clock.pretend(BEGINS_ON):
        years, englands, known = make_years(), [], set()
        for number in range(ENGLANDS):
            england = LittleEngland(number, years)
            england.people = set(Teacher.objects.values_list("pk", flat=True)) - known
            known |= england.people
            englands.append(england)
    return englands
