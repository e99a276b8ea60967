"""What providers are shown of partnerships, delivery partners and statements."""

from datetime import UTC, date, datetime

import pytest

from register_ects.models import ShownChange, ShownResource
from register_ects.projections import delivery_partners, partnerships, statements
from register_ects.projections.refresh import catch_up
from tests.factories import (
    ActiveLeadProviderFactory,
    DeliveryPartnerFactory,
    GIASSchoolFactory,
    PairingFactory,
    SchoolFactory,
    SchoolPartnershipFactory,
    StatementAdjustmentFactory,
    StatementFactory,
    TrainingPeriodFactory,
)

MONDAY, TUESDAY = "2026-01-12", "2026-01-13"


pytestmark = pytest.mark.day(MONDAY)


# -- Partnerships ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("started_on", "finished_on", "counted"),
    [
        pytest.param(date(2026, 1, 13), None, 0, id="from tomorrow"),
        pytest.param(date(2026, 1, 12), None, 1, id="from today"),
        pytest.param(date(2025, 9, 1), None, 1, id="open"),
        pytest.param(date(2025, 9, 1), date(2026, 1, 13), 1, id="until tomorrow"),
        pytest.param(date(2025, 9, 1), date(2026, 1, 12), 1, id="until today"),
        pytest.param(date(2025, 9, 1), date(2026, 1, 11), 0, id="until yesterday"),
        pytest.param(date(2026, 1, 12), date(2026, 1, 12), 1, id="today only"),
    ],
)
@pytest.mark.parametrize("role", ["for_ect", "for_mentor"])
def test_training_counts_on_its_first_and_last_day(started_on, finished_on, counted, role):
    partnership = SchoolPartnershipFactory()
    TrainingPeriodFactory(
        school_partnership=partnership,
        started_on=started_on,
        finished_on=finished_on,
        **{role: True},
    )

    (shown,) = partnerships.render([partnership.pk])

    assert shown.attributes["participants_currently_training"] == counted


def test_only_training_on_the_partnership_itself_counts(harbour):
    partnership = SchoolPartnershipFactory(lead_provider=harbour)
    TrainingPeriodFactory.create_batch(2, school_partnership=partnership)
    TrainingPeriodFactory(school=partnership.school, lead_provider=harbour)
    TrainingPeriodFactory(school=partnership.school, lead_provider=harbour, eoi_only=True)

    (shown,) = partnerships.render([partnership.pk])

    assert shown.attributes["participants_currently_training"] == 2
    assert (shown.lead_provider_id, shown.years) == (harbour.pk, (2025,))
    partner = partnership.lead_provider_delivery_partnership.delivery_partner
    assert shown.delivery_partner_id == partner.api_id


@pytest.mark.parametrize(
    ("tutor", "primary", "secondary", "email"),
    [
        ("t@x.example", "a@x.example", "b@x.example", "t@x.example"),
        (None, "a@x.example", "b@x.example", "a@x.example"),
        (None, None, "b@x.example", "b@x.example"),
        (None, None, None, None),
    ],
)
def test_without_a_tutor_the_registers_contact_is_shown(tutor, primary, secondary, email):
    school = SchoolFactory(
        induction_tutor_name=tutor and "Tilda Marsh",
        induction_tutor_email=tutor,
        gias_school__primary_contact_email=primary,
        gias_school__secondary_contact_email=secondary,
    )

    (shown,) = partnerships.render([SchoolPartnershipFactory(school=school).pk])

    assert shown.attributes["induction_tutor_name"] == (tutor and "Tilda Marsh")
    assert shown.attributes["induction_tutor_email"] == email


# -- Delivery partners -----------------------------------------------------------------------


def test_each_provider_is_shown_the_years_of_its_own_agreements(harbour, northgate):
    partner = DeliveryPartnerFactory(name="Tidewater Teaching School Hub")
    for provider, year in ((harbour, 2026), (harbour, 2024), (northgate, 2025)):
        PairingFactory(lead_provider=provider, delivery_partner=partner, year=year)

    shown = {each.lead_provider_id: each for each in delivery_partners.render([partner.pk])}

    assert shown.keys() == {harbour.pk, northgate.pk}
    assert shown[harbour.pk].attributes == {
        "name": "Tidewater Teaching School Hub",
        "cohort": ["2024", "2026"],
        "created_at": partner.created_at,
    }
    assert shown[harbour.pk].years == (2024, 2026)
    assert shown[northgate.pk].attributes["cohort"] == ["2025"]


def test_a_delivery_partner_without_agreements_is_shown_to_nobody():
    assert delivery_partners.render([DeliveryPartnerFactory().pk]) == []


# -- Statements ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("traits", "paid"), [({}, False), ({"payable": True}, False), ({"paid": True}, True)]
)
def test_an_output_statement_is_shown_whatever_its_status(harbour, traits, paid):
    statement = StatementFactory(lead_provider=harbour, **traits)

    (shown,) = statements.render([statement.pk])

    assert shown.lead_provider_id == harbour.pk
    assert shown.attributes == {
        "month": "November",
        "year": "2025",
        "cohort": "2025",
        "cut_off_date": date(2025, 10, 31),
        "payment_date": date(2025, 11, 25),
        "paid": paid,
        "created_at": statement.created_at,
    }


