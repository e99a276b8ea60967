"""Tells Django about the lead provider API and its pages."""

from django.apps import AppConfig


class ProvidersConfig(AppConfig):
    """The API of lead providers; starts only with a documentation that is whole."""

    name = "providers"
    verbose_name = "Lead provider API"

    def ready(self) -> None:
        """Read the documentation. Raises UnreadableContent when a file is not whole."""
        from providers.documentation.content import check_content

        check_content()
