"""What everybody says of one ECT, side by side (spec 06 §6.21.1)."""

from datetime import date

from tests.factories import (
    AppropriateBodyFactory,
    ECTAtSchoolPeriodFactory,
    InductionPeriodFactory,
    TrainingPeriodFactory,
)


def address(teacher):
    return f"/appropriate-body/teachers/{teacher.pk}/compare"


def said(page):
    """Return what the school, the provider, the body and TRS say, by fact."""
    return {
        row.select_one("th").get_text(" ", strip=True): [
            cell.get_text(" ", strip=True) for cell in row.select("td")
        ]
        for row in page.select("tbody tr")
    }


def test_four_say_what_they_know_and_differences_are_told_in_words(hub, user, period):
    other = AppropriateBodyFactory(active=True, name="Hub B")
    placement = ECTAtSchoolPeriodFactory(
        teacher=period.teacher,
        started_on=date(2024, 9, 2),
        school_reported_appropriate_body=other,
        school__with_tutor=True,
    )
    training = TrainingPeriodFactory(
        ect_at_school_period=placement, started_on=date(2024, 9, 2), deferred=True
    )

    page = user.get(address(period.teacher))
    facts = said(page)

    assert page.h1 == "What is recorded of Ada Okafor"
    assert facts["Appropriate body These differ."] == ["Hub B", "", "Hub A", ""]
    assert facts["First day there"][0] == "2 September 2024"
    assert facts["Induction start"][2] == "2 September 2024"
    assert facts["Training programme"] == ["Provider-led", "", "Provider-led", ""]
    assert facts["Lead provider"][0] == training.lead_provider.name
    assert facts["Training"][1] == "Paused"
    assert facts["Terms"][2] == "0 of 6 completed"
    assert "School names another body" in page.text


def test_whom_a_school_named_is_compared_before_they_are_claimed(hub, user):
    placement = ECTAtSchoolPeriodFactory(
        started_on=date(2026, 7, 1), school_reported_appropriate_body=hub
    )

    facts = said(user.get(address(placement.teacher)))

    assert facts["Appropriate body"] == ["Hub A", "", "", ""]


def test_nobody_elses_ect_is_found(hub, user):
    elsewhere = InductionPeriodFactory()
    released = InductionPeriodFactory(appropriate_body=hub, finished=True)

    for teacher in (elsewhere.teacher, released.teacher):
        assert user.client.get(user.whole(address(teacher))).status_code == 404


def test_nothing_is_told_of_a_mentor(hub, user, period):
    ect = ECTAtSchoolPeriodFactory(teacher=period.teacher, started_on=date(2024, 9, 2))

    page = user.get(address(period.teacher))

    assert "entor" not in " ".join(said(page))
    assert ect.school.name in page.text


def test_the_ects_page_leads_to_it(hub, user, period):
    page = user.get(f"/appropriate-body/teachers/{period.teacher_id}")

    (link,) = page.select("a:-soup-contains('Compare what everybody says')")
    assert link["href"] == address(period.teacher)
