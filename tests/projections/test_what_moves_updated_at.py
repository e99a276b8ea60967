"""Each change moves ``updated_at`` of exactly what is shown differently, to whom it is.

The changes are those of spec 02 §2.10 and 03 §17 with the holes that their Improves name, by the
rule of spec 00: it moves if and only if what that provider would be shown changes, and when
something becomes visible.
"""

from datetime import date
from typing import Any

import pytest

from register_ects.models import (
    Declaration,
    DeliveryPartner,
    ECTAtSchoolPeriod,
    GIASSchool,
    InductionPeriod,
    LeadProvider,
    MentorAtSchoolPeriod,
    MentorshipPeriod,
    School,
    SchoolPartnership,
    ShownChange,
    ShownResource,
    Statement,
    Teacher,
    TrainingPeriod,
)
from register_ects.projections.refresh import catch_up
from register_ects.projections.verify import verify_everything
from tests.factories import (
    GIASSchoolFactory,
    InductionPeriodFactory,
    MentorAtSchoolPeriodFactory,
    PairingFactory,
    ScheduleFactory,
    SchoolFundingEligibilityFactory,
    SchoolPartnershipFactory,
    TeacherFactory,
    TeacherIdChangeFactory,
    TrainingPeriodFactory,
    noon,
)
from tests.projections.fixes import edit
from tests.projections.sample import YEAR

H, N = "Harbour", "Northgate"
BOTH_PARTICIPANTS = {(H, "participant", "updated"), (N, "participant", "updated")}
BOTH_TRANSFERS = {
    (H, "participant-transfer", "updated"),
    (N, "participant-transfer", "updated"),
}
BOTH_DECLARATIONS = {
    (H, "participant-declaration", "updated"),
    (N, "participant-declaration", "updated"),
}


def ids(cases: dict[str, Any]) -> list[Any]:
    return [pytest.param(*case, id=name) for name, case in cases.items()]


