"""Why staff change a record: a note or a ticket number is enough (spec 06 §6.12)."""

import pytest

from register_ects.rules.staff_reasons import StaffReason, problems_with_reason

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("note", "ticket", "expected"),
    [
        ("Wrong person", "", []),
        ("", "123456", []),
        ("", " #123456 ", []),
        ("Wrong person", "#123456", []),
        ("x" * 500, "", []),
        ("", "", ["note missing"]),
        (" ", " ", ["note missing"]),
        ("...", "123456", ["note without_letters"]),
        ("x" * 501, "", ["note too_long"]),
        ("Wrong person", "12345", ["ticket malformed"]),
        ("", "1234567", ["ticket malformed"]),
        ("", "##123456", ["ticket malformed"]),
        ("", "12345a", ["ticket malformed"]),
        ("", "١٢٣٤٥٦", ["ticket malformed"]),
    ],
)
def test_one_of_the_two_is_enough_and_both_must_be_right(note, ticket, expected):
    problems = problems_with_reason(StaffReason(note, ticket))

    assert [f"{problem.field} {problem.code}" for problem in problems] == expected


def test_the_number_of_a_ticket_has_no_sign_before_it():
    assert StaffReason(ticket="#123456").ticket_number == 123456
    assert StaffReason(note="Wrong person").ticket_number is None
