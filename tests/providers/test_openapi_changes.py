"""What counts as breaking, and that the present file breaks no client of the last published one."""

from copy import deepcopy

import pytest

from providers.openapi import releases
from providers.openapi.differences import breaking, differences
from providers.openapi.document import as_yaml, document
from providers.openapi.releases import CannotPublish, published, versions
from providers.version import DESCRIPTION_VERSION

pytestmark = pytest.mark.no_database

LIST = "GET /api/v3/participants"
DEFER = "PUT /api/v3/participants/{id}/defer"


def schemas(changed):
    return changed["components"]["schemas"]


def enrolment(changed):
    return schemas(changed)["ParticipantECFEnrolment"]["properties"]


def operation(changed, path, method):
    return changed["paths"][f"/api/v3{path}"][method]


def remove_attribute(changed):
    del enrolment(changed)["cohort"]


def let_attribute_be_absent(changed):
    schemas(changed)["ParticipantECFEnrolment"]["required"].remove("cohort")


def let_attribute_be_null(changed):
    attribute = enrolment(changed)["school_urn"]
    enrolment(changed)["school_urn"] = {"anyOf": [attribute, {"type": "null"}]}


def retype_attribute(changed):
    schemas(changed)["PartnershipAttributes"]["properties"]["urn"] = {"type": "integer"}


def remove_operation(changed):
    del changed["paths"]["/api/v3/statements/{id}"]


def rename_operation(changed):
    operation(changed, "/participants", "get")["operationId"] = "listParticipants"


def remove_value(changed):
    schemas(changed)["DeferralReason"]["enum"].remove("bereavement")


def demand_attribute(changed):
    schemas(changed)["ChangeScheduleAttributes"]["required"].append("cohort")


def demand_parameter(changed):
    changed["components"]["parameters"]["Cohorts"]["required"] = True


def remove_parameter(changed):
    parameters = operation(changed, "/participants", "get")["parameters"]
    parameters.remove({"$ref": "#/components/parameters/UpdatedSince"})


def narrow_parameter(changed):
    changed["components"]["parameters"]["Sort"]["schema"]["pattern"] = "^created_at$"


def remove_header(changed):
    del operation(changed, "/participants", "get")["responses"]["200"]["headers"]["ETag"]


def remove_shape_of_errors(changed):
    del changed["components"]["responses"]["NotFound"]["content"]["application/problem+json"]


@pytest.mark.parametrize(
    "change",
    [
        remove_attribute,
        let_attribute_be_absent,
        let_attribute_be_null,
        retype_attribute,
        remove_operation,
        rename_operation,
        remove_value,
        demand_attribute,
        demand_parameter,
        remove_parameter,
        narrow_parameter,
        remove_header,
        remove_shape_of_errors,
    ],
)
def test_breaks_clients(change):
    changed = deepcopy(document())
    change(changed)
    assert breaking(document(), changed)


def add_attribute(changed):
    enrolment(changed)["pronouns"] = {"type": "string"}


def add_value(changed):
    schemas(changed)["DeferralReason"]["enum"].append("jury-service")


def add_operation(changed):
    changed["paths"]["/api/v3/me"] = {"get": operation(changed, "/statements", "get")}


def add_optional_parameter(changed):
    operation(changed, "/participants", "get")["parameters"].append(
        {"name": "filter[trn]", "in": "query", "schema": {"type": "string"}}
    )


def take_null_away(changed):
    email = enrolment(changed)["email"]
    enrolment(changed)["email"] = {**email, "type": "string"}


@pytest.mark.parametrize(
    "change", [add_attribute, add_value, add_operation, add_optional_parameter, take_null_away]
)
def test_is_told_and_breaks_nobody(change):
    changed = deepcopy(document())
    change(changed)
    assert differences(document(), changed)
    assert breaking(document(), changed) == []


def test_words_are_no_change():
    changed = deepcopy(document())
    operation(changed, "/participants", "get")["description"] = "Other words."
    enrolment(changed)["cohort"]["description"] = "Other words."
    assert differences(document(), changed) == []


@pytest.mark.parametrize("name", ["email", "induction_end_date", "eligible_for_funding"])
def test_null_among_the_types_and_a_choice_of_null_are_the_same(name):
    changed = deepcopy(document())
    attribute = enrolment(changed)[name]
    assert attribute["type"][1] == "null"
    value = {**attribute, "type": attribute["type"][0]}
    enrolment(changed)[name] = {"anyOf": [value, {"type": "null"}]}

    assert differences(document(), changed) == []
    assert differences(changed, document()) == []


def test_another_name_for_the_id_of_a_path_is_no_change():
    changed = deepcopy(document())
    changed["paths"]["/api/v3/schools/{school_id}"] = changed["paths"].pop("/api/v3/schools/{id}")
    assert differences(document(), changed) == []


def test_to_refuse_a_null_that_was_accepted_breaks_clients():
    before = deepcopy(document())
    cohort = schemas(before)["ChangeScheduleAttributes"]["properties"]["cohort"]
    cohort["type"] = ["string", "null"]

    (told,) = breaking(before, document())
    assert told.what == "`data.attributes.cohort` in the body can no longer be null."
    assert breaking(document(), before) == []


def test_says_what_changed_and_where():
    changed = deepcopy(document())
    remove_value(changed)
    told = [(each.where, each.what) for each in breaking(document(), changed)]
    assert (
        DEFER,
        "The value `bereavement` of `data.attributes.reason` in the body was removed.",
    ) in told
    assert any(where == LIST for where, _ in told)


def test_the_present_file_breaks_no_client_of_the_last_published_one():
    assert breaking(published(versions()[-1]), document()) == []


def test_what_was_published_is_not_published_again_with_other_content():
    """After a change raise DESCRIPTION_VERSION, and publish with ``bin/manage publish_openapi``."""
    if DESCRIPTION_VERSION in versions():
        assert differences(published(DESCRIPTION_VERSION), document()) == []
    else:
        assert releases._numbers(DESCRIPTION_VERSION) > releases._numbers(versions()[-1])


def test_publishing_keeps_the_file(tmp_path, monkeypatch):
    monkeypatch.setattr(releases, "PUBLISHED", tmp_path)
    assert releases.publish().read_bytes() == as_yaml()
    with pytest.raises(CannotPublish, match="has been published"):
        releases.publish()


def test_a_file_that_breaks_clients_is_not_published(tmp_path, monkeypatch):
    monkeypatch.setattr(releases, "PUBLISHED", tmp_path)
    monkeypatch.setattr(releases, "published", lambda version: before)
    before = deepcopy(document())
    schemas(before)["DeferralReason"]["enum"].append("jury-service")
    (tmp_path / "3.0.0.yaml").touch()

    with pytest.raises(CannotPublish, match="jury-service"):
        releases.publish()
