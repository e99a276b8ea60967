"""A check page saves only what it showed, whatever a colleague has changed since (spec 05 §13)."""

import pytest

from register_ects.models import ECTAtSchoolPeriod, MentorAtSchoolPeriod, MentorshipPeriod
from tests.factories import (
    ActiveLeadProviderFactory,
    ContractPeriodFactory,
    MentorAtSchoolPeriodFactory,
)
from tests.schools.ect_journey import (
    TRN,
    address,
    answers_for,
    change_answers,
    filled,
    find,
    slug_of,
    walk,
    walk_on,
)
from tests.schools.mentor_journey import new_mentor, register
from tests.support.pages import date_parts

pytestmark = pytest.mark.usefixtures("trs")

CHECK, DETAILS = "check-answers", "review-ect-details"
NOTHING_SAVED = (
    "Nothing was saved, because someone changed this registration after you opened the page."
)
CONFIRMED_OTHERS = "already confirmed other answers for this registration. Yours were not saved."
STRUAN, STRUAN_BORN = "4000002", "1980-03-10"


@pytest.fixture
def elm(world):
    return ActiveLeadProviderFactory(year=2026, lead_provider__name="Elm Learning").lead_provider


def change(browser, page, slug, data):
    """Change an answer from the check page of a draft, as a colleague or in another tab."""
    changed = change_answers(browser, page, slug, data)
    assert changed.status_code == 302, changed.text
    return changed.follow()


def refused_with(page):
    """Return what changed, as the page says that nothing was saved."""
    assert page.status_code == 422
    assert slug_of(page) in (CHECK, "already-active-at-school")
    assert list(page.errors) == ["#what-changed"]
    assert page.title.startswith("Error: ")
    return page.changes


def test_a_page_that_still_shows_what_there_is_saves_it(world, oak, colleague):
    page = walk(oak, answers_for(world), to=CHECK)
    change(colleague, page, DETAILS, {"email": "new@oak.example.com"})
    change(colleague, page, DETAILS, {"email": "zofia@oak.example.com"})

    assert slug_of(oak.submit(page).follow()) == "confirmation"


def test_a_page_without_what_it_showed_saves_nothing(world, oak):
    page = walk(oak, answers_for(world), to=CHECK)

    refused = oak.post(address(page, CHECK))

    assert refused.status_code == 422
    assert "part of this page was missing" in refused.text
    assert not ECTAtSchoolPeriod.objects.exists()
    assert slug_of(oak.submit(refused).follow()) == "confirmation"


def test_what_a_page_showed_cannot_be_made_up(world, oak):
    page = walk(oak, answers_for(world), to=CHECK)

    assert oak.post(address(page, CHECK), {"shown": "e30:x"}).status_code == 422
    assert not ECTAtSchoolPeriod.objects.exists()


# -- Registering an ECT ------------------------------------------------------------------------


def test_another_person_is_not_registered_as_an_ect_unseen(world, oak, colleague):
    page = walk(oak, answers_for(world), to=CHECK)
    found = change(colleague, page, "find-ect", find(STRUAN, STRUAN_BORN))
    struan = walk_on(colleague, found, answers_for(world), to=CHECK)
    assert slug_of(struan) == CHECK

    refused = oak.submit(page)

    assert refused_with(refused) == {
        "Name": ("Zofia Lis", "Struan Gillespie"),
        "Teacher reference number (TRN)": (TRN, STRUAN),
    }
    assert not ECTAtSchoolPeriod.objects.exists()
    assert slug_of(oak.submit(refused).follow()) == "confirmation"
    assert ECTAtSchoolPeriod.objects.get().teacher.trn == STRUAN


@pytest.mark.parametrize(
    ("slug", "data", "changed"),
    [
        pytest.param(
            DETAILS,
            {"email": "new@oak.example.com"},
            {"Email address": ("zofia@oak.example.com", "new@oak.example.com")},
            id="email",
        ),
        pytest.param(
            "review-ect-details",
            {"name_is_correct": "no", "corrected_name": "Zofia Nowak"},
            {"Name": ("Zofia Lis", "Zofia Nowak")},
            id="name",
        ),
        pytest.param(
            DETAILS,
            date_parts("started_on", "2026-09-14"),
            {
                "School start date": ("1 September 2026", "14 September 2026"),
                "Training start date": ("10 September 2026, the day you register them", "None"),
            },
            id="start date",
        ),
        pytest.param(
            DETAILS,
            {"working_pattern": "part_time"},
            {"Working pattern": ("Full time", "Part time")},
            id="working pattern",
        ),
        pytest.param(
            "training",
            {"training_programme": "school_led"},
            {
                "Training programme": ("Provider-led", "School-led"),
                "Lead provider": ("Larch Learning", "None"),
                "Delivery partner": ("The lead provider will confirm this", "None"),
            },
            id="programme",
        ),
    ],
)
def test_an_answer_about_an_ect_is_not_saved_unseen(world, oak, colleague, slug, data, changed):
    page = walk(oak, answers_for(world), to=CHECK)
    change(colleague, page, slug, data)

    refused = oak.submit(page)

    assert refused_with(refused) == changed
    assert not ECTAtSchoolPeriod.objects.exists()
    assert slug_of(oak.submit(refused).follow()) == "confirmation"
    assert ECTAtSchoolPeriod.objects.count() == 1


