"""Two records of one person become one."""

from datetime import date

import pytest

from register_ects.models import (
    Declaration,
    Event,
    ShownChange,
    Teacher,
    TeacherIdChange,
    TRSInductionUpdate,
)
from register_ects.models.teachers import TRS_FIELDS
from register_ects.operations.base import Author
from register_ects.operations.teachers.merging import merge_teachers, problems_between
from register_ects.projections.refresh import catch_up
from register_ects.rules.problems import RuleBroken
from tests.factories import (
    ContractPeriodFactory,
    DeclarationFactory,
    ECTAtSchoolPeriodFactory,
    EventFactory,
    InductionExtensionFactory,
    InductionPeriodFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    StaffUserFactory,
    StatementFactory,
    TeacherFactory,
    TeacherIdChangeFactory,
    TrainingPeriodFactory,
    TRSInductionUpdateFactory,
    noon,
)

AUTHOR = Author.system()


pytestmark = pytest.mark.day("2025-11-03")


def merge(source, destination, author=AUTHOR, **details):
    merge_teachers(source, destination, author=author, **details)
    source.refresh_from_db()
    destination.refresh_from_db()


def refused(source, destination, **details):
    with pytest.raises(RuleBroken) as caught:
        merge_teachers(source, destination, author=AUTHOR, **details)
    return [f"{each.field} {each.code}".strip() for each in caught.value.problems]


def test_everything_moves_and_what_belongs_to_it_follows():
    declaration = DeclarationFactory()
    training = declaration.training_period
    source, destination = training.teacher, TeacherFactory()
    mentorship = MentorshipPeriodFactory(ect_at_school_period=training.ect_at_school_period)
    as_mentor = TrainingPeriodFactory(teacher=source, for_mentor=True)
    mentoring = MentorshipPeriodFactory(mentor_at_school_period=as_mentor.mentor_at_school_period)
    induction = InductionPeriodFactory(teacher=source)
    extension = InductionExtensionFactory(teacher=source)

    merge(source, destination)

    moved = [declaration, training, as_mentor, induction, extension]
    for record in [*moved, mentorship, mentoring]:
        record.refresh_from_db()
    assert {each.teacher for each in moved} == {destination}
    assert training.ect_at_school_period.teacher == destination
    assert mentorship.ect_teacher == destination
    assert mentoring.mentor_teacher == destination


def test_the_source_is_cleared_but_its_row_and_ids_are_kept(on):
    source, destination = TeacherFactory(corrected_name="Tess Quillan"), TeacherFactory()
    api_id = source.api_id

    merge(source, destination)

    assert source.api_id == api_id
    assert (source.trn, source.trnless, source.name) == (None, True, "Unknown")
    assert source.trs_qts_awarded_on is None
    assert source.trs_induction_status is None
    assert source.anonymisation_reason == "teacher_record_merged"
    assert source.anonymised_at == noon(date(2025, 11, 3))


def test_the_retired_id_is_told_and_earlier_ones_come_along():
    earlier = TeacherIdChangeFactory()
    source, destination = earlier.to_teacher, TeacherFactory()

    merge(source, destination)

    changes = TeacherIdChange.objects.filter(teacher=destination).order_by("pk")
    assert [(each.from_teacher, each.to_teacher) for each in changes] == [
        (earlier.from_teacher, source),
        (source, destination),
    ]
    assert not TeacherIdChange.objects.filter(teacher=source).exists()


def test_both_histories_tell_of_it_and_the_past_follows_the_person():
    source, destination = TeacherFactory(trn="1000001"), TeacherFactory(trn="1000002")
    past = EventFactory(teacher=source)
    names = source.name, destination.name

    merge(source, destination, note="Registered twice", ticket=123456)

    past.refresh_from_db()
    assert past.teacher == destination
    events = Event.objects.filter(event_type="teacher_merged").order_by("pk")
    assert [each.teacher for each in events] == [destination, source]
    assert events[0].heading == f"{names[0]}’s record (TRN 1000001) was merged into {names[1]}’s"
    for event in events:
        assert event.zendesk_ticket_id == 123456
        assert event.body.endswith("Registered twice")
        assert "1000001" in event.body
        assert str(source.api_id) in event.body


