"""The addresses of the lead provider API: all of them go through the gateway."""

from django.urls import re_path

from providers.gateway import gateway

urlpatterns = [re_path(r"^api/v3(?P<path>(?s:/.*)?)$", gateway, name="lead_provider_api")]
