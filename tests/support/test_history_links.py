"""A person's history leads to the school, the body, the other person and the statement."""

from datetime import UTC, datetime

import pytest

from tests.factories import (
    EventFactory,
    InductionPeriodFactory,
    MentorshipPeriodFactory,
    StaffUserFactory,
    StatementFactory,
)


@pytest.fixture
def mentorship(on):
    on("2026-11-30")
    return MentorshipPeriodFactory()


def links(browser, person):
    page = browser.get(f"/admin/teachers/{person.api_id}/history")
    found = page.select(".app-timeline__item .govuk-body-s:not(.app-timeline__when) a")
    return {link.get_text(): link["href"] for link in found}


def test_both_people_of_a_mentorship_lead_to_each_other_and_to_the_school(sign_in, mentorship):
    ect, mentor = mentorship.ect_teacher, mentorship.mentor_teacher
    school = mentorship.ect_at_school_period.school
    for person in (ect, mentor):
        EventFactory(teacher=person, school=school, mentorship_period=mentorship)
    officer = sign_in(StaffUserFactory())

    register = "https://get-information-schools.service.gov.uk/Establishments/Establishment/Details"
    of_ect, of_mentor = links(officer, ect), links(officer, mentor)

    assert of_ect[f"Mentor: {mentor.name}"] == f"/admin/teachers/{mentor.api_id}"
    assert of_mentor[f"ECT: {ect.name}"] == f"/admin/teachers/{ect.api_id}"
    for found in (of_ect, of_mentor):
        assert found[f"{school.name} (URN {school.urn})"] == f"{register}/{school.urn}"


def test_the_appropriate_body_leads_to_the_induction_with_it(sign_in):
    period = InductionPeriodFactory(appropriate_body__name="Hub A")
    person = period.teacher
    EventFactory(teacher=person, appropriate_body=period.appropriate_body)
    officer = sign_in(StaffUserFactory())

    address = links(officer, person)["Appropriate body: Hub A"]

    assert address == f"/admin/teachers/{person.api_id}/induction"
    assert "Hub A" in officer.get(address).select_one("main").get_text()


@pytest.mark.parametrize(("role", "leads"), [({"finance": True}, True), ({}, False)])
def test_a_statement_is_a_link_for_those_who_may_see_it(sign_in, mentorship, role, leads):
    statement, person = StatementFactory(), mentorship.ect_teacher
    EventFactory(teacher=person, statement=statement)

    found = links(sign_in(StaffUserFactory(**role)), person)

    address = f"/finance/statements/{statement.api_id}"
    assert (address in found.values()) is leads


def test_what_lies_ahead_is_marked_as_planned(sign_in, mentorship):
    person = mentorship.ect_teacher
    EventFactory(
        teacher=person,
        event_type="teacher_left_school_as_ect",
        heading="Ada Okafor left Hazel Grove",
        happened_at=datetime(2026, 12, 18, tzinfo=UTC),
    )

    page = sign_in(StaffUserFactory()).get(f"/admin/teachers/{person.api_id}/history")

    item = " ".join(page.select_one(".app-timeline__item").get_text().split())
    assert item.startswith("Ada Okafor will leave Hazel Grove Planned for 18 Dec 2026 by ")


def test_terms_are_written_without_needless_decimals(sign_in):
    officer = sign_in(StaffUserFactory())
    for terms, written in ((6, "6"), ("2.5", "2.5"), (0, "0")):
        period = InductionPeriodFactory(finished=True, number_of_terms=terms)
        page = officer.get(f"/admin/teachers/{period.teacher.api_id}/induction")
        [row] = [
            row
            for row in page.select(".govuk-summary-list__row")
            if row.dt.string.strip() == "Terms"
        ]
        assert row.dd.get_text().strip() == written
