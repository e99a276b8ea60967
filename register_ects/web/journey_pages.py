"""Showing and submitting the pages of a journey; ``journeys`` tells how one is declared."""

from __future__ import annotations

import copy
import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from register_ects import clock
from register_ects.models import JourneyDraft
from register_ects.rules.problems import RuleBroken, refuse
from register_ects.rules.seen import CHANGED_MEANWHILE
from register_ects.web import check_pages, drafts, measurements
from register_ects.web import journey_words as words
from register_ects.web.drafts import Answers, State
from register_ects.web.forms import GovukForm, id_asked
from register_ects.web.journeys import Journey, Leave, Retry, Run, changed
from register_ects.web.summaries import Row, row

_METHODS = require_http_methods(["GET", "HEAD", "POST"])


class Visit(Run):
    """One request to one step of a draft, answered; ``is_shown`` once its own page is drawn."""

    is_shown = False

    def form(self, data: Any = None) -> GovukForm:
        """Return the step's form, filled with the answers."""
        options = {"initial": self.answers, **self.step.form_options(self)}
        return self.step.form(data, **options)

    def respond(self) -> HttpResponse:
        """Show the page, or take its answers; send people elsewhere when it is not their turn."""
        is_over = self.draft.completed_at or self.journey.has_one_draft
        if self.step.confirmation and is_over:
            return self.show(self.form())
        otherwise = self._was_completed() if self.draft.completed_at else self._moved_on()
        if otherwise:
            return otherwise
        if self.request.method == "POST" and not self.step.stop:
            return self.submit()
        return self.show(self.form())

    def show(self, form: GovukForm, status: int = 422) -> HttpResponse:
        """Draw the page; ``status`` when the form has errors."""
        context = {"form": form, "answers": self.answers, "run": self, "back": self.back}
        context |= self.step.context(self)
        if self.journey.about:
            context["whom"] = self.journey.mark_of_whom(self.answers)
        if self.step.completes and self.step.shows is not None and not self.draft.completed_at:
            shown = self._shown(context)
            context["shown"] = check_pages.carried(shown)
            before = check_pages.sent(self.request.POST.get("shown", ""))
            context["changes"] = check_pages.changes(before, shown) if before else []
        refused = form.is_bound and form.errors
        self.is_shown = True
        template = self.step.template
        return render(self.request, template, context, status=status if refused else 200)

    def submit(self) -> HttpResponse:
        """Take the page's answers and go on, or say what is wrong."""
        form = self.form(self.request.POST)
        is_valid = form.is_valid()
        if self._is_about_another(form.cleaned_data):
            return self._not_its_turn()
        if not is_valid:
            return self.show(form)
        try:
            is_last = self.step.completes or self.step.finishes(form.cleaned_data)
            return self._complete(form) if is_last else self._answer(form)
        except RuleBroken as refusal:
            return self._refused(form, refusal)
        except Retry as retry:
            form.add_error(None, str(retry))
            return self._keep(form.cleaned_data) or self.show(form, retry.status)

    def _refused(self, form: GovukForm, refusal: RuleBroken) -> HttpResponse:
        links = {**self._questions(), "shown": "#what-changed"}
        form.add_problems(refusal.problems, words.CHECK_WORDING, links)
        return self._moved_on() or self.show(form)

    def _answer(self, form: GovukForm) -> HttpResponse:
        answers = self.journey.starting_answers(self.step, self.state) | form.cleaned_data
        if self.step.on_submit:
            self.step.on_submit(answers, self.request)
        if self.journey.keeps_later(self.step, self.answers, answers):
            answers = {**self.state.answers, **answers}
            self.journey.refresh(answers, self.request)
        return self._save(answers) or redirect(self._following())

    def _keep(self, typed: Answers) -> HttpResponse | None:
        """Keep what was typed of a question without counting it as answered."""
        if self.is_new or self.step.completes:
            return None
        keeps_later = self.journey.keeps_later(self.step, self.answers, typed)
        start = self.journey.starting_answers(self.step, self.state)
        return self._save({**(self.answers if keeps_later else start), **typed}, done=False)

    @transaction.atomic
    def _save(self, answers: Answers, *, done: bool = True) -> HttpResponse | None:
        before = self.answers
        stopped = self._lock(answers)
        if stopped:
            return stopped
        tried = replace(copy.deepcopy(self.state), aside=None)
        self.journey.put(tried, self.step, before=before, answers=answers, done=done)
        refused = self._is_refused(tried)
        drafts.write(self.draft, replace(self.accepted, aside=tried) if refused else tried)
        self.state = tried
        return None

    def _is_refused(self, tried: State) -> bool:
        if self.state is not self.accepted:
            return self.journey.holds_back(self.journey.walk(tried)[-1])
        return self.journey.refuses_change(self.step, self.accepted, tried)

    def _complete(self, form: GovukForm) -> HttpResponse:
        noted = self._noted(form.cleaned_data)
        with transaction.atomic():
            self._hold()
            stopped = self._lock(noted)
            if stopped:
                return stopped
            confirmed = self._confirmed()
            answers = {**self.answers, **noted}
            result = self.journey.complete(answers, self.request) or {}
            self.state.answers = {**self.state.answers, **form.cleaned_data, **result}
            self.state.confirmed = confirmed
            drafts.complete(self.draft, self.state)
        return self._to_confirmation()

    def _hold(self) -> None:
        """Take the journey's lock, and read its subject as whoever had it before has left it."""
        if self.journey.hold:
            self.journey.hold(self.answers, self.request)
            if self.subject is not None:
                self.subject.refresh_from_db()

    def _noted(self, typed: Answers) -> Answers:
        """Return what was typed on the page that completes, with what ``on_submit`` found out.

        What it found out is kept, also when the journey is not completed.
        """
        if self.step.on_submit is None:
            return typed
        before = self.answers
        answers = {**before, **typed}
        self.step.on_submit(answers, self.request)
        found = changed(before, answers)
        if not self.is_new:
            self._amend({**before, **{k: v for k, v in found.items() if k not in typed}})
        return {**typed, **found}

    def _confirmed(self) -> str:
        """Return the mark of what the page that was sent showed. Call it with the draft locked.

        Refuses to save what it did not show: a colleague, or the same person in another tab, may
        have changed the answers since.
        """
        if self.step.shows is None or not self.step.completes:
            return ""
        seen = check_pages.sent(self.request.POST.get("shown", ""))
        if seen is None:
            refuse("", "incomplete")
        if seen != self._shown(self.step.context(self)):
            refuse("shown", CHANGED_MEANWHILE)
        return check_pages.mark(seen or {})

    def _shown(self, context: Mapping[str, Any]) -> check_pages.Shown:
        """Return what the check page shows of the answers, given what it is drawn with."""
        rows = [each for name in self.step.shows or () for each in context[name]]
        return check_pages.shown_in(rows if self.step.shows else self._all_given())

    def _all_given(self) -> list[Row]:
        return [row(name, self.answers.get(name)) for name in self._questions()]

    def _questions(self) -> dict[str, str]:
        """Return where the answer to each field on the way here can be changed."""
        return {
            name: self.change_url(slug)
            for slug in self.reached
            for name in self.journey.table[slug].form.base_fields
        }

    def _moved_on(self) -> HttpResponse | None:
        """Send people elsewhere when it is not, or no longer, this page's turn."""
        instead = self.journey.instead(self.request)
        if instead:
            return instead
        if self.step.slug not in self.reached:
            return self._not_its_turn()
        if not self.step.completes:
            return None
        before, answers = self.answers, self.answers
        self.journey.refresh(answers, self.request)
        if answers == before:
            return None
        self._amend({**before, **answers})
        if self.step.slug in self.reached:
            return None
        messages.warning(self.request, words.FACTS_CHANGED)
        return redirect(self.url(self.reached[-1]))

    @transaction.atomic
    def _amend(self, answers: Answers) -> None:
        """Save facts that were derived again, unless the draft was changed meanwhile."""
        current = JourneyDraft.objects.select_for_update().get(pk=self.draft.pk)
        if current.completed_at is None and current.updated_at == self.draft.updated_at:
            self.state.put(answers, sensitive=self.journey.sensitive)
            drafts.amend(current, self.accepted)  # which holds what was refused, if this is that

    def _lock(self, answers: Answers) -> HttpResponse | None:
        """Lock and re-read the draft; answer instead when another tab got there first."""
        if self.is_new:
            return None
        self.draft = JourneyDraft.objects.select_for_update().get(pk=self.draft.pk)
        self._read()
        if self.draft.completed_at:
            return self._was_completed()
        is_due = self.step.slug in self.reached and not self._is_about_another(answers)
        return None if is_due else self._not_its_turn()

    def _not_its_turn(self) -> HttpResponse:
        """Lead to the step that is next; tell whoever sent a page that it was not taken."""
        if self.request.method == "POST" and not self.step.stop:
            self._tell(self._why_not_taken())
        return redirect(self.url(self.reached[-1]))

    def _why_not_taken(self) -> str:
        if self._is_about_another({}):
            return words.ABOUT_ANOTHER
        if drafts.lay_idle(self.draft):
            return words.DELETED_AFTER_A_DAY
        return words.NOTHING_SAVED if self.step.completes else words.CHANGED_ELSEWHERE

    def _is_about_another(self, answers: Mapping[str, Any]) -> bool:
        """Return whether the draft is not about whom the page was drawn for that was sent.

        ``answers`` are those sent: who is named again on the page that asks whom is no other. A
        page that shows what it saves is held against that instead (``check_pages``).
        """
        journey, step = self.journey, self.step
        now = journey.mark_of_whom(self.answers)
        if not now or (step.completes and step.shows is not None):
            return False
        asks_whom = journey.about in step.form.base_fields
        said = journey.mark_of_whom(dict(answers)) if asks_whom else ""
        return now not in (said, self.request.POST.get("whom", ""))

    def _tell(self, message: str) -> None:
        name = self.journey.named(self.answers) if self.journey.about else ""
        text = message.format(called=self.journey.called, name=name)
        messages.warning(self.request, text)

    def _following(self) -> str:
        reached = self.reached
        if self.is_change:
            last = self.journey.table[reached[-1]]
            is_back = last.completes and not last.decides
            return self.url(last.slug) if is_back else self.change_url(last.slug)
        after = reached[reached.index(self.step.slug) + 1 :] if self.step.slug in reached else []
        asking = (slug for slug in after if not self._is_passed_over(slug))
        return self.url(next(asking, reached[-1]))

    def _is_passed_over(self, slug: str) -> bool:
        step, state = self.journey.table[slug], self.state
        return slug not in state.done and slug != self.reached[-1] and step.inferred(self.answers)

    def _was_completed(self) -> HttpResponse:
        """Lead to the confirmation; tell of what was sent again with other answers."""
        if self.journey.has_one_draft:  # completed just now: the subject tells how
            self.subject.refresh_from_db()
            return self.journey.instead(self.request) or self._to_confirmation()
        again = self.journey.sent_again if self.request.method == "POST" else None
        if again and self.step.completes:
            form = self.form(self.request.POST)
            if not form.is_valid():
                return self.show(form)
            try:
                again(self.answers, form.cleaned_data, self.request)
            except RuleBroken as refusal:
                form.add_problems(refusal.problems)
                return self.show(form)
        if self.request.method == "POST":
            self._tell_of_what_was_not_taken()
        return self._to_confirmation()

    def _tell_of_what_was_not_taken(self) -> None:
        """Tell whoever sent a page of a completed draft that what they sent is not what was saved.

        A page that showed just what was saved says nothing of it.
        """
        if not self.step.completes:
            if self.step.form.base_fields and not self.step.stop:
                self._tell(words.COMPLETED_MEANWHILE)
            return
        shown = check_pages.sent(self.request.POST.get("shown", ""))
        confirmed = self.accepted.confirmed
        if shown is not None and confirmed and check_pages.mark(shown) != confirmed:
            self._tell(words.CONFIRMED_OTHERS)

    def _to_confirmation(self) -> HttpResponse:
        return redirect(self.url(self.journey.confirmation.slug))


