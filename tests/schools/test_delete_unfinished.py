"""What was entered about somebody who is not registered can be deleted (spec 05 §20.4)."""

import pytest

from register_ects.models import JourneyDraft
from tests.factories import RegistrationClosureFactory
from tests.schools.ect_journey import answers_for, begin, walk
from tests.schools.mentor_journey import new_mentor, register

HOME, LIST = "/school/home", "/school/home/ects"

pytestmark = pytest.mark.usefixtures("trs")


def address(browser, page=HOME):
    (link,) = [a for a in browser.get(page).select("main a") if a["href"].endswith("/delete")]
    return link["href"]


@pytest.mark.parametrize("where", [HOME, LIST])
def test_it_is_asked_first_and_then_gone(world, oak, where):
    walk(oak, answers_for(world), to="training")

    asked = oak.get(address(oak, where))
    assert asked.h1 == "Delete what was entered about Zofia Lis"
    assert JourneyDraft.objects.exists()

    done = oak.submit(asked, {}).follow()
    assert "What was entered about Zofia Lis was deleted" in done.text
    assert not JourneyDraft.objects.exists()
    assert "Continue registering" not in oak.get(LIST).text


def test_a_mentors_registration_is_deleted_too(oak, asha):
    register(oak, asha, new_mentor(), to="check-answers")

    oak.submit(oak.get(address(oak)), {})

    assert not JourneyDraft.objects.exists()


def test_it_can_be_deleted_while_registration_is_closed(world, oak):
    walk(oak, answers_for(world), to="training")
    RegistrationClosureFactory(starts_on="2026-09-10", ends_on="2026-09-10")

    oak.submit(oak.get(address(oak)), {})

    assert not JourneyDraft.objects.exists()


def test_twice_or_by_another_school_finds_nothing(world, oak, sign_in):
    walk(oak, answers_for(world), to="training")
    there = address(oak)

    other = there.replace(str(world.oak.urn), str(world.elm.urn))
    assert sign_in(world.elm).get(other).status_code == 404
    assert JourneyDraft.objects.exists()
    oak.post(there, {})
    assert oak.post(there, {}).status_code == 404


def test_a_finished_registration_cannot_be_deleted(world, oak):
    oak.submit(walk(oak, answers_for(world), to="check-answers"), {})
    draft = JourneyDraft.objects.get()

    assert oak.post(f"/school/unfinished/{draft.pk}/delete", {}).status_code == 404
    assert JourneyDraft.objects.exists()


def test_a_page_begun_without_a_person_is_not_offered(oak):
    begin(oak)

    assert "/delete" not in str(oak.get(HOME))
