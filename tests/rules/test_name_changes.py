"""Which name may replace another, and when it may be somebody else's (spec 05 §9.1)."""

import pytest

from register_ects.rules.name_changes import may_be_somebody_else, problems_with_new_name

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("now", "new", "expected"),
    [
        pytest.param("Asha Rao", "Asha Roa", [], id="another spelling"),
        pytest.param("asha rao", "Asha Rao", [], id="capitals only"),
        pytest.param("Asha Rao", "Asha Rao", ["name unchanged"], id="the same"),
        pytest.param("Asha O'Rao", " Asha  O’Rao ", ["name unchanged"], id="the same once tidy"),
    ],
)
def test_a_name_is_refused_only_where_it_is_the_same(now, new, expected):
    problems = problems_with_new_name(new, now=now)

    assert [f"{p.field} {p.code}" for p in problems] == expected


@pytest.mark.parametrize(
    ("now", "new", "expected"),
    [
        pytest.param("Asha Rao", "Ben Cole", True, id="both"),
        pytest.param("Asha Rao", "Ben Rao", False, id="first only"),
        pytest.param("Asha Rao", "Asha Cole", False, id="last only"),
        pytest.param("Asha Mary Rao", "Ben Mary Cole", True, id="all but the middle"),
        pytest.param("Asha Rao", "ASHA RAÓ", False, id="capitals and accents"),
        pytest.param("Asha O'Neil", "Asha ONeil", False, id="punctuation"),
        pytest.param("Asha", "Ben", True, id="one word each"),
        pytest.param("Asha", "Asha Rao", False, id="a last name added"),
        pytest.param("Asha Rao", "Rao Asha", True, id="the other way round"),
    ],
)
def test_both_first_and_last_name_must_change_to_be_somebody_else(now, new, expected):
    assert may_be_somebody_else(now, new) is expected
