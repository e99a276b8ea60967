"""Finance pages: statements, and what makes each of them up."""

from dataclasses import replace
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from finance.declaration_columns import COLUMNS, lay_out_declarations
from finance.declaration_filters import (
    DECLARATION_LABELS,
    declaration_options,
    read_declaration_filters,
)
from finance.filters import (
    LABELS,
    STATEMENTS,
    asks_nothing,
    chosen_filters,
    filter_options,
    read_filters,
)
from finance.queries import (
    count_overdue,
    details_of_declarations,
    list_statements,
    load_statement,
    next_to_be_paid,
    statement_choices,
)
from finance.statement_declarations import StatementDeclarations
from finance.statement_list import lay_out_statements, told_of_next
from finance.statement_page import NotCalculable, calculate, lay_out_statement
from finance.totals import statement_totals
from register_ects import clock
from register_ects.models import Statement
from register_ects.rules.adjustments import problems_with_adjusting
from register_ects.rules.permissions import Permission
from register_ects.web.access import StaffRequest, staff_required
from register_ects.web.pagination import paginate
from register_ects.web.timeline import timeline_items
from register_ects.web.way_back import DECLARATIONS, carrying


@require_safe
@staff_required(Permission.FINANCE_VIEW)
def home(request: StaffRequest) -> HttpResponse:
    """Go to the statements, the landing page of finance."""
    return redirect("finance:statements")


@require_safe
@staff_required(Permission.FINANCE_VIEW)
def statements(request: StaffRequest) -> HttpResponse:
    """List statements, filtered; those next to be paid unless the address asks for something."""
    today = clock.today()
    filters, opens_at = read_filters(request.GET, today=today), None
    if asks_nothing(request.GET) and (opens_at := next_to_be_paid()):
        filters = replace(filters, month=opens_at.month)
    options = filter_options(statement_choices(), filters)
    page = paginate(request, list_statements(filters), label="Pages of statements")
    context = {
        "options": options,
        "labels": LABELS,
        "chosen": chosen_filters(options),
        "overdue": 0 if filters.overdue_on else count_overdue(today),
        "opens_at": opens_at and told_of_next(opens_at, today=today),
        "page": page,
        "table": lay_out_statements(page.rows, statement_totals(page.rows), is_all=page.pages == 1),
        "carried": carrying(STATEMENTS.state(request.GET)),
    }
    return render(request, "finance/statements.jinja", context)


@require_safe
@staff_required(Permission.FINANCE_VIEW)
def statement(request: StaffRequest, statement_id: UUID) -> HttpResponse:
    """Show what a statement pays and how it comes about."""
    try:
        facts = load_statement(statement_id)
    except Statement.DoesNotExist as error:
        raise Http404 from error
    calculation, page, problem = None, None, None
    try:
        calculation = calculate(facts)
        page = lay_out_statement(facts, calculation)
    except NotCalculable as error:
        problem = str(error)
    letters = [band.letter for band in facts.bands]
    filters = read_declaration_filters(request.GET, letters)
    found = StatementDeclarations(facts, calculation, filters)
    declarations = paginate(
        request,
        found,
        fragment="declarations",
        label="Pages of declarations",
    )
    details = details_of_declarations(each.listed.key for each in declarations.rows)
    way_back = STATEMENTS.state_before(request)
    carried = carrying(way_back)
    context = {
        "facts": facts,
        "page": page,
        "problem": problem,
        "is_adjustable": request.identity.may(Permission.FINANCE_WRITE)
        and not problems_with_adjusting(status=facts.statement.status),
        "adjustment_history": timeline_items(facts.adjustment_events),
        "declarations": declarations,
        "columns": COLUMNS,
        "table": lay_out_declarations(
            declarations.rows, details, together=found.amount, is_all=declarations.pages == 1
        ),
        "filters": filters,
        "labels": DECLARATION_LABELS,
        "options": declaration_options(filters, letters),
        "back": STATEMENTS.address(request),
        "list_query": way_back,
        "carried": carried,
        "and_from": carried.replace("?", "&"),
        "from_here": carrying(DECLARATIONS.state(request.GET), statement=statement_id),
    }
    return render(request, "finance/statement.jinja", context)
