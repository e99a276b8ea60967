"""What each role may do, what each page asks for, and a new role as a value (spec 07 §1.2)."""

import uuid
from datetime import date

import pytest
from django.urls import URLResolver, get_resolver

from register_ects.rules.permissions import PERMISSIONS, OrganisationRole, Permission
from register_ects.web import identity
from tests.factories import (
    AppropriateBodyFactory,
    ECTAtSchoolPeriodFactory,
    InductionPeriodFactory,
    SchoolFactory,
    StaffUserFactory,
    StatementFactory,
    TRSInductionUpdateFactory,
)

ROLES = (
    *("school", "staff_as_school", "appropriate_body", "appropriate_body_reader"),
    *("admin", "user_manager", "finance", "product_team"),
)
TABLE = """
                    school  acting  body  reader  admin  users  finance  product
school.view         yes     yes     -     -       -      -      -        -
school.register     yes     yes     -     -       -      -      -        -
school.impersonate  -       -       -     -       yes    yes    yes      yes
induction.view      -       -       yes   yes     yes    yes    yes      yes
induction.write     -       -       yes   -       yes    yes    yes      yes
console.view        -       -       -     -       yes    yes    yes      yes
trs.write           -       -       -     -       yes    yes    yes      yes
message.send        -       -       -     -       yes    yes    yes      yes
training.write      -       -       -     -       yes    yes    yes      yes
partnership.write   -       -       -     -       yes    yes    yes      yes
users.manage        -       -       -     -       -      yes    yes      yes
finance.view        -       -       -     -       -      -      yes      yes
finance.write       -       -       -     -       -      -      yes      yes
declaration.void    -       -       -     -       -      -      yes      yes
data_fix.run        -       -       -     -       -      -      -        yes
"""

#: What every page behind sign-in asks for, by the beginning of its address; the longest counts.
ASKED = {
    "school/": Permission.SCHOOL_VIEW,
    "school/register-ect/": Permission.SCHOOL_REGISTER,
    "school/register-mentor/": Permission.SCHOOL_REGISTER,
    "school/register-several": Permission.SCHOOL_REGISTER,
    "school/unfinished/": Permission.SCHOOL_REGISTER,
    "school/ects/several/": Permission.SCHOOL_REGISTER,
    "school/induction-tutor/": Permission.SCHOOL_REGISTER,
    "school/ects/<int:subject_id>/": Permission.SCHOOL_REGISTER,
    "school/mentors/<int:subject_id>/": Permission.SCHOOL_REGISTER,
    "appropriate-body/teachers": Permission.INDUCTION_VIEW,
    "appropriate-body/teachers/<int:teacher_id>/": Permission.INDUCTION_WRITE,
    "appropriate-body/teachers/<int:teacher_id>/extensions": Permission.INDUCTION_VIEW,
    "appropriate-body/teachers/<int:teacher_id>/extensions/": Permission.INDUCTION_WRITE,
    "appropriate-body/teachers/<int:teacher_id>/history": Permission.INDUCTION_VIEW,
    "appropriate-body/teachers/<int:teacher_id>/itt-data": Permission.INDUCTION_VIEW,
    "appropriate-body/terms-calculator": Permission.INDUCTION_VIEW,
    "appropriate-body/teachers/<int:subject_id>/": Permission.INDUCTION_WRITE,
    "appropriate-body/claim-an-ect/": Permission.INDUCTION_WRITE,
    "appropriate-body/bulk/": Permission.INDUCTION_VIEW,
    "appropriate-body/bulk/<kind_of_file:slug>/new": Permission.INDUCTION_WRITE,
    "appropriate-body/bulk/<kind_of_file:slug>/choose": Permission.INDUCTION_WRITE,
    "appropriate-body/bulk/<kind_of_file:slug>/template.": Permission.INDUCTION_WRITE,
    "appropriate-body/bulk/<kind_of_file:slug>/<int:batch_id>/": Permission.INDUCTION_WRITE,
    "appropriate-body/home": Permission.INDUCTION_VIEW,
    "appropriate-body/teachers/<int:teacher_id>/compare": Permission.INDUCTION_VIEW,
    "appropriate-body/inductions.csv": Permission.INDUCTION_VIEW,
    "appropriate-body/schools-data": Permission.INDUCTION_VIEW,
    "appropriate-body/to-check": Permission.INDUCTION_VIEW,
    "appropriate-body/forecast": Permission.INDUCTION_VIEW,
    "admin/": Permission.CONSOLE_VIEW,
    "admin/teachers/<uuid:teacher_id>/induction-periods": Permission.INDUCTION_WRITE,
    "admin/teachers/<uuid:teacher_id>/extensions/": Permission.INDUCTION_WRITE,
    "admin/teachers/<uuid:teacher_id>/record-": Permission.INDUCTION_WRITE,
    "admin/teachers/<uuid:teacher_id>/reopen-induction/": Permission.INDUCTION_WRITE,
    "admin/trs/messages/": Permission.TRS_WRITE,
    "admin/emails/": Permission.MESSAGE_SEND,
    "admin/questions/": Permission.MESSAGE_SEND,
    "finance/": Permission.FINANCE_VIEW,
    "finance/statements/<uuid:statement_id>/adjustments/": Permission.FINANCE_WRITE,
}
#: Everything else: pages for anyone, and addresses that only lead on to one behind sign-in.
FOR_ANYONE = {
    *("", "support", "cookies", "accessibility", "privacy", "school-requirements"),
    *("access-denied", "healthcheck", "readiness", "session/extend", "switch-role"),
    "notify/receipts",
    *("feedback", "feedback/sent"),
    "admin/impersonate/stop",
    *("sign-in", "sign-in/appropriate-body", "sign-in/school", "sign-out"),
    *("personas", "personas/sign-in"),
    *("users/sign_in", "users/confirm_sign_in", "check-account", "nominations/resend-email"),
    *("school/opt-out-of-reminder-emails/new", "school/opt-out-of-reminder-emails"),
    *(
        "school",
        "school/<int:urn>",
        "school/support_queries/new",
        "school/register-ect/what-you-will-need",
        "school/register-mentor/what-you-will-need",
        "appropriate-body",
        "finance",
        "admin",
    ),
}
SAMPLES = {
    **dict.fromkeys(("placement_id", "subject_id", "teacher_id", "pk"), "1"),
    **dict.fromkeys(
        ("adjustment_id", "update_id", "email_id", "query_id", "extension_id", "period_id"), "1"
    ),
    "batch_id": "1",
    "kind_of_file": "claims",
    "number": "1",
    "slug": "find-ect",
}
KINDS = {
    "school": "school/",
    "appropriate_body": "appropriate-body/",
    "staff": ("admin", "finance"),
}


