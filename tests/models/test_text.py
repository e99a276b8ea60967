"""Text: never empty where nothing is known, and an email has an @ (spec 01 §1)."""

import pytest
from django.apps import apps
from django.db import connection, models

from tests import factories
from tests.raw_sql import changed

#: Log and projection: nobody types into them, and what a client sent is kept as it was.
OURS_ALONE = ("api_request_log", "api_idempotent_answer", "shown_", "sandbox_scenario")
#: Text that another constraint keeps from being empty: a pattern, a list.
KEPT_OTHERWISE = {
    ("event", "category"),
    ("event", "event_type"),
    ("teacher", "trn"),
}


def text_columns():
    """Return (table, column) of all text that is not one of a list."""
    return [
        (model._meta.db_table, field.column)
        for model in apps.get_app_config("register_ects").get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, (models.CharField, models.TextField))
        and not (field.choices or field.generated)
        and not model._meta.db_table.endswith("_history")
        and not model._meta.db_table.startswith(OURS_ALONE)
    ]


def constraints():
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint WHERE contype = 'c'")
        return {name for (name,) in cursor.fetchall()}


def test_no_text_can_be_empty():
    known = constraints()
    unguarded = {
        (table, column)
        for table, column in text_columns()
        if not known & {f"{table}_{column}_not_empty", f"{table}_{column}_is_an_email"}
    }
    assert unguarded == KEPT_OTHERWISE


#: Spaces, control characters, and what has no shape: zero width, fillers, marks, selectors, tags.
UNSEEN = [
    *("", "  ", "\t\n", "\x01", "\x7f", "\x85", "\xa0", "\xa0 \t", "\xad", "\u034f", "\u061c"),
    *("\u115f", "\u1160", "\u1680", "\u17b4", "\u180e", "\u2003", "\u200b", "\u200b\u200d"),
    *("\u200e", "\u2028", "\u202e", "\u202f", "\u205f", "\u2060", "\u2066", "\u2800", "\u3000"),
    *("\u3164", "\ufe0f", "\ufeff", "\uffa0", "\ufffb", "\U0001d173", "\U000e0041", "\U000e0100"),
]


@pytest.mark.parametrize("text", UNSEEN, ids=ascii)
@pytest.mark.parametrize(
    ("factory", "column"),
    [
        ("LeadProviderFactory", "name"),
        ("AppropriateBodyFactory", "name"),
        ("TeacherFactory", "corrected_name"),
    ],
)
def test_something_of_a_name_can_be_seen(refused, factory, column, text):
    row = getattr(factories, factory)()
    refused(f"{row._meta.db_table}_{column}_not_empty", *changed(row, **{column: text}))


@pytest.mark.parametrize(
    "text",
    [".", "-", "1", "É", "Ł", "李", "\u0627", "א", "अ", "한", "\u2010", "\xa0a"],
)
def test_what_can_be_seen_is_text(execute, text):
    execute(*changed(factories.TeacherFactory(), corrected_name=text))
    execute(*changed(factories.LeadProviderFactory(), name=text))


@pytest.mark.parametrize("text", ["", "  ", "\u200b"])
@pytest.mark.parametrize(
    ("factory", "column"),
    [
        ("TeacherFactory", "corrected_name"),
        ("TeacherFactory", "trs_first_name"),
        ("TeacherFactory", "trs_last_name"),
        ("TeacherFactory", "trs_redirected_to"),
        ("GIASSchoolFactory", "postcode"),
        ("GIASSchoolFactory", "name"),
        ("LeadProviderFactory", "name"),
        ("DeliveryPartnerFactory", "name"),
        ("AppropriateBodyFactory", "name"),
        ("StaffUserFactory", "name"),
        ("TRSInductionUpdateFactory", "last_response"),
    ],
)
def test_text_says_something(refused, factory, column, text):
    row = getattr(factories, factory)()
    problem = refused(f"{row._meta.db_table}_{column}_not_empty", *changed(row, **{column: text}))
    assert (problem.field, problem.code) == (column, "empty")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ada",
        "ada.example.com",
        "@example.com",
        "ada@",
        "ada@example",
        "a@b@example.com",
        "ada okafor@example.com",
        "ada@example..com",
        "ada..okafor@example.com",
        "..ada@example.com",
    ],
)
@pytest.mark.parametrize(
    ("factory", "column"),
    [
        ("ECTAtSchoolPeriodFactory", "email"),
        ("MentorAtSchoolPeriodFactory", "email"),
        ("GIASSchoolFactory", "primary_contact_email"),
        ("GIASSchoolFactory", "secondary_contact_email"),
        ("SupportQueryFactory", "email"),
        ("OutgoingEmailFactory", "recipient"),
    ],
)
def test_an_email_has_an_at_between_a_name_and_a_domain(refused, factory, column, text):
    row = getattr(factories, factory)()
    problem = refused(f"{row._meta.db_table}_{column}_is_an_email", *changed(row, **{column: text}))
    assert (problem.field, problem.code) == (column, "wrong_format")
    assert "like name@example.com" in problem.details["message"]


def test_the_email_of_staff_has_no_two_dots_in_a_row(refused):
    refused(
        "staff_user_email_is_an_email",
        *changed(factories.StaffUserFactory(), email="ada..okafor@education.gov.uk"),
    )


def test_the_tutors_email_has_an_at(refused):
    school = factories.SchoolFactory()
    for text in ("ada", "ada..okafor@example.com"):
        refused(
            "school_induction_tutor_email_is_an_email",
            *changed(school, induction_tutor_name="Ada Okafor", induction_tutor_email=text),
        )


def test_the_author_of_an_event_has_an_email_with_an_at(refused):
    from tests.raw_sql import copied

    event = factories.EventFactory(modifications=[], metadata={})
    for text in ("ada", "ada..okafor@example.com"):
        refused("event_author_email_is_an_email", *copied(event, author_email=text))


@pytest.mark.parametrize(
    "email", [None, "o'hara+ect@sub.example.co.uk", "ADA@Example.COM", ".ada.@example.com"]
)
def test_an_email_may_be_unknown_or_unusual(execute, email):
    execute(*changed(factories.ECTAtSchoolPeriodFactory(), email=email))
