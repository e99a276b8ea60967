"""A mentor moves to another school of the user's, to mentor an ECT there (spec 05 §20.6, §8.3)."""

from datetime import date

import pytest

from register_ects.models import MentorAtSchoolPeriod, MentorshipPeriod, OutgoingEmail
from register_ects.operations.placements.mentoring import register_mentor
from register_ects.operations.placements.registration import register_ect
from tests.factories import (
    ECTAtSchoolPeriodFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    SchoolFactory,
)
from tests.registrations import AUTHOR, ect, mentor, record
from tests.schools.change_journey import rows
from tests.schools.ect_journey import TRN, slug_of, walk_on, with_changes
from tests.schools.moving import record_of, somebody_at, start_of
from tests.support.pages import date_parts

pytestmark = pytest.mark.usefixtures("trs")

LAST_DAY, FIRST_DAY = date(2026, 10, 31), date(2026, 11, 1)


@pytest.fixture
def zofia(world, asha):
    """Zofia Lis, whom TRS knows: Asha's mentor, trained by Larch Learning."""
    about = record(TRN, first_name="Zofia", last_name="Lis")
    details = mentor(record=about, email="zofia@example.com", lead_provider=world.larch)
    return register_mentor(world.oak, asha, details, author=AUTHOR)


@pytest.fixture
def lou(world):
    """Lou Fourth, an ECT at Elm with provider-led training and no mentor."""
    details = ect(
        world, record=record("4000004", first_name="Lou", last_name="Fourth"), email="lou@e.example"
    )
    return register_ect(world.elm, details, author=AUTHOR)


def answers_to(ect, **changes):
    answers = {
        "choose-school": {"school": str(ect.school.pk)},
        "choose-ect": {"ect": str(ect.pk)},
        "details": {
            **date_parts("leaving_on", LAST_DAY),
            **date_parts("started_on", FIRST_DAY),
            "email": "zofia@elm.example.com",
        },
    }
    return with_changes(answers, changes)


def walk(browser, placement, answers):
    return walk_on(browser, browser.get(start_of(placement)), answers, to="check-answers")


def test_the_mentor_leaves_one_school_and_mentors_at_the_other(world, denise, zofia, lou):
    page = walk(denise, zofia, answers_to(lou))
    told = rows(page)
    assert told["Mentoring of Asha Rao"] == "Ends on 31 October 2026"
    assert told["Mentor training at Elm School"].startswith("Larch Learning")

    done = denise.submit(page).follow()

    assert done.h1 == "Zofia Lis is moving to Elm School"
    zofia.refresh_from_db()
    moved = MentorAtSchoolPeriod.objects.get(school=world.elm)
    assert (zofia.finished_on, moved.started_on) == (LAST_DAY, FIRST_DAY)
    assert zofia.reported_leaving_by_school == world.oak
    assert moved.mentorship_periods.get().ect_at_school_period == lou
    assert moved.training_periods.get().lead_provider == world.larch
    assert zofia.training_periods.get().finished_on == LAST_DAY
    assert denise.get(record_of(moved)).h1 == "Zofia Lis"


def test_the_ects_who_need_another_mentor_are_named(world, denise, asha, zofia, lou):
    MentorAtSchoolPeriodFactory(school=world.oak, started_on="2026-09-10")
    page = walk(denise, zofia, answers_to(lou))
    another = "Choose another mentor for Asha Rao"
    assert another in page.text

    done = denise.submit(page).follow()

    (link,) = (each["href"] for each in done.select("main a") if each.text == another)
    assert denise.get(link).status_code == 200
    assert link.startswith(record_of(asha))


def test_each_is_told_once(denise, zofia, lou):
    before = OutgoingEmail.objects.count()

    denise.submit(walk(denise, zofia, answers_to(lou)))

    sent = OutgoingEmail.objects.order_by("pk")[before:]
    assert sorted(each.template for each in sent) == [
        "mentor_registered",
        "mentor_registered_summary",
    ]


