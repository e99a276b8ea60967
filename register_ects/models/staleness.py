"""Which facts make what lead providers are shown stale: one table of triggers.

Every write of these tables leaves marks, whoever makes it, raw SQL included. Marking too much is
harmless (nothing moves unless a payload changes); marking too little is a missed sync. Who loads
in bulk may say ``SET LOCAL register_ects.mark_stale = 'off'`` and rebuild everything afterwards.
"""

import pgtrigger
from django.db import models

from register_ects.models.declarations import Declaration
from register_ects.models.funding_years import ContractPeriod
from register_ects.models.inductions import InductionPeriod
from register_ects.models.lead_providers import (
    DeliveryPartner,
    LeadProvider,
    LeadProviderDeliveryPartnership,
)
from register_ects.models.placements import (
    ECTAtSchoolPeriod,
    MentorAtSchoolPeriod,
    MentorshipPeriod,
)
from register_ects.models.school_register import GIASSchool
from register_ects.models.schools import School, SchoolFundingEligibility, SchoolPartnership
from register_ects.models.statements import Statement
from register_ects.models.teachers import Teacher, TeacherIdChange
from register_ects.models.training import TrainingPeriod
from register_ects.rules.enumerations import StaleKind

#: Columns that hold the key of what a write makes stale, by table.
MARKED: dict[type[models.Model], list[tuple[StaleKind, str]]] = {
    Declaration: [(StaleKind.DECLARATION, "id")],
    DeliveryPartner: [(StaleKind.DELIVERY_PARTNER_NAME, "id")],
    ECTAtSchoolPeriod: [(StaleKind.TEACHER, "teacher_id")],
    InductionPeriod: [(StaleKind.TEACHER, "teacher_id")],
    LeadProviderDeliveryPartnership: [(StaleKind.DELIVERY_PARTNER, "delivery_partner_id")],
    MentorAtSchoolPeriod: [(StaleKind.TEACHER, "teacher_id")],
    MentorshipPeriod: [
        (StaleKind.TEACHER, "ect_teacher_id"),
        (StaleKind.TEACHER, "mentor_teacher_id"),
    ],
    School: [(StaleKind.SCHOOL_DETAILS, "id")],
    SchoolFundingEligibility: [(StaleKind.UPLIFTS, "gias_school_urn")],
    SchoolPartnership: [
        (StaleKind.PARTNERSHIP_DETAILS, "id"),
        (StaleKind.SCHOOL, "school_id"),
    ],
    Statement: [(StaleKind.STATEMENT, "id")],
    TeacherIdChange: [(StaleKind.TEACHER, "teacher_id")],
    TrainingPeriod: [
        (StaleKind.TEACHER, "teacher_id"),
        (StaleKind.PARTNERSHIP, "school_partnership_id"),
        (StaleKind.SCHOOL, "school_id"),
    ],
}
#: Of an update, what makes this kind stale: any other change of the row does not.
ONLY_WHEN_CHANGED: dict[tuple[type[models.Model], StaleKind], list[str]] = {
    (School, StaleKind.SCHOOL_DETAILS): [
        "api_id",
        "urn",
        "created_at",
        "induction_tutor_name",
        "induction_tutor_email",
        "marked_as_eligible",
    ],
    (TrainingPeriod, StaleKind.SCHOOL): [
        "school_id",
        "training_programme",
        "school_partnership_id",
        "expression_of_interest_id",
        "started_on",
    ],
}
#: Tables of which only updates of some fields matter.
MARKED_ON_UPDATE: dict[type[models.Model], tuple[StaleKind, str, list[str]]] = {
    ContractPeriod: (
        StaleKind.CONTRACT_PERIOD,
        "year",
        ["started_on", "finished_on", "uplift_fees_enabled"],
    ),
    GIASSchool: (
        StaleKind.REGISTER_RECORD,
        "urn",
        ["name", "eligible", "primary_contact_email", "secondary_contact_email"],
    ),
    LeadProvider: (StaleKind.LEAD_PROVIDER_NAME, "id", ["name"]),
    Teacher: (
        StaleKind.TEACHER,
        "id",
        [
            "api_id",
            "api_ect_training_record_id",
            "api_mentor_training_record_id",
            "trn",
            "corrected_name",
            "trs_first_name",
            "trs_last_name",
            "trs_induction_start_date",
            "trs_induction_completed_date",
            "ect_first_became_eligible_for_training_at",
            "mentor_first_became_eligible_for_training_at",
            "ect_became_ineligible_for_funding_on",
            "mentor_became_ineligible_for_funding_on",
            "mentor_became_ineligible_for_funding_reason",
            "ect_payments_frozen_year",
            "mentor_payments_frozen_year",
        ],
    ),
}

_SWITCHED_OFF = "coalesce(current_setting('register_ects.mark_stale', true), '') = 'off'"


def _values(record: str, columns: list[tuple[StaleKind, str]]) -> str:
    rows = ", ".join(f"('{kind.value}', {record}.{column})" for kind, column in columns)
    marks = f"(VALUES {rows}) AS v(kind, key)"
    return f"SELECT v.kind, v.key FROM {marks} WHERE v.key IS NOT NULL"  # noqa: S608 - our names


def _insert(*selects: str) -> str:
    return f"INSERT INTO stale_mark (kind, record_id) {' UNION '.join(selects)};"


def _updated(model: type[models.Model], kind: StaleKind, column: str) -> list[str]:
    """Return SQL for the marks of one kind that an update leaves: of both keys."""
    selects = [_values(record, [(kind, column)]) for record in ("OLD", "NEW")]
    fields = ONLY_WHEN_CHANGED.get((model, kind))
    if fields is None:
        return selects
    old, new = (", ".join(f"{record}.{name}" for name in fields) for record in ("OLD", "NEW"))
    return [f"{select} AND ({old}) IS DISTINCT FROM ({new})" for select in selects]


def _trigger_on_write(
    model: type[models.Model], columns: list[tuple[StaleKind, str]]
) -> pgtrigger.Trigger:
    old, new = _values("OLD", columns), _values("NEW", columns)
    updated = [select for each in columns for select in _updated(model, *each)]
    return pgtrigger.Trigger(
        name="marks_what_is_stale",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            IF {_SWITCHED_OFF} THEN
                RETURN NULL;
            ELSIF TG_OP = 'INSERT' THEN
                {_insert(new)}
            ELSIF TG_OP = 'DELETE' THEN
                {_insert(old)}
            ELSE
                {_insert(*updated)}
            END IF;
            RETURN NULL;
        """,
    )


def _trigger_on_update(kind: StaleKind, column: str, fields: list[str]) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="marks_what_is_stale",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange(*fields),
        func=f"""
            IF NOT {_SWITCHED_OFF} THEN
                {_insert(_values("NEW", [(kind, column)]))}
            END IF;
            RETURN NULL;
        """,
    )


for _model, _columns in MARKED.items():
    pgtrigger.register(_trigger_on_write(_model, _columns))(_model)
for _model, _update in MARKED_ON_UPDATE.items():
    pgtrigger.register(_trigger_on_update(*_update))(_model)
