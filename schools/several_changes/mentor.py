"""One mentor for several ECTs (spec 05 §6.8, §20.3)."""

from collections.abc import Collection
from functools import cached_property

from register_ects import clock
from register_ects.formats import govuk_date
from register_ects.models import (
    ECTAtSchoolPeriod,
    LeadProvider,
    MentorAtSchoolPeriod,
)
from register_ects.models.placements import MentorAtSchoolPeriodQuerySet
from register_ects.operations.base import Author
from register_ects.operations.placements.history import mentorships_in
from register_ects.operations.placements.mentoring import (
    assign_mentor,
    current_provider_led_training,
    first_day_of_mentoring,
    may_train_first,
    mentorships_ahead,
    problems_with_mentorship,
)
from register_ects.operations.training.plans import contract_period_for_mentor
from register_ects.web.choice_fields import Choice
from schools.lead_providers import lead_provider_choices
from schools.mentors.choices import choices_of
from schools.mentors.pages import until_when
from schools.several_changes.change import (
    REASONS,
    Change,
    Effect,
    Plan,
    impossible,
    whose_induction_is_over,
)


class MentorPlan(Plan[MentorAtSchoolPeriod]):
    """One of the school's mentors for each ECT, and the mentor's first training if it is due."""

    def choices(self) -> list[Choice]:
        """Return the school's mentors by name, each with how many ECTs they have."""
        return choices_of(self._mentors().earliest_first(), self.school.pk)

    @cached_property
    def choice(self) -> MentorAtSchoolPeriod | None:
        """Return the mentor who was chosen; None when they are not here any more."""
        return self._mentors().filter(pk=self.given.get("mentor") or 0).first()

    def _mentors(self) -> MentorAtSchoolPeriodQuerySet:
        here: MentorAtSchoolPeriodQuerySet = MentorAtSchoolPeriod.objects.filter(school=self.school)
        return here.current_or_future(clock.today()).select_related("teacher")

    @property
    def chosen(self) -> str | None:
        """Return the mentor's name."""
        return self.choice.teacher.name if self.choice else None

    @cached_property
    def provider(self) -> LeadProvider | None:
        """Return who gives the mentor their first training; None when it is not due."""
        if not self.given.get("training_due"):
            return None
        return LeadProvider.objects.filter(pk=self.given.get("trained_by") or 0).first()

    def training_is_due(self) -> bool:
        """Whether the mentor's first training comes with any of the ECTs."""
        mentor = self.choice
        if mentor is None or not may_train_first(mentor.teacher):
            return False
        return any(
            current_provider_led_training(ect) is not None
            for ect in self.ects
            if self.effect(ect).is_possible
        )

    def training_choices(self) -> list[Choice]:
        """Return the lead providers with a contract for the mentor's training."""
        if self.choice is None:
            return []
        start = self.choice.started_on
        period = contract_period_for_mentor(self.choice.teacher, start=start)
        return lead_provider_choices(self.school, period)

    def effect_of(self, choice: MentorAtSchoolPeriod, ect: ECTAtSchoolPeriod) -> Effect:
        """Return whether it is the first mentor or takes over from somebody, and the days."""
        if choice.teacher_id == ect.teacher_id:
            return Effect(["They cannot be their own mentor."], is_possible=False)
        problems = problems_with_mentorship(ect, choice)
        if problems:
            return impossible(problems)
        ahead = mentorships_ahead(ect)
        others = [m.mentor_at_school_period for m in ahead]
        giving_way = [each.teacher.name for each in others if each.pk != choice.pk]
        if ahead and not giving_way:
            return Effect([f"{choice.teacher.name} is their mentor already."], is_possible=False)
        first = govuk_date(first_day_of_mentoring(ect, mentor_started_on=choice.started_on))
        sentences = [f"{choice.teacher.name} becomes their mentor on {first}."]
        if giving_way:
            before = " and ".join(dict.fromkeys(giving_way))
            sentences = [f"{choice.teacher.name} takes over on {first} from {before}."]
        elif not mentorships_in(ect):
            sentences = [f"{choice.teacher.name} becomes their first mentor on {first}."]
        until = until_when(choice.finished_on, ect)
        if until:
            sentences.append(f"They need another mentor after {govuk_date(until)}.")
        return Effect(sentences)

    def do(self, choice: MentorAtSchoolPeriod, ect: ECTAtSchoolPeriod, author: Author) -> None:
        """Assign the mentor; who is their mentor was told on the check page."""
        known = {each.mentor_at_school_period_id for each in mentorships_ahead(ect)}
        assign_mentor(ect, choice, author=author, lead_provider=self.provider, replacing=known)

    def people(self) -> set[int]:
        """Return the keys of all who are concerned, the new mentor too."""
        return {*super().people(), *([self.choice.teacher_id] if self.choice else [])}


class GiveMentor(Change):
    """Give several ECTs one mentor."""

    name, field, label = "give-mentor", "mentor", "New mentor"
    done = "You’ve given {ects} a mentor"
    plan = MentorPlan

    def reasons(self, ects: Collection[ECTAtSchoolPeriod]) -> dict[int, str]:
        """Return whose induction is over, so that they need no mentor. One query."""
        return dict.fromkeys(whose_induction_is_over(ects), REASONS["not_needed"])
