"""A whole year of a lead provider, through a client that was generated from our OpenAPI file.

The provider's system only ever polls for changes; after each act its copy is all that there is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from register_ects import clock
from register_ects.models import Schedule, Statement
from register_ects.operations.base import Author
from register_ects.operations.inductions.periods import Claim, claim_ect
from register_ects.operations.placements.mentoring import register_mentor
from register_ects.operations.placements.registration import register_ect
from register_ects.operations.statements.authorisation import authorise_statement
from register_ects.operations.statements.closing import close_due_statements
from register_ects.projections.refresh import catch_up
from register_ects.rules.enumerations import DeclarationType
from tests.factories import MilestoneFactory, StatementFactory
from tests.providers.conftest import ApiClient
from tests.providers.generated_client import GeneratedClient, generate
from tests.providers.provider_system import ProviderSystem
from tests.registrations import AUTHOR, World, ect, mentor, record, world, worlds_rows  # noqa: F401

__all__ = ["world"]

ECT, MENTOR = "ecf-induction", "ecf-mentor"
STAFF = Author.system()


@dataclass
class Year:
    """The country, the provider's system, and the calendar."""

    world: World
    system: ProviderSystem
    set_clock: Callable[[str], None]

    def turn_to(self, day: str) -> None:
        """Let the nights until ``day`` pass."""
        self.set_clock(day)
        close_due_statements(clock.today(), STAFF)
        catch_up()

    def ask(self, operation_id: str, *ids: str, **parameters: Any) -> Any:
        return self.system.client.ask(operation_id, *ids, **parameters)

    def refused(self, operation_id: str, *ids: str, **parameters: Any) -> list[str]:
        return self.system.client.refused(operation_id, *ids, **parameters)

    def act(self, operation_id: str, *ids: str, **attributes: str) -> dict[str, Any]:
        """Write, and return the attributes of what is shown then."""
        answer = self.ask(operation_id, *ids, body=sent(**attributes))
        return {"id": answer["id"], **answer["attributes"]}

    def polled(self) -> ProviderSystem:
        """Poll for changes; the copy must then be what a full sync gives."""
        self.system.poll()
        assert self.system.held == self.system.full_sync()
        return self.system


def sent(**attributes: str) -> dict[str, Any]:
    return {"data": {"attributes": attributes}}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("client")
    generate(folder)
    return folder


@pytest.fixture
def year(
    world: World,
    on: Callable[[str], None],
    package: Path,
    settings: Any,
    in_one_transaction: None,
) -> Year:
    settings.API_RATE_LIMIT = None
    for schedule in Schedule.objects.filter(contract_period=2026):
        for declaration_type in DeclarationType:
            MilestoneFactory(
                schedule=schedule, declaration_type=declaration_type, milestone_date=None
            )
    for calendar_year, month in ((2026, 11), (2027, 3), (2027, 8)):
        StatementFactory(
            lead_provider=world.larch, contract_year=2026, year=calendar_year, month=month
        )
    client = GeneratedClient(package, ApiClient(world.larch).token)
    return Year(world, ProviderSystem(client), on)


def test_a_whole_year_of_a_lead_provider(year: Year) -> None:
    schools_register_people(year)
    it_finds_a_school_and_begins_a_partnership(year)
    it_declares_that_training_started(year)
    it_moves_a_participant_to_an_extended_schedule(year)
    it_pauses_and_resumes_training(year)
    it_voids_a_mistake_and_a_payment(year)
    a_participant_moves_school(year)
    it_ends_training(year)


