"""The addresses of the appropriate body area (spec 06 §6.4), under /appropriate-body."""

from django.urls import URLPattern, URLResolver, include, path

from appropriate_bodies import outcome_views, views
from appropriate_bodies.claim_ect.journey import CLAIM_ECT
from register_ects.web.journey_pages import journey_urls

app_name = "appropriate_bodies"

_TEACHER = "/teachers/<int:teacher_id>"
_FAIL = f"{_TEACHER}/record-failed-outcome"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.landing, name="landing"),
    path("/teachers", views.teachers, name="teachers"),
    path("/teachers/open", views.teachers, {"status": "open"}, name="open"),
    path("/teachers/closed", views.teachers, {"status": "closed"}, name="closed"),
    path("/teachers/released", views.teachers, {"status": "released"}, name="released"),
    path(_TEACHER, views.teacher, name="teacher"),
    path("/claim-an-ect/", include(journey_urls(CLAIM_ECT))),
    path(f"{_TEACHER}/release/new", outcome_views.release, name="release"),
    path(f"{_TEACHER}/release", outcome_views.release_done, name="release_done"),
    path(f"{_TEACHER}/record-passed-outcome/new", outcome_views.record_pass, name="pass"),
    path(f"{_TEACHER}/record-passed-outcome", outcome_views.pass_done, name="pass_done"),
    path(f"{_FAIL}/confirm", outcome_views.confirm_fail, name="fail_check"),
    path(f"{_FAIL}/new", outcome_views.record_fail, name="fail"),
    path(_FAIL, outcome_views.fail_done, name="fail_done"),
]
