"""The endpoints of partnerships: a list, one, create and correct."""

from datetime import date, datetime
from uuid import UUID

import pytest

from register_ects.models import Event, SchoolPartnership
from tests.factories import (
    ActiveLeadProviderFactory,
    ContractPeriodFactory,
    DeclarationFactory,
    DeliveryPartnerFactory,
    LeadProviderFactory,
    PairingFactory,
    SchoolFactory,
    SchoolPartnershipFactory,
    TrainingPeriodFactory,
)
from tests.providers.answers import ids

NOBODY = "00000000-0000-4000-8000-000000000000"


pytestmark = pytest.mark.day("2026-01-08T09:30:15.999999+00:00")


@pytest.fixture
def elm():
    return DeliveryPartnerFactory(name="Elm Hub")


@pytest.fixture
def oak():
    return DeliveryPartnerFactory(name="Oak Hub")


@pytest.fixture
def brook():
    return SchoolFactory(gias_school__name="Brook High", gias_school__urn=147_203)


@pytest.fixture(autouse=True)
def _paired(lead_provider, elm, oak):
    for partner in (elm, oak):
        PairingFactory(lead_provider=lead_provider, delivery_partner=partner)


def body(**attributes):
    sent = {name: getattr(value, "api_id", value) for name, value in attributes.items()}
    sent = {name: str(value) if isinstance(value, UUID) else value for name, value in sent.items()}
    return {"data": {"type": "partnership", "attributes": sent}}


def create(api, school, partner, cohort="2025", **headers):
    sent = body(cohort=cohort, school_id=school, delivery_partner_id=partner)
    return api.post("/partnerships", sent, **headers)


def correct(api, partnership, partner, method="PUT"):
    path = f"/partnerships/{partnership.api_id}"
    return api.request(method, path, body(delivery_partner_id=partner))


def codes(response):
    assert response.status_code == 422, response.content
    return [(each["title"], each["code"]) for each in response.json()["errors"]]


# -- Reading ---------------------------------------------------------------------------------


def test_a_partnership_is_shown_with_every_attribute(api, lead_provider, elm, brook):
    brook.induction_tutor_name = "Priya Natarajan"
    brook.induction_tutor_email = "p.natarajan@larkhill.example"
    brook.save()
    partnership = SchoolPartnershipFactory(
        school=brook, lead_provider=lead_provider, delivery_partner=elm
    )
    TrainingPeriodFactory(school_partnership=partnership)

    response = api.get(f"/partnerships/{partnership.api_id}")

    assert response.json() == {
        "data": {
            "id": str(partnership.api_id),
            "type": "partnership",
            "attributes": {
                "cohort": "2025",
                "urn": "147203",
                "school_id": str(brook.api_id),
                "delivery_partner_id": str(elm.api_id),
                "delivery_partner_name": "Elm Hub",
                "induction_tutor_name": "Priya Natarajan",
                "induction_tutor_email": "p.natarajan@larkhill.example",
                "participants_currently_training": 1,
                "created_at": "2026-01-08T09:30:15Z",
                "updated_at": "2026-01-08T09:30:15Z",
            },
        }
    }


def test_what_a_school_has_not_said_is_null(api, lead_provider):
    partnership = SchoolPartnershipFactory(lead_provider=lead_provider)

    attributes = api.get(f"/partnerships/{partnership.api_id}").json()["data"]["attributes"]

    assert attributes["induction_tutor_name"] is None
    assert attributes["induction_tutor_email"] is None
    assert attributes["participants_currently_training"] == 0


def test_a_provider_sees_its_own_partnerships_of_every_year_and_no_others(
    api, lead_provider, brook
):
    own = [
        SchoolPartnershipFactory(school=brook, lead_provider=lead_provider, year=year)
        for year in (2024, 2025)
    ]
    other = SchoolPartnershipFactory(school=brook)

    assert ids(api.get("/partnerships")) == [str(each.api_id) for each in own]
    assert api.get(f"/partnerships/{other.api_id}").status_code == 404


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("filter[cohort]=2024", ["old"]),
        ("filter[cohort]=2024,2025", ["old", "new"]),
        ("filter[cohort]=x", []),
        ("filter[delivery_partner_id]={elm}", ["new"]),
        ("filter[delivery_partner_id]={elm},x", ["new"]),
        ("filter[delivery_partner_id]=x", []),
        ("filter[delivery_partner_id]=", ["old", "new"]),
        ("filter[cohort]=2024&filter[delivery_partner_id]={elm}", []),
        ("filter[updated_since]=2026-01-08T09:30:16Z", ["new"]),
        ("sort=-created_at", ["new", "old"]),
    ],
)
def test_the_list_is_narrowed_and_sorted(api, lead_provider, elm, on, query, expected):
    old = SchoolPartnershipFactory(lead_provider=lead_provider, year=2024)
    api.get("/partnerships")
    on("2026-01-09")
    new = SchoolPartnershipFactory(lead_provider=lead_provider, delivery_partner=elm)
    names = {str(old.api_id): "old", str(new.api_id): "new"}

    response = api.get(f"/partnerships?{query.format(elm=elm.api_id)}")

    assert [names[each] for each in ids(response)] == expected


