"""People: one record per person, whatever roles they have had (spec 01 §4.4)."""

import uuid

import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q

from register_ects.database.compiled import compiled
from register_ects.models.base import (
    TimeStamped,
    both_or_neither,
    keep_history,
    never_changes,
    one_of,
    refusing_trigger,
)
from register_ects.models.constraints import Check
from register_ects.models.funding_years import ContractPeriod
from register_ects.rules.ect_status import known_status
from register_ects.rules.enumerations import (
    AnonymisationReason,
    InductionStatus,
    MentorFundingEndReason,
    TRSResponse,
)
from register_ects.rules.names import display_name

_SEARCH_VECTOR = Func(
    F("trs_first_name"),
    F("trs_last_name"),
    F("corrected_name"),
    function="person_search_vector",
    output_field=SearchVectorField(),
)


class TeacherQuerySet(models.QuerySet["Teacher"]):
    """Finding people."""

    def locked(self, teacher_id: int) -> "Teacher":
        """Return one teacher with the row locked: changes to one person happen one by one.

        Rows that only point to the person (events of a statement that closes, for example) do
        not wait for the lock: else who locks a statement and who locks a person could wait in a
        ring.
        """
        found = _locked.first(teacher_id)
        if found is None:
            raise Teacher.DoesNotExist
        return found


@compiled
def _locked(teacher_id: int) -> models.QuerySet["Teacher"]:
    return Teacher.objects.select_for_update(no_key=True).filter(pk=teacher_id)


_NAMES = ("trs_first_name", "trs_last_name")
#: What TRS told of a person, besides the TRN: a cleared record keeps none of it.
TRS_FIELDS = (
    *_NAMES,
    "trs_induction_status",
    "trs_induction_start_date",
    "trs_induction_completed_date",
    "trs_qts_awarded_on",
    "trs_qts_status_description",
    "trs_initial_teacher_training_provider_name",
    "trs_initial_teacher_training_end_date",
    "trs_response",
    "trs_redirected_to",
    "trs_data_last_refreshed_at",
)


