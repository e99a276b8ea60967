"""A school reports that somebody leaves, corrects the day and takes it back (spec 05 §10, §21)."""

from datetime import date

import pytest

from register_ects.models import ECTAtSchoolPeriod, MentorAtSchoolPeriod, MentorshipPeriod
from register_ects.operations.placements.leaving import report_leaving
from register_ects.operations.placements.mentoring import assign_mentor, register_mentor
from register_ects.operations.placements.registration import register_ect
from tests.factories import MentorAtSchoolPeriodFactory, TrainingPeriodFactory
from tests.registrations import AUTHOR, ect, mentor
from tests.schools.change_journey import confirm, rows
from tests.schools.ect_journey import slug_of
from tests.support.pages import date_parts

LAST_DAY = date(2026, 11, 30)
PATHS = {ECTAtSchoolPeriod: "ects", MentorAtSchoolPeriod: "mentors"}


@pytest.fixture
def asha(world, on):
    """Asha Rao, in provider-led training at Oak since 10 September and mentored by Ben."""
    asha = register_ect(world.oak, ect(world), author=AUTHOR)
    register_mentor(world.oak, asha, mentor(lead_provider=world.larch), author=AUTHOR)
    on("2026-11-01")
    return asha


@pytest.fixture
def ben(asha):
    return MentorAtSchoolPeriod.objects.select_related("school", "teacher").get()


@pytest.fixture
def oak(asha, sign_in):
    """A browser at Oak, signed in on the day of the tests."""
    return sign_in(asha.school)


def record(placement):
    return f"/school/{PATHS[type(placement)]}/{placement.pk}"


def reporting(placement):
    return f"{record(placement)}/report-teacher-leaving/edit"


def cancelling(placement):
    return f"{record(placement)}/cancel-teacher-leaving/check-answers"


def ask(browser, placement, day=LAST_DAY):
    """Answer when somebody leaves; return the check page, or the question with its errors."""
    sent = browser.post(reporting(placement), date_parts("leaving_on", day))
    return sent if sent.status_code != 302 else sent.follow()


def report(placement, day=LAST_DAY, **options):
    report_leaving(placement, last_day=day, author=AUTHOR, **options)


def last_day(placement):
    placement.refresh_from_db()
    return placement.finished_on


def links(page):
    return {link.get_text(strip=True): link["href"] for link in page.select("main a")}


# -- Reporting -----------------------------------------------------------------------------------


def test_an_ect_is_leaving(oak, asha):
    check = ask(oak, asha)
    assert rows(check) == {
        "Last day at your school": "30 November 2026",
        "Mentoring by Ben Lowe": "Ends on 30 November 2026",
        "Training with Larch Learning": "Ends on 30 November 2026",
    }
    assert "Asha Rao is leaving your school. Their last day is 30 November 2026." in check.text
    assert "After 30 November 2026 you will not be able to change their details." in check.text
    assert "another mentor" not in check.text  # it is the ECT who goes
    assert last_day(asha) is None

    done = confirm(oak, check)

    assert last_day(asha) == LAST_DAY
    assert done.select_one(".govuk-panel").get_text(strip=True) == (
        "Asha Rao is leaving your school"
    )
    for told in (
        "Until the end of 30 November 2026 they stay on your list of ECTs and go on with their "
        "training programme.",
        "Their appropriate body, and their lead provider if they have one, will know that they are "
        "leaving.",
        "Their mentor may continue with their own mentor training.",
    ):
        assert told in done.text


def test_an_ect_who_has_left(oak, asha):
    check = ask(oak, asha, date(2026, 10, 30))
    assert "Asha Rao left your school on 30 October 2026." in check.text
    assert "Once you confirm, you will not be able to change their details." in check.text
    assert rows(check)["Training with Larch Learning"] == "Ended on 30 October 2026"

    done = confirm(oak, check)

    assert done.status_code == 200
    assert done.select_one(".govuk-panel").get_text(strip=True) == "Asha Rao has left your school"
    assert "Asha Rao is no longer on your list of ECTs." in done.text
    assert "will know that they have left." in done.text


def test_the_last_day_may_be_today(oak, asha):
    check = ask(oak, asha, date(2026, 11, 1))

    assert "Asha Rao is leaving your school." in check.text


