"""The operations that write (spec 02 §2.13.3, §2.15 and §2.16.3)."""

from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel

from providers.bulk import MOST_ITEMS
from providers.openapi import examples
from providers.openapi.operation import Operation
from providers.openapi.reads import DECLARATION, PARTICIPANT, PARTNERSHIP, link
from providers.schemas import base
from providers.schemas.declarations import (
    BulkDeclarationsRequest,
    BulkDeclarationsResponse,
    DeclarationCreateRequest,
    DeclarationResponse,
)
from providers.schemas.participants import (
    ParticipantChangeScheduleRequest,
    ParticipantDeferRequest,
    ParticipantResponse,
    ParticipantResumeRequest,
    ParticipantWithdrawRequest,
)
from providers.schemas.partnerships import (
    PartnershipCreateRequest,
    PartnershipResponse,
    PartnershipUpdateRequest,
)
from register_ects.rules.problems import Problem

_ECT = {"course_identifier": "ecf-induction"}


def _sent(kind: str, **attributes: Any) -> dict[str, Any]:
    return {"data": {"type": kind, "attributes": attributes}}


def _action(
    operation_id: str,
    name: str,
    *,
    summary: str,
    description: str,
    body: type[BaseModel],
    sent: Mapping[str, Any],
    shown: dict[str, Any],
    problems: Mapping[str, Problem],
) -> Operation:
    return Operation(
        operation_id,
        "put",
        f"/participants/{{id}}/{name}",
        "Participants",
        summary,
        description,
        response=ParticipantResponse,
        example={"data": examples.participant(**shown)},
        path_id=PARTICIPANT,
        body=body,
        body_examples={"ect": _sent(f"participant-{name}", **sent)},
        refusals=((400, "BadBody"), (404, "NotFound")),
        problems=problems,
    )


_DECLARED: Final = {
    "participant_id": base.PARTICIPANT_ID,
    "declaration_type": "started",
    "declaration_date": "2025-10-03T10:30:00+01:00",
    "course_identifier": "ecf-induction",
    "evidence_held": "training-event-attended",
}
_ROW: Final = {"client_reference": "row 17"}
_STOPPED_AT = "2026-01-06T09:15:27Z"
_STOPPED: Final = {"participant_status": "left"}

ACTIONS: Final = (
    _action(
        "changeScheduleParticipant",
        "change-schedule",
        summary="Change a participant's schedule, or cohort",
        description="From today the participant trains on this schedule. Training that has begun"
        " ends yesterday and goes on under the new schedule; declarations stay as they are. Send a"
        " `cohort` to change that too: you need a partnership with the school in it.",
        body=ParticipantChangeScheduleRequest,
        sent={"schedule_identifier": "ecf-extended-september", **_ECT, "cohort": "2025"},
        shown={"schedule_identifier": "ecf-extended-september"},
        problems={"not_recognised": Problem("schedule_identifier", "unknown")},
    ),
    _action(
        "deferParticipant",
        "defer",
        summary="Pause a participant's training",
        description="The training ends today, at the latest, and can be resumed from tomorrow."
        " Repeating the request is refused.",
        body=ParticipantDeferRequest,
        sent={"reason": "parental-leave", **_ECT},
        shown={
            **_STOPPED,
            "training_status": "deferred",
            "deferral": {"reason": "parental-leave", "date": _STOPPED_AT},
        },
        problems={"already_deferred": Problem("participant_id", "already_deferred")},
    ),
    _action(
        "resumeParticipant",
        "resume",
        summary="Take up a participant's training again",
        description="Training that was deferred or withdrawn begins again today, at the same"
        " school and on the same schedule. Repeating the request is refused.",
        body=ParticipantResumeRequest,
        sent=_ECT,
        shown={},
        problems={"already_active": Problem("participant_id", "already_active")},
    ),
    _action(
        "withdrawParticipant",
        "withdraw",
        summary="End a participant's training",
        description="The training ends today, at the latest. Declarations can then be dated before"
        " the withdrawal only. Repeating the request is refused.",
        body=ParticipantWithdrawRequest,
        sent={"reason": "moved-school", **_ECT},
        shown={
            **_STOPPED,
            "training_status": "withdrawn",
            "withdrawal": {"reason": "moved-school", "date": _STOPPED_AT},
        },
        problems={"already_withdrawn": Problem("participant_id", "already_withdrawn")},
    ),
)

