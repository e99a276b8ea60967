"""The published description: valid, complete, and about the operations that are served."""

import re
from typing import get_args

import jsonschema_rs
import pytest
import yaml
from openapi_spec_validator import OpenAPIV30SpecValidator, OpenAPIV31SpecValidator

from providers.api import api
from providers.openapi.differences import differences
from providers.openapi.document import (
    OPERATIONS,
    PRODUCTION,
    SANDBOX,
    as_json,
    as_yaml,
    document,
    document_30,
)
from providers.schemas.enumerations import ENUMERATIONS
from register_ects.rules import enumerations as domain

pytestmark = pytest.mark.no_database

#: Generated clients use these names: spec 02 §2.1, to the letter.
PUBLISHED = """
    GET /participants getParticipants Participants
    GET /participants/{id} getParticipant Participants
    PUT /participants/{id}/change-schedule changeScheduleParticipant Participants
    PUT /participants/{id}/defer deferParticipant Participants
    PUT /participants/{id}/resume resumeParticipant Participants
    PUT /participants/{id}/withdraw withdrawParticipant Participants
    GET /participants/transfers getTransfers Transfers
    GET /participants/{id}/transfers getTransfer Transfers
    GET /participant-declarations getDeclarations Declarations
    POST /participant-declarations createDeclaration Declarations
    GET /participant-declarations/{id} getDeclaration Declarations
    PUT /participant-declarations/{id}/void voidDeclaration Declarations
    GET /statements getStatements Statements
    GET /statements/{id} getStatement Statements
    GET /delivery-partners getDeliveryPartners Delivery Partners
    GET /delivery-partners/{id} getDeliveryPartner Delivery Partners
    GET /partnerships getPartnerships Partnerships
    POST /partnerships createPartnership Partnerships
    GET /partnerships/{id} getPartnership Partnerships
    PUT /partnerships/{id} updatePartnership Partnerships
    GET /schools getSchools Schools
    GET /schools/{id} getSchool Schools
    GET /unfunded-mentors getUnfundedMentors Unfunded Mentors
    GET /unfunded-mentors/{id} getUnfundedMentor Unfunded Mentors
"""
ADDED = {"createDeclarations", "getChanges", "getSandboxScenarios", "resetSandbox"}


#: Names of shapes in the file of the service before, which generated clients import.
SHAPES = """
    DeclarationCreateRequest DeclarationResponse DeclarationsResponse Declaration
    ParticipantChangeScheduleRequest ParticipantDeferRequest ParticipantECFEnrolment
    ParticipantIDChange ParticipantResponse ParticipantResumeRequest ParticipantTransfer
    ParticipantTransfersResponse ParticipantTransfersTransfer ParticipantWithdrawRequest
    ParticipantsResponse ParticipantsTransfersResponse Participant
    DeliveryPartner DeliveryPartnerResponse DeliveryPartnersResponse
    Partnership PartnershipCreateRequest PartnershipResponse PartnershipUpdateRequest
    PartnershipsResponse School SchoolResponse SchoolsResponse
    Statement StatementResponse StatementsResponse
    UnfundedMentor UnfundedMentorResponse UnfundedMentorsResponse UnauthorisedResponse
"""


def test_shapes_have_the_names_of_the_service_before():
    assert set(SHAPES.split()) <= components("schemas").keys()
    one = components("schemas")["ParticipantTransfersResponse"]["properties"]["data"]
    assert one == {"$ref": "#/components/schemas/ParticipantTransfer"}


def test_the_id_of_a_path_is_called_id():
    assert {name for path in document()["paths"] for name in re.findall(r"\{(\w+)\}", path)} == {
        "id"
    }


def without_names(path):
    return re.sub(r"\{\w+\}", "{id}", path)


def operations():
    return {
        operation["operationId"]: operation
        for methods in document()["paths"].values()
        for operation in methods.values()
    }


def components(kind):
    return document()["components"][kind]


def resolved(described):
    reference = described.get("$ref")
    return components(reference.split("/")[2])[reference.split("/")[3]] if reference else described


def test_is_valid():
    OpenAPIV31SpecValidator(document()).validate()


def test_is_valid_in_the_notation_of_openapi_30_too():
    OpenAPIV30SpecValidator(document_30()).validate()


