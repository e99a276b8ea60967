"""The demo's teachers, mentors and staff, each with a history that shows something.

There are none yet: the demo starts with the schools register and the reference data only.
"""


def load_people() -> None:
    """Create the people of the demo who do not exist yet. Running it twice does no harm."""
