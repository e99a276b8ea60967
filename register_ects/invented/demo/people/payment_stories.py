"""What finance looks for on a statement, at any date: one story each.

Declarations are made, voided and clawed back between any two deadlines of the contract period
2025, until the end of 2027, so that the statement that waits to be authorised has something of
each. Finance adjusts it: see ``settling``.
"""

from register_ects.invented.demo.people.plan import Plan, is_known_to_trs
from register_ects.invented.demo.people.stories import AMBITION, NATIONAL_INSTITUTE, Story
from register_ects.invented.organisations import ELSEWHERE, OTHER_HUB, WALKDEN
from register_ects.rules.enumerations import EvidenceType

#: Six starts, where the bands of the contract have four places.
BEYOND_THE_BANDS = ("3000221", "3000222", "3000223", "3000224", "3000225", "3000226")


def declared_beyond_the_bands(plan: Plan) -> None:
    """Six ECTs declared under a contract with four places; the last one is clawed back.

    Iona MacAllister to Linh Ng. The fifth and the sixth earn nothing, and nothing is recovered.
    The school has no uplift, which would be paid beyond the bands too.
    """
    urn = ELSEWHERE[0]
    plan.partners("2024-06-24", urn=urn, lead_provider=NATIONAL_INSTITUTE, year=2024)
    for number, trn in enumerate(BEYOND_THE_BANDS):
        is_known_to_trs(trn, qts_from="2024-07-01")
        plan.registers_ect(
            "2024-09-03", urn=urn, trn=trn, lead_provider=NATIONAL_INSTITUTE, hub=OTHER_HUB
        )
        plan.claims("2024-09-24", trn=trn, starts="2024-09-03", hub=OTHER_HUB)
        plan.declares(f"2024-11-{11 + number}", trn=trn, lead_provider=NATIONAL_INSTITUTE)
    plan.voids("2025-05-08", trn=BEYOND_THE_BANDS[-1], what="started")


def declared_voided_and_clawed_back(plan: Plan) -> None:
    """Khalid Jama's and João Karagiannis's lead provider often declares what it then takes back."""
    plan.partners("2025-06-24", urn=WALKDEN, lead_provider=AMBITION, year=2025)
    for trn in ("3000227", "3000228"):
        is_known_to_trs(trn, qts_from="2025-07-01")
        plan.registers_ect("2025-09-02", urn=WALKDEN, trn=trn, lead_provider=AMBITION)
        plan.claims("2025-09-22", trn=trn, starts="2025-09-02")
    _khalid(plan, "3000227")
    _joao(plan, "3000228")


def _khalid(plan: Plan, trn: str) -> None:
    _declares(plan, "2025-11-13", trn, "started")
    _declares(plan, "2026-02-12", trn, "retained-1")
    plan.voids("2026-02-26", trn=trn, what="retained-1")
    _declares(plan, "2026-03-12", trn, "retained-1")
    # Paid in August: clawed back, and declared again.
    plan.voids("2026-09-10", trn=trn, what="retained-1")
    _declares(plan, "2026-09-17", trn, "retained-1")
    _declares(plan, "2026-11-26", trn, "retained-2")
    plan.voids("2026-12-03", trn=trn, what="retained-2")
    _declares(plan, "2027-02-11", trn, "retained-2")
    _declares(plan, "2027-09-09", trn, "retained-3")


def _joao(plan: Plan, trn: str) -> None:
    _declares(plan, "2025-11-20", trn, "started")
    plan.voids("2025-12-04", trn=trn, what="started")
    _declares(plan, "2026-01-22", trn, "started")
    _declares(plan, "2026-05-14", trn, "retained-1")
    _declares(plan, "2026-10-08", trn, "retained-2")
    plan.voids("2026-10-15", trn=trn, what="retained-2")
    _declares(plan, "2026-11-19", trn, "retained-2")
    # Paid in April: clawed back, and declared again.
    plan.voids("2027-05-13", trn=trn, what="retained-2")
    _declares(plan, "2027-05-20", trn, "retained-2")
    _declares(plan, "2027-11-18", trn, "retained-3")


def _declares(plan: Plan, day: str, trn: str, what: str) -> None:
    evidence = (
        EvidenceType.ENGAGEMENT_MET
        if what == "retained-2"
        else EvidenceType.TRAINING_EVENT_ATTENDED
    )
    plan.declares(day, trn=trn, lead_provider=AMBITION, what=what, evidence=evidence)


PAYMENT_STORIES: tuple[Story, ...] = (declared_beyond_the_bands, declared_voided_and_clawed_back)
