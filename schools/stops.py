"""The page that says why a school cannot do something for one of its people."""

from django.http import HttpResponse
from django.shortcuts import render

from register_ects.models import ECTAtSchoolPeriod
from register_ects.web.school_addresses import reverse
from schools.changes.roles import PlacementRequest


def stop_page(request: PlacementRequest, heading: str, told: str) -> HttpResponse:
    """Return a page that tells why not and leads back to the record; 422 if a form was sent."""
    placement, sent = request.subject, request.method == "POST"
    record = "schools:ect" if isinstance(placement, ECTAtSchoolPeriod) else "schools:mentor"
    context = {
        "heading": heading,
        "paragraphs": [told, *(["Nothing was saved."] if sent else [])],
        "action": {
            "text": f"See {placement.teacher.name}’s details",
            "href": reverse(record, args=[placement.pk]),
        },
    }
    return render(request, "schools/stop.jinja", context, status=422 if sent else 200)
