"""What the pages of the assign-mentor journey show besides their forms."""

from register_ects import clock
from register_ects.formats import govuk_date
from register_ects.models import (
    ECTAtSchoolPeriod,
    LeadProvider,
    TrainingPeriod,
)
from register_ects.operations.placements.mentoring import (
    eligible_mentors,
    mentors_left_out,
    mentorships_ahead,
)
from register_ects.rules.enumerations import TraineeRole
from register_ects.web.choice_fields import Choice
from register_ects.web.journeys import Leave, Run
from register_ects.web.school_addresses import reverse
from register_ects.web.summaries import Row, row
from schools.assign_mentor.answers import AssignmentAnswers
from schools.assign_mentor.forms import NEW_MENTOR
from schools.lead_providers import lead_provider_choices
from schools.mentors import addresses
from schools.mentors.choices import choices_of
from schools.mentors.pages import Context, about, apart, handing_over, who_leaves_first, words


def home(run: Run) -> str:
    """Return where the first page leads back to: the ECT."""
    return reverse("schools:ect", args=[run.subject.pk])


def choose_options(run: Run) -> Context:
    """Return the choice's words, with who is the mentor now, and the mentors on offer.

    Of mentors who are here but not on offer the words say why. Who has a mentor and can get no
    other here leads on to registering a new one (spec 05 §9.4).
    """
    left_out = [f"{who_leaves_first(problem)}." for problem in mentors_left_out(run.subject)]
    not_offered = [f"Not on offer: {' '.join(left_out)}"] if left_out else []
    told = [*_mentor_now(run.subject), *not_offered]
    mentors = mentor_choices(run.subject)
    if not mentors and run.journey.name == "change-mentor":
        raise Leave(addresses.registering(run.subject.pk, instead=True))
    new = Choice(NEW_MENTOR, "Register a new mentor", after_or=bool(mentors))
    return {
        "words": {**words(run)["words"], "now": " ".join(told)},
        "choices": {"mentor": [*mentors, new]},
    }


def _mentor_now(ect: ECTAtSchoolPeriod) -> list[str]:
    """Say who mentors the ECT now, or is to, and when a new mentor takes over."""
    today = clock.today()
    ahead = mentorships_ahead(ect)
    if not ahead:
        return []
    name, start = ahead[0].mentor_at_school_period.teacher.name, ahead[0].started_on
    when = f"from {govuk_date(start)}" if start > today else "now"
    first = f"on {govuk_date(ect.started_on)}" if ect.started_on > today else "today"
    return [
        f"{name} is their mentor {when}.",
        f"The new mentor takes over {first}, or on their own first day if that is later.",
    ]


def provider_options(run: Run) -> Context:
    """Return the provider form's words and its choices: the school's partners first."""
    period = AssignmentAnswers(run.answers, run.subject).contract_period
    offered = lead_provider_choices(run.request.school, period)
    declined = run.answers["ect_provider"]  # else it would have been accepted on the page before
    others = [each for each in offered if each.text != declined]
    return {**words(run), "choices": {"lead_provider": others}}


def check_answers(run: Run) -> Context:
    """Return who is assigned, who trains them, and whom they take over from."""
    answers = AssignmentAnswers(run.answers, run.subject)
    mentor, provider = answers.mentor, answers.provider
    started_on = mentor.started_on if mentor else clock.today()
    taking_over = handing_over(
        run,
        started_on=started_on,
        leaves_on=mentor.finished_on if mentor else None,
        chosen=int(run.answers["mentor"]),
    )
    return {
        **about(run),
        **taking_over,
        **apart(run.subject, answers.chosen),
        "choose_url": run.change_url(run.journey.first.slug),
        "trained_by": provider.name if provider else None,
        "training_goes_on": _whose_training_goes_on(run),
        "rows": [
            row("ECT", run.subject.teacher.name),
            *taking_over["giving_way"],
            *_chosen_rows(run, provider, taking_over),
        ],
    }


def _chosen_rows(run: Run, provider: LeadProvider | None, taking_over: Context) -> list[Row]:
    """Return who was chosen, from when and until when, and who trains them."""
    chosen = [
        row(
            "New mentor",
            run.answers["mentor_name"],
            change_url=run.change_url(run.journey.first.slug),
        ),
        *taking_over["days"],
    ]
    if provider is None:
        return chosen
    asked = "lead-provider" if "lead-provider" in run.reached else "review-mentor-eligibility"
    trained = row(
        "Mentor’s lead provider",
        provider.name,
        change_url=run.change_url(asked),
        changing="lead provider",
    )
    return [*chosen, trained]


def _whose_training_goes_on(run: Run) -> list[str]:
    """Return the names of those who give way and are in training: that does not end with it."""
    chosen, mentors = int(run.answers["mentor"]), run.answers["mentors_now"]
    giving_way = {placement_id: name for placement_id, name, _ in mentors if placement_id != chosen}
    training = TrainingPeriod.objects.filter(
        trainee_role=TraineeRole.MENTOR,
        teacher__mentor_at_school_periods__in=giving_way,
        withdrawn_at=None,
        deferred_at=None,
        finished_on=None,
    ).current_or_future(clock.today())
    in_training = training.values_list("teacher__mentor_at_school_periods", flat=True)
    return [giving_way[key] for key in sorted({*in_training} & giving_way.keys())]


def mentor_choices(ect: ECTAtSchoolPeriod) -> list[Choice]:
    """Return the mentors on offer by name, each with what tells them from a namesake.

    The one who mentors the ECT now is not on offer: that would change nothing. Four queries.
    """
    ahead = mentorships_ahead(ect)
    now = ahead[0].mentor_at_school_period_id if ahead else None
    return choices_of(eligible_mentors(ect).exclude(pk=now), ect.school_id)
