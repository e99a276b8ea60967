"""The page that says why a school cannot do something for one of its people."""

from django.http import HttpResponse
from django.shortcuts import render

from register_ects.models import ECTAtSchoolPeriod
from register_ects.rules.ect_status import needs_mentor
from register_ects.web.school_addresses import reverse
from schools.changes.roles import PlacementRequest


def when_induction_is_over(request: PlacementRequest) -> HttpResponse | None:
    """Say of an ECT whose induction is over, or who is exempt, that nothing of it changes."""
    placement = request.subject
    is_ect = isinstance(placement, ECTAtSchoolPeriod)
    if not is_ect or needs_mentor(placement.teacher.induction_status):
        return None
    name = placement.teacher.name
    told = (
        f"Our records show that {name} has completed, failed or is exempt from induction. Their "
        "training and their appropriate body can no longer be changed. If that is wrong, contact "
        "support."
    )
    return stop_page(request, f"{name}’s induction is over", told)


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
