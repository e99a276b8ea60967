"""The addresses of a body's files, under /appropriate-body/bulk (spec 06 §6.4)."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from appropriate_bodies.bulk import choosing, views
from appropriate_bodies.bulk.kinds import KINDS


class _KindConverter(StringConverter):
    """One of the kinds of file."""

    regex = "|".join(KINDS)


register_converter(_KindConverter, "kind_of_file")
_KIND = "<kind_of_file:slug>"
_BATCH = f"{_KIND}/<int:batch_id>"

urlpatterns = [
    path(_KIND, views.history, name="bulk"),
    path(f"{_KIND}/new", views.upload, name="bulk_upload"),
    path(f"{_KIND}/choose", choosing.choose, name="bulk_choose"),
    *(
        path(f"{_KIND}/template.{kind}", views.template, {"extension": kind}, name="bulk_template")
        for kind in ("csv", "xlsx")
    ),
    path(_BATCH, views.batch, name="bulk_batch"),
    path(f"{_BATCH}/columns", views.columns, name="bulk_columns"),
    path(f"{_BATCH}/confirm", views.confirm, name="bulk_confirm"),
    path(f"{_BATCH}/check", views.check, name="bulk_check"),
    path(f"{_BATCH}/discard", views.discard, name="bulk_discard"),
    *(
        path(f"{_BATCH}.{kind}", views.problems, {"extension": kind}, name="bulk_problems")
        for kind in ("csv", "xlsx")
    ),
]
