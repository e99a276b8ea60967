"""What every model shares: timestamps, periods with both ends inclusive, history, refusals.

Rules that must never break are constraints or triggers, named as sentences. What a person is told
when one refuses stands beside it: ``problem`` and ``sentence``, see ``constraints``.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from operator import attrgetter
from types import GenericAlias
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

import pghistory
import pgtrigger
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Case, F, Func, Q, Value, When
from django.db.models.base import ModelState
from django.db.models.functions import Cast

from register_ects import clock
from register_ects.models.constraints import Check, Exclusion, WordedTrigger
from register_ects.rules.periods import goes_on

Model = TypeVar("Model", bound=type[models.Model])

# Django's fields are generic (what may be set, what is got) to the type checker only.
_Set = TypeVar("_Set")
_Get = TypeVar("_Get")
if TYPE_CHECKING:
    _DateTimeField = models.DateTimeField
    _TextField = models.TextField
else:
    _DateTimeField = GenericAlias(models.DateTimeField, (_Set, _Get))
    _TextField = GenericAlias(models.TextField, (_Set, _Get))


class UpdatedAtField(_DateTimeField[_Set, _Get]):
    """The instant of the last save, from our own clock."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Set the attribute to now on every save."""
        moment = clock.now()
        setattr(model_instance, self.attname, moment)
        return moment


class CaseInsensitiveTextField(_TextField[_Set, _Get]):
    """Text that compares without regard to case (PostgreSQL ``citext``): names and emails."""

    def db_type(self, connection: Any) -> str:
        """Return the column type."""
        return "citext"


