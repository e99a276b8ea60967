"""Support looks into emails that did not arrive, and questions that the help desk did not get."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from register_ects.models import OutgoingEmail, SupportQuery
from register_ects.operations.messages import email_delivery, support_query_delivery
from register_ects.rules.permissions import Permission
from register_ects.web.access import StaffRequest, staff_required
from register_ects.web.pagination import paginate
from support.message_queries import (
    failed_emails,
    failed_questions,
    name_of_email,
    pile_of_waiting_emails,
    pile_of_waiting_questions,
    reason_of_email,
)


@require_safe
@staff_required(Permission.CONSOLE_VIEW)
def emails(request: StaffRequest) -> HttpResponse:
    """List the emails that GOV.UK Notify refused or could not deliver."""
    failed = paginate(request, failed_emails(), label="Pages of emails")
    context = {
        "failed": failed,
        "names": [name_of_email(email) for email in failed.rows],
        "reasons": [reason_of_email(email) for email in failed.rows],
        "waiting": pile_of_waiting_emails(),
    }
    return render(request, "support/emails.jinja", context)


@require_POST
@staff_required(Permission.MESSAGE_SEND)
def send_email_again(request: StaffRequest, email_id: int) -> HttpResponse:
    """Queue a failed email once more."""
    email = get_object_or_404(OutgoingEmail, pk=email_id)
    if email_delivery.send_again(email, author=request.author):
        messages.success(request, f"We’ll send the email to {email.recipient} again.")
    else:
        messages.info(request, f"The email to {email.recipient} is on its way already.")
    return redirect("support:emails")


@require_safe
@staff_required(Permission.CONSOLE_VIEW)
def questions(request: StaffRequest) -> HttpResponse:
    """List the questions of schools that the help desk did not get."""
    context = {
        "failed": paginate(request, failed_questions(), label="Pages of questions"),
        "waiting": pile_of_waiting_questions(),
    }
    return render(request, "support/questions.jinja", context)


@require_POST
@staff_required(Permission.MESSAGE_SEND)
def send_question_again(request: StaffRequest, query_id: int) -> HttpResponse:
    """Queue a failed question once more."""
    query = get_object_or_404(SupportQuery, pk=query_id)
    if support_query_delivery.send_again(query, author=request.author):
        messages.success(request, f"We’ll send the question of {query.name} again.")
    else:
        messages.info(request, f"The question of {query.name} is on its way already.")
    return redirect("support:questions")
