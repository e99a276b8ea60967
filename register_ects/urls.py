"""Which app answers which address."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def healthcheck(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [path("healthcheck", healthcheck)]
