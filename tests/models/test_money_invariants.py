"""Years, contracts and statements: what the database refuses (spec 01 §4.1, §4.8, §6, 23 to 26)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from register_ects.models import BandedFeeStructure, Contract, FlatRateFeeStructure
from tests.factories import (
    ActiveLeadProviderBandFactory,
    ActiveLeadProviderFactory,
    BandTermFactory,
    ContractFactory,
    ContractPeriodFactory,
    FlatRateFeeStructureFactory,
    MilestoneFactory,
    RegistrationClosureFactory,
    ScheduleFactory,
    ServiceNoticeFactory,
    StatementAdjustmentFactory,
    StatementFactory,
)
from tests.raw_sql import changed, copied, removed

MATCH = "fee_structures_match_contract_type"


def check_now():
    """Check what was left for the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


# -- 23, 24: statements ------------------------------------------------------------------------


def test_a_provider_has_one_statement_a_month(refused):
    problem = refused("one_statement_per_provider_and_month", *copied(StatementFactory()))
    assert (problem.field, problem.code) == ("month", "already_exists")


@pytest.mark.parametrize("month", [0, 13])
def test_a_month_is_one_of_twelve(refused, month):
    refused("statement_month_between_1_and_12", *changed(StatementFactory(), month=month))


def test_no_statement_is_older_than_2020(refused):
    refused("statement_year_from_2020", *changed(StatementFactory(), year=2019))


@pytest.mark.parametrize("days", [0, -1])
def test_a_statement_is_paid_after_its_deadline(refused, days):
    statement = StatementFactory()
    problem = refused(
        "statement_paid_after_its_deadline",
        *changed(statement, payment_date=statement.deadline_date + timedelta(days=days)),
    )
    assert "after the deadline" in problem.details["message"]


def test_the_first_statements_were_paid_on_their_deadline(execute):
    day = date(2022, 11, 30)
    execute(*changed(StatementFactory(), deadline_date=day, payment_date=day))


def test_a_statement_belongs_to_its_contracts_provider(refused):
    statement = StatementFactory()
    problem = refused(
        "statement_agrees_with_its_contract",
        *changed(statement, contract_id=ContractFactory().pk),
    )
    assert problem.code == "stale"


def test_a_statement_repeats_its_active_lead_provider(refused):
    statement = StatementFactory()
    other = ContractPeriodFactory(year=2024)
    refused(
        "statement_agrees_with_its_active_lead_provider",
        *changed(statement, contract_period_year=other.pk),
    )


@pytest.mark.parametrize("amount", ["0", "1000000.01", "-1000000.01"])
def test_an_adjustment_is_some_money_within_a_million(refused, amount):
    refused(
        "adjustment_not_zero_and_within_a_million",
        *changed(StatementAdjustmentFactory(), amount=Decimal(amount)),
    )


@pytest.mark.parametrize("name", ["", "  "])
def test_an_adjustment_has_a_name(refused, name):
    problem = refused(
        "statement_adjustment_payment_type_not_empty",
        *changed(StatementAdjustmentFactory(), payment_type=name),
    )
    assert problem.details["message"] == "Enter some text"


# -- 25: fee structures match the contract type ------------------------------------------------


@pytest.mark.parametrize(("year", "other"), [(2024, "ittecf_ectp"), (2025, "ecf")])
def test_a_contract_cannot_change_type_without_its_fees(refused, year, other):
    problem = refused(MATCH, *changed(ContractFactory(year=year), contract_type=other))
    assert problem.field == "contract_type"


def test_a_contract_cannot_be_added_without_fees(refused):
    refused(MATCH, *copied(ContractFactory(year=2024)))


def test_an_ecf_contract_takes_no_flat_rate(refused):
    ecf, ittecf = ContractFactory(year=2024), ContractFactory(year=2025)
    refused(MATCH, *copied(ittecf.flat_rate_fee_structure, contract_id=ecf.pk))


