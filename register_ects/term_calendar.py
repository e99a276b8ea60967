"""The term calendar of the service: the rules', with the spring terms that settings tell of."""

from django.conf import settings

from register_ects.rules.terms import TermCalendar


def term_calendar() -> TermCalendar:
    """Return the calendar that inductions are counted by."""
    return TermCalendar(tuple(settings.SPRING_TERM_ENDS))
