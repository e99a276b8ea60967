"""Nothing in an invented population happens while schools are closed or before they open."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db.models import F

from register_ects import clock
from register_ects.invented.population.school_days import is_school_day, term_of
from register_ects.models import (
    Declaration,
    ECTAtSchoolPeriod,
    InductionPeriod,
    MentorAtSchoolPeriod,
    MentorshipPeriod,
    Teacher,
    TrainingPeriod,
)
from register_ects.rules.working_days import is_working_day

pytestmark = pytest.mark.usefixtures("population")


def starts_and_ends():
    """Yield what began, was declared or ended by the books, with its London day."""
    for model in (ECTAtSchoolPeriod, MentorAtSchoolPeriod, MentorshipPeriod, TrainingPeriod):
        for day in model.objects.values_list("started_on", flat=True):
            yield f"{model.__name__} starts", day
    for period in InductionPeriod.objects.all():
        yield "induction starts", period.started_on
        if period.finished_on:
            yield "induction ends", period.finished_on
    for declared_at, made_at in Declaration.objects.values_list("declaration_date", "created_at"):
        yield "declared", clock.london_date(declared_at)
        yield "declaration made", clock.london_date(made_at)


def test_nothing_starts_is_declared_or_ends_while_schools_are_closed():
    closed = Counter(
        what
        for what, day in starts_and_ends()
        if not (is_working_day(day) if what == "declaration made" else is_school_day(day))
    )
    assert closed == {}


def share(days, is_counted):
    days = list(days)
    assert days
    return sum(map(is_counted, days)) / len(days)


def starts_of(model):
    return model.objects.values_list("started_on", flat=True)


def begins_a_term(day):
    return term_of(day) <= day <= term_of(day) + timedelta(days=7)


def test_ects_mostly_start_as_the_school_year_begins():
    days = starts_of(ECTAtSchoolPeriod)
    assert 0.5 < share(days, lambda day: day.month == 9 and begins_a_term(day)) < 0.9
    assert share(days, begins_a_term) > 0.65
    assert share(days, lambda day: day.month in (1, 4)) > 0.08


def test_mentors_mostly_start_with_a_term():
    days = starts_of(MentorAtSchoolPeriod)
    assert share(days, begins_a_term) > 0.6
    assert share(days, lambda day: day.month == 7) < 0.05


@pytest.mark.parametrize(
    ("what", "most"), [("declared", 0.05), ("declaration made", 0.05), ("induction ends", 0.12)]
)
def test_nothing_piles_up_on_a_day_of_the_year(what, most):
    """Inductions mostly end in the last weeks of the school year."""
    days = Counter((day.month, day.day) for each, day in starts_and_ends() if each == what)
    assert max(days.values()) < most * days.total()


def test_qts_is_awarded_on_working_days_and_mostly_in_summer():
    awards = list(
        Teacher.objects.filter(trs_qts_awarded_on__isnull=False).values_list(
            "trs_qts_awarded_on", flat=True
        )
    )
    assert [day for day in awards if not is_working_day(day)] == []
    assert 0.75 < share(awards, lambda day: 6 <= day.month <= 9) < 0.98


@pytest.mark.parametrize("model", [ECTAtSchoolPeriod, MentorAtSchoolPeriod])
def test_nobody_starts_at_a_school_before_it_opens(model):
    opened = F("school__gias_school__opened_on")
    assert not model.objects.filter(started_on__lt=opened).exists()
    new = model.objects.filter(school__gias_school__opened_on__gte=date(2022, 1, 1))
    assert new.exists()
