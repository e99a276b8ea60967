"""Every address about one ECT is closed to other bodies, for reading and for every write."""

from decimal import Decimal

import pytest
from django.urls import URLResolver, get_resolver

from register_ects.models import (
    Event,
    InductionExtension,
    InductionPeriod,
    JourneyDraft,
    TRSInductionUpdate,
)
from tests.factories import InductionExtensionFactory, InductionPeriodFactory

PREFIX = "appropriate-body/teachers/<int:"
STATES = [{}, {"finished": True}, {"passed": True}, {"failed": True}]
SENT = {
    "number_of_terms": "2",
    "reason": "Mine",
    "started_on-day": "1",
    "started_on-month": "9",
    "started_on-year": "2025",
    "finished_on-day": "1",
    "finished_on-month": "7",
    "finished_on-year": "2026",
    "training_programme": "school_led",
    "told": "on",
}


def routes(resolver, before=""):
    for each in resolver.url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from routes(each, route)
        elif route.startswith(PREFIX):
            yield route


ROUTES = sorted(set(routes(get_resolver())))


def address(route, teacher, period, extension):
    for name, row in {
        "<int:teacher_id>": teacher,
        "<int:subject_id>": teacher,
        "<int:period_id>": period,
        "<int:extension_id>": extension,
    }.items():
        route = route.replace(name, str(row.pk))
    return f"/{route}"


def everything():
    models = (InductionPeriod, InductionExtension, TRSInductionUpdate, Event, JourneyDraft)
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.mark.parametrize("state", STATES, ids=["open", "released", "passed", "failed"])
def test_another_bodys_ect_is_not_found_at_any_address(user, state):
    theirs = InductionPeriodFactory(**state)
    extension = InductionExtensionFactory(teacher=theirs.teacher, number_of_terms=Decimal(1))
    before = everything()

    assert len(ROUTES) >= 15
    for route in ROUTES:
        where = address(route, theirs.teacher, theirs, extension)
        assert "<" not in where, where
        assert user.get(where).status_code == 404, where
        assert user.post(where, SENT).status_code in (404, 405), where
    assert everything() == before


def test_another_bodys_period_or_extension_is_not_found_at_an_own_ect(hub, user, period):
    theirs = InductionPeriodFactory()
    extension = InductionExtensionFactory(teacher=theirs.teacher)
    before = everything()

    for route in ROUTES:
        if "period_id" in route or "extension_id" in route:
            where = address(route, period.teacher, theirs, extension)
            assert user.get(where).status_code == 404, where
            assert user.post(where, SENT).status_code == 404, where
    assert everything() == before