def test_whom_they_take_over_from_is_told(world, denise, zofia, lou):
    now = MentorshipPeriodFactory(
        school=world.elm, ect_at_school_period=lou, started_on="2026-09-10"
    )

    page = walk(denise, zofia, answers_to(lou))
    name = now.mentor_at_school_period.teacher.name
    assert rows(page)["Takes over from"] == name
    denise.submit(page)

    now.refresh_from_db()
    assert now.finished_on == LAST_DAY
    assert MentorshipPeriod.objects.filter(ect_at_school_period=lou).count() == 2


def test_another_lead_provider_can_be_chosen(world, denise, zofia, lou):
    page = walk(denise, zofia, answers_to(lou))
    (link,) = (
        each["href"] for each in page.select("a[href*=lead-provider]") if "Change" in each.text
    )

    asked = denise.get(link)

    assert asked.select_one("input[checked]")["value"] == str(world.larch.pk)


def test_who_mentors_at_a_third_school_too_goes_on_there_without_training_here(
    world, denise, zofia, lou
):
    third = MentorAtSchoolPeriodFactory(
        school=SchoolFactory(), teacher=zofia.teacher, started_on="2026-09-10"
    )

    page = walk(denise, zofia, answers_to(lou))
    told = rows(page)["Mentor training at Elm School"]
    assert told == "None: another school has them as a mentor too"
    denise.submit(page)

    third.refresh_from_db()
    moved = MentorAtSchoolPeriod.objects.get(school=world.elm)
    assert third.finished_on is None
    assert not moved.training_periods.exists()


def test_a_school_without_an_ect_to_mentor_is_not_offered(denise, zofia):
    page = denise.get(start_of(zofia))

    assert page.h1 == "Zofia Lis cannot move to another of your schools"
    assert "It has no ECT who needs a mentor" in page.text


def test_a_school_that_has_them_already_is_not_offered(world, denise, zofia, lou):
    MentorAtSchoolPeriodFactory(school=world.elm, teacher=zofia.teacher, started_on="2026-09-10")

    page = denise.get(start_of(zofia))

    assert "They are registered as a mentor there already." in page.text


def test_an_ect_of_another_school_is_not_taken(denise, zofia, lou):
    other = ECTAtSchoolPeriodFactory(school=SchoolFactory())

    page = walk(denise, zofia, {**answers_to(lou), "choose-ect": {"ect": str(other.pk)}})

    assert (page.status_code, slug_of(page)) == (422, "choose-ect")


def test_the_first_day_comes_after_the_last(denise, zofia, lou):
    page = walk(denise, zofia, answers_to(lou, details=date_parts("started_on", LAST_DAY)))

    assert (page.status_code, slug_of(page)) == (422, "details")
    assert "Their first day at Elm School must be 1 November 2026 or later" in page.text


def test_the_record_leads_to_it(denise, zofia):
    assert start_of(zofia) in [link["href"] for link in denise.get(record_of(zofia)).select("a")]


def test_another_schools_mentor_is_not_found(world, denise, sign_in, zofia):
    elsewhere = start_of(zofia).replace(str(world.oak.urn), str(world.elm.urn))

    assert denise.get(elsewhere).status_code == 404
    assert sign_in(world.elm).get(start_of(zofia)).status_code == 404


def test_a_colleague_without_the_new_school_reads_nothing_of_it(world, denise, sign_in, zofia, lou):
    check = walk(denise, zofia, answers_to(lou))
    begun = check.response.request["PATH_INFO"].rsplit("/", 1)[0]
    colleague = sign_in(somebody_at(world.oak, SchoolFactory()))

    for slug in ("choose-ect", "details", "lead-provider", "check-answers"):
        assert colleague.get(f"{begun}/{slug}").location == start_of(zofia)
    denise.submit(check)
    assert colleague.get(f"{begun}/confirmation").status_code == 404
