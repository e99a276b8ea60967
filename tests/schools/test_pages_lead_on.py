"""Pages of registering lead on: to the field to change, to the record, to the next task."""

import pytest

from tests.factories import ActiveLeadProviderFactory, MentorAtSchoolPeriodFactory
from tests.schools.ect_journey import answers_for, begin, slug_of
from tests.schools.mentor_journey import confirm, new_mentor, register
from tests.support.pages import Page

pytestmark = pytest.mark.usefixtures("trs")


def links(page: Page) -> dict[str, str]:
    """Return where each row of the check page is changed, after the last stroke."""
    return {
        line.dt.get_text(strip=True): line.a["href"].rsplit("/", 1)[-1]
        for line in page.select(".govuk-summary-list__row")
        if line.a
    }


def pages_of(browser, page, answers):
    """Return every page of a walk, the confirmation too."""
    seen = [page]
    while slug_of(page) != "confirmation":
        page = browser.submit(page, answers.get(slug_of(page)) or {}).follow()
        seen.append(page)
    return seen


def test_change_links_of_an_ect_lead_to_the_field(world, oak):
    pages = pages_of(oak, begin(oak), answers_for(world))
    check = next(page for page in pages if slug_of(page) == "check-answers")

    details, training = "review-ect-details?change=yes#", "training?change=yes#"
    assert links(check) == {
        "Name": f"{details}name_is_correct",
        "Email address": f"{details}email",
        "School start date": f"{details}started_on-day",
        "Working pattern": f"{details}working_pattern",
        "Appropriate body": f"{training}appropriate_body",
        "Training programme": f"{training}training_programme",
        "Lead provider": f"{training}lead_provider",
    }
    for address in links(check).values():
        slug, field = address.split("?change=yes#")
        (asked,) = [page for page in pages if slug_of(page) == slug]
        assert asked.select_one(f"#{field}") is not None


def test_the_saved_ect_has_a_link_to_their_record(world, oak):
    done = pages_of(oak, begin(oak), answers_for(world))[-1]

    (link,) = [a for a in done.select("main a") if a.text == "See Zofia Lis’s details"]
    assert oak.get(link["href"]).h1 == "Zofia Lis"


def test_the_saved_mentor_leads_to_the_next_ect(oak, asha):
    check = register(oak, asha, new_mentor())
    done = confirm(oak, check)

    assert "What happens next" in done.text
    assert (
        done.select_one("main .govuk-button").get_text(strip=True)
        == "Register another ECT with the same choices"
    )


def test_the_check_page_says_that_the_lead_provider_gets_the_details(oak, asha):
    check = register(oak, asha, new_mentor())

    told = "We share these details with Larch Learning, who contact Zofia Lis about mentor training"
    assert told in check.text


def test_so_does_the_check_page_of_a_mentor_who_is_here(world, oak, asha):
    ben = MentorAtSchoolPeriodFactory(school=world.oak, teacher__corrected_name="Ben Lowe")
    first = oak.get(f"/school/ects/{asha.pk}/mentorship/new")
    asked = oak.submit(first, {"mentor": str(ben.pk)}).follow()
    check = oak.submit(asked, {"use_ect_provider": "yes"}).follow()

    assert "We share Ben Lowe’s details with Larch Learning" in check.text


def test_the_provider_just_declined_is_not_offered_again(oak, asha):
    ActiveLeadProviderFactory(year=2026, lead_provider__name="Birch")
    declined = new_mentor(review_mentor_details={"use_ect_provider": "no"})

    page = register(oak, asha, declined, to="lead-provider")

    names = [label.get_text(strip=True) for label in page.select(".govuk-radios__label")]
    assert names == ["Birch"]


def test_the_title_of_every_page_is_its_heading(world, oak, asha):
    ActiveLeadProviderFactory(year=2026, lead_provider__name="Birch")
    another = new_mentor(review_mentor_details={"use_ect_provider": "no"})
    asking = register(oak, asha, another, to="lead-provider")
    ect = pages_of(oak, begin(oak), answers_for(world))
    start = oak.get(f"/school/register-mentor/find-mentor?ect_id={asha.pk}")

    for page in [*ect, start, asking]:
        title = (
            page.select_one("title")
            .get_text()
            .removesuffix(" - Register early career teachers - GOV.UK")
        )
        assert title.strip() == page.h1
