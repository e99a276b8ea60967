"""The situations of spec 07 §20, one story each. ``docs/demo.md`` names who shows what.

TRNs are those of the TRS stand-in. Days lie in the contract periods 2021 to 2026.
"""

from collections.abc import Callable

from register_ects.invented.demo.people.plan import Plan, is_known_to_trs
from register_ects.invented.organisations import (
    ASHCROFT,
    BUILE_HILL,
    ELSEWHERE,
    HAZEL_GROVE,
    IN_STORIES,
    LIGHT_OAKS,
    OTHER_HUB,
    REUSE_SCHOOLS,
    WALKDEN,
    pairings,
    school,
)
from register_ects.operations.base import Author
from register_ects.operations.lead_providers.partnerships import create_partnership
from register_ects.rules.enumerations import EvidenceType

Story = Callable[[Plan], None]

AMBITION = "Ambition Institute"
TEACH_FIRST = "Teach First"
UCL = "UCL Institute of Education"
CAPITA = "Capita"
BEST_PRACTICE = "Best Practice Network"
EDUCATION_DEVELOPMENT = "Education Development Trust"
NATIONAL_INSTITUTE = "National Institute of Teaching"


def school_led_with_an_open_induction(plan: Plan) -> None:
    """Lachlan McTavish: school-led, claimed by the hub, mentored."""
    is_known_to_trs("3000101", qts_from="2025-07-01")
    plan.registers_ect("2025-09-03", urn=HAZEL_GROVE, trn="3000101")
    plan.claims("2025-09-19", trn="3000101", starts="2025-09-03", school_led=True)
    plan.registers_mentor("2025-09-04", urn=HAZEL_GROVE, trn="3000102", ect="3000101")


def reported_but_not_claimed(plan: Plan) -> None:
    """Róisín O'Shaughnessy: the hub may claim her. Nathaniel Morgan-Bell has no QTS yet."""
    plan.partners("2026-06-22", urn=HAZEL_GROVE, lead_provider=AMBITION, year=2026)
    plan.registers_ect("2026-09-02", urn=HAZEL_GROVE, trn="3000103", lead_provider=AMBITION)
    plan.registers_ect("2026-09-02", urn=HAZEL_GROVE, trn="7000001", lead_provider=AMBITION)


def claimed_with_an_older_induction_elsewhere(plan: Plan) -> None:
    """Piotr Petrenko: released by another hub, claimed again where he moved to."""
    is_known_to_trs("3000105", qts_from="2024-07-01")
    plan.registers_ect(
        "2024-09-03", urn=BUILE_HILL, trn="3000105", lead_provider=TEACH_FIRST, hub=OTHER_HUB
    )
    plan.claims("2024-09-20", trn="3000105", starts="2024-09-03", hub=OTHER_HUB)
    plan.releases("2025-07-21", trn="3000105", finished="2025-07-18", terms="3")
    plan.registers_ect("2025-09-02", urn=HAZEL_GROVE, trn="3000105", lead_provider=TEACH_FIRST)
    plan.claims("2025-09-22", trn="3000105", starts="2025-09-02")


def claimed_by_another_body(plan: Plan) -> None:
    """Minh Nguyen: reported to one hub, held by another."""
    plan.registers_ect("2026-09-02", urn=BUILE_HILL, trn="3000106", lead_provider=AMBITION)
    plan.claims("2026-09-21", trn="3000106", starts="2026-09-02", hub=OTHER_HUB)


def mentors_of_all_kinds(plan: Plan) -> None:
    """Saira Qureshi mentors without training; Leyla Moretti at three schools at once."""
    plan.registers_ect("2026-09-02", urn=WALKDEN, trn="3000107", lead_provider=UCL)
    plan.registers_ect("2026-09-02", urn=LIGHT_OAKS, trn="3000109", lead_provider=UCL)
    plan.registers_mentor(
        "2026-09-04", urn=WALKDEN, trn="3000108", ect="3000107", lead_provider=UCL
    )
    plan.registers_mentor(
        "2026-09-07",
        urn=LIGHT_OAKS,
        trn="3000108",
        ect="3000109",
        lead_provider=UCL,
        only_here=False,
    )
    plan.registers_mentor(
        "2026-09-08",
        urn=HAZEL_GROVE,
        trn="3000108",
        ect="3000103",
        lead_provider=UCL,
        only_here=False,
    )


