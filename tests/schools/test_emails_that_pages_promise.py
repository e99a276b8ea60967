"""A page says that we email somebody only where an email to them waits to be sent."""

import pytest

from register_ects.models import OutgoingEmail
from tests.factories import MentorAtSchoolPeriodFactory
from tests.schools.ect_journey import TRN, answers_for, slug_of, walk
from tests.schools.mentor_journey import confirm, new_mentor, register

pytestmark = pytest.mark.usefixtures("trs")

ADDRESS = "zofia@oak.example.com"
PROMISE = "We’ll email Zofia Lis"


def templates():
    return set(OutgoingEmail.objects.filter(recipient=ADDRESS).values_list("template", flat=True))


@pytest.mark.parametrize("programme", ["provider_led", "school_led"])
def test_an_ect_who_is_registered_is_emailed(world, oak, programme):
    answers = answers_for(world, training={"training_programme": programme})
    check = walk(oak, answers, to="check-answers")
    assert not templates()

    done = confirm(oak, check)

    assert PROMISE in done.text
    assert templates() == {f"ect_registered_{programme}"}


def test_a_new_mentor_is_emailed(oak, asha):
    done = confirm(oak, register(oak, asha, new_mentor()))

    assert PROMISE in done.text
    assert templates() == {"mentor_registered"}


def test_a_mentor_who_was_here_already_is_not_emailed_and_no_page_says_so(world, oak, asha):
    MentorAtSchoolPeriodFactory(
        school=world.oak, teacher__trn=TRN, teacher__corrected_name="Zofia Lis", email=ADDRESS
    )

    page = register(oak, asha, new_mentor())
    assert slug_of(page) == "already-active-at-school"
    done = confirm(oak, page)

    assert slug_of(done) == "confirmation"
    assert PROMISE not in done.text
    assert not templates()
