"""What the demo, a population, the sandbox and an import leave behind is shown as it is.

One run of all of them on a part of the real register, in one transaction that is undone.
"""

import csv
import gzip
import io
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client

from finance.declaration_filters import DeclarationFilters
from finance.queries import load_statement
from finance.statement_declarations import StatementDeclarations
from finance.statement_page import calculate
from register_ects import clock
from register_ects.invented.contracts import load_demo_contracts
from register_ects.invented.demo.loading import _REGISTER
from register_ects.invented.demo.people import begin_what_waits, load_people, planned
from register_ects.invented.demo.people.last_weeks import CHANGED_PROVIDER, MOVED, in_the_last_weeks
from register_ects.invented.demo.people.payment_stories import BEYOND_THE_BANDS
from register_ects.invented.demo.people.plan import Plan
from register_ects.invented.demo.people.settling import ADJUSTED, settle_emails
from register_ects.invented.demo.people.users import create_staff, finance_author
from register_ects.invented.demo.tokens import demo_tokens
from register_ects.invented.organisations import HAZEL_GROVE, IN_STORIES, LAURUS
from register_ects.invented.population.generation import Wanted, add_population
from register_ects.invented.stand_ins.trs import serving
from register_ects.models import (
    Declaration,
    ECTAtSchoolPeriod,
    Event,
    PendingInductionSubmission,
    RegistrationBatchRow,
    SandboxScenario,
    ShownResource,
    Statement,
    TrainingPeriod,
)
from register_ects.projections.refresh import catch_up
from register_ects.rules import evidence
from register_ects.rules.enumerations import FeeType, ResourceType

TODAY = date(2026, 11, 30)
#: Days on which a demo might be loaded.
BEFORE = [date(2026, 1, 15), date(2026, 4, 1), date(2026, 7, 31), date(2026, 9, 1)]
LATER = [date(2027, *day) for day in ((1, 15), (4, 1), (7, 31), (9, 1), (11, 30))]
#: Schools besides those of the stories: more than the sandboxes here use.
SCHOOLS = 420
#: Days on which somebody can be registered, since a contract period is known; and one later.
OPEN = [TODAY, date(2027, 4, 1)]
OF_LATE = [*OPEN, date(2027, 7, 31)]
#: Who reads which pages of what has happened of late.
SCHOOL = "/school/143059"
LOOKED_AT = [
    *(("buile-hill", f"{SCHOOL}/{page}") for page in ("home", "home/ects", "register-several")),
    ("product", "/admin/reporting/journeys"),
    ("product", "/admin/reporting/feedback"),
]
SEEDED = ("Ambition Institute", "Capita", "Teach First")


class Record:
    """What was found after each step."""

    def __init__(self) -> None:
        self.verified: dict[str, str] = {}
        self.participants: dict[str, Counter[str]] = {}
        self.shown: list[dict[str, Any]] = []
        self.transfers: list[dict[str, Any]] = []
        self.states: dict[str, set[str]] = {}
        self.without_evidence: list[str] = []
        self.said: list[str] = []
        self.said_at_reset: list[str] = []
        self.tokens: dict[str, str] = {}
        self.statements: set[str] = set()
        self.payments: dict[date, Counter[str]] = {}
        self.lists: dict[date, dict[str | None, list[str]]] = {}
        self.pages: dict[date, dict[str, str]] = {}
        self.providers: dict[date, list[str | None]] = {}
        self.moves: dict[date, list[tuple[int, date | None]]] = {}
        self.moved_by: dict[date, set[str]] = {}


@pytest.fixture(scope="module")
def record(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any
) -> Iterator[Record]:
    folder = tmp_path_factory.mktemp("demo-data")
    register = part_of_the_register(folder / "register.csv")
    with (
        serving() as trs,
        pytest.MonkeyPatch.context() as patch,
        django_db_blocker.unblock(),
        transaction.atomic(),
        clock.pretend(TODAY),
    ):
        patch.setattr("django.conf.settings.TRS_API_BASE_URL", trs.base_url)
        patch.setattr("django.conf.settings.TRS_API_KEY", trs.api_key)
        finance_author.cache_clear()
        yield played(register, folder)
        transaction.set_rollback(True)
    finance_author.cache_clear()


