"""Lists that are not registered yet stand on the home page; what was done can be read meanwhile."""

import pytest

from register_ects.models import RegistrationBatch
from register_ects.operations.batches.collecting import start_batch
from tests.factories import RegistrationClosureFactory
from tests.registrations import AUTHOR
from tests.schools.several.people import SEVERAL

HOME = "/school/home"


@pytest.fixture
def batch(world):
    return start_batch(world.oak, choices={}, author=AUTHOR)


def set_state(batch, state):
    confirmed = {
        "confirmed_by_name": AUTHOR.name,
        "confirmed_by_email": AUTHOR.email,
        "confirmed_at": batch.created_at,
        "finished_at": batch.created_at if state == "done" else None,
    }
    more = confirmed if state in ("registering", "done") else {}
    RegistrationBatch.objects.filter(pk=batch.pk).update(state=state, **more)


@pytest.mark.parametrize("state", ["uploaded", "checking", "ready"])
def test_a_list_to_go_on_with_is_linked(batch, oak, state):
    set_state(batch, state)

    page = oak.get(HOME)

    assert "Lists of several ECTs not registered yet" in page.text
    assert "Kept until 17 September 2026" in page.text
    assert "Nothing needs you today." not in page.text
    (link,) = [a for a in page.select("main a") if str(batch.pk) in a["href"]]
    assert link.text.startswith("List, made on 10 September 2026")


@pytest.mark.parametrize("state", ["registering", "done", "discarded"])
def test_others_are_not(batch, oak, state):
    set_state(batch, state)

    assert str(batch.pk) not in str(oak.get(HOME))


def test_one_whose_time_is_up_is_not(batch, oak, on):
    on("2026-09-18")

    assert str(batch.pk) not in str(oak.get(HOME))


def test_another_school_sees_none(world, batch, sign_in):
    assert str(batch.pk) not in str(sign_in(world.elm).get(HOME))


def test_while_registration_is_closed_it_is_named_and_leads_nowhere(batch, oak):
    RegistrationClosureFactory(starts_on="2026-09-10", ends_on="2026-09-10")

    page = oak.get(HOME)

    assert "List, made on 10 September 2026" in page.text
    assert str(batch.pk) not in str(page)
    closed = oak.get(f"{SEVERAL}/{batch.pk}").follow()
    assert closed.h1 == "Registration is closed until 11 September 2026"
    assert "a list of several ECTs for 7 days after it was made" in closed.text


def test_what_became_of_a_list_is_shown_while_registration_is_closed(batch, oak):
    set_state(batch, "done")
    RegistrationClosureFactory(starts_on="2026-09-10", ends_on="2026-09-10")

    assert oak.get(f"{SEVERAL}/{batch.pk}").status_code == 200
    assert oak.get(f"{SEVERAL}/{batch.pk}/result.csv").status_code == 200
