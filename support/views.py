"""The console of support staff: find a person, see everything that is known of them."""

from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Count, Min
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from register_ects import clock
from register_ects.models import Statement, Teacher
from register_ects.rules.permissions import Permission
from register_ects.rules.person_search import PersonSearch
from register_ects.web.access import StaffRequest, staff_required
from register_ects.web.forms import uuid_asked
from register_ects.web.long_lists import Piece, piece_of
from register_ects.web.pagination import Page, paginate
from register_ects.web.timeline import timeline_items
from register_ects.web.trs_view import trs_view
from register_ects.web.way_back import DECLARATIONS, KeptList, carrying
from support.event_links import links_of
from support.message_queries import pile_of_failed_emails, pile_of_failed_questions
from support.name_changes import changes_to_look_at
from support.queries import (
    NEWEST_BY,
    Part,
    all_teachers,
    load_teacher,
    teacher_events,
    teacher_rows,
)
from support.search import MOST_FOUND, How, ways_to_find
from support.trs_queries import count_people_not_shown, pile_of_refused_messages

_TEACHERS = KeptList("support:teachers", ("q", "page", "after", "before"))


@require_safe
@staff_required(Permission.CONSOLE_VIEW)
def home(request: StaffRequest) -> HttpResponse:
    """Show what needs support, and the search for people: where staff land after signing in."""
    trs, refused = reverse("support:trs"), pile_of_refused_messages()
    emails, questions = pile_of_failed_emails(), pile_of_failed_questions()
    tasks: list[dict[str, Any]] = [
        {
            "text": "Messages that the Teaching Record System did not accept",
            "href": f"{trs}#messages",
            "count": refused.count,
            "oldest": refused.oldest,
        },
        {
            "text": "People whom the Teaching Record System does not show",
            "href": f"{trs}#people",
            "count": count_people_not_shown(),
        },
        {
            "text": "Emails that did not arrive",
            "href": reverse("support:emails"),
            "count": emails.count,
            "oldest": emails.oldest,
        },
        {
            "text": "Questions that the help desk did not get",
            "href": reverse("support:questions"),
            "count": questions.count,
            "oldest": questions.oldest,
        },
        {
            "text": "Changed names that may be somebody else’s",
            "href": reverse("support:name_changes"),
            "count": changes_to_look_at().count(),
        },
    ]
    if request.identity.may(Permission.FINANCE_VIEW):
        tasks.insert(0, _overdue_statements())
    context = {"tasks": [task for task in tasks if task["count"]]}
    return render(request, "support/home.jinja", context)


def _overdue_statements() -> dict[str, Any]:
    late = Statement.objects.overdue(clock.today()).aggregate(
        count=Count("pk"), oldest=Min("payment_date")
    )
    return {
        "text": "Statements past their payment date and not paid",
        "href": f"{reverse('finance:statements')}?status=overdue",
        "count": late["count"],
        "to_be_paid": late["oldest"],
    }


@require_safe
@staff_required(Permission.CONSOLE_VIEW)
def teachers(request: StaffRequest) -> HttpResponse:
    """Search for people by name, TRN, id, email or school; everybody, when nothing is asked."""
    query = request.GET.get("q", "").replace("\x00", " ").strip()
    search = PersonSearch.of(query)
    page: Page[Any] | Piece[Any]
    label, how = "Pages of teachers", How.THEMSELVES
    if search.is_blank:
        page = piece_of(request, all_teachers(), newest_by=NEWEST_BY, label=label)
    else:
        for people in ways_to_find(search):
            page, how = paginate(request, people, at_most=MOST_FOUND, label=label), people.how
            if page.total:
                break
    by_name = search if search.words and how == How.THEMSELVES else None
    context = {
        "q": query,
        "page": page,
        "how": how.name,
        "rows": teacher_rows(page.rows, by_name),
        "carried": carrying(_TEACHERS.state(request.GET)),
    }
    return render(request, "support/teachers.jinja", context)


@require_safe
@staff_required(Permission.CONSOLE_VIEW)
def teacher(request: StaffRequest, teacher_id: UUID, part: Part) -> HttpResponse:
    """Show a part of what is known of a person."""
    try:
        record = load_teacher(teacher_id, part)
    except Teacher.DoesNotExist as error:
        raise Http404 from error
    context: dict[str, Any] = {"record": record, "part": part.value, **_way_back(request)}
    if part in (Part.SUMMARY, Part.INDUCTION):
        context["trs"] = trs_view(record.teacher, record.inductions)
    if part == Part.HISTORY:
        context["events"] = paginate(
            request,
            teacher_events(record.teacher),
            label="Pages of the history",
        )
        context["timeline"] = timeline_items(
            context["events"].rows,
            links=partial(links_of, sees_finance=request.identity.may(Permission.FINANCE_VIEW)),
        )
    return render(request, f"support/record_{part or 'summary'}.jinja", context)


def _way_back(request: StaffRequest) -> dict[str, Any]:
    """Return the breadcrumb to the list that a record was opened from, and what carries it on.

    That is the search for people, or the declarations of a statement.
    """
    statement = uuid_asked(request, "statement")
    if statement and request.identity.may(Permission.FINANCE_VIEW):
        crumb = ("Declarations on the statement", DECLARATIONS.address(request, statement))
        carried = carrying(DECLARATIONS.state_before(request), statement=statement)
    else:
        crumb = ("Teachers", _TEACHERS.address(request))
        carried = carrying(_TEACHERS.state_before(request))
    return {"crumbs": [crumb], "carried": carried}
