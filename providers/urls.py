"""The pages about the lead provider API; the API itself is answered by the middleware."""

from django.urls import path

from providers import reference_pages
from providers.documentation.urls import urlpatterns as documentation

urlpatterns = [
    path("api/docs/<slug:version>", reference_pages.reference, name="api_reference"),
    path("api/docs/<slug:version>/changes", reference_pages.changes, name="openapi_changes"),
    *[
        path(f"api/docs/<slug:version>/{name}.{kind}", view, {"notation": notation}, name=url_name)
        for name, notation, suffix in (("swagger", "3.1", ""), ("swagger-3.0", "3.0", "_30"))
        for kind, view in (("yaml", reference_pages.yaml_file), ("json", reference_pages.json_file))
        for url_name in [f"openapi_{kind}{suffix}"]
    ],
    path("api/guidance/swagger-api-documentation", reference_pages.moved),
    *documentation,
]
