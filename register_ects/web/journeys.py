"""Journeys: several pages that collect answers and save once. Source: spec 05 §13 Improve.

A journey is a table of steps. Each names its page and says which step follows, as a function of
the answers; everything else (reachability, back links, change links, resuming, completing once)
is derived from the table::

    register_ect = Journey(
        name="register-ect",
        guard=school_required(to_register_ects=True),
        sensitive={"date_of_birth", "national_insurance_number"},
        home="/school/home/ects",          # back link of the first page
        complete=save_registration,        # (answers, request) -> {"teacher_id": 7} or None
        steps=[
            Step(
                "find-ect",
                FindForm,
                on_submit=look_up,         # adds derived answers; may raise Retry
                next=after_find,           # lambda answers: "review" if … else "not-found"
                resets=ALL_LATER,          # another person: ask everything again
            ),
            Step("not-found", template="schools/stop.jinja", stop=True),
            Step("review", ReviewForm, context=person_context),
            Step("check-answers", template="…", completes=True),
            Step("confirmation", template="…", confirmation=True),
        ],
    )
    urlpatterns = [path("register-ect/", include(journey_urls(register_ect)))]  # journey_pages

The first step is shown at ``…/find-ect`` without a draft; submitting it creates one
and every later page is at ``…/{draft}/{slug}``. Tabs are independent.

* ``addresses`` gives pages other addresses, by slug: ``{"check": "people/{draft}/edit"}``. Then
  every page after the first has one with ``{draft}``; the first one's always begins a new draft.
  Where none has ``{draft}``, a subject has one draft, in which everybody of its organisation goes
  on. ``instead`` then says what came of the subject, and the confirmation is a page about it that
  can always be opened: its ``context`` raises ``Leave`` when there is nothing to confirm.
* A step without ``next`` leads to the one below it. ``next`` is a slug or takes the answers.
* A step counts as answered once submitted; ``answered`` adds a condition on the answers, for a
  choice that an earlier change may invalidate (it is then asked again).
* ``inferred`` says of a step that is not submitted yet that what went before has answered it: it is
  passed over, can be opened, and counts as answered. The check page shows what was inferred.
* ``resets`` names steps to ask again when this step's answers change.
* ``?change=yes`` (``run.change_url(slug)``) returns to the check page as soon as all is answered.
* A ``stop`` where nobody was found by what was typed is ``mistyped``: to end there counts as giving
  up. At any other people have learned that they cannot, which is an end as good as the last page.
* A change that leads to a ``stop`` is refused: the stop page shows it, and the answer accepted
  before stands, with all that follows from it. So is one that leads to a step which ``decides``
  (a second proof of who is meant, or another way to complete), until that is answered and stops
  nothing. What is found of the same person again (``keep_if_same``) replaces what was found before.
* ``resets=ALL_LATER`` is for "somebody else": every later step and answer is forgotten, unless
  the answer named in ``keep_if_same`` is what it was: then the rest stands.
* ``on_submit(answers, request)`` may change ``answers``, or raise ``Retry`` (try again, with the
  page's status) or ``RuleBroken`` (worded by the form). It runs outside any transaction, on a page
  that completes before the draft is locked: it may call other services. It, ``complete`` and
  ``context`` may also raise ``Leave``: this is for another page of the service; nothing is kept.
* ``form_options(run)`` gives extra arguments of the form, ``context(run)`` extra context of the
  page. Every page gets ``form``, ``answers``, ``run`` and ``back``.
* ``complete(answers, request)`` runs under a lock on the draft, in one transaction with closing
  it: a repeated submit never saves twice. What it returns joins the answers that the confirmation
  shows. RuleBroken is shown on the page, with a link to the question to mend, and nothing is saved.
* ``shows`` names what a page that completes shows of the answers: lists of rows
  (``web.summaries``) in its context, also of what it says in sentences. Whoever confirms has seen
  these: when any of them is different by then, nothing is saved, and the page comes again, says
  what changed and asks again (``web.check_pages``). Without ``shows`` these are all answers given;
  ``shows=None`` is for a page that asks for all that it saves.
* ``hold(answers, request)`` takes a lock, first of all when a journey is completed: what the page
  showed is then held against facts that nobody else who takes it can change before they are saved.
* ``finishes(answers)`` says of a question that with these answers nothing else is to be asked or
  checked: the journey is completed at once.
* ``sent_again(answers, sent, request)`` is called when the page that completes is sent again
  afterwards: RuleBroken says that ``sent`` is not what was saved. Else the confirmation follows.
* ``refresh(answers, request)`` derives answers again from facts that others may change. It is
  called before the check page is shown or taken, and when ``keep_if_same`` holds: what has become
  open is then asked, never refused at the end.
* ``subject(request, id)`` finds the record that the journey is about *within the organisation*
  (404 otherwise), on every request: ``run.subject``. Its id comes from ``<int:subject_id>`` in
  the address, or from the query parameter ``subject_parameter`` of the first page. Hooks find it
  as ``request.subject``.
* ``about`` names the answer that says whom a draft is about (a TRN, a mentor's id), ``named`` gives
  their name. Every page that asks something of them carries a mark of whom it was drawn for. When
  the draft is about somebody else by the time that it is sent, nothing is kept: the step that is
  next says so. The page that asks whom may say again whom the draft is about by then.
* ``called`` is what messages call what is being made: "registration".
* ``come_back(run)`` is the page that leads back to what was begun: a question names it to whoever
  has to stop. Empty where nothing does yet.
* ``instead(request)`` answers every page of a journey that can no longer be taken for its subject,
  in words; None when it can. A draft that was completed still shows its confirmation.
* Sensitive answers go after 24 hours idle: derive what later steps need in ``on_submit``. A step
  that they belong to asks again (``answered``); ``run.is_asked_again`` says so to its page.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.http import HttpResponse

from register_ects.models import JourneyDraft
from register_ects.rules.seen import mark_of
from register_ects.web import drafts
from register_ects.web.access import View
from register_ects.web.drafts import Answers, State
from register_ects.web.forms import GovukForm
from register_ects.web.school_addresses import at_this_school

#: For ``resets``: every later step, and every answer that is not of an earlier one.
ALL_LATER = ("*",)

_NOTHING = object()


def changed(before: Answers, answers: Answers) -> Answers:
    """Return the answers that are new, or not what they were before."""
    return {k: v for k, v in answers.items() if before.get(k, _NOTHING) != v}


@dataclass(frozen=True)
class Step:
    """One page of a journey: see the top of this file."""

    slug: str
    form: type[GovukForm] = GovukForm
    template: str = "layouts/form.jinja"
    next: str | Callable[[Answers], str] | None = None
    answered: Callable[[Answers], bool] = lambda answers: True
    inferred: Callable[[Answers], bool] = lambda answers: False
    on_submit: Callable[[Answers, Any], None] | None = None
    resets: Sequence[str] = ()
    keep_if_same: str = ""
    form_options: Callable[[Run], Mapping[str, Any]] = lambda run: {}
    context: Callable[[Run], Mapping[str, Any]] = lambda run: {}
    stop: bool = False
    mistyped: bool = False
    decides: bool = False
    completes: bool = False
    finishes: Callable[[Answers], bool] = lambda answers: False
    shows: Sequence[str] | None = ()
    confirmation: bool = False

    @property
    def is_end(self) -> bool:
        """Whether no other question follows."""
        return self.stop or self.completes


@dataclass
class Journey:
    """A table of steps: see the top of this file."""

    name: str
    steps: Sequence[Step]
    complete: Callable[[Answers, Any], Mapping[str, Any] | None]
    guard: Callable[[View], View]
    home: str | Callable[[Run], str] = "/"
    sensitive: Collection[str] = ()
    subject: Callable[[Any, int], models.Model] | None = None
    subject_parameter: str = ""
    instead: Callable[[Any], HttpResponse | None] = lambda request: None
    refresh: Callable[[Answers, Any], None] = lambda answers, request: None
    sent_again: Callable[[Answers, Answers, Any], None] | None = None
    hold: Callable[[Answers, Any], None] | None = None
    addresses: Mapping[str, str] = field(default_factory=dict)
    about: str = ""
    named: Callable[[Answers], str] = lambda answers: "another person"
    called: str = "registration"
    come_back: Callable[[Run], str] = lambda run: ""
    table: dict[str, Step] = field(init=False)

    def __post_init__(self) -> None:
        self.table = {step.slug: step for step in self.steps}

    @property
    def first(self) -> Step:
        """Return the step that begins the journey."""
        return self.steps[0]

    @property
    def confirmation(self) -> Step:
        """Return the page shown once all is saved."""
        return next(step for step in self.steps if step.confirmation)

    @property
    def has_one_draft(self) -> bool:
        """Whether a subject has one draft, which no address names."""
        return bool(self.addresses) and "{draft}" not in "".join(self.addresses.values())

    @property
    def start(self) -> str:
        """Return where a draft begins, below the journey's own address."""
        return self.address(self.first.slug)

    def address(self, slug: str, draft: object = None) -> str:
        """Return where a page is, of a draft or of none, below the journey's own address."""
        usual = f"{{draft}}/{slug}" if draft else slug
        return self.addresses.get(slug, usual).replace("{draft}", str(draft))

    def mark_of_whom(self, answers: Answers) -> str:
        """Return the mark of whom the answers are about, empty while that is not known."""
        whom = answers.get(self.about) if self.about else None
        return mark_of(self.name, whom) if whom else ""

    def walk(self, state: State) -> list[str]:
        """Return the slugs that can be reached: from the first to the first missing answer."""
        answers, step, reached = state.all_answers, self.first, [self.first.slug]
        while not step.is_end and self.is_answered(step, state):
            step = self.table[self._after(step, answers)]
            if step.slug in reached:
                raise ValueError(f"{self.name} goes round in circles at {step.slug}")
            reached.append(step.slug)
        return reached

    def is_answered(self, step: Step, state: State) -> bool:
        """Whether nothing of the step is to be asked: it was submitted, or its answers inferred."""
        answers = state.all_answers
        is_known = step.slug in state.done or step.inferred(answers)
        return is_known and step.answered(answers)

    def starting_answers(self, step: Step, state: State) -> Answers:
        """Return the answers that a submit of ``step`` builds on."""
        if step.resets != ALL_LATER:
            return state.all_answers
        earlier = {
            name
            for other in self.steps[: self.steps.index(step)]
            for name in other.form.base_fields
        }
        return {name: value for name, value in state.all_answers.items() if name in earlier}

    def keeps_later(self, step: Step, before: Answers, answers: Answers) -> bool:
        """Return whether a submit is about the same person or thing, so that the rest stands."""
        name = step.keep_if_same
        return bool(name) and before.get(name) is not None and before[name] == answers.get(name)

    def put(
        self, state: State, step: Step, *, before: Answers, answers: Answers, done: bool = True
    ) -> None:
        """Store what a submit changed since ``before``, and forget the steps that it resets."""
        changes = changed(before, answers)
        keeps_later = self.keeps_later(step, before, answers)
        forgets_all = step.resets == ALL_LATER and not keeps_later
        removed = set() if forgets_all else before.keys() - answers.keys()
        merged = {**state.all_answers, **changes}
        if (changes or removed) and not keeps_later:
            merged = answers if forgets_all else merged
            removed = removed | self._forget(state, step)
        kept = {name: value for name, value in merged.items() if name not in removed}
        state.put(kept, sensitive=self.sensitive)
        if done and step.slug not in state.done:
            state.done.append(step.slug)

    def holds_back(self, slug: str) -> bool:
        """Return whether a way that ends at this step is not accepted, or not yet."""
        return self.table[slug].stop or self.table[slug].decides

    def refuses_change(self, step: Step, state: State, tried: State) -> bool:
        """Return whether ``step`` was accepted in ``state``, and what was tried now is not."""
        if self.keeps_later(step, state.all_answers, tried.all_answers):
            return False  # of the same person the newer finding holds
        reached, end = self.walk(state), self.walk(tried)[-1]
        if step.slug not in reached[:-1] or end == reached[-1] or not self.holds_back(end):
            return False
        following = reached[reached.index(step.slug) + 1]
        return following != reached[-1] or not self.holds_back(following)

    def _forget(self, state: State, step: Step) -> set[str]:
        """Mark the reset steps as not submitted; return the names of their answers."""
        if step.resets == ALL_LATER:
            forgotten = [s.slug for s in self.steps[self.steps.index(step) :]]
            state.done = [slug for slug in state.done if slug not in forgotten]
            return set()
        state.done = [slug for slug in state.done if slug not in step.resets]
        fields = {name for slug in step.resets for name in self.table[slug].form.base_fields}
        return fields - step.form.base_fields.keys()

    def _after(self, step: Step, answers: Answers) -> str:
        if callable(step.next):
            return step.next(answers)
        return step.next or self.steps[self.steps.index(step) + 1].slug


