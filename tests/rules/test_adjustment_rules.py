"""What a statement adjustment may be (spec 04 §2.9, §8.4)."""

from decimal import Decimal

import pytest

from register_ects.rules.adjustments import problems_with_adjusting, problems_with_adjustment

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("reason", "amount", "expected"),
    [
        pytest.param("Late starts", "0.01", [], id="a penny more"),
        pytest.param("Late starts", "-0.01", [], id="a penny less"),
        pytest.param("Late starts", "1000000", [], id="the most"),
        pytest.param("Late starts", "-1000000.00", [], id="the least"),
        pytest.param("x" * 500, "1.50", [], id="the longest reason"),
        pytest.param("Late starts", "0", ["amount zero"], id="nothing"),
        pytest.param("Late starts", "-0.00", ["amount zero"], id="nothing less"),
        pytest.param("Late starts", "1000000.01", ["amount out_of_range"], id="too much"),
        pytest.param("Late starts", "-1000000.01", ["amount out_of_range"], id="too little"),
        pytest.param("Late starts", "1.005", ["amount part_of_a_penny"], id="half a penny"),
        pytest.param("Late starts", "NaN", ["amount not_a_number"], id="no number"),
        pytest.param("Late starts", "-Infinity", ["amount not_a_number"], id="endless"),
        pytest.param("", "1", ["reason missing"], id="no reason"),
        pytest.param(" \t", "1", ["reason missing"], id="a blank reason"),
        pytest.param("x" * 501, "1", ["reason too_long"], id="a long reason"),
        pytest.param(
            "", "0", ["reason missing", "amount zero"], id="everything wrong is told at once"
        ),
    ],
)
def test_problems_with_adjustment(reason, amount, expected):
    problems = problems_with_adjustment(reason=reason, amount=Decimal(amount))

    assert [f"{problem.field} {problem.code}" for problem in problems] == expected


@pytest.mark.parametrize(("reason", "expected"), [("Late starts", []), ("", ["missing"])])
def test_the_reason_is_judged_though_the_amount_could_not_be_read(reason, expected):
    problems = problems_with_adjustment(reason=reason, amount=None)

    assert [problem.code for problem in problems] == expected


@pytest.mark.parametrize(
    ("status", "expected"), [("open", []), ("payable", []), ("paid", ["already_paid"])]
)
def test_only_a_paid_statement_takes_no_adjustments(status, expected):
    assert [problem.code for problem in problems_with_adjusting(status=status)] == expected