@pytest.mark.parametrize(
    ("details", "allowed"),
    [
        pytest.param({}, False, id="neither"),
        pytest.param({"note": "Registered twice"}, True, id="a note"),
        pytest.param({"ticket": 123456}, True, id="a ticket"),
    ],
)
def test_staff_give_a_note_or_a_ticket(details, allowed):
    source, destination = TeacherFactory(), TeacherFactory()
    staff = Author.staff(StaffUserFactory())
    if allowed:
        merge(source, destination, author=staff, **details)
        assert source.anonymised_at
    else:
        with pytest.raises(RuleBroken, match="note note_or_ticket_missing"):
            merge_teachers(source, destination, author=staff, **details)


# -- What the survivor keeps -----------------------------------------------------------------


def test_funding_is_carried_over_the_earliest_wins():
    year = ContractPeriodFactory(year=2021)
    source = TeacherFactory(
        ect_first_became_eligible_for_training_at=noon(date(2024, 9, 2)),
        mentor_completed=True,
        ect_payments_frozen_year=year,
    )
    destination = TeacherFactory(
        ect_first_became_eligible_for_training_at=noon(date(2025, 9, 1)),
        mentor_fundable=True,
    )

    merge(source, destination)

    assert destination.ect_first_became_eligible_for_training_at == noon(date(2024, 9, 2))
    assert destination.mentor_first_became_eligible_for_training_at == noon(date(2025, 9, 1))
    assert destination.mentor_became_ineligible_for_funding_on == date(2025, 7, 1)
    assert (
        destination.mentor_became_ineligible_for_funding_reason == "completed_declaration_received"
    )
    assert destination.ect_payments_frozen_year == year


def test_what_waited_for_the_other_records_induction_becomes_payable():
    declaration = DeclarationFactory()
    statement = StatementFactory(
        active_lead_provider__lead_provider=declaration.lead_provider,
        active_lead_provider__year=2025,
        year=2026,
        month=1,
        deadline_date=date(2025, 12, 31),
    )
    destination = InductionPeriodFactory().teacher

    merge(declaration.teacher, destination)

    declaration.refresh_from_db()
    assert destination.ect_first_became_eligible_for_training_at is not None
    assert (declaration.payment_status, declaration.payment_statement) == ("eligible", statement)


@pytest.mark.parametrize(
    ("destination_trains", "takes_over"), [(False, True), (True, False)], ids=["takes over", "own"]
)
def test_the_training_record_id_that_was_shown_lives_on(destination_trains, takes_over):
    training = TrainingPeriodFactory(year=2024, finished_on=date(2025, 7, 31))
    training.ect_at_school_period.finished_on = date(2025, 7, 31)
    training.ect_at_school_period.save()
    source, destination = training.teacher, TeacherFactory()
    if destination_trains:
        TrainingPeriodFactory(teacher=destination)
    shown, own = source.api_ect_training_record_id, destination.api_ect_training_record_id
    own_as_mentor = destination.api_mentor_training_record_id

    merge(source, destination)

    assert destination.api_ect_training_record_id == (shown if takes_over else own)
    assert destination.api_mentor_training_record_id == own_as_mentor
    assert source.api_ect_training_record_id != destination.api_ect_training_record_id


def test_a_survivor_without_a_trn_takes_over_the_sources():
    source = TeacherFactory(trn="1000001", trs_first_name="Tess", trs_last_name="Sorrel")
    destination = TeacherFactory(trnless_person=True, trs_first_name=None, trs_last_name=None)

    merge(source, destination)

    assert (destination.trn, destination.trnless) == ("1000001", False)
    assert destination.name == "Tess Sorrel"


def test_trs_is_told_of_an_induction_that_the_survivor_gained():
    source = InductionPeriodFactory(passed=True).teacher
    waiting = TRSInductionUpdateFactory(teacher=source)
    destination = TeacherFactory()

    merge(source, destination)

    waiting.refresh_from_db()
    assert waiting.state == "superseded"
    update = TRSInductionUpdate.objects.get(teacher=destination)
    assert (update.status, update.state) == ("Passed", "queued")


#: Of a record that was merged into another and cleared, what is no fact about the person.
KEPT = {
    *("id", "created_at", "updated_at", "api_id", "api_ect_training_record_id"),
    *("api_mentor_training_record_id", "trnless", "search"),
    *("anonymised_at", "anonymisation_reason"),
}
#: What the survivor takes over of the person's funding, by rules of its own.
FUNDING = {
    *("ect_first_became_eligible_for_training_at", "mentor_first_became_eligible_for_training_at"),
    *("ect_became_ineligible_for_funding_on", "mentor_became_ineligible_for_funding_on"),
    *("mentor_became_ineligible_for_funding_reason", "ect_payments_frozen_year"),
    "mentor_payments_frozen_year",
}


