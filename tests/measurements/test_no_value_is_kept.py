"""Nothing that people type, and nobody's name, comes into the tables of measurements."""

import pytest

from register_ects.models import FormError, JourneyRun, JourneyStepVisit
from tests.factories import SchoolFactory
from tests.support.pages import Browser
from tests.web.toy_journeys import ADA, answer_all, as_at_the_start, begin

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.toy_journeys")]

TYPED = ("1111111", "0000000", "123x", "ada@", "1998", "ada", "okafor", "31")


#: Keys, instants and the hash of who: made by us, and any digits may be in them.
OURS = ("id", "run_id", "organisation_id", "key", "actor_hash")


def everything():
    for model in (JourneyRun, JourneyStepVisit, FormError):
        for row in model.objects.values():
            for name, value in row.items():
                if name not in OURS and not name.endswith("at"):
                    yield str(value)


def test_what_was_typed_is_in_no_table():
    as_at_the_start()
    browser = Browser().sign_in(SchoolFactory())
    url = begin(browser)
    for trn in ("123x", "0000000", ""):
        browser.post(url("find"), {**ADA, "trn": trn})
    browser.post(url("email"), {"email": "ada@"})
    url = answer_all(browser)
    browser.post(url("email"), {"email": "ada@"})
    browser.submit(browser.get(url("check")))
    assert JourneyRun.objects.exists()
    assert JourneyStepVisit.objects.exists()
    assert FormError.objects.count() >= 3
    rows = "\n".join(everything()).casefold()
    assert rows
    assert [typed for typed in TYPED if typed in rows] == []


def test_whoever_went_through_it_is_not_named():
    as_at_the_start()
    first, second = SchoolFactory(), SchoolFactory()
    answer_all(Browser().sign_in(first))
    answer_all(Browser().sign_in(second))
    for run in JourneyRun.objects.all():
        assert len(run.actor_hash) == 20
        assert "@" not in run.actor_hash
