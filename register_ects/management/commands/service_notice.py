"""Show a message on every page for some time, end it, or list what is planned."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from register_ects import clock
from register_ects.formats import govuk_datetime
from register_ects.management.refused import refusing_with
from register_ects.operations.base import Author
from register_ects.operations.messages.service_notices import (
    add_notice,
    end_notice,
    notices_ahead,
)

_WORDING = {
    "message empty": "--message must say what is the matter, in a sentence",
    "ends_at before_start": "--until must be after --from",
    "ends_at in_the_past": "This time is over: --until must be later",
}


class Command(BaseCommand):
    """Prints the notices that are not over, each with its number."""

    help = "Show a message on every page from one time to another, in London time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="command", required=True)
        commands.add_parser("list", help="what is shown and planned")
        add = commands.add_parser("add", help="show a message")
        add.add_argument("--message", required=True, help="what everybody reads")
        add.add_argument("--from", dest="starts_at", type=_time, metavar="TIME", help="or now")
        add.add_argument("--until", dest="ends_at", type=_time, required=True, metavar="TIME")
        end = commands.add_parser("end", help="show a message no longer")
        end.add_argument("number", type=int, help="as list tells it")

    def handle(self, *args: Any, **options: Any) -> None:
        author = Author.system()
        if options["command"] == "add":
            with refusing_with(_WORDING):
                add_notice(
                    message=options["message"],
                    starts_at=options["starts_at"] or clock.now(),
                    ends_at=options["ends_at"],
                    author=author,
                )
        if options["command"] == "end":
            notice = notices_ahead().filter(pk=options["number"]).first()
            if notice is None:
                raise CommandError(f"No notice that is not over has number {options['number']}")
            end_notice(notice, author=author)
        for notice in notices_ahead():
            times = f"{govuk_datetime(notice.starts_at)} to {govuk_datetime(notice.ends_at)}"
            self.stdout.write(f"{notice.pk}: {times}. {notice.message}")
        if not notices_ahead():
            self.stdout.write("No notice is shown, and none is planned.")


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=clock.LONDON)
