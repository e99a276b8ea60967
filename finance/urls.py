"""Addresses of the finance pages, under /finance."""

from django.urls import path

from finance import adjustments, views

app_name = "finance"
urlpatterns = [
    path("", views.home, name="home"),
    path("statements", views.statements, name="statements"),
    path("statements/<uuid:statement_id>", views.statement, name="statement"),
    path("statements/<uuid:statement_id>/adjustments/new", adjustments.add, name="add_adjustment"),
    path(
        "statements/<uuid:statement_id>/adjustments/<int:adjustment_id>/edit",
        adjustments.change,
        name="change_adjustment",
    ),
    path(
        "statements/<uuid:statement_id>/adjustments/<int:adjustment_id>/delete",
        adjustments.remove,
        name="remove_adjustment",
    ),
]
