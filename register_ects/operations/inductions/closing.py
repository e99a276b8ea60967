"""What stands against closing an induction period, asked by the form and again under the lock.

What is allowed: ``rules/inductions.py``. What closes: ``inductions.py``.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from register_ects import clock
from register_ects.models import InductionPeriod
from register_ects.rules.inductions import (
    problems_with_closing,
    problems_with_fail_confirmation,
    question_about_terms,
    terms_needed,
    terms_served,
)
from register_ects.rules.problems import Problem
from register_ects.rules.seen import mark_of, problems_with_seen

#: The answer that says why the terms are what they are.
_REASON = "terms_reason"


def closing_problems(
    period: InductionPeriod,
    *,
    finished_on: date | None,
    number_of_terms: Decimal | None,
    is_outcome: bool,
    fail_confirmation_sent_on: date | None = None,
    seen: str | None = None,
) -> list[Problem]:
    """Return everything that is wrong with how a period is to be closed (two queries).

    None stands for what was not asked or could not be read; the rest is judged all the same.
    ``seen`` is the mark of the period that was shown (``mark_of_period``). That the terms need a
    reason is among the problems (``terms_reason``), whether one was given or not.
    Source: spec 06 §6.10, §6.13.
    """
    today = clock.today()
    problems = problems_with_period_seen(period, seen)
    problems += problems_with_closing(
        started_on=period.started_on,
        finished_on=finished_on,
        number_of_terms=number_of_terms,
        today=today,
    )
    wrong = {problem.field for problem in problems}
    possible_end = None if "finished_on" in wrong else finished_on
    if fail_confirmation_sent_on is not None:
        problems += problems_with_fail_confirmation(
            sent_on=fail_confirmation_sent_on, finished_on=possible_end, today=today
        )
    if number_of_terms is None or "number_of_terms" in wrong:
        return problems
    question = _terms_question(
        period, finished_on=possible_end, number_of_terms=number_of_terms, is_outcome=is_outcome
    )
    return [*problems, question] if question else problems


def asks_for_reason(problems: Iterable[Problem]) -> bool:
    """Whether the terms need a reason, among the problems of ``closing_problems``."""
    return any(problem.field == _REASON for problem in problems)


def without_reason(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems that remain once a reason for the terms is given."""
    return [problem for problem in problems if problem.field != _REASON]


def _terms_question(
    period: InductionPeriod,
    *,
    finished_on: date | None,
    number_of_terms: Decimal,
    is_outcome: bool,
) -> Problem | None:
    others = period.teacher.induction_periods.exclude(pk=period.pk)
    extensions = period.teacher.induction_extensions.values_list("number_of_terms", flat=True)
    return question_about_terms(
        started_on=period.started_on,
        finished_on=finished_on,
        number_of_terms=number_of_terms,
        served_before=terms_served(others),
        needed=terms_needed(extensions),
        is_outcome=is_outcome,
    )


def mark_of_period(period: InductionPeriod) -> str:
    """Return the mark of the period that a form is about (``rules.seen``)."""
    return mark_of(period.pk, period.started_on)


def problems_with_period_seen(period: InductionPeriod, seen: str | None) -> list[Problem]:
    """Whether another period was shown than this: a body may have claimed somebody again.

    None for ``seen`` says that nobody was shown any.
    """
    if seen is None:
        return []
    started = period.started_on
    return problems_with_seen(seen, period.pk, started, started=started)
