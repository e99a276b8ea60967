"""Schools as such: tutors, questions, emails, and when registration is closed."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

from register_ects import clock
from register_ects.models import (
    OutgoingEmail,
    RegistrationClosure,
    School,
    ServiceNotice,
    SupportQuery,
)
from register_ects.operations.base import Author
from register_ects.operations.messages import (
    email_delivery,
    feedback,
    service_notices,
    support_queries,
    support_query_delivery,
)
from register_ects.operations.once import Sending
from register_ects.operations.schools import closures as school_closures
from register_ects.operations.schools import induction_tutors, opting_out, tutor_emails
from register_ects.rules.enumerations import (
    Audience,
    EmailState,
    EmailTemplate,
    SupportQueryState,
)
from register_ects.rules.induction_tutors import InductionTutor
from tests.performance import subjects
from tests.performance.operations.measured import MeasuredOperation
from tests.performance.subjects import AUTHOR


def schools() -> Iterator[School]:
    yield from School.objects.order_by("pk")[:3]


def send_email_again(school: School) -> None:
    email = OutgoingEmail.objects.create(
        template=EmailTemplate.MENTOR_REGISTERED,
        recipient="robin.asker@school.example",
        state=EmailState.FAILED,
    )
    email_delivery.send_again(email, author=AUTHOR)


def send_question_again(school: School) -> None:
    query = SupportQuery.objects.create(
        name="Robin Asker",
        email="robin.asker@school.example",
        school_name=school.name,
        school_urn=school.urn,
        message="Who?",
        state=SupportQueryState.FAILED,
    )
    support_query_delivery.send_again(query, author=AUTHOR)


def ask(school: School) -> None:
    sending = Sending(uuid4(), "answers")
    author = Author.school_user(name="Robin Asker", email="robin.asker@school.example")
    support_queries.ask_support(
        school, "How do I end a placement?", author=author, asked_from=None, sending=sending
    )


def tell(_school: School) -> None:
    feedback.give_feedback(
        score=4,
        clarity=None,
        comment="Too many pages",
        audience=Audience.SCHOOL,
        page="register-ect",
        sending=Sending(uuid4(), "answers"),
    )


def schools_to_confirm_tutor() -> Iterator[School]:
    yield subjects.school_to_confirm_tutor(named=True)


def confirm_tutor(school: School) -> None:
    seen = induction_tutors.tutor_of(school).mark
    induction_tutors.confirm_induction_tutor(school, seen=seen, author=AUTHOR)


def change_tutor(school: School) -> None:
    induction_tutors.change_induction_tutor(
        school,
        InductionTutor("Robin Tutor", "robin.tutor@school.example"),
        seen=induction_tutors.tutor_of(school).mark,
        author=AUTHOR,
    )


def closures() -> Iterator[RegistrationClosure]:
    yield close_registration(None)


def close_registration(_nothing: Any) -> RegistrationClosure:
    day = clock.today() + timedelta(days=40)
    return school_closures.add_closure(
        starts_on=day, ends_on=day, message="We are getting ready.", author=AUTHOR
    )


def move_closure(closure: RegistrationClosure) -> None:
    school_closures.change_closure(
        closure,
        starts_on=closure.starts_on,
        ends_on=closure.ends_on + timedelta(days=1),
        message=closure.message,
        seen=school_closures.mark_of_closure(closure),
        author=AUTHOR,
    )


def end_closure(closure: RegistrationClosure) -> None:
    seen = school_closures.mark_of_closure(closure)
    school_closures.end_closure(closure, seen=seen, author=AUTHOR)


def notices() -> Iterator[ServiceNotice]:
    yield show_notice(None)


def show_notice(_nothing: Any) -> ServiceNotice:
    now = clock.now()
    return service_notices.add_notice(
        message="We are repairing it.",
        starts_at=now,
        ends_at=now + timedelta(days=1),
        author=AUTHOR,
    )


def end_notice(notice: ServiceNotice) -> None:
    service_notices.end_notice(notice, author=AUTHOR)


def choose_emails(school: School) -> None:
    seen = tutor_emails.mark_of_wanted(school)
    tutor_emails.choose_emails(school, [], seen=seen, author=AUTHOR)


OPERATIONS = [
    MeasuredOperation("Send an email again", email_delivery.send_again, schools, send_email_again),
    MeasuredOperation(
        "Send a question again", support_query_delivery.send_again, schools, send_question_again
    ),
    MeasuredOperation(
        "Confirm an induction tutor",
        induction_tutors.confirm_induction_tutor,
        schools_to_confirm_tutor,
        confirm_tutor,
    ),
    MeasuredOperation(
        "Change an induction tutor",
        induction_tutors.change_induction_tutor,
        schools_to_confirm_tutor,
        change_tutor,
    ),
    MeasuredOperation(
        "Stop reminder emails",
        opting_out.opt_out_of_reminder_emails,
        schools,
        opting_out.opt_out_of_reminder_emails,
    ),
    MeasuredOperation(
        "Close registration", school_closures.add_closure, schools, close_registration
    ),
    MeasuredOperation("Move a closure", school_closures.change_closure, closures, move_closure),
    MeasuredOperation("End a closure", school_closures.end_closure, closures, end_closure),
    MeasuredOperation("Show a notice", service_notices.add_notice, schools, show_notice),
    MeasuredOperation("End a notice", service_notices.end_notice, notices, end_notice),
    MeasuredOperation("Choose emails", tutor_emails.choose_emails, schools, choose_emails),
    MeasuredOperation("Ask support", support_queries.ask_support, schools, ask),
    MeasuredOperation("Give feedback", feedback.give_feedback, schools, tell),
]
