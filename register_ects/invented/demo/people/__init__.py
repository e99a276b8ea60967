"""The demo's teachers, mentors and staff, each with a history that shows something.

Every history is played through the operations that the pages use, on its own days, in order:
see ``stories``, ``payment_stories`` and ``last_weeks``. What is kept for a time only begins on the
day itself. The people are invented; the schools are real.
"""

from django.db import transaction

from register_ects import clock
from register_ects.invented.demo.people.begun import begin_registration
from register_ects.invented.demo.people.files_of_bodies import upload_files
from register_ects.invented.demo.people.last_weeks import in_the_last_weeks
from register_ects.invented.demo.people.lists import begin_lists, last_day_to_register
from register_ects.invented.demo.people.measured import record_visits
from register_ects.invented.demo.people.notices import announce_maintenance
from register_ects.invented.demo.people.payment_stories import PAYMENT_STORIES
from register_ects.invented.demo.people.plan import Plan
from register_ects.invented.demo.people.settling import settle_emails
from register_ects.invented.demo.people.stories import STORIES
from register_ects.invented.demo.people.users import create_staff
from register_ects.invented.organisations import BUILE_HILL, HAZEL_GROVE
from register_ects.models import GIASSchool, Teacher
from register_ects.operations.registration_days import count_registrations


@transaction.atomic
def load_people() -> None:
    """Create the people of the demo, once: all of them or none. A second run does no harm."""
    create_staff()
    schools_are_loaded = GIASSchool.objects.filter(urn=HAZEL_GROVE).exists()
    if Teacher.objects.exists() or not schools_are_loaded:
        return
    plan = planned()
    in_the_last_weeks(plan, clock.today())
    plan.carry_out()
    settle_emails()
    begin_what_waits()


def planned() -> Plan:
    """Return a plan of every action of every story; nothing is done yet."""
    plan = Plan()
    for story in (*STORIES, *PAYMENT_STORIES):
        story(plan)
    return plan


def begin_what_waits() -> None:
    """Begin what people find on the day that the demo is loaded: work to go on with, and news."""
    if clock.today() <= last_day_to_register():
        begin_lists()
        begin_registration(BUILE_HILL, trn="3000314")
    upload_files()
    record_visits()
    count_registrations()
    announce_maintenance()
