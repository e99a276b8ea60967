"""Pages of journeys, which open only to those who came all the way: walked to, then timed.

TRS must answer and know ``PEOPLE``. Nothing is registered: each walk ends where that would be.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from register_ects import clock
from register_ects.models import MentorAtSchoolPeriod, MentorshipPeriod, School, Teacher
from register_ects.operations.placements.mentoring import (
    current_provider_led_training,
    eligible_mentors,
    mentorships_ahead,
    needs_first_training,
)
from register_ects.operations.training.proposed import proposed_change_of_provider
from register_ects.web import identity
from tests.performance import subjects
from tests.performance.measured import ECTS_OF_SCHOOL
from tests.performance.operations import placements, training
from tests.performance.people_of_trs import (
    BORN,
    CLAIMED,
    ECT,
    MENTOR,
    MOVED_ECT,
    MOVED_MENTOR,
)
from tests.support.pages import Browser, Page, confirm_tutor, date_parts

#: The name of a page, the browser in which it opens, and its address.
Walked = tuple[str, Browser, str]
Answers = Mapping[str, Mapping[str, Any]]


_ABOUT_TUTOR = {
    "edit": {
        "induction_tutor_name": "Robin Tutor",
        "induction_tutor_email": "robin.tutor@school.example",
    }
}


def walked() -> Iterator[Walked]:
    """Walk every journey and yield each of its pages."""
    school = subjects.school_with(ECTS_OF_SCHOOL)
    ect = _ect_in_training(school)
    browser = Browser().sign_in(school)
    begun = browser.get("/school/register-ect/find-ect")
    yield from _walk("Register an ECT", browser, begun, _about_ect(school))
    begun = browser.get(f"/school/register-mentor/find-mentor?ect_id={ect.pk}")
    yield from _walk("Register a mentor", browser, begun, _about_mentor())
    yield from _assignment()
    yield from _leavings(browser, ect)
    yield from _moves()
    begun = browser.get("/school/induction-tutor/update-induction-tutor/edit")
    yield from _walk("Change the induction tutor", browser, begun, _ABOUT_TUTOR)
    for what, fact, answers in _changes(ect):
        begun = browser.get(f"/school/ects/{ect.pk}/{fact}/edit")
        yield from _walk(f"Change {what}", browser, begun, answers)
    yield from _change_of_body()
    yield from _changes_of_training()
    yield from _for_several()
    yield from _claim()
    yield from _fail()


def _walk(name: str, browser: Browser, page: Page, answers: Answers) -> Iterator[Walked]:
    met = set()
    while True:
        asked = page.response.request
        slug = asked["PATH_INFO"].rsplit("/", 1)[-1]
        address = "?".join(filter(None, [asked["PATH_INFO"], asked["QUERY_STRING"]]))
        assert page.status_code == 200, (name, slug, page.status_code, page.text[:300])
        yield f"{name}: {slug}", browser, address
        met.add(slug)
        if slug in ("check-answers", "ask-support"):
            for passed_over in {"training"} & answers.keys() - met:
                yield f"{name}: {passed_over}", browser, address.replace(slug, passed_over)
            return
        submitted = browser.post(address, dict(answers.get(slug, {})))
        assert submitted.status_code == 302, (name, slug, submitted.errors or submitted.text[:300])
        page = submitted.follow()


def _assignment() -> Iterator[Walked]:
    """Assign a mentor to an ECT who has none, at a school that has mentors."""
    without = subjects.ect_placements().exclude(
        pk__in=MentorshipPeriod.objects.current_or_future(clock.today()).values(
            "ect_at_school_period"
        )
    )
    ect = next(each for each in without if eligible_mentors(each).exists())
    browser = Browser().sign_in(ect.school)
    begun = browser.get(f"/school/ects/{ect.pk}/mentorship/new")
    yield from _walk("Assign a mentor", browser, begun, _about_assignment(ect))


def _leavings(browser: Browser, ect: Any) -> Iterator[Walked]:
    """Report that an ECT leaves, and that one of the school's mentors does."""
    mentor = MentorAtSchoolPeriod.objects.filter(school=ect.school_id).open().earliest("pk")
    answers = {"edit": date_parts("leaving_on", clock.today() + timedelta(days=30))}
    for name, record in (("an ECT", f"ects/{ect.pk}"), ("a mentor", f"mentors/{mentor.pk}")):
        begun = browser.get(f"/school/{record}/report-teacher-leaving/edit")
        yield from _walk(f"Report that {name} leaves", browser, begun, answers)


