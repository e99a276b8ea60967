"""A person whose TRN was merged away in TRS keeps one record here (spec 07 §7.4)."""

from register_ects.models import Event
from register_ects.operations.base import Author
from register_ects.operations.teachers.records import follow_merged_trn
from tests.factories import TeacherFactory

SYSTEM = Author.system()


def test_the_person_gets_the_new_trn_and_it_is_told():
    teacher = TeacherFactory(trn="1000001")

    follow_merged_trn("1000001", "1000002", author=SYSTEM)

    teacher.refresh_from_db()
    assert teacher.trn == "1000002"
    assert Event.objects.get().event_type == "teacher_trs_merged"


def test_two_records_of_one_person_are_left_for_support():
    first, second = TeacherFactory(trn="1000001"), TeacherFactory(trn="1000002")

    follow_merged_trn("1000001", "1000002", author=SYSTEM)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.trn, second.trn) == ("1000001", "1000002")
    assert not Event.objects.exists()


def test_nobody_under_the_old_trn_means_nothing_to_do():
    follow_merged_trn("1000001", "1000002", author=SYSTEM)

    assert not Event.objects.exists()
