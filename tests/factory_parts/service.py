"""Factories of staff, events and what the service itself keeps."""

import uuid
from datetime import date, timedelta

import factory
from factory.django import DjangoModelFactory

from register_ects import clock, models
from register_ects.rules.enumerations import AuthorType, StaffRole
from tests.factory_parts.base import noon
from tests.factory_parts.catalogue import LeadProviderFactory
from tests.factory_parts.schools import SchoolFactory


class StaffUserFactory(DjangoModelFactory):
    """An admin. Traits: user_manager, finance, product_team."""

    class Meta:
        model = models.StaffUser

    class Params:
        user_manager = factory.Trait(role=StaffRole.USER_MANAGER)
        finance = factory.Trait(role=StaffRole.FINANCE)
        product_team = factory.Trait(role=StaffRole.PRODUCT_TEAM)

    email = factory.Sequence(lambda n: f"staff{n}@education.gov.uk")
    name = "Sam Staff"
    role = StaffRole.ADMIN


class EventFactory(DjangoModelFactory):
    """Something that the system did."""

    class Meta:
        model = models.Event

    event_type = "teacher_imported_from_trs"
    category = "trs"
    heading = "Ada Okafor was imported from TRS"
    author_type = AuthorType.SYSTEM


class JourneyDraftFactory(DjangoModelFactory):
    """A draft without answers that expires in 2030."""

    class Meta:
        model = models.JourneyDraft

    journey = "register-ect"
    school = factory.SubFactory(SchoolFactory)
    owner = "someone@school.example.com"
    expires_at = noon(date(2030, 1, 1))


class SupportQueryFactory(DjangoModelFactory):
    """A question from a school."""

    class Meta:
        model = models.SupportQuery

    name = "Tilda Marsh"
    email = "tilda@school.example.com"
    school_name = "Hillside School"
    school_urn = 100_001
    message = "How do I change a mentor?"


class RegistrationBatchFactory(DjangoModelFactory):
    """A list of ECTs, of which nobody is registered yet."""

    class Meta:
        model = models.RegistrationBatch

    school = factory.SubFactory(SchoolFactory)
    state = "ready"
    uploaded_by_name = "Tilda Marsh"
    uploaded_by_email = "tilda@school.example.com"
    expires_at = factory.LazyFunction(lambda: clock.now() + timedelta(days=7))


class RegistrationBatchRowFactory(DjangoModelFactory):
    """Somebody in a list who has not been checked."""

    class Meta:
        model = models.RegistrationBatchRow

    batch = factory.SubFactory(RegistrationBatchFactory)
    number = factory.Sequence(lambda n: n + 1)


class RegistrationClosureFactory(DjangoModelFactory):
    """The first fortnight of June 2026."""

    class Meta:
        model = models.RegistrationClosure

    starts_on = date(2026, 6, 1)
    ends_on = date(2026, 6, 14)
    message = "Registration opens on 15 June"


class ServiceNoticeFactory(DjangoModelFactory):
    """The afternoon of 10 September 2026."""

    class Meta:
        model = models.ServiceNotice

    starts_at = noon(date(2026, 9, 10))
    ends_at = noon(date(2026, 9, 11))
    message = "TRS is slow today"


class APIRequestFactory(DjangoModelFactory):
    """A list of participants that a provider read."""

    class Meta:
        model = models.APIRequest

    id = factory.LazyFunction(uuid.uuid4)
    received_at = noon(date(2025, 10, 1))
    request_id = factory.Sequence(lambda n: f"request-{n}")
    lead_provider = factory.SubFactory(LeadProviderFactory)
    method = "GET"
    path = "/participants"
    query = ""
    status = 200
    duration_ms = 12
    user_agent = "client/1.0"


class IdempotentAnswerFactory(DjangoModelFactory):
    """What a provider was answered when it declared something."""

    class Meta:
        model = models.IdempotentAnswer

    lead_provider = factory.SubFactory(LeadProviderFactory)
    key = factory.Sequence(lambda n: f"key-{n}")
    method = "POST"
    target = "/participant-declarations"
    body_digest = bytes(32)
    status = 200
    content_type = "application/json; charset=utf-8"
    content = b'{"data":{}}'
    created_at = noon(date(2025, 10, 1))


class OutgoingEmailFactory(DjangoModelFactory):
    """An email that waits to be sent."""

    class Meta:
        model = models.OutgoingEmail

    template = "mentor_registered"
    recipient = "tilda@school.example.com"
    personalisation = factory.LazyFunction(
        lambda: {"mentor_name": "Tilda Marsh", "school_name": "Hillside School"}
    )