@keep_history
class Teacher(TimeStamped):
    """A person who is or was an ECT, a mentor or both. Emails live on the school periods.

    ``trs_data_last_refreshed_at`` is when TRS was asked for what the other ``trs_`` fields hold;
    nothing older is ever copied over them. ``trs_response`` is what it answered.
    """

    #: Everyone is read from TRS every day or two: that it said the same again is no history.
    unremarkable_fields = ("trs_data_last_refreshed_at",)
    #: Support finds people by the names that they had.
    history_indexes = (GinIndex(_SEARCH_VECTOR, name="teacher_former_names"),)

    api_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    api_ect_training_record_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    api_mentor_training_record_id = models.UUIDField(
        default=uuid.uuid4, unique=True, editable=False
    )
    trn = models.CharField(max_length=7, null=True, blank=True, unique=True)
    trnless = models.BooleanField(default=False)
    corrected_name = models.CharField(max_length=70, null=True, blank=True)
    trs_first_name = models.TextField(null=True, blank=True)
    trs_last_name = models.TextField(null=True, blank=True)
    trs_induction_status = models.CharField(
        max_length=18, choices=InductionStatus, null=True, blank=True
    )
    trs_induction_start_date = models.DateField(null=True, blank=True)
    trs_induction_completed_date = models.DateField(null=True, blank=True)
    trs_qts_awarded_on = models.DateField(null=True, blank=True)
    trs_qts_status_description = models.TextField(null=True, blank=True)
    trs_initial_teacher_training_provider_name = models.TextField(null=True, blank=True)
    trs_initial_teacher_training_end_date = models.DateField(null=True, blank=True)
    trs_response = models.CharField(max_length=18, choices=TRSResponse, null=True, blank=True)
    trs_redirected_to = models.CharField(max_length=7, null=True, blank=True)
    trs_data_last_refreshed_at = models.DateTimeField(null=True, blank=True)
    ect_first_became_eligible_for_training_at = models.DateTimeField(null=True, blank=True)
    mentor_first_became_eligible_for_training_at = models.DateTimeField(null=True, blank=True)
    ect_became_ineligible_for_funding_on = models.DateField(null=True, blank=True)
    mentor_became_ineligible_for_funding_on = models.DateField(null=True, blank=True)
    mentor_became_ineligible_for_funding_reason = models.CharField(
        max_length=31, choices=MentorFundingEndReason, null=True, blank=True
    )
    ect_payments_frozen_year = models.ForeignKey(
        ContractPeriod, models.PROTECT, null=True, blank=True, related_name="+"
    )
    mentor_payments_frozen_year = models.ForeignKey(
        ContractPeriod, models.PROTECT, null=True, blank=True, related_name="+"
    )
    anonymised_at = models.DateTimeField(null=True, blank=True)
    anonymisation_reason = models.CharField(
        max_length=22, choices=AnonymisationReason, null=True, blank=True
    )
    search = models.GeneratedField(
        expression=_SEARCH_VECTOR,
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = TeacherQuerySet.as_manager()

    class Meta:
        db_table = "teacher"
        constraints = [
            Check(
                name="teacher_without_trn_only_if_trnless",
                condition=Q(trnless=True, trn__isnull=True) | Q(trnless=False, trn__isnull=False),
                problem="trn missing",
                sentence="Enter the teacher's TRN",
            ),
            Check(
                name="teacher_trn_has_seven_digits",
                condition=Q(trn__isnull=True) | Q(trn__regex=r"^[0-9]{7}$"),
                problem="trn wrong_format",
                sentence="A TRN must have 7 digits",
            ),
            both_or_neither(
                "mentor_ineligibility_date_and_reason_together",
                "mentor_became_ineligible_for_funding_on",
                "mentor_became_ineligible_for_funding_reason",
                problem="mentor_became_ineligible_for_funding_reason incomplete",
                sentence="The end of a mentor's funding needs both a date and a reason",
            ),
            both_or_neither(
                "anonymisation_time_and_reason_together",
                "anonymised_at",
                "anonymisation_reason",
                problem="anonymisation_reason incomplete",
                sentence="Removing a person's details needs both a time and a reason",
            ),
            one_of("trs_induction_status_is_known", "trs_induction_status", InductionStatus),
            one_of("trs_response_is_known", "trs_response", TRSResponse),
            one_of(
                "mentor_ineligibility_reason_is_known",
                "mentor_became_ineligible_for_funding_reason",
                MentorFundingEndReason,
            ),
            one_of("anonymisation_reason_is_known", "anonymisation_reason", AnonymisationReason),
            Check(
                name="anonymised_people_have_no_name_or_trn",
                condition=Q(anonymised_at__isnull=True)
                | Q(
                    trn__isnull=True,
                    corrected_name__isnull=True,
                    trs_first_name__isnull=True,
                    trs_last_name__isnull=True,
                ),
                problem="anonymised",
                sentence="A record that was cleared keeps no name and no TRN",
            ),
            Check(
                name="nothing_of_trs_is_kept_of_anonymised_people",
                condition=Q(anonymised_at__isnull=True)
                | Q(**{f"{name}__isnull": True for name in TRS_FIELDS if name not in _NAMES}),
                problem="anonymised",
                sentence="A record that was cleared keeps nothing of what TRS told of the person",
            ),
        ]
        indexes = [
            GinIndex(fields=["search"], name="teacher_search"),
            GinIndex(OpClass(F("trn"), name="gin_trgm_ops"), name="teacher_trn_trigrams"),
            models.Index(fields=["-created_at", "-id"], name="teachers_newest_first"),
            GinIndex(
                OpClass(
                    Func(
                        F("trs_first_name"),
                        F("trs_last_name"),
                        F("corrected_name"),
                        function="person_plain_text",
                        output_field=models.TextField(),
                    ),
                    name="gin_trgm_ops",
                ),
                name="teacher_name_trigrams",
            ),
            models.Index(
                F("trs_data_last_refreshed_at").asc(nulls_first=True), name="teacher_trs_queue"
            ),
            models.Index(
                fields=["trs_data_last_refreshed_at"],
                name="teacher_not_shown_by_trs",
                condition=Q(trs_response__in=TRSResponse.not_shown()),
            ),
        ]
        triggers = [
            never_changes(
                "ect_first_became_eligible_for_training_at",
                "mentor_first_became_eligible_for_training_at",
                name="first_eligible_time_never_changes",
                once_set=True,
                problem="cannot_change",
                sentence="The date a person first became eligible for funded training cannot be "
                "changed",
            ),
            refusing_trigger(
                name="anonymised_people_stay_anonymised",
                operation=pgtrigger.Update,
                condition="OLD.anonymised_at IS NOT NULL",
                when_broken="NEW.anonymised_at IS DISTINCT FROM OLD.anonymised_at",
                message="Nobody is told again who an anonymised person is",
                problem="anonymised",
                sentence="A record that was cleared stays cleared. Register the person again",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Return the display name: the corrected one, else TRS's, else "Unknown"."""
        return display_name(self.corrected_name, self.trs_first_name, self.trs_last_name)

    @property
    def induction_outcomes(self) -> list[str | None]:
        """Return the outcome of each induction period; None for one without."""
        return [period.outcome for period in self.induction_periods.all()]

    @property
    def induction_status(self) -> str | None:
        """Return how induction stands, as TRS last said or a body has recorded since. One query."""
        return known_status(self.trs_induction_status, self.induction_outcomes)

    @property
    def is_fundable_as_mentor(self) -> bool:
        """Whether mentor training may still be funded (spec 05 §6.7)."""
        return self.mentor_became_ineligible_for_funding_reason is None


@keep_history
class TeacherIdChange(TimeStamped):
    """A participant id that was retired when two records were merged."""

    teacher = models.ForeignKey(Teacher, models.PROTECT, related_name="id_changes")
    from_teacher = models.ForeignKey(
        Teacher,
        models.PROTECT,
        to_field="api_id",
        db_column="api_from_teacher_id",
        related_name="+",
    )
    to_teacher = models.ForeignKey(
        Teacher, models.PROTECT, to_field="api_id", db_column="api_to_teacher_id", related_name="+"
    )

    class Meta:
        db_table = "teacher_id_change"
        constraints = [
            Check(
                name="retired_id_became_another",
                condition=~Q(from_teacher=F("to_teacher")),
                problem="to_teacher same_record",
                sentence="An ID can only change to another one",
            )
        ]
        triggers = [
            refusing_trigger(
                name="nobodys_own_id_is_retired",
                when_set=["teacher_id", "api_from_teacher_id"],
                when_broken="""EXISTS (
                    SELECT 1 FROM teacher
                    WHERE api_id = NEW.api_from_teacher_id
                    AND (id = NEW.teacher_id OR anonymised_at IS NULL))""",
                message="The id that somebody has now is not retired",
                problem="from_teacher same_record",
                sentence="The ID that a person has now cannot be one that was retired",
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_teacher_id} became {self.to_teacher_id}"
