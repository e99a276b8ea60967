"""The demo's teachers, mentors and staff, each with a history that shows something.

Every history is played through the operations that the pages use, on its own days, in order:
see ``stories`` and ``payment_stories``. The people are invented; the schools are real.
"""

from django.db import transaction

from register_ects.invented.demo.people.cast import create_staff, schools_are_loaded
from register_ects.invented.demo.people.payment_stories import PAYMENT_STORIES
from register_ects.invented.demo.people.stage import Stage
from register_ects.invented.demo.people.stories import STORIES
from register_ects.models import Teacher


@transaction.atomic
def load_people() -> None:
    """Create the people of the demo, once: all of them or none. A second run does no harm."""
    create_staff()
    if Teacher.objects.exists() or not schools_are_loaded():
        return
    planned().play()


def planned() -> Stage:
    """Return a stage with every action of every story planned, and none played."""
    stage = Stage()
    for story in (*STORIES, *PAYMENT_STORIES):
        story(stage)
    return stage
