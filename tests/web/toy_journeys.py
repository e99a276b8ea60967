"""Toy journeys that use every rule of the engine, and what it takes to go through them."""

from django.http import Http404
from django.urls import include, path

from register_ects.models import JourneyDraft
from register_ects.rules.problems import refuse
from register_ects.urls import *  # noqa: F403  the whole service, plus the toys below
from register_ects.urls import urlpatterns as service
from register_ects.web import forms
from register_ects.web.journey_pages import journey_urls
from register_ects.web.journeys import ALL_LATER, Journey, Retry, Step
from schools.access import school_required
from tests.support.pages import date_parts

saved: list[dict] = []
trs = {"down": False}
refusals: list[str] = []


def as_at_the_start():
    saved.clear()
    refusals.clear()
    trs["down"] = False


class FindForm(forms.GovukForm):
    trn = forms.TRNField()
    born_on = forms.DateOfBirthField()


class EmailForm(forms.GovukForm):
    question = "email"
    email = forms.EmailField(label="What is {name}’s email address?", called="email address")


class ProgrammeForm(forms.GovukForm):
    question = "programme"
    programme = forms.RadiosField(
        label="Which programme?", items=[("led", "Provider-led"), ("own", "School-led")]
    )


class ProviderForm(forms.GovukForm):
    question = "provider"
    provider = forms.RadiosField(label="Which provider?", items=[("a", "A"), ("b", "B")])


def look_up(answers, request):
    if trs["down"]:
        raise Retry("We cannot reach teacher records. Try again in a few minutes.")
    if answers["trn"] == "0000000":
        refuse("trn", "unlucky")
    answers["name"] = {"1111111": "Ada Okafor"}.get(answers["trn"], "Bola Thistle")


def save(answers, request):
    if refusals:
        refuse("", refusals[0], message="They are already registered")
    saved.append({**answers, "author": request.author.email})
    return {"person_id": 7}


toy = Journey(
    name="toy",
    guard=school_required,
    home="/school/home/ects",
    sensitive={"born_on"},
    complete=save,
    steps=[
        Step("start"),
        Step(
            "find",
            FindForm,
            on_submit=look_up,
            resets=ALL_LATER,
            next=lambda answers: "stop" if answers["trn"] == "9999999" else "email",
        ),
        Step("stop", stop=True),
        Step("email", EmailForm, form_options=lambda run: {"words": run.answers}),
        Step(
            "programme",
            ProgrammeForm,
            next=lambda answers: "provider" if answers["programme"] == "led" else "check",
            resets=["provider"],
        ),
        Step("provider", ProviderForm, answered=lambda answers: answers["provider"] != "gone"),
        Step("check", completes=True),
        Step("done", confirmation=True),
    ],
)


def own_school(request, school_id):
    if request.school.pk != school_id:
        raise Http404
    return request.school


rename = Journey(
    name="rename",
    guard=school_required,
    complete=lambda answers, request: saved.append({**answers, "about": request.subject}),
    subject=own_school,
    steps=[Step("edit", EmailForm), Step("check", completes=True), Step("done", confirmation=True)],
)
asked = Journey(
    name="asked",
    guard=school_required,
    complete=lambda answers, request: None,
    subject=own_school,
    subject_parameter="school_id",
    steps=[Step("start"), Step("check", completes=True), Step("done", confirmation=True)],
)

urlpatterns = [
    *service,
    path("toy/", include(journey_urls(toy))),
    path("schools/<int:subject_id>/rename/", include(journey_urls(rename))),
    path("asked/", include(journey_urls(asked))),
]

ADA = {"trn": "1111111", **date_parts("born_on", "1998-03-31")}


def begin(browser):
    """Start a draft; return the function that gives its addresses."""
    location = browser.post("/toy/start").location
    base = location.removesuffix("find")
    return lambda slug: base + slug


def answer_all(browser, programme="own"):
    url = begin(browser)
    browser.post(url("find"), ADA)
    browser.post(url("email"), {"email": "ada@example.com"})
    browser.post(url("programme"), {"programme": programme})
    return url


def draft():
    return JourneyDraft.objects.get()
