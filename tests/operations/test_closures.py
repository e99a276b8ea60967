"""Closing registration, by operation and by command."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from register_ects.models import Event, RegistrationClosure
from register_ects.operations.base import Author
from register_ects.operations.schools.closures import (
    add_closure,
    change_closure,
    end_closure,
    mark_of_closure,
)
from register_ects.rules.problems import RuleBroken
from tests.factories import RegistrationClosureFactory

AUTHOR = Author.system()
FIRST, LAST = date(2026, 6, 1), date(2026, 6, 14)
WHY = "We are getting ready for the new year."


@pytest.fixture(autouse=True)
def today(on):
    on("2026-05-20")


@pytest.fixture
def closure():
    return RegistrationClosureFactory(starts_on=FIRST, ends_on=LAST, message=WHY)


def change(closure, **changes):
    now = {"starts_on": closure.starts_on, "ends_on": closure.ends_on, "message": closure.message}
    seen = mark_of_closure(closure)
    change_closure(closure, **{**now, "seen": seen, "author": AUTHOR, **changes})


def end(closure):
    end_closure(closure, seen=mark_of_closure(closure), author=AUTHOR)


def held():
    return list(RegistrationClosure.objects.values_list("starts_on", "ends_on", "message"))


def run(*arguments):
    out = StringIO()
    call_command("registration_closure", *arguments, stdout=out)
    return out.getvalue().splitlines()


def test_adds_a_closure_and_tells_of_it():
    add_closure(starts_on=FIRST, ends_on=LAST, message=f" {WHY} ", author=AUTHOR)

    assert held() == [(FIRST, LAST, WHY)]
    event = Event.objects.get()
    assert event.event_type == "registration_closure_added"
    assert event.heading == "Registration closed from 1 June 2026 to 14 June 2026"


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends_on": date(2026, 5, 31)},
        {"starts_on": date(2026, 5, 1), "ends_on": date(2026, 5, 19)},
        {"message": " "},
    ],
)
def test_refuses_days_that_are_over_or_in_the_wrong_order_and_no_message(wrong):
    given = {"starts_on": FIRST, "ends_on": LAST, "message": WHY, "author": AUTHOR, **wrong}
    with pytest.raises(RuleBroken):
        add_closure(**given)

    assert held() == []
    assert not Event.objects.exists()


def test_changes_days_and_words_and_tells_which(closure):
    change(closure, ends_on=date(2026, 6, 16))

    assert held() == [(FIRST, date(2026, 6, 16), WHY)]
    event = Event.objects.get()
    assert event.modifications == ["Ends on changed from '14 Jun 2026' to '16 Jun 2026'"]


def test_a_change_to_the_same_changes_nothing(closure):
    change(closure)

    assert not Event.objects.exists()


def test_nobody_changes_or_ends_what_a_colleague_has_changed(closure):
    shown = mark_of_closure(closure)
    change(closure, message="Other words.")

    with pytest.raises(RuleBroken, match="changed_meanwhile"):
        change(closure, seen=shown)
    with pytest.raises(RuleBroken, match="changed_meanwhile"):
        end_closure(closure, seen=shown, author=AUTHOR)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-05-20", []),
        ("2026-06-01", []),
        ("2026-06-02", [(FIRST, FIRST, WHY)]),
        ("2026-06-14", [(FIRST, date(2026, 6, 13), WHY)]),
    ],
)
def test_ending_a_closure_opens_registration_today(closure, on, today, expected):
    on(today)
    end(closure)

    assert held() == expected
    assert Event.objects.get().event_type == "registration_closure_ended"


def test_what_is_over_cannot_be_ended(closure, on):
    on("2026-06-15")
    with pytest.raises(RuleBroken, match="in_the_past"):
        end(closure)


def test_what_was_called_off_cannot_be_changed(closure):
    shown = RegistrationClosure.objects.get(pk=closure.pk)
    end(closure)

    with pytest.raises(RuleBroken, match="changed_meanwhile"):
        change(shown)


def test_the_command_adds_changes_ends_and_lists():
    (line,) = run("add", "--from", "2026-06-01", "--until", "2026-06-14", "--message", WHY)
    number = line.split(":")[0]

    assert line == f"{number}: 1 June 2026 to 14 June 2026. {WHY}"
    assert run("change", number, "--until", "2026-06-16") == [
        f"{number}: 1 June 2026 to 16 June 2026. {WHY}"
    ]
    assert run("end", number) == ["Registration is open, and no closure is planned."]
    assert run("list") == ["Registration is open, and no closure is planned."]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["end", "1"], "No closure that is not over has number 1"),
        (
            ["add", "--from", "2026-06-14", "--until", "2026-06-01", "--message", WHY],
            "--until must not be before --from",
        ),
        (
            ["add", "--from", "2026-05-01", "--until", "2026-05-02", "--message", WHY],
            "This closure is over",
        ),
        (
            ["add", "--from", "2026-06-01", "--until", "2026-06-02", "--message", ""],
            "--message must say why",
        ),
        (["add", "--from", "tomorrow", "--until", "2026-06-02", "--message", WHY], "invalid _day"),
    ],
)
def test_the_command_says_what_is_wrong(arguments, message):
    with pytest.raises(CommandError, match=message):
        run(*arguments)