CASES: dict[str, tuple[Any, set[tuple[str, str, str]]]] = {
    # -- The person ----------------------------------------------------------------------
    "TRS name": (lambda s: edit(s.ada, trs_last_name="New"), BOTH_PARTICIPANTS),
    "corrected name": (lambda s: edit(s.ada, corrected_name="Ada New"), BOTH_PARTICIPANTS),
    "TRN": (lambda s: edit(s.ada, trn="7654321"), BOTH_PARTICIPANTS),
    "ECT training record id": (
        lambda s: edit(s.ada, api_ect_training_record_id=s.bo.api_id),
        BOTH_PARTICIPANTS | BOTH_TRANSFERS,
    ),
    "mentor training record id, not shown": (
        lambda s: edit(s.ada, api_mentor_training_record_id=s.bo.api_id),
        set(),
    ),
    "first eligible as ECT": (
        lambda s: edit(s.ada, ect_first_became_eligible_for_training_at=noon(date(2025, 3, 1))),
        BOTH_PARTICIPANTS,
    ),
    "first eligible as mentor, not shown": (
        lambda s: edit(s.ada, mentor_first_became_eligible_for_training_at=noon(date(2025, 3, 1))),
        set(),
    ),
    "ineligible as ECT": (
        lambda s: edit(s.ada, ect_became_ineligible_for_funding_on=date(2025, 3, 1)),
        BOTH_PARTICIPANTS,
    ),
    "frozen year": (lambda s: edit(s.ada, ect_payments_frozen_year_id=YEAR), BOTH_PARTICIPANTS),
    "TRS induction start": (
        lambda s: edit(s.ada, trs_induction_start_date=date(2024, 9, 2)),
        BOTH_PARTICIPANTS,
    ),
    "TRS induction completion": (
        lambda s: edit(s.ada, trs_induction_completed_date=date(2026, 7, 1)),
        BOTH_PARTICIPANTS,
    ),
    "TRS status and QTS, not shown": (
        lambda s: edit(
            s.ada, trs_induction_status="InProgress", trs_qts_awarded_on=date(2024, 7, 1)
        ),
        set(),
    ),
    "a merge": (
        lambda s: TeacherIdChangeFactory(
            teacher=s.ada, from_teacher=TeacherFactory(anonymised=True), to_teacher=s.ada
        ),
        BOTH_PARTICIPANTS,
    ),
    "name of an unfunded mentor": (
        lambda s: edit(s.bo, corrected_name="Bo New"),
        {(N, "unfunded-mentor", "updated")},
    ),
    "TRN of an unfunded mentor": (
        lambda s: edit(s.bo, trn="7654321"),
        {(N, "unfunded-mentor", "updated")},
    ),
    # -- Placements and mentors ----------------------------------------------------------
    "email at the present school": (
        lambda s: edit(s.at_elm.ect_at_school_period, email="ada@new.example.com"),
        {(N, "participant", "updated")},
    ),
    "email at the former school": (
        lambda s: edit(s.at_oak.ect_at_school_period, email="ada@old.example.com"),
        {(H, "participant", "updated")},
    ),
    "working pattern": (
        lambda s: edit(s.at_elm.ect_at_school_period, working_pattern="part_time"),
        BOTH_PARTICIPANTS,
    ),
    "email of an unfunded mentor": (
        lambda s: edit(s.mentorship.mentor_at_school_period, email="bo@new.example.com"),
        {(N, "unfunded-mentor", "updated")},
    ),
    "the mentor stops": (
        lambda s: edit(s.mentorship, finished_on=date(2025, 3, 3)),
        {(N, "participant", "updated"), (N, "unfunded-mentor", "removed")},
    ),
    "another mentor": (
        lambda s: edit(
            s.mentorship,
            mentor_at_school_period=(
                other := MentorAtSchoolPeriodFactory(school=s.elm, started_on=date(2025, 2, 3))
            ),
            mentor_teacher=other.teacher,
        ),
        {
            (N, "participant", "updated"),
            (N, "unfunded-mentor", "removed"),
            (N, "unfunded-mentor", "created"),
        },
    ),
    "the mentor goes into training with the provider": (
        lambda s: TrainingPeriodFactory(
            mentor_at_school_period=s.mentorship.mentor_at_school_period,
            school_partnership=s.at_elm.school_partnership,
            started_on=date(2025, 3, 1),
        ),
        {
            (N, "participant", "created"),
            (N, "unfunded-mentor", "removed"),
            (N, "partnership", "updated"),
        },
    ),
    # -- Training ------------------------------------------------------------------------
    "schedule": (
        lambda s: edit(
            s.at_elm,
            schedule=ScheduleFactory(
                contract_period=s.at_elm.contract_period, identifier="ecf-extended-september"
            ),
            schedule_kind="extended",
        ),
        {(N, "participant", "updated")},
    ),
    "a past end of training": (
        lambda s: edit(s.at_oak, finished_on=date(2025, 1, 30)),
        BOTH_TRANSFERS,
    ),
    "a coming end of training": (
        lambda s: edit(s.at_elm, finished_on=date(2025, 4, 30)),
        {(N, "participant", "updated")},
    ),
    "deferral": (
        lambda s: edit(
            s.at_elm,
            finished_on=date(2025, 3, 4),
            deferred_at=noon(date(2025, 3, 4)),
            deferral_reason="other",
        ),
        {(N, "participant", "updated")},
    ),
    "another reason for withdrawal": (
        lambda s: edit(
            s.at_oak, withdrawn_at=noon(date(2025, 1, 31)), withdrawal_reason="moved_school"
        ),
        {(H, "participant", "updated")},
    ),
    "a declaration lies beyond the provider's training": (
        lambda s: edit(s.declaration, declaration_date=noon(date(2025, 3, 1))),
        BOTH_DECLARATIONS,
    ),
    "an expression of interest shows at the school only": (
        lambda s: TrainingPeriodFactory(
            eoi_only=True, school=s.elm, lead_provider=s.harbour, year=YEAR
        ),
        {(H, "school", "updated")},
    ),
    "new confirmed training": (
        lambda s: TrainingPeriodFactory(
            school_partnership=s.at_oak.school_partnership, started_on=date(2024, 9, 2)
        ),
        {(H, "participant", "created"), (H, "partnership", "updated")},
    ),
    # -- Induction -----------------------------------------------------------------------
    "induction begins": (
        lambda s: InductionPeriodFactory(teacher=s.ada, started_on=date(2024, 9, 2)),
        BOTH_PARTICIPANTS,
    ),
    # -- Organisations -------------------------------------------------------------------
    "delivery partner of the partnership": (
        lambda s: edit(
            s.at_elm.school_partnership,
            lead_provider_delivery_partnership=PairingFactory(
                lead_provider=s.northgate,
                year=YEAR,
                delivery_partner=DeliveryPartner.objects.get(name="Dale"),
            ),
        ),
        {
            (N, "participant", "updated"),
            (N, "partnership", "updated"),
            (N, "delivery-partner", "created"),
        },
    ),
    "delivery partner's name": (
        lambda s: edit(DeliveryPartner.objects.get(name="Dale"), name="Dale Valley"),
        {(H, "delivery-partner", "updated"), (H, "partnership", "updated")},
    ),
    "another year's agreement": (
        lambda s: PairingFactory(
            lead_provider=s.harbour,
            year=2025,
            delivery_partner=DeliveryPartner.objects.get(name="Dale"),
        ),
        {(H, "delivery-partner", "updated")},
    ),
    "lead provider's name": (
        lambda s: edit(s.harbour, name="Harbour and Sea"),
        BOTH_TRANSFERS | BOTH_DECLARATIONS,
    ),
    "VAT registration, not shown": (lambda s: edit(s.harbour, vat_registered=False), set()),
    "school's URN": (
        lambda s: edit(s.elm, gias_school=GIASSchoolFactory(name="Elm")),
        {(N, "participant", "updated"), (N, "partnership", "updated"), ("all", "school", "updated")}
        | BOTH_TRANSFERS,
    ),
    "induction tutor": (
        lambda s: edit(
            s.elm, induction_tutor_name="Tilda", induction_tutor_email="t@elm.example.com"
        ),
        {(N, "partnership", "updated"), (N, "school", "updated")},
    ),
    "contact in the register": (
        lambda s: edit(s.elm.gias_school, primary_contact_email="head@elm.example.com"),
        {(N, "partnership", "updated"), (N, "school", "updated")},
    ),
    "school's name in the register": (
        lambda s: edit(s.elm.gias_school, name="Elm Academy"),
        {("all", "school", "updated")},
    ),
    "what the school chose last, not shown": (
        lambda s: edit(
            s.elm,
            last_chosen_training_programme="provider_led",
            last_chosen_lead_provider=s.harbour,
        ),
        set(),
    ),
    "uplifts of the school": (
        lambda s: SchoolFundingEligibilityFactory(
            gias_school=s.oak.gias_school, year=YEAR, sparsity_uplift=True
        ),
        {(H, "participant", "updated")},
    ),
    "uplifts in another year, not shown": (
        lambda s: SchoolFundingEligibilityFactory(
            gias_school=s.oak.gias_school, year=2023, sparsity_uplift=True
        ),
        set(),
    ),
    # -- Money ---------------------------------------------------------------------------
    "evidence": (
        lambda s: edit(s.declaration, evidence_type="other"),
        BOTH_DECLARATIONS,
    ),
    "eligible": (
        lambda s: edit(s.declaration, payment_status="eligible", payment_statement=s.statement),
        BOTH_DECLARATIONS,
    ),
    "voided": (
        lambda s: edit(s.declaration, payment_status="voided"),
        {
            (H, "participant-declaration", "updated"),
            (N, "participant-declaration", "removed"),
        },
    ),
    "statement paid": (
        lambda s: (
            edit(s.statement, status="payable"),
            edit(s.statement, status="paid", marked_as_paid_at=noon(date(2025, 3, 4))),
        ),
        {(H, "statement", "updated")},
    ),
    "statement payable, not shown": (lambda s: edit(s.statement, status="payable"), set()),
    "statement's deadline": (
        lambda s: edit(s.statement, deadline_date=date(2024, 10, 30)),
        {(H, "statement", "updated")},
    ),
}