def passed_after_a_full_run(plan: Plan) -> None:
    """Rohan Patel: every training point declared and paid, then a pass."""
    is_known_to_trs("3000110", qts_from="2023-07-01")
    plan.partners("2023-06-20", urn=HAZEL_GROVE, lead_provider=AMBITION, year=2023)
    plan.registers_ect("2023-09-01", urn=HAZEL_GROVE, trn="3000110", lead_provider=AMBITION)
    plan.claims("2023-09-15", trn="3000110", starts="2023-09-01")
    for day, what in (
        ("2023-10-12", "started"),
        ("2024-02-08", "retained-1"),
        ("2024-06-06", "retained-2"),
        ("2024-10-10", "retained-3"),
        ("2025-02-06", "retained-4"),
        ("2025-06-05", "completed"),
    ):
        plan.declares(day, trn="3000110", lead_provider=AMBITION, what=what)
    plan.passes("2025-07-16", trn="3000110", finished="2025-07-11", terms="6")


def in_training_with_declarations_in_every_state(plan: Plan) -> None:
    """Ngozi Ogunleye: paid and eligible. Owain Rhys: submitted, since nobody has claimed him."""
    is_known_to_trs("3000112", qts_from="2025-07-01")
    plan.partners("2025-06-23", urn=HAZEL_GROVE, lead_provider=AMBITION, year=2025)
    plan.registers_ect("2025-09-01", urn=HAZEL_GROVE, trn="3000112", lead_provider=AMBITION)
    plan.claims("2025-09-18", trn="3000112", starts="2025-09-01")
    plan.declares("2025-10-09", trn="3000112", lead_provider=AMBITION)
    plan.declares("2026-02-05", trn="3000112", lead_provider=AMBITION, what="retained-1")
    plan.declares(
        "2026-06-04",
        trn="3000112",
        lead_provider=AMBITION,
        what="retained-2",
        evidence=EvidenceType.ENGAGEMENT_MET,
    )
    plan.declares("2026-11-05", trn="3000112", lead_provider=AMBITION, what="retained-3")
    plan.declares("2027-02-04", trn="3000112", lead_provider=AMBITION, what="retained-4")
    plan.declares(
        "2027-06-03",
        trn="3000112",
        lead_provider=AMBITION,
        what="completed",
        evidence=EvidenceType.ENGAGEMENT_MET,
    )
    plan.registers_ect(
        "2026-09-01", urn=HAZEL_GROVE, trn="3000111", lead_provider=AMBITION, part_time=True
    )
    plan.declares("2026-10-08", trn="3000111", lead_provider=AMBITION)


def broken_history_with_two_bodies(plan: Plan) -> None:
    """Morag Ogilvie: a year at one school, a year away, back at another with another hub."""
    is_known_to_trs("3000113", qts_from="2023-07-01")
    plan.partners("2023-06-21", urn=BUILE_HILL, lead_provider=UCL, year=2023)
    plan.registers_ect(
        "2023-09-04", urn=BUILE_HILL, trn="3000113", lead_provider=UCL, hub=OTHER_HUB
    )
    plan.claims("2023-09-22", trn="3000113", starts="2023-09-04", hub=OTHER_HUB)
    plan.declares("2023-10-20", trn="3000113", lead_provider=UCL)
    plan.leaves("2024-07-12", trn="3000113", last_day="2024-07-19")
    plan.releases("2024-07-22", trn="3000113", finished="2024-07-19", terms="3")
    plan.registers_ect("2025-09-01", urn=HAZEL_GROVE, trn="3000113", lead_provider=UCL)
    plan.claims("2025-09-19", trn="3000113", starts="2025-09-01")


