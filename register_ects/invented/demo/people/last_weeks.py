"""What schools have done of late, on whatever day the demo is loaded: above all Buile Hill.

Days are counted back from that day, so that what is kept for a time is there to be seen. After the
last contract period nobody can be registered: they are counted back from its end, and no list is
left.
"""

from datetime import date, timedelta

from register_ects.invented.demo.people.lists import (
    last_day_to_register,
    registered_from_a_file,
    term_before,
)
from register_ects.invented.demo.people.plan import Plan
from register_ects.invented.demo.people.settling import NO_SUCH_DOMAIN
from register_ects.invented.demo.people.stories import AMBITION, TEACH_FIRST, UCL
from register_ects.invented.organisations import BUILE_HILL, HAZEL_GROVE, LAURUS, OTHER_HUB
from register_ects.models import ContractPeriod

#: By TRN, as ``docs/demo.md`` names them.
CHANGED_PROVIDER, CHANGED_BODY, LEAVING, MENTOR = "3000126", "3000128", "3000129", "3000127"
#: Moved to another school of their trust.
MOVED = "3000130"


def in_the_last_weeks(plan: Plan, today: date) -> None:
    """Plan what the school has done before ``today``."""
    latest = min(today, last_day_to_register())

    def before(days: int) -> str:
        return str(latest - timedelta(days=days))

    registered = latest - timedelta(days=63)
    period = ContractPeriod.objects.get(started_on__lte=registered, finished_on__gte=registered)
    starts = str(term_before(latest - timedelta(days=70)))
    plan.names_tutor(before(64), urn=BUILE_HILL, domain=NO_SUCH_DOMAIN)
    plan.partners(str(registered), urn=BUILE_HILL, lead_provider=TEACH_FIRST, year=period.year)
    for trn, lead_provider in (
        (CHANGED_PROVIDER, TEACH_FIRST),
        (CHANGED_BODY, AMBITION),
        (LEAVING, AMBITION),
    ):
        plan.registers_ect(
            str(registered), urn=BUILE_HILL, trn=trn, lead_provider=lead_provider, starts=starts
        )
    plan.registers_mentor(before(62), urn=BUILE_HILL, trn=MENTOR, ect=CHANGED_PROVIDER)
    plan.changes_lead_provider(before(20), trn=CHANGED_PROVIDER, lead_provider=UCL)
    plan.changes_body(before(13), trn=CHANGED_BODY, hub=OTHER_HUB)
    plan.changes_name(before(9), trn=CHANGED_BODY, name="Tyra Marsh")
    plan.leaves(before(6), trn=LEAVING, last_day=str(latest + timedelta(days=24)))
    plan.registers_ect(
        str(registered), urn=HAZEL_GROVE, trn=MOVED, lead_provider=AMBITION, starts=starts
    )
    plan.moves(
        before(16),
        trn=MOVED,
        urn=LAURUS,
        lead_provider=AMBITION,
        last_day=before(9),
        starts=before(8),
    )
    plan.on(before(2), registered_from_a_file)