def part_of_the_register(path: Path) -> Path:
    with gzip.open(_REGISTER) as packed:
        rows = csv.reader(io.TextIOWrapper(packed, encoding="cp1252", newline=""))
        head = next(rows)
        urn, status = head.index("URN"), head.index("EstablishmentStatus (name)")
        kind = head.index("EstablishmentTypeGroup (name)")
        wanted, others = [head], 0
        for row in rows:
            is_other = row[status] == "Open" and row[kind] == "Academies" and others < SCHOOLS
            if int(row[urn]) in IN_STORIES or is_other:
                wanted.append(row)
                others += is_other
    with path.open("w", encoding="cp1252", newline="") as file:
        csv.writer(file).writerows(wanted)
    return path


def played(register: Path, folder: Path) -> Record:
    record = Record()
    call_command("import_gias", str(register), stdout=io.StringIO())
    call_command("load_reference_data", stdout=io.StringIO())
    load_demo_contracts(settled=False)
    # Most of the time goes into closing and paying them, and nobody declares on them.
    Statement.objects.filter(fee_type=FeeType.SERVICE).delete()
    create_staff()
    plan = planned()
    for day in (*BEFORE, TODAY):
        loaded_on(day, plan, record)
    load_people()  # there already
    catch_up()
    record.shown = payloads(ResourceType.PARTICIPANT)
    record.transfers = payloads(ResourceType.TRANSFER)
    record.tokens = demo_tokens(folder)
    record.statements = {*Statement.objects.values_list("status", flat=True)}
    checked(record, "bin/demo")
    of_late(TODAY, record)
    with transaction.atomic():
        for day in LATER:
            loaded_on(day, plan, record)
            if day in OF_LATE:
                of_late(day, record)
        transaction.set_rollback(True)
    add_population(Wanted(60, seed=1, today=TODAY))
    marks_are_kept()
    checked(record, "--population")
    for name in SEEDED:
        record.said += said("seed_sandbox", lead_provider=name)
    checked(record, "seed_sandbox")
    sandboxes(record)
    said("seed_sandbox", lead_provider="Ambition Institute", reset=True)
    record.said_at_reset = said("seed_sandbox", lead_provider="Capita", reset=True)
    checked(record, "--reset")
    call_command("import_gias", str(changed(register)), stdout=io.StringIO(), stderr=io.StringIO())
    checked(record, "an import")
    return record


def loaded_on(day: date, plan: Plan, record: Record) -> None:
    """Play what a demo that is loaded that day has played, and count what finance finds."""
    with clock.pretend(day):
        plan.carry_out()
        record.payments[day] = payments()


def of_late(day: date, record: Record) -> None:
    """Play the last weeks before a day, look at what a school and the product team find, undo."""
    with transaction.atomic(), clock.pretend(day):
        plan = Plan()
        in_the_last_weeks(plan, day)
        plan.carry_out()
        settle_emails()
        begin_what_waits()
        catch_up()
        checked(record, f"the last weeks before {day}")
        rows = RegistrationBatchRow.objects.order_by("number")
        for name, state in rows.values_list("batch__file_name", "state"):
            record.lists.setdefault(day, {}).setdefault(name, []).append(state)
        for name, state in PendingInductionSubmission.objects.order_by("number").values_list(
            "batch__file_name", "state"
        ):
            record.lists.setdefault(day, {}).setdefault(name, []).append(state)
        record.pages[day] = {address: read(persona, address) for persona, address in LOOKED_AT}
        changed = TrainingPeriod.objects.filter(teacher__trn=CHANGED_PROVIDER)
        record.providers[day] = list(
            changed.order_by("started_on").values_list("lead_provider__name", flat=True)
        )
        placements = ECTAtSchoolPeriod.objects.filter(teacher__trn=MOVED).order_by("started_on")
        record.moves[day] = list(placements.values_list("school__gias_school", "finished_on"))
        told = Event.objects.filter(teacher__trn=MOVED, event_type="teacher_left_school_as_ect")
        record.moved_by[day] = set(told.values_list("author_name", flat=True))
        transaction.set_rollback(True)


def read(persona: str, address: str) -> str:
    visitor = Client()
    visitor.post("/personas/sign-in", {"persona": persona})
    text = BeautifulSoup(visitor.get(address).content, "html.parser").get_text(" ")
    return " ".join(text.split())


