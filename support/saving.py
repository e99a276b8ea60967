"""How staff's forms about an induction are answered: saved, overtaken, or shown again."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from django.contrib import messages
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import redirect, render

from register_ects.models import Teacher
from register_ects.rules.problems import RuleBroken
from register_ects.web.access import StaffRequest
from register_ects.web.forms import GovukForm, status_of
from register_ects.web.seen_forms import SeenForm

_Held = TypeVar("_Held", bound=Model)


def fresh(held: _Held) -> _Held:
    """Return a row, read anew."""
    held.refresh_from_db()
    return held


def saved_or_shown(
    request: StaffRequest,
    form: GovukForm,
    teacher: Teacher,
    save: Callable[[], object],
    *,
    done: str,
    page: str,
    context: Mapping[str, Any],
    mark: Callable[[], str] | None = None,
    overtaken: Mapping[str, str] = MappingProxyType({}),
) -> HttpResponse:
    """Run ``save`` if the form is valid, say ``done`` and go to the person's induction.

    ``overtaken`` says of codes of problems that there is nothing left to do: it is said there. Any
    other problem is shown at the form, with the ``mark`` of what is held by then if that changed.
    """
    there = redirect("support:teacher_induction", teacher.api_id)
    if form.is_valid():
        try:
            save()
            messages.success(request, done)
            return there
        except RuleBroken as refusal:
            codes = [problem.code for problem in refusal.problems]
            if told := next((overtaken[code] for code in codes if code in overtaken), ""):
                messages.info(request, told)
                return there
            form.add_problems(refusal.problems)
            if mark and isinstance(form, SeenForm) and form.is_outdated:
                form.show(mark())
    shown = {"form": form, "teacher": teacher, **context}
    return render(request, f"support/{page}.jinja", shown, status=status_of(form))