@pytest.mark.parametrize(("change", "expected"), ids(CASES))
def test_exactly_what_is_shown_differently_moves(sample, change, expected):
    before = ShownChange.objects.order_by("-pk").values_list("pk", flat=True)[0]
    stamps = {row.pk: row.updated_at for row in ShownResource.objects.all()}

    change(sample)
    catch_up()

    changes = list(ShownChange.objects.filter(pk__gt=before).select_related("lead_provider"))
    told = {
        (
            {sample.harbour.pk: H, sample.northgate.pk: N}.get(each.lead_provider_id, "all"),
            each.resource_type,
            each.change,
        )
        for each in changes
    }
    moved = {
        row.api_id for row in ShownResource.objects.all() if stamps.get(row.pk) != row.updated_at
    }
    assert told == expected
    assert moved == {
        each.resource_id
        for each in changes
        if each.change != "removed" and each.resource_type != "school"
    }
    assert verify_everything(repair=False) == []


def test_a_write_that_changes_nothing_moves_nothing(sample):
    before = ShownChange.objects.count()

    for model in (
        Declaration,
        DeliveryPartner,
        ECTAtSchoolPeriod,
        GIASSchool,
        InductionPeriod,
        LeadProvider,
        MentorAtSchoolPeriod,
        MentorshipPeriod,
        School,
        SchoolPartnership,
        Statement,
        Teacher,
        TrainingPeriod,
    ):
        for row in model._default_manager.all():
            row.save()
    catch_up()

    assert ShownChange.objects.count() == before


def test_a_partnership_makes_those_who_waited_visible(sample, on):
    waiting = TrainingPeriodFactory(
        eoi_only=True, school=sample.elm, lead_provider=sample.harbour, year=YEAR
    )
    catch_up()
    partnership = SchoolPartnershipFactory(
        school=sample.elm, lead_provider=sample.harbour, year=YEAR
    )
    waiting.school_partnership = partnership
    waiting.save()
    on("2025-03-05")
    catch_up()

    row = ShownResource.objects.get(resource_type="participant", record_id=waiting.teacher_id)
    assert row.updated_at == noon(date(2025, 3, 5))