def payments() -> Counter[str]:
    found: Counter[str] = Counter()
    for statement in Statement.objects.filter(**ADJUSTED, status="payable"):
        facts = load_statement(statement.api_id)
        found["payable statement"] += 1
        found["more"] += sum(each.amount > 0 for each in facts.adjustments)
        found["less"] += sum(each.amount < 0 for each in facts.adjustments)
        found["adjusted by finance"] += sum(
            each.author_name == "Joanna Field" for each in facts.adjustment_events
        )
        found["to be paid"] += statement.payment_declarations.filter(
            payment_status="payable"
        ).count()
    on_statements = Declaration.objects.filter(lead_provider__name="Ambition Institute")
    found["voided"] = on_statements.filter(
        payment_status="voided", payment_statement__isnull=False
    ).count()
    found["clawback"] = on_statements.exclude(clawback_status="no_clawback").count()
    beyond = Declaration.objects.filter(teacher__trn__in=BEYOND_THE_BANDS)
    for key in {
        *beyond.values_list("payment_statement__api_id", flat=True),
        *beyond.exclude(clawback_statement=None).values_list(
            "clawback_statement__api_id", flat=True
        ),
    }:
        facts = load_statement(key)
        for each in StatementDeclarations(facts, calculate(facts), DeclarationFilters())[:]:
            found[f"beyond the bands: {each.listed.kind}"] += each.price.is_beyond
            found["beyond the bands: pounds"] += each.price.is_beyond and each.price.amount != 0
    return found


def payloads(kind: ResourceType) -> list[dict[str, Any]]:
    rows = ShownResource.objects.filter(resource_type=kind).select_related("lead_provider")
    return [{"provider": row.lead_provider.name, **load(row.payload)["attributes"]} for row in rows]


def load(payload: Any) -> Any:
    return json.loads(payload) if isinstance(payload, str) else payload


