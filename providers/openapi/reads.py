"""The operations that read (spec 02 §2.13 to §2.16, §2.22.6)."""

from typing import Any, Final

from pydantic import BaseModel

from providers.openapi import examples
from providers.openapi.operation import Operation, PathId
from providers.openapi.parameters import PATH_ID
from providers.schemas import base
from providers.schemas.changes import ChangesResponse
from providers.schemas.declarations import DeclarationResponse, DeclarationsResponse
from providers.schemas.delivery_partners import DeliveryPartnerResponse, DeliveryPartnersResponse
from providers.schemas.participants import ParticipantResponse, ParticipantsResponse
from providers.schemas.partnerships import PartnershipResponse, PartnershipsResponse
from providers.schemas.schools import SchoolResponse, SchoolsResponse
from providers.schemas.statements import StatementResponse, StatementsResponse
from providers.schemas.transfers import ParticipantsTransfersResponse, ParticipantTransfersResponse
from providers.schemas.unfunded_mentors import UnfundedMentorResponse, UnfundedMentorsResponse

PAGES: Final = ("PageNumber", "PageSize", "PageAfter", "WantsMeta")

PARTICIPANT: Final = PathId("the participant", base.PARTICIPANT_ID)
DECLARATION: Final = PathId("the declaration", base.DECLARATION_ID)
PARTNERSHIP: Final = PathId("the partnership", base.PARTNERSHIP_ID)
_STATEMENT: Final = PathId("the statement", base.STATEMENT_ID)
_DELIVERY_PARTNER: Final = PathId("the delivery partner", base.DELIVERY_PARTNER_ID)
_SCHOOL: Final = PathId("the school", base.SCHOOL_ID)
_MENTOR: Final = PathId("the mentor", base.MENTOR_ID)


def link(operation_id: str, place: str) -> dict[str, Any]:
    """Say that the id at ``place`` in the body leads to another operation."""
    return {
        operation_id: {
            "operationId": operation_id,
            "parameters": {PATH_ID: f"$response.body#{place}"},
        }
    }


def _listing(
    operation_id: str,
    path: str,
    tag: str,
    *,
    response: type[BaseModel],
    example: dict[str, Any],
    summary: str,
    description: str,
    filters: tuple[str, ...] = (),
    one: str,
    sorts: bool = True,
) -> Operation:
    """Describe a list; ``one`` is the operation that an item's id leads to."""
    return Operation(
        operation_id,
        "get",
        path,
        tag,
        summary,
        description,
        response=response,
        example={"data": [example]},
        queries=(*filters, *PAGES, *(["Sort"] if sorts else [])),
        refusals=((400, "BadSchoolsQuery" if "CohortOfSchools" in filters else "BadQuery"),),
        links=link(one, "/data/0/id"),
    )


def _showing(
    operation_id: str,
    path: str,
    tag: str,
    *,
    of: PathId,
    response: type[BaseModel],
    example: dict[str, Any],
    summary: str,
    description: str,
    filters: tuple[str, ...] = (),
) -> Operation:
    return Operation(
        operation_id,
        "get",
        path,
        tag,
        summary,
        description,
        response=response,
        example={"data": example},
        path_id=of,
        queries=filters,
        refusals=((400, "BadSchoolsQuery" if filters else "BadFilter"), (404, "NotFound")),
    )


