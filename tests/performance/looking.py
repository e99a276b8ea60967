"""Look at the plans of everything that is measured, on the population at hand."""

from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction
from django.test import Client

from register_ects.operations.lead_providers.api_tokens import issue_api_token
from tests.performance import subjects
from tests.performance.journeys import walked
from tests.performance.operations import OPERATIONS
from tests.performance.pages import PAGES
from tests.performance.plans import BY_A_TEST, Scan, grown, watched
from tests.performance.reads import READS
from tests.support.pages import Browser


def every_scan() -> list[str]:
    """Return, for each operation, page and read that scans a growing table, which and where."""
    tables = grown()
    with transaction.atomic():
        found = {
            f"{name}: {scan.how} of {scan.table} by {scan.caller}"
            for name, scans in (*_of_operations(), *_of_pages(), *_of_reads())
            for scan in scans
            if scan.table in tables and scan.caller != BY_A_TEST
        }
        transaction.set_rollback(True)
    return sorted(found)


def look_at_operation(operation: Any, subject: Any) -> list[Scan]:
    """Run an operation in a savepoint that is kept, and return the scans it made."""
    operation.prepare(subject)
    with watched() as scans:
        operation.call(subject)
        connection.check_constraints()
    return scans


def look_at_request(client: Client, path: str) -> list[Scan]:
    """GET an address and return the scans it made."""
    with watched() as scans:
        answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code, answer.content[:300])
    return scans


def api_client() -> tuple[Client, Any]:
    """Return a client of the API and the lead provider that it calls as: the largest."""
    provider = subjects.largest_provider()
    token = issue_api_token(provider, description="Benchmark", author=subjects.AUTHOR)
    return Client(headers={"Authorization": f"Bearer {token}"}), provider


def look_at_page(page: Any) -> list[Scan]:
    """GET a page as whoever opens it, at its whole address, and return the scans it made."""
    browser = browser_of(page)
    return look_at_request(browser.client, browser.whole(page.path()))


def browser_of(page: Any) -> Browser:
    """Return a browser in which whoever opens a page is signed in."""
    browser, who = Browser(), page.who()
    if who is not None:
        browser.sign_in(who, tutor_due=getattr(page, "tutor_due", False))
    return browser


def _of_operations() -> Iterator[tuple[str, list[Scan]]]:
    for operation in OPERATIONS:
        for subject in subjects.first(1, operation):
            with transaction.atomic():
                yield operation.name, look_at_operation(operation, subject)
                transaction.set_rollback(True)


def _of_pages() -> Iterator[tuple[str, list[Scan]]]:
    for page in PAGES:
        yield page.name, look_at_page(page)
    for name, browser, path in walked():
        yield name, look_at_request(browser.client, path)


def _of_reads() -> Iterator[tuple[str, list[Scan]]]:
    client, provider = api_client()
    for read in READS:
        yield read.name, look_at_request(client, read.address(provider))
