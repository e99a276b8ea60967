"""What the pages of a change of working pattern show besides their forms."""

from register_ects.rules.enumerations import WorkingPattern
from register_ects.web.journeys import Run
from register_ects.web.summaries import row
from schools.changes.journeys import Context, now_and_new


def other(run: Run) -> Context:
    """Return the pattern as it is and the other one; None where it is not known."""
    now = run.subject.working_pattern
    others = {
        WorkingPattern.FULL_TIME: WorkingPattern.PART_TIME,
        WorkingPattern.PART_TIME: WorkingPattern.FULL_TIME,
    }
    return {"now": WorkingPattern(now) if now else None, "other": others[now] if now else None}


def check(run: Run) -> Context:
    """Return the pattern as it is and as it will be."""
    new = named(run.answers["working_pattern"])
    return {
        "rows": now_and_new(run, "Working pattern", named(run.subject.working_pattern), new),
        "paragraphs": [
            "Induction is two school years of full-time work. How long it takes for somebody who "
            "works part time is agreed with the appropriate body."
        ],
    }


def confirmation(run: Run) -> Context:
    """Return what the pattern was and is, and whom to tell."""
    name = run.subject.teacher.name
    return {
        "heading": f"You’ve changed {name}’s working pattern",
        "changed": [
            row("Working pattern before", named(run.answers["before"]) or "Not reported"),
            row("Working pattern now", named(run.answers["working_pattern"])),
        ],
        "paragraphs": [
            f"Tell {name}’s appropriate body about the change, so that you can agree how long the "
            "induction will take."
        ],
    }


def named(pattern: str | None) -> str:
    """Return what a pattern is called; nothing for none."""
    return str(WorkingPattern(pattern).label) if pattern else ""
