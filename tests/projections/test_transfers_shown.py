"""What providers are shown of transfers."""

from datetime import UTC, date, datetime

import pytest

from register_ects.projections.transfers import render
from tests.factories import (
    ECTAtSchoolPeriodFactory,
    InductionPeriodFactory,
    LeadProviderFactory,
    MentorAtSchoolPeriodFactory,
    SchoolFactory,
    TeacherFactory,
    TrainingPeriodFactory,
)

LEFT_ON = date(2026, 3, 31)
JOINS_ON = date(2026, 4, 20)


pytestmark = pytest.mark.day("2026-04-10")


@pytest.fixture
def north():
    return LeadProviderFactory(name="North Learning Trust")


@pytest.fixture
def south():
    return LeadProviderFactory(name="South Coast Teaching")


def left(provider, teacher=None, **details):
    """An ECT whose training, and whose time at the school, ended on 31 March."""
    placement = ECTAtSchoolPeriodFactory(teacher=teacher or TeacherFactory(), finished_on=LEFT_ON)
    return TrainingPeriodFactory(
        ect_at_school_period=placement,
        lead_provider=provider,
        finished_on=LEFT_ON,
        created_at=datetime(2025, 8, 29, 11, 47, 33, tzinfo=UTC),
        **details,
    )


def joined(leaving, provider, **details):
    return TrainingPeriodFactory(
        teacher=leaving.teacher, lead_provider=provider, started_on=JOINS_ON, **details
    )


def shown_to(provider, *teachers):
    found = render([teacher.pk for teacher in teachers])
    return [each for each in found if each.lead_provider_id == provider.pk]


def test_both_providers_see_the_worked_example(north, south):
    leaving = left(north)
    joining = joined(leaving, south)
    teacher = leaving.teacher

    for provider in (north, south):
        (shown,) = shown_to(provider, teacher)
        assert shown.api_id == teacher.api_id
        assert shown.record_id == teacher.pk
        assert shown.created_at == teacher.created_at
        assert shown.attributes == {
            "transfers": [
                {
                    "training_record_id": teacher.api_ect_training_record_id,
                    "transfer_type": "new_provider",
                    "status": "incomplete",
                    "created_at": leaving.created_at,
                    "leaving": {
                        "school_urn": str(leaving.school.urn),
                        "provider": "North Learning Trust",
                        "date": LEFT_ON,
                    },
                    "joining": {
                        "school_urn": str(joining.school.urn),
                        "provider": "South Coast Teaching",
                        "date": JOINS_ON,
                    },
                }
            ]
        }


def test_only_the_provider_left_sees_a_move_to_nowhere(north, south):
    teacher = left(north).teacher

    (shown,) = render([teacher.pk])
    assert shown.lead_provider_id == north.pk
    assert shown.attributes["transfers"][0]["transfer_type"] == "unknown"
    assert shown.attributes["transfers"][0]["joining"] is None


def test_an_interested_provider_is_compared_but_neither_printed_nor_told(north, south):
    same = left(north)
    joined(same, north, eoi_only=True)
    other = left(north)
    joined(other, south, eoi_only=True)

    found = {each.record_id: each for each in render([same.teacher_id, other.teacher_id])}

    assert {each.lead_provider_id for each in found.values()} == {north.pk}
    types = {key: each.attributes["transfers"][0] for key, each in found.items()}
    assert types[same.teacher_id]["transfer_type"] == "new_school"
    assert types[other.teacher_id]["transfer_type"] == "new_provider"
    assert types[same.teacher_id]["joining"]["provider"] is None


def test_each_provider_is_shown_its_own_transfers_only(north, south):
    teacher = TeacherFactory()
    first = TrainingPeriodFactory(
        ect_at_school_period=ECTAtSchoolPeriodFactory(
            teacher=teacher, started_on=date(2024, 9, 2), finished_on=date(2025, 8, 31)
        ),
        lead_provider=south,
        year=2024,
        finished_on=date(2025, 8, 31),
    )
    second = left(north, teacher)

    (to_north,) = shown_to(north, teacher)
    (to_south,) = shown_to(south, teacher)

    starts = [each["leaving"]["date"] for each in to_north.attributes["transfers"]]
    assert starts == [first.finished_on, second.finished_on]
    assert [each["leaving"]["date"] for each in to_south.attributes["transfers"]] == [
        first.finished_on
    ]


