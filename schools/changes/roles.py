"""Whose record a change is about: an ECT's time at the school, or a mentor's."""

from dataclasses import dataclass

from django.shortcuts import get_object_or_404

from register_ects import clock
from register_ects.models import ECTAtSchoolPeriod, MentorAtSchoolPeriod, Placement
from register_ects.web.access import SchoolRequest
from register_ects.web.journeys import Run
from register_ects.web.school_addresses import reverse


class PlacementRequest(SchoolRequest):
    """A school's request about one of its placements."""

    subject: Placement


class ECTRequest(PlacementRequest):
    """A school's request about one of its ECTs."""

    subject: ECTAtSchoolPeriod


@dataclass(frozen=True)
class Role:
    """ECT or mentor. ``name`` stands in the names of journeys, ``path`` in addresses."""

    name: str
    path: str
    model: type[ECTAtSchoolPeriod] | type[MentorAtSchoolPeriod]

    def placement(self, request: SchoolRequest, placement_id: int) -> Placement:
        """Return the placement to change; another school's, or one that is over, is not found."""
        here = self.model.objects.filter(school=request.school).current_or_future(clock.today())
        found: Placement = get_object_or_404(
            here.select_related("teacher", "school__gias_school"), pk=placement_id
        )
        return found

    def any_placement(self, request: SchoolRequest, placement_id: int) -> Placement:
        """Return one of the school's placements, also one that is over; 404 for any other."""
        here = self.model.objects.filter(school=request.school)
        related = here.select_related("teacher", "school__gias_school")
        found: Placement = get_object_or_404(related, pk=placement_id)
        return found

    def record(self, run: Run) -> str:
        """Return where the record is that a change is about: the way back, and out."""
        return reverse(f"schools:{self.name}", args=[run.subject.pk])


ECT = Role("ect", "ects", ECTAtSchoolPeriod)
MENTOR = Role("mentor", "mentors", MentorAtSchoolPeriod)
