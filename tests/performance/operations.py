"""Every operation that is timed: what it acts on in a population, and how it is called.

``subjects`` yields candidates, the likeliest first; those that a rule refuses are passed over.
``rows`` says how many rows a call is about, where the cost of one is what compares. ``prepare`` is
done before, in the same transaction, and not timed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from register_ects import clock
from register_ects.operations import email_delivery, support_queries, support_query_delivery
from register_ects.operations.declarations import bulk as bulk_declarations
from register_ects.operations.declarations import making as declarations
from register_ects.operations.declarations import voiding
from register_ects.operations.inductions import closing as induction_closing
from register_ects.operations.inductions import periods as inductions
from register_ects.operations.inductions import trs_updates
from register_ects.operations.lead_providers import api_limits, api_tokens, partnerships
from register_ects.operations.placements import details, leaving, mentoring, registration, starts
from register_ects.operations.schools import closures as school_closures
from register_ects.operations.schools import induction_tutors, opting_out, reminders
from register_ects.operations.statements import adjustments as statement_adjustments
from register_ects.operations.statements import authorisation as statement_authorisation
from register_ects.operations.statements import closing as statement_closing
from register_ects.operations.teachers import merging, names, trs_records
from register_ects.operations.teachers import records as teachers
from register_ects.operations.training import changes as training_changes
from register_ects.operations.training import funding, participant_actions, schedule_changes
from tests.performance import calls, subjects


@dataclass(frozen=True)
class MeasuredOperation:
    """One line of the benchmark: ``call`` runs ``function`` on what ``subjects`` yields."""

    name: str
    function: Callable[..., Any]
    subjects: Callable[[], Iterator[Any]]
    call: Callable[[Any], Any]
    rows: Callable[[Any], int] = lambda subject: 1
    prepare: Callable[[Any], Any] = lambda subject: None


OPERATIONS = [
    MeasuredOperation(
        "Register an ECT", registration.register_ect, calls.newcomers, calls.register_ect
    ),
    MeasuredOperation(
        "Register an ECT who moves here",
        registration.register_ect,
        calls.movers,
        calls.register_ect,
    ),
    MeasuredOperation(
        "Register a mentor",
        mentoring.register_mentor,
        calls.ects_in_training,
        calls.register_mentor,
    ),
    MeasuredOperation(
        "Assign a mentor",
        mentoring.assign_mentor,
        calls.ects_with_another_mentor,
        calls.assign_mentor,
    ),
    MeasuredOperation(
        "Change a lead provider",
        training_changes.change_lead_provider,
        calls.with_another_provider,
        calls.change_lead_provider,
    ),
    MeasuredOperation(
        "Change to school-led training",
        training_changes.change_training_programme,
        calls.in_training,
        calls.change_programme,
    ),
    MeasuredOperation(
        "Report that an ECT leaves",
        leaving.report_leaving,
        subjects.ect_placements,
        calls.report_leaving,
    ),
    MeasuredOperation(
        "Report that a mentor leaves",
        leaving.report_leaving,
        calls.mentors_with_ects,
        calls.report_leaving,
    ),
    MeasuredOperation(
        "Cancel an ECT's leaving",
        leaving.cancel_leaving,
        subjects.ect_placements,
        calls.cancel_leaving,
        prepare=calls.report_leaving,
    ),
    MeasuredOperation(
        "Cancel a mentor's leaving",
        leaving.cancel_leaving,
        calls.mentors_with_ects,
        calls.cancel_leaving,
        prepare=calls.report_leaving,
    ),
    MeasuredOperation(
        "Change an email address", details.change_email, subjects.ect_placements, calls.change_email
    ),
    MeasuredOperation(
        "Change a working pattern",
        details.change_working_pattern,
        subjects.ect_placements,
        calls.change_working_pattern,
    ),
    MeasuredOperation(
        "Change an appropriate body",
        details.change_appropriate_body,
        calls.without_induction,
        calls.change_appropriate_body,
    ),
    MeasuredOperation(
        "Correct a start date", starts.correct_start, subjects.ect_placements, calls.correct_start
    ),
    MeasuredOperation(
        "Correct a name", names.change_name, subjects.ect_placements, calls.change_name
    ),
    MeasuredOperation("Claim an ECT", inductions.claim_ect, calls.claimable, calls.claim),
    MeasuredOperation(
        "Release",
        inductions.release_ect,
        subjects.open_inductions,
        calls.closing(inductions.release_ect),
    ),
    MeasuredOperation(
        "Record a pass",
        inductions.pass_induction,
        subjects.open_inductions,
        calls.closing(inductions.pass_induction),
    ),
    MeasuredOperation(
        "Confirm that a fail was told",
        inductions.confirm_fail,
        subjects.open_inductions,
        lambda period: inductions.confirm_fail(
            period, seen=induction_closing.mark_of_period(period)
        ),
    ),
    MeasuredOperation(
        "Record a fail",
        inductions.fail_induction,
        subjects.open_inductions,
        calls.closing(inductions.fail_induction, fail_confirmation_sent_on=clock.today),
    ),
    MeasuredOperation("Declare", declarations.create_declaration, subjects.claims, calls.declare),
    MeasuredOperation(
        "Declare for a mentor",
        declarations.create_declaration,
        calls.starts_of_mentors,
        calls.declare_again,
        prepare=calls.void,
    ),
    MeasuredOperation(
        "Declare in bulk, each",
        bulk_declarations.create_declarations,
        calls.bulks,
        calls.declare_in_bulk,
        rows=lambda subject: calls.BULK,
    ),
    MeasuredOperation("Void", voiding.void_declaration, calls.unpaid, calls.void),
    MeasuredOperation("Claw back", voiding.void_declaration, calls.paid, calls.void),
    MeasuredOperation(
        "Claw back that a mentor completed",
        voiding.void_declaration,
        calls.paid_completions_of_mentors,
        calls.void,
    ),
    MeasuredOperation(
        "Defer",
        participant_actions.defer_participant,
        calls.in_training,
        calls.acting(participant_actions.defer_participant, "other"),
    ),
    MeasuredOperation(
        "Withdraw",
        participant_actions.withdraw_participant,
        calls.in_training,
        calls.acting(participant_actions.withdraw_participant, "other"),
    ),
    MeasuredOperation(
        "Resume",
        participant_actions.resume_participant,
        calls.stopped,
        calls.acting(participant_actions.resume_participant, None),
    ),
    MeasuredOperation(
        "Change schedule",
        schedule_changes.change_schedule,
        calls.in_training,
        calls.change_schedule,
    ),
    MeasuredOperation(
        "Begin a partnership",
        partnerships.propose_partnership,
        subjects.schools_without_partnership,
        calls.propose,
    ),
    MeasuredOperation(
        "Correct a delivery partner",
        partnerships.correct_delivery_partner,
        subjects.partnerships_with_another_pairing,
        calls.correct,
    ),
    MeasuredOperation(
        "Close a statement, each declaration",
        statement_closing.close_statement,
        calls.with_declarations,
        calls.close,
        rows=lambda statement: statement.rows,
    ),
    MeasuredOperation(
        "Authorise a statement, each declaration",
        statement_authorisation.authorise_statement,
        calls.with_declarations,
        calls.authorise,
        rows=lambda statement: statement.rows,
        prepare=calls.close,
    ),
    MeasuredOperation(
        "Adjust a statement",
        statement_adjustments.add_adjustment,
        calls.with_declarations,
        calls.adjust,
    ),
    MeasuredOperation(
        "Change an adjustment",
        statement_adjustments.change_adjustment,
        calls.with_declarations,
        calls.readjust,
        prepare=calls.adjust,
    ),
    MeasuredOperation(
        "Remove an adjustment",
        statement_adjustments.remove_adjustment,
        calls.with_declarations,
        calls.no_longer_adjust,
        prepare=calls.adjust,
    ),
    MeasuredOperation("Merge two records", merging.merge_teachers, calls.two_records, calls.merge),
    MeasuredOperation(
        "Take over a name from TRS", teachers.find_or_create_teacher, calls.people, calls.rename
    ),
    MeasuredOperation(
        "Follow a changed TRN", teachers.follow_merged_trn, calls.people, calls.follow
    ),
    MeasuredOperation(
        "Make waiting declarations eligible",
        funding.make_waiting_declarations_eligible,
        calls.eligible,
        calls.fund,
        prepare=calls.let_wait,
    ),
    MeasuredOperation(
        "Note that TRS accepted",
        trs_updates.record_sent,
        calls.people,
        calls.on_waiting_message(trs_updates.record_sent),
    ),
    MeasuredOperation(
        "Note that TRS refused",
        trs_updates.record_rejected,
        calls.people,
        calls.on_waiting_message(lambda update: trs_updates.record_rejected(update, "refused")),
    ),
    MeasuredOperation(
        "Note that TRS knew better",
        trs_updates.record_superseded,
        calls.people,
        calls.on_waiting_message(lambda update: trs_updates.record_superseded(update, "later")),
    ),
    MeasuredOperation(
        "Note that TRS is away",
        trs_updates.record_unavailable,
        calls.people,
        calls.on_waiting_message(
            lambda update: trs_updates.record_unavailable(update, "503", retry_after=None)
        ),
    ),
    MeasuredOperation(
        "Send again what TRS refused",
        trs_updates.queue_again,
        calls.people,
        calls.on_waiting_message(calls.send_again),
    ),
    MeasuredOperation(
        "Note whom TRS does not show", trs_records.record_not_shown, calls.people, calls.not_shown
    ),
    MeasuredOperation(
        "Send an email again", email_delivery.send_again, calls.schools, calls.send_email_again
    ),
    MeasuredOperation(
        "Send a question again",
        support_query_delivery.send_again,
        calls.schools,
        calls.send_question_again,
    ),
    MeasuredOperation("Issue a token", api_tokens.issue_api_token, calls.providers, calls.issue),
    MeasuredOperation("Revoke a token", api_tokens.revoke_api_token, calls.providers, calls.revoke),
    MeasuredOperation(
        "Confirm an induction tutor",
        induction_tutors.confirm_induction_tutor,
        calls.schools_to_confirm_tutor,
        calls.confirm_tutor,
    ),
    MeasuredOperation(
        "Change an induction tutor",
        induction_tutors.change_induction_tutor,
        calls.schools_to_confirm_tutor,
        calls.change_tutor,
    ),
    MeasuredOperation(
        "Stop reminder emails",
        opting_out.opt_out_of_reminder_emails,
        calls.schools,
        opting_out.opt_out_of_reminder_emails,
    ),
    MeasuredOperation(
        "Close registration",
        school_closures.add_closure,
        calls.schools,
        calls.close_registration,
    ),
    MeasuredOperation(
        "Move a closure",
        school_closures.change_closure,
        calls.closures,
        calls.move_closure,
    ),
    MeasuredOperation(
        "End a closure",
        school_closures.end_closure,
        calls.closures,
        calls.end_closure,
    ),
    MeasuredOperation("Ask support", support_queries.ask_support, calls.schools, calls.ask),
    MeasuredOperation(
        "Set a request limit", api_limits.set_api_request_limit, calls.providers, calls.limit
    ),
]

#: Operations that another one always calls, or that a timer runs one after the other.
PARTS_OF_OTHERS = {
    funding.set_funding_eligibility: "registering, claiming and merging",
    reminders.queue_reminders: "a timer, which reads every school, five times a year",
    partnerships.create_partnership: "beginning a partnership",
    teachers.update_teacher_from_record: "taking over a name from TRS",
}
