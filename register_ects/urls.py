"""Which app answers which address."""

from django.urls import include, path
from django.views.generic import RedirectView

from register_ects.web import feedback, health, notify_receipts, pages, school_choice, sign_in
from register_ects.web.school_addresses import school_area

urlpatterns = [
    path("", pages.landing, name="landing"),
    path("healthcheck", health.healthcheck, name="healthcheck"),
    path("readiness", health.readiness, name="readiness"),
    path("notify/receipts", notify_receipts.receive, name="notify_receipts"),
    *[path(name.replace("_", "-"), pages.page(name), name=name) for name in pages.PAGES],
    path("feedback", feedback.ask, name="feedback"),
    path("feedback/sent", feedback.sent, name="feedback_sent"),
    path("access-denied", pages.access_denied, name="access_denied"),
    path("sign-in", sign_in.choose, name="sign_in"),
    path("sign-in/appropriate-body", sign_in.choose_body, name="choose_body"),
    path("sign-in/school", school_choice.choose_school, name="choose_school"),
    path("sign-out", sign_in.sign_out, name="sign_out"),
    path("switch-role", sign_in.switch_role, name="switch_role"),
    path("admin/impersonate/stop", sign_in.stop_acting, name="stop_acting"),
    path("personas", sign_in.personas, name="personas"),
    path("personas/sign-in", sign_in.persona_sign_in, name="persona_sign_in"),
    path("session/extend", sign_in.extend_session, name="extend_session"),
    *[path(old, pages.moved_to_landing) for old in pages.OLD_ADDRESSES],
    path("", include("providers.urls")),
    path("school", RedirectView.as_view(pattern_name="schools:home")),
    path("school/<int:urn>", school_choice.begin),
    school_area(include("schools.urls")),
    path("appropriate-body", include("appropriate_bodies.urls")),
    path("finance", RedirectView.as_view(pattern_name="finance:home")),
    path("finance/", include("finance.urls")),
    path("admin", RedirectView.as_view(pattern_name="support:home")),
    path("admin/", include("support.urls")),
]

handler400 = "register_ects.web.errors.bad_request"
handler403 = "register_ects.web.errors.forbidden"
handler404 = "register_ects.web.errors.not_found"
handler500 = "register_ects.web.errors.server_error"