def test_a_statement_is_filed_under_its_london_day_of_payment(harbour):
    statement = StatementFactory(lead_provider=harbour, payment_date=date(2026, 7, 25))

    (shown,) = statements.render([statement.pk])

    assert shown.created_at == datetime(2026, 7, 24, 23, tzinfo=UTC)


def test_a_service_statement_is_shown_to_nobody():
    assert statements.render([StatementFactory(service=True).pk]) == []


# -- Cost ------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 5])
@pytest.mark.parametrize(
    ("render", "factory", "queries"),
    [
        (partnerships.render, SchoolPartnershipFactory, 1),
        (
            delivery_partners.render,
            lambda: PairingFactory().delivery_partner,
            2,
        ),
        (statements.render, StatementFactory, 1),
    ],
    ids=["partnerships", "delivery partners", "statements"],
)
def test_rendering_costs_the_same_however_many(
    render, factory, queries, count, django_assert_num_queries
):
    keys = [factory().pk for _ in range(count)]

    with django_assert_num_queries(queries):
        assert len(render(keys)) == count


# -- What moves updated_at -------------------------------------------------------------------


def rename_partner(facts):
    facts["partner"].name = "Tidewater Hub"
    facts["partner"].save()


def add_agreement(facts):
    PairingFactory(lead_provider=facts["provider"], delivery_partner=facts["partner"], year=2026)


def add_anothers_agreement(facts):
    PairingFactory(delivery_partner=facts["partner"])


def change_urn(facts):
    facts["school"].gias_school = GIASSchoolFactory()
    facts["school"].save()


def rename_school(facts):
    facts["school"].gias_school.name = "Larkhill High"
    facts["school"].gias_school.save()


def change_tutor(facts):
    facts["school"].induction_tutor_name = "Owen Peck"
    facts["school"].save()


def change_contact(facts):
    facts["school"].gias_school.primary_contact_email = "office@larkhill.example"
    facts["school"].gias_school.save()


def remove_tutor(facts):
    facts["school"].induction_tutor_name = facts["school"].induction_tutor_email = None
    facts["school"].save()


def begin_training(facts):
    TrainingPeriodFactory(school_partnership=facts["partnership"])


def register_future_training(facts):
    TrainingPeriodFactory(school_partnership=facts["partnership"], started_on=date(2026, 2, 2))


def change_partner(facts):
    facts["partnership"].lead_provider_delivery_partnership = PairingFactory(
        lead_provider=facts["provider"]
    )
    facts["partnership"].save()


def pay_statement(facts):
    close_statement(facts)
    facts["statement"].status = "paid"
    facts["statement"].marked_as_paid_at = datetime(2026, 1, 13, tzinfo=UTC)
    facts["statement"].save()


def close_statement(facts):
    facts["statement"].status = "payable"
    facts["statement"].save()


def postpone_payment(facts):
    facts["statement"].payment_date = date(2025, 11, 28)
    facts["statement"].save()


def adjust_statement(facts):
    StatementAdjustmentFactory(statement=facts["statement"])


@pytest.mark.parametrize(
    ("change", "moved"),
    [
        (
            rename_partner,
            {("delivery-partner", ("name",)), ("partnership", ("delivery_partner_name",))},
        ),
        (add_agreement, {("delivery-partner", ("cohort",))}),
        (add_anothers_agreement, set()),
        (change_urn, {("partnership", ("urn",))}),
        (rename_school, set()),
        (change_tutor, {("partnership", ("induction_tutor_name",))}),
        (change_contact, set()),
        (
            remove_tutor,
            {("partnership", ("induction_tutor_name", "induction_tutor_email"))},
        ),
        (begin_training, {("partnership", ("participants_currently_training",))}),
        (register_future_training, set()),
        (
            change_partner,
            {("partnership", ("delivery_partner_id", "delivery_partner_name"))},
        ),
        (pay_statement, {("statement", ("paid",))}),
        (close_statement, set()),
        (postpone_payment, {("statement", ("payment_date",))}),
        (adjust_statement, set()),
    ],
    ids=lambda value: value.__name__ if callable(value) else None,
)
def test_updated_at_moves_exactly_where_what_is_shown_changes(harbour, on, change, moved):
    partnership = SchoolPartnershipFactory(lead_provider=harbour, school__with_tutor=True)
    facts = {
        "provider": harbour,
        "partnership": partnership,
        "school": partnership.school,
        "partner": partnership.lead_provider_delivery_partnership.delivery_partner,
        "statement": StatementFactory(lead_provider=harbour),
    }
    ActiveLeadProviderFactory(lead_provider=harbour, year=2026)
    catch_up()
    ShownChange.objects.all().delete()

    on(TUESDAY)
    change(facts)
    catch_up()

    kinds = ("delivery-partner", "partnership", "statement")
    own = {"lead_provider": harbour, "resource_type__in": kinds}
    changes = ShownChange.objects.filter(**own, change="updated")
    assert {(each.resource_type, tuple(each.changed_fields)) for each in changes} == moved
    rows = ShownResource.objects.filter(**own, updated_at__gte=f"{TUESDAY}T00:00Z").exclude(
        api_id__in=ShownChange.objects.filter(change="created").values("resource_id")
    )
    assert {row.resource_type for row in rows} == {kind for kind, _ in moved}