class Run:
    """What hooks may know of a request to one step; ``draft`` is unsaved on the first page."""

    def __init__(
        self, journey: Journey, request: Any, step: Step, draft: JourneyDraft, subject: Any
    ) -> None:
        self.journey, self.request, self.step = journey, request, step
        self.draft, self.subject = draft, subject
        request.subject = subject
        self._read()
        tail = journey.address(step.slug, None if self.is_new else draft.pk)
        self.base: str = request.path.removesuffix(tail)

    def _read(self) -> None:
        """Read the answers: those of a refused change on the page that it led to."""
        self.accepted = self.state = drafts.read(self.draft)
        aside = self.accepted.aside
        if aside and self.journey.walk(aside)[-1] == self.step.slug:
            self.state = aside

    @property
    def is_new(self) -> bool:
        """Whether nothing has been submitted yet."""
        return bool(self.draft._state.adding)

    @property
    def answers(self) -> Answers:
        """Return every answer given so far."""
        return self.state.all_answers

    @property
    def is_at_end(self) -> bool:
        """Whether nothing follows this page: people are asked how it went."""
        return self.step.stop or self.step.confirmation

    @property
    def come_back(self) -> str:
        """Return the page that leads back here once this is left; empty where none does."""
        return self.journey.come_back(self)

    @property
    def is_change(self) -> bool:
        """Whether the person came from the check page to change this one answer."""
        return bool(self.request.GET.get("change") == "yes")

    @property
    def is_asked_again(self) -> bool:
        """Return whether this page was answered before and what it asked for was not kept."""
        return self.step.slug in self.state.done and self.step.slug == self.reached[-1]

    @property
    def reached(self) -> list[str]:
        """Return the slugs of the steps that can be opened, in order."""
        return self.journey.walk(self.state)

    @property
    def back(self) -> str:
        """Return where the back link leads."""
        last = self.journey.walk(self.accepted)[-1]
        if self.is_change and self.journey.table[last].completes:
            return self.url(last)
        reached = self.reached
        position = reached.index(self.step.slug) if self.step.slug in reached else 0
        if position:
            return self.again_url(reached[position - 1])
        return self.home

    @property
    def home(self) -> str:
        """Return where people go who leave the journey."""
        home = self.journey.home(self) if callable(self.journey.home) else self.journey.home
        return at_this_school(home)

    def url(self, slug: str) -> str:
        """Return the address of a step of this draft."""
        return self.base + self.journey.address(slug, self.draft.pk)

    def change_url(self, slug: str, field: str = "") -> str:
        """Return the address of a step, to change its answer and come back to the check page.

        ``field`` is the id of the first input of one of its questions: the page opens there.
        """
        there = f"#{field}" if field else ""
        return f"{self.url(slug)}?change=yes{there}"

    def again_url(self, slug: str) -> str:
        """Return the address of a step to answer again: a change stays a change."""
        return self.change_url(slug) if self.is_change else self.url(slug)


class Retry(Exception):
    """What was asked for cannot be found out just now: show why, keep what was typed.

    ``status`` is the page's: 429 after too many searches, 503 while another service is down.
    """

    def __init__(self, message: str, *, status: int = 422) -> None:
        super().__init__(message)
        self.status = status


class Leave(Exception):
    """What was sent is for the page of the service at this address: go there, keep nothing."""