def schools_register_people(year: Year) -> None:
    """Oak registers Asha, her mentor Ben who trains with Larch, and Cleo whose mentor does not."""
    asha = register_ect(year.world.oak, ect(year.world), author=AUTHOR)
    register_mentor(year.world.oak, asha, mentor(lead_provider=year.world.larch), author=AUTHOR)
    cleo = register_ect(
        year.world.oak,
        ect(
            year.world,
            record=record("4000003", first_name="Cleo", last_name="Hart"),
            email="cleo@oak.example.com",
        ),
        author=AUTHOR,
    )
    register_mentor(
        year.world.oak,
        cleo,
        mentor(
            record=record("4000004", first_name="Dev", last_name="Iyer"),
            email="dev@oak.example.com",
        ),
        author=AUTHOR,
    )
    assert year.polled().held["participant"] == {}


def it_finds_a_school_and_begins_a_partnership(year: Year) -> None:
    school_id, school = year.polled().find("school", name="Oak School")
    assert (school["expression_of_interest"], school["in_partnership"]) == (True, False)
    (partner,) = year.ask("getDeliveryPartners", filtercohort="2026")

    made = year.act(
        "createPartnership", cohort="2026", school_id=school_id, delivery_partner_id=partner["id"]
    )

    assert made["participants_currently_training"] == 3
    names = [each["full_name"] for each in year.polled().held["participant"].values()]
    assert sorted(names) == ["Asha Rao", "Ben Lowe", "Cleo Hart"]
    assert year.system.only("unfunded-mentor")[1]["full_name"] == "Dev Iyer"
    again = sent(cohort="2026", school_id=school_id, delivery_partner_id=partner["id"])
    assert year.refused("createPartnership", body=again) == ["partnership.already_in_partnership"]


def it_declares_that_training_started(year: Year) -> None:
    asha_id, asha = year.system.find("participant", full_name="Asha Rao")
    (enrolment,) = asha["ecf_enrolments"]
    ben_id, _ = year.system.find("participant", full_name="Ben Lowe")
    assert (enrolment["mentor_id"], enrolment["eligible_for_funding"]) == (ben_id, None)
    started = declaration(asha_id, "started", "2026-09-12T10:00:00+01:00")

    year.turn_to("2026-09-14")
    assert year.ask("createDeclaration", body=started)["attributes"]["state"] == "submitted"
    assert year.refused("createDeclaration", body=started) == ["declaration.already_declared"]

    claim_ect(year.world.hub, Claim(record(), date(2026, 9, 1), "provider_led"), author=STAFF)
    _, shown = year.polled().only("participant-declaration")
    statement = year.ask("getStatement", shown["statement_id"])["attributes"]
    assert (shown["state"], statement["month"]) == ("eligible", "November")

    mentors = declaration(ben_id, "started", "2026-09-12T10:00:00Z", course=MENTOR)
    assert year.ask("createDeclaration", body=mentors, idempotency_key="ben-1")
    replayed = year.system.client.call("createDeclaration", body=mentors, idempotency_key="ben-1")
    assert replayed.headers["Idempotent-Replayed"] == "true"
    assert len(year.polled().held["participant-declaration"]) == 2


def it_moves_a_participant_to_an_extended_schedule(year: Year) -> None:
    asha_id, _ = year.system.find("participant", full_name="Asha Rao")
    year.turn_to("2026-11-02")
    _, shown = year.polled().find("participant-declaration", participant_id=asha_id)
    assert shown["state"] == "payable"

    moved = year.act(
        "changeScheduleParticipant",
        asha_id,
        course_identifier=ECT,
        schedule_identifier="ecf-extended-september",
    )

    assert moved["ecf_enrolments"][0]["schedule_identifier"] == "ecf-extended-september"
    same = sent(course_identifier=ECT, schedule_identifier="ecf-extended-september")
    assert year.refused("changeScheduleParticipant", asha_id, body=same) == [
        "participant.no_change"
    ]
    year.polled()