def test_an_ittecf_contract_keeps_its_flat_rate(refused):
    refused(MATCH, *removed(ContractFactory(year=2025).flat_rate_fee_structure))


def test_any_contract_keeps_its_banded_fees(refused):
    contract = ContractFactory(year=2024)
    contract.banded_fee_structure.band_terms.all().delete()
    refused(MATCH, *removed(contract.banded_fee_structure))


def test_a_contract_with_a_mentor_fee_has_no_uplift_fee(refused, execute):
    later = ContractFactory(year=2025).banded_fee_structure
    problem = refused(MATCH, *changed(later, uplift_fee_per_declaration=5))
    assert "no uplift fee" in problem.details["message"]
    earlier = ContractFactory(year=2024).banded_fee_structure
    execute(*changed(earlier, uplift_fee_per_declaration=5))


def test_fees_that_move_are_missed_where_they_came_from():
    giver, taker = ContractFactory(year=2025), ContractFactory(year=2025)

    taker.flat_rate_fee_structure.delete()
    FlatRateFeeStructure.objects.filter(contract=giver).update(contract=taker)

    with pytest.raises(IntegrityError, match="fee structures do not match"), transaction.atomic():
        check_now()
    FlatRateFeeStructureFactory(contract=giver)


def test_fees_and_type_may_change_together_within_a_transaction():
    contract = ContractFactory(year=2025)

    contract.flat_rate_fee_structure.delete()
    Contract.objects.filter(pk=contract.pk).update(contract_type="ecf")
    check_now()

    contract.refresh_from_db()
    assert contract.contract_type == "ecf"


def test_a_contract_goes_with_its_fees():
    contract = ContractFactory(year=2025)
    contract.delete()
    assert not BandedFeeStructure.objects.exists()


# -- 26: bands and their terms -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("output", "service"),
    [("0.60", "0.39"), ("0.60", "0.41"), ("1.10", "-0.10"), ("0", "0")],
)
def test_the_ratios_of_a_band_add_up_to_1(refused, output, service):
    refused(
        "band_ratios_add_up_to_1",
        *changed(
            BandTermFactory(), output_fee_ratio=Decimal(output), service_fee_ratio=Decimal(service)
        ),
    )


def test_a_band_has_a_price(refused):
    refused("band_fee_above_zero", *changed(BandTermFactory(), fee_per_declaration=Decimal(0)))


def test_a_contract_prices_each_band_once(refused):
    refused("one_term_per_band_and_contract", *copied(BandTermFactory()))


def test_a_contract_prices_the_bands_of_its_own_provider(refused):
    term = BandTermFactory()
    problem = refused(
        "band_term_agrees_with_its_band",
        *changed(term, band_id=ActiveLeadProviderBandFactory().pk),
    )
    assert problem.code == "stale"


def test_a_band_term_repeats_the_provider_of_its_fees(refused):
    term = BandTermFactory()
    other = ActiveLeadProviderBandFactory()
    refused(
        "band_term_agrees_with_its_fee_structure",
        *changed(term, band_id=other.pk, active_lead_provider_id=other.active_lead_provider_id),
    )


def test_banded_fees_repeat_the_provider_of_their_contract(refused):
    structure = ContractFactory(year=2024).banded_fee_structure
    structure.band_terms.all().delete()
    refused(
        "banded_fees_agree_with_their_contract",
        *changed(structure, active_lead_provider_id=ActiveLeadProviderFactory().pk),
    )


@pytest.mark.parametrize("columns", [{"capacity": 0}, {"allocation_order": 0}])
def test_a_band_has_room_and_a_place(refused, columns):
    band = ActiveLeadProviderBandFactory()
    refused(
        "band_order_and_capacity_above_zero", *copied(band, **{"allocation_order": 2} | columns)
    )


def test_two_bands_of_a_provider_cannot_share_a_place(refused):
    refused("one_band_per_allocation_order", *copied(ActiveLeadProviderBandFactory()))


