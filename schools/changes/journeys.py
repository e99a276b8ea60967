"""What every change has in common (spec 05 §9): ask, check what is now and what is new, confirm.

::

    def change_name(role: Role) -> Journey:
        return change_journey(
            role,
            "name",
            [Step("edit", NameForm, QUESTION, on_submit=note_name, form_options=pages.asked)],
            check=pages.check,     # context of the check page: its ``rows`` are what it shows
            save=save,             # (answers, request) -> what the confirmation shows
            confirmation=pages.confirmation,
        )

Nothing is written before the check page is sent. ``save`` calls an operation with the mark of what
the page showed as being so now, which the engine has held against the record; the operation asks
again under its lock.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from django.http import HttpResponse

from register_ects.rules.problems import RuleBroken
from register_ects.web.access import View
from register_ects.web.drafts import Answers
from register_ects.web.forms import GovukForm
from register_ects.web.journeys import Journey, Run, Step
from register_ects.web.summaries import Row, row
from schools.access import school_required
from schools.changes.roles import Role
from schools.saving import one_at_a_time

Context = Mapping[str, Any]

#: A page with one question, whose record it is about, and a way out.
QUESTION = "schools/changes/question.jinja"


class CheckForm(GovukForm):
    """Nothing to fill in: what may be refused at the last moment, in words."""

    wording = {
        "unchanged": "A colleague has made this change already. Nothing was saved again",
        "taken": "Another teacher has this email address now. Change it to continue",
        "not_active": "Your choice is no longer available. Change it to continue",
        "not_allowed_for_school": "Your school cannot choose this appropriate body. Change it",
        "induction_is_open": "An appropriate body has opened their induction. Nothing was saved",
        "induction_over": "Their induction is over, so this cannot be changed",
        "has_left": "They have left your school, so their details cannot be changed",
    }


def now_and_new(run: Run, what: str, now: object, new: object) -> list[Row]:
    """Return the rows of a check page: what is recorded now, and what will be."""
    changing = what[:1].lower() + what[1:]
    return [
        row(f"{what} now", now or "Not reported"),
        row(f"New {changing}", new, change_url=run.change_url("edit"), changing=changing),
    ]


def change_journey(
    role: Role,
    fact: str,
    questions: Sequence[Step],
    *,
    check: Callable[[Run], Context],
    save: Callable[[Answers, Any], Mapping[str, Any]],
    confirmation: Callable[[Run], Context],
    form: type[GovukForm] = CheckForm,
    template: str = "schools/changes/check_answers.jinja",
    guard: Callable[[View], View] | None = None,
    subject: Callable[[Any, int], Any] | None = None,
    instead: Callable[[Any], HttpResponse | None] = lambda request: None,
    refresh: Callable[[Answers, Any], None] = lambda answers, request: None,
    hold: Callable[[Answers, Any], None] = one_at_a_time,
    sensitive: Collection[str] = (),
    last: str = "schools/changes/confirmation.jinja",
    options: Callable[[Run], Context] | None = None,
) -> Journey:
    """Return the journey that changes a fact of a record, at ``…/change-{fact}/edit``.

    ``check`` gives the check page's ``rows``; ``confirmation`` the ``heading`` of the last page,
    ``changed`` (rows) and ``paragraphs``. The other arguments are those of ``Journey``; ``form``,
    ``template`` and ``options`` are the check page's, ``last`` is the template of the last page.
    """

    def complete(given: Answers, request: Any) -> Mapping[str, Any]:
        try:
            return save(given, request)
        except RuleBroken:
            request.subject.refresh_from_db()  # the page comes again with what is so now
            raise

    return Journey(
        name=f"change-{role.name}-{fact}",
        guard=guard or school_required(to_change=True),
        hold=hold,
        sensitive=sensitive,
        home=role.record,
        subject=subject or role.placement,
        instead=instead,
        refresh=refresh,
        complete=complete,
        called="form",
        steps=[
            *questions,
            Step(
                "check-answers",
                form,
                template,
                completes=True,
                shows=["rows", "sentences"],
                form_options=options or whose,
                context=lambda run: _with_sentences(check(run)),
            ),
            Step(
                "confirmation",
                template=last,
                confirmation=True,
                context=confirmation,
            ),
        ],
    )


def _with_sentences(context: Context) -> Context:
    """Add the check page's sentences as rows: whoever confirms has read these as well."""
    told = filter(None, [context.get("told"), *context.get("paragraphs", ())])
    return {**context, "sentences": [row("What happens", text) for text in told]}


def whose(run: Run) -> dict[str, Any]:
    """Return what labels and messages call the person."""
    return {"words": {"name": run.subject.teacher.name}}
