"""Several ECTs that are chosen on a list, with a line for each, instead of a file.

From there on they are lines as any other: checked, shown, confirmed once (spec 06 §6.7 Improve 7,
§6.21.4). We know who they are, so nobody is asked for a date of birth.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from appropriate_bodies.bulk.cells import CHOSEN
from appropriate_bodies.bulk.kinds import ACTIONS, CLAIMS, KINDS, Kind
from appropriate_bodies.bulk.shown import batches_of
from appropriate_bodies.queries import ListOfECTs
from appropriate_bodies.schools_data.queries import Record, Records
from register_ects import clock
from register_ects.formats import govuk_date_short
from register_ects.models import AppropriateBody, InductionPeriod, TrainingPeriod
from register_ects.operations.inductions import submissions
from register_ects.rules.enumerations import TraineeRole, TrainingProgramme
from register_ects.rules.permissions import Permission
from register_ects.rules.problems import RuleBroken
from register_ects.uploads.cells import Cells
from register_ects.web.access import AppropriateBodyRequest, appropriate_body_required
from register_ects.web.forms import data_of, status_of
from register_ects.web.once_forms import OnceForm
from register_ects.web.pagination import paginate, slice_asked

_ROWS_PER_PAGE = 50
_ALL = slice(0, 1_000_000)
#: What a line asks for, by kind: the keys of columns.
ASKED = {
    CLAIMS.slug: ("started_on", "training_programme"),
    ACTIONS.slug: ("outcome", "finished_on", "number_of_terms"),
}
_NAME_OF_LIST = "Chosen on the list"


@dataclass(frozen=True)
class Offered:
    """Somebody who can be chosen. ``answers`` are the texts that their line begins with."""

    teacher_id: int
    name: str
    trn: str
    note: str
    answers: Mapping[str, str]


class _Lines(forms.Widget):
    """The lines that were ticked: pairs of a person's key and texts by column."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        """Read each ticked line."""
        keys = [key for key in dict.fromkeys(data.getlist(name)) if key.isdecimal()]
        typed = {
            key: {
                field.rpartition("-")[0]: text.strip()
                for field, text in data.items()
                if field.endswith(f"-{key}")
            }
            for key in keys
        }
        return [(int(key), typed[key]) for key in keys]


class ChooseForm(OnceForm):
    """The ECTs that are chosen, and what is typed for each."""

    ects = forms.Field(widget=_Lines(), error_messages={"required": "Select at least one ECT"})


@require_http_methods(["GET", "HEAD", "POST"])
@appropriate_body_required(Permission.INDUCTION_WRITE)
def choose(request: AppropriateBodyRequest, slug: str) -> HttpResponse:
    """Offer the people of a list, 50 a page; those who are ticked become lines to check."""
    kind, body = KINDS[slug], request.appropriate_body
    form = ChooseForm(data_of(request))
    if form.is_valid():
        lines = _lines(kind, body, form.cleaned_data["ects"], _shared(request, kind))
        if lines:
            try:
                return _begin(request, kind, form, lines)
            except RuleBroken as refusal:
                form.add_problems(refusal.problems)
        else:
            form.add_error("ects", "None of them is on this list any more. Select somebody else")
    typed = dict(_Lines().value_from_datadict(request.POST, None, "ects")) if form.is_bound else {}
    page = paginate(request, _offered(request, kind), per_page=_ROWS_PER_PAGE)
    context = {
        "kind": kind,
        "form": form,
        "page": page,
        "offered": _as_offered(kind, body, page.rows),
        "shared": _shared(request, kind),
        "typed": typed,
        "is_all": request.GET.get("select") == "all",
        "asked": [column for column in kind.columns if column.key in ASKED[slug]],
        "programmes": [str(label) for _value, label in TrainingProgramme.choices],
    }
    template = "appropriate_bodies/bulk/choose.jinja"
    return render(request, template, context, status=status_of(form))


