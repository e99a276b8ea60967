"""What a declaration is, of its payment and its clawback (spec 02 §2.15.1, spec 03 §3.11)."""

from datetime import date

import pytest

from register_ects.rules.declaration_states import is_live, is_within_training, state

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("payment", "clawback", "name", "live"),
    [
        ("no_payment", "no_clawback", "submitted", True),
        ("eligible", "no_clawback", "eligible", True),
        ("payable", "no_clawback", "payable", True),
        ("paid", "no_clawback", "paid", True),
        ("voided", "no_clawback", "voided", False),
        ("paid", "awaiting_clawback", "awaiting-clawback", False),
        ("paid", "clawed_back", "clawed-back", False),
    ],
)
def test_a_clawback_tells_more_than_a_payment(payment, clawback, name, live):
    assert (state(payment, clawback), is_live(payment, clawback)) == (name, live)


@pytest.mark.parametrize(
    ("declared_on", "finished_on", "expected"),
    [
        (date(2025, 10, 20), None, True),
        (date(2025, 10, 20), date(2025, 10, 20), True),
        (date(2025, 10, 21), date(2025, 10, 20), False),
    ],
)
def test_another_providers_declaration_counts_up_to_the_last_day_of_training(
    declared_on, finished_on, expected
):
    assert is_within_training(declared_on, finished_on) is expected
