"""Operations are tested in one world."""

from tests.registrations import world  # noqa: F401
