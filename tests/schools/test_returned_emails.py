"""A school is told that emails to somebody come back, until the address changes (spec 05 §15)."""

from datetime import UTC, datetime

import pytest

from tests.factories import (
    ECTAtSchoolPeriodFactory,
    MentorAtSchoolPeriodFactory,
    OutgoingEmailFactory,
    SchoolFactory,
)

NOTICE = "Emails to gone@school.example.com are returned: check the address"


pytestmark = pytest.mark.day("2026-03-12")


@pytest.fixture
def school():
    return SchoolFactory(
        induction_tutor_name="Tilda Marsh", induction_tutor_email="gone@school.example.com"
    )


@pytest.fixture
def ect(school):
    return ECTAtSchoolPeriodFactory(school=school, email="Gone@school.example.com")


@pytest.fixture
def mentor(school):
    return MentorAtSchoolPeriodFactory(school=school, email="gone@school.example.com")


@pytest.fixture
def addresses(ect, mentor):
    return {
        "ECTs": "/school/home/ects",
        "an ECT": f"/school/ects/{ect.pk}",
        "mentors": "/school/home/mentors",
        "a mentor": f"/school/mentors/{mentor.pk}",
        "induction tutor": "/school/home/induction-tutor",
    }


def told(sign_in, school, addresses):
    browser = sign_in(school)
    pages = {name: browser.get(address) for name, address in addresses.items()}
    assert {page.status_code for page in pages.values()} == {200}
    return {name for name, page in pages.items() if NOTICE.lower() in page.text.lower()}


def arrive(receipt, day):
    OutgoingEmailFactory(
        recipient="gone@school.example.com",
        state="returned" if receipt == "permanent-failure" else "sent",
        receipt=receipt,
        receipt_at=datetime(2026, 3, day, tzinfo=UTC),
    )


def test_every_page_with_the_address_says_that_emails_come_back(sign_in, school, addresses):
    assert told(sign_in, school, addresses) == set()
    arrive("permanent-failure", 2)

    assert told(sign_in, school, addresses) == set(addresses)


@pytest.mark.parametrize("receipt", ["delivered", "temporary-failure"])
def test_an_address_that_works_again_is_no_longer_complained_of(
    sign_in, school, addresses, receipt
):
    arrive("permanent-failure", 2)
    arrive(receipt, 3)

    assert told(sign_in, school, addresses) == set()


def test_a_new_address_ends_it(sign_in, school, addresses, ect):
    arrive("permanent-failure", 2)
    ect.email = "here@school.example.com"
    ect.save()

    assert told(sign_in, school, addresses) == {"mentors", "a mentor", "induction tutor"}