def test_the_count_of_participants_turns_with_the_calendar(api, lead_provider, on):
    training = TrainingPeriodFactory(
        lead_provider=lead_provider, started_on=date(2026, 1, 9), finished_on=date(2026, 1, 10)
    )
    path = f"/partnerships/{training.school_partnership.api_id}"

    def count_on(day):
        on(day)
        attributes = api.get(path).json()["data"]["attributes"]
        return attributes["participants_currently_training"], attributes["updated_at"][:10]

    assert count_on("2026-01-08") == (0, "2026-01-08")
    assert count_on("2026-01-09") == (1, "2026-01-09")
    assert count_on("2026-01-10") == (1, "2026-01-09")
    assert count_on("2026-01-11") == (0, "2026-01-11")


def test_the_simulated_clock_counts_as_of_its_day(api, lead_provider):
    training = TrainingPeriodFactory(lead_provider=lead_provider, started_on=date(2026, 3, 2))
    path = f"/partnerships/{training.school_partnership.api_id}"

    simulated = api.get(path, **{"X-With-Server-Date": "2026-03-02"}).json()["data"]["attributes"]

    assert simulated["participants_currently_training"] == 1
    assert api.get(path).json()["data"]["attributes"]["participants_currently_training"] == 0


def test_a_page_costs_the_same_however_many_are_on_it(
    api, lead_provider, django_assert_max_num_queries
):
    for _ in range(3):
        TrainingPeriodFactory(lead_provider=lead_provider)
    api.get("/partnerships")
    api.catches_up = False

    with django_assert_max_num_queries(12):
        assert len(ids(api.get("/partnerships"))) == 3


# -- Creating --------------------------------------------------------------------------------


def test_a_partnership_is_created_and_the_answer_is_what_get_returns(
    api, lead_provider, elm, brook
):
    response = create(api, brook, elm)

    partnership = SchoolPartnership.objects.get()
    assert response.status_code == 200
    assert response.content == api.get(f"/partnerships/{partnership.api_id}").content
    assert (partnership.school, partnership.lead_provider) == (brook, lead_provider)
    event = Event.objects.get(event_type="school_partnership_created")
    assert (event.author_type, event.author_name) == ("lead_provider_api", "Harbour Learning")
    assert event.metadata == {"contract_period_year": 2025}
    assert (event.school, event.school_partnership) == (brook, partnership)


def test_a_number_names_a_cohort_too(api, elm, brook):
    assert create(api, brook, elm, cohort=2025).status_code == 200


def test_upper_case_ids_are_known(api, elm, brook):
    sent = body(
        cohort="2025",
        school_id=str(brook.api_id).upper(),
        delivery_partner_id=str(elm.api_id).upper(),
    )

    assert api.post("/partnerships", sent).status_code == 200


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"cohort": ""}, [("cohort", "blank")], id="blank cohort"),
        pytest.param(
            {"cohort": None, "school_id": None},
            [("cohort", "blank"), ("school_id", "blank")],
            id="all that is missing",
        ),
        pytest.param(
            {"cohort": "2019"},
            [("cohort", "unknown"), ("delivery_partner_id", "no_agreement")],
            id="no such cohort",
        ),
        pytest.param(
            {"cohort": "2026"},
            [("cohort", "not_started"), ("delivery_partner_id", "no_agreement")],
            id="cohort to come",
        ),
        pytest.param({"cohort": "2024"}, [("cohort", "closed")], id="closed cohort"),
        pytest.param({"school_id": "x"}, [("school_id", "unknown")], id="no id of a school"),
        pytest.param({"school_id": NOBODY}, [("school_id", "unknown")], id="no such school"),
        pytest.param({"school_id": "closed"}, [("school_id", "not_eligible")], id="closed school"),
        pytest.param(
            {"delivery_partner_id": NOBODY},
            [("delivery_partner_id", "unknown")],
            id="no such partner",
        ),
        pytest.param(
            {"delivery_partner_id": "another's"},
            [("delivery_partner_id", "no_agreement")],
            id="another's partner",
        ),
        pytest.param(
            {"school_id": "in partnership"},
            [("school_id", "already_in_partnership")],
            id="in partnership",
        ),
        pytest.param(
            {"school_id": "school-led"}, [("school_id", "only_school_led")], id="school-led"
        ),
        pytest.param(
            {"cohort": "2024", "school_id": NOBODY, "delivery_partner_id": NOBODY},
            [("cohort", "closed"), ("school_id", "unknown"), ("delivery_partner_id", "unknown")],
            id="all fields at once",
        ),
    ],
)
def test_what_may_not_be_created(api, lead_provider, elm, oak, brook, changes, expected):
    ContractPeriodFactory(year=2026)
    ContractPeriodFactory(year=2024, enabled=False)
    PairingFactory(lead_provider=lead_provider, delivery_partner=elm, year=2024)
    made = {
        "closed": SchoolFactory(gias_school__closed=True),
        "another's": PairingFactory().delivery_partner,
        "in partnership": SchoolPartnershipFactory(
            lead_provider=lead_provider, delivery_partner=oak
        ).school,
        "school-led": TrainingPeriodFactory(school_led=True).school,
    }
    sent = {"cohort": "2025", "school_id": brook, "delivery_partner_id": elm, **changes}
    before = SchoolPartnership.objects.count()

    response = api.post(
        "/partnerships", body(**{name: made.get(value, value) for name, value in sent.items()})
    )

    assert codes(response) == [(field, f"partnership.{code}") for field, code in expected]
    assert all(f"'#/{field}'" in response.content.decode() for field, _ in expected)
    assert SchoolPartnership.objects.count() == before
    assert not Event.objects.filter(event_type="school_partnership_created").exists()


