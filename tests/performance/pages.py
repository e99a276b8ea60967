"""Every page that is timed: its address, who opens it, and what its speed is compared with.

A page whose length depends on the size of the service is compared with a static page; one about
one person or school with the same page on the small population.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count

from register_ects import clock
from register_ects.models import (
    InductionPeriod,
    MentorAtSchoolPeriod,
    PendingInductionSubmissionBatch,
    RegistrationBatch,
    School,
    Statement,
    Teacher,
)
from register_ects.operations.schools.opting_out import opt_out_path
from register_ects.web import identity
from tests.performance import subjects
from tests.performance.large_school import large_school
from tests.performance.measured import (
    ECTS_OF_LIST,
    ECTS_OF_SCHOOL,
    LINES_OF_FILE,
    MOST_TIMES_STATIC,
    MOST_TIMES_STATIC_WHEN_ALIKE,
    MOST_TIMES_STATIC_WHEN_WORKED_OUT,
    Measured,
    at,
)
from tests.performance.operations import files_of_bodies, several


def _school() -> School:
    return subjects.school_with(ECTS_OF_SCHOOL)


def _at_several() -> dict[str, Any]:
    urns = [_school().urn, *School.objects.order_by("pk").values_list("gias_school", flat=True)[:9]]
    person = {"name": "Ada", "email": "ada@example.com", "provider": identity.PERSONA}
    return identity.school_data(urns[0], schools=urns, **person)


def _ect_here() -> Any:
    return subjects.ect_placements().filter(school=_school())[0]


def _mentor_here() -> Any:
    here = MentorAtSchoolPeriod.objects.filter(school=_school())
    return here.current_or_future(clock.today()).order_by("pk")[0]


def _held() -> InductionPeriod:
    return subjects.open_inductions()[0]


def _with_outcome(outcome: str | None) -> InductionPeriod:
    ended = InductionPeriod.objects.finished().filter(outcome=outcome)
    return ended.select_related("appropriate_body").order_by("pk")[0]


def _someone() -> Teacher:
    """Return an ECT with an ordinary history: five declarations, or else the longest one."""
    declared = subjects.people(ect_at_school_periods__isnull=False).annotate(
        n=Count("declarations", distinct=True)
    )
    found: Teacher = declared.filter(n=5).first() or declared.order_by("-n", "pk")[0]
    return found


def _one_of_the_oldest() -> Teacher:
    return Teacher.objects.order_by("created_at", "pk")[100]


def _name_at_largest_body() -> str:
    """Return the last name of somebody on the list of open inductions."""
    held = InductionPeriod.objects.open().held_by(subjects.largest_body())
    return str(held.order_by("pk").values_list("teacher__trs_last_name", flat=True)[0])


def _misspelt() -> str:
    """Return a name that nobody has, but much like that of somebody at the largest body."""
    return f"{_name_at_largest_body()}qx"


def _email_of_someone() -> str:
    placements = _someone().ect_at_school_periods.exclude(email=None)
    return str(placements.values_list("email", flat=True)[0])


def _longest_statement(**which: str) -> Statement:
    counted = Statement.objects.filter(**which).annotate(n=Count("payment_declarations"))
    return counted.order_by("-n", "pk")[0]


def _school_page(
    name: str, view: str, query: str = "", *, path: Callable[[], str] | None = None
) -> Measured:
    return Measured(name, view, _school, path or (lambda: at(view, query=query)))


def _list_page(name: str, page: str, *arguments: Any, state: str = "ready") -> Measured:
    """A page of a list of several ECTs in some state."""
    view = f"schools:several_{page}"
    return _school_page(name, view, path=lambda: at(view, _list(state).pk, *arguments))


def _list(state: str) -> RegistrationBatch:
    """Return a list of ECTs of the school; made once, and gone with what the benchmark leaves."""
    school = _school()
    made = RegistrationBatch.objects.filter(
        school=school, state=state, rows__number=ECTS_OF_LIST, rows__problems=[]
    )
    return made.first() or several.list_at(school, state, people=ECTS_OF_LIST)


def _list_to_correct() -> RegistrationBatch:
    """Return a list of ECTs who all need changes; made once, as above."""
    made = RegistrationBatch.objects.filter(
        school=_school(), rows__number=ECTS_OF_LIST, rows__state="needs_attention"
    )
    return made.first() or several.list_at(_school(), people=ECTS_OF_LIST, checked=several.WRONG)


def _body_list(name: str, view: str, query: str = "") -> Measured:
    return Measured(
        name, view, subjects.largest_body, lambda: at(view, query=query), times_static=3
    )


def _file() -> PendingInductionSubmissionBatch:
    """Return a file of claims of the largest body; made once, and gone with what is left."""
    body = subjects.largest_body()
    made = PendingInductionSubmissionBatch.objects.filter(
        appropriate_body=body, rows__number=LINES_OF_FILE
    )
    return made.first() or files_of_bodies.file_of(body, lines=LINES_OF_FILE)


def _file_page(name: str, page: str, *, file: bool = False) -> Measured:
    """A page about a body's files of claims, or about one of them."""
    view = f"appropriate_bodies:bulk_{page}"
    return Measured(
        name,
        view,
        subjects.largest_body,
        lambda: at(view, "claims", *([_file().pk] if file else [])),
    )


