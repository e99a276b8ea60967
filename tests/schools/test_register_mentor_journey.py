"""A school registers a new mentor for an ECT (spec 05 §8.3)."""

from datetime import date
from decimal import Decimal

import pytest

from register_ects.models import (
    ContractPeriod,
    MentorAtSchoolPeriod,
    MentorshipPeriod,
    TrainingPeriod,
)
from register_ects.operations.inductions.periods import pass_induction
from register_ects.rules.enumerations import InductionStatus, MentorFundingEndReason
from tests.factories import (
    ActiveLeadProviderFactory,
    ContractPeriodFactory,
    ECTAtSchoolPeriodFactory,
    InductionPeriodFactory,
    MentorAtSchoolPeriodFactory,
    TeacherFactory,
    TrainingPeriodFactory,
)
from tests.inductions import AUTHOR as BODY
from tests.schools.ect_journey import TRN, address, change_answers, find, slug_of
from tests.schools.mentor_journey import confirm, new_mentor, register
from tests.support.pages import date_parts

pytestmark = pytest.mark.usefixtures("trs")

NO_TRAINING = {"use_ect_provider": ""}


def test_a_new_mentor_is_registered_assigned_and_trained(world, oak, asha):
    page = register(oak, asha, new_mentor())

    done = confirm(oak, page)

    assert done.h1 == "Zofia Lis is Asha Rao’s mentor"
    placement = MentorAtSchoolPeriod.objects.get(teacher__trn=TRN)
    assert placement.training_periods.get().lead_provider == world.larch
    assert asha.mentorship_periods.get().mentor_at_school_period == placement


def test_registering_a_mentor_twice_registers_once(oak, asha):
    page = register(oak, asha, new_mentor())
    first, again = confirm(oak, page), confirm(oak, page)

    assert slug_of(first) == slug_of(again) == "confirmation"
    assert MentorAtSchoolPeriod.objects.count() == 1


def test_two_tabs_register_a_mentor_once(oak, asha):
    first, second = register(oak, asha, new_mentor()), register(oak, asha, new_mentor())
    confirm(oak, first)

    already = oak.submit(second).follow()

    assert slug_of(already) == "already-active-at-school"
    assert already.h1 == "Zofia Lis is already Asha Rao’s mentor"
    assert MentorAtSchoolPeriod.objects.count() == 1


@pytest.mark.parametrize("fault", ["down", "500", "429"])
def test_when_trs_is_down_the_mentors_details_stay(oak, asha, trs, fault):
    trs.fault(fault)

    refused = register(oak, asha, new_mentor())

    assert refused.status_code == 422
    assert "cannot check the Teaching Record System at the moment" in refused.text
    assert refused.select_one("#trn")["value"] == TRN


def test_school_led_asks_nothing_about_training(world, oak, school_led):
    page = register(oak, school_led, new_mentor(review_mentor_details=NO_TRAINING))

    assert slug_of(page) == "check-answers"
    confirm(oak, page)
    assert not TrainingPeriod.objects.filter(trainee_role="mentor").exists()


def test_a_mentor_who_had_their_training_is_not_offered_more(world, oak, asha):
    TeacherFactory(
        trn=TRN,
        mentor_became_ineligible_for_funding_on="2025-07-01",
        mentor_became_ineligible_for_funding_reason=(
            MentorFundingEndReason.COMPLETED_DECLARATION_RECEIVED
        ),
    )

    page = register(oak, asha, new_mentor(review_mentor_details=NO_TRAINING))

    assert "cannot have funded mentor training" in page.text


def test_a_provider_outside_the_mentors_year_is_not_assumed(world, oak, asha):
    asha.training_periods.get().delete()
    old = ActiveLeadProviderFactory(year=2025)
    TrainingPeriodFactory(
        eoi_only=True, ect_at_school_period=asha, lead_provider=old.lead_provider, year=2025
    )

    page = register(oak, asha, new_mentor())

    assert slug_of(page) == "lead-provider"
    assert old.lead_provider.name not in page.text


