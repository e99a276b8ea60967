"""Whether the email address of somebody at a school is free."""

from register_ects import clock
from register_ects.database.waiting import wait_for_others
from register_ects.models import ECTAtSchoolPeriod, MentorAtSchoolPeriod


def email_is_taken(email: str, *, trn: str | None) -> bool:
    """Whether another person, at any school, now or later has this address.

    Two people with one address would share a learning account. The same person may reuse their
    own. Case does not matter. Source: spec 05 §6.2 with its Improve.
    """
    today = clock.today()
    return any(
        placements.objects.filter(email=email)
        .current_or_future(today)
        .exclude(teacher__trn=trn)
        .exists()
        for placements in (ECTAtSchoolPeriod, MentorAtSchoolPeriod)
    )


def lock_email(email: str) -> None:
    """Wait until nobody else is about to save this address, and keep it to the end.

    Of two registrations at once with one address, the second then finds that it is taken. First
    of all in an operation that saves one: whoever waits here must hold no row that others want.
    """
    wait_for_others(f"email of a placement {email.lower()}")