def test_another_lead_provider_of_an_ect_is_not_saved_unseen(world, oak, colleague, elm):
    page = walk(oak, answers_for(world), to=CHECK)
    change(colleague, page, "training", {"lead_provider": str(elm.pk)})

    refused = oak.submit(page)

    assert refused_with(refused) == {"Lead provider": ("Larch Learning", "Elm Learning")}
    assert slug_of(oak.submit(refused).follow()) == "confirmation"
    training = ECTAtSchoolPeriod.objects.get().training_periods.get()
    assert training.lead_provider == elm


def test_a_registration_that_a_colleague_confirmed_leads_both_to_the_confirmation(
    world, oak, colleague
):
    page = walk(oak, answers_for(world), to=CHECK)
    change(colleague, page, DETAILS, {"email": "new@oak.example.com"})
    colleague.confirm(address(page, CHECK))

    landed = oak.submit(page).follow()

    assert slug_of(landed) == "confirmation"
    assert CONFIRMED_OTHERS in landed.text
    assert ECTAtSchoolPeriod.objects.get().email == "new@oak.example.com"


def test_a_registration_that_a_colleague_confirmed_as_shown_needs_no_words(world, oak, colleague):
    page = walk(oak, answers_for(world), to=CHECK)
    colleague.confirm(address(page, CHECK))

    landed = oak.submit(page).follow()

    assert slug_of(landed) == "confirmation"
    assert "already confirmed" not in landed.text


def test_an_answer_that_comes_after_the_registration_is_told_of(world, oak, colleague):
    page = walk(oak, answers_for(world), to=CHECK)
    opened = oak.get(address(page, DETAILS) + "?change=yes")
    colleague.confirm(address(page, CHECK))

    landed = oak.submit(opened, {**filled(opened), "email": "new@oak.example.com"}).follow()

    assert slug_of(landed) == "confirmation"
    assert "Your answer was not kept, because someone had confirmed" in landed.text


def test_a_confirmation_of_somebody_who_was_replaced_says_that_nothing_was_saved(
    world, oak, colleague
):
    page = walk(oak, answers_for(world), to=CHECK)
    change(colleague, page, "find-ect", find(STRUAN, STRUAN_BORN))

    landed = oak.submit(page).follow()

    assert slug_of(landed) == "review-ect-details"
    assert NOTHING_SAVED in landed.text
    assert not ECTAtSchoolPeriod.objects.exists()


def test_a_confirmation_without_its_lead_provider_says_that_nothing_was_saved(
    world, oak, colleague
):
    ContractPeriodFactory(year=2027, enabled=True)  # in which no provider has a contract
    page = walk(oak, answers_for(world), to=CHECK)
    change(colleague, page, DETAILS, date_parts("started_on", "2027-09-01"))

    landed = oak.submit(page).follow()

    assert slug_of(landed) == "training"
    assert NOTHING_SAVED in landed.text
    assert not ECTAtSchoolPeriod.objects.exists()


def test_a_confirmation_after_a_colleague_took_the_email_answer_away_says_so(world, oak, colleague):
    page = walk(oak, answers_for(world), to=CHECK)
    change(colleague, page, "find-ect", find(STRUAN, STRUAN_BORN))

    landed = oak.submit(page).follow()

    assert slug_of(landed) == DETAILS
    assert NOTHING_SAVED in landed.text
    assert NOTHING_SAVED not in oak.get(address(page, DETAILS)).text


# -- Registering a mentor ----------------------------------------------------------------------


def test_another_person_is_not_registered_as_a_mentor_unseen(oak, asha, colleague):
    page = register(oak, asha, new_mentor())
    found = change(colleague, page, "find-mentor", find(STRUAN, STRUAN_BORN))
    assert slug_of(walk_on(colleague, found, new_mentor(), to=CHECK)) == CHECK

    refused = oak.submit(page)

    assert refused_with(refused) == {
        "Teacher reference number (TRN)": (TRN, STRUAN),
        "Name": ("Zofia Lis", "Struan Gillespie"),
    }
    assert not MentorAtSchoolPeriod.objects.exists()
    assert slug_of(oak.submit(refused).follow()) == "confirmation"
    assert MentorAtSchoolPeriod.objects.get().teacher.trn == STRUAN


def test_a_mentors_email_address_and_provider_are_not_saved_unseen(oak, asha, colleague, elm):
    page = register(oak, asha, new_mentor())
    new = {"email": "new@oak.example.com", "use_ect_provider": "no"}
    change(colleague, page, "review-mentor-details", new)
    change(colleague, page, "lead-provider", {"lead_provider": str(elm.pk)})

    refused = oak.submit(page)

    assert refused_with(refused) == {
        "Email address": ("zofia@oak.example.com", "new@oak.example.com"),
        "Lead provider": ("Larch Learning", "Elm Learning"),
    }
    assert not MentorAtSchoolPeriod.objects.exists()
    assert slug_of(oak.submit(refused).follow()) == "confirmation"
    assert MentorAtSchoolPeriod.objects.get().training_periods.get().lead_provider == elm


