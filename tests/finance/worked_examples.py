"""The worked examples of spec 04 §6 as scenarios for ``simulate_statement``, with their totals."""

from typing import Any

K = [(2000, "1000.00", "0.60"), (2000, "900.00", "0.60"), (2000, "800.00", "0.60")]
FOUR_OF_TWO = [(2, f"{price}.00", "0.60") for price in (400, 300, 200, 100)]
THREE_OF_TWO = FOUR_OF_TWO[:3]
TWO_OF_HUNDRED = [(100, "1000.00", "0.60"), (100, "900.00", "0.60")]
RETAINED = ["retained-1", "retained-2", "retained-3", "retained-4"]


def scenario(bands: Any, *statements: dict[str, Any], **contract: Any) -> dict[str, Any]:
    """Return an ECF scenario without VAT or service fee, unless told otherwise."""
    return {
        "contract_type": "ecf",
        "vat_registered": False,
        "monthly_service_fee": "0.00",
        "bands": [
            {"capacity": size, "fee_per_declaration": fee, "output_fee_ratio": ratio}
            for size, fee, ratio in bands
        ],
        **contract,
        "statements": [
            {
                "year": 2024 + (month // 12),
                "month": month % 12 + 1,
                "payment_date": f"{2024 + month // 12}-{month % 12 + 1:02}-25",
                **statement,
            }
            for month, statement in enumerate(statements)
        ],
    }


def ects(kind: str, billable: int, refundable: int = 0) -> dict[str, Any]:
    """Return a statement with one type of ECT declarations."""
    return {"ect": {kind: {"billable": billable, "refundable": refundable}}}


def whole_life(*counts: int) -> list[dict[str, Any]]:
    """Return six statements, one for each type of a standard life."""
    kinds = ["started", *RETAINED, "completed"]
    return [ects(kind, count) for kind, count in zip(kinds, counts, strict=True)]


#: name, scenario, statement totals with net-position allocation, and with the reference's replay
EXAMPLES: list[tuple[str, dict[str, Any], list[str], list[str] | None]] = [
    (
        "W1",
        scenario(K, *whole_life(6000, 5500, 5000, 4500, 4000, 3500)),
        ["648000.00", "450000.00", "414000.00", "378000.00", "342000.00", "402000.00"],
        None,
    ),
    (
        "W2",
        scenario([*K, (1000, "700.00", "1.00")], *whole_life(7000, 6500, 6000, 5500, 5000, 4500)),
        ["788000.00", "538500.00", "486000.00", "450000.00", "414000.00", "504000.00"],
        None,
    ),
    (
        "W3a",
        scenario(K, ects("started", 2100), ects("started", 2000)),
        ["250800.00", "214800.00"],
        None,
    ),
    (
        "W3b",
        scenario(K, ects("started", 1900), ects("started", 2500)),
        ["228000.00", "266400.00"],
        None,
    ),
    (
        "W4",
        scenario(FOUR_OF_TWO, ects("started", 4), ects("started", 4, 1), ects("started", 4, 2)),
        ["168.00", "60.00", "12.00"],
        ["168.00", "60.00", "-12.00"],
    ),
    (
        "W4 variant",
        scenario(FOUR_OF_TWO, ects("started", 4), ects("started", 3, 2)),
        ["168.00", "24.00"],
        None,
    ),
    (
        "W5",
        scenario(TWO_OF_HUNDRED, ects("started", 90), ects("started", 30), ects("started", 0, 25)),
        ["10800.00", "3360.00", "-2760.00"],
        None,
    ),
    (
        "W6a",
        scenario(K, {}, recruitment_target=1500, monthly_service_fee=None),
        ["20689.66"],
        None,
    ),
    (
        "W6b",
        scenario(K, {}, recruitment_target=4600, setup_fee="120000.00", monthly_service_fee=None),
        ["54896.55"],
        None,
    ),
    (
        "W6c",
        scenario(K, {}, recruitment_target=1500, setup_fee="120000.00", monthly_service_fee=None),
        ["17586.21"],
        None,
    ),
    (
        "W6e",
        scenario(
            FOUR_OF_TWO,
            {},
            recruitment_target=6000,
            setup_fee="149651.00",
            monthly_service_fee=None,
        ),
        ["-5132.79"],
        None,
    ),
    (
        "W9",
        scenario(THREE_OF_TWO, ects("started", 8), ects("started", 0, 1), ects("started", 1)),
        ["216.00", "0.00", "0.00"],
        ["216.00", "-24.00", "24.00"],
    ),
    (
        "W10",
        scenario(
            THREE_OF_TWO,
            ects("started", 6),
            ects("started", 0, 3),
            ects("started", 3),
            ects("started", 2),
        ),
        ["216.00", "-84.00", "84.00", "0.00"],
        ["216.00", "-84.00", "84.00", "60.00"],
    ),
    (
        "W11",
        scenario(
            K,
            {
                "ect": {"started": {"billable": 30, "refundable": 5}},
                "uplifts": {"billable": 17, "refundable": 2},
            },
            uplift_fee_per_declaration="100.00",
        ),
        ["4500.00"],
        None,
    ),
    ("W12", scenario(K, {}, recruitment_target=4000, monthly_service_fee=None), ["52413.79"], None),
    (
        "W13",
        scenario(
            [(1, "1000.00", "0.60"), (1, "900.00", "0.60"), (2000, "800.00", "0.60")],
            ects("started", 5),
            ects("started", 0, 3),
            vat_registered=True,
        ),
        ["619.20", "-345.60"],
        None,
    ),
]
