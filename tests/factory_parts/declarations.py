"""Factories of declarations."""

from datetime import date, datetime

import factory
from factory.django import DjangoModelFactory

from register_ects import clock, models
from register_ects.rules.enumerations import (
    ClawbackStatus,
    DeclarationType,
    FeeType,
    PaymentStatus,
    StatementStatus,
)
from tests.factory_parts.base import noon
from tests.factory_parts.money import StatementFactory
from tests.factory_parts.placements import TrainingPeriodFactory


def _statement_of(
    training: models.TrainingPeriod, status: str, *, besides: models.Statement | None = None
) -> models.Statement:
    """Return the provider's statement of that status for the training's year, made if needed.

    ``besides`` is one that will not do.
    """
    active = models.ActiveLeadProvider.objects.get(
        lead_provider=training.lead_provider_id, contract_period=training.contract_period_id
    )
    fitting = active.statements.filter(status=status, fee_type=FeeType.OUTPUT)
    found = fitting.exclude(pk=besides.pk if besides else None).first()
    return found or StatementFactory(
        active_lead_provider=active,
        status=status,
    )


class DeclarationFactory(DjangoModelFactory):
    """A submitted ``started`` declaration, dated 1 October of the contract year.

    Made now, or on that day if the clock has not come to it.

    Traits: for_mentor, eligible, payable, paid, voided, awaiting_clawback, clawed_back: each on
    a statement of the same lead provider and year.
    """

    class Meta:
        model = models.Declaration

    class Params:
        for_mentor = factory.Trait(training_period__for_mentor=True)
        eligible = factory.Trait(
            payment_status=PaymentStatus.ELIGIBLE,
            payment_statement=factory.LazyAttribute(
                lambda o: _statement_of(o.training_period, StatementStatus.OPEN)
            ),
        )
        payable = factory.Trait(
            payment_status=PaymentStatus.PAYABLE,
            payment_statement=factory.LazyAttribute(
                lambda o: _statement_of(o.training_period, StatementStatus.PAYABLE)
            ),
        )
        paid = factory.Trait(
            payment_status=PaymentStatus.PAID,
            payment_statement=factory.LazyAttribute(
                lambda o: _statement_of(o.training_period, StatementStatus.PAID)
            ),
        )
        voided = factory.Trait(payment_status=PaymentStatus.VOIDED)
        awaiting_clawback = factory.Trait(
            paid=True,
            clawback_status=ClawbackStatus.AWAITING_CLAWBACK,
            clawback_statement=factory.LazyAttribute(
                lambda o: _statement_of(o.training_period, StatementStatus.OPEN)
            ),
        )
        clawed_back = factory.Trait(
            paid=True,
            clawback_status=ClawbackStatus.CLAWED_BACK,
            clawback_statement=factory.LazyAttribute(
                lambda o: _statement_of(
                    o.training_period, StatementStatus.PAID, besides=o.payment_statement
                )
            ),
        )

    training_period = factory.SubFactory(TrainingPeriodFactory)
    declaration_type = DeclarationType.STARTED
    declaration_date = factory.LazyAttribute(
        lambda o: noon(date(o.training_period.contract_period_id, 10, 1))
    )
    evidence_type = None
    created_at = factory.LazyAttribute(
        lambda o: max(clock.now(), datetime.fromisoformat(str(o.declaration_date)))
    )
    delivery_partner_when_created = factory.LazyAttribute(
        lambda o: (
            o.training_period.school_partnership.lead_provider_delivery_partnership.delivery_partner
        )
    )