def routes(resolver, before=""):
    for each in resolver.url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from routes(each, route)
        else:
            yield route


def asked_for(route):
    """Return the permission that a page behind sign-in asks for; None for anyone's."""
    if route in FOR_ANYONE or route.startswith("api/"):
        return None
    return ASKED[max((start for start in ASKED if route.startswith(start)), key=len)]


def address(route):
    parts = (part.removeprefix("<").split(":") for part in route.replace(">", "<").split("<"))
    filled = (
        (str(uuid.UUID(int=1)) if part[0] == "uuid" else SAMPLES.get(part[0]) or SAMPLES[part[1]])
        if len(part) == 2
        else part[0]
        for part in parts
    )
    return "/" + "".join(filled)


PAGES = {
    route: permission
    for route in routes(get_resolver())
    if (permission := asked_for(route)) is not None
}


def ask(browser, route):
    page = browser.get(address(route))
    return browser.post(address(route)) if page.status_code == 405 else page


@pytest.fixture
def people():
    return {
        "school": SchoolFactory(),
        "appropriate_body": AppropriateBodyFactory(),
        "staff": StaffUserFactory(product_team=True),
    }


@pytest.mark.no_database
def test_what_each_role_may_do():
    _heading, *lines = TABLE.strip().splitlines()
    told = {
        role: {name for name, *cells in map(str.split, lines) if cells[column] == "yes"}
        for column, role in enumerate(ROLES)
    }
    assert told == PERMISSIONS
    assert sorted(line.split()[0] for line in lines) == sorted(Permission)


def test_every_page_sends_visitors_to_sign_in(browse):
    for route in PAGES:
        page = ask(browse, route)
        where = "/sign-in" if route.startswith(KINDS["staff"]) else "/"
        assert (page.status_code, page.location) == (302, where), route


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_is_closed_to_the_other_kinds_of_people(sign_in, people, kind):
    browser = sign_in(people[kind])
    others = [route for route in PAGES if not route.startswith(KINDS[kind])]

    assert others
    assert {route: ask(browser, route).status_code for route in others} == dict.fromkeys(
        others, 401
    )


@pytest.mark.parametrize("permission", dict.fromkeys(PAGES.values()))
def test_every_page_asks_for_its_permission(sign_in, people, monkeypatch, permission):
    """Somebody with this one alone opens these pages; every other of their kind is refused."""
    kind = next(
        kind
        for kind, starts in KINDS.items()
        if any(PAGES[route] == permission for route in PAGES if route.startswith(starts))
    )
    role = "product_team" if kind == "staff" else kind
    monkeypatch.setitem(PERMISSIONS, role, frozenset({permission}))
    browser = sign_in(people[kind])

    for route in (route for route in PAGES if route.startswith(KINDS[kind])):
        is_refused = ask(browser, route).status_code == 403
        assert is_refused is (PAGES[route] != permission), route


# -- A new role is a value -----------------------------------------------------------------------


