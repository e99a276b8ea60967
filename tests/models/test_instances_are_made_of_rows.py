"""An instance that is made of a row is like one that was made by its class."""

from register_ects.models import Teacher
from tests.factories import TeacherFactory


def test_its_columns_are_those_of_the_row():
    made = TeacherFactory()

    read = Teacher.objects.get(pk=made.pk)

    assert read == made
    assert {f.attname: getattr(read, f.attname) for f in Teacher._meta.concrete_fields} == {
        f.attname: getattr(made, f.attname) for f in Teacher._meta.concrete_fields
    }
    assert (read._state.adding, read._state.db) == (False, "default")


def test_a_column_left_out_is_read_when_it_is_asked_for(django_assert_num_queries):
    made = TeacherFactory(trs_first_name="Ada")

    read = Teacher.objects.only("trn").get(pk=made.pk)

    assert read.get_deferred_fields() >= {"trs_first_name", "trs_last_name"}
    with django_assert_num_queries(1):
        assert read.trs_first_name == "Ada"


def test_it_is_saved_as_a_change():
    made = TeacherFactory(trs_first_name="Ada")
    read = Teacher.objects.get(pk=made.pk)

    read.corrected_name = "Ada Bell"
    read.save()

    assert Teacher.objects.get().corrected_name == "Ada Bell"
    assert Teacher.objects.count() == 1
