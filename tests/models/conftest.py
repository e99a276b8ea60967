"""Writing straight to the database, past the models, to see what it refuses by itself."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from register_ects.refusals import rule_broken_by
from register_ects.rules.problems import Problem

Execute = Callable[..., None]
Refused = Callable[..., Problem]


def _execute(sql: str, *params: Any) -> None:
    """Run a statement with nothing left for the end of the transaction, before or after it."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(sql, params)


@pytest.fixture
def execute() -> Execute:
    """Run one SQL statement and check what was left for the end of the transaction."""
    return _execute


@pytest.fixture
def refused() -> Refused:
    """Run one SQL statement that a constraint must refuse; return the problem a person is told.

    ``by`` names the constraint; its words must be ready.
    """

    def check(by: str | None, sql: str, *params: Any) -> Problem:
        with pytest.raises(IntegrityError) as caught, transaction.atomic():
            _execute(sql, *params)
        if by is not None:
            assert caught.value.__cause__.diag.constraint_name == by
        problem = rule_broken_by(caught.value).problems[0]
        assert problem.code != "not_allowed"
        assert len(problem.details["message"].split()) > 2
        return problem

    return check
