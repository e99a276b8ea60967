"""What people do on which day, done in order, each with the clock on its day.

Before each day statements are closed, adjusted and paid, as the daily job and finance would have
done: see ``settling``.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import wraps
from random import Random
from typing import Concatenate, ParamSpec

import httpx
from django.conf import settings

from register_ects import clock
from register_ects.integrations import trs
from register_ects.invented import organisations
from register_ects.invented.demo.people import users
from register_ects.invented.demo.people.settling import settle_statements
from register_ects.invented.names import random_name
from register_ects.invented.people import email_of
from register_ects.invented.stand_ins.trs import person
from register_ects.models import (
    Declaration,
    ECTAtSchoolPeriod,
    InductionPeriod,
    MentorAtSchoolPeriod,
    Teacher,
)
from register_ects.operations.base import Author
from register_ects.operations.declarations.making import create_declaration
from register_ects.operations.declarations.voiding import void_declaration
from register_ects.operations.inductions.periods import (
    Claim,
    claim_ect,
    pass_induction,
    release_ect,
)
from register_ects.operations.lead_providers.partnerships import create_partnership
from register_ects.operations.placements.details import change_appropriate_body
from register_ects.operations.placements.leaving import report_leaving
from register_ects.operations.placements.mentoring import (
    MentorRegistration,
    assign_mentor,
    register_mentor,
)
from register_ects.operations.placements.moving import move_ect
from register_ects.operations.placements.registration import ECTRegistration, register_ect
from register_ects.operations.schools.induction_tutors import (
    change_induction_tutor,
    confirm_induction_tutor,
    tutor_of,
)
from register_ects.operations.teachers.names import change_name
from register_ects.operations.training.changes import change_lead_provider
from register_ects.projections.refresh import turn_again_from
from register_ects.rules.declarations import SentDeclaration
from register_ects.rules.enumerations import (
    DeclarationType,
    EvidenceType,
    TrainingProgramme,
)
from register_ects.rules.induction_tutors import InductionTutor
from register_ects.rules.seen import mark_of

P = ParamSpec("P")


def _on_its_day(
    do: Callable[Concatenate["Plan", str, P], None],
) -> Callable[Concatenate["Plan", str, P], None]:
    """Have a method planned for its day when it is called, and done on it."""

    @wraps(do)
    def planned(plan: "Plan", day: str, /, *args: P.args, **details: P.kwargs) -> None:
        plan.on(day, lambda: do(plan, day, *args, **details))

    return planned


@dataclass
class Plan:
    """Collects what people do (a method each, or ``on``) and carries it out (``carry_out``)."""

    actions: list[tuple[date, Callable[[], object]]] = field(default_factory=list)

    def on(self, day: str, action: Callable[[], object]) -> None:
        """Plan an action for a day; actions of one day keep their order."""
        self.actions.append((date.fromisoformat(day), action))

    def carry_out(self) -> None:
        """Do everything whose day has come, then bring statements up to today.

        What comes later stays planned. ``catch_up`` must follow: until then everything is
        shown as it was on its own day.
        """
        today = clock.today()
        ordered = sorted(self.actions, key=lambda planned: planned[0])
        self.actions = [planned for planned in ordered if planned[0] > today]
        for day, action in ordered[: len(ordered) - len(self.actions)]:
            with clock.pretend(day):
                settle_statements()
                action()
        settle_statements()
        if ordered:
            turn_again_from(ordered[0][0])

    # -- What people do, planned for a day ---------------------------------------------------

    @_on_its_day
    def registers_ect(
        self,
        day: str,
        *,
        urn: int,
        trn: str,
        lead_provider: str | None = None,
        starts: str | None = None,
        hub: str = organisations.NORTH_WEST_HUB,
        part_time: bool = False,
    ) -> None:
        """A school registers an ECT, who starts that day unless ``starts`` says otherwise."""
        pattern = "part_time" if part_time else "full_time"
        registration = registration_of(trn, starts or day, lead_provider, hub, pattern)
        register_ect(organisations.school(urn), registration, author=users.at_school(urn))

    @_on_its_day
    def moves(
        self, day: str, *, trn: str, urn: int, lead_provider: str, last_day: str, starts: str
    ) -> None:
        """Somebody of a trust moves an ECT to another of its schools."""
        move_ect(
            ect_placement(trn),
            organisations.school(urn),
            registration_of(trn, starts, lead_provider),
            last_day=date.fromisoformat(last_day),
            author=users.TRUST_USER,
        )

    @_on_its_day
    def registers_mentor(
        self,
        day: str,
        *,
        urn: int,
        trn: str,
        ect: str,
        lead_provider: str | None = None,
        only_here: bool | None = None,
    ) -> None:
        """A school registers a mentor for one of its ECTs."""
        registration = MentorRegistration(
            record=trs.get_client().find_teacher(trn),
            corrected_name=None,
            email=email_of(trn),
            only_here=only_here,
            lead_provider=organisations.provider(lead_provider) if lead_provider else None,
        )
        school = organisations.school(urn)
        register_mentor(school, ect_placement(ect), registration, author=users.at_school(urn))

    @_on_its_day
    def assigns_mentor(self, day: str, *, trn: str, ect: str) -> None:
        """A school gives an ECT one of its mentors."""
        mentor = mentor_placement(trn, ect)
        assign_mentor(ect_placement(ect), mentor, author=users.at_school(mentor.school.urn))

    @_on_its_day
    def names_tutor(self, day: str, *, urn: int, domain: str = "example.com") -> None:
        """A school says who its induction tutor is; nothing arrives at ``bounce.example.com``."""
        school = organisations.school(urn)
        name = " ".join(random_name(Random(urn)))  # noqa: S311 - the same in every demo
        change_induction_tutor(
            school,
            InductionTutor(name, f"induction.{urn}@{domain}"),
            seen=tutor_of(school).mark,
            author=users.at_school(urn),
        )

    @_on_its_day
    def confirms_tutor(self, day: str, *, urn: int) -> None:
        """A school says that its induction tutor is still the same."""
        school = organisations.school(urn)
        seen = tutor_of(school).mark
        confirm_induction_tutor(school, seen=seen, author=users.at_school(urn))

    @_on_its_day
    def partners(self, day: str, *, urn: int, lead_provider: str, year: int) -> None:
        """A lead provider confirms that it works with a school in a contract period."""
        pairing = organisations.pairings(lead_provider, year).first()
        if pairing is not None:
            author = Author.lead_provider(pairing.lead_provider)
            create_partnership(organisations.school(urn), pairing, author=author)

    @_on_its_day
    def claims(
        self,
        day: str,
        *,
        trn: str,
        starts: str,
        hub: str = organisations.NORTH_WEST_HUB,
        school_led: bool = False,
    ) -> None:
        """An appropriate body records the start of an induction."""
        programme = TrainingProgramme.SCHOOL_LED if school_led else TrainingProgramme.PROVIDER_LED
        claim = Claim(
            record=trs.get_client().find_teacher(trn),
            started_on=date.fromisoformat(starts),
            training_programme=programme,
        )
        claim_ect(organisations.body(hub), claim, author=users.BODY_USER)

    @_on_its_day
    def releases(self, day: str, *, trn: str, finished: str, terms: str) -> None:
        """An appropriate body records that an ECT left its care."""
        release_ect(
            open_induction(trn),
            finished_on=date.fromisoformat(finished),
            number_of_terms=Decimal(terms),
            author=users.BODY_USER,
        )

    @_on_its_day
    def passes(self, day: str, *, trn: str, finished: str, terms: str) -> None:
        """An appropriate body records a pass."""
        pass_induction(
            open_induction(trn),
            finished_on=date.fromisoformat(finished),
            number_of_terms=Decimal(terms),
            author=users.BODY_USER,
        )

    @_on_its_day
    def changes_name(self, day: str, *, trn: str, name: str) -> None:
        """A school says that an ECT is called otherwise now."""
        placement = ect_placement(trn)
        seen = mark_of(placement.teacher.name)
        change_name(placement, name, seen=seen, author=users.at_school(placement.school.urn))

    @_on_its_day
    def changes_lead_provider(self, day: str, *, trn: str, lead_provider: str) -> None:
        """A school says that another lead provider trains an ECT."""
        placement, provider = ect_placement(trn), organisations.provider(lead_provider)
        change_lead_provider(placement, provider, author=users.at_school(placement.school.urn))

    @_on_its_day
    def changes_body(self, day: str, *, trn: str, hub: str) -> None:
        """A school says that another appropriate body looks after an ECT's induction."""
        placement = ect_placement(trn)
        reported = placement.school_reported_appropriate_body
        change_appropriate_body(
            placement,
            organisations.body(hub),
            seen=mark_of(reported.name if reported else None),
            author=users.at_school(placement.school.urn),
        )

    @_on_its_day
    def leaves(self, day: str, *, trn: str, last_day: str) -> None:
        """A school reports that an ECT leaves."""
        placement = ect_placement(trn)
        report_leaving(
            placement,
            last_day=date.fromisoformat(last_day),
            author=users.at_school(placement.school.urn),
        )

    @_on_its_day
    def declares(
        self,
        day: str,
        *,
        trn: str,
        lead_provider: str,
        what: str = DeclarationType.STARTED,
        mentor: bool = False,
        evidence: str | None = EvidenceType.TRAINING_EVENT_ATTENDED,
    ) -> None:
        """A lead provider declares a training point that was reached that morning."""
        provider = organisations.provider(lead_provider)
        claim = SentDeclaration(
            participant_id=str(Teacher.objects.get(trn=trn).api_id),
            course_identifier="ecf-mentor" if mentor else "ecf-induction",
            declaration_type=what,
            declaration_date=f"{day}T09:30:00Z",
            evidence_type=evidence,
        )
        author = Author.lead_provider(provider)
        create_declaration(provider, claim, received_at=clock.now(), author=author)

    @_on_its_day
    def voids(self, day: str, *, trn: str, what: str) -> None:
        """A lead provider voids a declaration: a paid one is clawed back."""
        declaration = Declaration.objects.live().get(teacher__trn=trn, declaration_type=what)
        author = Author.lead_provider(declaration.lead_provider)
        void_declaration(declaration, author=author)


