"""Support's pages are tested as a member of staff sees them."""

import pytest

from tests.factories import StaffUserFactory


@pytest.fixture
def officer(sign_in):
    return sign_in(StaffUserFactory())
