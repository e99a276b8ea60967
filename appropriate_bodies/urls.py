"""The addresses of the appropriate body area, under /appropriate-body."""

from django.urls import URLPattern, URLResolver

app_name = "appropriate_bodies"
urlpatterns: list[URLPattern | URLResolver] = []
