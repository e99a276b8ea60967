"""Which school pages open to whom: gates A, B, W, T and N."""

from datetime import date

import pytest
from django.http import HttpResponse
from django.urls import include, path

from register_ects.models import RegistrationClosure
from register_ects.urls import *  # noqa: F403  handlers of errors
from register_ects.urls import urlpatterns as service
from register_ects.web import identity
from register_ects.web.blocked_schools import Block, block_of
from register_ects.web.school_addresses import school_area
from schools.access import school_required
from tests.factories import (
    GIASSchoolFactory,
    SchoolFactory,
    StaffUserFactory,
    TrainingPeriodFactory,
)

pytestmark = pytest.mark.urls(__name__)


def ok(request):
    return HttpResponse("ok")


urlpatterns = [
    school_area(
        include(
            [
                path("a", school_required(even_if_blocked=True)(ok)),
                path("b", school_required(ok)),
                path("w", school_required(while_registration_is_open=True)(ok)),
                path("n", school_required(to_register_ects=True)(ok)),
                path("t", school_required(even_if_tutor_is_due=True)(ok)),
            ]
        )
    ),
    *service,
]

BLOCKED = "/school/access-denied"
CLOSED = "/school/registration-window-closed"


def answers(browser):
    """Return what the four pages answer: "ok" or where they send people."""
    pages = [browser.get(f"/school/{gate}") for gate in "abwn"]
    return [page.text if page.status_code == 200 else page.location for page in pages]


def person(urn, provider="dfe_sign_in"):
    return identity.school_data(urn, name="Ada", email="ada@example.com", provider=provider)


def unfunded(**register):
    return SchoolFactory(gias_school=GIASSchoolFactory(independent=True, **register))


def test_an_open_state_school_passes_every_gate(sign_in):
    assert answers(sign_in(SchoolFactory())) == ["ok", "ok", "ok", "ok"]


def test_a_visitor_passes_none(browse):
    assert answers(browse) == ["/", "/", "/", "/"]


def test_a_school_that_is_not_set_up_is_blocked_whoever_signs_in(sign_in):
    urn = GIASSchoolFactory().urn
    for provider in ("dfe_sign_in", "persona"):
        browser = sign_in(person(urn, provider))
        assert answers(browser) == ["ok", BLOCKED, BLOCKED, BLOCKED]


@pytest.mark.parametrize("status", ["closed", "proposed_to_open"])
def test_a_school_that_is_not_open_is_blocked(sign_in, status):
    school = SchoolFactory(gias_school__status=status)
    assert answers(sign_in(school)) == ["ok", BLOCKED, BLOCKED, BLOCKED]


def test_a_school_about_to_close_is_open(sign_in):
    school = SchoolFactory(gias_school__status="proposed_to_close")
    assert answers(sign_in(school)) == ["ok", "ok", "ok", "ok"]


def test_an_unfunded_school_without_training_is_blocked(sign_in):
    assert answers(sign_in(unfunded())) == ["ok", BLOCKED, BLOCKED, BLOCKED]


def test_an_unfunded_school_with_finished_training_is_blocked(sign_in):
    school = unfunded()
    TrainingPeriodFactory(school=school, finished=True)
    assert answers(sign_in(school)) == ["ok", BLOCKED, BLOCKED, BLOCKED]


@pytest.mark.parametrize("trait", ["for_ect", "for_mentor"])
def test_an_unfunded_school_with_people_in_training_manages_them_but_registers_no_ects(
    sign_in, trait
):
    school = unfunded()
    TrainingPeriodFactory(school=school, **{trait: True})
    assert answers(sign_in(school)) == ["ok", "ok", "ok", "/school/home/ects"]


def test_an_independent_school_with_section_41_approval_passes_every_gate(sign_in):
    school = SchoolFactory(gias_school=GIASSchoolFactory(section_41=True))
    assert answers(sign_in(school)) == ["ok", "ok", "ok", "ok"]


def test_blocks_apply_to_dfe_sign_in_only(sign_in):
    school = SchoolFactory(gias_school__status="closed")
    staff = identity.acting_as_school_data(StaffUserFactory().email, school.urn, provider="otp")

    assert answers(sign_in(person(school.urn, "persona"))) == ["ok", "ok", "ok", "ok"]
    assert answers(sign_in(staff)) == ["ok", "ok", "ok", "ok"]


def test_the_reason_for_a_block_is_known():
    def reason(urn):
        return block_of(identity._find(person(urn)))

    assert reason(GIASSchoolFactory().urn) == Block.NOT_SET_UP
    assert reason(SchoolFactory(gias_school__status="closed").urn) == Block.NOT_OPEN
    assert reason(unfunded().urn) == Block.NOT_FUNDED
    assert reason(SchoolFactory().urn) is None


@pytest.mark.parametrize(
    ("today", "closed"),
    [
        ("2026-05-31", False),
        ("2026-06-01", True),
        ("2026-06-14", True),
        ("2026-06-14T22:59:00+00:00", True),
        ("2026-06-14T23:01:00+00:00", False),
        ("2026-06-15", False),
    ],
)
def test_registration_is_closed_on_both_ends_of_a_closure(sign_in, on, today, closed):
    on(today)
    RegistrationClosure.objects.create(
        starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 14), message="Back on 15 June"
    )
    gate = CLOSED if closed else "ok"
    assert answers(sign_in(SchoolFactory())) == ["ok", "ok", gate, gate]


def test_a_block_comes_before_a_closed_window(sign_in, on):
    on("2026-06-10")
    RegistrationClosure.objects.create(
        starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 14), message="Back on 15 June"
    )
    assert answers(sign_in(unfunded()))[2] == BLOCKED