def test_openapi_30_says_the_same():
    assert differences(document(), document_30()) == []
    assert differences(document_30(), document()) == []
    told = [explained(each["components"]["schemas"]) for each in (document(), document_30())]
    assert told[0] == told[1]


def test_openapi_30_has_nothing_of_31():
    schemas = document_30()["components"]["schemas"]
    assert schemas["ParticipantECFEnrolment"]["properties"]["mentor_id"]["nullable"] is True
    assert schemas["ParticipantECFEnrolment"]["properties"]["withdrawal"]["allOf"] == [
        {"$ref": "#/components/schemas/Withdrawal"}
    ]
    for shape in schemas.values():
        for attribute in shape.get("properties", {}).values():
            assert isinstance(attribute.get("type", ""), str)
            assert not attribute.keys() & {"anyOf", "const", "examples"}
            assert "$ref" not in attribute or len(attribute) == 1


def explained(schemas):
    return {
        (name, attribute): described.get("description")
        for name, schema in schemas.items()
        for attribute, described in schema.get("properties", {}).items()
    }


def test_is_the_same_in_yaml():
    assert yaml.safe_load(as_yaml()) == document()


def test_has_the_published_operations_and_what_was_added():
    lines = [line.split(maxsplit=3) for line in PUBLISHED.strip().splitlines()]
    described = {each.operation_id: each for each in OPERATIONS}

    assert described.keys() == {name for _, _, name, _ in lines} | ADDED
    for method, path, name, tag in lines:
        found = described[name]
        assert (found.method, without_names(found.path), found.tag) == (method.lower(), path, tag)


def test_describes_every_route_and_nothing_else():
    routed = {
        (
            without_names(f"{prefix}{path}".rstrip("/")),
            method.lower(),
            view.operation_id,
            (view.tags or router.tags)[0],
        )
        for prefix, router in api._routers
        for path, group in router.path_operations.items()
        for view in group.operations
        for method in view.methods
        if view.include_in_schema
    }
    described = {
        (without_names(each.path), each.method, each.operation_id, each.tag) for each in OPERATIONS
    }
    assert routed == described


@pytest.mark.parametrize("name", sorted(operations()))
def test_every_example_is_as_described(name):
    operation = operations()[name]
    contents = [resolved(each).get("content", {}) for each in operation["responses"].values()]
    if "requestBody" in operation:
        contents.append(operation["requestBody"]["content"])

    for content in contents:
        for media in content.values():
            schema = {**media["schema"], "components": {"schemas": components("schemas")}}
            assert media["examples"]
            for example in media["examples"].values():
                jsonschema_rs.validate(schema, example["value"], validate_formats=True)


@pytest.mark.parametrize("name", sorted(operations()))
def test_every_refusal_has_words_of_its_own(name):
    refusal = operations()[name]["responses"].get("422", {"content": {}})

    for media in refusal["content"].values():
        for example in media["examples"].values():
            codes = [item["code"] for item in example["value"]["errors"]]
            assert not [code for code in codes if code.endswith(".conflict")]


@pytest.mark.parametrize("name", sorted(components("schemas")))
def test_every_attribute_is_explained(name):
    schema = components("schemas")[name]
    assert schema["description"].endswith(".")
    for attribute, described in schema.get("properties", {}).items():
        told = described.get("description") or resolved(described.get("items", described)).get(
            "description"
        )
        assert told, attribute


@pytest.mark.parametrize("name", sorted(components("schemas")))
def test_only_a_reference_is_a_choice_between_a_shape_and_null(name):
    for attribute, described in components("schemas")[name].get("properties", {}).items():
        for choice in described.get("anyOf", []):
            assert choice.keys() in ({"$ref"}, {"type"}), attribute
            assert "$ref" in choice or choice == {"type": "null"}, attribute
        if isinstance(described.get("type"), list):
            assert described["description"], attribute


@pytest.mark.parametrize("kind", ["parameters", "headers", "responses"])
def test_every_component_is_explained_and_used(kind):
    text = str([*document()["paths"].values(), components("responses")])
    for name, described in components(kind).items():
        assert described["description"].endswith((".", "`"))
        assert name == "MethodNotAllowed" or f"#/components/{kind}/{name}'" in text, name


