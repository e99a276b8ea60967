"""Where records are changed, and leaving is reported: below the address of an ECT or a mentor."""

from django.urls import include, path

from register_ects.web.journey_pages import journey_urls
from register_ects.web.journeys import Journey
from schools.assign_mentor.journey import CHANGE_MENTOR
from schools.changes.appropriate_body.journey import change_appropriate_body
from schools.changes.email_address.journey import change_email_address
from schools.changes.lead_provider.journey import change_lead_provider
from schools.changes.leaving.journey import cancel_leaving_journey, report_leaving_journey
from schools.changes.moving.journey import move_journey
from schools.changes.moving_mentor.journey import move_mentor_journey
from schools.changes.name.journey import change_name
from schools.changes.roles import ECT, MENTOR, Role
from schools.changes.start_date.journey import correct_start_date
from schools.changes.training_programme.journey import CHANGE_TRAINING_PROGRAMME
from schools.changes.working_pattern.journey import change_working_pattern

#: Every change: whose, the last part of its address, and its journey.
CHANGES: list[tuple[Role, str, Journey]] = [
    *((role, "change-name", change_name(role)) for role in (ECT, MENTOR)),
    *((role, "change-email-address", change_email_address(role)) for role in (ECT, MENTOR)),
    (ECT, "change-working-pattern", change_working_pattern()),
    (ECT, "change-appropriate-body", change_appropriate_body()),
    (ECT, "change-start-date", correct_start_date()),
    *((role, "change-lead-provider", change_lead_provider(role)) for role in (ECT, MENTOR)),
    (ECT, "change-training-programme", CHANGE_TRAINING_PROGRAMME),
    (ECT, "change-mentor", CHANGE_MENTOR),
]

#: The same of leaving, which a record that is over still confirms.
LEAVINGS: list[tuple[Role, str, Journey]] = [
    *((role, "report-teacher-leaving", report_leaving_journey(role)) for role in (ECT, MENTOR)),
    *((role, "cancel-teacher-leaving", cancel_leaving_journey(role)) for role in (ECT, MENTOR)),
]

#: The same of moving to another school, for whoever is at several.
MOVES: list[tuple[Role, str, Journey]] = [
    (ECT, "move-to-another-school", move_journey()),
    (MENTOR, "move-to-another-school", move_mentor_journey()),
]

urlpatterns = [
    path(f"{role.path}/<int:subject_id>/{address}/", include(journey_urls(journey)))
    for role, address, journey in (*CHANGES, *LEAVINGS, *MOVES)
]
