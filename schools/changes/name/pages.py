"""What the pages of a change of name show besides their forms."""

from register_ects.models import MentorAtSchoolPeriod
from register_ects.web.journeys import Run
from register_ects.web.summaries import row
from schools.changes.journeys import Context, now_and_new, whose
from schools.changes.name.answers import NameAnswers


def asked(run: Run) -> Context:
    """Return the name as it is, to correct it."""
    return {**whose(run), "initial": {"name": run.subject.teacher.name, **run.answers}}


def confirm(run: Run) -> Context:
    """Return both names, and whether another person would be a mentor instead."""
    return {
        "change": NameAnswers(run.answers, run.subject.teacher),
        "is_mentor": isinstance(run.subject, MentorAtSchoolPeriod),
    }


def check(run: Run) -> Context:
    """Return the name as it is and as it will be."""
    answers = NameAnswers(run.answers, run.subject.teacher)
    return {
        "rows": now_and_new(run, "Name", answers.now, answers.new),
        "paragraphs": [
            "The new name is used at every school, and by the appropriate body and the lead "
            "provider, if there is one. Their record in the Teaching Record System (TRS) stays as "
            "it is."
        ],
    }


def confirmation(run: Run) -> Context:
    """Return what the name was and is, and who sees it."""
    name = run.answers["name"]
    return {
        "heading": f"You’ve changed {name}’s name",
        "changed": [row("Name before", run.answers["before"]), row("Name now", name)],
        "paragraphs": [
            "Everybody who works with them in this service sees the new name from now on. If "
            "their name has changed, they can ask the Teaching Regulation Agency to change it in "
            "their TRS record too."
        ],
    }
