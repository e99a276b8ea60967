"""Statements: a list and one (spec 02 §2.16.1)."""

from django.http import HttpResponse

from providers.listing import list_response, show_response
from providers.openapi import examples
from providers.openapi.operation import PathId
from providers.queries import COHORTS, PAGES, UPDATED_SINCE
from providers.requests import ProviderRequest
from providers.resources import Resource
from providers.schemas import base
from providers.schemas.statements import StatementResponse, StatementsResponse
from register_ects.rules.enumerations import ResourceType

router = Resource("/statements", "Statements", PathId("the statement", base.STATEMENT_ID))

_QUERIES = (COHORTS, UPDATED_SINCE, *PAGES)


@router.lists(
    "", "getStatements", StatementsResponse, examples.STATEMENT, _QUERIES, one="getStatement"
)
def get_statements(request: ProviderRequest) -> HttpResponse:
    """List your statements.

    The statements of your contracts that pay for declarations, by payment date.
    """
    return list_response(request, ResourceType.STATEMENT, _QUERIES)


@router.shows("/{statement_id}", "getStatement", StatementResponse, examples.STATEMENT)
def get_statement(request: ProviderRequest, statement_id: str) -> HttpResponse:
    """Get one statement.

    One of your statements that pay for declarations.
    """
    return show_response(request, ResourceType.STATEMENT, statement_id)