def test_every_fact_about_a_person_is_cleared_or_named_here():
    """A new field of Teacher is one or the other, so that no merge forgets it."""
    facts = {each.name for each in Teacher._meta.concrete_fields} - KEPT - FUNDING
    assert facts == {"trn", "corrected_name", *TRS_FIELDS}


def test_nothing_of_the_cleared_record_is_left_to_support():
    """The two TRNs that TRS merged become one here: that was the case to look into."""
    source = TeacherFactory(trs_response="permanent_redirect", trs_redirected_to="3000999")
    refused = TRSInductionUpdateFactory(teacher=source, state="rejected")

    merge(source, TeacherFactory(trn="3000999"))

    refused.refresh_from_db()
    source.refresh_from_db()
    assert (refused.state, source.trs_response) == ("superseded", None)


def test_an_outcome_that_trs_holds_is_not_undone():
    source = InductionPeriodFactory(finished=True).teacher
    destination = TeacherFactory(passed=True)

    merge(source, destination)

    assert not TRSInductionUpdate.objects.filter(teacher=destination).exists()


# -- What is refused -------------------------------------------------------------------------


def test_nothing_changes_when_the_records_overlap():
    source = TrainingPeriodFactory().teacher
    destination = ECTAtSchoolPeriodFactory().teacher

    assert refused(source, destination) == ["ect_placements_overlap"]

    assert not TeacherIdChange.objects.exists()
    assert not Event.objects.exists()
    assert not Teacher.objects.filter(anonymised_at__isnull=False).exists()
    assert source.ect_at_school_periods.count() == 1


def _two_outcomes(source, destination):
    InductionPeriodFactory(teacher=source, passed=True)
    InductionPeriodFactory(teacher=destination, failed=True, started_on=date(2023, 9, 1))


def _same_slot(source, destination):
    past = ECTAtSchoolPeriodFactory(
        teacher=source, started_on=date(2024, 9, 2), finished_on=date(2025, 8, 31)
    )
    earlier = TrainingPeriodFactory(
        ect_at_school_period=past, year=2024, finished_on=date(2025, 8, 31)
    )
    DeclarationFactory(training_period=earlier)
    DeclarationFactory(training_period__teacher=destination)


def _mentor_each_other(source, destination):
    mentor = MentorAtSchoolPeriodFactory(teacher=source)
    ect = ECTAtSchoolPeriodFactory(teacher=destination, school=mentor.school)
    MentorshipPeriodFactory(ect_at_school_period=ect, mentor_at_school_period=mentor)


def _mentor_training(source, destination):
    for teacher in (source, destination):
        TrainingPeriodFactory(teacher=teacher, for_mentor=True)


@pytest.mark.parametrize(
    ("arrange", "expected"),
    [
        pytest.param(_two_outcomes, "two_outcomes", id="two outcomes"),
        pytest.param(_same_slot, "declared_twice", id="one slot declared on both"),
        pytest.param(_mentor_each_other, "mentor_each_other", id="one mentors the other"),
        pytest.param(_mentor_training, "mentor_training_overlaps", id="two trainings at once"),
    ],
)
def test_records_that_contradict_each_other_are_refused(arrange, expected):
    source, destination = TeacherFactory(), TeacherFactory()
    arrange(source, destination)

    assert refused(source, destination) == [expected]
    assert [each.code for each in problems_between(source, destination)] == [expected]


def test_a_voided_declaration_clashes_with_nothing():
    source, destination = TeacherFactory(), TeacherFactory()
    _same_slot(source, destination)
    Declaration.objects.filter(teacher=source).update(payment_status="voided")

    merge(source, destination)

    assert destination.declarations.count() == 2


def test_a_record_is_not_merged_into_itself_nor_twice():
    source, destination = TeacherFactory(), TeacherFactory()
    assert refused(source, source) == ["source same_record"]
    merge(source, destination)

    assert refused(source, TeacherFactory()) == ["source already_anonymised"]
    assert refused(destination, source) == ["destination already_anonymised"]


# -- What lead providers are told ------------------------------------------------------------


def test_the_change_feed_says_who_took_over(on):
    training = TrainingPeriodFactory()
    source, destination = training.teacher, TeacherFactory()
    catch_up()
    merge(source, destination)

    removed = ShownChange.objects.get(change="removed", resource_type="participant")
    assert (removed.resource_id, removed.replaced_by) == (source.api_id, destination.api_id)