def _moves() -> Iterator[Walked]:
    """Move an ECT and a mentor, who are given TRNs that TRS knows, to another school."""
    ects = subjects.ect_placements()
    ect = ects.filter(teacher__trn=MOVED_ECT).first() or ects[0]
    to = subjects.partnerships_of_this_year().exclude(school=ect.school_id)[0].school
    about = {
        "choose-school": {"school": str(to.pk)},
        "details": {**_days_of_move(), "working_pattern": "full_time"},
        "training": _about_ect(to)["training"],
        "mentor": {"mentor": "0"},
    }
    yield from _move("Move an ECT", MOVED_ECT, ect, to, about)
    mentors = MentorAtSchoolPeriod.objects.select_related("teacher").order_by("pk").open()
    mentor = mentors.filter(teacher__trn=MOVED_MENTOR).first() or mentors[0]
    mentee = next(each for each in ects.reverse() if each.school_id != mentor.school_id)
    about = {
        "choose-school": {"school": str(mentee.school_id)},
        "choose-ect": {"ect": str(mentee.pk)},
        "details": _days_of_move(),
        "lead-provider": {"lead_provider": str(subjects.largest_provider().pk)},
    }
    yield from _move("Move a mentor", MOVED_MENTOR, mentor, mentee.school, about)


def _days_of_move() -> dict[str, str]:
    leaving_on = clock.today() + timedelta(days=30)
    return {
        **date_parts("leaving_on", leaving_on),
        **date_parts("started_on", leaving_on + timedelta(days=1)),
        "email": "moved@bench.example.org",
    }


def _move(name: str, trn: str, placement: Any, to: School, about: Answers) -> Iterator[Walked]:
    Teacher.objects.filter(pk=placement.teacher_id).update(trn=trn)
    schools = [placement.school, to]
    for each in schools:
        confirm_tutor(each)
    urns = [each.urn for each in schools]
    person = {"name": "Ada", "email": "ada@example.com", "provider": identity.PERSONA}
    browser = Browser().sign_in(identity.school_data(urns[0], schools=urns, **person))
    kind = "mentors" if isinstance(placement, MentorAtSchoolPeriod) else "ects"
    record = f"/school/{urns[0]}/{kind}/{placement.pk}"
    begun = browser.get(f"{record}/move-to-another-school/choose-school")
    yield from _walk(name, browser, begun, about)


def _ect_in_training(school: School) -> Any:
    here = list(subjects.ect_placements().filter(school=school))
    return next((ect for ect in here if current_provider_led_training(ect)), here[0])


def _found(trn: str) -> dict[str, str]:
    return {"trn": trn, **date_parts("date_of_birth", BORN)}


def _about_ect(school: School) -> Answers:
    partnership = subjects.partnerships_of_this_year().filter(school=school).first()
    provider = partnership.lead_provider if partnership else subjects.largest_provider()
    hub = str(subjects.a_hub().pk)
    return {
        "find-ect": _found(ECT),
        "review-ect-details": {
            "name_is_correct": "yes",
            "email": "zofia@bench.example.org",
            **date_parts("started_on", clock.today()),
            "working_pattern": "full_time",
        },
        "training": {
            "appropriate_body": hub,
            "body_kind": "hub",
            "hub": hub,
            "training_programme": "provider_led",
            "lead_provider": str(provider.pk),
        },
    }


def _about_mentor() -> Answers:
    return {
        "find-mentor": _found(MENTOR),
        "review-mentor-details": {
            "name_is_correct": "yes",
            "email": "mentor@bench.example.org",
            "use_ect_provider": "yes",
        },
        "programme-choices": {"use_ect_provider": "yes"},
        "lead-provider": {"lead_provider": str(subjects.largest_provider().pk)},
    }


def _about_assignment(ect: Any) -> Answers:
    now = ect.mentorship_periods.current_or_future(clock.today()).first()
    others = eligible_mentors(ect).exclude(pk=now.mentor_at_school_period_id if now else None)
    mentor = others.order_by("pk").first()
    return {
        "new": {"mentor": str(mentor.pk) if mentor else "new"},
        "review-mentor-eligibility": {"use_ect_provider": "yes"},
        "lead-provider": {"lead_provider": str(subjects.largest_provider().pk)},
    }


