"""Staff delete an extension that should not be there (spec 06 §6.11, §6.12)."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from register_ects.models import InductionExtension
from register_ects.operations.inductions.extensions import delete_extension, mark_of_extension
from register_ects.rules.permissions import Permission
from register_ects.web.access import StaffRequest, staff_required
from register_ects.web.forms import data_of
from support.reason_forms import ReasonForm
from support.saving import fresh, saved_or_shown


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(Permission.INDUCTION_WRITE)
def delete(request: StaffRequest, teacher_id: UUID, extension_id: int) -> HttpResponse:
    """Ask why an extension is deleted, then delete it."""
    with_people = InductionExtension.objects.select_related("teacher", "appropriate_body")
    held = get_object_or_404(with_people, pk=extension_id, teacher__api_id=teacher_id)
    words = {"name": held.teacher.name}
    form = ReasonForm(data_of(request), now=mark_of_extension(held), words=words)

    def save() -> None:
        delete_extension(held, form.reason, seen=form.cleaned_data["seen"], author=request.author)

    return saved_or_shown(
        request,
        form,
        held.teacher,
        save,
        done="The extension was deleted.",
        page="induction_extension_delete",
        context={"held": held},
        mark=lambda: mark_of_extension(fresh(held)),
        overtaken={"already_withdrawn": "It was deleted before, so nothing was saved."},
    )
