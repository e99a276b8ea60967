"""What the pages of a corrected start date show besides their forms."""

from urllib.parse import urlencode

from register_ects.formats import govuk_date
from register_ects.rules.start_corrections import Affected
from register_ects.web.journeys import Run
from register_ects.web.school_addresses import reverse
from register_ects.web.summaries import row
from schools.changes.journeys import Context, now_and_new, whose

#: Why a school cannot correct the date itself.
_WHY = {
    Affected.DECLARATIONS: "a lead provider has declared training of theirs at your school",
    Affected.OTHER_SCHOOL: "it depends on their time as an ECT before",
    Affected.INDUCTION: "an appropriate body has recorded that their induction began before it",
    Affected.TRAINING: "the start of their training depends on it",
    Affected.MENTORING: "the start of their mentoring depends on it",
}


def asked(run: Run) -> Context:
    """Return the date as it is, to correct it."""
    return {**whose(run), "initial": {"started_on": run.subject.started_on, **run.answers}}


def ask_support(run: Run) -> Context:
    """Return why support corrects the date, and the way there with what is to be corrected."""
    name, start = run.subject.teacher.name, run.answers["started_on"]
    query = urlencode(
        {"ect": run.subject.pk, "started_on": start.isoformat(), "from": run.url("edit")}
    )
    return {
        "heading": f"Ask support to correct {name}’s start date",
        "paragraphs": [
            f"You cannot change the start date from {govuk_date(run.subject.started_on)} to "
            f"{govuk_date(start)} yourself, because {_WHY[Affected(run.answers['affected'])]}.",
            "Nothing was saved. Support can correct the date and what depends on it: your message "
            "to them is filled in already.",
        ],
        "links": [
            {"text": "Enter another date", "href": run.url("edit")},
            {"text": f"Go back to {name}’s details", "href": run.home},
        ],
        "action": {"text": "Ask support", "href": f"{reverse('schools:support')}?{query}"},
    }


def check(run: Run) -> Context:
    """Return the date as it is and as it will be."""
    start = run.answers["started_on"]
    now = govuk_date(run.subject.started_on)
    return {
        "rows": now_and_new(run, "School start date", now, govuk_date(start)),
        "paragraphs": ["Their training, mentoring and induction stay as they are."],
    }


def confirmation(run: Run) -> Context:
    """Return what the date was and is."""
    name = run.subject.teacher.name
    return {
        "heading": f"You’ve corrected {name}’s start date",
        "changed": [
            row("School start date before", govuk_date(run.answers["before"])),
            row("School start date now", govuk_date(run.answers["started_on"])),
        ],
        "paragraphs": ["You do not need to do anything else."],
    }