def completed_mentor_with_a_clawback(plan: Plan) -> None:
    """Tariq Rahman: his start was clawed back and declared again; his training is complete."""
    is_known_to_trs("3000115", qts_from="2025-07-01")
    plan.registers_ect("2025-09-02", urn=HAZEL_GROVE, trn="3000115", lead_provider=AMBITION)
    plan.registers_mentor(
        "2025-09-05", urn=HAZEL_GROVE, trn="3000114", ect="3000115", lead_provider=AMBITION
    )
    plan.declares("2025-10-06", trn="3000114", lead_provider=AMBITION, mentor=True)
    plan.voids("2026-01-14", trn="3000114", what="started")
    plan.declares("2026-01-21", trn="3000114", lead_provider=AMBITION, mentor=True)
    plan.declares(
        "2026-06-18",
        trn="3000114",
        lead_provider=AMBITION,
        mentor=True,
        what="completed",
        evidence=EvidenceType.ENGAGEMENT_MET,
    )


def changed_mentor(plan: Plan) -> None:
    """Shanice Palmer: one mentor until half-term, then another."""
    plan.registers_ect("2026-09-01", urn=HAZEL_GROVE, trn="3000116", lead_provider=AMBITION)
    plan.registers_mentor(
        "2026-09-03", urn=HAZEL_GROVE, trn="3000117", ect="3000116", lead_provider=AMBITION
    )
    plan.assigns_mentor("2026-11-02", trn="3000102", ect="3000116")


def moved_between_providers(plan: Plan) -> None:
    """Siu-Wai Tanaka: moved school, and each provider has declared."""
    is_known_to_trs("3000118", qts_from="2024-07-01")
    plan.partners("2024-06-18", urn=LIGHT_OAKS, lead_provider=TEACH_FIRST, year=2024)
    plan.partners("2024-06-19", urn=HAZEL_GROVE, lead_provider=AMBITION, year=2024)
    plan.registers_ect("2024-09-02", urn=LIGHT_OAKS, trn="3000118", lead_provider=TEACH_FIRST)
    plan.claims("2024-09-19", trn="3000118", starts="2024-09-02")
    plan.declares("2024-10-10", trn="3000118", lead_provider=TEACH_FIRST)
    plan.registers_ect("2025-01-06", urn=HAZEL_GROVE, trn="3000118", lead_provider=AMBITION)
    plan.declares("2025-02-11", trn="3000118", lead_provider=AMBITION, what="retained-1")


def ect_who_became_a_mentor(plan: Plan) -> None:
    """Rohan Patel again: a year after his pass he mentors Salma Nur."""
    plan.registers_ect("2026-09-02", urn=HAZEL_GROVE, trn="3000119", lead_provider=AMBITION)
    plan.registers_mentor(
        "2026-09-09", urn=HAZEL_GROVE, trn="3000110", ect="3000119", lead_provider=AMBITION
    )


def waiting_for_the_provider(plan: Plan) -> None:
    """Matteo Öztürk: the school named a provider, which has not confirmed yet; his name changed."""
    plan.registers_ect("2026-09-02", urn=ASHCROFT, trn="3000120", lead_provider=TEACH_FIRST)
    plan.changes_name("2026-11-12", trn="3000120", name="Teo Öztürk-Lind")


def left_with_everything_closed(plan: Plan) -> None:
    """Lucy Thackeray: left at the end of the spring term."""
    is_known_to_trs("3000121", qts_from="2025-07-01")
    plan.registers_ect("2025-09-01", urn=HAZEL_GROVE, trn="3000121", lead_provider=AMBITION)
    plan.registers_mentor("2025-09-08", urn=HAZEL_GROVE, trn="3000122", ect="3000121")
    plan.claims("2025-09-26", trn="3000121", starts="2025-09-01")
    plan.leaves("2026-03-20", trn="3000121", last_day="2026-03-27")
    plan.releases("2026-03-30", trn="3000121", finished="2026-03-27", terms="2")


def leaving_soon_and_starting_soon(plan: Plan) -> None:
    """Simran Rao's ECT Rhiannon Tudor leaves at Christmas; Rory Strachan starts in January."""
    plan.registers_ect("2026-09-01", urn=HAZEL_GROVE, trn="3000123", lead_provider=AMBITION)
    plan.leaves("2026-11-16", trn="3000123", last_day="2026-12-18")
    plan.registers_ect(
        "2026-11-17", urn=HAZEL_GROVE, trn="3000125", lead_provider=AMBITION, starts="2027-01-04"
    )


