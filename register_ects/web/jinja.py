"""The Jinja environment of every page: GOV.UK macros, our templates, a few helpers.

Every template finds the macros of GOV.UK's components that are listed here, such as
``govukButton``. Give macros ``text``, never ``html``, for what people typed: everything else is
escaped.
"""

from collections.abc import Mapping, MutableMapping
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.templatetags.static import static
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader, PrefixLoader

from register_ects import formats
from register_ects.web import feedback, navigation, states
from register_ects.web.school_addresses import reverse

_COMPONENTS = (
    *("back-link", "button", "checkboxes", "date-input", "error-summary", "file-upload"),
    *("footer", "header", "input", "inset-text", "notification-banner", "panel", "phase-banner"),
    *("radios", "select", "service-navigation", "skip-link", "summary-list", "table"),
    *("task-list", "textarea", "warning-text"),
)


class _Environment(Environment):
    """Jinja's, whose globals are all there before the first template is loaded."""

    def make_globals(self, d: Mapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return a template's globals in one dictionary.

        Jinja chains two, and compares them name by name at every import. GOV.UK's macros import
        at every call.
        """
        return {**self.globals, **(d or {})}


def environment(**options: Any) -> Environment:
    """Build the environment; Django passes its own loader and options."""
    govuk = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    options["loader"] = ChoiceLoader([options["loader"], govuk])
    options["undefined"] = ChainableUndefined
    built = _Environment(**options)
    built.globals.update(
        static=static,
        url=_url,
        messages_of=get_messages,
        feedback_about=feedback.about,
        navigation_for=navigation.items_for,
        home_of=navigation.home_of,
        school_in_register=navigation.school_in_register,
        plural=formats.plural,
        settings=settings,
        state_of=states.state_of,
        state_of_statement=states.state_of_statement,
    )
    built.filters.update(
        govuk_date=formats.govuk_date,
        govuk_date_short=formats.govuk_date_short,
        govuk_datetime=formats.govuk_datetime,
        indent=_as_it_is,
        money=formats.money,
        plural=formats.plural,
    )
    for component in _COMPONENTS:
        name = "govuk" + component.title().replace("-", "")
        template = f"govuk_frontend_jinja/components/{component}/macro.html"
        built.globals[name] = getattr(built.get_template(template).module, name)
    return built


def _as_it_is(text: str, *_args: Any) -> str:
    """Return HTML as it is: GOV.UK's macros indent it, line by line, for nobody who reads it.

    It costs a long list more than all else, and puts spaces into what was typed in a text area.
    """
    return text


def _url(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args or None, kwargs=kwargs or None)
