"""What the answers given so far mean: the body that was chosen instead of the one reported."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from register_ects.models import AppropriateBody, ECTAtSchoolPeriod
from schools.bodies import BodiesOnOffer, chosen_body


class BodyAnswers:
    """The answers of one draft, read for one ECT."""

    def __init__(self, given: Mapping[str, Any], ect: ECTAtSchoolPeriod) -> None:
        self.given = given
        self.ect = ect

    @property
    def now(self) -> AppropriateBody | None:
        """Return the body that the school has reported."""
        return self.ect.school_reported_appropriate_body

    @property
    def offered(self) -> BodiesOnOffer:
        """Return the bodies on offer: not the one reported."""
        return BodiesOnOffer(self.ect.school, without=self.now)

    @cached_property
    def new(self) -> AppropriateBody | None:
        """Return the body that was chosen; None when it is no more."""
        return AppropriateBody.objects.filter(pk=self.given["body"]).first()

    @property
    def asked_for(self) -> AppropriateBody | None:
        """Return the body that the form names, as it is asked now."""
        return chosen_body(self.given, with_national=self.offered.has_national)
