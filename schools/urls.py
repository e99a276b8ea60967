"""The addresses of the school area, under ``/school/{urn}`` (``web/school_addresses.py``)."""

from typing import Any

from django.urls import include, path
from django.views.generic import RedirectView

from register_ects.web.journey_pages import journey_urls
from schools import opting_out, overview, people, support, views
from schools.assign_mentor.journey import ASSIGN_MENTOR
from schools.changes.urls import urlpatterns as changes
from schools.induction_tutor import emails
from schools.induction_tutor.journey import INDUCTION_TUTOR_JOURNEYS
from schools.register_ect.journey import REGISTER_ECT
from schools.register_mentor.journey import REGISTER_MENTOR
from schools.register_mentor.pages import without_trn
from schools.several.urls import urlpatterns as several
from schools.several_changes.journey import urlpatterns as several_changes
from schools.unfinished import delete_unfinished

app_name = "schools"

#: Journeys that began with a page of what to have ready, which people may have bookmarked.
_BEGAN_WITH_A_LIST = ("register-ect", "register-mentor")


def _begin(journey: str) -> Any:
    return RedirectView.as_view(pattern_name=f"schools:{journey}", query_string=True)


urlpatterns = [
    path("overview", overview.overview, name="overview"),
    path("home", views.home, name="home"),
    path("home/ects", views.ects, name="ects"),
    path("ects", views.ects),
    path("ects/<int:placement_id>", views.ect, name="ect"),
    path("home/mentors", views.mentors, name="mentors"),
    path("mentors", views.mentors),
    path("mentors/<int:placement_id>", views.mentor, name="mentor"),
    path("what-you-need", views.what_you_need, name="what_you_need"),
    path("people", people.people, name="people"),
    path("people.csv", people.people_as_csv, name="people_csv"),
    path("home/induction-tutor", views.induction_tutor, name="induction_tutor"),
    path(
        "registration-window-closed",
        views.registration_window_closed,
        name="registration_window_closed",
    ),
    *(path(f"{name}/what-you-will-need", _begin(name)) for name in _BEGAN_WITH_A_LIST),
    path("register-ect/", include(journey_urls(REGISTER_ECT))),
    path("register-several", include(several)),
    path("unfinished/<uuid:draft_id>/delete", delete_unfinished, name="delete_unfinished"),
    path("register-mentor/no-trn", without_trn, name="mentor_without_trn"),
    path("register-mentor/", include(journey_urls(REGISTER_MENTOR))),
    path("ects/<int:subject_id>/mentorship/", include(journey_urls(ASSIGN_MENTOR))),
    *changes,
    *several_changes,
    *(
        path(f"induction-tutor/{journey.name}/", include(journey_urls(journey)))
        for journey in INDUCTION_TUTOR_JOURNEYS
    ),
    path("induction-tutor/emails", emails.choose, name="tutor_emails"),
    path("support/new", support.ask, name="support"),
    path("support/sent", support.asked, name="support_asked"),
    path("support_queries/new", RedirectView.as_view(pattern_name="schools:support")),
    path("opt-out-of-reminder-emails/new", opting_out.ask, name="opt_out"),
    path("opt-out-of-reminder-emails", opting_out.opt_out, name="opted_out"),
    path("access-denied", views.access_denied, name="access_denied"),
]
