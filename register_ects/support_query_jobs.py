"""What the job about questions does: give one to the help desk with no transaction open.

The job itself: tasks.py. What is noted: operations/messages/support_query_delivery.py.
"""

import structlog

from register_ects.integrations import help_desk
from register_ects.models import SupportQuery
from register_ects.operations.messages import support_query_delivery

log = structlog.get_logger(__name__)

#: By which the help desk knows what came by this way (spec 05 §12.4).
TAG = "ecf-web-form-support-query"


def deliver(query: SupportQuery) -> float | None:
    """Give a question that was claimed to the help desk; return the seconds until another try.

    None means that it is settled. An attempt before this one may have made a ticket, though nobody
    learned so: then the help desk has one with our key.
    """
    client = help_desk.get_client()
    try:
        # Support may have sent it again, which begins to count anew: always look.
        number = client.find_ticket(str(query.key)) or client.create_ticket(_ticket(query))
    except help_desk.HelpDeskUnavailable as error:
        wait = support_query_delivery.record_unavailable(
            query, str(error), retry_after=error.retry_after
        )
        if wait is None:
            log.error("support_query_given_up", query_id=query.pk, reason=str(error))
        return wait
    except help_desk.HelpDeskError as error:
        support_query_delivery.record_refused(query, str(error))
        log.error("support_query_refused", query_id=query.pk, reason=str(error))
    else:
        support_query_delivery.record_ticket(query, number)
    return None


def _ticket(query: SupportQuery) -> help_desk.Ticket:
    facts = [f"School: {query.school_name}", f"URN: {query.school_urn}"]
    if query.asked_from:
        facts.append(f"Page they came from: {query.asked_from}")
    return help_desk.Ticket(
        key=str(query.key),
        subject=f"Register early career teachers: {query.school_name} ({query.school_urn})",
        message="\n".join([query.message, "", *facts]),
        requester_name=query.name,
        requester_email=query.email,
        tags=(TAG,),
    )
