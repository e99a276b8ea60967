"""How a school is shown: to everyone, in one year, to a provider it names."""

from datetime import date

import orjson
import pytest

from register_ects import clock
from register_ects.models import School, ShownChange, ShownSchool, StaleMark
from register_ects.projections.refresh import catch_up
from register_ects.projections.school_rebuild import rebuild_schools
from register_ects.projections.schools import difference_of_schools, write_schools
from register_ects.projections.verify import verify_everything
from tests.factories import (
    ContractPeriodFactory,
    ECTAtSchoolPeriodFactory,
    GIASSchoolFactory,
    LeadProviderFactory,
    SchoolFactory,
    SchoolPartnershipFactory,
    TrainingPeriodFactory,
)

MONDAY, TUESDAY = "2026-01-12", "2026-01-13"


@pytest.fixture(autouse=True)
def _three_years(on):
    on(MONDAY)
    for year in (2024, 2025, 2026):
        ContractPeriodFactory(year=year)


@pytest.fixture
def school(larkhill):
    return larkhill


def shown(provider, school, year=2025):
    """Return the item and when it changed, None when the school is not listed."""
    catch_up()
    row = ShownSchool.objects.listed(provider, year).filter(pk=school.pk).first()
    if row is None:
        return None
    item = orjson.loads(row.payload)
    stamp = row.updated_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert item["attributes"].pop("updated_at") == stamp
    assert row.last_changed_at >= row.updated_at
    return item, clock.london_date(row.updated_at).isoformat()


def attributes(provider, school, year=2025):
    return shown(provider, school, year)[0]["attributes"]


def changed_on(provider, school, year=2025):
    return shown(provider, school, year)[1]


def told():
    """Return what the change feed has told since it was last asked."""
    catch_up()
    entries = [
        (each.change, each.lead_provider_id, each.year, each.changed_fields)
        for each in ShownChange.objects.filter(resource_type="school").order_by("pk")
    ]
    ShownChange.objects.all().delete()
    return entries


def test_a_school_without_trainees_is_shown_alike_to_everyone(harbour, school):
    item, _ = shown(harbour, school)

    assert item == {
        "id": str(school.api_id),
        "type": "school",
        "attributes": {
            "name": "Larkhill Academy",
            "urn": "147203",
            "cohort": "2025",
            "in_partnership": False,
            "induction_programme_choice": "not_yet_known",
            "expression_of_interest": False,
            "induction_tutor_name": None,
            "induction_tutor_email": None,
            "created_at": "2026-01-12T12:00:00Z",
        },
    }
    assert attributes(harbour, school, 2026)["cohort"] == "2026"


@pytest.mark.parametrize("trait", ["eoi_only", "confirmed"])
@pytest.mark.parametrize("role", ["for_ect", "for_mentor"])
def test_a_provider_that_training_names_sees_the_tutor(harbour, northgate, school, trait, role):
    TrainingPeriodFactory(school=school, lead_provider=harbour, **{trait: True, role: True})

    mine, theirs = attributes(harbour, school), attributes(northgate, school)

    assert mine["expression_of_interest"] is True
    assert mine["induction_tutor_name"] == "Priya Natarajan"
    assert mine["induction_tutor_email"] == "p.natarajan@larkhill.example"
    assert mine["in_partnership"] is (trait == "confirmed")
    assert mine["induction_programme_choice"] == "provider_led"
    hidden = {
        "expression_of_interest": False,
        "induction_tutor_name": None,
        "induction_tutor_email": None,
    }
    assert theirs == {**mine, **hidden}
    assert attributes(harbour, school, 2026)["expression_of_interest"] is False


def test_training_that_is_over_still_expresses_interest(harbour, school):
    TrainingPeriodFactory(school=school, lead_provider=harbour, eoi_only=True, finished=True)

    assert attributes(harbour, school)["expression_of_interest"] is True


def test_a_partnership_in_which_nobody_trains_expresses_no_interest(harbour, school):
    SchoolPartnershipFactory(school=school, lead_provider=harbour)

    mine = attributes(harbour, school)

    assert mine["in_partnership"] is True
    assert mine["expression_of_interest"] is False
    assert mine["induction_programme_choice"] == "not_yet_known"


