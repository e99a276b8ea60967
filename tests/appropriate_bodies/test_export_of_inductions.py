"""Everything that a body recorded, as a file (spec 06 §6.21.6)."""

import csv
import io
from datetime import date

from tests.factories import InductionExtensionFactory, InductionPeriodFactory

EXPORT = "/appropriate-body/inductions.csv"


def rows(user):
    answer = user.client.get(user.whole(EXPORT))
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_each_period_is_a_row(hub, user, period):
    passed = InductionPeriodFactory(
        appropriate_body=hub, started_on=date(2024, 1, 8), passed=True, teacher__trn="3000700"
    )
    InductionExtensionFactory(teacher=period.teacher, number_of_terms="1.5")

    first, second = rows(user)

    assert first["ECT"] == str(passed.teacher.api_id)
    assert (first["TRN"], first["Start"], first["Outcome"]) == ("3000700", "2024-01-08", "Passed")
    assert (first["Terms"], first["End"]) == ("3.0", passed.finished_on.isoformat())
    assert (second["Name"], second["End"], second["Outcome"]) == ("Ada Okafor", "", "")
    assert (second["Training programme"], second["Extension terms"]) == ("Provider-led", "1.5")


def test_no_cell_is_a_formula(hub, user):
    InductionPeriodFactory(
        appropriate_body=hub, teacher__trs_first_name="=cmd()", teacher__trs_last_name="Ames"
    )

    assert rows(user)[0]["Name"] == "'=cmd() Ames"


def test_nothing_of_another_body_is_in_it(hub, user, period):
    InductionPeriodFactory(teacher=period.teacher, started_on=date(2023, 9, 1), finished=True)
    InductionPeriodFactory()

    assert [row["Induction period"] for row in rows(user)] == [str(period.pk)]


def test_it_costs_the_same_for_many(hub, user, django_assert_max_num_queries):
    for _ in range(4):
        InductionPeriodFactory(appropriate_body=hub)
    rows(user)

    with django_assert_max_num_queries(5):
        rows(user)
