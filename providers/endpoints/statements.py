"""Statements: a list and one (spec 02 §2.16.1)."""

from django.http import HttpResponse

from providers.listing import list_response, show_response
from providers.openapi.examples import example_of
from providers.openapi.operation import PathId
from providers.queries import COHORTS, PAGES, UPDATED_SINCE
from providers.requests import ProviderRequest
from providers.resources import Resource
from providers.schemas import base
from providers.schemas.statements import Statement, StatementResponse, StatementsResponse
from register_ects.rules.enumerations import ResourceType

router = Resource("/statements", "Statements", PathId("the statement", base.STATEMENT_ID))

_EXAMPLE = example_of(
    Statement,
    month="November",
    created_at="2025-06-16T06:00:11Z",
    updated_at="2025-11-01T00:00:07Z",
)
_QUERIES = (COHORTS, UPDATED_SINCE, *PAGES)


@router.lists("", "getStatements", StatementsResponse, _EXAMPLE, _QUERIES)
def get_statements(request: ProviderRequest) -> HttpResponse:
    """List your statements.

    The statements of your contracts that pay for declarations, by payment date.
    """
    return list_response(request, ResourceType.STATEMENT, _QUERIES)


@router.shows("/{statement_id}", "getStatement", StatementResponse, _EXAMPLE)
def get_statement(request: ProviderRequest, statement_id: str) -> HttpResponse:
    """Get one statement.

    One of your statements that pay for declarations.
    """
    return show_response(request, ResourceType.STATEMENT, statement_id)
