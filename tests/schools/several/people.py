"""People of the stand-in of TRS, as they are typed into a list."""

from register_ects.models import RegistrationBatch
from tests.support.pages import date_parts

ZOFIA, ZOFIA_BORN = "4000006", "1999-02-11"
SEVERAL = "/school/register-several"


def typed(world, **changes):
    """Return what is typed on the page of one person: Zofia Lis, provider-led."""
    answers = {
        "trn": ZOFIA,
        **date_parts("date_of_birth", ZOFIA_BORN),
        "email": "zofia@oak.example.com",
        **date_parts("started_on", "2026-09-01"),
        "working_pattern": "full_time",
        "appropriate_body": str(world.hub.pk),
        "training_programme": "provider_led",
        "lead_provider": str(world.larch.pk),
    }
    return {**answers, **changes}


def cells(**changes):
    """Return a row as a file has it: Zofia Lis, with all that is not shared."""
    row = {
        "trn": ZOFIA,
        "date_of_birth": "11 2 1999",
        "email": "zofia@oak.example.com",
        "started_on": "1 September 2026",
        "working_pattern": "Full time",
    }
    return {**row, **changes}


def shared(world):
    """Return what everybody shares."""
    return {
        "appropriate_body": str(world.hub.pk),
        "training_programme": "provider_led",
        "lead_provider": str(world.larch.pk),
    }


def begin(browser, world):
    """Begin a list by hand; return its page."""
    page = browser.submit(browser.get(f"{SEVERAL}/by-hand"), shared(world)).follow()
    return page, RegistrationBatch.objects.get()
