"""What tests of what lead providers are shown share."""

from copy import deepcopy
from datetime import date

import pytest

from register_ects import clock
from tests.projections.sample import Sample, make_sample


@pytest.fixture(scope="module")
def made_sample(one_transaction) -> Sample:
    with clock.pretend(date(2025, 3, 3)):
        return make_sample()


@pytest.fixture
def sample(made_sample, on) -> Sample:
    """As it is the day after it was made."""
    on("2025-03-04")
    return deepcopy(made_sample)