def journey_urls(journey: Journey) -> list[URLPattern]:
    """Return a journey's addresses, to include under its prefix; all are guarded."""

    @_METHODS
    def begin(
        request: Any, slug: str = journey.first.slug, subject_id: int | None = None
    ) -> HttpResponse:
        asked = subject_id or id_asked(request, journey.subject_parameter)
        subject = _subject(journey, request, asked)
        draft_of = drafts.shared_draft if journey.has_one_draft else drafts.new_draft
        return _answer(journey, request, slug, draft_of(request, journey.name, subject), subject)

    @_METHODS
    def page(
        request: Any, draft_id: uuid.UUID, slug: str, subject_id: int | None = None
    ) -> HttpResponse:
        draft = JourneyDraft.objects.filter(pk=draft_id).first()
        is_theirs = draft is None or drafts.belongs_to(draft, request, journey.name)
        if slug not in journey.table or not is_theirs:
            raise Http404
        if draft and subject_id and draft.subject_id != subject_id:
            raise Http404
        if draft is None or draft.expires_at <= clock.now() or not drafts.is_readable(draft):
            return _lost(journey, request, journey.address(slug, draft_id))
        subject = _subject(journey, request, draft.subject_id)
        return _answer(journey, request, slug, draft, subject)

    @_METHODS
    def without_draft(request: Any, slug: str, subject_id: int | None = None) -> HttpResponse:
        if slug not in journey.table:
            raise Http404
        is_first = slug == journey.first.slug
        return redirect(_start(journey, request), preserve_request=is_first)

    later = journey.guard(begin if journey.has_one_draft else page)
    pages = [
        path(
            address.replace("{draft}", "<uuid:draft_id>"),
            later,
            {"slug": slug},
            name=f"{journey.name}-{slug}",
        )
        for slug, address in journey.addresses.items()
        if slug != journey.first.slug
    ] or [path("<uuid:draft_id>/<slug:slug>", later, name=f"{journey.name}-step")]
    start = path(journey.start, journey.guard(begin), name=journey.name)
    if journey.has_one_draft:
        return [start, *pages]
    lead_on = journey.guard(without_draft)
    return [start, *pages, path("<slug:slug>", lead_on, name=f"{journey.name}-without-draft")]


def _answer(
    journey: Journey, request: Any, slug: str, draft: JourneyDraft, subject: Any
) -> HttpResponse:
    visit = Visit(journey, request, journey.table[slug], draft, subject)
    with measurements.measured(visit) as note:
        try:
            response = visit.respond()
        except Leave as leave:
            response = redirect(str(leave))
        note(response)
    return response


def _start(journey: Journey, request: Any) -> str:
    """Return where a journey begins, for somebody whose address names no draft."""
    if journey.subject_parameter and id_asked(request, journey.subject_parameter) is None:
        return str(request.identity.home)
    start = f"{request.path.rsplit('/', 1)[0]}/{journey.start}"
    query = request.META.get("QUERY_STRING", "")
    return f"{start}?{query}" if query else start


def _subject(journey: Journey, request: Any, subject_id: int | None) -> Any:
    if journey.subject is None:
        return None
    if subject_id is None:
        raise Http404
    return journey.subject(request, subject_id)


def _lost(journey: Journey, request: Any, address: str) -> HttpResponse:
    """Explain that the answers are gone, and offer to start again."""
    base = request.path.removesuffix(address)
    start = None if journey.subject_parameter else base + journey.start
    return render(request, "journeys/lost.jinja", {"start": start}, status=404)
