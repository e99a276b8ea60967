"""Claim an ECT in three steps (spec 06 §6.8)."""

from datetime import date

import pytest

from appropriate_bodies import lookups
from register_ects.invented.stand_ins.trs import person
from register_ects.models import InductionPeriod, JourneyDraft, TRSInductionUpdate
from register_ects.web import drafts, identity
from register_ects.web.failed_look_ups import TooManyAtOnce
from tests.factories import AppropriateBodyFactory, InductionPeriodFactory
from tests.inductions import BORN_ON
from tests.support.pages import date_parts

FIND = "/appropriate-body/claim-an-ect/find-ect/new"

BAD_TEXTS = [
    pytest.param("", id="empty"),
    pytest.param("   ", id="spaces"),
    pytest.param("9" * 10_000, id="10,000 characters"),
    pytest.param("300\x000101", id="NUL"),
    pytest.param("300\x07", id="control"),
    pytest.param("\u202e\u0661\u0662\u0663\u0664\u0665\u0666\u0667", id="right to left"),
    pytest.param("<script>alert(1)</script>", id="script"),
]


def who(trn="3000101", born_on=BORN_ON):
    return {"trn": trn, **date_parts("date_of_birth", born_on)}


def someone(email):
    return {"name": "Some One", "email": email, "provider": "dfe_sign_in"}


def details(started_on="2025-09-01", programme="provider_led"):
    return {**date_parts("started_on", started_on), "training_programme": programme}


@pytest.fixture
def found(user, trs):
    """The address of step 2, after Amara was found."""
    return user.post(FIND, who()).location


@pytest.fixture
def confirmed(user, found):
    """The address of step 3, after step 2."""
    return user.post(found).location


def test_the_whole_claim(hub, user, trs):
    check = user.post(FIND, who()).follow()
    assert check.h1 == "Check details for Amara Oduya"
    assert "1 July 2023" in check.text

    register = user.submit(check).follow()
    assert register.h1 == "Tell us about Amara Oduya’s induction"

    address = JourneyDraft.objects.get().pk
    done = user.post(
        f"/appropriate-body/claim-an-ect/register-ect/{address}/edit", details()
    ).follow()
    assert done.h1 == "You’ve claimed Amara Oduya"

    period = InductionPeriod.objects.get()
    assert (period.appropriate_body, period.started_on) == (hub, date(2025, 9, 1))
    assert period.training_programme == "provider_led"
    assert "Amara Oduya" in user.get("/appropriate-body/teachers").text


@pytest.mark.usefixtures("trs")
@pytest.mark.parametrize(
    "asked",
    [
        who("3000102", BORN_ON),
        who("3000101", date(1998, 2, 2)),
        who("7000002"),
        who("7000004", date(1977, 2, 3)),
    ],
    ids=["another's birth date", "wrong birth date", "unknown", "deactivated"],
)
def test_whatever_is_wrong_the_user_hears_that_the_pair_found_nobody(user, asked):
    page = user.post(FIND, asked)

    assert page.status_code == 422
    assert list(page.errors.values()) == [
        "No teacher record matches this TRN and date of birth. Check both and try again"
    ]
    assert not JourneyDraft.objects.exists()


def test_a_merged_record_is_followed_and_the_new_trn_told(user, trs):
    page = user.post(FIND, who("7000011", date(1977, 2, 3))).follow()

    assert "TRN has changed. It is now 7000012" in page.text


def test_a_trn_may_be_typed_as_the_hint_says(user, trs):
    trs.upsert(person("9912345", date_of_birth=BORN_ON, qts_held_from=date(2023, 7, 1)))
    assert "1234567 or RP99/12345" in user.get(FIND).select_one("#trn-hint").get_text()

    assert "9912345" in user.post(FIND, who("RP99/12345")).follow().text


def test_a_short_trn_gets_its_zeros(user, trs):
    trs.upsert(person("0012345", date_of_birth=BORN_ON, qts_held_from=date(2023, 7, 1)))

    assert "0012345" in user.post(FIND, who("RP 12345")).follow().text


