"""What the pages of a change of email address show besides their forms."""

from register_ects.operations.messages.email_delivery import returned_welcome
from register_ects.rules.emails import is_generic
from register_ects.web.journeys import Run
from register_ects.web.summaries import row
from schools.changes.journeys import Context, now_and_new, whose

_SENT_AGAIN = (
    "The email that tells them that they are registered came back from the address before. We send "
    "it again to the new one."
)


def asked(run: Run) -> Context:
    """Return the address as it is, to change it."""
    return {**whose(run), "initial": {"email": run.subject.email, **run.answers}}


def check(run: Run) -> Context:
    """Return the address as it is and as it will be, and whether others may read it."""
    email = run.answers["email"]
    return {
        "rows": now_and_new(run, "Email address", run.subject.email, email),
        "email_is_shared": is_generic(email),
        "paragraphs": [
            "Messages to them go to the new address. A lead provider who trains them sees it too.",
            *([_SENT_AGAIN] if returned_welcome(run.subject) else []),
        ],
    }


def confirmation(run: Run) -> Context:
    """Return what the address was and is, and who uses it."""
    name = run.subject.teacher.name
    return {
        "heading": f"You’ve changed {name}’s email address",
        "changed": [
            row("Email address before", run.answers["before"] or "Not reported"),
            row("Email address now", run.answers["email"]),
        ],
        "paragraphs": [
            "Messages to them go to the new address from now on, and a lead provider who trains "
            "them sees it. We do not tell them of the change: tell them yourself.",
            *([_SENT_AGAIN] if run.answers.get("sent_again") else []),
        ],
    }
