"""What a record says of leaving, and where it is reported, changed and cancelled (spec 05 §5.3)."""

from datetime import date

import pytest

from register_ects.models import MentorAtSchoolPeriod
from register_ects.operations.placements.leaving import report_leaving
from register_ects.operations.placements.mentoring import register_mentor
from register_ects.operations.placements.registration import register_ect
from tests.factories import ECTAtSchoolPeriodFactory, MentorAtSchoolPeriodFactory
from tests.registrations import AUTHOR, ect, mentor

LAST_DAY = date(2026, 11, 30)


@pytest.fixture(params=["ects", "mentors"])
def ada(request, world):
    """Ada Okafor, an ECT or a mentor at Oak."""
    factory = {"ects": ECTAtSchoolPeriodFactory, "mentors": MentorAtSchoolPeriodFactory}
    return factory[request.param](
        school=world.oak,
        started_on=date(2026, 9, 1),
        teacher__trs_first_name="Ada",
        teacher__trs_last_name="Okafor",
    )


def record(placement):
    kind = "mentors" if isinstance(placement, MentorAtSchoolPeriod) else "ects"
    return f"/school/{kind}/{placement.pk}"


def links(page):
    return {
        link.get_text(strip=True): link["href"]
        for link in page.select("main a")
        if "leaving" in link["href"]
    }


def test_who_leaves_for_good_is_reported_and_who_comes_back_is_not(oak, ada):
    page = oak.get(record(ada))

    assert links(page) == {
        "Report that Ada Okafor is leaving your school": (
            f"{record(ada)}/report-teacher-leaving/edit"
        )
    }
    assert "Do not report somebody who comes back, for example after maternity leave." in page.text


def test_a_reported_day_can_be_changed_and_cancelled(oak, ada):
    report_leaving(ada, last_day=LAST_DAY, author=AUTHOR)

    page = oak.get(record(ada))

    assert links(page) == {
        "Change Ada Okafor’s last day": f"{record(ada)}/report-teacher-leaving/edit",
        "Ada Okafor is staying: cancel their leaving": (
            f"{record(ada)}/cancel-teacher-leaving/check-answers"
        ),
    }
    assert "Their last day is 30 November 2026." in page.text


def test_who_has_left_can_only_be_read(oak, ada):
    report_leaving(ada, last_day=date(2026, 9, 2), author=AUTHOR)

    page = oak.get(record(ada))

    assert links(page) == {}
    assert page.select("#leaving") == []


def told(page):
    section = page.select_one("#leaving").find_next_siblings("p")
    return " ".join(each.get_text(strip=True) for each in section)


def test_an_ect_whom_another_school_has_registered(world, oak, asha):
    register_ect(world.elm, ect(world, started_on=date(2026, 12, 1)), author=AUTHOR)

    page = oak.get(record(asha))

    assert links(page) == {}
    assert "Another school has registered Asha Rao." in told(page)
    assert "Your school cannot change it." in told(page)
    link = page.select_one("main a[href^='/school/support/new?from=']")
    assert "Tell us if this is wrong" in link.get_text()
    assert "Elm" not in page.text


def test_a_mentor_who_mentors_only_at_another_school_from_now_on(world, oak, asha):
    ben = register_mentor(world.oak, asha, mentor(), author=AUTHOR)
    theirs = ECTAtSchoolPeriodFactory(school=world.elm, started_on=date(2026, 9, 1))
    moving = mentor(only_here=True, started_on=date(2026, 10, 5))
    register_mentor(world.elm, theirs, moving, author=AUTHOR)

    page = oak.get(record(ben))

    assert links(page) == {}
    assert "Another school has registered Ben Lowe." in told(page)


def test_a_day_that_nobody_at_the_school_reported(oak, ada):
    ada.finished_on = LAST_DAY
    ada.save()

    page = oak.get(record(ada))

    assert links(page) == {}
    assert "Their last day was not reported by your school, so you cannot change it." in told(page)


def test_an_ect_reported_here_whom_another_school_awaits(world, oak, asha):
    report_leaving(asha, last_day=LAST_DAY, author=AUTHOR)
    register_ect(world.elm, ect(world, started_on=date(2027, 1, 4)), author=AUTHOR)

    page = oak.get(record(asha))

    assert links(page) == {}
    assert "Asha Rao has been registered from a later day since" in told(page)


def test_an_ect_whose_induction_is_over_since(oak, asha):
    report_leaving(asha, last_day=LAST_DAY, author=AUTHOR)
    asha.teacher.trs_induction_status = "Passed"
    asha.teacher.save()

    page = oak.get(record(asha))

    assert links(page) == {}
    assert "The induction of Asha Rao is over" in told(page)


@pytest.mark.parametrize("last_day", [None, LAST_DAY])
def test_the_page_costs_as_many_queries(oak, ada, last_day, django_assert_max_num_queries):
    if last_day:
        report_leaving(ada, last_day=last_day, author=AUTHOR)
    oak.get(record(ada))

    with django_assert_max_num_queries(12):
        oak.get(record(ada))


def test_who_is_told_of_a_pause_is_named(oak, asha):
    assert "Tell their appropriate body and Larch Learning instead." in told(oak.get(record(asha)))


def test_nobody_is_told_of_a_lead_provider_whom_they_do_not_have(oak, school_led):
    assert "Tell their appropriate body instead." in told(oak.get(record(school_led)))


def test_a_mentor_without_training_has_nobody_to_tell(world, oak):
    placement = MentorAtSchoolPeriodFactory(school=world.oak, started_on=date(2026, 9, 1))

    said = told(oak.get(record(placement)))

    assert "Do not report somebody who comes back" in said
    assert "instead" not in said


def test_a_registration_of_somebody_who_will_not_come_is_taken_back_by_support(world, oak):
    coming = register_ect(world.oak, ect(world, started_on=date(2026, 11, 2)), author=AUTHOR)

    page = oak.get(record(coming))

    [link] = page.select("#leaving ~ p a[href^='/school/support/new']")
    assert link.get_text() == "ask us to take back the registration of Asha Rao"
    form = oak.get(f"{record(coming)}/report-teacher-leaving/edit")
    answer = {"leaving_on-day": "10", "leaving_on-month": "10", "leaving_on-year": "2026"}
    [(_, problem)] = oak.submit(form, answer).errors.items()
    assert "The first day of Asha Rao at Oak School is 2 November 2026 in our records" in problem
    assert "If they did not start, or will not, contact support" in problem


def test_of_who_has_left_nothing_is_awaited_and_a_wrong_day_leads_to_support(oak, asha, on):
    report_leaving(asha, last_day=LAST_DAY, author=AUTHOR)
    on("2026-12-01")

    page = oak.get(record(asha))

    assert "awaiting their confirmation" not in page.text
    assert "will confirm this" not in page.text
    link = page.select_one(".govuk-inset-text a[href^='/school/support/new?from=']")
    assert "tell us the right one" in link.get_text()
