"""Remind schools by email, or count whom that would reach."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from register_ects.formats import plural
from register_ects.operations.base import Author
from register_ects.operations.schools.reminders import mailing, queue_reminders
from register_ects.rules.enumerations import ReminderCampaign


class Command(BaseCommand):
    """Prints how many schools are written to, and how many are left out and why."""

    help = "Queue the emails of a campaign of this year. Schools that it has reached get no other."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("campaign", choices=ReminderCampaign.values)
        parser.add_argument("--dry-run", action="store_true", help="count only: queue nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        campaign = ReminderCampaign(options["campaign"])
        if options["dry_run"]:
            found, queued = mailing(campaign), "would be queued"
        else:
            found, queued = queue_reminders(campaign, author=Author.system()), "queued"
        self.stdout.write(f"{plural(len(found.schools), 'email')} {queued}.")
        for reason, schools in sorted(found.left_out.items()):
            self.stdout.write(f"{plural(schools, 'school')} left out: {reason}.")
