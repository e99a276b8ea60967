"""What tests of what lead providers are shown share."""

from copy import deepcopy
from datetime import date

import pytest

from register_ects import clock
from tests.projections.scene import Scene, make_scene


@pytest.fixture(scope="module")
def made_scene(one_transaction) -> Scene:
    with clock.pretend(date(2025, 3, 3)):
        return make_scene()


@pytest.fixture
def scene(made_scene, on) -> Scene:
    """As it is the day after it was made."""
    on("2025-03-04")
    return deepcopy(made_scene)
