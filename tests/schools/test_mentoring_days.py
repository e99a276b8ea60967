"""Schools read from when somebody mentors, and from when another mentor is needed (spec 05 §8)."""

from datetime import date

import pytest

from register_ects.operations.placements.mentoring import assign_mentor
from register_ects.rules.enumerations import InductionStatus
from tests.factories import (
    ECTAtSchoolPeriodFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
)
from tests.registrations import AUTHOR
from tests.schools.ect_journey import TRN, slug_of
from tests.schools.mentor_journey import confirm, new_mentor, register
from tests.support.pages import date_parts

LATER = date(2027, 1, 11)


@pytest.fixture
def lou(world):
    return ECTAtSchoolPeriodFactory(
        school=world.oak, teacher__corrected_name="Lou Fourth", started_on=date(2026, 9, 1)
    )


@pytest.fixture
def mentor(world):
    """Make somebody a mentor at Oak."""

    def make(name="Dora Other", **days):
        days = {"started_on": date(2026, 9, 1), **days}
        return MentorAtSchoolPeriodFactory(school=world.oak, teacher__corrected_name=name, **days)

    return make


def listed(browser):
    """Return the mentor and what to do of the one ECT on the list."""
    cells = browser.get("/school/home/ects").select("main tbody td")
    return [" ".join(cell.get_text(" ").split()) for cell in cells][1:]


def choose(browser, placement, chosen):
    url = f"/school/ects/{placement.pk}/mentorship/new"
    return browser.post(url, {"mentor": str(chosen.pk)}).follow()


def test_who_will_mentor_is_told_of_with_their_first_day_everywhere(oak, lou, mentor):
    checked = choose(oak, lou, mentor(started_on=LATER))
    done = confirm(oak, checked)
    page = oak.get(f"/school/ects/{lou.pk}")

    assert checked.summary["Mentoring starts"] == "11 January 2027"
    assert "Mentoring ends" not in checked.summary
    assert "Dora Other mentors Lou Fourth from 11 January 2027." in checked.text
    assert "Dora Other mentors them from 11 January 2027." in done.text
    assert page.summary["Who mentors them?"] == "Dora Other, from 11 January 2027"
    assert page.summary["What do we need from you?"] == (
        "Nothing at the moment. Dora Other mentors them from 11 January 2027."
    )
    assert page.summary["Mentor"] == "Dora Other From 11 January 2027."
    assert listed(oak)[0] == "Dora Other From 11 January 2027."


def test_a_mentor_of_today_is_told_of_without_a_day(oak, lou, mentor):
    checked = choose(oak, lou, mentor())
    done = confirm(oak, checked)

    assert checked.summary["Mentoring starts"] == "10 September 2026"
    assert "from" not in done.select_one("main").get_text()
    assert oak.get(f"/school/ects/{lou.pk}").summary["Who mentors them?"] == "Dora Other"
    assert listed(oak)[0] == "Dora Other"


@pytest.mark.usefixtures("trs")
def test_a_mentor_registered_from_a_later_day_will_be_the_mentor(oak, lou, world):
    MentorAtSchoolPeriodFactory(school=world.elm, teacher__trn=TRN)
    later = new_mentor(mentoring_at_new_school_only=date_parts("started_on", "2026-10-05"))

    checked = register(oak, lou, later)
    done = confirm(oak, checked)

    assert "Zofia Lis mentors Lou Fourth from 5 October 2026." in checked.text
    assert done.h1 == "Zofia Lis will be Lou Fourth’s mentor from 5 October 2026"


@pytest.mark.usefixtures("trs")
def test_who_is_here_already_and_leaves_first_is_told_of_with_both_days(oak, lou, world):
    MentorAtSchoolPeriodFactory(
        school=world.oak,
        teacher__trn=TRN,
        started_on=date(2026, 9, 21),
        finished_on=date(2027, 1, 10),
    )

    checked = register(oak, lou, new_mentor())
    done = oak.submit(checked).follow()

    assert slug_of(checked) == "already-active-at-school"
    for text in (
        "Zofia Lis mentors Lou Fourth from 21 September 2026.",
        "Zofia Lis can mentor Lou Fourth until 10 January 2027.",
    ):
        assert text in checked.text
    assert done.h1 == "Zofia Lis will be Lou Fourth’s mentor from 21 September 2026"
    assert "Lou Fourth needs another mentor after that day." in done.text


@pytest.mark.usefixtures("trs")
@pytest.mark.parametrize("reported_here", [True, False])
def test_a_mentor_here_whose_leaving_was_reported_can_be_kept(oak, lou, world, reported_here):
    zofia = MentorAtSchoolPeriodFactory(
        school=world.oak,
        teacher__trn=TRN,
        started_on=date(2025, 9, 1),
        finished_on=date(2027, 1, 10),
        reported_leaving_by_school=world.oak if reported_here else None,
    )

    page = register(oak, lou, new_mentor())

    links = [link["href"] for link in page.select("main a") if "cancel" in link.text]
    wanted = f"/school/mentors/{zofia.pk}/cancel-teacher-leaving/"
    assert [link.startswith(wanted) for link in links] == ([True] if reported_here else [])
    assert all(oak.get(link).status_code == 200 for link in links)


