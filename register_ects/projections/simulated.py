"""What would be stored on a simulated day, for one request (spec 00 "Simulated clock header")."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from register_ects import clock
from register_ects.projections.refresh import refresh, turning_marks


@contextmanager
def shown_as_simulated() -> Iterator[None]:
    """Inside the block read what is shown as of the simulated day, if there is one.

    What the calendar changes between the actual and the simulated day is rendered from the facts
    and put in place of what is stored, in a transaction that is rolled back.
    """
    if not clock.is_simulated():
        yield
        return
    with clock.as_it_is():
        actual_day = clock.today()
    with transaction.atomic():
        simulated_day = clock.today()
        marks = turning_marks(min(actual_day, simulated_day), max(actual_day, simulated_day))
        if marks:
            refresh(marks, as_of_actual_day=False)
        yield
        transaction.set_rollback(True)
