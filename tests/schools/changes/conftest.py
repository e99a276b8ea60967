"""Who is signed in when somebody moves between schools."""

import pytest

from tests.schools.moving import somebody_at


@pytest.fixture
def denise(world, sign_in):
    """A browser in which somebody of both schools is signed in."""
    return sign_in(somebody_at(world.oak, world.elm))