def test_interest_is_gone_with_the_unconfirmed_training_and_stays_with_the_confirmed(
    harbour, school, on
):
    training = TrainingPeriodFactory(school=school, lead_provider=harbour, eoi_only=True)
    assert attributes(harbour, school)["expression_of_interest"] is True

    on(TUESDAY)
    training.delete()
    mine = attributes(harbour, school)
    assert (mine["expression_of_interest"], mine["induction_tutor_name"]) == (False, None)
    assert changed_on(harbour, school) == TUESDAY


@pytest.mark.parametrize(
    ("tutor", "primary", "secondary", "email"),
    [
        ("t@x.example", "a@x.example", "b@x.example", "t@x.example"),
        (None, "a@x.example", "b@x.example", "a@x.example"),
        (None, None, "b@x.example", "b@x.example"),
        (None, None, None, None),
    ],
)
def test_without_a_tutor_the_registers_contact_is_shown(harbour, tutor, primary, secondary, email):
    school = SchoolFactory(
        induction_tutor_name=tutor and "Tilda Marsh",
        induction_tutor_email=tutor,
        gias_school__primary_contact_email=primary,
        gias_school__secondary_contact_email=secondary,
    )
    TrainingPeriodFactory(school=school, lead_provider=harbour)

    mine = attributes(harbour, school)

    assert mine["induction_tutor_name"] == (tutor and "Tilda Marsh")
    assert mine["induction_tutor_email"] == email


# -- Programme choice ------------------------------------------------------------------------

SCHOOL_LED = {"school_led": True}


@pytest.mark.parametrize(
    ("trainings", "choice"),
    [
        pytest.param([], "not_yet_known", id="nobody"),
        pytest.param([SCHOOL_LED], "school_led", id="one school-led ECT"),
        pytest.param([SCHOOL_LED, {"eoi_only": True}], "provider_led", id="one of two ECTs"),
        pytest.param([SCHOOL_LED, {"for_mentor": True}], "provider_led", id="a mentor"),
        pytest.param([SCHOOL_LED, {"year": 2024}], "school_led", id="provider-led last year"),
        pytest.param(
            [{**SCHOOL_LED, "started_on": date(2025, 5, 31)}], "not_yet_known", id="day before"
        ),
        pytest.param([{**SCHOOL_LED, "started_on": date(2025, 6, 1)}], "school_led", id="first"),
        pytest.param([{**SCHOOL_LED, "started_on": date(2026, 5, 31)}], "school_led", id="last"),
    ],
)
def test_the_programme_choice_is_that_of_the_years_training(harbour, school, trainings, choice):
    for details in trainings:
        TrainingPeriodFactory(school=school, **details)

    assert attributes(harbour, school)["induction_programme_choice"] == choice


def test_one_ects_training_of_another_year_does_not_count(harbour, school):
    placement = ECTAtSchoolPeriodFactory(school=school, started_on=date(2024, 9, 1))
    TrainingPeriodFactory(ect_at_school_period=placement, year=2024, finished_on=date(2025, 8, 31))
    TrainingPeriodFactory(
        ect_at_school_period=placement, school_led=True, started_on=date(2025, 9, 1)
    )

    assert attributes(harbour, school, 2024)["induction_programme_choice"] == "provider_led"
    assert attributes(harbour, school, 2025)["induction_programme_choice"] == "school_led"


def test_a_contract_period_with_other_dates_changes_whose_school_led_training_is_whose(
    harbour, school
):
    TrainingPeriodFactory(school=school, school_led=True, started_on=date(2026, 6, 10))
    assert attributes(harbour, school, 2026)["induction_programme_choice"] == "school_led"

    period = ContractPeriodFactory(year=2026)
    period.started_on = date(2026, 7, 1)
    period.save()

    assert attributes(harbour, school, 2026)["induction_programme_choice"] == "not_yet_known"


# -- Who is listed ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("register", "marked", "listed"),
    [(True, False, True), (False, True, True), (False, False, False)],
)
def test_schools_eligible_by_the_register_or_by_dfe_are_listed(harbour, register, marked, listed):
    school = SchoolFactory(gias_school__eligible=register, marked_as_eligible=marked)

    assert (shown(harbour, school) is not None) is listed


