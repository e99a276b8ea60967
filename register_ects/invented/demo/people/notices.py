"""A notice above every page, until the Saturday after next at most."""

from datetime import timedelta

from register_ects import clock
from register_ects.formats import govuk_date
from register_ects.operations.base import Author
from register_ects.operations.messages.service_notices import add_notice


def announce_maintenance() -> None:
    """Tell everybody of maintenance on a Saturday morning, three to nine days ahead."""
    today = clock.today()
    day = today + timedelta(days=3 + (2 - today.weekday()) % 7)
    add_notice(
        message=f"On {govuk_date(day)}, from 8am to 10am, the Teaching Record System (TRS) is "
        "maintained. You cannot look people up then.",
        starts_at=clock.now(),
        ends_at=clock.london_midnight(day) + timedelta(hours=10),
        author=Author.system(),
    )