def _of_support(name: str, view: str, arguments: Callable[[], tuple[Any, ...]]) -> Measured:
    return Measured(
        f"Support: {name}",
        f"support:{view}",
        subjects.staff,
        lambda: at(f"support:{view}", *arguments()),
    )


def _of_period(period: InductionPeriod) -> tuple[Any, ...]:
    return period.teacher.api_id, period.pk


def _body_page(view: str, name: str, period: Callable[[], InductionPeriod]) -> Measured:
    return Measured(
        name,
        view,
        lambda: period().appropriate_body,
        lambda: at(view, period().teacher_id),
    )


def _at_large_school(name: str, view: str, query: str = "") -> Measured:
    """A page at a school of 300 people, against the static page."""
    return Measured(
        f"300 people: {name}",
        view,
        large_school,
        lambda: at(view, query=query),
        times_static=MOST_TIMES_STATIC,
    )


PAGES = [
    Measured("Landing page", "landing", lambda: None, lambda: "/", times_static=1.5),
    # -- Schools
    _school_page("School: home", "schools:home"),
    Measured("Schools: choose one", "choose_school", _at_several, lambda: at("choose_school")),
    Measured("Feedback", "feedback", lambda: None, lambda: at("feedback"), times_static=3),
    Measured("Schools: overview", "schools:overview", _at_several, lambda: at("schools:overview")),
    Measured(
        "Schools: search across several",
        "schools:overview",
        _at_several,
        lambda: at("schools:overview", query="?q=smith"),
    ),
    _school_page("School: list of ECTs", "schools:ects"),
    _school_page("School: ECTs who left", "schools:ects", "?status=left"),
    _school_page("School: search of its ECTs", "schools:ects", "?q=smith"),
    _school_page("School: an ECT", "schools:ect", path=lambda: at("schools:ect", _ect_here().pk)),
    _school_page("School: list of mentors", "schools:mentors"),
    _school_page("School: mentors who left", "schools:mentors", "?status=left"),
    _school_page(
        "School: a mentor", "schools:mentor", path=lambda: at("schools:mentor", _mentor_here().pk)
    ),
    _school_page("School: what to gather, to print", "schools:what_you_need"),
    _school_page("School: ECTs and mentors to print", "schools:people"),
    _school_page("School: ECTs and mentors as CSV", "schools:people_csv"),
    _at_large_school("home", "schools:home"),
    _at_large_school("list of ECTs", "schools:ects"),
    _at_large_school("ECTs who left", "schools:ects", "?status=left"),
    _at_large_school("search of its ECTs", "schools:ects", "?q=smith"),
    _at_large_school("list of mentors", "schools:mentors"),
    _at_large_school("ECTs and mentors to print", "schools:people"),
    _at_large_school("ECTs to tick", "schools:several-give-mentor"),
    _at_large_school("register several ECTs", "schools:several"),
    _at_large_school("induction tutor", "schools:induction_tutor"),
    _school_page("School: register several ECTs", "schools:several"),
    _school_page("School: begin a list of ECTs", "schools:several_by_hand"),
    _school_page("School: upload a file of ECTs", "schools:several_upload"),
    _list_page("School: a list of ECTs", "batch"),
    _list_page("School: a list being checked", "batch", state="checking"),
    _list_page("School: a list that is done", "batch", state="done"),
    _list_page("School: add to a list", "add"),
    _list_page("School: choose again for a list", "choices"),
    _list_page("School: a row of a list", "row", 1),
    _school_page(
        "School: correct a list on one page",
        "schools:several_correct",
        path=lambda: at("schools:several_correct", _list_to_correct().pk),
    ),
    _list_page("School: remove from a list", "remove", 1),
    _list_page("School: delete a list", "discard"),
    _list_page("School: what to correct, as a file", "problems"),
    _list_page("School: result of a list as CSV", "result"),
    _school_page("School: induction tutor", "schools:induction_tutor"),
    _school_page("School: emails to the induction tutor", "schools:tutor_emails"),
    Measured(
        "School: confirm the induction tutor",
        "schools:confirm-existing-induction-tutor",
        lambda: subjects.school_to_confirm_tutor(named=True),
        lambda: at("schools:confirm-existing-induction-tutor"),
        tutor_due=True,
    ),
    Measured(
        "School: name an induction tutor",
        "schools:new-induction-tutor",
        lambda: subjects.school_to_confirm_tutor(named=False),
        lambda: at("schools:new-induction-tutor"),
        tutor_due=True,
    ),
    _school_page("School: change the induction tutor", "schools:update-induction-tutor"),
    _school_page("School: ask for support", "schools:support"),
    Measured(
        "School: stop reminder emails",
        "schools:opt_out",
        lambda: None,
        lambda: opt_out_path(_school().pk),
    ),
    _school_page("School: no TRN", "schools:mentor_without_trn"),
    # -- Appropriate bodies
    _body_list("Body: open inductions", "appropriate_bodies:open"),
    _body_list("Body: closed inductions", "appropriate_bodies:closed"),
    _body_list("Body: released ECTs", "appropriate_bodies:released"),
    Measured(
        "Body: search by name",
        "appropriate_bodies:teachers",
        subjects.largest_body,
        lambda: at("appropriate_bodies:teachers", query=f"?q={_name_at_largest_body()}"),
        times_static=3,
    ),
    _body_list("Body: search by TRN", "appropriate_bodies:teachers", "?q=10001"),
    Measured(
        "Body: search for similar names",
        "appropriate_bodies:teachers",
        subjects.largest_body,
        lambda: at("appropriate_bodies:teachers", query=f"?q={_misspelt()}"),
        times_static=MOST_TIMES_STATIC_WHEN_ALIKE,
    ),
    _body_list("Body: a page further on", "appropriate_bodies:open", "?page=5"),
    _body_list("Body: what TRS did not accept", "appropriate_bodies:refused"),
    _body_list("Body: schools’ records", "appropriate_bodies:schools_data"),
    *(
        _body_list(f"Body: schools’ records, {which}{kind}", f"appropriate_bodies:{view}{kind}")
        for which in ("claimable", "no-qts", "claimed-by-another-appropriate-body", "leavers")
        for view in [which.replace("-", "_")]
        for kind in ("", "_csv")
    ),
    _body_list("Body: search of schools’ records", "appropriate_bodies:claimable", "?q=smith"),
    *(
        Measured(
            f"Body: {name}",
            f"appropriate_bodies:{view}",
            subjects.largest_body,
            lambda view=view: at(f"appropriate_bodies:{view}"),
            times_static=MOST_TIMES_STATIC_WHEN_WORKED_OUT,
        )
        for name, view in (
            ("home", "home"),
            ("ECTs to check", "to_check"),
            ("ECTs to check, as a file", "to_check_csv"),
            ("forecast", "forecast"),
            ("forecast, as a file", "forecast_csv"),
            ("all induction periods, as a file", "inductions_csv"),
        )
    ),
    *(
        Measured(
            f"Body: choose several, {which}",
            "appropriate_bodies:bulk_choose",
            subjects.largest_body,
            lambda which=which: at("appropriate_bodies:bulk_choose", which),
            times_static=MOST_TIMES_STATIC_WHEN_ALIKE,
        )
        for which in ("claims", "actions")
    ),
    _body_page("appropriate_bodies:compare", "Body: an ECT side by side", _held),
    _body_page("appropriate_bodies:teacher", "Body: an ECT", _held),
    _body_page("appropriate_bodies:release", "Body: release", _held),
    _body_page("appropriate_bodies:pass", "Body: record a pass", _held),
    Measured(
        "Body: correct an induction period",
        "appropriate_bodies:edit_period",
        lambda: _held().appropriate_body,
        lambda: at("appropriate_bodies:edit_period", _held().teacher_id, _held().pk),
    ),
    _body_page("appropriate_bodies:history", "Body: history of an ECT", _held),
    _body_page("appropriate_bodies:training_records", "Body: teacher training", _held),
    _body_page("appropriate_bodies:extensions", "Body: extensions", _held),
    _body_page("appropriate_bodies:add_extension", "Body: add an extension", _held),
    _body_list(
        "Body: terms", "appropriate_bodies:terms_calculator", "?amount=9&unit=weeks&percentage=60"
    ),
    _body_page("appropriate_bodies:fail-ect", "Body: record a fail", _held),
    _body_page(
        "appropriate_bodies:release_done", "Body: was released", lambda: _with_outcome(None)
    ),
    _body_page("appropriate_bodies:pass_done", "Body: has passed", lambda: _with_outcome("pass")),
    _body_page(
        "appropriate_bodies:fail-ect-failed", "Body: has failed", lambda: _with_outcome("fail")
    ),
    Measured(
        "Body: find an ECT",
        "appropriate_bodies:claim-ect",
        subjects.largest_body,
        lambda: at("appropriate_bodies:claim-ect"),
    ),
    Measured(
        "Body: files of claims",
        "appropriate_bodies:bulk",
        subjects.largest_body,
        lambda: at("appropriate_bodies:bulk", "claims"),
    ),
    _file_page("Body: upload a file", "upload"),
    _file_page("Body: a file of claims", "batch", file=True),
    _file_page("Body: discard a file", "discard", file=True),
    # -- Finance
    Measured(
        "Finance: statements",
        "finance:statements",
        subjects.staff,
        lambda: at("finance:statements"),
    ),
    Measured(
        "Finance: the longest statement",
        "finance:statement",
        subjects.staff,
        lambda: at("finance:statement", _longest_statement().api_id),
        times_static=5,
    ),
    Measured(
        "Finance: further on in it",
        "finance:statement",
        subjects.staff,
        lambda: at("finance:statement", _longest_statement().api_id, query="?page=60"),
        times_static=5,
    ),
    Measured(
        "Finance: an adjustment of it",
        "finance:add_adjustment",
        subjects.staff,
        lambda: at("finance:add_adjustment", _longest_statement(status="open").api_id),
    ),
    *(
        Measured(
            f"Finance: {what} in it",
            "finance:statement",
            subjects.staff,
            lambda query=query: at("finance:statement", _longest_statement().api_id, query=query),
            times_static=5,
        )
        for what, query in (
            ("those of a band", "?kind=payment&type=retained-3&band=A"),
            ("the mentors", "?role=mentor"),
            ("what is beyond the bands", "?kind=payment&band=beyond"),
        )
    ),
    # -- Support
    Measured("Support: home", "support:home", subjects.staff, lambda: at("support:home")),
    Measured("Support: TRS", "support:trs", subjects.staff, lambda: at("support:trs")),
    Measured(
        "Support: changed names",
        "support:name_changes",
        subjects.staff,
        lambda: at("support:name_changes"),
    ),
    Measured(
        "Support: journeys", "support:journeys", subjects.staff, lambda: at("support:journeys")
    ),
    Measured(
        "Support: feedback", "support:feedback", subjects.staff, lambda: at("support:feedback")
    ),
    Measured("Support: emails", "support:emails", subjects.staff, lambda: at("support:emails")),
    Measured(
        "Support: questions", "support:questions", subjects.staff, lambda: at("support:questions")
    ),
    Measured(
        "Support: everybody",
        "support:teachers",
        subjects.staff,
        lambda: at("support:teachers"),
        times_static=4,
    ),
    Measured(
        "Support: everybody, further on",
        "support:teachers",
        subjects.staff,
        lambda: at("support:teachers", query=f"?after={_one_of_the_oldest().api_id}"),
        times_static=4,
    ),
    Measured(
        "Support: everybody, the oldest",
        "support:teachers",
        subjects.staff,
        lambda: at("support:teachers", query="?before=end"),
        times_static=4,
    ),
    Measured(
        "Support: search by name",
        "support:teachers",
        subjects.staff,
        lambda: at("support:teachers", query=f"?q={_name_at_largest_body()}"),
        times_static=3,
    ),
    *(
        Measured(
            f"Support: search by {what}",
            "support:teachers",
            subjects.staff,
            lambda typed=typed: at("support:teachers", query=f"?{urlencode({'q': typed()})}"),
            times_static=times,
        )
        for what, typed, times in (
            ("TRN", lambda: _someone().trn, 3),
            ("part of a TRN", lambda: (_someone().trn or "")[1:], 3),
            ("id", lambda: _someone().api_id, 3),
            ("email", _email_of_someone, 3),
            ("URN", lambda: _school().gias_school_id, 3),
            ("school", lambda: _school().gias_school.name, MOST_TIMES_STATIC_WHEN_ALIKE),
            ("similar names", _misspelt, MOST_TIMES_STATIC_WHEN_ALIKE),
        )
    ),
    Measured(
        "Support: a person",
        "support:teacher",
        subjects.staff,
        lambda: at("support:teacher", _someone().api_id),
    ),
    *(
        Measured(
            f"Support: a person, {part}",
            f"support:teacher_{part}",
            subjects.staff,
            lambda part=part: at(f"support:teacher_{part}", _someone().api_id),
        )
        for part in ("training", "induction", "payments", "history")
    ),
    _of_support("add a period", "add_induction_period", lambda: (_someone().api_id,)),
    _of_support("change a period", "change_induction_period", lambda: _of_period(_held())),
    _of_support("delete a period", "delete_induction_period", lambda: _of_period(_held())),
    _of_support("record a pass", "record_pass", lambda: (_held().teacher.api_id,)),
    _of_support("record a fail", "record_fail", lambda: (_held().teacher.api_id,)),
    _of_support(
        "reopen an induction",
        "reopen_induction",
        lambda: (_with_outcome("pass").teacher.api_id,),
    ),
    _of_support("files of bodies", "files", tuple),
    _of_support("a file of a body", "file", lambda: (_file().pk,)),
]