def test_a_mentor_is_leaving_and_their_ects_need_another(oak, asha, ben):
    check = ask(oak, ben)
    assert rows(check)["Mentoring of Asha Rao"] == "Ends on 30 November 2026"
    change = f"/school/ects/{asha.pk}/change-mentor/edit"
    assert links(check)["Choose another mentor for Asha Rao"] == change

    done = confirm(oak, check)

    assert last_day(ben) == LAST_DAY
    assert links(done)["Choose another mentor for Asha Rao"] == change
    assert "Their lead provider, if they have one, will know that they are leaving." in done.text
    assert "appropriate body" not in done.select_one("main").text


def test_the_ects_of_a_mentor_who_has_left_have_none_to_change(oak, asha, ben):
    check = ask(oak, ben, date(2026, 10, 30))

    assert links(check)["Choose another mentor for Asha Rao"] == (
        f"/school/ects/{asha.pk}/mentorship/new"
    )


def test_a_leaving_can_be_reported_before_the_tutor_is_confirmed(oak, asha):
    """Worked example 20 of spec 05 §21: nobody waits for the tutor to report a leaving."""
    asha.school.induction_tutor_last_nominated_in = None
    asha.school.save()

    assert oak.get(reporting(asha)).status_code == 200


def test_training_that_starts_on_the_last_day_is_not_removed_without_telling(oak, asha):
    asha.training_periods.update(finished_on=date(2026, 11, 29))
    TrainingPeriodFactory(ect_at_school_period=asha, started_on=LAST_DAY, school_led=True)

    check = ask(oak, asha)

    assert rows(check)["School-led training"] == (
        "Removed, because it starts on 30 November 2026, which is their last day"
    )


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (
            date(2026, 9, 9),
            "Our records show that Asha Rao started their latest training at Oak School on "
            "10 September 2026. Their last day must be 10 September 2026 or later",
        ),
        (
            date(2027, 3, 2),
            "Their last day must be 1 March 2027 or earlier: you can report it up to 4 months "
            "ahead",
        ),
    ],
)
def test_who_names_a_day_out_of_bounds_is_told_the_first_or_last_accepted(oak, asha, day, told):
    page = ask(oak, asha, day)

    assert page.status_code == 422
    assert page.title.startswith("Error: ")
    assert page.errors == {"#leaving_on-day": told}


def test_the_limits_themselves_are_accepted(oak, asha):
    for day in (date(2026, 9, 10), date(2027, 3, 1)):
        assert slug_of(ask(oak, asha, day)) == "check-answers"


def test_no_date_is_an_error(oak, asha):
    page = oak.post(reporting(asha), {})

    assert page.errors == {"#leaving_on-day": "Enter the last day of Asha Rao at your school"}


def test_leaving_on_30_november_they_are_listed_until_the_end_of_that_day(oak, asha, on, sign_in):
    """Worked example 17 of spec 05 §21."""
    confirm(oak, ask(oak, asha))
    on("2026-11-30")
    assert "Asha Rao" in sign_in(asha.school).get("/school/home/ects").text

    on("2026-12-01")

    assert "Asha Rao" not in sign_in(asha.school).get("/school/home/ects").text


# -- Correcting ----------------------------------------------------------------------------------


def test_the_day_can_be_corrected_before_it_comes(oak, asha):
    report(asha)
    question = oak.get(reporting(asha))
    assert question.select_one("#leaving_on-day")["value"] == "30"

    check = ask(oak, asha, date(2026, 12, 18))
    assert rows(check) == {
        "Last day now": "30 November 2026",
        "New last day": "18 December 2026",
        "Mentoring by Ben Lowe": "Ends on 18 December 2026",
        "Training with Larch Learning": "Ends on 18 December 2026",
    }
    done = confirm(oak, check)

    assert last_day(asha) == date(2026, 12, 18)
    assert rows(done)["Last day before"] == "30 November 2026"


def test_the_day_that_is_recorded_is_no_correction(oak, asha):
    report(asha)

    page = ask(oak, asha)

    assert page.errors == {
        "#leaving_on-day": "This is the last day that is recorded already. Enter a different date, "
        "or cancel"
    }


# -- Cancelling ----------------------------------------------------------------------------------