def test_any_providers_partnership_lists_an_ineligible_school_in_its_year(harbour, northgate, on):
    school = SchoolFactory(gias_school__closed=True)
    partnership = SchoolPartnershipFactory(school=school, lead_provider=northgate)

    assert changed_on(harbour, school) == MONDAY
    assert shown(harbour, school, 2024) is None
    assert told() == [("created", None, 2025, [])]

    on(TUESDAY)
    partnership.delete()
    assert shown(harbour, school) is None
    assert told() == [("removed", None, 2025, [])]


def test_a_school_that_becomes_eligible_is_new_only_where_it_was_not_listed(harbour, northgate, on):
    school = SchoolFactory(gias_school__eligible=False)
    SchoolPartnershipFactory(school=school, lead_provider=northgate)
    TrainingPeriodFactory(school=school, lead_provider=harbour, year=2024, eoi_only=True)
    told()

    on(TUESDAY)
    school.marked_as_eligible = True
    school.save()

    assert changed_on(harbour, school, 2024) == TUESDAY
    assert changed_on(northgate, school, 2024) == TUESDAY
    assert changed_on(harbour, school, 2025) == MONDAY
    assert changed_on(harbour, school, 2026) == TUESDAY
    assert told() == [("created", None, 2024, []), ("created", None, 2026, [])]

    school.marked_as_eligible = False
    school.save()
    assert told() == [("removed", None, 2024, []), ("removed", None, 2026, [])]
    assert changed_on(harbour, school, 2025) == MONDAY


def test_a_school_that_ceases_to_exist_is_told(harbour, school):
    assert told() == [("created", None, None, [])]

    school.delete()

    assert told() == [("removed", None, None, [])]
    assert shown(harbour, school) is None


# -- What moves updated_at -------------------------------------------------------------------


def rename(school):
    school.gias_school.name = "Larkhill High"
    school.gias_school.save()


def change_urn(school):
    school.gias_school = GIASSchoolFactory(urn=150_001, name="Larkhill Academy")
    school.save()


def change_tutor(school):
    school.induction_tutor_name = "Owen Peck"
    school.save()


def change_contact(school):
    school.gias_school.primary_contact_email = "office@larkhill.example"
    school.gias_school.save()


def add_partnership(school):
    SchoolPartnershipFactory(school=school)


def add_school_led_ect(school):
    TrainingPeriodFactory(school=school, school_led=True)


def add_anothers_trainee(school):
    TrainingPeriodFactory(school=school, eoi_only=True)


def add_trainee_of_another_year(school):
    TrainingPeriodFactory(school=school, year=2024)


def touch(school):
    school.opted_out_of_reminder_emails_until = date(2026, 7, 1)
    school.save()


NAMED, UNNAMED, NEXT_YEAR = "named", "unnamed", "next year"


@pytest.mark.parametrize(
    ("change", "moved", "entries"),
    [
        (rename, {NAMED, UNNAMED, NEXT_YEAR}, [("updated", None, None, ["name"])]),
        (change_urn, {NAMED, UNNAMED, NEXT_YEAR}, [("updated", None, None, ["urn"])]),
        (change_tutor, {NAMED}, [("updated", NAMED, 2025, ["induction_tutor_name"])]),
        (change_contact, set(), []),
        (add_partnership, {NAMED, UNNAMED}, [("updated", None, 2025, ["in_partnership"])]),
        (add_school_led_ect, set(), []),
        (add_trainee_of_another_year, set(), [...]),
        (touch, set(), []),
    ],
    ids=lambda value: value.__name__ if callable(value) else None,
)
def test_updated_at_moves_exactly_where_what_is_shown_changes(
    harbour, northgate, school, on, change, moved, entries
):
    TrainingPeriodFactory(school=school, lead_provider=harbour, eoi_only=True)
    told()

    on(TUESDAY)
    change(school)

    views = {NAMED: (harbour, 2025), UNNAMED: (northgate, 2025), NEXT_YEAR: (northgate, 2026)}
    assert {
        name for name, (who, year) in views.items() if changed_on(who, school, year) == TUESDAY
    } == moved
    if entries != [...]:
        expected = [(a, harbour.pk if b == NAMED else b, c, d) for a, b, c, d in entries]
        assert told() == expected