def test_a_mentor_of_another_school_who_comes_here_only_leaves_it(world, oak, asha):
    ash = MentorAtSchoolPeriodFactory(teacher__trn=TRN, school=world.elm)

    page = register(oak, asha, new_mentor())
    assert "14 September 2026" in page.text
    confirm(oak, page)

    ash.refresh_from_db()
    assert str(ash.finished_on) == "2026-09-13"


def test_a_mentor_who_stays_elsewhere_too_is_not_asked_when_and_keeps_training(world, oak, asha):
    MentorAtSchoolPeriodFactory(teacher__trn=TRN, school=world.elm)
    answers = new_mentor(mentoring_at_new_school_only={"only_here": "no"})

    page = register(oak, asha, answers)
    confirm(oak, page)

    here = MentorAtSchoolPeriod.objects.get(school=world.oak)
    assert "Any training they have there goes on" in page.text
    assert not here.training_periods.exists()


def test_a_former_mentor_is_shown_their_earlier_training(world, oak, asha):
    TrainingPeriodFactory(
        for_mentor=True,
        teacher__trn=TRN,
        school=world.elm,
        lead_provider=world.larch,
        finished=True,
        mentor_at_school_period__finished=True,
    )
    page = register(oak, asha, new_mentor(), to="programme-choices")

    assert slug_of(page) == "programme-choices"
    assert "Larch Learning" in page.text


@pytest.mark.parametrize(
    ("answers", "slug"),
    [
        (new_mentor("7000002"), "trn-not-found"),
        (new_mentor("7000004", "1977-02-03"), "record-not-active"),
        (new_mentor("7000003", "1977-02-03"), "cannot-register-mentor"),
        (
            new_mentor(
                find_mentor={
                    **find(TRN, "1990-01-01"),
                    "national_insurance_number": "AB123456D",
                }
            ),
            "not-found",
        ),
    ],
)
def test_people_who_cannot_be_registered_as_mentors(oak, asha, answers, slug):
    assert slug_of(register(oak, asha, answers)) == slug


def test_who_is_prohibited_leads_to_a_search_for_someone_else(oak, asha, trs):
    page = register(oak, asha, new_mentor("7000003", "1977-02-03"))

    link = next(each for each in page.select("main a") if each.text == "Search for someone else")
    assert slug_of(oak.get(link["href"])) == "find-mentor"


def test_an_ect_cannot_mentor_themself(oak, asha, trs):
    asha.teacher.trn = TRN
    asha.teacher.save()

    assert slug_of(register(oak, asha, new_mentor())) == "cannot-mentor-themself"


def test_the_ects_own_trn_is_noticed_before_a_second_proof_is_asked_for(asha, oak):
    asha.teacher.trn = TRN
    asha.teacher.save()

    page = register(oak, asha, new_mentor(TRN, "1990-01-01"))

    assert slug_of(page) == "cannot-mentor-themself"
    assert slug_of(oak.get(page.select_one("a.govuk-button")["href"])) == "find-mentor"


def test_a_correction_of_the_name_that_is_taken_back_is_forgotten(oak, asha):
    corrected = {"name_is_correct": "no", "corrected_name": "Zofia Nowak"}
    page = register(oak, asha, new_mentor(review_mentor_details=corrected))
    assert "Zofia Nowak" in page.text

    right = {"name_is_correct": "yes"}
    changed = change_answers(oak, page, "review-mentor-details", right).follow()

    assert slug_of(changed) == "check-answers"
    assert "Zofia Nowak" not in changed.text


def test_a_start_date_that_is_no_longer_asked_for_is_forgotten(world, oak, asha):
    MentorAtSchoolPeriodFactory(teacher__trn=TRN, school=world.elm)
    page = register(oak, asha, new_mentor())

    both = {"only_here": "no"}
    changed = change_answers(oak, page, "mentoring-at-new-school-only", both).follow()
    confirm(oak, changed)

    here = MentorAtSchoolPeriod.objects.get(school=world.oak)
    assert str(here.started_on) == "2026-09-10"


