"""Addresses of the finance pages, under /finance."""

from django.urls import path

from finance import views

app_name = "finance"
urlpatterns = [
    path("", views.home, name="home"),
    path("statements", views.statements, name="statements"),
    path("statements/<uuid:statement_id>", views.statement, name="statement"),
]
