"""One declaration routes an operation, filters a list, describes both, and tells the log."""

import pytest
from django.db.models import Q
from django.http import QueryDict
from ninja import NinjaAPI
from pydantic import BaseModel, Field

from providers import masking, parameters
from providers.api import OPERATIONS
from providers.openapi.examples import example_of
from providers.openapi.operation import PathId
from providers.queries import PAGES, Query, condition_of, filtering
from providers.resources import Resource
from providers.schemas.base import attributes_in
from providers.schemas.declarations import BulkDeclarationsRequest
from providers.schemas.enumerations import WorkingPatternName

pytestmark = pytest.mark.no_database

COLOUR = filtering(
    "Colours",
    "colour",
    "Only things of this colour.",
    example="red",
    schema={"pattern": "^[a-z]+$"},
    condition=lambda values: Q(colour=parameters.single(values, "colour")),
)


@pytest.fixture
def things():
    things = Resource("/things", "Things", PathId("the thing", "7"))

    @things.operation("get", "/{thing_id}/parts", "getParts", response=BaseModel, example={})
    def get_parts(request, thing_id):
        """List the parts of
        a thing.

        In the order
        of their size.
        """

    return things


def test_the_docstring_of_an_endpoint_is_what_is_published(things):
    (declared,) = things.described

    assert declared.summary == "List the parts of a thing"
    assert declared.description == "In the order of their size."


def test_an_operation_is_routed_where_it_is_described(things):
    (declared,) = things.described
    api = NinjaAPI(urls_namespace="things", docs_url=None, openapi_url=None)
    api.add_router(things.address, things)

    assert str(api.urls[0][0].pattern) == "things/<thing_id>/parts"
    assert (declared.path, declared.path_id.of) == ("/things/{id}/parts", "the thing")


def test_a_filter_asks_and_describes_by_one_declaration():
    values = parameters.filters(QueryDict("filter[colour]=red"))

    assert condition_of((*PAGES, COLOUR), values) == Q(colour="red")
    assert COLOUR.described == {
        "name": "filter[colour]",
        "in": "query",
        "description": "Only things of this colour.",
        "schema": {"type": "string", "examples": ["red"], "pattern": "^[a-z]+$"},
    }


@pytest.mark.parametrize(
    ("schema", "is_kept"),
    [
        ({"type": "string"}, False),
        ({"type": "string", "examples": ["Ada"]}, False),
        ({"type": "string", "pattern": "^[0-9]{4}$"}, True),
        ({"type": "string", "format": "uuid"}, True),
        ({"type": "integer"}, True),
        ({"type": "string", "$ref": "#/components/schemas/TrainingStatus"}, True),
        ({"x-enumeration": "TrainingStatus"}, True),
    ],
)
def test_the_log_masks_what_may_be_any_text(schema, is_kept):
    assert masking.is_free_text(schema) is not is_kept


def test_every_list_takes_pages_and_every_filter_of_it_asks_something():
    lists = [each for each in OPERATIONS if set(PAGES) <= set(each.queries)]

    assert len(lists) == 8
    for each in lists:
        filters = [query for query in each.queries if query.name.startswith("filter[")]
        # Schools belong to the cohort that is asked for: no row of theirs has another.
        assert all(query.condition or query.component == "CohortOfSchools" for query in filters)
        assert all(isinstance(query, Query) for query in each.queries)


class Attributes(BaseModel):
    name: str = Field(examples=["Ada"])
    working_pattern: WorkingPatternName
    left_on: str | None = Field()


class Thing(BaseModel):
    id: str = Field(examples=["7"])
    attributes: Attributes


def test_an_example_is_made_of_the_examples_of_its_attributes():
    attributes = {"name": "Ada", "working_pattern": "full_time", "left_on": None}

    assert example_of(Thing) == {"id": "7", "attributes": attributes}
    assert example_of(Thing, name="Bob")["attributes"] == {**attributes, "name": "Bob"}


def test_the_attributes_of_a_body_are_those_of_its_shape():
    assert "evidence_held" in attributes_in(BulkDeclarationsRequest).model_fields