def links(page):
    return [
        *(a["href"] for a in page.select("a[href]")),
        *(form["action"] for form in page.select("form[action]")),
    ]


def test_a_body_user_who_may_only_read_is_offered_nothing_else(sign_in, monkeypatch, on):
    on("2026-07-16")
    monkeypatch.setitem(PERMISSIONS, "body_reader", frozenset({Permission.INDUCTION_VIEW}))
    body = AppropriateBodyFactory()
    person = {"name": "Ada", "email": "ada@example.com", "provider": "dfe_sign_in"}
    reader = sign_in(identity.appropriate_body_data(body.pk, role="body_reader", **person))
    colleague = sign_in(body)
    held = InductionPeriodFactory(appropriate_body=body)
    released = InductionPeriodFactory(
        appropriate_body=body, started_on=date(2024, 9, 2), finished=True
    )
    writes = ("claim-an-ect", "/release/", "/record-")

    for url in (
        "/appropriate-body/teachers",
        f"/appropriate-body/teachers/{held.teacher_id}",
        f"/appropriate-body/teachers/{released.teacher_id}",
    ):
        page, whole = reader.get(url), colleague.get(url)
        assert page.status_code == whole.status_code == 200
        assert [link for link in links(whole) if any(write in link for write in writes)]
        assert not [link for link in links(page) if any(write in link for write in writes)]
        assert [link["href"] for link in page.select(".govuk-service-navigation__list a")]


def test_staff_who_may_only_look_at_a_school_are_offered_nothing_else(sign_in, monkeypatch):
    placement = ECTAtSchoolPeriodFactory()
    user = StaffUserFactory()
    pages = ("/school/home/ects", f"/school/ects/{placement.pk}", "/school/home/mentors")

    def offered():
        data = identity.acting_as_school_data(user.email, placement.school.urn, provider="otp")
        found = [browser.get(url) for browser in [sign_in(data)] for url in pages]
        writes = ("/register-", "/mentorship/")
        return [link for page in found for link in links(page) if any(map(link.count, writes))]

    assert len(offered()) == 8  # three are the navigation of the pages
    monkeypatch.setitem(PERMISSIONS, "staff_as_school", frozenset({Permission.SCHOOL_VIEW}))
    assert offered() == []


def test_who_chooses_another_body_keeps_their_role(sign_in, monkeypatch):
    monkeypatch.setitem(PERMISSIONS, "body_reader", frozenset({Permission.INDUCTION_VIEW}))
    bodies = [AppropriateBodyFactory(active=True).pk for _each in range(2)]
    person = {"name": "Ada", "email": "ada@example.com", "provider": "dfe_sign_in"}
    browser = sign_in(
        identity.appropriate_body_data(bodies[0], role="body_reader", bodies=bodies, **person)
    )

    browser.post("/sign-in/appropriate-body", {"body": bodies[1]})

    session = browser.client.session[identity.SESSION_KEY]
    assert (session["appropriate_body_id"], session["role"]) == (bodies[1], "body_reader")
    assert browser.get("/appropriate-body/claim-an-ect/find-ect/new").status_code == 403


def test_staff_who_may_only_read_are_offered_nothing_else(sign_in, monkeypatch):
    reads = {Permission.CONSOLE_VIEW, Permission.FINANCE_VIEW}
    statement = f"/finance/statements/{StatementFactory().api_id}"
    TRSInductionUpdateFactory(state="rejected")
    user = StaffUserFactory(finance=True)

    def offered():
        browser = sign_in(user)
        found = [*links(browser.get(statement)), *links(browser.get("/admin/trs"))]
        return [link for link in found if "adjustments/" in link or "send-again" in link]

    assert len(offered()) == 2
    monkeypatch.setitem(PERMISSIONS, user.role, frozenset(reads))
    assert offered() == []


def test_who_may_not_act_as_a_school_is_signed_out(monkeypatch):
    user = StaffUserFactory()
    data = identity.acting_as_school_data(user.email, SchoolFactory().urn, provider="otp")
    assert identity._find(data).role == OrganisationRole.STAFF_AS_SCHOOL

    monkeypatch.setitem(PERMISSIONS, user.role, frozenset({Permission.CONSOLE_VIEW}))
    assert identity._find(data) is None


def test_a_session_with_an_unknown_role_is_ended():
    person = {"name": "Ada", "email": "ada@example.com", "provider": "dfe_sign_in"}
    body = AppropriateBodyFactory()
    assert identity._find(identity.appropriate_body_data(body.pk, **person))
    assert identity._find(identity.appropriate_body_data(body.pk, role="king", **person)) is None


def test_nobody_asks_for_a_permission_that_does_not_exist():
    user = StaffUserFactory()
    staff = identity._find(identity.staff_data(user.email, provider="otp"))
    with pytest.raises(ValueError, match="is not a valid Permission"):
        staff.may("finance.veiw")
