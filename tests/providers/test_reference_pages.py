"""The reference, its console, and the OpenAPI file where clients import it from."""

import pytest
import yaml
from django.test import Client

from providers.openapi.document import by_subject, document, document_30
from tests.support.chromium import WCAG, chromium_page, overflow, violations

HAS_FOCUS = "(element) => element === document.activeElement"
#: What axe leaves out unless it is asked: a visible name that is not what a part is called.
DIALOG_RULES = ("label-content-name-mismatch", "aria-dialog-name", "button-name", "label")


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("swagger.yaml", "application/yaml; charset=utf-8"),
        ("swagger.json", "application/json; charset=utf-8"),
        ("swagger-3.0.yaml", "application/yaml; charset=utf-8"),
        ("swagger-3.0.json", "application/json; charset=utf-8"),
    ],
)
def test_the_file_is_public_at_a_stable_address(name, content_type):
    response = Client().get(f"/api/docs/v3/{name}")

    assert (response.status_code, response["Content-Type"]) == (200, content_type)
    file = yaml.safe_load(response.content)
    expected = document_30() if "3.0" in name else document()
    assert file == expected | {"servers": file["servers"]}
    assert file["servers"][0]["url"] == "http://testserver"
    assert "Set-Cookie" not in response


@pytest.mark.parametrize("name", ["swagger.yaml", "swagger.json"])
def test_the_file_of_production_names_production_first(settings, name):
    settings.PRODUCTION = True
    file = yaml.safe_load(Client().get(f"/api/docs/v3/{name}").content)
    assert file == document()


def test_the_file_is_not_sent_twice():
    first = Client().get("/api/docs/v3/swagger.yaml")
    again = Client().get("/api/docs/v3/swagger.yaml", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("page", ["", "/changes", "/swagger.yaml", "/swagger-3.0.json"])
def test_there_is_no_other_version(browse, page):
    assert browse.get(f"/api/docs/v2{page}").status_code == 404


def test_the_reference_lists_every_operation_without_scripts(browse):
    page = browse.get("/api/docs/v3")

    assert page.status_code == 200
    rows = [
        " ".join(cell.get_text(strip=True) for cell in row.select("td"))
        for row in page.select("tbody tr")
    ]
    assert rows == [f"{o.method.upper()} {o.full_path} {o.summary}" for o in by_subject()]


def test_the_reference_leads_to_every_file(browse):
    links = {link["href"] for link in browse.get("/api/docs/v3").select("main a")}
    names = ("swagger.yaml", "swagger.json", "swagger-3.0.yaml", "swagger-3.0.json", "changes")
    assert {f"/api/docs/v3/{name}" for name in names} <= links


def test_the_old_address_of_the_reference_leads_there(browse):
    page = browse.get("/api/guidance/swagger-api-documentation")
    assert (page.status_code, page.location) == (301, "/api/docs/v3")


def test_changes_tell_additions_since_the_version_before(browse):
    page = browse.get("/api/docs/v3/changes")

    assert page.h1 == "Changes to the OpenAPI file"
    assert "What changed since 3.0.0" in page.text
    assert "The optional parameter Idempotency-Key was added. Every operation that writes" in (
        page.text
    )


def test_nothing_is_loosened_for_the_console(browse):
    policy = browse.get("/api/docs/v3").response["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy


def faults(page):
    """Return what axe finds, and whether the page is wider than the screen."""
    told = violations(page, *WCAG)
    fits = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    return told if fits else [*told, "wider than the screen"]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_an_operation_named_in_the_guidance_opens_in_the_console(live_server, chromium):
    with chromium_page(chromium) as page:
        page.goto(f"{live_server.url}/api/guidance/guidance-for-lead-providers/connect-to-rect-api")
        page.get_by_role("link", name="GET /api/v3/delivery-partners", exact=True).click()

        opened = page.locator("#operations-Delivery_Partners-getDeliveryPartners.is-open")
        opened.get_by_role("button", name="Try it out").wait_for()
        opened.locator(".opblock-summary-control:focus").wait_for()
        assert abs(opened.bounding_box()["y"]) < 10
        assert page.complaints == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [1280, 375])
def test_the_console_tries_an_operation_where_it_is_served(live_server, chromium, api, width):
    with chromium_page(chromium, width=width) as page:
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{live_server.url}/api/docs/v3")
        page.get_by_role("button", name="Authorize").first.click()
        dialog = page.get_by_role("dialog", name="Your token")
        assert dialog.locator(":focus").get_attribute("id") == "auth-bearer-value"
        assert faults(page) == []
        page.keyboard.type(api.token)
        dialog.get_by_role("button", name="Authorize").click()
        page.keyboard.press("Escape")
        dialog.wait_for(state="detached")
        page.locator("#operations-Participants-getParticipants .opblock-summary-control").click()
        page.get_by_role("button", name="Try it out").click()
        page.get_by_role("button", name="Execute").click()

        page.locator(".live-responses-table .response-col_status", has_text="200").wait_for()
        assert faults(page) == []
        assert page.locator("main, [role=main]").count() == 1
        assert all(url.startswith((live_server.url, "data:", "blob:")) for url in asked)
        assert page.complaints == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_keyboard_stays_in_the_box_for_the_token_and_returns_where_it_came_from(
    live_server, chromium
):
    with chromium_page(chromium) as page:
        page.goto(f"{live_server.url}/api/docs/v3")
        dialog = page.get_by_role("dialog", name="Your token")
        for opener in (
            page.locator(".auth-wrapper .btn.authorize"),
            page.locator(".authorization__btn").nth(2),
        ):
            opener.focus()
            page.keyboard.press("Enter")
            assert dialog.get_by_role("textbox", name="Token", exact=True).evaluate(HAS_FOCUS)
            for key in ("Tab", "Shift+Tab"):
                for _ in range(7):  # there are four places
                    page.keyboard.press(key)
                    assert dialog.locator(":focus").count() == 1
            page.keyboard.press("Escape")
            dialog.wait_for(state="detached")
            assert opener.evaluate(HAS_FOCUS)
        assert page.complaints == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_box_for_the_token_says_that_it_is_held_and_calls_its_parts_by_what_is_written(
    live_server, chromium
):
    with chromium_page(chromium) as page:
        page.goto(f"{live_server.url}/api/docs/v3")
        opener = page.locator(".auth-wrapper .btn.authorize")
        opener.click()
        dialog = page.get_by_role("dialog", name="Your token")
        assert violations(page, *DIALOG_RULES) == []
        page.keyboard.type(" not-a-token ")
        page.keyboard.press("Enter")

        held = dialog.get_by_text("What you send from this page carries your token.")
        held.wait_for()
        assert held.evaluate(HAS_FOCUS)
        assert violations(page, *DIALOG_RULES) == []
        page.keyboard.press("Tab")
        assert dialog.get_by_role("button", name="Logout", exact=True).evaluate(HAS_FOCUS)
        page.keyboard.press("Enter")
        assert dialog.get_by_role("textbox", name="Token", exact=True).evaluate(HAS_FOCUS)
        dialog.locator(".btn-done").click()
        dialog.wait_for(state="detached")
        assert opener.evaluate(HAS_FOCUS)
        assert page.complaints == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("address", ["/api/docs/v3", "/api/docs/v3/changes"])
def test_the_pages_are_accessible_and_fit_the_screen(live_server, chromium, address, width):
    with chromium_page(chromium, width=width) as page:
        page.goto(live_server.url + address)
        page.wait_for_load_state("networkidle")

        assert violations(page, *WCAG) == []
        assert overflow(page) == []
        assert page.complaints == []
