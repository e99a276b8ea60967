"""The routes to professional statuses, read over real HTTP."""

import json
from datetime import date

import pytest

from register_ects.integrations.trs import Route, TeacherNotFound, TRSUnavailable
from register_ects.invented.stand_ins.trs import person
from tests.integrations.replies import canned

pytestmark = pytest.mark.no_database


def read(*routes, trn="1234567"):
    body = json.dumps({"trn": trn, "routesToProfessionalStatuses": list(routes)})
    with canned(200, body) as reply, reply.client() as client:
        return client.find_routes("1234567")


def test_reads_every_field_of_a_route(stand_in, trs):
    stand_in.upsert(person("1234567", qts_held_from=date(2025, 7, 1)))

    (route,) = trs.find_routes("1234567")

    assert route == Route(
        name="Postgraduate Teaching Apprenticeship",
        status="Holds",
        provider="Northmoor SCITT",
        ukprn=route.ukprn,
        started_on=date(2024, 9, 2),
        ended_on=date(2025, 6, 27),
        awarded_on=date(2025, 7, 1),
        subjects=("Mathematics",),
        ages="11 to 16",
        country="United Kingdom",
        degree_type=None,
        is_exempt=False,
        exemptions=(),
    )
    assert len(route.ukprn) == 8


def test_the_latest_training_comes_first_and_codes_are_words():
    routes = read(
        {"status": "Withdrawn", "trainingEndDate": "2020-07-01"},
        {"status": "InTraining"},
        {
            "status": "UnderAssessment",
            "trainingEndDate": "2024-07-01",
            "trainingAgeSpecialism": {"type": "KeyStage2"},
            "inductionExemption": {"isExempt": True, "exemptionReasons": [{"name": "Scotland"}]},
        },
    )

    assert [route.status for route in routes] == ["Under assessment", "Withdrawn", "In training"]
    assert (routes[0].ages, routes[0].exemptions) == ("Key stage 2", ("Scotland",))


@pytest.mark.parametrize("routes", [[], [{}], [{"trainingEndDate": "soon"}]])
def test_what_is_missing_or_cannot_be_read_is_left_out(routes):
    assert [route.ended_on for route in read(*routes)] == [None] * len(routes)


def test_another_persons_record_is_none():
    with pytest.raises(TRSUnavailable):
        read(trn="7654321")


def test_somebody_unknown_is_not_found(trs):
    with pytest.raises(TeacherNotFound):
        trs.find_routes("7000002")
