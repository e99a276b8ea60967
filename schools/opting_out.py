"""A school stops reminder emails by the signed link in one of them (spec 05 §12.3).

Nobody signs in. Following the link changes nothing: programs that look into emails do so too.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from register_ects import clock
from register_ects.models import School
from register_ects.operations.schools.opting_out import is_signed, opt_out_of_reminder_emails
from register_ects.rules.reminders import end_of_term, is_opted_out
from register_ects.web.forms import id_asked


@never_cache
@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """Ask whether the school named in the link wants no reminders until the end of term."""
    school = _school_of_link(request)
    context = {
        "school": school,
        "until": end_of_term(clock.today()),
        "action": _of_same_link(request, "schools:opted_out"),
    }
    return render(request, "schools/opt_out.jinja", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def opt_out(request: HttpRequest) -> HttpResponse:
    """Stop the reminders; then say until when."""
    school = _school_of_link(request)
    if request.method == "POST":
        opt_out_of_reminder_emails(school)
        return redirect(_of_same_link(request, "schools:opted_out"))
    until = school.opted_out_of_reminder_emails_until
    if not is_opted_out(until, today=clock.today()):
        return redirect(_of_same_link(request, "schools:opt_out"))
    return render(request, "schools/opted_out.jinja", {"school": school, "until": until})


def _school_of_link(request: HttpRequest) -> School:
    """Return the school of a link that we have signed; 404 for any other."""
    asked, token = id_asked(request, "school_id"), request.GET.get("token", "")
    if asked is None or not is_signed(asked, token):
        raise Http404
    school: School | None = School.objects.with_register_record().filter(pk=asked).first()
    if school is None:
        raise Http404
    return school


def _of_same_link(request: HttpRequest, view: str) -> str:
    return f"{reverse(view)}?{request.META['QUERY_STRING']}"
