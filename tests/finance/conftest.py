"""Finance pages are tested as somebody of DfE finance sees them."""

import pytest

from tests.factories import StaffUserFactory


@pytest.fixture
def finance(sign_in):
    """A browser in which a member of DfE finance is signed in."""
    return sign_in(StaffUserFactory(finance=True))
