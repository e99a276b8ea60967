"""The addresses of several ECTs, under /school/register-several."""

from django.urls import path

from schools.several import choices_views, correct_views, row_views, upload_views, views

urlpatterns = [
    path("", views.start, name="several"),
    path("/by-hand", choices_views.by_hand, name="several_by_hand"),
    path("/upload", upload_views.upload, name="several_upload"),
    path("/template.csv", upload_views.template, {"kind": "csv"}, name="several_template"),
    path("/template.xlsx", upload_views.template, {"kind": "xlsx"}, name="several_template"),
    path("/<uuid:batch_id>/columns", upload_views.columns, name="several_columns"),
    path("/<uuid:batch_id>", views.batch, name="several_batch"),
    path("/<uuid:batch_id>/confirm", views.confirm, name="several_confirm"),
    path("/<uuid:batch_id>/choices", choices_views.choices, name="several_choices"),
    path("/<uuid:batch_id>/correct", correct_views.correct, name="several_correct"),
    path("/<uuid:batch_id>/check", views.check, name="several_check"),
    path("/<uuid:batch_id>/delete", views.discard, name="several_discard"),
    path("/<uuid:batch_id>/problems.csv", views.problems, {"kind": "csv"}, name="several_problems"),
    path(
        "/<uuid:batch_id>/problems.xlsx", views.problems, {"kind": "xlsx"}, name="several_problems"
    ),
    path("/<uuid:batch_id>/result.csv", views.result, name="several_result"),
    path("/<uuid:batch_id>/add", row_views.add, name="several_add"),
    path("/<uuid:batch_id>/rows/<int:number>", row_views.change, name="several_row"),
    path("/<uuid:batch_id>/rows/<int:number>/remove", row_views.remove, name="several_remove"),
]
