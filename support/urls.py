"""Addresses of the support console, under /admin."""

from django.urls import path

from support import (
    file_views,
    induction_extension_views,
    induction_outcome_views,
    induction_period_views,
    induction_views,
    message_views,
    name_changes,
    reporting_views,
    trs_views,
    views,
)
from support.queries import Part

app_name = "support"
urlpatterns = [
    path("", views.home, name="home"),
    path("teachers", views.teachers, name="teachers"),
    path("teachers/<uuid:teacher_id>", views.teacher, {"part": Part.SUMMARY}, name="teacher"),
    *[
        path(
            f"teachers/<uuid:teacher_id>/{part}",
            views.teacher,
            {"part": part},
            name=f"teacher_{part}",
        )
        for part in Part
        if part
    ],
    path(
        "teachers/<uuid:teacher_id>/induction-periods/new",
        induction_period_views.add,
        name="add_induction_period",
    ),
    path(
        "teachers/<uuid:teacher_id>/induction-periods/<int:period_id>/edit",
        induction_period_views.change,
        name="change_induction_period",
    ),
    path(
        "teachers/<uuid:teacher_id>/induction-periods/<int:period_id>/confirm-delete",
        induction_views.delete,
        name="delete_induction_period",
    ),
    *[
        path(
            f"teachers/<uuid:teacher_id>/record-{outcome}ed-outcome",
            induction_outcome_views.record,
            {"kind": outcome},
            name=f"record_{outcome}",
        )
        for outcome in ("pass", "fail")
    ],
    path(
        "teachers/<uuid:teacher_id>/extensions/<int:extension_id>/confirm-delete",
        induction_extension_views.delete,
        name="delete_extension",
    ),
    path(
        "teachers/<uuid:teacher_id>/reopen-induction/confirm",
        induction_views.reopen,
        name="reopen_induction",
    ),
    path("files", file_views.files, name="files"),
    path("files/<int:batch_id>", file_views.file, name="file"),
    path("reporting/journeys", reporting_views.journeys, name="journeys"),
    path("reporting/feedback", reporting_views.feedback, name="feedback"),
    path("name-changes", name_changes.name_changes, name="name_changes"),
    path("trs", trs_views.teaching_record_system, name="trs"),
    path("emails", message_views.emails, name="emails"),
    path(
        "emails/<int:email_id>/send-again", message_views.send_email_again, name="send_email_again"
    ),
    path("questions", message_views.questions, name="questions"),
    path(
        "questions/<int:query_id>/send-again",
        message_views.send_question_again,
        name="send_question_again",
    ),
    path("trs/messages/<int:update_id>/send-again", trs_views.send_again, name="trs_send_again"),
]
