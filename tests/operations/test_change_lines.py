"""One line that tells how a field changed (spec 07 §5.2)."""

from datetime import date

import pytest

from register_ects.operations.base import transition

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("field", "old", "new", "line"),
    [
        ("number_of_terms", None, None, "Number of terms not set"),
        ("number_of_terms", None, 3, "Number of terms set to '3'"),
        ("outcome", "pass", None, "Outcome 'pass' removed"),
        ("outcome", "pass", "pass", "Outcome unchanged"),
        ("started_on", None, date(1998, 1, 2), "Started on set to '2 Jan 1998'"),
        ("trs_induction_status", "None", "Passed", "TRS induction status changed from 'None' to"),
        ("ect_payments_frozen_year", None, 2022, "ECT payments frozen year set to '2022'"),
        ("corrected_trn", None, "1", "Corrected TRN set to '1'"),
    ],
)
def test_a_change_is_told_in_words(field, old, new, line):
    assert transition(field, old, new).startswith(line)
