"""All ECTs and mentors of a school on one page to print, and as a file (spec 05 §20.7)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from register_ects import clock
from register_ects.web.access import SchoolRequest
from register_ects.web.downloads import csv_file
from schools.access import school_required
from schools.queries.people import COLUMNS, people_of


@require_safe
@school_required
def people(request: SchoolRequest) -> HttpResponse:
    """Show everybody at the school now or soon, to be printed."""
    ects, mentors = people_of(request.school)
    context = {"school": request.school, "today": clock.today(), "ects": ects, "mentors": mentors}
    return render(request, "schools/people.jinja", context)


@require_safe
@school_required
def people_as_csv(request: SchoolRequest) -> HttpResponse:
    """Send the same people as a file, a row each."""
    ects, mentors = people_of(request.school)
    name = f"ects-and-mentors-{request.school.urn}-{clock.today()}.csv"
    return csv_file(name, COLUMNS, [each.cells for each in (*ects, *mentors)])