def test_a_first_time_mentor_waits_until_this_year_is_open(world, oak, asha):
    ContractPeriod.objects.filter(year=2026).update(enabled=False)

    page = register(oak, asha, new_mentor())

    assert slug_of(page) == "cannot-register-mentor-yet"
    assert "2026 to 2027" in page.text
    assert "Change the start date" not in page.text


def test_a_change_of_the_start_to_a_closed_year_leaves_the_accepted_one(world, oak, asha):
    ContractPeriodFactory(year=2027, enabled=False)
    MentorAtSchoolPeriodFactory(teacher__trn=TRN, school=world.elm, finished=True)
    page = register(oak, asha, new_mentor())

    stopped = oak.post(
        address(page, "started-on") + "?change=yes", date_parts("started_on", "2027-09-01")
    ).follow()
    assert slug_of(stopped) == "cannot-register-mentor-yet"
    assert "2027 to 2028" in stopped.text
    check = oak.get(stopped.select_one(".govuk-back-link")["href"])

    assert slug_of(check) == "check-answers"
    assert "14 September 2026" in check.text
    assert slug_of(confirm(oak, page)) == "confirmation"
    assert str(MentorAtSchoolPeriod.objects.get(school=world.oak).started_on) == "2026-09-14"


def test_an_email_of_a_mentor_that_looks_shared_is_warned_of(oak, asha):
    page = register(oak, asha, new_mentor(review_mentor_details={"email": "head@oak.example.com"}))

    assert slug_of(page) == "check-answers"
    assert "looks as if several people use it" in page.text


def test_a_mentor_here_whom_the_ects_provider_cannot_train_is_sent_to_the_ects_page(
    world, oak, asha
):
    asha.training_periods.get().delete()
    old = ActiveLeadProviderFactory(year=2025)
    TrainingPeriodFactory(
        eoi_only=True, ect_at_school_period=asha, lead_provider=old.lead_provider, year=2025
    )
    MentorAtSchoolPeriodFactory(teacher__trn=TRN, school=world.oak)
    page = register(oak, asha, new_mentor())

    refused = oak.submit(page)

    assert "select another lead provider" in refused.text
    assert not MentorshipPeriod.objects.exists()


def test_a_mentor_here_already_is_assigned_without_registering_again(world, oak, asha):
    here = MentorAtSchoolPeriodFactory(teacher__trn=TRN, school=world.oak, finished_on="2026-12-18")

    page = register(oak, asha, new_mentor())
    assert slug_of(page) == "already-active-at-school"
    assert "last day as a mentor at your school is 18 December 2026" in page.text
    oak.submit(page)

    assert asha.mentorship_periods.get().mentor_at_school_period == here
    assert str(asha.mentorship_periods.get().finished_on) == "2026-12-18"


@pytest.mark.parametrize(
    ("school", "where"), [("elm", "at another school"), ("oak", "at your school")]
)
def test_someone_who_is_an_ect_comes_with_a_warning_and_stays_one(world, oak, asha, school, where):
    placement = ECTAtSchoolPeriodFactory(teacher__trn=TRN, school=getattr(world, school))
    training = TrainingPeriodFactory(ect_at_school_period=placement)

    review = register(oak, asha, new_mentor(), to="review-mentor-details")
    check = register(oak, asha, new_mentor())

    for page in (review, check):
        assert (
            f"is registered as an ECT {where}. Check that they are the right person." in page.text
        )
        assert "they stay an ECT and their own training goes on" in page.text
        assert "Elm School" not in page.text
    assert slug_of(confirm(oak, check)) == "confirmation"
    for row in (placement, training):
        row.refresh_from_db()
        assert row.finished_on is None


def test_someone_who_was_an_ect_comes_without_a_warning(world, oak, asha):
    ECTAtSchoolPeriodFactory(teacher__trn=TRN, school=world.elm, finished=True)

    for to in ("review-mentor-details", "check-answers"):
        assert "registered as an ECT" not in register(oak, asha, new_mentor(), to=to).text