READS: Final = (
    _listing(
        "getParticipants",
        "/participants",
        "Participants",
        response=ParticipantsResponse,
        example=examples.participant(),
        summary="List your participants",
        description="Everyone whom you train, have trained or are about to train under one of your"
        " partnerships, as an ECT or as a mentor. Those who left stay in the list.",
        filters=("Cohorts", "UpdatedSince", "TrainingStatusFilter", "FromParticipantId"),
        one="getParticipant",
    ),
    _showing(
        "getParticipant",
        "/participants/{id}",
        "Participants",
        of=PARTICIPANT,
        response=ParticipantResponse,
        example=examples.participant(),
        summary="Get one participant",
        description="An id that was retired when two records were merged is not found: use"
        " `filter[from_participant_id]` on the list.",
    ),
    _listing(
        "getTransfers",
        "/participants/transfers",
        "Transfers",
        response=ParticipantsTransfersResponse,
        example=examples.TRANSFER,
        summary="List participants who move between schools or providers",
        description="Everyone who has moved, or will move, from training with you or to it. A"
        " change of provider at the same school is no transfer.",
        filters=("UpdatedSince",),
        one="getTransfer",
    ),
    _showing(
        "getTransfer",
        "/participants/{id}/transfers",
        "Transfers",
        of=PARTICIPANT,
        response=ParticipantTransfersResponse,
        example=examples.TRANSFER,
        summary="Get one participant's transfers",
        description="Not found when the participant has no transfer from or to you.",
    ),
    _listing(
        "getDeclarations",
        "/participant-declarations",
        "Declarations",
        response=DeclarationsResponse,
        example=examples.declaration(),
        summary="List declarations",
        description="All that you made; and those that other providers made for a participant"
        " of yours in the same role, while they count and up to the end of your training. Oldest"
        " first.",
        filters=("Cohorts", "UpdatedSince", "ParticipantIds", "DeliveryPartnerIds"),
        one="getDeclaration",
        sorts=False,
    ),
    _showing(
        "getDeclaration",
        "/participant-declarations/{id}",
        "Declarations",
        of=DECLARATION,
        response=DeclarationResponse,
        example=examples.declaration(),
        summary="Get one declaration",
        description="One that you made, or another provider's that the list shows you.",
    ),
    _listing(
        "getStatements",
        "/statements",
        "Statements",
        response=StatementsResponse,
        example=examples.STATEMENT,
        summary="List your statements",
        description="The statements of your contracts that pay for declarations, by payment date.",
        filters=("Cohorts", "UpdatedSince"),
        one="getStatement",
        sorts=False,
    ),
    _showing(
        "getStatement",
        "/statements/{id}",
        "Statements",
        of=_STATEMENT,
        response=StatementResponse,
        example=examples.STATEMENT,
        summary="Get one statement",
        description="One of your statements that pay for declarations.",
    ),
    _listing(
        "getDeliveryPartners",
        "/delivery-partners",
        "Delivery Partners",
        response=DeliveryPartnersResponse,
        example=examples.DELIVERY_PARTNER,
        summary="List your delivery partners",
        description="Those with which you have an agreement in any cohort. The filter chooses"
        " delivery partners; `cohort` still lists every cohort.",
        filters=("Cohorts",),
        one="getDeliveryPartner",
    ),
    _showing(
        "getDeliveryPartner",
        "/delivery-partners/{id}",
        "Delivery Partners",
        of=_DELIVERY_PARTNER,
        response=DeliveryPartnerResponse,
        example=examples.DELIVERY_PARTNER,
        summary="Get one delivery partner",
        description="One with which you have an agreement in any cohort.",
    ),
    _listing(
        "getPartnerships",
        "/partnerships",
        "Partnerships",
        response=PartnershipsResponse,
        example=examples.PARTNERSHIP,
        summary="List your partnerships",
        description="Your partnerships with schools in every cohort.",
        filters=("Cohorts", "UpdatedSince", "DeliveryPartnerIds"),
        one="getPartnership",
    ),
    _showing(
        "getPartnership",
        "/partnerships/{id}",
        "Partnerships",
        of=PARTNERSHIP,
        response=PartnershipResponse,
        example=examples.PARTNERSHIP,
        summary="Get one partnership",
        description="One of your partnerships.",
    ),
    _listing(
        "getSchools",
        "/schools",
        "Schools",
        response=SchoolsResponse,
        example=examples.SCHOOL,
        summary="List schools in a cohort",
        description="Every school that can have funded training in the cohort, and every other"
        " one with a partnership in it.",
        filters=("CohortOfSchools", "Urn", "UpdatedSince"),
        one="getSchool",
    ),
    _showing(
        "getSchool",
        "/schools/{id}",
        "Schools",
        of=_SCHOOL,
        response=SchoolResponse,
        example=examples.SCHOOL,
        summary="Get one school in a cohort",
        description="As in the list; not found for a cohort that does not exist.",
        filters=("CohortOfSchools",),
    ),
    _listing(
        "getUnfundedMentors",
        "/unfunded-mentors",
        "Unfunded Mentors",
        response=UnfundedMentorsResponse,
        example=examples.UNFUNDED_MENTOR,
        summary="List mentors of your ECTs whom you do not train",
        description="Mentors, now or next, of ECTs who train with you, who have never trained as"
        " mentors with you.",
        filters=("UpdatedSince",),
        one="getUnfundedMentor",
    ),
    _showing(
        "getUnfundedMentor",
        "/unfunded-mentors/{id}",
        "Unfunded Mentors",
        of=_MENTOR,
        response=UnfundedMentorResponse,
        example=examples.UNFUNDED_MENTOR,
        summary="Get one unfunded mentor",
        description="Not found once they stop mentoring your ECTs, or train with you themselves.",
    ),
    Operation(
        "getChanges",
        "get",
        "/changes",
        "Changes",
        "Follow what changes",
        "What you came to see, see changed or see no more, in order and without gaps. The `Link`"
        " header says where to go on, even when nothing more is there now. Changes are kept for"
        " 90 days.",
        response=ChangesResponse,
        example={"data": [examples.CHANGE]},
        queries=("ChangesAfter", "PageSize"),
        refusals=((400, "BadChangesQuery"), (410, "ChangesGone")),
    ),
)
