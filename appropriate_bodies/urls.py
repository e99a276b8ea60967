"""The addresses of the appropriate body area (spec 06 §6.4), under /appropriate-body."""

from django.urls import URLPattern, URLResolver, include, path

from appropriate_bodies import exports, home, outcome_views, views
from appropriate_bodies.agreement import views as agreement
from appropriate_bodies.bulk.urls import urlpatterns as bulk
from appropriate_bodies.claim_ect.journey import CLAIM_ECT
from appropriate_bodies.editing import views as editing
from appropriate_bodies.extensions import views as extensions
from appropriate_bodies.fail_ect.journey import FAIL_ECT
from appropriate_bodies.record import history, training_records
from appropriate_bodies.schools_data import views as schools_data
from appropriate_bodies.schools_data.queries import LISTS
from register_ects.web.journey_pages import journey_urls

app_name = "appropriate_bodies"

_TEACHER = "/teachers/<int:teacher_id>"
_PASS = f"{_TEACHER}/record-passed-outcome"
_EXTENSIONS = f"{_TEACHER}/extensions"
_EXTENSION = f"{_EXTENSIONS}/<int:extension_id>"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.landing, name="landing"),
    path("/teachers", views.teachers, name="teachers"),
    path("/teachers/open", views.teachers, {"status": "open"}, name="open"),
    path("/teachers/closed", views.teachers, {"status": "closed"}, name="closed"),
    path("/teachers/released", views.teachers, {"status": "released"}, name="released"),
    path(_TEACHER, views.teacher, name="teacher"),
    path("/claim-an-ect/", include(journey_urls(CLAIM_ECT))),
    path(f"{_TEACHER}/release/new", outcome_views.close, {"kind": "release"}, name="release"),
    path(f"{_TEACHER}/release", outcome_views.closed, {"kind": "release"}, name="release_done"),
    path(f"{_PASS}/new", outcome_views.close, {"kind": "pass"}, name="pass"),
    path(_PASS, outcome_views.closed, {"kind": "pass"}, name="pass_done"),
    path(f"{_TEACHER}/induction-periods/<int:period_id>/edit", editing.edit, name="edit_period"),
    path(f"{_TEACHER}/itt-data", training_records.training_records, name="training_records"),
    path(f"{_TEACHER}/history", history.history, name="history"),
    path(_EXTENSIONS, extensions.extensions, name="extensions"),
    path(f"{_EXTENSIONS}/new", extensions.add, name="add_extension"),
    path(f"{_EXTENSION}/edit", extensions.change, name="change_extension"),
    path(f"{_EXTENSION}/withdraw", extensions.withdraw, name="withdraw_extension"),
    path("/bulk/", include(bulk)),
    path("/terms-calculator", extensions.calculator, name="terms_calculator"),
    path("/teachers/<int:subject_id>/", include(journey_urls(FAIL_ECT))),
    path("/home", home.home, name="home"),
    path("/home/not-accepted", home.refused, name="refused"),
    path("/inductions.csv", exports.inductions_csv, name="inductions_csv"),
    path("/to-check", agreement.to_check, name="to_check"),
    path("/to-check.csv", agreement.to_check_csv, name="to_check_csv"),
    path("/forecast", agreement.forecast, name="forecast"),
    path("/forecast.csv", agreement.forecast_csv, name="forecast_csv"),
    path(f"{_TEACHER}/compare", agreement.compare, name="compare"),
    path("/schools-data", schools_data.overview, name="schools_data"),
]
for _which in LISTS:
    _address, _kind, _name = f"/schools-data/{_which}", {"which": _which}, _which.replace("-", "_")
    urlpatterns += [
        path(_address, schools_data.records, _kind, name=_name),
        path(f"{_address}.csv", schools_data.records_csv, _kind, name=f"{_name}_csv"),
    ]