def it_pauses_and_resumes_training(year: Year) -> None:
    asha_id, _ = year.system.find("participant", full_name="Asha Rao")
    year.turn_to("2027-01-11")
    paused = year.act("deferParticipant", asha_id, course_identifier=ECT, reason="parental-leave")
    assert paused["ecf_enrolments"][0]["training_status"] == "deferred"
    deferred = year.system.client.model("TrainingStatus").DEFERRED
    found = year.ask("getParticipants", filtertraining_status=deferred)
    assert [each["id"] for each in found] == [asha_id]
    year.polled()

    year.turn_to("2027-03-08")
    resumed = year.act("resumeParticipant", asha_id, course_identifier=ECT)
    assert resumed["ecf_enrolments"][0]["participant_status"] == "active"
    assert (
        year.polled().find("participant", full_name="Asha Rao")[1]["ecf_enrolments"]
        == (resumed["ecf_enrolments"])
    )


def it_voids_a_mistake_and_a_payment(year: Year) -> None:
    asha_id, _ = year.system.find("participant", full_name="Asha Rao")
    wrong = declaration(asha_id, "retained-2", "2027-03-08T09:00:00Z", evidence="other")
    assert year.refused("createDeclaration", body=wrong) == ["declaration.not_allowed"]
    checked = declaration(asha_id, "retained-1", "2027-03-08T09:00:00Z")
    assert year.ask("createDeclaration", body=checked, dry_run=True)
    assert len(year.polled().held["participant-declaration"]) == 2
    mistake = year.ask("createDeclaration", body=checked)["id"]

    assert year.ask("voidDeclaration", mistake)["attributes"]["state"] == "voided"

    for statement in Statement.objects.filter(status="payable"):
        authorise_statement(statement, author=STAFF)
    paid, _ = year.polled().find(
        "participant-declaration", participant_id=asha_id, declaration_type="started"
    )
    assert year.ask("voidDeclaration", paid)["attributes"]["state"] == "awaiting-clawback"
    assert year.refused("voidDeclaration", paid)
    year.polled()


def a_participant_moves_school(year: Year) -> None:
    """Elm registers Cleo from the summer term, to train with Larch too."""
    year.turn_to("2027-04-12")
    register_ect(
        year.world.elm,
        ect(
            year.world,
            record=record("4000003", first_name="Cleo", last_name="Hart"),
            email="cleo@elm.example.com",
            started_on=date(2027, 4, 19),
        ),
        author=AUTHOR,
    )
    cleo_id, transfers = year.polled().only("participant-transfer")
    assert [each["status"] for each in transfers["transfers"]] == ["incomplete"]

    year.turn_to("2027-04-20")
    (transfer,) = year.polled().held["participant-transfer"][cleo_id]["transfers"]
    assert (transfer["transfer_type"], transfer["status"]) == ("new_school", "complete")
    assert year.system.held["unfunded-mentor"] == {}


def it_ends_training(year: Year) -> None:
    asha_id, _ = year.system.find("participant", full_name="Asha Rao")
    year.turn_to("2027-06-07")
    year.act("withdrawParticipant", asha_id, course_identifier=ECT, reason="moved-school")
    year.polled()

    late = declaration(asha_id, "retained-1", "2027-06-07T13:00:00+01:00")
    year.turn_to("2027-06-09")
    assert year.refused("createDeclaration", body=late) == ["declaration.withdrawn"]
    ben_id, _ = year.system.find("participant", full_name="Ben Lowe")
    done = declaration(
        ben_id, "completed", "2027-06-01T10:00:00Z", MENTOR, "75-percent-engagement-met"
    )
    assert year.ask("createDeclaration", body=done)
    (enrolment,) = year.polled().held["participant"][ben_id]["ecf_enrolments"]
    assert enrolment["mentor_funding_end_date"] == "2027-06-01"
    statements = [each["paid"] for each in year.system.held["statement"].values()]
    assert sorted(statements) == [False, True, True]


def declaration(
    participant_id: str,
    declaration_type: str,
    declared_at: str,
    course: str = ECT,
    evidence: str = "training-event-attended",
) -> dict[str, Any]:
    return sent(
        participant_id=participant_id,
        declaration_type=declaration_type,
        declaration_date=declared_at,
        course_identifier=course,
        evidence_held=evidence,
    )