def _begin(
    request: AppropriateBodyRequest, kind: Kind, form: ChooseForm, lines: list[tuple[int, Cells]]
) -> HttpResponse:
    body, mark = request.appropriate_body, str(form.cleaned_data["once"])
    with form.sent_once() as sending:
        submissions.start_submissions(
            body,
            kind.batch_type,
            author=request.author,
            file=(_NAME_OF_LIST, mark),
            rows=lines,
            sending=sending,
        )
    batch = batches_of(body, kind).get(file_sha256=mark)
    return redirect("appropriate_bodies:bulk_batch", kind.slug, batch.pk)


def _shared(request: HttpRequest, kind: Kind) -> dict[str, str]:
    """Return what stands for every line that says nothing else."""
    return {key: request.POST.get(f"{key}-shared", "").strip() for key in ASKED[kind.slug]}


def _lines(
    kind: Kind,
    body: AppropriateBody,
    chosen: Sequence[tuple[int, Mapping[str, str]]],
    shared: Mapping[str, str],
) -> list[tuple[int, Cells]]:
    """Return a line for each who may be chosen, with what was typed; others are left out."""
    trns = _trns_of(kind, body, [key for key, _typed in chosen])
    lines = []
    for key, typed in chosen:
        if key in trns:
            cells = {name: typed.get(name) or shared[name] for name in ASKED[kind.slug]}
            lines.append({**cells, "trn": trns[key], CHOSEN: "yes"})
    return list(enumerate(lines, start=1))


def _trns_of(kind: Kind, body: AppropriateBody, keys: Collection[int]) -> dict[int, str]:
    """Return the TRNs of those of some people who are on the list. One query."""
    if kind is CLAIMS:
        listed = Records(body, "claimable", "", _ALL)[_ALL]
        return {
            each.teacher_id: each.trn for each in listed if each.teacher_id in keys and each.trn
        }
    held = InductionPeriod.objects.held_by(body).open().filter(teacher__in=keys)
    return dict(held.exclude(teacher__trn=None).values_list("teacher", "teacher__trn"))


def _offered(request: AppropriateBodyRequest, kind: Kind) -> Any:
    search = request.GET.get("q", "").strip().replace("\0", "")
    expected = slice_asked(request, per_page=_ROWS_PER_PAGE)
    body = request.appropriate_body
    if kind is CLAIMS:
        return Records(body, "claimable", search, expected)
    return ListOfECTs(body, "open", search, expected)


def _as_offered(kind: Kind, body: AppropriateBody, rows: Sequence[Any]) -> list[Offered]:
    """Return the people of a page. One query."""
    if kind is CLAIMS:
        programmes = _programmes_of([record.teacher_id for record in rows])
        return [_claimable(record, programmes.get(record.teacher_id, "")) for record in rows]
    held = InductionPeriod.objects.held_by(body).open().filter(teacher__in=[p.pk for p in rows])
    since = dict(held.values_list("teacher", "started_on"))
    return [
        Offered(
            person.pk,
            person.name,
            person.trn or "",
            f"Open since {govuk_date_short(since[person.pk])}",
            {},
        )
        for person in rows
        if person.pk in since
    ]


def _claimable(record: Record, programme: str) -> Offered:
    begun = record.started_on <= clock.today()
    return Offered(
        record.teacher_id,
        record.name,
        record.trn or "",
        f"{record.school}, from {govuk_date_short(record.started_on)}",
        {
            "started_on": f"{record.started_on:%-d/%-m/%Y}" if begun else "",
            "training_programme": programme,
        },
    )


def _programmes_of(people: list[int]) -> dict[int, str]:
    """Return in words the programme of each one's latest training as an ECT. One query."""
    of = TrainingPeriod.objects.filter(teacher__in=people, trainee_role=TraineeRole.ECT)
    latest = of.order_by("teacher", "-started_on").distinct("teacher")
    found = latest.values_list("teacher", "training_programme")
    return {person: str(TrainingProgramme(programme).label) for person, programme in found}
