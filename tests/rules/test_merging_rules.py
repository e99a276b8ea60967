"""When two records of one person may become one, and what is kept."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from register_ects.rules.enumerations import TraineeRole
from register_ects.rules.merging import (
    Funding,
    Record,
    Stretch,
    combined_funding,
    problems_with_merging,
    training_record_id,
)

pytestmark = pytest.mark.no_database

ASHBY, BROOK = (1, "Ashby Primary"), (2, "Brook High")


def stretch(place, started, finished=None):
    return Stretch(
        *place, date.fromisoformat(started), date.fromisoformat(finished) if finished else None
    )


def ect_frozen(year):
    return {TraineeRole.ECT: Funding(frozen_year=year)}


STARTED, COMPLETED = ("ect", "started"), ("ect", "completed")


@pytest.mark.parametrize(
    ("source", "destination", "expected"),
    [
        pytest.param({}, {}, [], id="two empty records"),
        pytest.param({"is_anonymised": True}, {}, ["source already_anonymised"], id="cleared"),
        pytest.param(
            {}, {"is_anonymised": True}, ["destination already_anonymised"], id="into a cleared one"
        ),
        pytest.param(
            {"ect_placements": [stretch(ASHBY, "2024-09-02", "2025-08-31")]},
            {"ect_placements": [stretch(BROOK, "2025-09-01")]},
            [],
            id="ECT at one school after the other",
        ),
        pytest.param(
            {"ect_placements": [stretch(ASHBY, "2024-09-02", "2025-09-01")]},
            {"ect_placements": [stretch(BROOK, "2025-09-01")]},
            ["ect_placements_overlap"],
            id="ECT at two schools on one day",
        ),
        pytest.param(
            {"mentor_placements": [stretch(ASHBY, "2024-09-02")]},
            {"mentor_placements": [stretch(BROOK, "2024-09-02")]},
            [],
            id="mentor at two schools at once",
        ),
        pytest.param(
            {"mentor_placements": [stretch(ASHBY, "2024-09-02")]},
            {"mentor_placements": [stretch(ASHBY, "2025-09-01", "2025-09-01")]},
            ["mentor_placements_overlap"],
            id="mentor twice at one school",
        ),
        pytest.param(
            {"mentor_training": [stretch(ASHBY, "2024-09-02")]},
            {"mentor_training": [stretch(BROOK, "2025-09-01")]},
            ["mentor_training_overlaps"],
            id="two trainings as a mentor at once",
        ),
        pytest.param(
            {"inductions": [stretch((7, "Hub A"), "2024-09-02")]},
            {"inductions": [stretch((8, "Hub B"), "2025-09-01")]},
            ["inductions_overlap"],
            id="two inductions at once",
        ),
        pytest.param({"has_outcome": True}, {}, [], id="one outcome"),
        pytest.param(
            {"has_outcome": True}, {"has_outcome": True}, ["two_outcomes"], id="two outcomes"
        ),
        pytest.param(
            {"declared": frozenset({STARTED})},
            {"declared": frozenset({COMPLETED, ("mentor", "started")})},
            [],
            id="declared for different slots",
        ),
        pytest.param(
            {"declared": frozenset({STARTED, COMPLETED})},
            {"declared": frozenset({STARTED, COMPLETED})},
            ["declared_twice", "declared_twice"],
            id="declared for the same slots",
        ),
        pytest.param(
            {"funding": ect_frozen(2021)}, {"funding": ect_frozen(2021)}, [], id="one frozen year"
        ),
        pytest.param(
            {"funding": ect_frozen(2021)},
            {"funding": ect_frozen(2022)},
            ["frozen_years_differ"],
            id="two frozen years",
        ),
    ],
)
def test_when_two_records_may_become_one(source, destination, expected):
    problems = problems_with_merging(Record(**source), Record(**destination))

    assert [f"{each.field} {each.code}".strip() for each in problems] == expected


def test_a_person_does_not_mentor_themselves():
    (problem,) = problems_with_merging(Record(), Record(), mentor_each_other=True)

    assert problem.code == "mentor_each_other"


def test_an_overlap_is_told_with_both_places_and_days():
    ashby, brook = stretch(ASHBY, "2024-09-02", "2025-09-01"), stretch(BROOK, "2025-09-01")

    (problem,) = problems_with_merging(
        Record(ect_placements=[ashby]), Record(ect_placements=[brook])
    )

    assert problem.details == {"of_source": ashby, "of_destination": brook}


EARLY, LATE = datetime(2024, 9, 2, tzinfo=UTC), datetime(2025, 9, 1, tzinfo=UTC)
JUNE, JULY = date(2025, 6, 1), date(2025, 7, 1)


@pytest.mark.parametrize(
    ("source", "destination", "expected"),
    [
        pytest.param(Funding(), Funding(), Funding(), id="nothing known"),
        pytest.param(Funding(EARLY), Funding(), Funding(EARLY), id="only the source's"),
        pytest.param(Funding(), Funding(LATE), Funding(LATE), id="only the survivor's"),
        pytest.param(Funding(EARLY), Funding(LATE), Funding(EARLY), id="the source's is earlier"),
        pytest.param(Funding(LATE), Funding(EARLY), Funding(EARLY), id="the survivor's is earlier"),
        pytest.param(
            Funding(None, JULY, "late"),
            Funding(None, JUNE, "early"),
            Funding(None, JUNE, "early"),
            id="the earliest end with its reason",
        ),
        pytest.param(
            Funding(None, JUNE, "early"),
            Funding(None, JULY, "late"),
            Funding(None, JUNE, "early"),
            id="the source's earlier end",
        ),
        pytest.param(
            Funding(None, JUNE, "source"),
            Funding(None, JUNE, "survivor"),
            Funding(None, JUNE, "survivor"),
            id="the survivor's of two on a day",
        ),
        pytest.param(
            Funding(None, JUNE, "a reason"),
            Funding(EARLY),
            Funding(EARLY, JUNE, "a reason"),
            id="an end wins over none",
        ),
        pytest.param(
            Funding(frozen_year=2021), Funding(), Funding(frozen_year=2021), id="frozen year"
        ),
        pytest.param(
            Funding(), Funding(frozen_year=2022), Funding(frozen_year=2022), id="own frozen year"
        ),
    ],
)
def test_what_is_kept_of_funding(source, destination, expected):
    assert combined_funding(source, destination) == expected


SOURCES, OWN = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize(
    ("source_was_shown", "destination_was_shown", "expected"),
    [
        pytest.param(True, False, SOURCES, id="only the source's was shown"),
        pytest.param(False, True, OWN, id="only its own was shown"),
        pytest.param(True, True, OWN, id="both were shown"),
        pytest.param(False, False, OWN, id="neither was shown"),
    ],
)
def test_which_training_record_id_lives_on(source_was_shown, destination_was_shown, expected):
    kept = training_record_id(
        SOURCES,
        OWN,
        source_was_shown=source_was_shown,
        destination_was_shown=destination_was_shown,
    )

    assert kept == expected
