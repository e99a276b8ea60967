"""What the checks of several people ask, read once for all of them."""

from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from typing import Any, TypeVar

from django.db.models import Model

from register_ects import clock
from register_ects.models import (
    AppropriateBody,
    ContractPeriod,
    LeadProvider,
    MentorAtSchoolPeriod,
    School,
    Teacher,
    TrainingPeriod,
)
from register_ects.operations.placements.email_addresses import Holders, holders_of
from register_ects.operations.placements.history import read_together
from register_ects.operations.placements.registration import problems_with_appropriate_body
from register_ects.operations.training.plans import lead_providers_in
from register_ects.rules.enumerations import TraineeRole
from register_ects.rules.problems import Problem
from schools.several.looking_up import Looked

AnyModel = TypeVar("AnyModel", bound=Model)


class Known:
    """The people of some rows, and the school where they are to be registered, as they are now.

    Fifteen queries for any number of people, and one for each body and each year that is chosen.
    It is given to the functions that the pages of one registration ask, and lasts for one check.
    """

    def __init__(self, school: School, rows: Iterable[Looked]) -> None:
        self.school = school
        self._rows = list(rows)
        self.problems_with_body = cache(self._problems_with_body)
        self.lead_providers_in = cache(lead_providers_in)

    def teacher(self, trn: str) -> Teacher | None:
        """Return whom the service has under a TRN that TRS gave."""
        return self._teachers.get(trn)

    def mentor(self, trn: str | None) -> MentorAtSchoolPeriod | None:
        """Return the school's mentor with a TRN, who has not left."""
        return self._mentors.get(trn) if trn else None

    def needs_first_training(self, mentor: MentorAtSchoolPeriod) -> bool:
        """Whether a mentor of the school can be trained, and never was."""
        return mentor.teacher.is_fundable_as_mentor and mentor.teacher_id not in self._trained

    def body(self, key: Any) -> AppropriateBody | None:
        """Return the appropriate body that was chosen."""
        return self._bodies.get(str(key))

    def lead_provider(self, key: Any) -> LeadProvider | None:
        """Return the lead provider that was chosen."""
        return self._lead_providers.get(str(key))

    @cached_property
    def periods(self) -> list[ContractPeriod]:
        """Return all contract periods."""
        return list(ContractPeriod.objects.all())

    @cached_property
    def holders(self) -> Holders:
        """Return who has the email addresses of the rows."""
        emails = {form.cleaned_data.get("email") for _held, form in self._rows}
        return holders_of([email for email in emails if email])

    @cached_property
    def _teachers(self) -> dict[str | None, Teacher]:
        trns = {held.record["trn"] for held, _form in self._rows if held.record}
        teachers = list(Teacher.objects.filter(trn__in=trns))
        read_together(teachers)
        return {teacher.trn: teacher for teacher in teachers}

    @cached_property
    def _mentors(self) -> dict[str | None, MentorAtSchoolPeriod]:
        trns = {form.cleaned_data.get("mentor_trn") for _held, form in self._rows}
        of_school = MentorAtSchoolPeriod.objects.filter(school=self.school, teacher__trn__in=trns)
        here = of_school.current_or_future(clock.today()).select_related("teacher")
        return {each.teacher.trn: each for each in here.order_by("-started_on", "-pk")}

    @cached_property
    def _trained(self) -> set[int]:
        mentors = [each.teacher_id for each in self._mentors.values()]
        of_mentors = TrainingPeriod.objects.filter(
            teacher__in=mentors, trainee_role=TraineeRole.MENTOR
        )
        return {*of_mentors.values_list("teacher", flat=True)}

    @cached_property
    def _bodies(self) -> Mapping[str, AppropriateBody]:
        return self._chosen(AppropriateBody, "appropriate_body")

    @cached_property
    def _lead_providers(self) -> Mapping[str, LeadProvider]:
        return self._chosen(LeadProvider, "lead_provider")

    def _chosen(self, model: type[AnyModel], name: str) -> dict[str, AnyModel]:
        keys = {form.cleaned_data.get(name) for _held, form in self._rows}
        found = model._default_manager.filter(pk__in=[key for key in keys if key])
        return {str(each.pk): each for each in found}

    def _problems_with_body(self, body: AppropriateBody) -> list[Problem]:
        return problems_with_appropriate_body(self.school, body)
