"""A school corrects a name (spec 05 §9, §9.1)."""

import pytest

from register_ects.models import Event
from register_ects.operations.teachers.names import SIGNIFICANT
from tests.factories import ECTAtSchoolPeriodFactory, MentorAtSchoolPeriodFactory
from tests.schools.change_journey import ask, confirm, first_page, rows
from tests.schools.ect_journey import address, slug_of

FACTORIES = {"ect": ECTAtSchoolPeriodFactory, "mentor": MentorAtSchoolPeriodFactory}


@pytest.fixture(params=FACTORIES)
def ada(request, world):
    """Ada Okafor, an ECT or a mentor at Oak."""
    return FACTORIES[request.param](
        school=world.oak,
        started_on="2026-09-01",
        teacher__trs_first_name="Ada",
        teacher__trs_last_name="Okafor",
    )


def name_of(placement):
    placement.teacher.refresh_from_db()
    return placement.teacher.name


def test_the_question_begins_with_the_name_as_it_is(oak, ada):
    page = oak.get(first_page(ada, "name"))

    assert page.h1 == "What is Ada Okafor’s correct full name?"
    assert page.select_one("#name")["value"] == "Ada Okafor"


def test_a_name_is_corrected_once_confirmed(oak, ada):
    check = ask(oak, ada, "name", {"name": "Ada Nwosu"})
    assert rows(check) == {"Name now": "Ada Okafor", "New name": "Ada Nwosu"}
    assert name_of(ada) == "Ada Okafor"

    done = confirm(oak, check)

    assert name_of(ada) == "Ada Nwosu"
    assert done.select_one(".govuk-panel").get_text(strip=True) == "You’ve changed Ada Nwosu’s name"
    assert rows(done) == {"Name before": "Ada Okafor", "Name now": "Ada Nwosu"}
    event = Event.objects.get(event_type="teacher_name_updated_by_user")
    assert event.metadata == {"old_name": "Ada Okafor", "new_name": "Ada Nwosu"}
    assert (event.body, event.school) == (None, ada.school)
    assert event.author_email == "priya@example.com"


def test_a_correction_of_capitals_is_allowed(oak, ada):
    confirm(oak, ask(oak, ada, "name", {"name": "Ada OKAFOR"}))

    assert name_of(ada) == "Ada OKAFOR"


def test_going_back_to_the_name_of_trs_leaves_no_correction(oak, ada):
    for name in ("Ada Nwosu", "Ada Okafor"):
        confirm(oak, ask(oak, ada, "name", {"name": name}))

    ada.teacher.refresh_from_db()
    assert ada.teacher.corrected_name is None


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Enter the full name"),
        ("x" * 71, "Full name must be 70 characters or fewer"),
        (
            " Ada  Okafor",
            "Our records say Ada Okafor already. Enter a different name, or cancel",
        ),
    ],
)
def test_what_cannot_be_the_new_name_is_refused(oak, ada, typed, told):
    page = ask(oak, ada, "name", {"name": typed})

    assert page.status_code == 422
    assert page.title.startswith("Error: ")
    assert page.errors == {"#name": told}


# -- Perhaps somebody else ---------------------------------------------------------------------


def test_a_change_of_both_names_is_confirmed_first_and_flagged_to_support(oak, ada):
    between = ask(oak, ada, "name", {"name": "Ben Cole"})

    assert slug_of(between) == "confirm-name-change"
    assert {**rows(between)} == {"Name now": "Ada Okafor", "New name": "Ben Cole"}
    assert ada.teacher.trn in between.text
    check = confirm(oak, between)
    assert slug_of(check) == "check-answers"
    confirm(oak, check)

    assert name_of(ada) == "Ben Cole"
    event = Event.objects.get(event_type="teacher_name_updated_by_user")
    assert (event.body, event.metadata["significant"]) == (SIGNIFICANT, True)


def test_typing_the_next_address_does_not_skip_the_confirmation(oak, ada):
    between = ask(oak, ada, "name", {"name": "Ben Cole"})

    skipped = oak.get(address(between, "check-answers"))

    assert slug_of(skipped.follow()) == "confirm-name-change"
    sent = oak.post(address(between, "check-answers"))
    assert sent.location == oak.shorten(address(between, "confirm-name-change"))
    assert name_of(ada) == "Ada Okafor"


def test_opening_the_page_is_no_confirmation(oak, ada):
    between = ask(oak, ada, "name", {"name": "Ben Cole"})
    oak.get(address(between, "confirm-name-change"))

    skipped = oak.get(address(between, "check-answers"))
    assert skipped.location == oak.shorten(address(between, "confirm-name-change"))


def test_another_name_is_confirmed_anew(oak, ada):
    check = confirm(oak, ask(oak, ada, "name", {"name": "Ben Cole"}))

    again = oak.post(address(check, "edit") + "?change=yes", {"name": "Cara Diaz"}).follow()

    assert slug_of(again) == "confirm-name-change"
    assert slug_of(confirm(oak, again)) == "check-answers"


def test_what_another_school_corrects_meanwhile_is_confirmed_anew(oak, ada):
    check = confirm(oak, ask(oak, ada, "name", {"name": "Ben Cole"}))
    ada.teacher.corrected_name = "Ada Adeyemi"
    ada.teacher.save()

    sent = oak.submit(check)

    assert sent.location == oak.shorten(address(check, "confirm-name-change"))
    assert name_of(ada) == "Ada Adeyemi"


def test_a_mentor_is_exchanged_on_the_ects_page(oak, ada):
    between = ask(oak, ada, "name", {"name": "Ben Cole"})

    is_mentor = type(ada).__name__ == "MentorAtSchoolPeriod"
    assert ("change the mentor on the ECT’s page" in between.text) is is_mentor


# -- Meanwhile ---------------------------------------------------------------------------------


def test_a_name_that_changed_meanwhile_is_not_overwritten_unseen(oak, ada):
    check = ask(oak, ada, "name", {"name": "Ada Nwosu"})
    ada.teacher.corrected_name = "Ada Adeyemi"
    ada.teacher.save()

    refused = oak.submit(check)

    assert refused.status_code == 422
    assert refused.changes == {"Name now": ("Ada Okafor", "Ada Adeyemi")}
    assert name_of(ada) == "Ada Adeyemi"
    confirm(oak, refused)
    assert name_of(ada) == "Ada Nwosu"


def test_a_change_that_a_colleague_has_made_is_not_made_again(oak, ada):
    check = ask(oak, ada, "name", {"name": "Ada Nwosu"})
    confirm(oak, ask(oak, ada, "name", {"name": "Ada Nwosu"}))

    refused = oak.submit(oak.submit(check))

    assert "A colleague has made this change already. Nothing was saved again" in (
        refused.errors.values()
    )
    assert Event.objects.filter(event_type="teacher_name_updated_by_user").count() == 1
