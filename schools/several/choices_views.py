"""The pages that ask what several ECTs share: of a list that begins, and of one that is there."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from register_ects.models import RegistrationBatch
from register_ects.operations.batches.collecting import choose_for_all, id_of, start_batch
from register_ects.operations.batches.held import WITH_ROWS, mark_of_choices
from register_ects.rules.problems import RuleBroken
from register_ects.web.access import SchoolRequest
from register_ects.web.forms import data_of, status_of
from register_ects.web.school_addresses import reverse
from schools.access import school_required
from schools.several import lists
from schools.several.forms import OtherChoicesForm, SharedChoicesForm, suggested_for_all
from schools.several.offers import Offer

_TEMPLATE = "schools/several/shared_choices.jinja"


@school_required(to_register_ects=True)
@require_http_methods(["GET", "HEAD", "POST"])
def by_hand(request: SchoolRequest) -> HttpResponse:
    """Ask what everybody shares, then begin a list to which people are added one by one."""
    form = SharedChoicesForm(
        data_of(request),
        choices=Offer(request.school).for_everybody,
        initial=suggested_for_all(request.school),
    )
    if form.is_valid():
        try:
            with form.sent_once() as sending:
                start_batch(
                    request.school, choices=form.shared(), author=request.author, sending=sending
                )
        except RuleBroken as refusal:
            form.add_problems(refusal.problems)
        else:
            return redirect("schools:several_batch", id_of(request.school, sending.key))
    context = {"form": form, "back": reverse("schools:several")}
    return render(request, _TEMPLATE, context, status=status_of(form))


@school_required(to_register_ects=True)
@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: SchoolRequest, batch_id: UUID) -> HttpResponse:
    """Ask again what stands for everybody of a list of whom nothing else is said."""
    batch = lists.find_batch(request.school, batch_id)
    if batch.state not in WITH_ROWS and request.method != "POST":
        return redirect("schools:several_batch", batch_id)
    form = OtherChoicesForm(
        data_of(request),
        choices=Offer(request.school).for_everybody,
        initial=batch.choices,
        now=mark_of_choices(batch),
    )
    if form.is_valid() and _are_saved(batch, form):
        return redirect("schools:several_batch", batch_id)
    context = {"form": form, "back": reverse("schools:several_batch", args=[batch_id])}
    return render(request, _TEMPLATE, context, status=status_of(form))


def _are_saved(batch: RegistrationBatch, form: OtherChoicesForm) -> bool:
    try:
        choose_for_all(batch, form.shared(), seen=form.cleaned_data["seen"])
    except RuleBroken as refusal:
        form.add_problems(refusal.problems)
        if form.is_outdated:
            form.show(mark_of_choices(batch))
        return False
    return True
