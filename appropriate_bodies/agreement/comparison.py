"""What each of four says of one ECT, side by side (spec 06 §6.21.1)."""

from dataclasses import dataclass
from datetime import date

from register_ects import clock
from register_ects.formats import govuk_date, govuk_datetime
from register_ects.models import (
    AppropriateBody,
    ECTAtSchoolPeriod,
    InductionPeriod,
    Teacher,
    TrainingPeriod,
)
from register_ects.rules.enumerations import TrainingProgramme
from register_ects.rules.inductions import induction_state, terms_needed, terms_served
from register_ects.web.states import state_of
from register_ects.web.trs_view import trs_view

#: Who says it, in the order of a row's words.
SAYERS = ("The school", "The lead provider", "The appropriate body", "Teaching Record System")


@dataclass(frozen=True)
class Compared:
    """A fact, and what each says of it, in the order of ``SAYERS``; empty where nobody asks them.

    ``differs``: two who say it say different things.
    """

    fact: str
    said: tuple[str, str, str, str]

    @property
    def differs(self) -> bool:
        """Whether two who say it say different things."""
        return len({words for words in self.said if words}) > 1


def comparison_of(body: AppropriateBody, teacher_id: int) -> list[Compared]:
    """Return what is said of somebody whom the body holds or is named for. Five queries.

    Nothing of mentors' training, and of other bodies' inductions no more than who holds it.
    """
    teacher = Teacher.objects.get(pk=teacher_id)
    periods = list(teacher.induction_periods.select_related("appropriate_body").earliest_first())
    held = next((period for period in periods if period.is_open), None)
    own = held if held and held.appropriate_body_id == body.pk else None
    placements = teacher.ect_at_school_periods.select_related(
        "school__gias_school", "school_reported_appropriate_body"
    )
    now = placements.current_or_future(clock.today()).earliest_first().first()
    placement = now or placements.latest_first().first()
    training = _training(teacher)
    provider = training.lead_provider if training else None
    trs = trs_view(teacher, periods)
    reported = placement.school_reported_appropriate_body if placement else None
    extensions = [each.number_of_terms for each in teacher.induction_extensions.all()]
    terms = f"{terms_served(periods):g} of {terms_needed(extensions):g} completed"
    pattern = placement.get_working_pattern_display() if placement else ""
    tutor = placement.school.induction_tutor_email if placement else ""
    return [
        Compared("School", (_school(placement), "", "", "")),
        Compared("First day there", (_day(placement.started_on) if placement else "", "", "", "")),
        Compared("Last day there", (_day(placement.finished_on) if placement else "", "", "", "")),
        Compared(
            "Appropriate body",
            (reported.name if reported else "", "", held.appropriate_body.name if held else "", ""),
        ),
        Compared("Induction start", ("", "", _first(periods), _day(trs.started_on))),
        Compared("Status", ("", "", _status(teacher, periods), state_of(trs.status).label)),
        Compared("Terms", ("", "", terms if periods else "", "")),
        Compared("Training programme", (_programme(training), "", _programme(own), "")),
        Compared("Lead provider", (provider.name if provider else "", "", "", "")),
        Compared("Training", ("", _how_it_stands(training) if provider else "", "", "")),
        Compared("Working pattern", (pattern or "", "", "", "")),
        Compared("Induction tutor’s email", (tutor or "", "", "", "")),
        Compared(
            "Qualified teacher status", ("", "", "", _day(teacher.trs_qts_awarded_on) or "None")
        ),
        Compared("Last asked", ("", "", "", govuk_datetime(trs.said_at) or "Never")),
    ]


def _school(placement: ECTAtSchoolPeriod | None) -> str:
    return f"{placement.school.name} (URN {placement.school.urn})" if placement else ""


def _training(teacher: Teacher) -> TrainingPeriod | None:
    of = TrainingPeriod.objects.filter(teacher=teacher, trainee_role="ect")
    return of.select_related("lead_provider", "school_partnership").latest_first().first()


def _day(day: date | None) -> str:
    return govuk_date(day) if day else ""


def _first(periods: list[InductionPeriod]) -> str:
    return _day(periods[0].started_on) if periods else ""


def _programme(of: TrainingPeriod | InductionPeriod | None) -> str:
    programme = of.training_programme if of else None
    return str(TrainingProgramme(programme).label) if programme else ""


def _status(teacher: Teacher, periods: list[InductionPeriod]) -> str:
    if not periods:
        return ""
    return state_of(induction_state(periods, trs_status=teacher.trs_induction_status)).label


def _how_it_stands(training: TrainingPeriod | None) -> str:
    """Return in words what the provider said of training, and whether they confirmed it."""
    if training is None:
        return ""
    if training.training_status != "active":
        return "Stopped" if training.training_status == "withdrawn" else "Paused"
    return "Confirmed" if training.is_confirmed else "Not confirmed yet"
