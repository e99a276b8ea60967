"""The pages about the lead provider API; the API itself is answered by the middleware."""

from django.urls import path

from providers import reference_pages
from providers.documentation.urls import urlpatterns as documentation

urlpatterns = [
    path("api/docs/<slug:version>", reference_pages.reference, name="api_reference"),
    path("api/docs/<slug:version>/changes", reference_pages.changes, name="openapi_changes"),
    *[
        path(
            f"api/docs/<slug:version>/{name}.{kind}",
            reference_pages.file,
            {"kind": kind, "notation": notation},
            name=f"openapi_{kind}{suffix}",
        )
        for name, notation, suffix in (("swagger", "3.1", ""), ("swagger-3.0", "3.0", "_30"))
        for kind in ("yaml", "json")
    ],
    path("api/guidance/swagger-api-documentation", reference_pages.moved),
    *documentation,
]