class TimeStamped(models.Model):
    """A row that knows when it was created and last changed (row time, not business time).

    ``copied_fields`` names what ``save`` copies from a parent: a save of some fields writes these
    too, so that ``save(update_fields=["school_partnership"])`` never leaves a copy behind.
    ``copied_once`` says where what a row repeats is found, which is copied before the first insert.
    """

    copied_fields: ClassVar[tuple[str, ...]] = ()
    copied_once: ClassVar[Mapping[str, str]] = {}

    created_at = models.DateTimeField(default=clock.now, editable=False)
    updated_at = UpdatedAtField(editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row, its ``updated_at`` and its copied fields among whatever is named."""
        if self._state.adding:
            for column, place in self.copied_once.items():
                setattr(self, column, attrgetter(place)(self))
        if kwargs.get("update_fields"):
            named = {*kwargs["update_fields"], "updated_at", *self.copied_fields}
            kwargs["update_fields"] = named
        super().save(*args, **kwargs)

    @classmethod
    def from_db(
        cls,
        db: str | None,
        field_names: Collection[str],
        values: Collection[Any],
        **_options: Any,
    ) -> Self:
        """Return the instance of a row: its columns as they were read, the others deferred.

        What ``__init__`` does for each column, a new instance needs: a school of 300 people waits
        for it a thousand times.
        """
        instance = cls.__new__(cls)
        vars(instance).update(zip(field_names, values, strict=True), _state=ModelState())
        instance._state.db, instance._state.adding = db, False
        return instance


def inclusive_days() -> models.GeneratedField:
    """Return the generated ``daterange`` of ``started_on`` to ``finished_on``, both inclusive.

    Days in the wrong order give null, not PostgreSQL's own error, so that it is the named CHECK
    that refuses them.
    """
    return models.GeneratedField(
        expression=Case(
            When(finished_on__lt=F("started_on"), then=Value(None)),
            default=Func(
                F("started_on"),
                F("finished_on"),
                Value("[]"),
                function="daterange",
                output_field=DateRangeField(),
            ),
        ),
        output_field=DateRangeField(),
        db_persist=True,
    )


class Period(TimeStamped):
    """A stretch of days: ``started_on`` to ``finished_on``, both inclusive; None means open.

    ``period`` is the same stretch as a generated ``daterange``, on which exclusion constraints
    forbid overlaps. One-day periods are legal; adjacent periods never share a day. Spec 01 §3.
    """

    started_on = models.DateField()
    finished_on = models.DateField(null=True, blank=True)
    period = inclusive_days()

    class Meta:
        abstract = True
        constraints = [
            Check(
                name="%(class)s_finishes_on_or_after_start",
                condition=Q(finished_on__isnull=True) | Q(finished_on__gte=F("started_on")),
                problem="finished_on before_start",
                sentence="The end date must be the same as or after the start date",
            )
        ]

    def contains(self, day: date) -> bool:
        """Whether ``day`` is one of the days covered."""
        return self.started_on <= day and (self.finished_on is None or day <= self.finished_on)

    @property
    def is_open(self) -> bool:
        """Whether no last day is known."""
        return self.finished_on is None

    def is_current_or_future(self, today: date) -> bool:
        """Whether any day covered is today or later."""
        return goes_on(self.finished_on, today)


class PeriodQuerySet(models.QuerySet[Any]):
    """Questions about periods, in the words of spec 01 §3.2."""

    def open(self) -> Self:
        """Keep those without a last day."""
        return self.filter(finished_on=None)

    def finished(self) -> Self:
        """Keep those with a last day, past or future."""
        return self.filter(finished_on__isnull=False)

    def containing(self, day: date) -> Self:
        """Keep those that cover ``day``."""
        return self.filter(period__contains=day)

    def current_or_future(self, today: date) -> Self:
        """Keep those that cover today or a later day."""
        return self.filter(Q(finished_on=None) | Q(finished_on__gte=today))

    def latest_first(self) -> Self:
        """Order by first day, newest first; the higher id wins a tie."""
        return self.order_by("-started_on", "-pk")

    def earliest_first(self) -> Self:
        """Order by first day, oldest first."""
        return self.order_by("started_on", "pk")


def keep_history(model: Model) -> Model:
    """Keep what a row looked like before each change, written by triggers (pghistory).

    A change of nothing but the model's ``unremarkable_fields`` (and ``updated_at``) leaves none.
    Its ``history_indexes`` are those of the table of history, beside that of its key.
    """
    unremarkable = getattr(model, "unremarkable_fields", ())
    remarkable = pgtrigger.AnyChange(exclude=[*unremarkable, "updated_at"])
    updates: dict[str, Any] = {"condition": remarkable} if unremarkable else {}
    return pghistory.track(  # type: ignore[no-any-return]
        pghistory.UpdateEvent("before_update", row=pghistory.Old, **updates),
        pghistory.DeleteEvent("before_delete", row=pghistory.Old),
        exclude=[field.name for field in model._meta.fields if field.generated],
        obj_field=pghistory.ObjForeignKey(null=True, on_delete=models.DO_NOTHING),
        meta={
            "db_table": f"{model._meta.db_table}_history",
            "indexes": getattr(model, "history_indexes", ()),
            "triggers": [
                never_happens(
                    name="history_is_never_changed",
                    operation=pgtrigger.Update | pgtrigger.Delete | pgtrigger.Truncate,
                    message="History is never changed, deleted or emptied",
                    problem="cannot_change",
                )
            ],
        },
    )(model)


#: A row trigger goes on with what it returns, and there is no new row in a deletion.
_RETURN_ROW_OF_ANY = "RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;"


def refusing_trigger(
    *,
    name: str,
    when_broken: str,
    message: str,
    problem: str,
    sentence: str = "",
    operation: Any = None,
    condition: str | None = None,
    when_set: Sequence[str] = (),
    deferrable: bool = False,
    deferred: bool = False,
    lock_first: str = "",
) -> pgtrigger.Trigger:
    """Return a trigger that refuses a row when the SQL condition ``when_broken`` is true.

    It reports itself under ``name`` as a constraint does, with ``message``. A person is told
    ``problem`` and ``sentence`` as of a constraint; without a sentence, the message.
    A ``deferrable`` one is checked at the end of the statement, or of the transaction once
    constraints are deferred; a ``deferred`` one at the end of the transaction, unless they are
    immediate. What it reads from another table must not change meanwhile: ``lock_first`` is SQL
    that locks those rows (waiting for whoever changes them), after which the condition sees what
    was committed. ``condition`` is SQL about the row alone that spares the rest: without a match
    the trigger is not even called. ``when_set`` names columns: an update that leaves them as they
    are passes.
    """
    if when_set:
        new, old = (", ".join(f"{row}.{column}" for column in when_set) for row in ("NEW", "OLD"))
        when_broken = f"""(TG_OP = 'INSERT' OR ({new}) IS DISTINCT FROM ({old}))
                AND ({when_broken})"""
    return WordedTrigger(
        name=name,
        when=pgtrigger.After if deferrable or deferred else pgtrigger.Before,
        operation=operation or (pgtrigger.Insert | pgtrigger.Update),
        condition=pgtrigger.Condition(condition) if condition else None,
        timing=pgtrigger.Deferred if deferred else pgtrigger.Immediate if deferrable else None,
        func=f"""{lock_first}
            IF {when_broken} THEN
                RAISE EXCEPTION '{message}'
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = '{name}';
            END IF;
            {_RETURN_ROW_OF_ANY if "DELETE" in str(operation) else "RETURN NEW;"}
        """,
        problem=problem,
        sentence=sentence or message,
    )


def never_happens(*, name: str, operation: Any, message: str, problem: str) -> pgtrigger.Trigger:
    """Return a trigger that refuses an operation on a table, whichever rows it would reach."""
    return WordedTrigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=operation,
        func=f"""
            RAISE EXCEPTION '{message}'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = '{name}';
        """,
        problem=problem,
        sentence=message,
    )


def never_changes(
    *columns: str, name: str, problem: str, sentence: str, once_set: bool = False
) -> pgtrigger.Trigger:
    """Return a trigger that refuses to change columns (``once_set``: from a value only)."""
    changed = " OR ".join(
        f"(OLD.{column} IS NOT NULL AND NEW.{column} IS DISTINCT FROM OLD.{column})"
        if once_set
        else f"NEW.{column} IS DISTINCT FROM OLD.{column}"
        for column in columns
    )
    return refusing_trigger(
        name=name,
        when_broken=changed,
        message=f"{', '.join(columns)} cannot be changed",
        problem=problem,
        sentence=sentence,
        operation=pgtrigger.Update,
    )


def never_overlap(name: str, *within: str, sentence: str) -> Exclusion:
    """Return a constraint that periods with the same values ``within`` share no day."""
    return Exclusion(
        name=name,
        expressions=[
            *((column, RangeOperators.EQUAL) for column in within),
            ("period", RangeOperators.OVERLAPS),
        ],
        deferrable=models.Deferrable.IMMEDIATE,
        problem="started_on overlaps",
        sentence=sentence,
    )


def both_or_neither(name: str, first: str, second: str, *, problem: str, sentence: str) -> Check:
    """Return a constraint that two columns are both set or both null."""
    return Check(
        name=name,
        condition=Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
        | Q(**{f"{first}__isnull": False, f"{second}__isnull": False}),
        problem=problem,
        sentence=sentence,
    )


def one_of(name: str, field: str, choices: type[models.TextChoices]) -> Check:
    """Return a constraint that a column holds null or one of the enumeration's values."""
    return Check(
        name=name,
        condition=Q(**{f"{field}__in": [str(value) for value in choices.values]})
        | Q(**{f"{field}__isnull": True}),
        problem=f"{field} not_listed",
        sentence="Choose one of the values in the list",
    )


def london_day(column: str) -> Cast:
    """Return the day in London of an instant, for use in a constraint."""
    in_london = Func(
        Value("Europe/London"), F(column), function="timezone", output_field=models.DateTimeField()
    )
    return Cast(in_london, models.DateField())
