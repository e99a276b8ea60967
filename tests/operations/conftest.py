"""Operations are tested in one world."""

from tests.registrations import world, worlds_rows  # noqa: F401
