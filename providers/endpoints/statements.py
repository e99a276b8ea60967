"""Statements: a list and one (spec 02 §2.16.1)."""

from django.http import HttpResponse
from ninja import Router

from providers.listing import list_response, show_response
from providers.requests import ProviderRequest
from register_ects.rules.enumerations import ResourceType

router = Router(tags=["Statements"])

_FILTERS = ("cohort", "updated_since")


@router.get("", operation_id="getStatements")
def get_statements(request: ProviderRequest) -> HttpResponse:
    """List your output-fee statements, earliest payment first."""
    return list_response(request, ResourceType.STATEMENT, filters=_FILTERS, sortable=False)


@router.get("/{statement_id}", operation_id="getStatement")
def get_statement(request: ProviderRequest, statement_id: str) -> HttpResponse:
    """Return one of your output-fee statements."""
    return show_response(request, ResourceType.STATEMENT, statement_id)