def test_a_provider_without_a_contract_that_year_has_no_agreement(api_client, elm, brook):
    stranger = LeadProviderFactory()
    ActiveLeadProviderFactory(lead_provider=stranger, year=2024)

    assert codes(create(api_client(stranger), brook, elm)) == [
        ("delivery_partner_id", "partnership.no_agreement")
    ]


def test_another_providers_partnership_does_not_matter(api, brook, elm):
    SchoolPartnershipFactory(school=brook)

    assert create(api, brook, elm).status_code == 200


def test_a_school_that_dfe_marked_as_eligible_may_be_in_partnership(api, elm):
    school = SchoolFactory(gias_school__eligible=False, marked_as_eligible=True)

    assert create(api, school, elm).status_code == 200


@pytest.mark.parametrize("sent", [{}, {"data": {"attributes": {"urn": "1"}}}])
def test_a_body_without_the_envelope_is_unreadable(api, sent):
    assert api.post("/partnerships", sent).status_code == 400


def test_scenario_20_a_partnership_confirms_who_waited_for_it(api, lead_provider, elm, oak, brook):
    omar = TrainingPeriodFactory(school=brook, lead_provider=lead_provider, eoi_only=True)
    pia = TrainingPeriodFactory(
        school=brook,
        lead_provider=lead_provider,
        eoi_only=True,
        for_mentor=True,
        finished_on=date(2025, 12, 12),
    )
    others = [
        TrainingPeriodFactory(school=brook, eoi_only=True),
        TrainingPeriodFactory(lead_provider=lead_provider, eoi_only=True),
        TrainingPeriodFactory(school=brook, lead_provider=lead_provider, eoi_only=True, year=2024),
    ]
    assert ids(api.get("/participants")) == []

    partnership_id = create(api, brook, elm).json()["data"]["id"]
    partnership = SchoolPartnership.objects.get(api_id=partnership_id)

    for training in (omar, pia):
        interest = training.expression_of_interest
        training.refresh_from_db()
        assert training.school_partnership == partnership
        assert training.expression_of_interest == interest
    for training in others:
        training.refresh_from_db()
        assert training.school_partnership is None
    statuses = {
        item["id"]: item["attributes"]["ecf_enrolments"][0]["participant_status"]
        for item in api.get("/participants").json()["data"]
    }
    assert statuses == {str(omar.teacher.api_id): "active", str(pia.teacher.api_id): "left"}
    assigned = Event.objects.filter(event_type="training_period_assigned_to_school_partnership")
    assert {each.training_period for each in assigned} == {omar, pia}
    declaration = DeclarationFactory(training_period=omar)

    assert codes(create(api, brook, oak)) == [("school_id", "partnership.already_in_partnership")]
    unchanged = api.get(f"/partnerships/{partnership_id}").content
    assert correct(api, partnership, elm).content == unchanged
    assert not Event.objects.filter(event_type="school_partnership_updated").exists()

    assert correct(api, partnership, oak).json()["data"]["id"] == partnership_id
    enrolment = api.get(f"/participants/{omar.teacher.api_id}").json()["data"]["attributes"][
        "ecf_enrolments"
    ][0]
    assert enrolment["delivery_partner_id"] == str(oak.api_id)
    declared = api.get(f"/participant-declarations/{declaration.api_id}").json()["data"]
    assert declared["attributes"]["delivery_partner_id"] == str(elm.api_id)