def marks_are_kept() -> None:
    """Undo what a population switches off for the rest of its transaction, which is ours."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL register_ects.mark_stale = 'on'")


def said(*command: str, **options: Any) -> list[str]:
    out = io.StringIO()
    call_command(*command, stdout=out, **options)
    return out.getvalue().splitlines()


def checked(record: Record, step: str) -> None:
    """Run the command that operators run, and count what each provider is shown."""
    out = io.StringIO()
    try:
        call_command("verify_projections", stdout=out)
    except SystemExit as end:
        out.write(f"exit {end.code}")
    except Exception as problem:
        out.write(f"{problem}")
    record.verified[step] = out.getvalue().strip()
    record.participants[step] = Counter(
        ShownResource.objects.filter(resource_type=ResourceType.PARTICIPANT).values_list(
            "lead_provider__name", flat=True
        )
    )


def sandboxes(record: Record) -> None:
    people = {
        each
        for ids in SandboxScenario.objects.values_list("participant_ids", flat=True)
        for each in ids
    }
    declared = Declaration.objects.filter(teacher__api_id__in=people).select_related(
        "lead_provider", "training_period__schedule__contract_period"
    )
    for each in declared:
        record.states.setdefault(each.lead_provider.name, set()).add(each.state)
        period = each.training_period.schedule.contract_period
        allowed = evidence.allowed(
            each.declaration_type,
            role=each.training_period.trainee_role,
            detailed=period.detailed_evidence_types_enabled,
        )
        if (each.evidence_type or None) not in (allowed or (None,)):
            record.without_evidence.append(f"{each.declaration_type} of {period.year}")


def changed(register: Path) -> Path:
    """Return a later extract, in which a school has another name and one has closed."""
    text = register.read_text(encoding="cp1252")
    rows = list(csv.DictReader(io.StringIO(text)))
    rows[0]["EstablishmentName"] += " Renamed"
    rows[1]["EstablishmentStatus (name)"], rows[1]["CloseDate"] = "Closed", "31-08-2026"
    path = register.with_name("later.csv")
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return path


# -- What is shown ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "step", ["bin/demo", "--population", "seed_sandbox", "--reset", "an import"]
)
def test_what_is_stored_equals_the_facts(record: Record, step: str) -> None:
    assert record.verified[step] == "Everything that is stored equals the facts."


def test_who_left_long_ago_is_shown_as_left(record: Record) -> None:
    statuses = Counter(
        enrolment["participant_status"]
        for each in record.shown
        for enrolment in each["ecf_enrolments"]
    )

    assert statuses["left"] >= 4
    assert (statuses["leaving"], statuses["joining"]) == (1, 1), "Rhiannon Tudor and Rory Strachan"


def test_transfers_of_the_past_are_complete(record: Record) -> None:
    moves = [move for each in record.transfers for move in each["transfers"]]
    past = [move for move in moves if move["leaving"]["date"] < TODAY.isoformat()]

    assert past
    assert {move["status"] for move in past} == {"complete"}


def test_no_provider_has_a_token_without_data(record: Record) -> None:
    assert len(record.tokens) == 7
    assert set(record.tokens) == set(record.participants["bin/demo"])


def test_there_is_a_statement_to_authorise_on_any_day(record: Record) -> None:
    assert record.statements == {"open", "payable", "paid"}


@pytest.mark.parametrize("day", [*BEFORE, TODAY, *LATER], ids=str)
def test_finance_finds_every_case_on_any_day(record: Record, day: date) -> None:
    found = record.payments[day]

    assert found["payable statement"] == 1
    assert (found["more"], found["less"], found["adjusted by finance"]) == (1, 1, 2)
    assert found["to be paid"] >= 1
    assert found["voided"] >= 1
    assert found["clawback"] >= 1
    assert found["beyond the bands: payment"] == 2
    assert found["beyond the bands: clawback"] == 1
    assert found["beyond the bands: pounds"] == 0


# -- The sandbox -----------------------------------------------------------------------------

STATES = {
    *("submitted", "eligible", "payable", "paid", "voided", "awaiting-clawback", "clawed-back"),
}


def test_every_sandbox_has_a_declaration_in_every_state(record: Record) -> None:
    assert record.states["Ambition Institute"] == record.states["Teach First"] == STATES


def test_who_is_not_active_in_2025_has_a_sandbox_of_earlier_years(record: Record) -> None:
    assert record.states["Capita"] == {"paid"}
    assert record.participants["seed_sandbox"]["Capita"] > 3


def test_declarations_of_the_sandbox_have_the_evidence_that_is_asked_for(record: Record) -> None:
    assert record.without_evidence == []


def test_the_command_says_what_it_could_not_build(record: Record) -> None:
    counts = [line for line in record.said if not line.startswith("  ")]
    problems = [line for line in record.said if line.startswith("  not built: ")]

    assert [line.partition(":")[0] for line in counts] == [*SEEDED]
    assert len(counts) + len(problems) == len(record.said)
    assert "  not built: cohort-2024: Capita has too few delivery partners in 2024" in problems
    assert counts[1].endswith(f"{len(problems)} could not be built")


def test_a_reset_says_the_same(record: Record) -> None:
    start = next(n for n, line in enumerate(record.said) if line.startswith("Capita:"))
    seeded = record.said[start : start + len(record.said_at_reset)]

    assert record.said_at_reset == seeded
    assert len(seeded) > 1


@pytest.mark.parametrize("day", OPEN, ids=str)
def test_lists_of_several_are_there_on_any_day(record: Record, day: date) -> None:
    lists = record.lists[day]

    assert lists["ects-of-this-term.xlsx"] == [*["registered"] * 3, "needs_attention"]
    assert lists["new-ects.csv"] == [*["ok"] * 3, *["needs_attention"] * 4, *["blocked"] * 2]
    assert lists[None] == ["ok", "ok"]


@pytest.mark.parametrize("day", OPEN, ids=str)
def test_files_of_a_body_wait_for_it_on_any_day(record: Record, day: date) -> None:
    files = record.lists[day]

    assert files["claims-of-this-week.csv"] == ["ok", "ok", "error", "error", "error"]
    assert files["outcomes-of-this-week.xlsx"] == ["error"] * 3


@pytest.mark.parametrize("day", OF_LATE, ids=str)
def test_what_happened_of_late_is_there_on_any_day(record: Record, day: date) -> None:
    home, ects, several, journeys, feedback = record.pages[day].values()

    assert record.providers[day] == ["Teach First", "UCL Institute of Education"]
    assert record.verified[f"the last weeks before {day}"].startswith("Everything")
    assert "is maintained. You cannot look people up then" in home
    assert "induction tutor" in home
    assert "returned" in home
    assert ("Divya Iyer" in ects) == (day in OPEN), "begun by somebody else"
    assert ("new-ects.csv" in several) == (day in OPEN)
    assert "register-ect" in journeys
    assert "too_short" in journeys
    assert "Much quicker than the old service." in feedback


@pytest.mark.parametrize("day", OF_LATE, ids=str)
def test_an_ect_was_moved_inside_a_trust_on_any_day(record: Record, day: date) -> None:
    (left, last_day), (now_at, end) = record.moves[day]

    assert (left, now_at, end) == (HAZEL_GROVE, LAURUS, None)
    assert last_day is not None
    assert last_day < day
    assert record.moved_by[day] == {"Denise Marlow"}
