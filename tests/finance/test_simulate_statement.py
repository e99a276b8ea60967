"""The simulate_statement command: what it answers, in which order, to the penny."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.no_database

SCENARIOS = Path(__file__).parent / "scenarios"
REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def simulate(capsys):
    """Run the command on a scenario file and give its answer."""

    def run(name: str, *options: str) -> dict:
        call_command("simulate_statement", str(SCENARIOS / name), *options)
        return json.loads(capsys.readouterr().out)

    return run


@pytest.fixture
def simulate_scenario(capsys, tmp_path):
    """Run the command on a scenario given as a dictionary and give its answer."""

    def run(scenario: dict, *options: str) -> dict:
        path = tmp_path / "scenario.json"
        path.write_text(json.dumps(scenario))
        call_command("simulate_statement", str(path), *options)
        return json.loads(capsys.readouterr().out)

    return run


def scenario(**changes: object) -> dict:
    """Make the smallest contract whose statements show nothing but their counts."""
    return {
        "contract_type": "ecf",
        "vat_registered": False,
        "monthly_service_fee": "0.00",
        "bands": [{"capacity": 10, "fee_per_declaration": "1000.00", "output_fee_ratio": "0.60"}],
        **changes,
    }


def statement(year: int, month: int, day: str, **changes: object) -> dict:
    return {"year": year, "month": month, "payment_date": day, **changes}


def starts(billable: int = 0, refundable: int = 0) -> dict:
    return {"started": {"billable": billable, "refundable": refundable}}


def test_the_published_example(simulate):
    answer = simulate("example.json")

    assert answer == json.loads((SCENARIOS / "example-answer.json").read_text())


def test_the_example_in_the_documentation(simulate_scenario):
    page = (REPOSITORY / "docs" / "payments.md").read_text()
    example = page.split("```json\n")[1].split("```")[0]

    totals = [s["total"] for s in simulate_scenario(json.loads(example))["statements"]]

    assert totals == ["15360.00", "5724.00"]
    assert "£5,724.00" in page


def test_the_keys_come_in_the_published_order(simulate):
    answer = simulate("example.json")
    expected = json.loads((SCENARIOS / "example-answer.json").read_text())

    assert list(answer["statements"][0]) == list(expected["statements"][0])


@pytest.mark.parametrize("mode", ["net", "reference"])
def test_a_full_ecf_statement(simulate, mode):
    """W7."""
    answer = simulate("full-ecf.json", "--mode", mode)["statements"][-1]

    allocation = answer.pop("allocation")
    assert [band["billable"] for band in allocation["started"]["bands"]] == [0, 120, 30, 0]
    assert [band["refundable"] for band in allocation["started"]["bands"]] == [0, 0, 25, 0]
    assert answer == {
        "year": 2025,
        "month": 8,
        "output_billable": "20372.36",
        "output_refund": "2959.65",
        "mentor_billable": "0.00",
        "mentor_refund": "0.00",
        "uplift_billable": "4800.00",
        "uplift_refund": "700.00",
        "service_fee": "72737.93",
        "adjustments": "939.60",
        "subtotal": "95190.23",
        "vat": "19038.05",
        "total": "114228.28",
    }


@pytest.mark.parametrize("mode", ["net", "reference"])
def test_a_full_ittecf_ectp_statement(simulate, mode):
    """W8."""
    answer = simulate("full-ittecf-ectp.json", "--mode", mode)["statements"][-1]

    assert list(answer.pop("allocation")) == ["started", "retained-1", "extended-1", "extended-2"]
    assert answer == {
        "year": 2026,
        "month": 4,
        "output_billable": "44456.30",
        "output_refund": "706.86",
        "mentor_billable": "24826.59",
        "mentor_refund": "1520.00",
        "uplift_billable": "0.00",
        "uplift_refund": "0.00",
        "service_fee": "41250.33",
        "adjustments": "-75.05",
        "subtotal": "108231.32",
        "vat": "21646.26",
        "total": "129877.58",
    }


@pytest.mark.parametrize(
    ("options", "totals", "overflow"),
    [
        ([], ["216.00", "-84.00", "84.00", "0.00"], 2),
        (["--mode", "net"], ["216.00", "-84.00", "84.00", "0.00"], 2),
        (["--mode", "reference"], ["216.00", "-84.00", "84.00", "60.00"], 0),
    ],
)
def test_the_modes_differ_beyond_capacity(simulate, options, totals, overflow):
    """W10. Net position is the default."""
    answer = simulate("beyond-capacity.json", *options)

    assert [s["total"] for s in answer["statements"]] == totals
    last = answer["statements"][-1]["allocation"]["started"]
    assert last["overflow_billable"] == overflow


def test_reference_mode_shows_what_could_not_be_allocated(simulate_scenario):
    late = statement(2025, 1, "2025-01-25", ect=starts(9, 12))

    answer = simulate_scenario(scenario(statements=[late]), "--mode", "reference")

    assert answer["statements"][0]["allocation"]["started"] == {
        "bands": [{"letter": "A", "billable": 9, "refundable": 9}],
        "overflow_billable": 0,
        "overflow_refundable": 3,
    }


def test_statements_are_taken_by_payment_date_then_year_then_month(simulate_scenario):
    same_day = "2025-01-25"
    statements = [
        statement(2025, 2, same_day, ect=starts(0, 1)),
        statement(2025, 1, same_day, ect=starts(1)),
        statement(2024, 12, same_day),
        statement(2026, 1, "2024-11-25"),
    ]

    answer = simulate_scenario(scenario(statements=statements))

    order = [(s["year"], s["month"]) for s in answer["statements"]]
    assert order == [(2026, 1), (2024, 12), (2025, 1), (2025, 2)]
    assert [s["total"] for s in answer["statements"]] == ["0.00", "0.00", "120.00", "-120.00"]


def test_equal_payment_dates_do_not_hide_each_other_in_reference_mode(simulate_scenario):
    statements = [
        statement(2025, 2, "2025-01-25", ect=starts(10)),
        statement(2025, 1, "2025-01-25", ect=starts(10)),
    ]

    answer = simulate_scenario(scenario(statements=statements), "--mode", "reference")

    assert [s["total"] for s in answer["statements"]] == ["1200.00", "0.00"]


def test_no_statements_cost_nothing(simulate_scenario):
    assert simulate_scenario(scenario(statements=[])) == {"statements": [], "total": "0.00"}


def test_null_and_absent_mean_none(simulate_scenario):
    nothing = dict.fromkeys(["fee_type", "ect", "mentor", "uplifts", "adjustments"])
    statements = [
        statement(2025, 1, "2025-01-25", **nothing),
        statement(2025, 4, "2025-04-25"),
        statement(2025, 8, "2025-08-25", ect={"started": None}, uplifts={"billable": None}),
    ]
    unset = dict.fromkeys(
        ["recruitment_target", "setup_fee", "uplift_fee_per_declaration", "vat_rate"]
    )

    answer = simulate_scenario(scenario(statements=statements, **unset))

    assert [s["total"] for s in answer["statements"]] == ["0.00", "0.00", "0.00"]
    assert all(s["allocation"] == {} for s in answer["statements"])


def test_vat_is_twenty_percent_unless_said_otherwise(simulate_scenario):
    late = statement(2025, 1, "2025-01-25", ect=starts(1))
    terms = scenario(statements=[late])
    del terms["vat_registered"]

    answer = simulate_scenario(terms)["statements"][0]

    assert (answer["subtotal"], answer["vat"], answer["total"]) == ("120.00", "24.00", "144.00")


def test_service_statements_are_priced_like_any_other(simulate_scenario):
    service = statement(
        2025, 2, "2025-02-25", fee_type="service", ect=starts(2), adjustments=["0.50"]
    )

    assert simulate_scenario(scenario(statements=[service]))["total"] == "240.50"


def test_uplifts_are_paid_for_starts_beyond_capacity(simulate_scenario):
    busy = statement(2025, 1, "2025-01-25", ect=starts(13), uplifts={"billable": 12})

    answer = simulate_scenario(scenario(statements=[busy], uplift_fee_per_declaration="100.00"))

    assert answer["statements"][0]["uplift_billable"] == "1200.00"
    assert answer["statements"][0]["allocation"]["started"]["overflow_billable"] == 3


def test_only_types_with_a_count_are_listed_in_the_order_of_the_programme(simulate_scenario):
    counts = {
        "completed": {"billable": 1},
        "retained-2": {"billable": 0, "refundable": 0},
        "started": {"billable": 1, "refundable": 1},
    }

    answer = simulate_scenario(scenario(statements=[statement(2025, 1, "2025-01-25", ect=counts)]))

    assert list(answer["statements"][0]["allocation"]) == ["started", "completed"]


def test_the_27th_band_is_aa(simulate_scenario):
    band = {"capacity": 1, "fee_per_declaration": "100.00", "output_fee_ratio": "1.00"}
    late = statement(2025, 1, "2025-01-25", ect=starts(27))

    answer = simulate_scenario(scenario(bands=[band] * 27, statements=[late]))

    bands = answer["statements"][0]["allocation"]["started"]["bands"]
    assert [bands[0]["letter"], bands[-1]["letter"]] == ["A", "AA"]


def test_a_sum_of_instalments_on_half_a_penny_rounds_up(simulate_scenario):
    """29 instalments of 0.145 / 29: only exact arithmetic finds the half penny."""
    band = {"capacity": 1, "fee_per_declaration": "0.29", "output_fee_ratio": "0.50"}
    months = [(2024 + n // 12, n % 12 + 1) for n in range(29)]
    statements = [statement(y, m, f"{y}-{m:02}-25") for y, m in months]
    terms = scenario(
        bands=[band], statements=statements, recruitment_target=1, monthly_service_fee=None
    )

    answer = simulate_scenario(terms)

    assert {s["total"] for s in answer["statements"]} == {"0.01"}  # 0.005, rounded once each
    assert answer["total"] == "0.15"  # 0.145, not the sum of 29 pennies


def test_a_negative_half_penny_rounds_away_from_zero(simulate_scenario):
    band = {"capacity": 1, "fee_per_declaration": "0.10", "output_fee_ratio": "0.25"}
    statements = [
        statement(2025, 1, "2025-01-25", ect=starts(1)),
        statement(2025, 4, "2025-04-25", ect=starts(0, 1)),
    ]

    answer = simulate_scenario(scenario(bands=[band], statements=statements))

    assert [s["total"] for s in answer["statements"]] == ["0.01", "-0.01"]
    assert answer["total"] == "0.00"


def test_less_than_half_a_penny_owed_is_never_minus_zero(simulate_scenario):
    band = {"capacity": 1, "fee_per_declaration": "0.01", "output_fee_ratio": "0.10"}
    statements = [
        statement(2025, 1, "2025-01-25", ect=starts(1)),
        statement(2025, 4, "2025-04-25", ect=starts(0, 1)),
    ]

    answer = simulate_scenario(scenario(bands=[band], statements=statements))

    assert answer["statements"][1]["total"] == "0.00"


def test_very_large_numbers_stay_exact(simulate_scenario):
    band = {"capacity": 10**20, "fee_per_declaration": "0.01", "output_fee_ratio": "1.00"}
    late = statement(2025, 1, "2025-01-25", ect=starts(10**20 - 5))

    answer = simulate_scenario(scenario(bands=[band], statements=[late]))

    assert answer["total"] == "199999999999999999.99"


def test_a_scenario_is_read_from_standard_input(capsys, monkeypatch):
    data = (SCENARIOS / "example.json").read_bytes()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))

    call_command("simulate_statement", "-")

    assert json.loads(capsys.readouterr().out)["total"] == "48407.59"


def test_a_byte_order_mark_does_no_harm(capsys, tmp_path):
    path = tmp_path / "from-notepad.json"
    path.write_bytes(b"\xef\xbb\xbf" + (SCENARIOS / "example.json").read_bytes())

    call_command("simulate_statement", str(path))

    assert json.loads(capsys.readouterr().out)["total"] == "48407.59"