DECLARING: Final = (
    Operation(
        "createDeclaration",
        "post",
        "/participant-declarations",
        "Declarations",
        "Declare that a participant reached a training point",
        "Declares against the participant's latest training with you in the role. While a"
        " declaration counts, another of the same type for the same person and role is refused"
        " with 422, whoever made the first: also when the request is the same. To send a request"
        " again safely, use an `Idempotency-Key`.",
        response=DeclarationResponse,
        example={"data": examples.declaration()},
        queries=("DryRun",),
        body=DeclarationCreateRequest,
        body_examples={"started": _sent("participant-declaration", **_DECLARED)},
        refusals=((400, "BadBody"),),
        problems={
            "already_declared": Problem("declaration_type", "already_declared"),
            "in_the_future": Problem("declaration_date", "in_the_future"),
        },
        links={
            **link("getDeclaration", "/data/id"),
            **link("voidDeclaration", "/data/id"),
        },
    ),
    Operation(
        "createDeclarations",
        "post",
        "/participant-declarations/bulk",
        "Declarations",
        "Make up to 500 declarations",
        "Each item is made, or refused, as if it had been sent alone, in their order: a refused one"
        " does not stop the others. The response is 200 and tells for each item what would have"
        " been its status and body. A `client_reference` comes back with its item. The request"
        " counts as one; besides, 5,000 items may be sent in five minutes. With an"
        " `Idempotency-Key` the whole list is done once.",
        response=BulkDeclarationsResponse,
        example=examples.BULK,
        queries=("DryRun",),
        body=BulkDeclarationsRequest,
        body_examples={
            "two": {
                "data": [
                    {**_sent("participant-declaration", **_DECLARED)["data"], **_ROW},
                    _sent("participant-declaration", **_DECLARED)["data"],
                ]
            }
        },
        refusals=((400, "BadBody"),),
        problems={
            "too_many": Problem("data", "too_many_items", {"count": 501, "most": MOST_ITEMS})
        },
        takes_form=False,
    ),
    Operation(
        "voidDeclaration",
        "put",
        "/participant-declarations/{id}/void",
        "Declarations",
        "Void a declaration",
        "One that has not been paid becomes `voided`; one that has been paid becomes"
        " `awaiting-clawback`, on your next statement of the cohort. Either way the same type can"
        " be declared again. You can void your own declarations only. No body is needed, and any"
        " body is ignored.",
        response=DeclarationResponse,
        example={"data": examples.declaration(state="voided", statement_id=None)},
        path_id=DECLARATION,
        queries=("DryRun",),
        refusals=((400, "BadBody"), (404, "NotFound")),
        problems={"already_voided": Problem("participant_declaration_id", "already_voided")},
    ),
)

PARTNERING: Final = (
    Operation(
        "createPartnership",
        "post",
        "/partnerships",
        "Partnerships",
        "Begin a partnership with a school",
        "Everyone whom the school has registered to train with you in the cohort then appears"
        " among your participants. You can have one partnership with a school in a cohort.",
        response=PartnershipResponse,
        example={"data": examples.new_partnership()},
        body=PartnershipCreateRequest,
        body_examples={
            "partnership": _sent(
                "partnership",
                cohort="2026",
                school_id=base.SCHOOL_ID,
                delivery_partner_id=base.DELIVERY_PARTNER_ID,
            )
        },
        refusals=((400, "BadBody"),),
        problems={"unknown_school": Problem("school_id", "unknown")},
        links={
            **link("getPartnership", "/data/id"),
            **link("updatePartnership", "/data/id"),
        },
    ),
    Operation(
        "updatePartnership",
        "put",
        "/partnerships/{id}",
        "Partnerships",
        "Correct a partnership's delivery partner",
        "For mending a mistake. Declarations that were made keep their delivery partner; later"
        " ones have the new one. Sending the delivery partner that it has changes nothing.",
        response=PartnershipResponse,
        example={"data": examples.PARTNERSHIP},
        path_id=PARTNERSHIP,
        body=PartnershipUpdateRequest,
        body_examples={
            "delivery_partner": _sent("partnership", delivery_partner_id=base.DELIVERY_PARTNER_ID)
        },
        refusals=((400, "BadBody"), (404, "NotFound")),
        problems={"unknown": Problem("delivery_partner_id", "unknown")},
    ),
)

WRITES: Final = (*ACTIONS, *DECLARING, *PARTNERING)
