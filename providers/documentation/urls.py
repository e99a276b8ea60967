"""Where the pages about the lead provider API are (spec 02 §2.20)."""

from django.urls import path

from providers.documentation import views

urlpatterns = [
    path("api/guidance", views.home, name="api_home"),
    path("api/guidance/status", views.status, name="api_status"),
    path("api/guidance/release-notes", views.notes, name="api_release_notes"),
    path("api/guidance/release-notes.atom", views.feed, name="api_release_notes_feed"),
    path("api/guidance/release-notes/<slug:slug>", views.note, name="api_release_note"),
    path("api/guidance/guidance-for-lead-providers", views.index, name="api_guidance"),
    path(
        "api/guidance/guidance-for-lead-providers/<slug:slug>",
        views.page,
        name="api_guidance_page",
    ),
]
