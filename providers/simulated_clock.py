"""The header ``X-With-Server-Date``: run one request as if it were another day.

Never in production. Source: spec 02 §2.17.3 with its Improves, spec 00.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest

from providers.errors import bad_request
from register_ects import clock
from register_ects.rules.instants import read_instant

#: Those that may be simulated.
_YEARS = range(1900, 3000)


@contextmanager
def simulated_clock(request: HttpRequest) -> Iterator[datetime | None]:
    """Set the clock for this request if it asks for it; a plain date is midnight in London.

    Gives the simulated instant, None without one. Raises a 400 for a value that is no date, or
    is so far away that the days around it cannot be reckoned with.
    """
    wanted = request.headers.get("X-With-Server-Date")
    if settings.PRODUCTION or wanted is None:
        yield None
        return
    try:
        moment = read_instant(wanted.strip(), date_allowed=True)
        if moment.year not in _YEARS:
            raise ValueError("Too far away")
    except ValueError:
        raise bad_request(
            "X-With-Server-Date must be an ISO 8601 date or date-time, such as"
            " 2025-10-03T09:30:00Z.",
            code="request.bad_server_date",
        ) from None
    with clock.simulate(moment):
        yield moment
