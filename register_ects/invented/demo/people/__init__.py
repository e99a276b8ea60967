"""The demo's teachers, mentors and staff, each with a history that shows something.

Every history is played through the operations that the pages use, on its own days, in order:
see ``stories`` and ``payment_stories``. The people are invented; the schools are real.
"""

from django.db import transaction

from register_ects.invented.demo.people.payment_stories import PAYMENT_STORIES
from register_ects.invented.demo.people.plan import Plan
from register_ects.invented.demo.people.settling import settle_emails
from register_ects.invented.demo.people.stories import STORIES
from register_ects.invented.demo.people.users import create_staff
from register_ects.invented.organisations import HAZEL_GROVE
from register_ects.models import GIASSchool, Teacher


@transaction.atomic
def load_people() -> None:
    """Create the people of the demo, once: all of them or none. A second run does no harm."""
    create_staff()
    schools_are_loaded = GIASSchool.objects.filter(urn=HAZEL_GROVE).exists()
    if Teacher.objects.exists() or not schools_are_loaded:
        return
    planned().carry_out()
    settle_emails()


def planned() -> Plan:
    """Return a plan of every action of every story; nothing is done yet."""
    plan = Plan()
    for story in (*STORIES, *PAYMENT_STORIES):
        story(plan)
    return plan