def last_choices_to_use_again(plan: Plan) -> None:
    """Sixteen schools whose last registration can, or cannot, be repeated this year.

    For 2021 to 2024, with a partnership or an interest, reusable in 2026 or not. Moss Hey is the
    seventeenth: it has never registered anyone.
    """
    urns = iter(REUSE_SCHOOLS)
    trn = 3000201
    for year in range(2021, 2025):
        for with_partnership in (True, False):
            for reusable in (True, False):
                _registered_once(plan, next(urns), str(trn), year, with_partnership, reusable)
                trn += 1


def _registered_once(
    plan: Plan, urn: int, trn: str, year: int, with_partnership: bool, reusable: bool
) -> None:
    is_known_to_trs(trn, qts_from=f"{year}-07-01")
    # An interest in a provider that has no contract any more cannot be used again.
    lead_provider = AMBITION if with_partnership or reusable else CAPITA
    if lead_provider == CAPITA and year > 2023:
        lead_provider = AMBITION
    if with_partnership:

        def partner() -> None:
            found = pairings(lead_provider, year)
            if not reusable:
                later = pairings(lead_provider, 2026).order_by().values("delivery_partner")
                found = found.exclude(delivery_partner__in=later)
            if pairing := found.first():
                author = Author.lead_provider(pairing.lead_provider)
                create_partnership(school(urn), pairing, author=author)

        plan.on(f"{year}-06-25", partner)
    plan.registers_ect(f"{year}-09-06", urn=urn, trn=trn, lead_provider=lead_provider)
    plan.leaves(f"{year + 1}-07-10", trn=trn, last_day=f"{year + 1}-07-21")


def somebody_for_every_provider(plan: Plan) -> None:
    """An ECT with a declared start for each lead provider that the stories above are not about."""
    trained = zip(
        (BEST_PRACTICE, EDUCATION_DEVELOPMENT, NATIONAL_INSTITUTE),
        ("3000217", "3000218", "3000219"),
        ELSEWHERE,
        strict=False,
    )
    for lead_provider, trn, urn in trained:
        _started_with(plan, lead_provider, trn, urn, 2025)
    # Its contracts ended with 2023.
    _started_with(plan, CAPITA, "3000220", ELSEWHERE[-1], 2023)
    plan.passes("2025-07-16", trn="3000220", finished="2025-07-11", terms="6")


def _started_with(plan: Plan, lead_provider: str, trn: str, urn: int, year: int) -> None:
    is_known_to_trs(trn, qts_from=f"{year}-07-01")
    plan.partners(f"{year}-06-24", urn=urn, lead_provider=lead_provider, year=year)
    plan.registers_ect(f"{year}-09-04", urn=urn, trn=trn, lead_provider=lead_provider)
    plan.claims(f"{year}-09-23", trn=trn, starts=f"{year}-09-04")
    plan.declares(f"{year}-10-13", trn=trn, lead_provider=lead_provider)


def induction_tutors_confirmed_each_june(plan: Plan) -> None:
    """Every school of the stories has confirmed its induction tutor, but Co-op Academy Walkden."""
    for urn in IN_STORIES:
        plan.names_tutor("2025-06-03", urn=urn)
        if urn != WALKDEN:
            plan.confirms_tutor("2026-06-02", urn=urn)


STORIES: tuple[Story, ...] = (
    school_led_with_an_open_induction,
    reported_but_not_claimed,
    claimed_with_an_older_induction_elsewhere,
    claimed_by_another_body,
    mentors_of_all_kinds,
    passed_after_a_full_run,
    in_training_with_declarations_in_every_state,
    broken_history_with_two_bodies,
    completed_mentor_with_a_clawback,
    changed_mentor,
    moved_between_providers,
    ect_who_became_a_mentor,
    waiting_for_the_provider,
    left_with_everything_closed,
    leaving_soon_and_starting_soon,
    last_choices_to_use_again,
    somebody_for_every_provider,
    induction_tutors_confirmed_each_june,
)
