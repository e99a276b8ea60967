"""The addresses of the appropriate body area (spec 06 §6.4), under /appropriate-body."""

from django.urls import URLPattern, URLResolver, path

from appropriate_bodies import claim_views, outcome_views, views

app_name = "appropriate_bodies"

_TEACHER = "/teachers/<int:teacher_id>"
_FAIL = f"{_TEACHER}/record-failed-outcome"
_CLAIM = "/claim-an-ect"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.landing, name="landing"),
    path("/teachers", views.teachers, name="teachers"),
    path("/teachers/open", views.teachers, {"status": "open"}, name="open"),
    path("/teachers/closed", views.teachers, {"status": "closed"}, name="closed"),
    path("/teachers/released", views.teachers, {"status": "released"}, name="released"),
    path(_TEACHER, views.teacher, name="teacher"),
    path(f"{_CLAIM}/find-ect/new", claim_views.find, name="find"),
    path(f"{_CLAIM}/find-ect", claim_views.find),
    path(f"{_CLAIM}/check-ect/<int:pk>/edit", claim_views.check, name="check"),
    path(f"{_CLAIM}/register-ect/<int:pk>/edit", claim_views.register, name="register"),
    path(f"{_CLAIM}/register-ect/<int:pk>", claim_views.claimed, name="claimed"),
    path(f"{_TEACHER}/release/new", outcome_views.release, name="release"),
    path(f"{_TEACHER}/release", outcome_views.release_done, name="release_done"),
    path(f"{_TEACHER}/record-passed-outcome/new", outcome_views.record_pass, name="pass"),
    path(f"{_TEACHER}/record-passed-outcome", outcome_views.pass_done, name="pass_done"),
    path(f"{_FAIL}/confirm", outcome_views.confirm_fail, name="fail_check"),
    path(f"{_FAIL}/new", outcome_views.record_fail, name="fail"),
    path(_FAIL, outcome_views.fail_done, name="fail_done"),
]
