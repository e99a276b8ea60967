"""A move to another school in a browser, on a wide and small screens, without JavaScript too."""

from datetime import timedelta

import pytest

from register_ects import clock
from register_ects.models import ECTAtSchoolPeriod
from tests.factories import (
    AppropriateBodyFactory,
    ContractPeriodFactory,
    ECTAtSchoolPeriodFactory,
    MentorAtSchoolPeriodFactory,
    SchoolFactory,
    TrainingPeriodFactory,
)
from tests.schools.ect_journey import TRN
from tests.schools.moving import record_of, somebody_at
from tests.support.chromium import (
    WCAG,
    chromium_page,
    overflow,
    sign_in_as,
    violations,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("trs"),
]

LONG = "Cerys Marchbank-Featherstonehaugh-Penhallow-of-Northmoor"


@pytest.fixture
def schools():
    """Two schools of a user, in years that are open; the second has a mentor."""
    this_year = clock.today().year
    for year in (this_year - 1, this_year, this_year + 1):
        ContractPeriodFactory(year=year)
    schools = [SchoolFactory(with_tutor=True) for _ in range(2)]
    MentorAtSchoolPeriodFactory(
        school=schools[1],
        started_on=clock.today() - timedelta(days=30),
        teacher__corrected_name=f"{LONG} the Elder",
    )
    return schools


@pytest.fixture
def cerys(schools):
    """An ECT at the first school, in school-led training, whom TRS knows."""
    start = clock.today() - timedelta(days=60)
    ect = ECTAtSchoolPeriodFactory(
        school=schools[0],
        started_on=start,
        teacher__trn=TRN,
        teacher__corrected_name=LONG,
        school_reported_appropriate_body=AppropriateBodyFactory(active=True, name="Hub B"),
    )
    TrainingPeriodFactory(
        school_led=True, school=schools[0], ect_at_school_period=ect, started_on=start
    )
    return ect


WIDTHS = pytest.mark.parametrize(
    ("width", "has_javascript"), [(1280, True), (375, True), (320, True), (375, False)]
)


class Mover:
    """Somebody at both schools who moves a person; every page is checked as it comes."""

    def __init__(self, page, live_server, schools, *, has_javascript):
        self.page, self.has_javascript = page, has_javascript
        sign_in_as(page, live_server.url, somebody_at(*schools))

    def check(self):
        page = self.page
        if self.has_javascript:
            assert (page.url, violations(page, *WCAG)) == (page.url, [])
            assert (page.url, overflow(page)) == (page.url, [])
            assert (page.url, page.complaints) == (page.url, [])

    def press(self, button):
        self.page.get_by_role("button", name=button).click()
        self.check()

    def choose(self, radio):
        self.page.get_by_role("radio", name=radio).check()
        self.press("Continue")

    def fill(self, group, day):
        asked = self.page.get_by_role("group", name=group)
        for part in ("day", "month", "year"):
            asked.get_by_label(part.title(), exact=True).fill(str(getattr(day, part)))


@WIDTHS
def test_an_ect_is_moved(live_server, chromium, schools, cerys, width, has_javascript):
    leaving_on = clock.today() + timedelta(days=30)
    with chromium_page(chromium, width=width, javascript=has_javascript) as page:
        mover = Mover(page, live_server, schools, has_javascript=has_javascript)
        page.goto(live_server.url + record_of(cerys))
        mover.check()
        page.get_by_role("link", name=f"move {LONG} there").click()
        mover.press("Continue")
        assert page.title().startswith("Error: Which school is Cerys")
        mover.choose(schools[1].name)
        mover.press("Continue")
        assert page.title().startswith("Error: Move Cerys")
        mover.fill(f"Last day at {schools[0].name}", leaving_on)
        mover.fill(f"First day as an ECT at {schools[1].name}", leaving_on + timedelta(days=1))
        page.get_by_label("Full time").check()
        mover.press("Continue")
        mover.choose("the Elder")
        mover.press("Confirm and move")

        assert page.get_by_role("heading", name="is moving to").is_visible()
        page.get_by_role("link", name=f"details at {schools[1].name}").click()
        mover.check()
        assert page.url.startswith(f"{live_server.url}/school/{schools[1].urn}/ects/")
        assert ECTAtSchoolPeriod.objects.filter(school=schools[1]).exists()


@WIDTHS
def test_a_mentor_is_moved(live_server, chromium, schools, width, has_javascript):
    mentor = MentorAtSchoolPeriodFactory(
        school=schools[0],
        started_on=clock.today() - timedelta(days=60),
        teacher__trn=TRN,
        teacher__corrected_name=LONG,
    )
    mentee = ECTAtSchoolPeriodFactory(
        school=schools[1], started_on=clock.today(), teacher__corrected_name=f"{LONG} the Younger"
    )
    leaving_on = clock.today() + timedelta(days=30)
    with chromium_page(chromium, width=width, javascript=has_javascript) as page:
        mover = Mover(page, live_server, schools, has_javascript=has_javascript)
        page.goto(live_server.url + record_of(mentor))
        mover.check()
        page.get_by_role("link", name=f"move {LONG} there").click()
        mover.choose(schools[1].name)
        mover.press("Continue")
        assert page.title().startswith("Error: ")
        mover.choose("the Younger")
        mover.fill(f"Last day at {schools[0].name}", leaving_on)
        mover.fill(f"First day as a mentor at {schools[1].name}", leaving_on + timedelta(days=1))
        mover.press("Continue")
        mover.press("Confirm and move")

        assert page.get_by_role("heading", name="is moving to").is_visible()
        page.get_by_role("link", name=f"details at {schools[1].name}").click()
        mover.check()
        assert page.url.startswith(f"{live_server.url}/school/{schools[1].urn}/mentors/")
        assert mentee.mentorship_periods.get().mentor_teacher == mentor.teacher