#: Views that show no page of their own, or are not reached without a fault of somebody.
NOT_MEASURED = {
    "finance:home": "leads to the statements",
    "finance:change_adjustment": "like adding one; a row more is read",
    "finance:remove_adjustment": "like adding one; a row more is read",
    "support:trs_send_again": "takes a form alone, and leads back",
    "support:send_email_again": "takes a form alone, and leads back",
    "support:send_question_again": "takes a form alone, and leads back",
    "appropriate_bodies:landing": "a static page",
    "appropriate_bodies:change_extension": "like adding one; a row more is read",
    "appropriate_bodies:withdraw_extension": "like changing one, with fewer fields",
    "appropriate_bodies:fail-ect-record": "walked to: journeys.py",
    "schools:several_columns": "reads one file that was sent, by its key",
    "schools:several_template": "asks nothing of the database",
    "schools:several_confirm": "takes a form alone, and leads back",
    "schools:several_check": "takes a form alone, and leads back",
    "appropriate_bodies:bulk_template": "asks nothing of the database",
    "appropriate_bodies:bulk_columns": "reads one file that was sent, by its key",
    "appropriate_bodies:bulk_confirm": "takes a form alone, and leads back",
    "appropriate_bodies:bulk_check": "takes a form alone, and leads back",
    "appropriate_bodies:bulk_problems": "reads the lines of one file, by its key",
    "support:delete_extension": "like deleting a period; there may be no extension",
    "schools:delete_unfinished": "reads one draft, by its key",
    "schools:access_denied": "for blocked schools",
    "schools:registration_window_closed": "while registration is closed",
    "schools:support_asked": "a static page",
    "schools:opted_out": "like the page that asks",
}
