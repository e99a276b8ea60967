"""The pages about the lead provider API; the API itself is answered by the middleware."""

from django.urls import path

from providers import reference_pages
from providers.documentation.urls import urlpatterns as documentation

urlpatterns = [
    path("api/docs/<slug:version>", reference_pages.reference, name="api_reference"),
    path("api/docs/<slug:version>/changes", reference_pages.changes, name="openapi_changes"),
    path("api/docs/<slug:version>/swagger.yaml", reference_pages.yaml_file, name="openapi_yaml"),
    path("api/docs/<slug:version>/swagger.json", reference_pages.json_file, name="openapi_json"),
    path("api/guidance/swagger-api-documentation", reference_pages.moved),
    *documentation,
]
