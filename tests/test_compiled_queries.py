"""Queries that are compiled once return what the query set returns, whatever the values."""

import re
import uuid
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, F, OuterRef, QuerySet, Value
from django.db.transaction import TransactionManagementError

from register_ects import clock
from register_ects.database.compiled import Compiled, compiled, prepared_cursor
from register_ects.database.insertion import FEW, insert
from register_ects.models import Event, ShownChange, Teacher, TrainingPeriod
from register_ects.operations.base import Author, new_event
from register_ects.rules.enumerations import ChangeKind, ResourceType, TraineeRole
from tests.factories import LeadProviderFactory, TeacherFactory, TrainingPeriodFactory

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[1]
APPS = ("register_ects", "appropriate_bodies", "finance", "providers", "schools", "support")


@compiled
def trainings_of(teacher: int, role: str | None, day: date) -> QuerySet[TrainingPeriod]:
    return (
        TrainingPeriod.objects.filter(teacher=teacher, trainee_role=role, started_on__lte=day)
        .select_related("contract_period", "ect_at_school_period")
        .annotate(school_urn=F("school__gias_school_id"))
        .latest_first()
    )


@compiled
def with_any_key(keys: list[int]) -> QuerySet[Teacher, tuple[int, bool]]:
    trained = TrainingPeriod.objects.filter(teacher=OuterRef("pk"))
    return Teacher.objects.filter(pk__any=keys).order_by("pk").values_list("pk", Exists(trained))


@compiled
def keys_by_public_id(api_id: str) -> QuerySet[Teacher, int]:
    return Teacher.objects.filter(api_id=api_id).values_list("pk", flat=True)


@compiled
def by_trn(trns: list[str]) -> QuerySet[Teacher, str]:
    return Teacher.objects.filter(trn__any=trns).order_by("trn").values_list("trn", flat=True)


def test_instances_come_with_related_ones_and_annotations(django_assert_num_queries):
    training = TrainingPeriodFactory()
    (found,) = trainings_of(training.teacher_id, TraineeRole.ECT, date(2030, 1, 1))
    with django_assert_num_queries(0):
        assert found == training
        assert found.contract_period.year == training.contract_period_id
        assert found.ect_at_school_period.email == training.ect_at_school_period.email
        assert found.period.lower == training.started_on
    assert found.school_urn == training.school.gias_school_id
    assert not found._state.adding


def test_each_call_has_values_of_its_own():
    first, second = TrainingPeriodFactory(), TrainingPeriodFactory()
    for _ in range(4):  # from the third time on by the plan that is kept
        for training in (first, second):
            person, day = training.teacher_id, training.started_on
            assert trainings_of(person, TraineeRole.ECT, day) == [training]
            assert trainings_of(person, role="mentor", day=day) == []
            assert trainings_of(person, None, day) == []


@pytest.mark.parametrize("number", [0, 1, 3])
def test_any_is_as_good_as_in(number):
    people = sorted(TrainingPeriodFactory().teacher_id for _ in range(number))
    stranger = TeacherFactory()
    assert with_any_key(people) == [(key, True) for key in people]
    assert with_any_key({stranger.pk}) == [(stranger.pk, False)]
    assert list(Teacher.objects.filter(pk__any=people).order_by("pk")) == list(
        Teacher.objects.filter(pk__in=people).order_by("pk")
    )


def test_first_is_the_first_in_order_as_it_is_now():
    for trn in ("3000002", "3000001"):
        TeacherFactory(trn=trn)
    assert by_trn.first(["3000002", "3000001"]) == "3000001"
    assert by_trn.first(["3000002"]) == "3000002"

    Teacher.objects.filter(trn="3000001").update(trn="3000003")

    assert by_trn.first(["3000002", "3000001", "3000003"]) == "3000002"
    assert by_trn.first(["3000001"]) is None


def test_a_union_gives_the_rows_of_its_parts():
    @compiled
    def both(keys: list[int]) -> QuerySet[Teacher, tuple[int, int, str]]:
        people = Teacher.objects.filter(pk__any=keys)
        trained = TrainingPeriod.objects.filter(teacher__any=keys)
        first = people.values_list(Value(0), "pk", "trn")
        return first.union(trained.values_list(Value(1), "teacher", Value("")), all=True)

    training = TrainingPeriodFactory()
    person = training.teacher
    for _ in range(3):
        assert sorted(both([person.pk])) == [(0, person.pk, person.trn), (1, person.pk, "")]


def test_any_works_on_keys_of_other_rows():
    training = TrainingPeriodFactory()
    found = TrainingPeriod.objects.filter(lead_provider__any={training.lead_provider_id})
    assert list(found) == [training]


def test_a_flat_list_has_values_alone():
    teacher = TeacherFactory()
    assert keys_by_public_id(str(teacher.api_id)) == [teacher.pk]
    assert keys_by_public_id(str(uuid.uuid4())) == []


def test_django_writes_the_query_once():
    calls = []

    @compiled
    def by_key(key: int) -> QuerySet[Teacher]:
        calls.append(key)
        return Teacher.objects.filter(pk=key)

    people = [TeacherFactory() for _ in range(3)]
    assert [by_key(each.pk) for each in people] == [[each] for each in people]
    assert len(calls) == 1


