"""What the tests of an ECT's page begin with: Asha Rao, and what is read of her page."""

import pytest

from tests.factories import AppropriateBodyFactory, ECTAtSchoolPeriodFactory


@pytest.fixture
def asha():
    """Asha Rao, whose appropriate body is reported to be Hub A."""
    return ECTAtSchoolPeriodFactory(
        teacher__corrected_name="Asha Rao",
        teacher__trn="3456789",
        email="asha@oak.example.com",
        school_reported_appropriate_body=AppropriateBodyFactory(name="Hub A"),
    )


def url_of(placement):
    return f"/school/ects/{placement.pk}"


def page_of(sign_in, placement):
    """Return a placement's page as its school sees it."""
    page = sign_in(placement.school).get(url_of(placement))
    assert page.status_code == 200
    return page


def card(page, heading):
    """Return the rows of the summary card with this heading."""
    for one in page.select(".govuk-summary-card"):
        if one.h2.get_text(strip=True) == heading:
            rows = one.select(".govuk-summary-list__row")
            return {
                row.dt.get_text(strip=True): " ".join(row.dd.get_text(" ").split()) for row in rows
            }
    return None


def timeline(page):
    """Return the items of the timeline in their order."""
    return [
        " ".join(" ".join(part.get_text(" ").split()) for part in item.find_all(["h3", "p"]))
        for item in page.select(".app-timeline__item")
    ]
