"""Whether the email address of somebody at a school is free."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Set

from register_ects import clock
from register_ects.database.waiting import wait_for_others
from register_ects.models import ECTAtSchoolPeriod, MentorAtSchoolPeriod

#: The TRNs of who has each address, in lower case.
Holders = Mapping[str, Set[str | None]]


def email_is_taken(email: str, *, trn: str | None, holders: Holders | None = None) -> bool:
    """Whether another person, at any school, now or later has this address.

    Two people with one address would share a learning account. The same person may reuse their
    own. Case does not matter. ``holders`` are those of this address and others, where they were
    read before. Source: spec 05 §6.2 with its Improve.
    """
    known = holders_of([email]) if holders is None else holders
    return bool(known.get(email.lower(), set()) - {trn})


def holders_of(emails: Collection[str]) -> Holders:
    """Return who, at any school, now or later has these addresses. Two queries."""
    found = defaultdict(set)
    for placements in (ECTAtSchoolPeriod, MentorAtSchoolPeriod):
        here = placements.objects.current_or_future(clock.today()).filter(email__in=emails)
        for email, trn in here.values_list("email", "teacher__trn"):
            found[email.lower()].add(trn)
    return found


def lock_email(email: str) -> None:
    """Wait until nobody else is about to save this address, and keep it to the end.

    Of two registrations at once with one address, the second then finds that it is taken. First
    of all in an operation that saves one: whoever waits here must hold no row that others want.
    """
    wait_for_others(f"email of a placement {email.lower()}")