@pytest.mark.parametrize("fault", ["500", "429", "down"])
def test_when_trs_is_away_the_user_is_asked_to_try_again(user, trs, fault):
    trs.fault(fault, times=1)

    page = user.post(FIND, who())

    assert page.status_code == 503
    assert "cannot reach the Teaching Record System" in page.text
    assert page.select_one("#trn")["value"] == "3000101"


@pytest.mark.parametrize("typed", BAD_TEXTS)
def test_bad_trns_are_refused_at_the_field(user, typed):
    page = user.post(FIND, {**who(), "trn": typed})

    assert page.status_code == 422
    assert page.title.startswith("Error: Find an ECT")
    assert page.select_one("#trn-error")
    assert not page.select("main script")


@pytest.mark.parametrize("typed", BAD_TEXTS)
def test_bad_birth_dates_are_refused_at_the_field(user, typed):
    page = user.post(FIND, {**who(), "date_of_birth-year": typed})

    assert page.status_code == 422
    assert page.select_one("#date_of_birth-error")


def test_a_trn_in_the_address_fills_the_field(user):
    assert user.get(f"{FIND}?trn=3000101").select_one("#trn")["value"] == "3000101"


def test_an_ect_the_body_holds_already_is_shown(hub, user, trs):
    held = InductionPeriodFactory(appropriate_body=hub, teacher__trn="3000101")

    page = user.post(FIND, who()).follow()

    assert page.h1 == held.teacher.name
    assert "already registered with you" in page.text


@pytest.mark.usefixtures("trs")
@pytest.mark.parametrize(
    ("trn", "reason"),
    [
        ("7000001", "does not have qualified teacher status"),
        ("7000003", "is prohibited from teaching"),
        ("7000007", "has already passed"),
        ("7000008", "has already failed"),
        ("7000009", "is exempt"),
        ("7000010", "has already failed"),
    ],
)
def test_someone_who_cannot_be_claimed_gets_the_reason_and_no_button(user, trn, reason):
    answer = user.post(FIND, who(trn, date(1977, 2, 3)))
    page = answer.follow()

    assert page.h1 == "You cannot claim this ECT"
    assert reason in page.select_one(".govuk-warning-text").get_text()
    assert not page.select("main button")
    assert user.post(answer.location).status_code == 422


def test_alerts_are_named_but_never_told(user, trs):
    page = user.post(FIND, who("7000005", date(1977, 2, 3))).follow()

    assert "Check a teacher’s record" in page.text
    assert page.select("main form button")


def test_the_body_that_holds_someone_is_named(user, found):
    InductionPeriodFactory(teacher__trn="3000101", appropriate_body__name="Hub B")

    page = user.get(found)

    assert "registered with Hub B" in page.text
    assert page.select_one("main a[href^=mailto]")
    assert user.post(found).status_code == 422


def test_step_3_needs_step_2(user, found):
    pk = JourneyDraft.objects.get().pk

    page = user.get(f"/appropriate-body/claim-an-ect/register-ect/{pk}/edit")

    assert page.location == found


@pytest.mark.parametrize(
    ("answers", "errors"),
    [
        (
            {},
            {"#started_on-day": "Enter the induction start date", "#training_programme": "Select"},
        ),
        (details("2026-07-17"), {"#started_on-day": "today or in the past"}),
        (details("2021-08-31"), {"#started_on-day": "on or after 1 September 2021"}),
        (details("2023-06-30"), {"#started_on-day": "on or after 1 July 2023"}),
        (details(programme="<script>"), {"#training_programme": "Select"}),
        ({**details(), "started_on-day": "31", "started_on-month": "2"}, {"#started_on": ""}),
    ],
)
def test_step_3_says_what_is_wrong_and_where(user, confirmed, answers, errors):
    page = user.post(confirmed, answers)

    assert page.status_code == 422
    for link, message in errors.items():
        text = next(text for href, text in page.errors.items() if href.startswith(link))
        assert message in text
    assert not InductionPeriod.objects.exists()