def test_a_leaving_is_cancelled_and_all_goes_on(oak, asha):
    report(asha)

    check = oak.get(cancelling(asha))
    assert check.h1 == "Is Asha Rao staying at your school?"
    assert rows(check) == {
        "Last day now": "30 November 2026",
        "Mentoring by Ben Lowe": "Goes on",
        "Training with Larch Learning": "Goes on",
    }
    done = confirm(oak, check)

    assert last_day(asha) is None
    assert MentorshipPeriod.objects.get().finished_on is None
    assert done.select_one(".govuk-panel").get_text(strip=True) == (
        "Asha Rao is staying at your school"
    )
    assert rows(done)["Training with Larch Learning"] == "Goes on"


def test_the_check_page_says_what_does_not_come_back(world, oak, asha, ben):
    report(ben)
    ceri = MentorAtSchoolPeriodFactory(school=world.oak, started_on=date(2026, 12, 1))
    assign_mentor(asha, ceri, author=AUTHOR)

    check = oak.get(cancelling(ben))

    assert rows(check)["Mentoring of Asha Rao"] == (
        "Does not go on: it still ends on 30 November 2026, because Asha Rao has another mentor "
        "then"
    )
    assert rows(check)["Training with Larch Learning"] == "Goes on"


def test_it_says_when_it_is_not_known_what_had_ended(oak, asha):
    asha.finished_on, asha.reported_leaving_by_school = LAST_DAY, asha.school
    MentorshipPeriod.objects.update(finished_on=LAST_DAY)
    asha.training_periods.update(finished_on=LAST_DAY)
    asha.save()

    check = oak.get(cancelling(asha))

    assert "Our records do not say what ended when this was reported." in check.text
    confirm(oak, check)
    assert last_day(asha) is None


# -- Who may not -----------------------------------------------------------------------------------


def test_a_day_that_another_school_set_is_not_changed_here_and_the_page_says_why(world, oak, asha):
    register_ect(world.elm, ect(world, started_on=date(2026, 12, 1)), author=AUTHOR)

    for address in (reporting(asha), cancelling(asha)):
        page = oak.get(address)
        assert page.h1 == "You cannot change this last day"
        assert "Another school has registered Asha Rao, which sets their last day" in page.text
        assert "Elm" not in page.text


def test_who_has_left_is_not_found_on_any_page_of_a_change(oak, asha, on, sign_in):
    report(asha)
    on("2026-12-01")
    browser = sign_in(asha.school)

    assert browser.get(record(asha)).status_code == 200
    for address in (reporting(asha), cancelling(asha)):
        assert browser.get(address).status_code == 404
        assert browser.post(address, date_parts("leaving_on", LAST_DAY)).status_code == 404


def test_another_schools_people_are_not_found(world, sign_in, asha, ben):
    elm = sign_in(world.elm)

    for placement in (asha, ben):
        for address in (reporting(placement), cancelling(placement)):
            assert elm.get(address).status_code == 404


def test_there_is_nothing_to_cancel_of_who_stays(oak, asha):
    page = oak.get(cancelling(asha))

    assert "No last day at your school is recorded for Asha Rao." in page.text


# -- In two tabs, twice, and meanwhile -------------------------------------------------------------


def test_sent_twice_it_is_reported_once(oak, asha):
    check = ask(oak, asha, date(2026, 10, 30))
    confirm(oak, check)

    again = oak.submit(check).follow()

    assert again.select_one(".govuk-panel").get_text(strip=True) == "Asha Rao has left your school"


def test_who_confirms_after_a_colleague_has_reported_is_shown_that(oak, asha):
    check = ask(oak, asha, date(2026, 12, 18))
    report(asha)

    page = oak.submit(check)

    assert last_day(asha) == LAST_DAY
    assert page.changes["Last day now"] == ("None", "30 November 2026")


def test_cancelled_twice_the_second_is_told(oak, asha):
    report(asha)
    first, second = oak.get(cancelling(asha)), oak.get(cancelling(asha))
    confirm(oak, first)

    page = oak.submit(second)

    assert page.status_code == 422
    assert "No last day at your school is recorded for Asha Rao. Nothing was saved." in page.text


def test_who_has_left_since_the_question_is_not_found(oak, asha):
    check = ask(oak, asha, date(2026, 12, 18))
    report(asha, date(2026, 10, 30))

    assert oak.submit(check).status_code == 404
    assert last_day(asha) == date(2026, 10, 30)
