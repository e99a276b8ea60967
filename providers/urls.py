"""The pages about the lead provider API; the API itself is answered by the middleware."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
