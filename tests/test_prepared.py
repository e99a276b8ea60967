"""Queries that are turned into SQL once (register_ects/prepared.py)."""

import pytest

from register_ects.models import ECTAtSchoolPeriod, Teacher
from register_ects.prepared import Given, Prepared
from tests.factories import ECTAtSchoolPeriodFactory, TeacherFactory

pytestmark = pytest.mark.django_db

TRNS = ["3000001", "3000002", "3000003"]
BY_TRN = Prepared(lambda: Teacher.objects.filter(trn=Given("trn")))


def test_finds_what_the_same_queryset_finds_as_it_is_now():
    TeacherFactory(trn="3000001", trs_first_name="Ada")
    assert BY_TRN.first(trn="3000001").trs_first_name == "Ada"

    Teacher.objects.filter(trn="3000001").update(trs_first_name="Bola")

    assert BY_TRN.first(trn="3000001").trs_first_name == "Bola"
    assert BY_TRN.first(trn="3000002") is None


def test_every_field_of_an_object_and_what_is_related_is_as_django_reads_it(
    django_assert_num_queries,
):
    placement = ECTAtSchoolPeriodFactory()
    related = ECTAtSchoolPeriod.objects.select_related("teacher", "school__gias_school")
    by_key = Prepared(lambda: related.filter(pk__one_of=Given("keys")))
    expected = related.get(pk=placement.pk)

    with django_assert_num_queries(1):
        (found,) = by_key.objects(keys=[placement.pk, 0])
        pairs = [
            (found, expected),
            (found.teacher, expected.teacher),
            (found.school.gias_school, expected.school.gias_school),
        ]

    for ours, theirs in pairs:
        fields = [field.attname for field in theirs._meta.concrete_fields]
        assert [getattr(ours, name) for name in fields] == [
            getattr(theirs, name) for name in fields
        ]
        assert not ours._state.adding


def test_rows_are_tuples_or_what_is_made_of_them():
    TeacherFactory(trn="3000001")
    trns = Prepared(lambda: Teacher.objects.values_list("trn"))
    texts = Prepared(lambda: Teacher.objects.values_list("trn"), row=lambda row: f"TRN {row[0]}")

    assert (trns.rows(), texts.rows()) == ([("3000001",)], ["TRN 3000001"])


@pytest.mark.parametrize(
    ("lookup", "values", "found"),
    [
        ("trn__one_of", ["3000001", "3000003", "none"], ["3000001", "3000003"]),
        ("trn__one_of", [], []),
    ],
)
def test_compares_with_any_number_of_values(lookup, values, found):
    for trn in TRNS:
        TeacherFactory(trn=trn)
    asked = Teacher.objects.filter(**{lookup: Given("values")}).order_by("trn")

    rows = Prepared(lambda: asked.values_list("trn")).rows(values=values)

    assert [trn for (trn,) in rows] == found


def test_is_built_once_and_a_slice_reads_no_more_than_it_holds(django_assert_num_queries):
    for trn in TRNS:
        TeacherFactory(trn=trn)
    built = []

    def build():
        built.append(True)
        people = Teacher.objects.filter(trn__one_of=Given("trns"))
        return people.order_by("trn").values_list("trn")

    people = Prepared(build).slices(trns=TRNS)

    with django_assert_num_queries(3) as asked:
        assert [people[0:2], people[2:9], people[3:3], people[1]] == [
            [("3000001",), ("3000002",)],
            [("3000003",)],
            [],
            ("3000002",),
        ]
    assert "LIMIT 2 OFFSET 0" in asked.captured_queries[0]["sql"]
    assert len(built) == 1


def test_counts_no_further_than_asked(django_assert_num_queries):
    for trn in TRNS:
        TeacherFactory(trn=trn)
    people = Prepared(lambda: Teacher.objects.filter(trn__one_of=Given("trns")).order_by("pk"))

    with django_assert_num_queries(3):
        found = [people.count(trns=TRNS), people.count(2, trns=TRNS)]
        assert (found, len(people.slices(trns=TRNS))) == ([3, 2], 3)
