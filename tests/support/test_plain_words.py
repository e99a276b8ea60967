"""Support reads words: no page and no timeline shows a value as it is stored."""

import re
from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from django.template.loader import get_template
from django.test import RequestFactory

from register_ects.models import (
    Declaration,
    InductionPeriod,
    LeadProvider,
    Schedule,
    Teacher,
    TrainingPeriod,
)
from register_ects.operations.base import transition
from register_ects.rules import enumerations as domain
from register_ects.rules.inductions import InductionState
from register_ects.web.plain_words import in_words
from register_ects.web.timeline import timeline_items
from tests.factories import EventFactory, SchoolFactory, StaffUserFactory, TeacherFactory

SHOWN = [
    *(domain.TrainingProgramme, domain.TraineeRole, domain.ScheduleIdentifier),
    *(domain.DeclarationType, domain.EvidenceType, domain.PaymentStatus, domain.ClawbackStatus),
    *(domain.WithdrawalReason, domain.DeferralReason, domain.WorkingPattern),
    *(domain.InductionOutcome, domain.TermsReason, domain.LegacyInductionProgramme),
    *(domain.InductionStatus, domain.TRSResponse, domain.MentorFundingEndReason),
    *(domain.AnonymisationReason, domain.StatementStatus, domain.ContractType),
]
#: An underscore, a capital inside a word, "75-percent", "retained-1", "ecf-standard-april".
CODE = re.compile(r"\w_\w|[a-z][A-Z]|[a-z0-9]-percent|(?:retained|extended)-[0-9]|\becf-")
MOMENT = datetime(2026, 1, 31, 12, tzinfo=UTC)


def drawn(part, **record):
    trs = {"status": InductionState.IN_PROGRESS}
    context = {"record": {"teacher": Teacher(), **record}, "trs": trs, "navigation": []}
    context["request"] = RequestFactory().get("/")
    html = get_template(f"support/record_{part}.jinja").render(context)
    return " ".join(BeautifulSoup(html, "html.parser").main.get_text(" ").split())


@pytest.mark.parametrize("kind", SHOWN, ids=lambda kind: kind.__name__)
def test_every_value_in_a_timeline_is_read_as_its_label(kind):
    for choice in kind:
        change = transition("state", None, choice.value)
        assert in_words(change).casefold() in {
            f"state set to '{choice.label}'".casefold(),
            "state set to 'other'",
        }
        assert not CODE.search(in_words(f"It is {choice.value} for 2025"))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (
            "The retained-1 declaration for Jo Hall-Smith was paid",
            "The retained 1 declaration for Jo Hall-Smith was paid",
        ),
        (
            "Harbour moved Ada from ecf-standard-september for 2025 to ecf-reduced-april for 2025",
            "Harbour moved Ada from standard September for 2025 to reduced April for 2025",
        ),
        (
            "TRS induction status changed from 'RequiredToComplete' to 'InProgress'",
            "TRS induction status changed from 'Required to complete' to 'In progress'",
        ),
        ("Name set to 'Pass Other'", "Name set to 'Pass Other'"),
        ("They pass other_school@example.com", "They pass other_school@example.com"),
    ],
)
def test_texts_of_events_keep_everything_but_codes(written, read):
    assert in_words(written) == read


@pytest.mark.django_db
def test_an_event_shows_no_code_in_any_of_its_texts():
    event = EventFactory(
        heading="The retained-1 declaration for Ada Okafor was voided",
        body="Evidence: 75-percent-engagement-met",
        modifications=["TRS induction status 'RequiredToComplete' removed"],
    )

    [item] = timeline_items([event])

    assert item.heading == "The retained 1 declaration for Ada Okafor was voided"
    assert item.body == "Evidence: 75% engagement met"
    assert item.changes == ["TRS induction status 'Required to complete' removed"]


def test_every_declaration_is_shown_in_words():
    provider = LeadProvider(name="Cedar Learning")
    declarations = [
        Declaration(trainee_role="mentor", lead_provider=provider, **{field: choice.value})
        for field, kind in (
            ("declaration_type", domain.DeclarationType),
            ("evidence_type", domain.EvidenceType),
            ("payment_status", domain.PaymentStatus),
            ("clawback_status", domain.ClawbackStatus),
        )
        for choice in kind
    ]

    text = drawn("payments", declarations=declarations)

    assert not CODE.search(text)
    for words in ("75% engagement met, reduced induction", "Retained 1", "Awaiting clawback"):
        assert words in text


@pytest.mark.django_db
def test_every_training_is_shown_in_words():
    common = {"school": SchoolFactory(), "lead_provider": LeadProvider(pk=1, name="Cedar Learning")}
    trainings = [
        TrainingPeriod(
            trainee_role="ect",
            started_on=MOMENT.date(),
            finished_on=MOMENT.date(),
            **each,
            **common,
        )
        for each in [
            *(
                {"withdrawn_at": MOMENT, "withdrawal_reason": r.value}
                for r in domain.WithdrawalReason
            ),
            *({"deferred_at": MOMENT, "deferral_reason": r.value} for r in domain.DeferralReason),
            *({"schedule": Schedule(identifier=s.value)} for s in domain.ScheduleIdentifier),
            *({"training_programme": p.value} for p in domain.TrainingProgramme),
        ]
    ]

    text = drawn("training", trainings=trainings, today=MOMENT.date())

    assert not CODE.search(text)
    for words in ("left teaching profession", "long-term sickness", "Extended January"):
        assert words in text


def test_every_induction_is_shown_in_words():
    periods = [
        InductionPeriod(
            started_on=MOMENT.date(), finished_on=MOMENT.date(), **{field: choice.value}
        )
        for field, kind in (
            ("outcome", domain.InductionOutcome),
            ("terms_reason", domain.TermsReason),
            ("training_programme", domain.TrainingProgramme),
            ("legacy_programme", domain.LegacyInductionProgramme),
        )
        for choice in kind
    ]

    text = drawn("induction", inductions=periods, today=MOMENT.date())

    assert not CODE.search(text)
    for words in ("Passed", "They served some of it in Wales", "Full induction programme"):
        assert words in text


@pytest.mark.django_db
def test_the_record_of_a_person_shows_no_code(sign_in):
    browser, teacher = sign_in(StaffUserFactory()), TeacherFactory()
    for field, kind in (
        ("trs_induction_status", domain.InductionStatus),
        ("trs_response", domain.TRSResponse),
    ):
        for choice in kind:
            Teacher.objects.filter(pk=teacher.pk).update(**{field: choice.value})
            page = browser.get(f"/admin/teachers/{teacher.api_id}")
            assert page.status_code == 200
            assert not CODE.search(page.select_one("main").get_text(" "))
