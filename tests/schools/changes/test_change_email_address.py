"""A school changes an email address (spec 05 §6.1, §6.2, §9)."""

import pytest

from register_ects.models import Event, JourneyDraft, OutgoingEmail
from tests.factories import (
    ECTAtSchoolPeriodFactory,
    MentorAtSchoolPeriodFactory,
    OutgoingEmailFactory,
)
from tests.schools.change_journey import ask, confirm, first_page, rows

FACTORIES = {"ect": ECTAtSchoolPeriodFactory, "mentor": MentorAtSchoolPeriodFactory}
NEW = "ada.new@oak.example.com"


@pytest.fixture(params=FACTORIES)
def ada(request, world):
    """Ada Okafor, an ECT or a mentor at Oak."""
    return FACTORIES[request.param](
        school=world.oak,
        started_on="2026-09-01",
        email="ada@oak.example.com",
        teacher__corrected_name="Ada Okafor",
    )


def email_of(placement):
    placement.refresh_from_db()
    return placement.email


def test_the_question_begins_with_the_address_as_it_is(oak, ada):
    page = oak.get(first_page(ada, "email-address"))

    assert page.h1 == "What is Ada Okafor’s new email address?"
    assert page.select_one("#email")["value"] == "ada@oak.example.com"
    assert page.select_one("#email")["autocomplete"] == "off"


def test_an_address_is_changed_once_confirmed(oak, ada):
    check = ask(oak, ada, "email-address", {"email": NEW})
    assert rows(check) == {"Email address now": "ada@oak.example.com", "New email address": NEW}
    assert "several people use it" not in check.text
    assert email_of(ada) == "ada@oak.example.com"

    done = confirm(oak, check)

    assert email_of(ada) == NEW
    assert rows(done) == {"Email address before": "ada@oak.example.com", "Email address now": NEW}
    event = Event.objects.get(event_type="teacher_email_address_updated")
    assert event.metadata == {"email": ["ada@oak.example.com", NEW]}
    assert (event.teacher, event.school) == (ada.teacher, ada.school)


@pytest.mark.parametrize("receipt", ["permanent-failure", "delivered", "another's"])
def test_a_welcome_that_came_back_is_sent_again_to_the_corrected_address(oak, ada, receipt):
    is_ect = isinstance(ada, ECTAtSchoolPeriodFactory._meta.model)
    mine, others = ("ect_registered_school_led", "mentor_registered")[:: 1 if is_ect else -1]
    came_back = receipt != "delivered"
    welcome = OutgoingEmailFactory(
        template=others if receipt == "another's" else mine,
        recipient="Ada@oak.example.com",
        personalisation={"school_name": "Oak School"},
        state="returned" if came_back else "sent",
        receipt="permanent-failure" if came_back else receipt,
        receipt_at=ada.created_at,
        queued_at=ada.created_at,
    )
    is_sent_again = receipt == "permanent-failure"

    check = ask(oak, ada, "email-address", {"email": NEW})
    assert ("it again to the new one" in check.text) == is_sent_again
    done = confirm(oak, check)

    assert ("it again to the new one" in done.text) == is_sent_again
    sent = OutgoingEmail.objects.filter(recipient=NEW)
    expected = [(welcome.template, welcome.personalisation)] if is_sent_again else []
    assert list(sent.values_list("template", "personalisation")) == expected


def test_an_address_that_nobody_reported_is_added(oak, ada):
    type(ada).objects.update(email=None)

    check = ask(oak, ada, "email-address", {"email": NEW})

    assert rows(check)["Email address now"] == "Not reported"
    confirm(oak, check)
    assert email_of(ada) == NEW


def test_only_the_placement_at_this_school_is_changed(world, oak, ada):
    elsewhere = MentorAtSchoolPeriodFactory(
        school=world.elm, teacher=ada.teacher, email="ada@elm.example.com"
    )

    confirm(oak, ask(oak, ada, "email-address", {"email": NEW}))

    assert email_of(elsewhere) == "ada@elm.example.com"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Enter the email address"),
        ("ada", "Enter an email address in the correct format, like name@example.com"),
        (f"{'a' * 243}@example.com", "Email address must be 254 characters or fewer"),
        (
            "ADA@oak.example.com",
            "This is the email address that we have. Enter a different one, or cancel",
        ),
    ],
)
def test_what_cannot_be_the_new_address_is_refused(oak, ada, typed, told):
    page = ask(oak, ada, "email-address", {"email": typed})

    assert page.status_code == 422
    assert page.title.startswith("Error: ")
    assert page.errors == {"#email": told}


def test_254_characters_are_allowed_here_as_at_registration(oak, ada):
    longest = f"{'a' * 242}@example.com"

    confirm(oak, ask(oak, ada, "email-address", {"email": longest}))

    assert email_of(ada) == longest


# -- Whose address it is -----------------------------------------------------------------------

TAKEN = "This email address belongs to another teacher. Enter one that only Ada Okafor uses"


@pytest.mark.parametrize("factory", FACTORIES.values())
@pytest.mark.parametrize("finished_on", [None, "2026-09-10"])
def test_an_address_that_another_teacher_has_now_or_later_is_refused(
    world, oak, ada, factory, finished_on
):
    factory(school=world.elm, email=NEW.upper(), started_on="2026-09-01", finished_on=finished_on)

    assert ask(oak, ada, "email-address", {"email": NEW}).errors == {"#email": TAKEN}


def test_an_address_that_somebody_had_before_they_left_is_free(world, oak, ada):
    ECTAtSchoolPeriodFactory(
        school=world.elm, email=NEW, started_on="2025-09-01", finished_on="2026-09-09"
    )

    confirm(oak, ask(oak, ada, "email-address", {"email": NEW}))

    assert email_of(ada) == NEW


def test_their_own_address_at_another_school_is_free(world, oak, ada):
    MentorAtSchoolPeriodFactory(school=world.elm, teacher=ada.teacher, email=NEW)

    confirm(oak, ask(oak, ada, "email-address", {"email": NEW}))

    assert email_of(ada) == NEW


def test_an_address_that_was_taken_meanwhile_is_refused_with_a_way_to_change_it(world, oak, ada):
    check = ask(oak, ada, "email-address", {"email": NEW})
    MentorAtSchoolPeriodFactory(school=world.elm, email=NEW)

    refused = oak.submit(check)

    ((link, told),) = refused.errors.items()
    assert told == "Another teacher has this email address now. Change it to continue"
    draft = JourneyDraft.objects.get()
    assert link.endswith(f"/change-email-address/{draft.pk}/edit?change=yes")
    assert email_of(ada) == "ada@oak.example.com"


@pytest.mark.parametrize("shared", ["office@oak.example.com", "headteacher@oak.example.com"])
def test_an_address_that_looks_shared_is_warned_of_and_allowed(oak, ada, shared):
    check = ask(oak, ada, "email-address", {"email": shared})

    assert "This email address looks as if several people use it" in check.text
    confirm(oak, check)
    assert email_of(ada) == shared


def test_an_address_that_changed_meanwhile_is_not_overwritten_unseen(oak, ada):
    check = ask(oak, ada, "email-address", {"email": NEW})
    type(ada).objects.update(email="other@oak.example.com")

    refused = oak.submit(check)

    assert refused.changes == {
        "Email address now": ("ada@oak.example.com", "other@oak.example.com")
    }
    assert email_of(ada) == "other@oak.example.com"
