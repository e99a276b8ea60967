"""Several ECTs in a real browser: a file to the end on two widths, and a list without scripts."""

import pytest

from register_ects import clock
from register_ects.models import ECTAtSchoolPeriod
from schools import tasks
from tests.registrations import DAY, make_world
from tests.schools.several.people import SEVERAL, ZOFIA, ZOFIA_BORN
from tests.support.chromium import WCAG, chromium_page, open_page, overflow, sign_in_as, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LINES = (
    "TRN,Date of birth,Email address,Start date,Working pattern,Appropriate body",
    "4000006,11/02/1999,zofia@oak.example.com,01/09/2026,Full time,Hub A",
    "9999999,11/02/1999,a-very-long-address-of-somebody@a-school-with-a-long-name.example.com,"
    "01/09/2026,sometimes,Hub B",
)


@pytest.fixture
def world(settings, trs):
    """The world of registrations on its day, for the server's threads too."""
    settings.CLOCK_OFFSET_DAYS = (DAY - clock.london_date(clock.real_now())).days
    return make_world()


def check(page):
    assert (page.url, violations(page, *WCAG)) == (page.url, [])
    assert (page.url, overflow(page)) == (page.url, [])
    assert (page.url, page.complaints) == (page.url, [])


@pytest.mark.parametrize("width", [1280, 320])
def test_a_file_is_uploaded_checked_confirmed_and_done(live_server, chromium, world, width):
    with chromium_page(chromium, width=width) as page:
        sign_in_as(page, live_server.url, world.oak)
        open_page(page, live_server.url + SEVERAL)
        check(page)
        page.click("text=Upload a file")
        page.set_input_files("#file", _file())
        check(page)
        page.get_by_label("School-led").check()
        page.click("text=Upload and check")
        check(page)
        batch = page.url.rsplit("/", 1)[-1]
        tasks.check_batch(batch)

        page.click("text=Refresh this page")
        check(page)
        assert "1 person is ready" in page.inner_text("main")
        address = page.url
        for part in ("/rows/3", "/rows/3/remove", "/correct", "/add", "/choices", "/delete"):
            open_page(page, address + part)
            check(page)
        open_page(page, address)
        page.click("#row-3 >> text=Remove")
        page.click("text=Remove from the list")
        page.wait_for_selector("#row-2:focus")
        assert "was removed from the list" in page.inner_text("main")
        check(page)
        page.click("text=Confirm and register")
        check(page)
        tasks.register_batch(batch)

        page.click("text=Refresh this page")
        check(page)
        assert page.inner_text("h1") == "1 ECT registered"
    assert ECTAtSchoolPeriod.objects.get().school_id == world.oak.pk


@pytest.mark.parametrize("width", [1280, 320])
def test_which_column_is_which_is_accessible_and_fits_the_screen(
    live_server, chromium, world, width
):
    lines = [LINES[0].replace("Start date", "Xyz"), *LINES[1:]]
    with chromium_page(chromium, width=width) as page:
        sign_in_as(page, live_server.url, world.oak)
        open_page(page, f"{live_server.url}{SEVERAL}/upload")
        page.set_input_files("#file", _file(lines))
        page.get_by_label("School-led").check()
        page.click("text=Upload and check")
        assert page.inner_text("h1") == "Which column is which?"
        check(page)

        page.click("text=Continue")
        assert page.title().startswith("Error: ")
        check(page)


def test_without_javascript_people_are_added_and_registered(live_server, chromium, world):
    with chromium_page(chromium, javascript=False) as page:
        sign_in_as(page, live_server.url, world.oak)
        page.goto(live_server.url + SEVERAL)
        page.click("text=Add people one by one")
        page.select_option("select[name=appropriate_body]", str(world.hub.pk))
        page.get_by_label("School-led").check()
        page.click("text=Continue")
        page.click("text=Add a person")
        page.fill("#trn", ZOFIA)
        page.fill("#date_of_birth-day", ZOFIA_BORN)
        page.fill("#email", "zofia@oak.example.com")
        page.fill("#started_on-day", "1/9/2026")
        page.get_by_label("Full time").check()
        page.click("text=Check and save")
        assert "Zofia Lis was added to the list" in page.inner_text("main")
        page.click("text=Confirm and register")
        tasks.register_batch(page.url.rsplit("/", 1)[-1])
        page.click("text=Refresh this page")

        assert page.inner_text("h1") == "1 ECT registered"


def _file(lines=LINES):
    content = "\r\n".join(lines).encode()
    return {"name": "ects.csv", "mimeType": "text/csv", "buffer": content}
