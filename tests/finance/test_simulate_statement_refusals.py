"""The simulate_statement command refuses a bad scenario: status 2, a line for each problem."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.no_database

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def refuse(capsys, tmp_path):
    """Run the command on a scenario that it must refuse; give the lines it complains with."""

    def run(scenario: object, *options: str) -> list[str]:
        path = tmp_path / "scenario.json"
        if isinstance(scenario, bytes):
            path.write_bytes(scenario)
        else:
            path.write_text(scenario if isinstance(scenario, str) else json.dumps(scenario))
        with pytest.raises(SystemExit) as stop:
            call_command("simulate_statement", str(path), *options)
        printed = capsys.readouterr()
        assert stop.value.code == 2
        assert printed.out == ""
        return printed.err.splitlines()

    return run


BAND = {"capacity": 10, "fee_per_declaration": "1000.00", "output_fee_ratio": "0.60"}
STATEMENT = {"year": 2025, "month": 1, "payment_date": "2025-01-25"}
STARTED = {"started": {"billable": 5, "refundable": 0}}


def ecf(**changes: object) -> dict:
    return {"contract_type": "ecf", "bands": [BAND], **changes}


def ittecf_ectp(**changes: object) -> dict:
    fee = {"mentor_fee_per_declaration": "1000.00"}
    return {"contract_type": "ittecf_ectp", "bands": [BAND], **fee, **changes}


def banded(**changes: object) -> dict:
    return ecf(bands=[{**BAND, **changes}])


def on_statement(**changes: object) -> dict:
    return ecf(statements=[{**STATEMENT, **changes}])


def on_ittecf_statement(**changes: object) -> dict:
    return ittecf_ectp(statements=[{**STATEMENT, **changes}])


def without(document: dict, key: str) -> dict:
    return {name: value for name, value in document.items() if name != key}


IN_QUOTES = 'must be in quotes, such as "1000.00"'
DIGITS = 'must be digits with at most two decimals, such as "1000.00"'
A_DATE = 'must be a date in quotes such as "2024-11-25"'
WHOLE = "must be a whole number, 0 or more"


@pytest.mark.parametrize(
    ("scenario", "complaint"),
    [
        # Not JSON that can be trusted
        ("", "scenario: is not valid JSON: Expecting value (line 1, column 1)"),
        ("{", "scenario: is not valid JSON: Expecting property name"),
        ('{"vat_rate": NaN}', "scenario: is not valid JSON: NaN is not a JSON number"),
        ('{"vat_rate": -Infinity}', "scenario: is not valid JSON: -Infinity is not a JSON number"),
        ("[" * 100_000, "scenario: is not valid JSON: it is nested too deeply"),
        (b'{"contract_type": "\xff"}', "scenario: is not UTF-8 text (byte 19)"),
        ([], "scenario: must be a JSON object"),
        ("null", "scenario: must be a JSON object"),
        # Keys
        (ecf(colour="red"), "colour: is not a known key; use contract_type"),
        (ecf(**{"two\nlines": 1}), r'"two\nlines": is not a known key; use contract_type'),
        (banded(letter="A"), "bands[0].letter: is not a known key; use capacity"),
        (on_statement(total="0.00"), "statements[0].total: is not a known key; use year"),
        (on_statement(uplifts={"started": 1}), "statements[0].uplifts.started: is not a known key"),
        (
            on_statement(ect={"started": {"paid": 1}}),
            "statements[0].ect.started.paid: is not a known key; use billable, refundable",
        ),
        (
            '{"contract_type": "ecf", "bands": [{"capacity": 1, "fee_per_declaration": "1.00",'
            ' "output_fee_ratio": "1", "capacity": 2}]}',
            "bands[0].capacity: is written more than once",
        ),
        # The contract
        (without(ecf(), "contract_type"), "contract_type: is missing"),
        (ecf(contract_type="ECF"), 'contract_type: must be "ecf" or "ittecf_ectp"'),
        (ecf(contract_type=["ecf"]), 'contract_type: must be "ecf" or "ittecf_ectp"'),
        (ecf(vat_rate=0.2), 'vat_rate: must be in quotes, such as "0.20"'),
        (ecf(vat_rate="0.175"), "vat_rate: must be digits with at most two decimals"),
        (ecf(vat_rate="1.01"), "vat_rate: must be from 0 to 1"),
        (ecf(vat_rate="-0.01"), "vat_rate: must be from 0 to 1"),
        (ecf(vat_registered="yes"), "vat_registered: must be true or false"),
        (ecf(vat_registered=1), "vat_registered: must be true or false"),
        (ecf(recruitment_target=-1), f"recruitment_target: {WHOLE}"),
        (ecf(recruitment_target="10"), f"recruitment_target: {WHOLE}"),
        (ecf(recruitment_target=10**30), "recruitment_target: is too large"),
        (ecf(setup_fee="-0.01"), "setup_fee: must not be negative"),
        (ecf(setup_fee=0), f"setup_fee: {IN_QUOTES}"),
        (ecf(monthly_service_fee="-1"), "monthly_service_fee: must not be negative"),
        (ecf(monthly_service_fee=False), f"monthly_service_fee: {IN_QUOTES}"),
        (ecf(uplift_fee_per_declaration="-1"), "uplift_fee_per_declaration: must not be negative"),
        (ecf(uplift_fee_per_declaration="£1"), f"uplift_fee_per_declaration: {DIGITS}"),
        (ecf(setup_fee="1,000.00"), f"setup_fee: {DIGITS}"),
        (ecf(setup_fee="1e3"), f"setup_fee: {DIGITS}"),
        (ecf(setup_fee="NaN"), f"setup_fee: {DIGITS}"),
        (ecf(setup_fee=" 1.00"), f"setup_fee: {DIGITS}"),
        (ecf(setup_fee="1.00\n"), f"setup_fee: {DIGITS}"),
        (ecf(setup_fee="1."), f"setup_fee: {DIGITS}"),
        (ecf(setup_fee=""), f"setup_fee: {DIGITS}"),
        (ecf(setup_fee="\u0661"), f"setup_fee: {DIGITS}"),
        (ecf(setup_fee="1.005"), f"setup_fee: {DIGITS}"),
        (ecf(setup_fee="9" * 31), "setup_fee: is too large"),
        (
            ecf(mentor_fee_per_declaration="1000.00"),
            "mentor_fee_per_declaration: an ecf contract has no mentor fee",
        ),
        (
            ittecf_ectp(mentor_fee_per_declaration="-1.00"),
            "mentor_fee_per_declaration: must not be negative",
        ),
        (
            ittecf_ectp(uplift_fee_per_declaration="100.00"),
            "uplift_fee_per_declaration: an ittecf_ectp contract has no uplift fee",
        ),
        (
            ittecf_ectp(
                mentor_fee_per_declaration=None, statements=[{**STATEMENT, "mentor": STARTED}]
            ),
            "mentor_fee_per_declaration: is missing, and mentors are counted in statements[0]",
        ),
        # Bands
        (ecf(bands=[]), "bands: must have at least one item"),
        (without(ecf(), "bands"), "bands: must have at least one item"),
        (ecf(bands={}), "bands: must be a list"),
        (ecf(bands=[None]), "bands[0]: must be a JSON object"),
        (banded(capacity=0), "bands[0].capacity: must be a whole number, 1 or more"),
        (banded(capacity=None), "bands[0].capacity: is missing"),
        (banded(capacity=True), "bands[0].capacity: must be a whole number, 1 or more"),
        (banded(fee_per_declaration=1000), f"bands[0].fee_per_declaration: {IN_QUOTES}"),
        (banded(fee_per_declaration="-1"), "bands[0].fee_per_declaration: must not be negative"),
        (banded(fee_per_declaration=None), "bands[0].fee_per_declaration: is missing"),
        (banded(output_fee_ratio="60"), "bands[0].output_fee_ratio: must be from 0 to 1"),
        (banded(output_fee_ratio="0.605"), "bands[0].output_fee_ratio: must be digits"),
        (banded(output_fee_ratio=None), "bands[0].output_fee_ratio: is missing"),
        # Statements
        (ecf(statements={}), "statements: must be a list"),
        (ecf(statements=[7]), "statements[0]: must be a JSON object"),
        (on_statement(year=None), "statements[0].year: is missing"),
        (on_statement(year="2025"), "statements[0].year: must be a whole number, 2020 to 9999"),
        (on_statement(year=25), "statements[0].year: must be a whole number, 2020 to 9999"),
        (on_statement(month=13), "statements[0].month: must be a whole number, 1 to 12"),
        (on_statement(month=0), "statements[0].month: must be a whole number, 1 to 12"),
        (on_statement(month=1.0), "statements[0].month: must be a whole"),
        (on_statement(payment_date=None), "statements[0].payment_date: is missing"),
        (on_statement(payment_date="2025-02-30"), f"statements[0].payment_date: {A_DATE}"),
        (on_statement(payment_date="25/01/2025"), f"statements[0].payment_date: {A_DATE}"),
        (on_statement(payment_date="20250125"), f"statements[0].payment_date: {A_DATE}"),
        (on_statement(payment_date="2025-W04-6"), f"statements[0].payment_date: {A_DATE}"),
        (on_statement(payment_date=20250125), f"statements[0].payment_date: {A_DATE}"),
        (on_statement(fee_type="both"), 'statements[0].fee_type: must be "output" or "service"'),
        (
            ecf(statements=[STATEMENT, {**STATEMENT, "payment_date": "2025-02-25"}]),
            "statements[1]: there is already a statement for 2025-01",
        ),
        # Counts
        (on_statement(ect=[]), "statements[0].ect: must be a JSON object"),
        (on_statement(ect={"started": 4}), "statements[0].ect.started: must be a JSON object"),
        (
            on_statement(ect={"retained-5": {"billable": 1}}),
            "statements[0].ect.retained-5: is not a declaration type; use started, retained-1",
        ),
        (
            on_statement(mentor={"Started": {"billable": 1}}),
            "statements[0].mentor.Started: is not a declaration type",
        ),
        (
            on_statement(ect={"started": {"billable": -1}}),
            f"statements[0].ect.started.billable: {WHOLE}",
        ),
        (
            on_statement(ect={"started": {"billable": 1.0}}),
            f"statements[0].ect.started.billable: {WHOLE}",
        ),
        (
            on_statement(ect={"started": {"billable": True}}),
            f"statements[0].ect.started.billable: {WHOLE}",
        ),
        (
            on_statement(ect={"started": {"billable": "5"}}),
            f"statements[0].ect.started.billable: {WHOLE}",
        ),
        (
            on_statement(mentor={"completed": {"refundable": 0.5}}),
            f"statements[0].mentor.completed.refundable: {WHOLE}",
        ),
        (
            '{"contract_type": "ecf", "recruitment_target": ' + "9" * 9999 + "}",
            "recruitment_target: is too large: use at most 30 digits",
        ),
        (
            on_ittecf_statement(mentor={"retained-1": {"billable": 1}}),
            "statements[0].mentor.retained-1: an ittecf_ectp contract has no price for it",
        ),
        (
            on_ittecf_statement(ect=STARTED, uplifts={"billable": 1}),
            "statements[0].uplifts: an ittecf_ectp contract pays no uplifts",
        ),
        (
            on_statement(ect=STARTED, uplifts={"billable": 6}),
            "statements[0].uplifts.billable: only starts carry an uplift, and 5 starts are",
        ),
        (
            on_statement(ect={"completed": {"billable": 3}}, uplifts={"billable": 1}),
            "statements[0].uplifts.billable: only starts carry an uplift, and 0 starts are",
        ),
        (
            on_statement(ect=STARTED, uplifts={"refundable": 1}),
            "statements[0].uplifts.refundable: only starts carry an uplift, and 0 starts are",
        ),
        (on_statement(uplifts={"billable": -1}), f"statements[0].uplifts.billable: {WHOLE}"),
        # Adjustments
        (on_statement(adjustments="-250.00"), "statements[0].adjustments: must be a list"),
        (on_statement(adjustments=[-250]), f"statements[0].adjustments[0]: {IN_QUOTES}"),
        (on_statement(adjustments=[None]), f"statements[0].adjustments[0]: {IN_QUOTES}"),
        (on_statement(adjustments=["1.00", "0.001"]), f"statements[0].adjustments[1]: {DIGITS}"),
        (on_statement(adjustments=["0.00"]), "statements[0].adjustments[0]: must not be 0"),
        (on_statement(adjustments=["-0"]), "statements[0].adjustments[0]: must not be 0"),
        (
            on_statement(adjustments=["1000000.01"]),
            "statements[0].adjustments[0]: must be from -1,000,000 to 1,000,000",
        ),
        (
            on_statement(adjustments=["-1000000.01"]),
            "statements[0].adjustments[0]: must be from -1,000,000 to 1,000,000",
        ),
        # Positions
        (
            on_statement(ect={"started": {"billable": 1, "refundable": 3}}),
            "statements[0]: by this statement more started declarations are refunded than were"
            " ever billed (-2)",
        ),
    ],
)
def test_a_bad_scenario_is_refused(refuse, scenario, complaint):
    complaints = refuse(scenario)

    assert any(line.startswith(complaint) for line in complaints), complaints


@pytest.mark.parametrize(
    "scenario",
    [
        pytest.param(ecf(mentor_fee_per_declaration="0.00"), id="no mentor fee, said with 0"),
        pytest.param(ittecf_ectp(uplift_fee_per_declaration="0.00"), id="no uplift fee"),
        pytest.param(ittecf_ectp(mentor_fee_per_declaration=None), id="no mentors, no fee"),
        pytest.param(on_ittecf_statement(uplifts={"billable": 0}), id="no uplifts"),
        pytest.param(on_ittecf_statement(mentor={"retained-1": None}), id="null counts"),
        pytest.param(on_statement(ect=STARTED, uplifts={"billable": 5}), id="all starts uplifted"),
        pytest.param(
            on_statement(mentor=STARTED, uplifts={"billable": 5}),
            id="mentors' starts carry uplifts",
        ),
        pytest.param(on_statement(adjustments=["1000000.00", "-1000000.00"]), id="adjustments"),
        pytest.param(ecf(vat_rate="1"), id="ratio 1"),
        pytest.param(banded(output_fee_ratio="0"), id="ratio 0"),
        pytest.param(banded(capacity=1), id="one place"),
    ],
)
def test_what_is_at_the_limit_is_allowed(scenario, capsys, tmp_path):
    path = tmp_path / "scenario.json"
    path.write_text(json.dumps(scenario))

    call_command("simulate_statement", str(path))

    assert "total" in json.loads(capsys.readouterr().out)


def test_every_problem_has_its_own_line(refuse):
    complaints = refuse(
        ecf(
            vat_rate=0.2,
            bands=[{**BAND, "capacity": 0}, 7],
            statements=[
                {**STATEMENT, "month": 13, "ect": {"started": {"billable": "5"}}},
                {**STATEMENT, "adjustments": ["0.00", "lots"]},
            ],
        )
    )

    assert [line.split(":")[0] for line in complaints] == [
        "vat_rate",
        "bands[0].capacity",
        "bands[1]",
        "statements[0].month",
        "statements[0].ect.started.billable",
        "statements[1].adjustments[0]",
        "statements[1].adjustments[1]",
    ]


def test_the_position_is_checked_in_order_of_payment(refuse):
    first = {"year": 2025, "month": 4, "payment_date": "2025-04-25", "ect": STARTED}
    earlier = {**STATEMENT, "mentor": {"started": {"refundable": 1}}}

    complaints = refuse(ecf(statements=[first, earlier]))

    assert len(complaints) == 1
    assert complaints[0].startswith("statements[1]: by this statement more started")


def test_a_position_below_zero_is_named_once_for_each_type(refuse):
    backwards = {"started": {"refundable": 1}, "completed": {"refundable": 2}}
    later = {"year": 2025, "month": 4, "payment_date": "2025-04-25"}

    complaints = refuse(
        ecf(statements=[{**STATEMENT, "ect": backwards}, {**later, "ect": backwards}])
    )

    assert [line.split(":")[0] for line in complaints] == ["statements[0]", "statements[0]"]


def test_reference_mode_accepts_a_position_below_zero(capsys, tmp_path):
    path = tmp_path / "scenario.json"
    path.write_text(json.dumps(on_statement(ect={"started": {"refundable": 3}})))

    call_command("simulate_statement", str(path), "--mode", "reference")

    answer = json.loads(capsys.readouterr().out)["statements"][0]
    assert answer["allocation"]["started"]["overflow_refundable"] == 3


def test_reference_mode_refuses_everything_else(refuse):
    assert refuse(ecf(vat_rate="2"), "--mode", "reference") == ["vat_rate: must be from 0 to 1"]


@pytest.mark.parametrize(
    ("name", "reason"), [("nowhere.json", "No such file or directory"), ("", "Is a directory")]
)
def test_a_file_that_cannot_be_read_is_refused(name, reason, capsys, tmp_path):
    path = tmp_path / name

    with pytest.raises(SystemExit) as stop:
        call_command("simulate_statement", str(path))

    printed = capsys.readouterr()
    assert stop.value.code == 2
    assert printed.out == ""
    assert printed.err == f"{path}: cannot be read: {reason}\n"


def test_an_unknown_mode_is_refused(tmp_path):
    with pytest.raises(CommandError, match="invalid choice: 'gross'"):
        call_command("simulate_statement", str(tmp_path), "--mode", "gross")


def run_from_shell(scenario: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "django", "simulate_statement", "-"],
        input=scenario,
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
        env={**os.environ, "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"},
        timeout=60,
        check=False,
    )


def test_the_shell_gets_status_2_and_no_answer():
    refused = run_from_shell(json.dumps(ecf(vat_rate=0.2)))

    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == 'vat_rate: must be in quotes, such as "0.20"\n'


def test_the_shell_gets_an_answer_without_any_database():
    priced = run_from_shell(json.dumps(ecf()))

    assert (priced.returncode, priced.stderr) == (0, "")
    assert json.loads(priced.stdout) == {"statements": [], "total": "0.00"}
