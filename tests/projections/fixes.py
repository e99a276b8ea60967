"""Data fixes, imports and reference data in little England: written without an operation."""

from __future__ import annotations

from typing import Any

from django.db import models

from register_ects.models import (
    ECTAtSchoolPeriod,
    LeadProviderDeliveryPartnership,
    MentorAtSchoolPeriod,
    MentorshipPeriod,
    SchoolFundingEligibility,
    SchoolPartnership,
    Teacher,
)
from tests.factories import SchoolFundingEligibilityFactory
from tests.projections.chance import Action, Chance


def edit(row: models.Model | None, **values: Any) -> None:
    """Change a row, if there is one, past everything but the database's own rules."""
    if row is not None:
        type(row)._default_manager.filter(pk=row.pk).update(**values)


def a_name_is_corrected(chance: Chance) -> None:
    edit(chance.one(chance.all(Teacher)), corrected_name=f"Name {chance.b % 3}")


def an_email_is_corrected(chance: Chance) -> None:
    model = chance.one((ECTAtSchoolPeriod, MentorAtSchoolPeriod), chance.b)
    row = chance.one(chance.all(model))
    edit(row, email=f"new{chance.c % 3}.{row.pk if row else 0}@school.example.com")


def a_working_pattern_is_corrected(chance: Chance) -> None:
    pattern = chance.one(("full_time", "part_time"), chance.b)
    edit(chance.one(chance.all(ECTAtSchoolPeriod)), working_pattern=pattern)


def trs_knows_more(chance: Chance) -> None:
    people = chance.all(Teacher).filter(anonymised_at=None)
    edit(chance.one(people), trs_induction_start_date=chance.day)


def a_mentorship_ends(chance: Chance) -> None:
    mentorship = chance.one(chance.all(MentorshipPeriod).filter(finished_on=None))
    if mentorship is not None:
        edit(mentorship, finished_on=max(chance.day, mentorship.started_on))


def a_partnership_is_switched(chance: Chance) -> None:
    partnership = chance.one(chance.all(SchoolPartnership))
    others = LeadProviderDeliveryPartnership.objects.filter(
        lead_provider=partnership.lead_provider, contract_period=partnership.contract_period
    )
    edit(partnership, lead_provider_delivery_partnership=chance.one(others, chance.b))


def a_tutor_is_named(chance: Chance) -> None:
    name = f"Tutor {chance.a % 3}"
    edit(chance.school, induction_tutor_name=name, induction_tutor_email=f"t{chance.b % 2}@e.org")


def the_register_changes(chance: Chance) -> None:
    gias = chance.school.gias_school
    values = chance.one(
        [
            {"name": f"School {chance.b % 3}"},
            {"eligible": chance.b % 2 == 0},
            {"primary_contact_email": f"head{chance.b % 2}@school.example.com"},
            {"secondary_contact_email": None},
        ]
    )
    edit(gias, **values)


def an_organisation_is_renamed(chance: Chance) -> None:
    row = chance.one([*chance.england.providers, *chance.england.partners])
    edit(row, name=f"Organisation {row.pk} {chance.b % 3}")


def uplifts_are_loaded(chance: Chance) -> None:
    known = SchoolFundingEligibility.objects.filter(
        gias_school=chance.school.gias_school, contract_period=2024
    )
    if not known.update(sparsity_uplift=chance.a % 2 == 0):
        SchoolFundingEligibilityFactory(
            gias_school=chance.school.gias_school, year=2024, pupil_premium_uplift=True
        )


def a_year_changes_its_uplifts(chance: Chance) -> None:
    """Each England changes a year of its own: two at the same time could undo each other."""
    year = chance.england.years[2 - chance.england.number]
    edit(year, uplift_fees_enabled=chance.b % 2 == 0)


FIXES: list[Action] = [
    a_name_is_corrected,
    an_email_is_corrected,
    a_working_pattern_is_corrected,
    trs_knows_more,
    a_mentorship_ends,
    a_partnership_is_switched,
    a_tutor_is_named,
    the_register_changes,
    an_organisation_is_renamed,
    uplifts_are_loaded,
    a_year_changes_its_uplifts,
]