@pytest.mark.parametrize("name", sorted(operations()))
def test_says_how_requests_fail(name):
    statuses = set(operations()[name]["responses"])
    assert {"200", "400", "401", "429", "500", "503"} <= statuses
    if OPERATIONS_BY_NAME[name].is_read:
        assert "304" in statuses
        assert not statuses & {"409", "413", "422"}
    else:
        assert {"409", "413", "422"} <= statuses
    assert ("404" in statuses) == ("{" in OPERATIONS_BY_NAME[name].path)


OPERATIONS_BY_NAME = {each.operation_id: each for each in OPERATIONS}


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("ScheduleIdentifier", domain.ScheduleIdentifier.values),
        ("DeclarationType", domain.DeclarationType.values),
        ("EvidenceHeld", domain.EvidenceType.values),
        ("WorkingPattern", domain.WorkingPattern.values),
        ("MentorIneligibleForFundingReason", domain.MentorFundingEndReason.values),
        ("ResourceType", domain.ResourceType.values),
        ("DeferralReason", [v.replace("_", "-") for v in domain.DeferralReason.values]),
        ("WithdrawalReason", [v.replace("_", "-") for v in domain.WithdrawalReason.values]),
        (
            "DeclarationState",
            [
                *("submitted", "eligible", "payable", "paid", "voided"),
                *("awaiting-clawback", "clawed-back"),
            ],
        ),
        ("ParticipantStatus", ["joining", "active", "leaving", "left"]),
    ],
)
def test_lists_the_values_of_the_domain(name, values):
    assert list(ENUMERATIONS[name].values) == list(values)
    assert components("schemas")[name]["enum"] == list(values)


def attribute(shape, name):
    return components("schemas")[shape]["properties"][name]


@pytest.mark.parametrize(
    ("shape", "name", "expected"),
    [
        pytest.param(
            "ParticipantTransfersTransfer",
            "created_at",
            {"format": "date-time"},
            id="transfer created_at",
        ),
        pytest.param("ParticipantIDChange", "changed_at", {"format": "date-time"}, id="id change"),
        pytest.param("ParticipantECFEnrolment", "email", {"type": ["string", "null"]}, id="email"),
        pytest.param(
            "DeclarationAttributes",
            "ineligible_for_funding_reason",
            {"type": ["string", "null"]},
            id="ineligible reason",
        ),
        pytest.param(
            "DeliveryPartnerAttributes", "cohort", {"type": "array"}, id="array of cohorts"
        ),
        pytest.param("Withdrawal", "date", {"format": "date-time"}, id="withdrawal date"),
    ],
)
def test_corrects_what_the_old_file_got_wrong(shape, name, expected):
    found = attribute(shape, name)
    assert {key: found[key] for key in expected} == expected


def test_date_times_in_examples_are_in_whole_seconds():
    assert not re.search(rb"\d{2}:\d{2}:\d{2}\.\d", as_yaml())


def test_the_cohort_of_a_schedule_change_may_be_sent():
    shape = components("schemas")["ChangeScheduleAttributes"]
    assert "cohort" in shape["properties"]
    assert "cohort" not in shape["required"]


def test_the_type_of_what_is_sent_is_not_required():
    for each in OPERATIONS:
        if each.body:
            data = each.body.model_fields["data"].annotation
            sent = components("schemas")[(*get_args(data), data)[0].__name__]
            assert sent["required"] == ["attributes"]
            assert "additionalProperties" not in sent


def test_a_repeated_declaration_is_refused_and_not_replayed():
    assert "refused with 422" in operations()["createDeclaration"]["description"].replace("\n", " ")


OWN = "http://localhost:8000"


@pytest.mark.parametrize("written", [as_json, as_yaml])
@pytest.mark.parametrize(
    ("own_origin", "expected"),
    [
        pytest.param(OWN, [OWN, PRODUCTION, SANDBOX], id="anywhere"),
        pytest.param(SANDBOX, [SANDBOX, PRODUCTION], id="sandbox"),
        pytest.param("", [PRODUCTION, SANDBOX], id="production"),
    ],
)
def test_the_server_that_serves_the_file_is_named_first(written, own_origin, expected):
    file = yaml.safe_load(written(own_origin))

    assert [each["url"] for each in file["servers"]] == expected
    assert file == document() | {"servers": file["servers"]}
    assert list(file) == list(document())


def test_the_sandbox_and_production_are_named_with_licence_and_contact():
    assert len(document()["servers"]) == 2
    assert document()["info"]["license"]
    assert document()["info"]["contact"]
