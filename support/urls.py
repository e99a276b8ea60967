"""Addresses of the support console, under /admin."""

from django.urls import path

from support import views

app_name = "support"
urlpatterns = [
    path("", views.home, name="home"),
    path("teachers", views.teachers, name="teachers"),
    path("teachers/<uuid:teacher_id>", views.teacher, name="teacher"),
]