@pytest.mark.parametrize("known_from", ["TRS", "a body"])
def test_someone_whose_own_induction_is_over_comes_without_a_warning(world, oak, asha, known_from):
    placement = ECTAtSchoolPeriodFactory(teacher__trn=TRN, school=world.oak)
    if known_from == "TRS":
        placement.teacher.trs_induction_status = InductionStatus.PASSED
        placement.teacher.save()
    else:
        induction = InductionPeriodFactory(
            teacher=placement.teacher, started_on=date(2024, 9, 2), finished_on=None
        )
        pass_induction(
            induction, finished_on=date(2026, 9, 9), number_of_terms=Decimal(6), author=BODY
        )

    for to in ("review-mentor-details", "check-answers"):
        page = register(oak, asha, new_mentor(), to=to)
        assert "registered as an ECT" not in page.text
        assert "stay an ECT" not in page.text
    assert slug_of(confirm(oak, page)) == "confirmation"


def test_a_taken_email_stops_until_another_is_given_and_keeps_the_provider(world, oak, asha):
    page = register(oak, asha, new_mentor(review_mentor_details={"email": "asha@oak.example.com"}))

    assert slug_of(page) == "cant-use-email"


def test_changing_the_email_keeps_another_provider_already_chosen(world, oak, asha):
    other = ActiveLeadProviderFactory(year=2026).lead_provider
    page = register(
        oak,
        asha,
        new_mentor(
            review_mentor_details={"use_ect_provider": "no"},
            lead_provider={"lead_provider": str(other.pk)},
        ),
    )

    new = {"email": "new@oak.example.com"}
    changed = change_answers(oak, page, "review-mentor-details", new).follow()

    assert slug_of(changed) == "check-answers"
    assert other.name in changed.text


@pytest.mark.parametrize("query", ["", "?ect_id=", "?ect_id=999999", "?ect_id=x"])
def test_the_start_page_needs_an_ect_of_the_school(oak, asha, query):
    assert oak.get(f"/school/register-mentor/find-mentor{query}").status_code == 404


def test_another_schools_ect_is_not_found_on_the_start_page(world, sign_in, asha):
    url = f"/school/register-mentor/find-mentor?ect_id={asha.pk}"

    assert sign_in(world.elm).get(url).status_code == 404


def test_the_page_for_mentors_without_a_trn_explains_and_leads_back(world, oak, sign_in, asha):
    search = register(oak, asha, new_mentor(), to="find-mentor")
    address_of_page = search.select_one("a[href*='no-trn']")["href"]

    page = oak.get(address_of_page)

    assert "need a TRN" in page.text
    back = page.select_one(".govuk-back-link")["href"]
    assert oak.get(back).h1 == search.h1
    other_school = sign_in(world.elm).get(address_of_page)
    assert other_school.select_one(".govuk-back-link")["href"] == "/school/home/ects"


@pytest.mark.parametrize("query", ["", "?draft=", "?draft=x"])
def test_without_a_draft_that_page_leads_back_to_the_ects(oak, query):
    page = oak.get(f"/school/register-mentor/no-trn{query}")

    assert page.select_one(".govuk-back-link")["href"] == "/school/home/ects"


@pytest.mark.parametrize(
    ("address_without_draft", "start"),
    [
        ("/school/register-ect/check-answers", "/school/register-ect/find-ect"),
        (
            "/school/register-mentor/check-answers?ect_id=7",
            "/school/register-mentor/find-mentor?ect_id=7",
        ),
        ("/school/register-mentor/check-answers", "/school/home"),
        ("/school/ects/7/mentorship/check-answers", "/school/ects/7/mentorship/new"),
    ],
)
def test_a_step_without_a_draft_leads_to_the_start(oak, address_without_draft, start):
    assert oak.get(address_without_draft).location == start
    assert oak.post(address_without_draft).location == start


@pytest.mark.parametrize("journey", ["register-ect", "register-mentor", "ects/7/mentorship"])
def test_an_unknown_step_without_a_draft_is_not_found(oak, journey):
    assert oak.get(f"/school/{journey}/nonsense").status_code == 404
