"""Staff delete an extension that should not be there (spec 06 §6.11, §6.12)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from register_ects.models import InductionExtension
from register_ects.operations.inductions.extensions import delete_extension, mark_of_extension
from register_ects.rules.permissions import Permission
from register_ects.rules.problems import RuleBroken
from register_ects.web.access import StaffRequest, staff_required
from register_ects.web.forms import data_of, status_of
from support.reason_forms import ReasonForm


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(Permission.INDUCTION_WRITE)
def delete(request: StaffRequest, teacher_id: UUID, extension_id: int) -> HttpResponse:
    """Ask why an extension is deleted, then delete it."""
    with_people = InductionExtension.objects.select_related("teacher", "appropriate_body")
    held = get_object_or_404(with_people, pk=extension_id, teacher__api_id=teacher_id)
    words = {"name": held.teacher.name}
    form = ReasonForm(data_of(request), now=mark_of_extension(held), words=words)
    if form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            delete_extension(held, form.reason, seen=seen, author=request.author)
            messages.success(request, "The extension was deleted.")
            return redirect("support:teacher_induction", teacher_id)
        except RuleBroken as refusal:
            if "already_withdrawn" in {problem.code for problem in refusal.problems}:
                messages.info(request, "It was deleted before, so nothing was saved.")
                return redirect("support:teacher_induction", teacher_id)
            form.add_problems(refusal.problems)
            if form.is_outdated:
                held.refresh_from_db()
                form.show(mark_of_extension(held))
    context = {"form": form, "teacher": held.teacher, "held": held}
    page = "support/induction_extension_delete.jinja"
    return render(request, page, context, status=status_of(form))