def registration_of(
    trn: str,
    starts: str,
    lead_provider: str | None,
    hub: str = organisations.NORTH_WEST_HUB,
    working_pattern: str = "full_time",
) -> ECTRegistration:
    """Return what a school enters of an ECT; without a lead provider it trains them itself."""
    return ECTRegistration(
        record=trs.get_client().find_teacher(trn),
        corrected_name=None,
        email=email_of(trn),
        started_on=date.fromisoformat(starts),
        working_pattern=working_pattern,
        appropriate_body=organisations.body(hub),
        training_programme=(
            TrainingProgramme.PROVIDER_LED if lead_provider else TrainingProgramme.SCHOOL_LED
        ),
        lead_provider=organisations.provider(lead_provider) if lead_provider else None,
    )


def is_known_to_trs(trn: str, *, qts_from: str) -> None:
    """Tell the TRS stand-in when a person was awarded QTS, so that old inductions are possible."""
    record = person(trn, qts_held_from=date.fromisoformat(qts_from))
    httpx.post(
        f"{settings.TRS_API_BASE_URL}/__admin/people",
        json={"trn": trn, "qts": record["qts"]},
        headers={"Authorization": f"Bearer {settings.TRS_API_KEY}"},
    ).raise_for_status()


def ect_placement(trn: str) -> ECTAtSchoolPeriod:
    """Return a person's latest ECT placement."""
    placements = ECTAtSchoolPeriod.objects.filter(teacher__trn=trn).latest_first()
    placement: ECTAtSchoolPeriod = placements.select_related("school__gias_school", "teacher")[0]
    return placement


def mentor_placement(trn: str, ect: str) -> MentorAtSchoolPeriod:
    """Return a person's mentor placement at the school of an ECT."""
    mentors = MentorAtSchoolPeriod.objects.select_related("school__gias_school", "teacher")
    placement: MentorAtSchoolPeriod = mentors.get(
        teacher__trn=trn, school=ect_placement(ect).school, finished_on=None
    )
    return placement


def open_induction(trn: str) -> InductionPeriod:
    """Return a person's open induction."""
    inductions = InductionPeriod.objects.select_related("teacher", "appropriate_body")
    period: InductionPeriod = inductions.get(teacher__trn=trn, finished_on=None)
    return period