@pytest.mark.parametrize("fee", ["setup_fee", "monthly_service_fee", "uplift_fee_per_declaration"])
def test_banded_fees_are_not_negative(refused, fee):
    structure = ContractFactory(year=2024).banded_fee_structure
    refused("banded_fees_not_negative", *changed(structure, **{fee: Decimal("-0.01")}))


@pytest.mark.parametrize("ratio", ["-0.0001", "1.0001"])
def test_the_uplift_target_is_a_ratio(refused, ratio):
    structure = ContractFactory(year=2024).banded_fee_structure
    refused(
        "uplift_target_ratio_between_0_and_1",
        *changed(structure, uplift_target_ratio=Decimal(ratio)),
    )


@pytest.mark.parametrize("columns", [{"recruitment_target": 0}, {"fee_per_declaration": 0}])
def test_a_flat_rate_has_a_price_and_a_target(refused, columns):
    structure = ContractFactory(year=2025).flat_rate_fee_structure
    refused("flat_rate_fee_and_target_above_zero", *changed(structure, **columns))


@pytest.mark.parametrize("rate", ["-0.01", "1.01"])
def test_vat_is_a_ratio(refused, rate):
    refused("vat_rate_between_0_and_1", *changed(ContractFactory(), vat_rate=Decimal(rate)))


# -- 29: facts that never change ---------------------------------------------------------------


def test_the_provider_of_a_contract_never_changes(refused):
    refused(
        "contract_provider_never_changes",
        *changed(ContractFactory(), active_lead_provider_id=ActiveLeadProviderFactory().pk),
    )


def test_the_place_of_a_band_never_changes(refused):
    refused(
        "band_order_never_changes", *changed(ActiveLeadProviderBandFactory(), allocation_order=2)
    )


@pytest.mark.parametrize(("capacity", "allowed"), [(99, False), (100, True), (101, True)])
def test_a_band_only_grows(refused, execute, capacity, allowed):
    change = changed(ActiveLeadProviderBandFactory(capacity=100), capacity=capacity)
    if allowed:
        execute(*change)
    else:
        refused("band_capacity_never_shrinks", *change)


# -- The catalogue of years (§4.1) -------------------------------------------------------------


def test_no_contract_period_is_older_than_2020(refused):
    refused("contract_period_year_from_2020", *changed(ContractPeriodFactory(), year=2019))


def test_a_contract_period_has_each_schedule_once(refused):
    refused("one_schedule_of_an_identifier_per_contract_period", *copied(ScheduleFactory()))


def test_a_schedule_is_one_we_know(refused):
    problem = refused(
        "schedule_identifier_is_known", *changed(ScheduleFactory(), identifier="ecf-standard-may")
    )
    assert problem.details["message"] == "Choose one of the values in the list"


def test_a_schedule_has_one_milestone_of_a_type(refused):
    refused("one_milestone_of_a_type_per_schedule", *copied(MilestoneFactory()))


def test_a_milestone_ends_after_it_starts(refused):
    milestone = MilestoneFactory()
    refused(
        "milestone_date_after_its_start_date",
        *changed(milestone, milestone_date=milestone.start_date),
    )


@pytest.mark.parametrize(("day", "allowed"), [(date(2025, 5, 31), False), (date(2025, 6, 1), True)])
def test_a_milestone_starts_in_its_contract_year(refused, execute, day, allowed):
    change = changed(MilestoneFactory(start_date=date(2025, 9, 1)), start_date=day)
    if allowed:
        execute(*change)
    else:
        refused("milestone_starts_within_contract_year", *change)


def test_a_closure_ends_on_or_after_its_start(refused):
    closure = RegistrationClosureFactory()
    refused("closure_ends_on_or_after_start", *changed(closure, ends_on=date(2026, 5, 31)))


def test_a_notice_ends_after_it_starts(refused):
    notice = ServiceNoticeFactory()
    refused("service_notice_ends_after_start", *changed(notice, ends_at=notice.starts_at))