def test_anothers_interest_moves_only_the_other_providers_view(harbour, northgate, school, on):
    TrainingPeriodFactory(school=school, lead_provider=harbour, eoi_only=True)
    told()

    on(TUESDAY)
    TrainingPeriodFactory(school=school, lead_provider=northgate, eoi_only=True)

    assert changed_on(harbour, school) == MONDAY
    assert changed_on(LeadProviderFactory(), school) == MONDAY
    assert changed_on(northgate, school) == TUESDAY
    assert told() == [
        (
            "updated",
            northgate.pk,
            2025,
            ["expression_of_interest", "induction_tutor_name", "induction_tutor_email"],
        )
    ]


def test_the_first_interest_of_all_is_told_to_all_only_as_far_as_they_see_it(harbour, school):
    told()

    TrainingPeriodFactory(school=school, lead_provider=harbour, eoi_only=True)

    assert told() == [
        ("updated", None, 2025, ["induction_programme_choice"]),
        (
            "updated",
            harbour.pk,
            2025,
            ["expression_of_interest", "induction_tutor_name", "induction_tutor_email"],
        ),
    ]


def test_what_returns_to_the_default_is_a_change_too(harbour, school, on):
    partnership = SchoolPartnershipFactory(school=school)
    assert attributes(harbour, school)["in_partnership"] is True

    on(TUESDAY)
    partnership.delete()

    assert attributes(harbour, school)["in_partnership"] is False
    assert changed_on(harbour, school) == TUESDAY


# -- The whole -------------------------------------------------------------------------------


def test_rebuilding_stores_what_refreshing_does(harbour, school, on):
    SchoolFactory(gias_school__closed=True)
    TrainingPeriodFactory(school=school, lead_provider=harbour)
    TrainingPeriodFactory(school=school, year=2026, eoi_only=True)
    views = [(harbour, 2025), (harbour, 2026), (LeadProviderFactory(), 2025)]
    refreshed = [shown(who, school, year)[0] for who, year in views]

    on(TUESDAY)
    assert rebuild_schools() == 2

    assert [shown(who, school, year)[0] for who, year in views] == refreshed
    assert {changed_on(who, school, year) for who, year in views} == {MONDAY}
    assert verify_everything(repair=False) == []


def test_verifying_finds_and_mends_what_differs(harbour, school):
    other, gone = SchoolFactory(), SchoolFactory()
    shown(harbour, school)
    ShownSchool.objects.filter(pk=school.pk).update(is_eligible=False)
    ShownSchool.objects.filter(pk=other.pk).delete()
    ShownSchool.objects.filter(pk=gone.pk).update(record_id=gone.pk + 1_000_000)

    drift = [str(each) for each in verify_everything(repair=True)]

    assert f"school {school.api_id} for lead provider all: different" in drift
    assert f"school {other.api_id} for lead provider all: missing" in drift
    assert f"school {gone.api_id} for lead provider all: left over" in drift
    assert verify_everything(repair=False) == []


@pytest.mark.parametrize("count", [1, 4])
def test_refreshing_costs_the_same_however_many_schools(harbour, count, django_assert_num_queries):
    for _ in range(count):
        TrainingPeriodFactory(lead_provider=harbour)
    schools = list(School.objects.values_list("pk", flat=True))

    with django_assert_num_queries(12):
        write_schools(difference_of_schools(schools, now=clock.now()))


@pytest.mark.parametrize(
    ("change", "marks"),
    [
        ({"opted_out_of_reminder_emails_until": date(2026, 5, 31)}, 0),
        ({"last_chosen_training_programme": "school_led"}, 0),
        ({"induction_tutor_name": "Ada", "induction_tutor_email": "ada@oak.example"}, 1),
        ({"marked_as_eligible": True}, 1),
    ],
    ids=lambda value: ", ".join(value) if isinstance(value, dict) else "",
)
def test_only_what_providers_are_shown_of_a_school_is_looked_at_again(school, change, marks):
    catch_up()
    School.objects.filter(pk=school.pk).update(**change)
    assert StaleMark.objects.filter(record_id=school.pk).count() == marks
