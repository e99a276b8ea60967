"""Finance reads why the database refused what every rule had allowed."""

import pytest

from register_ects.models import StaffUser
from tests.factories import StaffUserFactory, StatementFactory
from tests.finance.test_adjustment_pages import filled, new
from tests.races import answer_while

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_adjustment_by_a_user_who_was_just_removed_is_refused_in_words(on, sign_in):
    on("2026-02-10")
    joanna, statement = StaffUserFactory(finance=True), StatementFactory()
    browser = sign_in(joanna)

    page = answer_while(
        StaffUser.objects.filter(pk=joanna.pk).delete,
        lambda: browser.post(new(statement), filled("Late starts", "100")),
    )

    assert page.status_code == 422
    assert list(page.errors.values()) == ["A record that this needs no longer exists. Choose again"]
    assert not statement.adjustments.exists()
