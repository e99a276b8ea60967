"""An example of each resource. The people, schools and providers in them are invented."""

from typing import Any, Final

from providers.schemas import base


def sent(kind: str, **attributes: Any) -> dict[str, Any]:
    """Return a body with these attributes."""
    return {"data": {"type": kind, "attributes": attributes}}


_ENROLMENT: Final = {
    "training_record_id": base.TRAINING_RECORD_ID,
    "email": "i.farrow@larkhill.example",
    "mentor_id": base.MENTOR_ID,
    "school_urn": "147203",
    "participant_type": "ect",
    "cohort": "2025",
    "training_status": "active",
    "participant_status": "active",
    "eligible_for_funding": True,
    "pupil_premium_uplift": False,
    "sparsity_uplift": False,
    "schedule_identifier": "ecf-standard-september",
    "delivery_partner_id": base.DELIVERY_PARTNER_ID,
    "withdrawal": None,
    "deferral": None,
    "created_at": "2025-07-14T13:05:52Z",
    "induction_end_date": None,
    "most_recent_induction_period_end_date": None,
    "overall_induction_start_date": "2025-09-01",
    "mentor_funding_end_date": None,
    "cohort_changed_after_payments_frozen": False,
    "mentor_ineligible_for_funding_reason": None,
    "working_pattern": "full_time",
}


def participant(**changes: Any) -> dict[str, Any]:
    """Return a participant whose enrolment has these ``changes``."""
    return {
        "id": base.PARTICIPANT_ID,
        "type": "participant",
        "attributes": {
            "full_name": "Imogen Farrow",
            "teacher_reference_number": "4417093",
            "updated_at": "2026-01-06T09:15:27Z",
            "ecf_enrolments": [{**_ENROLMENT, **changes}],
            "participant_id_changes": [
                {
                    "from_participant_id": base.RETIRED_ID,
                    "to_participant_id": base.PARTICIPANT_ID,
                    "changed_at": "2025-10-21T10:00:04Z",
                }
            ],
        },
    }


TRANSFER: Final = {
    "id": base.PARTICIPANT_ID,
    "type": "participant-transfer",
    "attributes": {
        "updated_at": "2026-04-08T15:20:01Z",
        "transfers": [
            {
                "training_record_id": base.TRAINING_RECORD_ID,
                "transfer_type": "new_provider",
                "status": "incomplete",
                "created_at": "2025-08-29T11:47:33Z",
                "leaving": {
                    "school_urn": "147203",
                    "provider": "Harbour Learning",
                    "date": "2026-03-31",
                },
                "joining": {
                    "school_urn": "138854",
                    "provider": "Northgate Teach",
                    "date": "2026-04-20",
                },
            }
        ],
    },
}


def declaration(**changes: Any) -> dict[str, Any]:
    """Return a declaration whose attributes have these ``changes``."""
    attributes = {
        "participant_id": base.PARTICIPANT_ID,
        "declaration_type": "started",
        "course_identifier": "ecf-induction",
        "declaration_date": "2025-10-03T09:30:00Z",
        "mentor_id": base.MENTOR_ID,
        "state": "eligible",
        "updated_at": "2025-10-06T16:12:45Z",
        "created_at": "2025-10-06T16:12:45Z",
        "delivery_partner_id": base.DELIVERY_PARTNER_ID,
        "statement_id": base.STATEMENT_ID,
        "clawback_statement_id": None,
        "ineligible_for_funding_reason": None,
        "uplift_paid": False,
        "evidence_held": "training-event-attended",
        "lead_provider_name": "Harbour Learning",
        **changes,
    }
    return {"id": base.DECLARATION_ID, "type": "participant-declaration", "attributes": attributes}


BULK: Final = {
    "data": [
        {"index": 0, "client_reference": "row 17", "status": 200, "data": declaration()},
        {
            "index": 1,
            "client_reference": None,
            "status": 422,
            "errors": [
                {
                    "title": "declaration_type",
                    "detail": "A declaration of this '#/declaration_type' already exists for the"
                    " participant. It must be voided or clawed back before another can be made.",
                    "code": "declaration.already_declared",
                    "pointer": "#/data/1/attributes/declaration_type",
                }
            ],
        },
    ],
    "meta": {"succeeded": 1, "failed": 1},
}
STATEMENT: Final = {
    "id": base.STATEMENT_ID,
    "type": "statement",
    "attributes": {
        "month": "November",
        "year": "2025",
        "cohort": "2025",
        "cut_off_date": "2025-10-31",
        "payment_date": "2025-11-25",
        "paid": False,
        "created_at": "2025-06-16T06:00:11Z",
        "updated_at": "2025-11-01T00:00:07Z",
    },
}

DELIVERY_PARTNER: Final = {
    "id": base.DELIVERY_PARTNER_ID,
    "type": "delivery-partner",
    "attributes": {
        "name": "Tidewater Teaching School Hub",
        "cohort": ["2024", "2025", "2026"],
        "created_at": "2023-05-02T10:00:00Z",
        "updated_at": "2026-05-27T14:31:09Z",
    },
}

PARTNERSHIP: Final[dict[str, Any]] = {
    "id": base.PARTNERSHIP_ID,
    "type": "partnership",
    "attributes": {
        "cohort": "2025",
        "urn": "147203",
        "school_id": base.SCHOOL_ID,
        "delivery_partner_id": base.DELIVERY_PARTNER_ID,
        "delivery_partner_name": "Tidewater Teaching School Hub",
        "induction_tutor_name": "Priya Natarajan",
        "induction_tutor_email": "p.natarajan@larkhill.example",
        "participants_currently_training": 3,
        "created_at": "2025-06-30T08:02:40Z",
        "updated_at": "2026-01-06T00:01:02Z",
    },
}


def new_partnership() -> dict[str, Any]:
    """Return the partnership that the example of a request makes."""
    moment = "2026-06-30T08:02:40Z"
    changes = {"cohort": "2026", "created_at": moment, "updated_at": moment}
    return {**PARTNERSHIP, "attributes": {**PARTNERSHIP["attributes"], **changes}}


SCHOOL: Final = {
    "id": base.SCHOOL_ID,
    "type": "school",
    "attributes": {
        "name": "Larkhill Academy",
        "urn": "147203",
        "cohort": "2025",
        "in_partnership": True,
        "induction_programme_choice": "provider_led",
        "expression_of_interest": True,
        "induction_tutor_name": "Priya Natarajan",
        "induction_tutor_email": "p.natarajan@larkhill.example",
        "created_at": "2021-05-10T09:00:00Z",
        "updated_at": "2025-07-14T13:05:53Z",
    },
}

UNFUNDED_MENTOR: Final = {
    "id": base.MENTOR_ID,
    "type": "unfunded-mentor",
    "attributes": {
        "full_name": "Gareth Mallory",
        "email": "g.mallory@larkhill.example",
        "teacher_reference_number": "3902215",
        "created_at": "2022-09-06T12:15:00Z",
        "updated_at": "2025-09-12T07:44:58Z",
    },
}

CHANGE: Final = {
    "id": "48213",
    "type": "change",
    "attributes": {
        "sequence": 48213,
        "occurred_at": "2026-01-06T09:15:27Z",
        "resource_type": "participant",
        "resource_id": base.PARTICIPANT_ID,
        "cohort": None,
        "change": "updated",
        "changed_fields": ["ecf_enrolments"],
        "replaced_by": None,
    },
}