def test_scenario_21_only_school_led_training_stands_in_the_way(api, elm, brook):
    TrainingPeriodFactory(school=brook, school_led=True)
    assert codes(create(api, brook, elm)) == [("school_id", "partnership.only_school_led")]

    TrainingPeriodFactory(school=brook, eoi_only=True)

    assert create(api, brook, elm).status_code == 200


def test_scenario_22_a_provider_named_later_sees_nobody_until_its_partnership(
    api, api_client, lead_provider, brook, on
):
    northgate, birch = LeadProviderFactory(), DeliveryPartnerFactory()
    PairingFactory(lead_provider=northgate, delivery_partner=birch)
    with_harbour = TrainingPeriodFactory(
        school=brook, lead_provider=lead_provider, finished_on=date(2026, 3, 1)
    )
    on("2026-03-02")
    TrainingPeriodFactory(
        ect_at_school_period=with_harbour.ect_at_school_period,
        lead_provider=northgate,
        started_on=date(2026, 3, 2),
        eoi_only=True,
    )
    other = api_client(northgate)
    assert ids(other.get("/participants")) == []
    assert ids(api.get("/participants")) == [str(with_harbour.teacher.api_id)]

    assert create(other, brook, birch).status_code == 200

    assert ids(other.get("/participants")) == [str(with_harbour.teacher.api_id)]


# -- Correcting ------------------------------------------------------------------------------


@pytest.fixture
def partnership(lead_provider, elm, brook):
    return SchoolPartnershipFactory(school=brook, lead_provider=lead_provider, delivery_partner=elm)


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_the_delivery_partner_is_corrected(api, partnership, elm, oak, method, on):
    api.get("/partnerships")
    on("2026-01-09")

    response = correct(api, partnership, oak, method)

    assert response.status_code == 200
    attributes = response.json()["data"]["attributes"]
    assert attributes["delivery_partner_id"] == str(oak.api_id)
    assert attributes["delivery_partner_name"] == "Oak Hub"
    assert attributes["updated_at"] == "2026-01-09T12:00:00Z"
    assert response.content == api.get(f"/partnerships/{partnership.api_id}").content
    event = Event.objects.get(event_type="school_partnership_updated")
    assert event.modifications == ["Delivery partner changed from 'Elm Hub' to 'Oak Hub'"]
    assert event.metadata == {"previous_delivery_partner_id": elm.pk, "contract_period_year": 2025}
    assert (event.delivery_partner, event.school_partnership) == (oak, partnership)


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (None, "blank"),
        ("", "blank"),
        ("x", "unknown"),
        (NOBODY, "unknown"),
        ("without agreement", "no_agreement"),
        ("last year's", "no_agreement"),
        ("second", "already_in_partnership"),
    ],
)
def test_what_may_not_be_corrected(api, lead_provider, partnership, brook, oak, sent, code):
    SchoolPartnershipFactory(school=brook, lead_provider=lead_provider, delivery_partner=oak)
    made = {
        "without agreement": DeliveryPartnerFactory(),
        "last year's": PairingFactory(lead_provider=lead_provider, year=2024).delivery_partner,
        "second": oak,
    }

    response = correct(api, partnership, made.get(sent, sent))

    assert codes(response) == [("delivery_partner_id", f"partnership.{code}")]
    assert not Event.objects.filter(event_type="school_partnership_updated").exists()


def test_a_closed_cohort_may_be_corrected(api, partnership, oak):
    ContractPeriodFactory(year=2025)
    period = partnership.contract_period
    period.enabled, period.payments_frozen_at = False, datetime.fromisoformat("2026-01-01T00:00Z")
    period.save()

    assert correct(api, partnership, oak).status_code == 200


def test_another_providers_partnership_is_not_found_whatever_the_body(api_client, partnership):
    other = api_client(LeadProviderFactory())

    assert other.request("PUT", f"/partnerships/{partnership.api_id}", b"{").status_code == 404
    assert other.request("PUT", f"/partnerships/{NOBODY}", b"{").status_code == 404


@pytest.mark.parametrize("sent", [{}, {"data": {"attributes": {"cohort": "2025"}}}])
def test_a_correction_without_the_envelope_is_unreadable(api, partnership, sent):
    path = f"/partnerships/{partnership.api_id}"

    assert api.request("PUT", path, sent).status_code == 400
