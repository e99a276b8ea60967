"""Whatever is done at the same time, in whatever order it commits, is shown, and told in order.

Four transactions at once, each an action of little England that has done everything but commit;
which of them begins or commits next is chosen at random. Clients read after every commit. Data
fixes are done as operations here: unlike those, they lock nobody.
"""

import os
from functools import partial
from random import Random

import pytest
from django.db import OperationalError

from register_ects.models import ShownChange, ShownResource
from register_ects.operations.base import operation
from register_ects.projections.feed import changes_after, newest_place
from register_ects.projections.verify import verify_everything
from tests.projections import actions
from tests.projections.chance import Chance
from tests.projections.held import Held
from tests.projections.little_england import BEGINS_ON, LittleEngland

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 4
ACTIONS = 120 if os.environ.get("CI") else 40


class Readers:
    """For each provider a client of the change feed, and one that polls for what changed since."""

    def __init__(self, providers) -> None:
        self.providers = providers
        self.begun = {each.pk: newest_place(each) for each in providers}
        self.place = dict(self.begun)
        self.told = {each.pk: [] for each in providers}
        self.since = dict.fromkeys(self.begun)
        self.held = {each.pk: {} for each in providers}

    def read(self) -> None:
        for provider in self.providers:
            changes = changes_after(provider, self.place[provider.pk], offset=0, size=10_000)
            self.told[provider.pk] += [each.pk for each in changes]
            self.place[provider.pk] = max([self.place[provider.pk], *(c.pk for c in changes)])
            self._poll(provider.pk)

    def _poll(self, provider: int) -> None:
        rows = ShownResource.objects.filter(lead_provider=provider)
        if self.since[provider] is not None:
            rows = rows.filter(updated_at__gte=self.since[provider])
        found = list(rows)
        self.held[provider].update(
            {(row.resource_type, row.record_id): row.payload for row in found}
        )
        self.since[provider] = max((row.updated_at for row in found), default=self.since[provider])

    def have_missed_nothing(self) -> bool:
        return all(self._fed(provider) and self._polled(provider.pk) for provider in self.providers)

    def _fed(self, provider) -> bool:
        changes = changes_after(provider, self.begun[provider.pk], offset=0, size=100_000)
        return self.told[provider.pk] == [each.pk for each in changes]

    def _polled(self, provider: int) -> bool:
        rows = ShownResource.objects.filter(lead_provider=provider)
        return all(
            self.held[provider][row.resource_type, row.record_id] == row.payload for row in rows
        )


def commit(transaction: Held) -> None:
    """Commit; only who waits in a ring for the rows of others, not for a refresh, may fail."""
    try:
        transaction.commit()
    except OperationalError as problem:
        if "deadlock" not in str(problem) or "advisory" in str(problem):
            raise


@pytest.mark.parametrize("seed", range(3))
def test_whatever_commits_when(seed, on):
    on(BEGINS_ON)
    england, chance = LittleEngland(), Random(seed)
    readers, running, to_begin = Readers(england.providers), [], ACTIONS
    readers.read()
    try:
        while to_begin or running:
            if to_begin and len(running) < AT_ONCE:
                to_begin -= 1
                numbers = [chance.randrange(1_000_000) for _ in range(4)]
                action = operation(chance.choice(actions.ACTIONS))
                running.append(Held(partial(action, Chance(england, *numbers))))
                running[-1].is_ready(0.05)
            ready = [each for each in running if each.is_ready(0 if to_begin else 0.1)]
            if ready and chance.random() < 0.6:
                chosen = chance.choice(ready)
                running.remove(chosen)
                commit(chosen)
                readers.read()
    finally:  # nobody may hold rows that the next test's database must not have
        for each in running:
            each.let_go()

    assert ShownChange.objects.count() > ACTIONS / 4
    assert readers.have_missed_nothing()
    assert verify_everything(repair=False) == []
