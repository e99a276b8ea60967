"""Errors for clients that accept application/problem+json (RFC 9457), and codes for all."""

import re

import pytest
from django.test import Client

from providers.errors import ApiError, ErrorItem
from providers.messages import errors_for
from providers.problem_details import problem_details
from providers.wording import IN_ADDRESS, KINDS, WORDING
from register_ects.rules.problems import Problem, RuleBroken

PROBLEM = "application/problem+json"
CODE = re.compile(r"[a-z]+\.[a-z0-9_]+")


def test_a_problem_has_the_members_of_rfc_9457(api):
    response = api.get("/nothing-here", **{"Accept": PROBLEM, "X-Request-Id": "find-me"})

    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json; charset=utf-8"
    detail = "Nothing could be found for the given details."
    assert response.json() == {
        "type": "/api/guidance/guidance-for-lead-providers/error-codes#request.not_found",
        "title": "Resource not found",
        "status": 404,
        "detail": detail,
        "instance": "find-me",
        "errors": [{"code": "request.not_found", "title": "Resource not found", "detail": detail}],
    }


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [
        (PROBLEM, True),
        (f"application/json, {PROBLEM}", True),
        (f"application/json;q=0.4, {PROBLEM};q=0.5", True),
        (f"*/*;q=0.1, {PROBLEM};q=0.5", True),
        (f"text/html, {PROBLEM};q=0.5", True),
        (f"application/json, {PROBLEM};q=0.5", False),
        (f"*/*, {PROBLEM};q=0.5", False),
        (f"application/*;q=0.6, */*;q=0.1, {PROBLEM};q=0.5", False),
        (f"{PROBLEM.upper()} ; q=1.0", True),
        (f"{PROBLEM};q=0", False),
        (f"{PROBLEM};q=0.000", False),
        ("*/*", False),
        ("application/*", False),
        ("application/json", False),
        ("text/html", False),
        ("", False),
        (";;q=,,=;", False),
    ],
)
def test_only_who_names_problem_details_gets_them(api, accept, wanted):
    response = api.get("/nothing-here", Accept=accept)

    assert response["Content-Type"].startswith(PROBLEM if wanted else "application/json")
    assert "errors" in response.json()
    assert ("type" in response.json()) is wanted


@pytest.mark.parametrize("accept", ["text/html", "image/png", "application/problem+json", ""])
def test_success_is_json_whatever_is_accepted(api, accept):
    response = api.get("/participants", Accept=accept)

    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert response["Vary"] == "Accept, Accept-Encoding, Authorization"


def test_a_401_is_a_problem_too_and_otherwise_keeps_its_single_key():
    asked, plain = (
        Client().get("/api/v3/participants", headers={"Accept": accept})
        for accept in (PROBLEM, "*/*")
    )

    assert (asked.status_code, asked.json()["status"]) == (401, 401)
    assert asked.json()["errors"][0]["code"] == "request.unauthorised"
    assert asked["WWW-Authenticate"] == "Bearer"
    assert list(plain.json()) == ["error"]


def test_broken_rules_point_into_the_body(api):
    body = {"data": {"attributes": {"participant_id": None}}}

    problem = api.post("/participant-declarations", body, Accept=PROBLEM).json()

    assert (problem["status"], problem["title"]) == (422, "The change is not allowed")
    assert problem["errors"][0]["pointer"] == "#/data/attributes/participant_id"
    assert problem["errors"][0]["code"] == "declaration.blank"


def test_several_errors_are_counted_in_the_detail():
    items = [
        ErrorItem(field, "Wrong.", f"partnership.{field}") for field in ("cohort", "school_id")
    ]

    problem = problem_details(ApiError(422, items), request_id="x")

    assert problem["detail"] == "2 things need to be put right."
    assert problem["type"].endswith("#partnership.cohort")
    assert [error["title"] for error in problem["errors"]] == ["cohort", "school_id"]


def test_an_item_of_the_usual_shape_has_a_code_too(api):
    body = {"data": {"attributes": {"participant_id": None}}}

    (item,) = api.post("/participant-declarations", body).json()["errors"]

    assert list(item) == ["title", "detail", "code"]
    assert item["code"] == "declaration.blank"


@pytest.mark.parametrize(
    ("kind", "field"), [("participant", "participant_id"), ("partnership", "school_id")]
)
def test_a_conflict_that_has_no_words_is_told_on_what_was_to_change(kind, field):
    error = errors_for(RuleBroken([Problem("", "not_allowed")]), kind=kind)

    assert [(item.title, item.code, item.pointer) for item in error.items] == [
        (field, f"{kind}.conflict", None)
    ]
    assert f"'#/{field}'" in error.items[0].detail


def test_a_field_is_told_of_once_in_the_order_in_which_it_failed():
    problems = [
        Problem("declaration_date", "blank"),
        Problem("participant_id", "blank"),
        Problem("declaration_date", "in_the_future"),
    ]

    error = errors_for(RuleBroken(problems), kind="declaration")

    assert [(item.title, item.code) for item in error.items] == [
        ("declaration_date", "declaration.blank"),
        ("participant_id", "declaration.blank"),
    ]


def test_every_kind_of_write_has_words_and_every_code_is_well_formed():
    assert set(IN_ADDRESS) <= set(KINDS.values())
    assert set(WORDING) <= set(KINDS.values())
    codes = [f"{kind}.{code}" for kind, words in WORDING.items() for _, code in words]
    assert [code for code in codes if not CODE.fullmatch(code)] == []
