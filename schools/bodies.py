"""The appropriate bodies that a school may choose for an ECT, and the question (spec 05 §6.4)."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from register_ects import clock
from register_ects.models import AppropriateBody, School
from register_ects.rules.person_search import plain
from register_ects.web.forms import Choice, GovukForm, RadiosField, SelectField


class StateSchoolBodyForm(GovukForm):
    """A state-funded school chooses a teaching school hub."""

    question = "appropriate_body"
    appropriate_body = SelectField(
        label="Which appropriate body will support {name}’s induction?",
        hint="{local_hubs}",
        typing_hint="Start typing the name of the teaching school hub.",
        autocomplete=True,
        required_message="Select the appropriate body that will support the induction",
    )


class IndependentSchoolBodyForm(GovukForm):
    """An independent school chooses the national body or a hub."""

    question = "body_kind"
    body_kind = RadiosField(
        label="Which appropriate body will support {name}’s induction?",
        items=(
            Choice("national", "Independent Schools Teacher Induction Panel (ISTIP)"),
            Choice("hub", "A different appropriate body (teaching school hub)", conditional="hub"),
        ),
        required_message="Select the appropriate body that will support the induction",
    )
    hub = SelectField(
        label="Teaching school hub",
        hint="{local_hubs}",
        typing_hint="Start typing its name.",
        autocomplete=True,
        required_message="Select a teaching school hub",
    )


class BodiesOnOffer:
    """The bodies that a school may choose; ``without`` is the one that the ECT has."""

    def __init__(self, school: School, *, without: AppropriateBody | None = None) -> None:
        self.school = school
        self.without = without

    @cached_property
    def _hubs(self) -> QuerySet[AppropriateBody]:
        hubs = AppropriateBody.objects.active(clock.today()).teaching_school_hubs()
        if self.without is not None:
            hubs = hubs.exclude(pk=self.without.pk)
        return hubs.order_by("name").prefetch_related("former_names")

    @cached_property
    def local_hubs(self) -> list[AppropriateBody]:
        """Return the active hubs that serve the school's district (spec 05 §6.4 Improve)."""
        district = self.school.gias_school.administrative_district_name
        if not district:
            return []
        return list(self._hubs.filter(regions__districts__name=district).distinct())

    @property
    def hubs(self) -> list[AppropriateBody]:
        """Return every hub on offer by name, those of the school's district first."""
        local = self.local_hubs
        # As people read them: the database puts capitals first, and accents last.
        return sorted(self._hubs, key=lambda hub: (hub not in local, plain(hub.name)))

    @property
    def has_national(self) -> bool:
        """Whether the national body is on offer: to independent schools, unless the ECT has it."""
        has_it = self.without is not None and self.without.name == AppropriateBody.ISTIP
        return self.school.is_independent and not has_it

    def choices(self) -> list[Choice]:
        """Return the hubs as options, each found by its former names too."""
        return [
            Choice(str(hub.pk), hub.name, also=tuple(each.name for each in hub.former_names.all()))
            for hub in self.hubs
        ]

    def choices_with_national(self) -> list[Choice]:
        """Return the options with the national body first, where it is on offer."""
        choices = self.choices()
        if self.has_national:
            national = AppropriateBody.objects.filter(name=AppropriateBody.ISTIP)
            choices[:0] = [Choice(str(one.pk), one.name, also=("ISTIP",)) for one in national]
        return choices

    def hint(self) -> str:
        """Return the hint that names the hubs of the school's area, which come first."""
        if not self.local_hubs:
            return ""
        which = "hubs for your area are" if len(self.local_hubs) > 1 else "hub for your area is"
        names = ", ".join(hub.name for hub in self.local_hubs)
        return f"The {which} {names}, first in the list. You can choose another."


def chosen_body(given: Mapping[str, Any], *, with_national: bool) -> AppropriateBody | None:
    """Return the body that was chosen, of the form with the national body or the one without."""
    if with_national and given.get("body_kind") == "national":
        return AppropriateBody.objects.filter(name=AppropriateBody.ISTIP).first()
    key = given.get("hub" if with_national else "appropriate_body")
    return AppropriateBody.objects.filter(pk=key).first() if key else None
