"""May a lead provider begin, or correct, a partnership with a school? Pure.

Problems name the API's fields. Source: spec 02 §2.16.3, spec 03 §11.1 and §11.2, spec 00.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from register_ects.rules.contract_periods import ContractPeriodLike
from register_ects.rules.problems import Problem
from register_ects.rules.programme_choice import ProgrammeChoice


@dataclass(frozen=True)
class Proposal:
    """What a lead provider sent, as text; None is absent or null. Ids are public ones."""

    cohort: str | None = None
    school_id: str | None = None
    delivery_partner_id: str | None = None


@dataclass(frozen=True)
class ProposedSchool:
    """The school that was found, in the contract year that was named.

    ``has_partnership`` says that it has one with this provider in that year, with any delivery
    partner.
    """

    is_eligible: bool
    has_partnership: bool = False
    programme_choice: ProgrammeChoice = ProgrammeChoice.NOT_YET_KNOWN


@dataclass(frozen=True)
class ProposedPartner:
    """The delivery partner that was found; ``has_agreement`` with the provider in that year."""

    has_agreement: bool


def year_of(cohort: str | None) -> int | None:
    """Return the year that a cohort names; None for what is no year."""
    text = (cohort or "").strip()
    return int(text) if re.fullmatch(r"[0-9]{4}", text, re.ASCII) else None


def problems_with_creating(
    proposal: Proposal,
    *,
    period: ContractPeriodLike | None,
    school: ProposedSchool | None,
    partner: ProposedPartner | None,
    today: date,
) -> list[Problem]:
    """List the reasons to refuse a partnership, at most one for each field, in order of checks.

    ``period``, ``school`` and ``partner`` are None when nothing was found. Every missing
    attribute is told; what needs a year is not judged while none is given.
    """
    problems: dict[str, Problem] = {}
    for problem in (
        *_missing(proposal),
        *_with_cohort(proposal, period, today),
        *_with_school(school),
        *_with_partner(proposal, partner),
        *_with_school_in_year(period, school),
    ):
        problems.setdefault(problem.field, problem)
    return list(problems.values())


def problems_with_updating(
    delivery_partner_id: str | None, *, partner: ProposedPartner | None, has_another: bool
) -> list[Problem]:
    """List the reason, if any, not to give a partnership another delivery partner.

    Whether its year is open does not matter. ``has_another`` says that the school has another
    partnership with that partner and this provider in that year.
    """
    field = "delivery_partner_id"
    if _is_blank(delivery_partner_id):
        return [Problem(field, "blank")]
    if partner is None:
        return [Problem(field, "unknown")]
    if not partner.has_agreement:
        return [Problem(field, "no_agreement")]
    return [Problem(field, "already_in_partnership")] if has_another else []


def _missing(proposal: Proposal) -> Iterator[Problem]:
    for field in ("cohort", "school_id", "delivery_partner_id"):
        if _is_blank(getattr(proposal, field)):
            yield Problem(field, "blank")


def _with_cohort(
    proposal: Proposal, period: ContractPeriodLike | None, today: date
) -> Iterator[Problem]:
    if period is None:
        yield Problem("cohort", "unknown")
    elif period.started_on > today:
        starts = {"year": period.year, "starts_on": period.started_on}
        yield Problem("cohort", "not_started", starts)
    elif not period.enabled:
        yield Problem("cohort", "closed", {"year": period.year})


def _with_school(school: ProposedSchool | None) -> Iterator[Problem]:
    if school is None:
        yield Problem("school_id", "unknown")
    elif not school.is_eligible:
        yield Problem("school_id", "not_eligible")


def _with_partner(proposal: Proposal, partner: ProposedPartner | None) -> Iterator[Problem]:
    if partner is None:
        yield Problem("delivery_partner_id", "unknown")
    elif not partner.has_agreement and not _is_blank(proposal.cohort):
        yield Problem("delivery_partner_id", "no_agreement")


def _with_school_in_year(
    period: ContractPeriodLike | None, school: ProposedSchool | None
) -> Iterator[Problem]:
    if school is None or period is None:
        return
    if school.has_partnership:
        yield Problem("school_id", "already_in_partnership", {"year": period.year})
    elif school.programme_choice == ProgrammeChoice.SCHOOL_LED:
        yield Problem("school_id", "only_school_led", {"year": period.year})


def _is_blank(text: str | None) -> bool:
    return not (text or "").strip()
