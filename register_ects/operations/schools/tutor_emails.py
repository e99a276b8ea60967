"""A school chooses which emails its induction tutor gets (spec 05 §15 Improve)."""

from collections.abc import Collection

from register_ects.models import School
from register_ects.operations.base import Author, operation, record_event
from register_ects.rules.enumerations import TutorEmails
from register_ects.rules.problems import refuse_if
from register_ects.rules.seen import mark_of, problems_with_seen


def wanted_emails(school: School) -> list[TutorEmails]:
    """Return the kinds of email that a school's tutor gets."""
    return [kind for kind in TutorEmails if kind not in school.unwanted_emails]


def mark_of_wanted(school: School) -> str:
    """Return the mark of what a page showed of a school's choice."""
    return mark_of(*wanted_emails(school))


@operation
def choose_emails(school: School, wanted: Collection[str], *, seen: str, author: Author) -> None:
    """Send a school's tutor these kinds of email and no others, whoever the tutor is.

    ``seen`` is the mark of the choice that the page showed. Raises RuleBroken if it was changed
    meanwhile. The same choice again changes nothing.
    """
    school = School.objects.select_for_update(no_key=True).get(pk=school.pk)
    before = wanted_emails(school)
    chosen = ", ".join(f"“{kind.label}”" for kind in before) or "no emails"
    refuse_if(problems_with_seen(seen, *before, field_name="emails", chosen=chosen))
    after = [kind for kind in TutorEmails if kind in wanted]
    if after == before:
        return
    school.unwanted_emails = [kind.value for kind in TutorEmails if kind not in after]
    school.save(update_fields=["unwanted_emails"])
    record_event(
        "school_emails_chosen",
        "Emails to the induction tutor chosen",
        author=author,
        about=[school],
        changes={"emails": (", ".join(before), ", ".join(after))},
    )