@pytest.mark.parametrize("typed", BAD_TEXTS)
def test_bad_start_dates_are_refused(user, confirmed, typed):
    page = user.post(confirmed, {**details(), "started_on-year": typed})

    assert page.status_code == 422
    assert page.select_one("#started_on-error")


def test_a_start_may_be_written_with_a_year_of_two_numbers(user, confirmed):
    user.post(confirmed, {**details(), "started_on-year": "25"})

    assert InductionPeriod.objects.get().started_on == date(2025, 9, 1)


def test_a_start_on_the_last_day_elsewhere_is_refused_with_the_next_day(user, confirmed):
    InductionPeriodFactory(
        teacher__trn="3000101",
        started_on=date(2024, 9, 2),
        finished_on=date(2025, 3, 31),
        number_of_terms=2,
    )

    page = user.post(confirmed, details("2025-03-31"))

    assert "on or after 1 April 2025" in page.errors["#started_on-day"]


def test_the_loser_of_a_race_is_told_who_won(user, confirmed):
    InductionPeriodFactory(teacher__trn="3000101", appropriate_body__name="Hub B")

    page = user.post(confirmed, details())

    assert page.status_code == 422
    assert "registered with Hub B" in next(iter(page.errors.values()))
    assert InductionPeriod.objects.count() == 1


def test_sending_the_last_step_twice_claims_once(user, confirmed):
    first, second = user.post(confirmed, details()), user.post(confirmed, details())

    assert first.location == second.location
    assert InductionPeriod.objects.count() == 1


@pytest.mark.parametrize("changes", [{"started_on": "2025-10-01"}, {"programme": "school_led"}])
def test_a_claim_sent_again_with_other_answers_is_not_dropped_in_silence(user, confirmed, changes):
    user.post(confirmed, details())

    page = user.post(confirmed, details(**changes))

    assert page.status_code == 422
    assert "You have already claimed Amara Oduya, from 1 September 2025, provider-led" in page.text
    assert "These answers were not saved" in page.text
    assert InductionPeriod.objects.get().started_on == date(2025, 9, 1)


def test_what_is_claimed_from_another_search_meanwhile_is_confirmed_or_told(user, confirmed):
    other = user.post(user.post(FIND, who()).location).location
    third = user.post(user.post(FIND, who()).location).location
    user.post(confirmed, details())

    refused = user.post(other, details(programme="school_led"))
    page = user.post(third, details()).follow()

    assert refused.status_code == 422
    assert "You have already claimed Amara Oduya, from 1 September 2025" in refused.text
    assert page.h1 == "You’ve claimed Amara Oduya"
    assert InductionPeriod.objects.count() == 1


def test_a_search_may_be_sent_to_the_address_without_new(user, trs):
    answer = user.post(FIND.removesuffix("/new"), who())

    assert (answer.status_code, answer.location) == (307, FIND)
    assert user.get(FIND.removesuffix("/new")).location == FIND


def test_too_many_failed_searches_are_stopped_for_an_hour(user, trs):
    for number in range(20):
        user.post(FIND, who(trn=f"40000{number:02d}"))

    page = user.post(FIND, who())

    assert page.status_code == 429
    assert "Too many searches found nobody" in page.text


def test_one_trn_is_guessed_at_so_often_from_whatever_sign_in(sign_in, trs):
    bodies = [AppropriateBodyFactory(active=True) for _ in range(3)]
    people = [
        sign_in(identity.appropriate_body_data(body.pk, **someone(f"{name}@{body.pk}.example.org")))
        for body in bodies
        for name in ("ada", "bola")
    ]
    for attempt in range(10):
        wrong = people[attempt % len(people)].post(FIND, who(born_on=date(1990, 1, attempt + 1)))
        assert wrong.status_code == 422

    newcomer = sign_in(AppropriateBodyFactory(active=True))
    page = newcomer.post(FIND, who())

    assert page.status_code == 429
    assert "Too many searches found nobody" in page.text
    assert newcomer.post(FIND, who(trn="3000102")).status_code == 422


