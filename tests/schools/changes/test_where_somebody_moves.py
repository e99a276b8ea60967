"""To which schools a user may move somebody, and what others see of it (spec 05 §14, §20.6)."""

from datetime import date

import pytest

from register_ects.models import ECTAtSchoolPeriod, GIASSchool, School
from register_ects.operations.placements.leaving import report_leaving
from register_ects.web import identity
from tests.factories import GIASSchoolFactory, RegistrationClosureFactory, SchoolFactory
from tests.registrations import AUTHOR
from tests.schools.ect_journey import address, slug_of
from tests.schools.moving import (
    answers_to,
    record_of,
    somebody_at,
    start_of,
    walk,
    zofia_at_oak,
)
from tests.support.pages import confirm_tutor

pytestmark = pytest.mark.usefixtures("trs")


@pytest.fixture
def zofia(world):
    return zofia_at_oak(world)


def offered(page):
    return [each.text.strip() for each in page.select(".govuk-radios__label")]


def left_out(page):
    return {each.dt.text: each.dd.text for each in page.select("main dl .govuk-summary-list__row")}


def test_all_other_schools_of_the_user_that_use_the_service(world, sign_in, zofia):
    ash = SchoolFactory(gias_school__name="Ash School")

    page = sign_in(somebody_at(world.oak, world.elm, ash)).get(start_of(zofia))

    assert offered(page) == ["Ash School", "Elm School"]
    assert left_out(page) == {}


def test_of_every_other_it_says_why_not(world, sign_in, zofia):
    due = SchoolFactory(gias_school__name="Ash School")
    unfunded = SchoolFactory(gias_school__name="Birch School", independent=True)
    new = GIASSchoolFactory(name="Cedar School")
    person = somebody_at(world.oak, world.elm, unfunded)
    person["schools"] = [*person["schools"], due.urn, new.urn]
    School.objects.filter(pk=due.pk).update(induction_tutor_last_nominated_in=None)

    page = sign_in(person).get(start_of(zofia))

    assert offered(page) == ["Elm School"]
    assert left_out(page) == {
        "Ash School": "It has to confirm its induction tutor first. Confirm it at Ash School",
        "Birch School": "It cannot register anybody new, because DfE no longer funds training "
        "there.",
        "Cedar School": "It is not set up in this service yet.",
    }
    assert page.select_one("main dl a")["href"] == f"/school/{due.urn}/home"


def test_a_school_that_was_not_offered_is_not_taken(world, sign_in, zofia):
    other = SchoolFactory()
    denise = sign_in(somebody_at(world.oak, world.elm))

    page = walk(denise, zofia, answers_to(other))

    assert (page.status_code, slug_of(page)) == (422, "choose-school")


def test_somebody_of_a_trust_moves_people_between_its_schools(world, sign_in, zofia):
    for school in (world.oak, world.elm):
        GIASSchool.objects.filter(urn=school.urn).update(trust_code=4421, trust_name="A Trust")
        confirm_tutor(school)
    person = identity.school_data(
        world.oak.urn, name="Ada", email="ada@example.com", provider="persona", trust=4421
    )
    browser = sign_in(person)

    done = browser.submit(walk(browser, zofia, answers_to(world.elm))).follow()

    assert done.h1 == "Zofia Lis is moving to Elm School"


def test_who_is_at_one_school_is_told_that_there_is_no_other(oak, zofia):
    page = oak.get(f"/school/ects/{zofia.pk}/move-to-another-school/choose-school")

    assert page.h1 == "Zofia Lis cannot move to another of your schools"
    assert not page.select("main form")


def test_another_schools_ect_is_not_found(world, sign_in, zofia):
    denise = sign_in(somebody_at(world.elm, world.oak))
    elsewhere = start_of(zofia).replace(str(world.oak.urn), str(world.elm.urn))

    assert denise.get(elsewhere).status_code == 404
    assert sign_in(world.elm).get(elsewhere).status_code == 404
    assert sign_in(world.elm).get(start_of(zofia)).status_code == 404


def test_whose_time_here_is_over_is_not_found(world, sign_in, zofia, on):
    denise = sign_in(somebody_at(world.oak, world.elm))
    report_leaving(zofia, last_day=date(2026, 9, 20), author=AUTHOR)
    on("2026-09-21")

    assert denise.get(start_of(zofia)).status_code == 404


def test_a_colleague_without_the_new_school_reads_nothing_of_it(world, sign_in, zofia):
    ash = SchoolFactory(gias_school__name="Ash School")
    denise = sign_in(somebody_at(world.oak, world.elm))
    check = walk(denise, zofia, answers_to(world.elm))
    begun = address(check, "")
    colleague = sign_in(somebody_at(world.oak, ash))

    for slug in ("details", "training", "mentor", "check-answers"):
        page = colleague.get(begun + slug)
        assert (slug, page.location) == (slug, start_of(zofia))
    assert colleague.submit(check).location == start_of(zofia)
    denise.submit(check)
    assert colleague.get(begun + "confirmation").status_code == 404
    assert denise.get(begun + "confirmation").status_code == 200


def test_nobody_is_moved_to_a_school_that_the_user_lost_meanwhile(world, sign_in, zofia):
    ash = SchoolFactory(gias_school__name="Ash School")
    denise = sign_in(somebody_at(world.oak, world.elm))
    check = walk(denise, zofia, answers_to(world.elm))

    answer = sign_in(somebody_at(world.oak, ash)).submit(check)

    assert answer.location == start_of(zofia)
    assert not ECTAtSchoolPeriod.objects.filter(school=world.elm).exists()


def test_while_registration_is_closed_nobody_moves(world, sign_in, zofia):
    RegistrationClosureFactory(starts_on="2026-09-01", ends_on="2026-09-30")
    denise = sign_in(somebody_at(world.oak, world.elm))

    assert denise.get(start_of(zofia)).location.endswith("/registration-window-closed")
    assert "move Zofia Lis there" not in denise.get(record_of(zofia)).text


def test_whom_trs_does_not_know_is_not_moved(world, sign_in, zofia):
    zofia.teacher.trn = "4999999"
    zofia.teacher.save()
    denise = sign_in(somebody_at(world.oak, world.elm))

    page = walk(denise, zofia, answers_to(world.elm))

    assert (page.status_code, slug_of(page)) == (422, "choose-school")
    assert "does not know Zofia Lis’s teacher reference number" in page.text