def test_what_never_changes_stands_in_the_statement_so_that_partial_indexes_are_found():
    @compiled
    def odd(key: int) -> QuerySet[Teacher, tuple[int, str]]:
        named = Teacher.objects.filter(pk=key, trs_last_name__in=["O'Hara", "50% \\ %s"])
        return named.values_list("pk", Value("it's 100 %"))

    hara, percent, other = (
        TeacherFactory(trs_last_name=name) for name in ("O'Hara", "50% \\ %s", "Hara")
    )
    for _ in range(3):
        assert odd(hara.pk) == [(hara.pk, "it's 100 %")]
        assert odd(percent.pk) == [(percent.pk, "it's 100 %")]
        assert odd(other.pk) == []
    statement = odd._statement.sql
    assert statement.count("%s") - statement.count("%%s") == 1


def test_postgresql_plans_what_is_asked_again_once():
    teacher = TeacherFactory()
    for _ in range(3):
        with_any_key([teacher.pk])
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        kept = [statement for (statement,) in cursor.fetchall() if "EXISTS" in statement]
    assert len(kept) == 1


@pytest.mark.django_db(transaction=True)
def test_rows_are_locked_in_transactions_only():
    teacher = TeacherFactory()
    with transaction.atomic():
        assert Teacher.objects.locked(teacher.pk) == teacher
    with pytest.raises(TransactionManagementError):
        Teacher.objects.locked(teacher.pk)
    with transaction.atomic(), pytest.raises(Teacher.DoesNotExist):
        Teacher.objects.locked(0)


# -- Nothing that changes is kept ------------------------------------------------------------


def compiled_functions():
    """Return all of the service, by the module's name and their own."""
    found, written = {}, 0
    for path in sorted(each for app in APPS for each in (ROOT / app).rglob("*.py")):
        here = len(re.findall(r"^@compiled$", path.read_text(), re.MULTILINE))
        if here:
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            values = vars(import_module(name)).items()
            found |= {(name, key): each for key, each in values if isinstance(each, Compiled)}
            written += here
    assert len(found) == written
    return found


FUNCTIONS = compiled_functions()


@pytest.fixture
def _nothing_changes(monkeypatch):
    """Refuse to tell the time, and what is in the database."""

    def refuse(*_args, **_options):
        raise AssertionError("A query that is built once looks at what changes: make it a value")

    monkeypatch.setattr(clock, "now", refuse)
    monkeypatch.setattr(clock, "real_now", refuse)
    with connection.execute_wrapper(refuse):
        yield


@pytest.mark.usefixtures("_nothing_changes")
def test_no_compiled_function_looks_at_the_clock_or_the_database():
    for name, function in FUNCTIONS.items():
        assert "SELECT" in str(function.build().query), name


@pytest.mark.usefixtures("_nothing_changes")
@pytest.mark.parametrize(
    "look",
    [
        lambda key: Teacher.objects.filter(pk=key, created_at__lt=clock.now()),
        lambda key: TrainingPeriod.objects.current_or_future(clock.today()).filter(teacher=key),
        lambda key: Teacher.objects.filter(pk=key, trn=Teacher.objects.values_list("trn")[0]),
    ],
)
def test_one_that_does_is_found(look):
    with pytest.raises(AssertionError, match="looks at what changes"):
        str(compiled(look).build().query)


def test_values_are_sent_beside_the_statement():
    hostile = "x'); DROP TABLE teacher; --"
    with prepared_cursor() as cursor:
        cursor.execute("SELECT %s::text", [hostile])
        assert cursor.fetchone() == (hostile,)


# -- Inserting -------------------------------------------------------------------------------


def event(heading, **about):
    return new_event(
        "teacher_declaration_created",
        heading,
        author=Author.lead_provider(LeadProviderFactory.build(name="Harbour Learning")),
        about=list(about.values()),
    )


@pytest.mark.parametrize("number", [1, 2, FEW, FEW + 1])
def test_rows_are_as_django_would_save_them(number):
    teacher = TeacherFactory()
    events = [event(f"Number {place}", teacher=teacher) for place in range(number)]
    for each in events:
        each.metadata, each.modifications = {"name": ["a", None]}, ["Name set to 'ä'"]
    insert(events)
    stored = list(Event.objects.filter(teacher=teacher).order_by("pk"))
    assert stored == events
    saved = event("Number 0", teacher=teacher)
    saved.metadata, saved.modifications = events[0].metadata, events[0].modifications
    saved.happened_at, saved.recorded_at = events[0].happened_at, events[0].recorded_at
    saved.save()
    ours, djangos = Event.objects.filter(pk__in=[stored[0].pk, saved.pk]).order_by("pk").values()
    assert {**ours, "id": None} == {**djangos, "id": None}
    assert not events[0]._state.adding


def test_rows_with_lists_ids_and_words_of_an_enumeration_are_inserted():
    provider, public_id = LeadProviderFactory(), uuid.uuid4()
    changes = [
        ShownChange(
            occurred_at=provider.created_at,
            lead_provider=provider,
            resource_type=ResourceType.DECLARATION,
            resource_id=public_id,
            change=ChangeKind.UPDATED,
            changed_fields=fields,
        )
        for fields in ([], ["state", "statement_id"])
    ]
    insert(changes)
    found = ShownChange.objects.filter(resource_id=public_id).order_by("pk")
    assert list(found.values_list("changed_fields", "resource_type", "change")) == [
        ([], "participant-declaration", "updated"),
        (["state", "statement_id"], "participant-declaration", "updated"),
    ]


def test_a_row_that_the_database_refuses_says_why():
    change = ShownChange(
        occurred_at=LeadProviderFactory().created_at,
        resource_type="weather",
        resource_id=uuid.uuid4(),
        change=ChangeKind.UPDATED,
    )
    with pytest.raises(IntegrityError, match="shown_change_type_is_known"), transaction.atomic():
        insert([change])


def test_nothing_to_insert_costs_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        insert([])
