"""A school chooses which emails its induction tutor gets (spec 05 §15 Improve)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from register_ects.models import School
from register_ects.operations.schools.tutor_emails import (
    choose_emails,
    mark_of_wanted,
    wanted_emails,
)
from register_ects.rules.enumerations import TutorEmails
from register_ects.rules.problems import RuleBroken
from register_ects.web.access import SchoolRequest
from register_ects.web.forms import CheckboxesField, data_of, status_of
from register_ects.web.school_addresses import reverse
from register_ects.web.seen_forms import SeenForm
from schools.access import school_required


class EmailsForm(SeenForm):
    """Any of the kinds of email, or none."""

    question = "emails"
    wording = {
        "changed_meanwhile": "A colleague changed this after you opened the page, so nothing was "
        "saved. They chose {chosen}. Save again if yours is right",
    }
    emails = CheckboxesField(
        label="Which emails should your induction tutor get?",
        hint="Select all that you want. We always tell them that they are the induction tutor.",
        items=[(kind.value, str(kind.label)) for kind in TutorEmails],
        required=False,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@school_required(to_change=True)
def choose(request: SchoolRequest) -> HttpResponse:
    """Show which emails the tutor gets, and change that."""
    school = request.school
    form = EmailsForm(
        data_of(request),
        now=mark_of_wanted(school),
        initial={"emails": [kind.value for kind in wanted_emails(school)]},
    )
    if form.is_valid():
        wanted, seen = form.cleaned_data["emails"], form.cleaned_data["seen"]
        try:
            was = wanted_emails(school)
            choose_emails(school, wanted, seen=seen, author=request.identity.author)
        except RuleBroken as refusal:
            form.add_problems(refusal.problems)
            form.show(mark_of_wanted(School.objects.get(pk=school.pk)))
        else:
            done = "You’ve changed which emails your induction tutor gets"
            same = "Your induction tutor gets the same emails as before"
            messages.success(request, same if {*wanted} == {*was} else done)
            return redirect("schools:induction_tutor")
    context = {"form": form, "back": reverse("schools:induction_tutor"), "button": "Save"}
    return render(request, "layouts/form.jinja", context, status=status_of(form))
