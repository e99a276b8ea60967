"""The routes to professional statuses in the JSON that TRS sends. Source: spec 06, 6.18.

Apart from what everybody's record needs (``wire.py``): a detail that cannot be read here spoils no
claim and no refresh.
"""

import re
from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel

from register_ects.integrations.trs.records import Route


def _date_if_readable(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


_Day = Annotated[date | None, BeforeValidator(_date_if_readable)]


class _Wire(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, hide_input_in_errors=True)


class _Named(_Wire):
    name: str | None = None


class _Provider(_Named):
    ukprn: str | None = None


class _Ages(_Wire):
    type: str | None = None
    first: int | None = Field(None, alias="from")
    last: int | None = Field(None, alias="to")


class _Exemption(_Wire):
    is_exempt: bool | None = None
    exemption_reasons: list[_Named] | None = None


class _Route(_Wire):
    route_to_professional_status_type: _Named | None = None
    status: str | None = None
    holds_from: _Day = None
    training_start_date: _Day = None
    training_end_date: _Day = None
    training_subjects: list[_Named] | None = None
    training_age_specialism: _Ages | None = None
    training_country: _Named | None = None
    training_provider: _Provider | None = None
    degree_type: _Named | None = None
    induction_exemption: _Exemption | None = None

    def to_route(self) -> Route:
        provider = self.training_provider or _Provider()
        exemption = self.induction_exemption or _Exemption()
        return Route(
            name=_name(self.route_to_professional_status_type),
            status=_in_words(self.status),
            provider=provider.name,
            ukprn=provider.ukprn,
            started_on=self.training_start_date,
            ended_on=self.training_end_date,
            awarded_on=self.holds_from,
            subjects=_names(self.training_subjects),
            ages=_ages(self.training_age_specialism),
            country=_name(self.training_country),
            degree_type=_name(self.degree_type),
            is_exempt=bool(exemption.is_exempt),
            exemptions=_names(exemption.exemption_reasons),
        )


class PersonWithRoutes(_Wire):
    """The body of a read that asks for routes alone."""

    trn: str
    routes_to_professional_statuses: list[_Route] | None = None

    def to_routes(self) -> tuple[Route, ...]:
        """Return the routes, the latest training first."""
        routes = [each.to_route() for each in self.routes_to_professional_statuses or []]
        routes.sort(key=lambda route: route.ended_on or date.min, reverse=True)
        return tuple(routes)


def _name(named: _Named | None) -> str | None:
    return named.name if named else None


def _names(several: list[_Named] | None) -> tuple[str, ...]:
    return tuple(each.name for each in several or [] if each.name)


def _in_words(code: str | None) -> str | None:
    """Write "InTraining" as "In training"."""
    if not code:
        return None
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[a-z])(?=[0-9])", " ", code)
    return words[0].upper() + words[1:].lower()


def _ages(ages: _Ages | None) -> str | None:
    if ages is None:
        return None
    if ages.first is not None and ages.last is not None:
        return f"{ages.first} to {ages.last}"
    return _in_words(ages.type)
