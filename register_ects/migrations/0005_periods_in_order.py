"""Let the named CHECK refuse a period whose days are in the wrong order.

The generated range raised PostgreSQL's own error first, which names no constraint. A generated
column cannot be altered: it is made again, with the exclusion constraint that stands on it.
"""

import django.contrib.postgres.constraints
from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.fields.ranges import RangeOperators
from django.db import migrations, models
from django.db.models import Case, F, Func, Value, When

#: model, its exclusion constraint, the columns that must be equal for two periods to clash
PERIODS = [
    ("contractperiod", "contract_periods_never_overlap", []),
    ("appropriatebodyperiod", "designations_of_a_body_never_overlap", ["appropriate_body"]),
    ("ectatschoolperiod", "ect_placements_never_overlap", ["teacher"]),
    (
        "mentoratschoolperiod",
        "mentor_placements_at_a_school_never_overlap",
        ["teacher", "school"],
    ),
    ("mentorshipperiod", "one_mentor_at_a_time_per_ect", ["ect_at_school_period"]),
    ("trainingperiod", "training_periods_in_a_role_never_overlap", ["teacher", "trainee_role"]),
    ("inductionperiod", "induction_periods_never_overlap", ["teacher"]),
]


def _days():
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


def _exclusion(name, equal):
    return django.contrib.postgres.constraints.ExclusionConstraint(
        name=name,
        expressions=[
            *((column, RangeOperators.EQUAL) for column in equal),
            ("period", RangeOperators.OVERLAPS),
        ],
        deferrable=models.Deferrable.IMMEDIATE,
    )


class Migration(migrations.Migration):
    dependencies = [("register_ects", "0004_close_gaps")]
    operations = [
        operation
        for model, name, equal in PERIODS
        for operation in (
            migrations.RemoveConstraint(model_name=model, name=name),
            migrations.RemoveField(model_name=model, name="period"),
            migrations.AddField(model_name=model, name="period", field=_days()),
            migrations.AddConstraint(model_name=model, constraint=_exclusion(name, equal)),
        )
    ]
