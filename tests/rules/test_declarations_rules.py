"""May this declaration be made? Each check of spec 03 §3.3, and the order they speak in."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from register_ects.rules.declarations import (
    SEQUENCE,
    LiveDeclaration,
    MilestoneWindow,
    Participant,
    Participation,
    SentDeclaration,
    TrainingFacts,
    problems_with_declaring,
)
from register_ects.rules.evidence import allowed, stored
from register_ects.rules.mentorships import nearest
from tests.rules.periods import stretch

pytestmark = pytest.mark.no_database

NOW = datetime(2025, 11, 5, 12, tzinfo=UTC)
ID = "60ffd1d6-c81a-4cb5-8bbf-e1b618b31878"
CLAIM = SentDeclaration(
    participant_id=ID,
    course_identifier="ecf-induction",
    declaration_type="started",
    declaration_date="2025-10-03T09:30:00Z",
    evidence_type="training-event-attended",
)
TRAINING = TrainingFacts(
    contract_year=2025,
    milestones={
        kind: MilestoneWindow(date(2025, 6, 1), None)
        for kind in SEQUENCE
        if not kind.startswith("extended")
    },
    mentor_funding=True,
    detailed_evidence=True,
    in_sequence=True,
)
EARLIER = replace(
    TRAINING, contract_year=2024, mentor_funding=False, detailed_evidence=False, in_sequence=False
)
WINDOW = {"started": MilestoneWindow(date(2025, 7, 1), date(2025, 9, 30))}


def at(text):
    return datetime.fromisoformat(text)


def found(claim=CLAIM, training=TRAINING, participation=Participation.TRAINED, now=NOW):
    person = Participant(participation, replaced_by=UUID(ID), training=training)
    problems = problems_with_declaring(claim, person, now=now)
    return [f"{problem.field} {problem.code}" for problem in problems]


def test_a_good_declaration_has_no_problems():
    assert found() == []


@pytest.mark.parametrize(
    ("changes", "person", "expected"),
    [
        ({"participant_id": None}, {}, "participant_id blank"),
        ({"participant_id": " "}, {}, "participant_id blank"),
        (
            {"course_identifier": None},
            {"participation": Participation.UNKNOWN},
            "participant_id unknown",
        ),
        ({}, {"participation": Participation.REPLACED}, "participant_id replaced"),
        ({"course_identifier": ""}, {}, "course_identifier blank"),
        ({"course_identifier": "ecf"}, {}, "course_identifier unknown"),
        ({"declaration_date": None, "declaration_type": None}, {}, "declaration_date blank"),
        ({"declaration_date": "2025-10-03"}, {}, "declaration_date wrong_format"),
        ({"declaration_date": "yesterday"}, {}, "declaration_date wrong_format"),
        ({"declaration_date": "2025-02-30T09:00:00Z"}, {}, "declaration_date wrong_format"),
        ({"declaration_date": "2025-10-03 09:00:00"}, {}, "declaration_date wrong_format"),
        ({"declaration_date": "2025-10-03T09:00"}, {}, "declaration_date wrong_format"),
        ({"declaration_date": "0001-01-01T00:00:00+23:59"}, {}, "declaration_date wrong_format"),
        ({}, {"training": None}, "course_identifier never_trained"),
        ({"declaration_type": None}, {}, "declaration_type blank"),
        ({"declaration_type": "retained-5"}, {}, "declaration_type unknown"),
        ({"declaration_type": "Started"}, {}, "declaration_type unknown"),
    ],
)
def test_what_is_missing_or_unknown_is_told_alone(changes, person, expected):
    assert found(replace(CLAIM, **changes), **person) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-10-03T09:30:00Z", "2025-10-03T09:30:00+00:00"),
        ("2025-10-03t09:30:00z", "2025-10-03T09:30:00+00:00"),
        ("2025-10-03T10:30:00+01:00", "2025-10-03T09:30:00+00:00"),
        ("2025-10-03T10:30:00+0100", "2025-10-03T09:30:00+00:00"),
        ("2025-10-03T10:30:00+01", "2025-10-03T09:30:00+00:00"),
        ("2025-10-03T04:30:00.5-05:00", "2025-10-03T09:30:00.500000+00:00"),
        ("2025-10-03T09:30:00,123456789Z", "2025-10-03T09:30:00.123456+00:00"),
        ("2025-10-03T10:30:00", "2025-10-03T09:30:00+00:00"),
        ("2025-12-03T10:30:00", "2025-12-03T10:30:00+00:00"),
    ],
)
def test_date_times_without_a_zone_are_london_time(text, expected):
    assert replace(CLAIM, declaration_date=text).declared_at == at(expected)


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ("2025-06-30T22:59:59Z", ["declaration_date before_milestone"]),
        ("2025-06-30T23:00:00Z", []),
        ("2025-09-30T22:59:59.999999Z", []),
        ("2025-09-30T23:00:00Z", ["declaration_date after_milestone"]),
    ],
)
def test_milestones_are_london_days_both_inclusive(declared, expected):
    training = replace(TRAINING, milestones=WINDOW)
    assert found(replace(CLAIM, declaration_date=declared), training) == expected


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ("2025-11-05T12:00:00Z", []),
        ("2025-11-05T12:00:00.000001Z", ["declaration_date in_the_future"]),
    ],
)
def test_the_present_instant_is_not_the_future(declared, expected):
    assert found(replace(CLAIM, declaration_date=declared)) == expected


@pytest.mark.parametrize(
    ("course", "kind", "training", "expected"),
    [
        ("ecf-mentor", "started", TRAINING, []),
        ("ecf-mentor", "completed", TRAINING, []),
        ("ecf-mentor", "retained-1", TRAINING, ["declaration_type not_for_funded_mentors"]),
        ("ecf-mentor", "retained-1", EARLIER, []),
        ("ecf-mentor", "extended-1", EARLIER, ["declaration_type not_for_mentors"]),
        ("ecf-induction", "retained-1", TRAINING, []),
        ("ecf-induction", "extended-1", TRAINING, ["declaration_type not_in_schedule"]),
    ],
)
def test_types_by_role_and_schedule(course, kind, training, expected):
    evidence = (allowed(kind, role="mentor", detailed=training.detailed_evidence) or ("",))[0]
    claim = replace(CLAIM, course_identifier=course, declaration_type=kind, evidence_type=evidence)
    assert found(claim, training) == expected


@pytest.mark.parametrize(
    ("withdrawn_at", "expected"),
    [
        ("2025-10-03T09:29:59Z", ["participant_id withdrawn"]),
        ("2025-10-03T09:30:00Z", ["participant_id withdrawn"]),
        ("2025-10-03T09:30:01Z", []),
        (None, []),
    ],
)
def test_a_declaration_must_be_dated_before_the_withdrawal(withdrawn_at, expected):
    moment = at(withdrawn_at) if withdrawn_at else None
    assert found(training=replace(TRAINING, withdrawn_at=moment)) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"frozen_year_today": 2022}, ["cohort payments_frozen"]),
        ({"fundable": True}, ["cohort no_open_statement"]),
        ({"fundable": True, "statement_open": True}, []),
        ({"fundable": False, "statement_open": False}, []),
        ({"fundable": True, "frozen_year_today": 2022}, ["cohort payments_frozen"]),
    ],
)
def test_payment_must_be_possible(changes, expected):
    assert found(training=replace(TRAINING, **changes)) == expected


def live(kind, declared):
    return LiveDeclaration(kind, at(declared))


@pytest.mark.parametrize(
    ("kind", "declared", "expected"),
    [
        ("retained-1", "2025-09-10T08:59:59Z", ["declaration_date out_of_sequence"]),
        ("retained-1", "2025-09-10T09:00:00Z", []),
        ("retained-1", "2025-10-20T09:00:00Z", []),
        ("retained-1", "2025-10-20T09:00:01Z", ["declaration_date out_of_sequence"]),
        ("extended-1", "2025-10-19T09:00:00Z", ["declaration_date out_of_sequence"]),
        ("extended-1", "2025-10-20T09:00:00Z", []),
        ("completed", "2025-10-30T09:00:00Z", ["declaration_type already_declared"]),
    ],
)
def test_from_2025_dates_keep_the_order_of_types(kind, declared, expected):
    training = replace(
        TRAINING,
        milestones={name: MilestoneWindow(date(2025, 6, 1), None) for name in SEQUENCE},
        live=[live("started", "2025-09-10T09:00:00Z"), live("completed", "2025-10-20T09:00:00Z")],
    )
    claim = replace(CLAIM, declaration_type=kind, declaration_date=declared)
    claim = replace(claim, evidence_type=(allowed(kind, role="ect", detailed=True) or ("",))[0])
    assert found(claim, training) == expected

    if kind != "completed":
        assert found(claim, replace(training, in_sequence=False)) == []


def test_problems_with_different_fields_are_told_together_one_each():
    training = replace(
        TRAINING,
        milestones={},
        live=[live("started", "2025-09-10T09:00:00Z")],
        withdrawn_at=at("2025-09-01T00:00:00Z"),
        frozen_year_today=2022,
        fundable=True,
    )

    assert found(replace(CLAIM, evidence_type=None), training) == [
        "declaration_type already_declared",
        "participant_id withdrawn",
        "cohort payments_frozen",
    ]


_SIMPLE = {"training-event-attended", "self-study-material-completed", "other"}
_FOUR = _SIMPLE | {"materials-engaged-with-offline"}
_TWO = {"75-percent-engagement-met", "75-percent-engagement-met-reduced-induction"}


@pytest.mark.parametrize(
    ("detailed", "role", "kinds", "expected"),
    [
        (False, "ect", ["started"], None),
        (False, "mentor", ["started"], None),
        (False, "ect", SEQUENCE[1:], _SIMPLE),
        (False, "mentor", SEQUENCE[1:], _SIMPLE),
        (True, "ect", ["started", "retained-1", "retained-3", "retained-4"], _FOUR),
        (True, "ect", ["extended-1", "extended-2", "extended-3"], _FOUR),
        (True, "ect", ["retained-2"], _TWO),
        (True, "ect", ["completed"], _TWO | {"one-term-induction"}),
        (True, "mentor", ["started"], _FOUR),
        (True, "mentor", ["completed"], _TWO),
    ],
)
def test_evidence_by_year_role_and_type(detailed, role, kinds, expected):
    for kind in kinds:
        found = allowed(kind, role=role, detailed=detailed)
        assert (found if found is None else set(found)) == expected


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (None, ["evidence_held blank"]),
        ("", ["evidence_held blank"]),
        ("75-percent-engagement-met", ["evidence_held not_allowed"]),
        ("anything", ["evidence_held not_allowed"]),
        ("materials-engaged-with-offline", []),
    ],
)
def test_evidence_is_checked_from_2025(sent, expected):
    claim = replace(CLAIM, evidence_type=sent)

    assert found(claim) == expected
    assert found(claim, EARLIER) == []
    assert stored(sent, declaration_type="started", role="ect", detailed=False) is None


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-08-01", 0),
        ("2025-12-30", 0),
        ("2026-01-05", 1),
        ("2026-01-08", 1),
        ("2026-01-07", 1),
        ("2026-01-06", 1),
        ("2026-02-01", 2),
    ],
)
def test_the_covering_mentorship_wins_then_the_nearest_then_the_latest(day, expected):
    periods = [
        stretch("2025-09-01", "2025-12-31"),
        stretch("2026-01-05", "2026-01-08"),
        stretch("2026-01-20"),
    ]

    assert nearest(periods, date.fromisoformat(day)) is periods[expected]


def test_of_two_equally_near_mentorships_the_latest_started_wins():
    periods = [stretch("2025-09-01", "2025-09-10"), stretch("2025-09-14")]

    assert nearest(periods, date(2025, 9, 12)) is periods[1]
    assert nearest([], date(2025, 9, 12)) is None
