"""Lists of a school on a phone, a tablet and paper: all of a row is seen, no word is broken."""

from datetime import date

import pytest

from register_ects.models import RegistrationBatchRow
from register_ects.operations.batches.collecting import start_batch
from register_ects.operations.batches.held import Held
from register_ects.web.identity import PERSONA, school_data
from tests.factories import (
    ECTAtSchoolPeriodFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    SchoolFactory,
    TrainingPeriodFactory,
)
from tests.registrations import AUTHOR
from tests.support.chromium import chromium_page, open_page, overflow, sign_in_as

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TRUST = {"gias_school__trust_code": 4421, "gias_school__trust_name": "Five Valleys Trust"}

#: Which cells and links of the rows are not wholly on the screen.
OFF_THE_SCREEN = """() => [...document.querySelectorAll("main tbody :is(th, td, a)")].filter(
  (one) => one.getBoundingClientRect().right > innerWidth).map((one) => one.innerText)"""
#: Which small grey texts begin on the line of what they belong to.
GLUED = """() => [...document.querySelectorAll("main tbody .govuk-hint")].filter(
  (one) => one.previousElementSibling && one.getBoundingClientRect().top + 1
    < one.previousElementSibling.getBoundingClientRect().bottom).map((one) => one.innerText)"""
#: Which targets are lower than 24 px, and which of those that stand alone lower than 44 px.
TOO_LOW = """() => {
  const lower = (selector, least) => [...document.querySelectorAll(selector)].filter((one) => {
    const { width, height } = one.getBoundingClientRect()
    return width > 1 && height < least
  }).map((one) => `${one.innerText} ${one.getBoundingClientRect().height}`)
  return [
    ...lower("main a, .govuk-footer a, .app-account :is(a, button)", 24),
    ...lower("main tbody a, .govuk-button-group > .govuk-link", 44),
    ...lower(".app-filter__link, .govuk-back-link", 44),
  ]
}"""
#: Which words of letters take more than one line.
BROKEN = """() => {
  const broken = [], word = /(?<![\\p{L}@.-])\\p{L}+(?![\\p{L}@.-])/gu
  const texts = document.createTreeWalker(document.querySelector("main"), 4)
  while (texts.nextNode())
    for (const found of texts.currentNode.data.matchAll(word)) {
      const range = document.createRange()
      range.setStart(texts.currentNode, found.index)
      range.setEnd(texts.currentNode, found.index + found[0].length)
      if (new Set([...range.getClientRects()].map((one) => Math.round(one.top))).size > 1)
        broken.push(found[0])
    }
  return broken
}"""


@pytest.fixture
def schools():
    return [SchoolFactory(with_tutor=True, **TRUST) for _ in range(3)]


@pytest.fixture
def addresses(schools):
    """Every list with cards: whoever is on them has long names, bodies and lead providers."""
    school = schools[0]
    mentor = MentorAtSchoolPeriodFactory(
        school=school, teacher__corrected_name="Abdullahi Featherstonehaugh"
    )
    ect = TrainingPeriodFactory(school=school).ect_at_school_period
    MentorshipPeriodFactory(ect_at_school_period=ect, mentor_at_school_period=mentor)
    ECTAtSchoolPeriodFactory(
        school=school,
        email="wilhelmina.featherstonehaugh@hazel-grove-high-school.example.com",
        finished_on=date(2199, 1, 1),
    )
    MentorAtSchoolPeriodFactory(school=school)
    file = ("ects-of-september.csv", "0" * 64)
    batch = start_batch(school, choices={}, author=AUTHOR, file=file)
    for number, name in enumerate(("Lachlan McTavish", "Wilhelmina Featherstonehaugh", None), 1):
        row = RegistrationBatchRow(batch=batch, number=number, trn=f"300010{number}", name=name)
        row.held, row.checked_at = Held({"trn": row.trn}).sealed(), batch.created_at
        row.state, row.will_do = "ok", "Starts on 1 September 2026 with the Featherstonehaugh hub."
        if number == 2:
            row.state, row.problems = "needs_attention", [["email", "“wilhelmina@” is no address"]]
        row.save()
    at = f"/school/{school.urn}"
    return [
        "/school/overview",
        f"/school/overview?q={mentor.teacher.name.split()[0]}",
        f"{at}/people",
        f"{at}/register-several",
        f"{at}/register-several/{batch.pk}",
        f"{at}/home/ects",
        f"{at}/home/mentors",
    ]


@pytest.mark.parametrize(
    ("width", "medium"),
    [(320, "screen"), (375, "screen"), (768, "screen"), (1280, "screen"), (718, "print")],
)
def test_all_of_each_row_is_seen_and_no_word_is_broken(
    live_server, chromium, schools, addresses, width, medium
):
    somebody = school_data(
        schools[0].urn, name="Ada", email="ada@example.com", provider=PERSONA, trust=4421
    )
    with chromium_page(chromium, width=width) as page:
        page.emulate_media(media=medium)
        sign_in_as(page, live_server.url, somebody)
        for address in addresses:
            open_page(page, live_server.url + address)

            assert page.locator("main tbody tr").count() > 0, address
            assert (address, page.evaluate(OFF_THE_SCREEN)) == (address, [])
            assert (address, page.evaluate(GLUED)) == (address, [])
            assert (address, page.evaluate(BROKEN)) == (address, [])
            if medium == "screen":
                assert (address, overflow(page)) == (address, [])


def test_a_row_of_several_shows_its_state_and_what_can_be_done_on_a_phone(
    live_server, chromium, schools, addresses
):
    (address,) = (one for one in addresses if "register-several/" in one)
    somebody = school_data(
        schools[0].urn, name="Ada", email="ada@example.com", provider=PERSONA, trust=4421
    )
    with chromium_page(chromium, width=375) as page:
        sign_in_as(page, live_server.url, somebody)
        open_page(page, live_server.url + address)
        row = page.locator("#row-2")

        assert row.bounding_box()["height"] < 400
        assert "Needs changes" in row.locator(".govuk-tag").inner_text()
        for link in row.locator("td a").all():
            box = link.bounding_box()
            assert box["height"] >= 44
            assert 0 <= box["x"] <= box["x"] + box["width"] <= 375


def test_what_is_touched_is_tall_enough_on_a_phone(live_server, chromium, schools, addresses):
    somebody = school_data(
        schools[0].urn, name="Ada", email="ada@example.com", provider=PERSONA, trust=4421
    )
    with chromium_page(chromium, width=375) as page:
        sign_in_as(page, live_server.url, somebody)
        for address in (*addresses, f"/school/{schools[0].urn}/home"):
            open_page(page, live_server.url + address)

            assert (address, page.evaluate(TOO_LOW)) == (address, [])
