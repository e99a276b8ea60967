"""Addresses of the support console, under /admin."""

from django.urls import path

from support import trs_views, views

app_name = "support"
urlpatterns = [
    path("", views.home, name="home"),
    path("teachers", views.teachers, name="teachers"),
    path("teachers/<uuid:teacher_id>", views.teacher, name="teacher"),
    path("teachers/<uuid:teacher_id>/training", views.training, name="teacher_training"),
    path("teachers/<uuid:teacher_id>/induction", views.induction, name="teacher_induction"),
    path("teachers/<uuid:teacher_id>/payments", views.payments, name="teacher_payments"),
    path("teachers/<uuid:teacher_id>/history", views.history, name="teacher_history"),
    path("trs", trs_views.teaching_record_system, name="trs"),
    path("trs/messages/<int:update_id>/send-again", trs_views.send_again, name="trs_send_again"),
]