def test_a_mentor_who_leaves_before_the_ect_is_told_of_with_what_to_do(oak, lou, mentor):
    checked = choose(oak, lou, mentor(finished_on=date(2027, 1, 10)))
    done = confirm(oak, checked)
    page = oak.get(f"/school/ects/{lou.pk}")

    assert checked.summary["Mentoring ends"] == "10 January 2027"
    for told in (checked, done):
        assert "until 10 January 2027. Lou Fourth needs another mentor" in told.text
    assert page.summary["Who mentors them?"] == "Dora Other, until 10 January 2027"
    assert listed(oak) == [
        "Dora Other Until 10 January 2027.",
        "Dora Other is their mentor until 10 January 2027. They need another mentor from 11 "
        "January 2027. Assign another mentor now to Lou Fourth Whoever you assign now takes over "
        "today, or on their own first day if that is later.",
    ]
    assert page.summary["What do we need from you?"] == listed(oak)[1]
    assert page.select_one(f"#now a[href='/school/ects/{lou.pk}/mentorship/new']")


def test_the_status_of_who_needs_another_mentor_asks_for_something(oak, lou, mentor):
    assign_mentor(lou, mentor(finished_on=date(2027, 1, 10)), author=AUTHOR)

    for address in ("/school/home/ects", f"/school/ects/{lou.pk}"):
        assert "Action required: another mentor from 11 Jan 2027." in oak.get(address).text


def test_an_ect_who_leaves_with_their_mentor_needs_no_other(oak, world, mentor):
    leaver = ECTAtSchoolPeriodFactory(
        school=world.oak, started_on=date(2026, 9, 1), finished_on=date(2027, 1, 10)
    )
    assign_mentor(leaver, mentor(finished_on=date(2027, 1, 10)), author=AUTHOR)

    assert oak.get(f"/school/ects/{leaver.pk}").summary["Who mentors them?"] == "Dora Other"
    assert "11 January 2027" not in listed(oak)[1]
    assert "need another mentor" not in oak.get("/school/home/ects").text


def test_somebody_exempt_needs_no_next_mentor(oak, lou, mentor):
    assign_mentor(lou, mentor(finished_on=date(2027, 1, 10)), author=AUTHOR)
    lou.teacher.trs_induction_status = InductionStatus.EXEMPT
    lou.teacher.save()

    assert listed(oak) == ["Dora Other Until 10 January 2027.", "Nothing"]


def test_the_mentor_who_follows_is_named_and_nobody_else_is_asked_for(oak, lou, mentor):
    dora, ben = mentor(finished_on=date(2027, 1, 10)), mentor("Ben Lowe")
    MentorshipPeriodFactory(
        ect_at_school_period=lou,
        mentor_at_school_period=dora,
        started_on=date(2026, 9, 1),
        finished_on=date(2027, 1, 10),
    )
    MentorshipPeriodFactory(ect_at_school_period=lou, mentor_at_school_period=ben, started_on=LATER)

    page = oak.get(f"/school/ects/{lou.pk}")

    assert page.summary["Who mentors them?"] == (
        "Dora Other, until 10 January 2027, then Ben Lowe from 11 January 2027"
    )
    assert "need another mentor" not in page.text


def test_who_is_to_mentor_is_not_called_the_mentor_now(oak, lou, mentor):
    assign_mentor(lou, mentor(started_on=LATER), author=AUTHOR)
    ben = mentor("Ben Lowe")

    asked = oak.get(f"/school/ects/{lou.pk}/change-mentor/edit")
    checked = choose(oak, lou, ben)

    assert "Dora Other is their mentor from 11 January 2027." in asked.text
    assert checked.summary["Mentor from 11 January 2027"] == "Dora Other"
    assert "Dora Other is Lou Fourth’s mentor from 11 January 2027." in checked.text
    assert "mentor now" not in checked.text.lower()


def test_who_is_assigned_to_an_ect_who_starts_later_takes_over_on_the_ects_first_day(
    oak, world, mentor
):
    ann = ECTAtSchoolPeriodFactory(school=world.oak, started_on=LATER)
    assign_mentor(ann, mentor(finished_on=date(2027, 2, 12)), author=AUTHOR)
    told = "takes over on 11 January 2027, or on their own first day if that is later."

    assert f"Whoever you assign now {told}" in listed(oak)[1]
    ben = mentor("Ben Lowe")
    asked = oak.get(f"/school/ects/{ann.pk}/change-mentor/edit")
    checked = choose(oak, ann, ben)

    assert f"The new mentor {told}" in asked.text
    assert "takes over today" not in asked.text
    assert checked.summary["Mentoring starts"] == "11 January 2027"


def test_one_day_of_mentoring_is_told_as_one_day(oak, world, mentor):
    ann = ECTAtSchoolPeriodFactory(
        school=world.oak, teacher__corrected_name="Ann Bell", started_on=LATER
    )

    checked = choose(oak, ann, mentor(finished_on=LATER))
    done = confirm(oak, checked)

    for page in (checked, done):
        assert "Dora Other can mentor Ann Bell on 11 January 2027 only." in page.text
        assert "from 11 January 2027" not in page.text
    assert listed(oak)[0] == "Dora Other On 11 January 2027 only."
    page = oak.get(f"/school/ects/{ann.pk}")
    assert page.summary["Who mentors them?"] == "Dora Other, on 11 January 2027 only"
