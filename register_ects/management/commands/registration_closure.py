"""Close registration for some days, change which, open it again, or list what is planned."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from register_ects import clock
from register_ects.formats import govuk_date
from register_ects.management.refused import refusing_with
from register_ects.models import RegistrationClosure
from register_ects.operations.base import Author
from register_ects.operations.schools.closures import (
    add_closure,
    change_closure,
    end_closure,
    mark_of_closure,
)

_WORDING = {
    "ends_on before_start": "--until must not be before --from",
    "ends_on in_the_past": "This closure is over: --until must be today or later",
    "message empty": "--message must say why, in a sentence",
}


class Command(BaseCommand):
    """Prints the closures that are not over, each with its number."""

    help = "Close registration for schools from one day to another, both inclusive."

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="command", required=True)
        commands.add_parser("list", help="what is planned")
        add = commands.add_parser("add", help="close registration for some days")
        change = commands.add_parser("change", help="give a closure other days or words")
        end = commands.add_parser("end", help="open registration today, or call a closure off")
        for each in (change, end):
            each.add_argument("number", type=int, help="as list tells it")
        for each in (add, change):
            needed = each is add
            each.add_argument("--from", dest="starts_on", type=_day, required=needed, metavar="DAY")
            each.add_argument("--until", dest="ends_on", type=_day, required=needed, metavar="DAY")
            each.add_argument("--message", required=needed, help="why, as schools read it")

    def handle(self, *args: Any, **options: Any) -> None:
        with refusing_with(_WORDING):
            self._carry_out(options)
        for closure in _planned():
            days = f"{govuk_date(closure.starts_on)} to {govuk_date(closure.ends_on)}"
            self.stdout.write(f"{closure.pk}: {days}. {closure.message}")
        if not _planned():
            self.stdout.write("Registration is open, and no closure is planned.")

    def _carry_out(self, options: dict[str, Any]) -> None:
        command, author = options["command"], Author.system()
        given = {name: options.get(name) for name in ("starts_on", "ends_on", "message")}
        if command == "add":
            add_closure(**given, author=author)  # type: ignore[arg-type]  # all are required
        if command in ("change", "end"):
            closure = next((one for one in _planned() if one.pk == options["number"]), None)
            if closure is None:
                raise CommandError(f"No closure that is not over has number {options['number']}")
            seen = mark_of_closure(closure)
            if command == "end":
                end_closure(closure, seen=seen, author=author)
                return
            held = {name: value or getattr(closure, name) for name, value in given.items()}
            change_closure(closure, **held, seen=seen, author=author)


def _planned() -> list[RegistrationClosure]:
    left = RegistrationClosure.objects.filter(ends_on__gte=clock.today())
    return list(left.order_by("starts_on", "pk"))


def _day(text: str) -> date:
    return date.fromisoformat(text)