def test_a_mentors_start_and_what_it_ends_elsewhere_are_not_saved_unseen(oak, asha, colleague):
    ash = MentorAtSchoolPeriodFactory(
        teacher__trn=TRN, started_on="2026-01-05", school__gias_school__name="Ash School"
    )
    page = register(oak, asha, new_mentor())
    change(colleague, page, "mentoring-at-new-school-only", date_parts("started_on", "2026-09-21"))

    refused = oak.submit(page)

    changed = refused_with(refused)
    assert changed["Mentoring start date"] == ("14 September 2026", "21 September 2026")
    assert changed["Time at Ash School"] == (
        "Ends on 13 September 2026",
        "Ends on 20 September 2026",
    )
    ash.refresh_from_db()
    assert ash.finished_on is None


def test_a_mentor_found_here_is_not_swapped_for_another_unseen(world, oak, asha, colleague):
    for trn, name in ((TRN, "Zofia Lis"), (STRUAN, "Struan Gillespie")):
        MentorAtSchoolPeriodFactory(
            school=world.oak, teacher__trn=trn, teacher__corrected_name=name
        )
    page = register(oak, asha, new_mentor())
    assert slug_of(page) == "already-active-at-school"
    colleague.post(address(page, "find-mentor"), find(STRUAN, STRUAN_BORN))

    refused = oak.submit(page)

    assert refused_with(refused) == {
        "Mentor": ("Zofia Lis", "Struan Gillespie"),
        "Teacher reference number (TRN)": (TRN, STRUAN),
    }
    assert not MentorshipPeriod.objects.exists()


def test_a_mentor_found_here_who_was_replaced_is_told_of_as_not_saved(world, oak, asha, colleague):
    MentorAtSchoolPeriodFactory(school=world.oak, teacher__trn=TRN)
    page = register(oak, asha, new_mentor())
    assert slug_of(page) == "already-active-at-school"
    opened = colleague.get(address(page, "find-mentor"))
    colleague.submit(opened, find(STRUAN, STRUAN_BORN))

    landed = oak.submit(page).follow()

    assert slug_of(landed) == "review-mentor-details"
    assert NOTHING_SAVED in landed.text
    assert not MentorshipPeriod.objects.exists()


def test_a_mentor_whom_a_colleague_confirmed_otherwise_is_told_of(oak, asha, colleague):
    page = register(oak, asha, new_mentor())
    change(colleague, page, "review-mentor-details", {"email": "new@oak.example.com"})
    colleague.confirm(address(page, CHECK))

    landed = oak.submit(page).follow()

    assert slug_of(landed) == "confirmation"
    assert CONFIRMED_OTHERS in landed.text
    assert MentorAtSchoolPeriod.objects.get().email == "new@oak.example.com"


# -- Assigning a mentor ------------------------------------------------------------------------


def test_another_mentor_is_not_assigned_unseen(world, oak, asha, colleague):
    ben, carla = (
        MentorAtSchoolPeriodFactory(
            school=world.oak, teacher__corrected_name=name, started_on="2026-09-01"
        )
        for name in ("Ben Lowe", "Carla Diaz")
    )
    answers = {
        "new": {"mentor": str(ben.pk)},
        "review-mentor-eligibility": {"use_ect_provider": "yes"},
    }
    start = oak.get(f"/school/ects/{asha.pk}/mentorship/new")
    page = walk_on(oak, start, answers, to=CHECK)
    chosen = change(colleague, page, "new", {"mentor": str(carla.pk)})
    assert slug_of(walk_on(colleague, chosen, answers, to=CHECK)) == CHECK

    refused = oak.submit(page)

    assert refused_with(refused) == {"New mentor": ("Ben Lowe", "Carla Diaz")}
    assert not MentorshipPeriod.objects.exists()
    assert slug_of(oak.submit(refused).follow()) == "confirmation"
    assert MentorshipPeriod.objects.get().mentor_at_school_period == carla


def test_another_provider_of_an_assigned_mentor_is_not_saved_unseen(
    world, oak, asha, colleague, elm
):
    ben = MentorAtSchoolPeriodFactory(school=world.oak, started_on="2026-09-01")
    answers = {
        "new": {"mentor": str(ben.pk)},
        "review-mentor-eligibility": {"use_ect_provider": "yes"},
    }
    page = walk_on(oak, oak.get(f"/school/ects/{asha.pk}/mentorship/new"), answers, to=CHECK)
    change(colleague, page, "review-mentor-eligibility", {"use_ect_provider": "no"})
    change(colleague, page, "lead-provider", {"lead_provider": str(elm.pk)})

    refused = oak.submit(page)

    assert refused_with(refused) == {"Mentor’s lead provider": ("Larch Learning", "Elm Learning")}
    assert not MentorshipPeriod.objects.exists()
    assert slug_of(oak.submit(refused).follow()) == "confirmation"
