"""Nobody replaces a mentor whom the school did not know of when it began (spec 05 §6.8)."""

import pytest

from register_ects import clock
from register_ects.models import MentorAtSchoolPeriod, MentorshipPeriod
from register_ects.operations.placements.mentoring import assign_mentor
from tests.factories import MentorAtSchoolPeriodFactory
from tests.registrations import AUTHOR
from tests.schools.ect_journey import TRN, address, slug_of
from tests.schools.mentor_journey import confirm, new_mentor, register

CHANGED = (
    "Nothing was saved, because something on this page has changed since you opened it. "
    "Check what changed, then confirm again"
)

pytestmark = pytest.mark.usefixtures("trs")


@pytest.fixture
def asha(school_led):
    return school_led


@pytest.fixture
def ben(world):
    return MentorAtSchoolPeriodFactory(
        school=world.oak, teacher__corrected_name="Ben Lowe", started_on="2026-09-01"
    )


@pytest.fixture
def carla(world):
    return MentorAtSchoolPeriodFactory(
        school=world.oak, teacher__corrected_name="Carla Diaz", started_on="2026-09-01"
    )


def mentor_of(placement):
    [mentorship] = placement.mentorship_periods.current_or_future(clock.today())
    return mentorship.mentor_at_school_period.teacher.name


def assigning(browser, placement, to):
    """Choose a mentor on the ECT's page and go to the check page."""
    url = f"/school/ects/{placement.pk}/mentorship/new"
    return browser.post(url, {"mentor": str(to.pk)}).follow()


def test_the_check_page_shows_who_mentors_now_and_when_the_new_mentor_takes_over(oak, asha, ben):
    assign_mentor(asha, ben, author=AUTHOR)

    page = register(oak, asha, new_mentor())

    [row] = [row for row in page.select("dl > div") if "Mentor now" in row.text]
    assert row.dd.get_text(strip=True) == "Ben Lowe"
    assert "Zofia Lis takes over on 10 September 2026" in page.text
    assert slug_of(confirm(oak, page)) == "confirmation"
    assert mentor_of(asha) == "Zofia Lis"


def test_two_colleagues_who_register_different_mentors_do_not_replace_each_other(
    world, oak, sign_in, asha
):
    colleague = sign_in(world.oak)
    mine = register(oak, asha, new_mentor())
    theirs = register(
        colleague,
        asha,
        new_mentor(
            "4000002", "1980-03-10", review_mentor_details={"email": "struan@oak.example.com"}
        ),
    )
    confirm(colleague, theirs)
    first = mentor_of(asha)

    refused = oak.submit(mine)

    assert refused.status_code == 422
    assert refused.errors == {"#what-changed": CHANGED}
    assert refused.changes["Mentor now"] == ("None", first)
    assert f"{first} is Asha Rao’s mentor now" in refused.text
    assert mentor_of(asha) == first
    assert not MentorAtSchoolPeriod.objects.filter(teacher__trn=TRN).exists()


def test_who_has_been_told_may_replace_them_and_is_told_again_of_anyone_newer(
    oak, asha, ben, carla
):
    page = register(oak, asha, new_mentor())
    assign_mentor(asha, ben, author=AUTHOR)
    told = oak.submit(page)
    assign_mentor(asha, carla, author=AUTHOR)

    again = oak.submit(told)
    assert again.status_code == 422
    assert again.changes == {"Mentor now": ("Ben Lowe", "Carla Diaz")}
    done = oak.submit(again).follow()

    assert slug_of(done) == "confirmation"
    assert mentor_of(asha) == "Zofia Lis"


def test_opening_the_check_page_elsewhere_does_not_make_the_change_known_here(oak, asha, ben):
    page = register(oak, asha, new_mentor())
    assign_mentor(asha, ben, author=AUTHOR)

    assert "Ben Lowe" in oak.get(address(page, "check-answers")).text
    assert oak.submit(page).status_code == 422
    assert mentor_of(asha) == "Ben Lowe"


def test_two_colleagues_who_choose_different_mentors_do_not_replace_each_other(
    oak, asha, ben, carla
):
    first, second = assigning(oak, asha, ben), assigning(oak, asha, carla)
    confirm(oak, first)

    refused = oak.submit(second)

    assert refused.changes["Mentor now"] == ("None", "Ben Lowe")
    assert mentor_of(asha) == "Ben Lowe"
    assert slug_of(oak.submit(refused).follow()) == "confirmation"
    assert mentor_of(asha) == "Carla Diaz"


def test_a_mentor_found_to_be_here_already_replaces_nobody_unknown(world, oak, asha, ben):
    MentorAtSchoolPeriodFactory(school=world.oak, teacher__trn=TRN)
    page = register(oak, asha, new_mentor())
    assert slug_of(page) == "already-active-at-school"
    assign_mentor(asha, ben, author=AUTHOR)

    refused = oak.submit(page)

    assert refused.changes["Mentor now"] == ("None", "Ben Lowe")
    assert mentor_of(asha) == "Ben Lowe"


def test_a_mentor_who_left_meanwhile_is_in_nobodys_way(oak, asha, ben, on):
    assign_mentor(asha, ben, author=AUTHOR)
    page = register(oak, asha, new_mentor())
    MentorshipPeriod.objects.update(finished_on="2026-09-10")
    on("2026-09-11T10:00:00+01:00")

    checked = oak.get(address(page, "check-answers"))
    assert checked.status_code == 200
    assert "Mentor now" not in checked.text
    assert slug_of(confirm(oak, checked)) == "confirmation"