def test_who_asks_while_too_many_wait_for_trs_may_try_again_soon(user, trs, monkeypatch):
    def full(*_args, **_kwargs):
        raise TooManyAtOnce

    monkeypatch.setattr(lookups, "limited", full)
    page = user.post(FIND, who())

    assert page.status_code == 503
    assert "Try again in a few minutes" in page.text


def test_a_pass_that_trs_received_meanwhile_is_not_overwritten(user, confirmed, trs):
    passed = {"status": "Passed", "startDate": "2023-09-01", "completedDate": "2025-07-18"}
    trs.upsert({"trn": "3000101", "induction": {**passed, "exemptionReasons": []}})

    page = user.post(confirmed, details())

    assert page.status_code == 422
    assert "has already passed induction" in next(iter(page.errors.values()))
    assert user.get(confirmed.replace("register", "check")).h1 == "You cannot claim this ECT"
    assert not InductionPeriod.objects.exists()
    assert not TRSInductionUpdate.objects.exists()


def test_the_name_that_trs_has_by_now_is_the_one_that_is_kept(user, confirmed, trs):
    trs.upsert({"trn": "3000101", "lastName": "Bell"})

    assert user.post(confirmed, details()).follow().h1 == "You’ve claimed Amara Bell"


@pytest.mark.parametrize("fault", ["500", "429", "down"])
def test_when_trs_is_away_at_the_last_step_nothing_is_lost(user, confirmed, trs, fault):
    trs.fault(fault, times=1)

    page = user.post(confirmed, details())

    assert page.status_code == 503
    assert "cannot reach the Teaching Record System" in page.text
    assert page.select_one("#started_on-year")["value"] == "2025"
    assert not InductionPeriod.objects.exists()
    assert user.post(confirmed, details()).follow().h1 == "You’ve claimed Amara Oduya"


def test_someone_whom_trs_no_longer_shows_at_the_last_step_is_not_claimed(user, confirmed, trs):
    trs.upsert({"trn": "3000101", "deactivated": True})

    page = user.post(confirmed, details())

    assert page.status_code == 422
    assert "no longer shows this person" in next(iter(page.errors.values()))
    assert not InductionPeriod.objects.exists()


def test_someone_merged_between_the_steps_is_claimed_under_the_new_trn(user, confirmed, trs):
    survivor = person(
        "3000555", first_name="Amara", date_of_birth=BORN_ON, qts_held_from=date(2023, 7, 1)
    )
    trs.upsert(survivor, {"trn": "3000101", "mergedInto": "3000555"})

    user.post(confirmed, details())

    assert InductionPeriod.objects.get().teacher.trn == "3000555"


def test_the_check_page_says_when_trs_said_so(user, found):
    assert "Required to complete, as of 16 July 2026 at midday" in user.get(found).text


def test_a_claim_kept_for_a_day_is_gone_after_it(user, found, on):
    assert {"record", "date_of_birth"} <= drafts.read(JourneyDraft.objects.get()).sensitive.keys()

    on("2026-07-18")
    drafts.purge_drafts()

    assert drafts.read(JourneyDraft.objects.get()).sensitive == {}
    assert user.get(found).status_code in (302, 404)


def test_a_claim_that_is_gone_says_so_and_offers_to_start_again(user, confirmed):
    JourneyDraft.objects.all().delete()

    for page in (user.get(confirmed), user.post(confirmed, details())):
        assert page.status_code == 404
        assert page.select_one("main a.govuk-button")["href"] == FIND


def test_what_is_not_needed_is_not_kept(found):
    snapshot = drafts.read(JourneyDraft.objects.get()).all_answers["record"]

    assert snapshot["national_insurance_number"] is None
    assert snapshot["email"] is None


def test_another_role_may_not_claim(sign_in):
    from tests.factories import SchoolFactory

    assert sign_in(SchoolFactory()).get(FIND).status_code == 401
    assert sign_in(AppropriateBodyFactory(active=True)).get(FIND).status_code == 200
