"""A statement in a real browser, on the narrowest screen: no figure is cut off unseen."""

import pytest

from tests.factories import StaffUserFactory, StatementAdjustmentFactory
from tests.finance.ledgers import Ledger
from tests.finance.test_statement_queries import FULL_ECF
from tests.support.chromium import NARROWEST, chromium_page, overflow, sign_in_as

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: By how much a table is wider than what is seen of it, in pixels.
HIDDEN = "(region) => region.scrollWidth - region.clientWidth"
#: What covers the shadow at the edge of a table: no wider than the shadow, else a few pixels that
#: are cut off would show none.
COVER_AND_SHADOW = """(region) => {
  const [left, right, ...shadows] = getComputedStyle(region).backgroundSize.split(", ")
  return [left, right, ...shadows].map(parseFloat)
}"""


def test_the_overview_is_seen_whole_and_wider_tables_show_that_they_scroll(live_server, chromium):
    statement = Ledger(FULL_ECF).add_statements()[-1]
    StatementAdjustmentFactory(statement=statement, amount=-1_000_000)

    with chromium_page(chromium, width=NARROWEST) as page:
        sign_in_as(page, live_server.url, StaffUserFactory(finance=True))
        page.goto(f"{live_server.url}/finance/statements/{statement.api_id}")

        overview = page.locator("[aria-labelledby=overview][role=region]")
        assert "-£1,199,448" in overview.inner_text().replace("\u00a0", " ")
        assert overview.evaluate(HIDDEN) <= 0
        regions = page.locator(".app-table-scroll").all()
        assert any(region.evaluate(HIDDEN) > 0 for region in regions)
        for region in regions:
            left, right, *shadows = region.evaluate(COVER_AND_SHADOW)
            assert left <= shadows[0]
            assert right <= shadows[1]
        assert overflow(page) == []