def _changes(ect: Any) -> Iterator[tuple[str, str, Answers]]:
    """Return what is changed of an ECT, the journey's part of the address, and the answers."""
    yield (
        *("an email address", "change-email-address"),
        {"edit": {"email": "another@bench.example.org"}},
    )
    day_before = date_parts("started_on", ect.started_on - timedelta(days=1))
    yield "a start date", "change-start-date", {"edit": day_before}
    other = {"full_time": "part_time"}.get(ect.working_pattern, "full_time")
    yield "a working pattern", "change-working-pattern", {"edit": {"working_pattern": other}}
    yield "a name", "change-name", {"edit": {"name": "Bench Marked"}}


def _change_of_body() -> Iterator[Walked]:
    ect = next(placements.without_induction())
    browser = Browser().sign_in(ect.school)
    begun = browser.get(f"/school/ects/{ect.pk}/change-appropriate-body/edit")
    (hub, *_) = (each["value"] for each in begun.select("select option") if each["value"])
    answers = {"edit": {"appropriate_body": hub, "body_kind": "hub", "hub": hub}}
    yield from _walk("Change an appropriate body", browser, begun, answers)


def _changes_of_training() -> Iterator[Walked]:
    """Walk what changes who trains, or mentors, an ECT whom a lead provider trains."""
    ect = next(training.with_another_provider())[0]
    browser = Browser().sign_in(ect.school)
    provider = proposed_change_of_provider(ect).lead_providers()[0]
    assignment = _about_assignment(ect)
    changes: dict[str, Answers] = {
        "lead provider": {"edit": {"lead_provider": str(provider.pk)}},
        "training programme": {},
        "mentor": {**assignment, "edit": assignment["new"]},
    }
    for what, answers in changes.items():
        first = f"/school/ects/{ect.pk}/change-{what.replace(' ', '-')}/edit"
        yield from _walk(f"Change a {what}", browser, browser.get(first), answers)


def _for_several() -> Iterator[Walked]:
    """Walk what is done for several ECTs at once, up to the check page."""
    ect, provider = next(training.with_another_provider())
    mentored, mentor = next(_mentored_by_the_untrained())
    unsupported = next(placements.without_induction())
    trained_by = {"training": {"trained_by": str(subjects.largest_provider().pk)}}
    changes: tuple[tuple[str, Any, Answers], ...] = (
        ("give-mentor", mentored, {"choose": {"mentor": str(mentor.pk)}, **trained_by}),
        ("change-lead-provider", ect, {"choose": {"lead_provider": str(provider.pk)}}),
        ("change-appropriate-body", unsupported, {"choose": {"body": str(subjects.a_hub().pk)}}),
    )
    for change, whom, answers in changes:
        browser = Browser().sign_in(whom.school)
        begun = browser.get(f"/school/ects/several/{change}/choose-ects")
        chosen = {"choose-ects": {"ects": [str(whom.pk)]}, **answers}
        yield from _walk(f"For several ECTs, {change}", browser, begun, chosen)


def _mentored_by_the_untrained() -> Iterator[tuple[Any, MentorAtSchoolPeriod]]:
    """Find ECTs in training, each with a mentor whom mentoring them would bring training."""
    for ect, _provider in training.with_another_provider():
        now = {each.mentor_at_school_period_id for each in mentorships_ahead(ect)}
        for mentor in eligible_mentors(ect).exclude(pk__in=now):
            if needs_first_training(ect, mentor.teacher):
                yield ect, mentor


def _claim() -> Iterator[Walked]:
    browser = Browser().sign_in(subjects.largest_body())
    check = browser.post("/appropriate-body/claim-an-ect/find-ect/new", _found(CLAIMED)).location
    yield "Claim an ECT: check", browser, check
    yield "Claim an ECT: register", browser, browser.post(check).location


def _fail() -> Iterator[Walked]:
    period = subjects.open_inductions()[0]
    browser = Browser().sign_in(period.appropriate_body)
    fail = f"/appropriate-body/teachers/{period.teacher_id}/record-failed-outcome"
    form = browser.get(f"{fail}/confirm")
    (box,) = form.select("input[type=checkbox], input[type=radio]")[:1]
    seen = form.select_one("input[name=seen]")
    yield (
        "Record a fail: dates",
        browser,
        browser.post(
            f"{fail}/confirm", {each["name"]: each["value"] for each in (box, seen)}
        ).location,
    )