def test_transfers_of_both_roles_are_listed_by_the_training_left(north):
    teacher = TeacherFactory()
    as_mentor = TrainingPeriodFactory(
        mentor_at_school_period=MentorAtSchoolPeriodFactory(
            teacher=teacher, started_on=date(2025, 9, 1), finished_on=LEFT_ON
        ),
        lead_provider=north,
        finished_on=LEFT_ON,
    )
    as_ect = TrainingPeriodFactory(
        ect_at_school_period=ECTAtSchoolPeriodFactory(
            teacher=teacher, started_on=date(2024, 9, 2), finished_on=date(2025, 8, 31)
        ),
        lead_provider=north,
        year=2024,
        finished_on=date(2025, 8, 31),
    )

    (shown,) = shown_to(north, teacher)

    assert [each["training_record_id"] for each in shown.attributes["transfers"]] == [
        as_ect.teacher.api_ect_training_record_id,
        as_mentor.teacher.api_mentor_training_record_id,
    ]


@pytest.mark.parametrize("how", ["outcome", "told by TRS"])
def test_an_ect_who_has_completed_induction_has_not_gone_anywhere(north, how):
    teacher = left(north).teacher
    if how == "outcome":
        InductionPeriodFactory(teacher=teacher, passed=True)
    else:
        teacher.trs_induction_completed_date = date(2026, 3, 30)
        teacher.save()

    assert render([teacher.pk]) == []


def test_a_released_ect_is_still_looked_for(north):
    teacher = left(north).teacher
    InductionPeriodFactory(teacher=teacher, finished=True)

    assert len(render([teacher.pk])) == 1


@pytest.mark.parametrize(
    ("details", "expected"),
    [
        pytest.param({"passed": True}, 1, id="induction done years ago"),
        pytest.param({"mentor_completed": True}, 0, id="mentor funding ended"),
    ],
)
def test_a_mentor_is_looked_for_until_their_funding_ends(north, details, expected):
    placement = MentorAtSchoolPeriodFactory(teacher=TeacherFactory(**details), finished_on=LEFT_ON)
    TrainingPeriodFactory(
        mentor_at_school_period=placement, lead_provider=north, finished_on=LEFT_ON
    )

    assert len(render([placement.teacher_id])) == expected


def test_scenario_23(north, south, on):
    """Rae moves from Ashby to Brook (spec 03 §18)."""
    ashby, brook = SchoolFactory(), SchoolFactory()
    rae = TeacherFactory()
    placement = ECTAtSchoolPeriodFactory(teacher=rae, school=ashby, finished_on=date(2026, 1, 31))
    TrainingPeriodFactory(
        ect_at_school_period=placement, lead_provider=north, finished_on=date(2026, 1, 31)
    )
    at_brook = ECTAtSchoolPeriodFactory(teacher=rae, school=brook, started_on=date(2026, 2, 9))

    def seen(**training):
        joining = training and TrainingPeriodFactory(ect_at_school_period=at_brook, **training)
        found = {
            each.lead_provider_id: "{transfer_type} {status} {joining}".format(
                **{
                    **each.attributes["transfers"][0],
                    "joining": (each.attributes["transfers"][0]["joining"] or {}).get("provider"),
                }
            )
            for each in render([rae.pk])
        }
        if joining:
            joining.delete()
        return found

    on("2026-02-08")
    assert seen(lead_provider=north) == {north.pk: "new_school incomplete North Learning Trust"}
    on("2026-02-09")
    assert seen(lead_provider=north) == {north.pk: "new_school complete North Learning Trust"}
    to_south = "new_provider complete South Coast Teaching"
    assert seen(lead_provider=south) == {north.pk: to_south, south.pk: to_south}
    assert seen(school_led=True) == {north.pk: "new_provider complete None"}
    at_brook.delete()
    assert seen() == {north.pk: "unknown complete None"}
    InductionPeriodFactory(teacher=rae, passed=True)
    assert seen() == {}


def test_many_people_cost_as_many_queries_as_one(north, south, django_assert_num_queries):
    people = [left(north), left(south), left(north)]
    joined(people[0], south)

    for some in (people[:1], people):
        with django_assert_num_queries(7):
            assert render([each.teacher_id for each in some])


def test_people_who_left_nothing_cost_one_query(north, django_assert_num_queries):
    training = TrainingPeriodFactory(lead_provider=north)

    with django_assert_num_queries(1):
        assert render([training.teacher_id]) == []
