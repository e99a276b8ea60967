"""Run operations inside a process of their own, beside one database: what the benchmark asks.

``Worker`` starts it and talks to it; ``main`` is the process. A request is a line of JSON with
the name of a function below and its arguments; the answer is a line too.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


class Worker:
    """A process that works on one population, for ``env`` (addresses of its services)."""

    def __init__(self, env: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.performance.worker"],
            cwd=ROOT,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, what: str, **arguments: Any) -> Any:
        """Call a function there and return what it returns. Raises SystemExit if it fails."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([what, arguments]) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"The process that works on the population ended: {what}")
        return json.loads(line)

    def stop(self) -> None:
        """End it, once it has taken away what the benchmark left in the database."""
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(60)


# -- In the process ----------------------------------------------------------------------------


class Population:
    """What can be asked of a worker: each public method."""

    def __init__(self) -> None:
        self._subjects: dict[str, list[Any]] = {}
        self._used: dict[str, int] = {}
        self._bare: Any = None
        self._tokens: dict[int, str] = {}

    # -- Operations

    def operations(self) -> list[str]:
        """Return the name of every operation."""
        from tests.performance.operations import OPERATIONS

        return [each.name for each in OPERATIONS]

    def find(self, operation: str, number: int) -> int:
        """Find what an operation can act on; return how many there are."""
        from tests.performance import subjects

        self._subjects[operation] = subjects.first(number, _operation(operation))
        return len(self._subjects[operation])

    def time(self, operation: str) -> float:
        """Run an operation on the next of its subjects, roll it back; return seconds a row."""
        from django.db import connection, transaction

        found, asked = self._subjects[operation], _operation(operation)
        number = self._used[operation] = self._used.get(operation, -1) + 1
        subject = found[number % len(found)]
        with transaction.atomic():
            asked.prepare(subject)
            begun = time.perf_counter()
            asked.call(subject)
            connection.check_constraints()  # what the commit would check
            seconds = time.perf_counter() - begun
            transaction.set_rollback(True)
        return seconds / asked.rows(subject)

    # -- Pages and reads

    def pages(self, *, with_static: bool = True) -> list[list[Any]]:
        """Return name, address, cookie and limit of every page, journeys included.

        ``with_static`` False leaves out those that are compared with a static page.
        """
        from tests.performance.journeys import walked
        from tests.performance.pages import PAGES
        from tests.support.pages import Browser

        found: list[list[Any]] = []
        for page in PAGES:
            if page.times_static is not None and not with_static:
                continue
            browser, who = Browser(), page.who()
            if who is not None:
                browser.sign_in(who, tutor_due=page.tutor_due)
            address = browser.whole(page.path())
            found.append([page.name, address, _cookie(browser), page.times_static])
        found += [[name, path, _cookie(browser), None] for name, browser, path in walked()]
        return found

    def reads(self) -> list[list[str]]:
        """Return name and address of every read of the API by the largest provider."""
        from tests.performance import subjects
        from tests.performance.reads import READS

        provider = subjects.largest_provider()
        return [[read.name, read.address(provider)] for read in READS]

    def token(self) -> str:
        """Return a token of the largest provider."""
        from tests.performance import subjects

        return self._token_of(subjects.largest_provider())

    def sizes(self) -> dict[str, int]:
        """Return how much there is, for the report."""
        from register_ects.models import Declaration, ShownResource, Teacher

        return {
            "teachers": Teacher.objects.count(),
            "declarations": Declaration.objects.count(),
            "stored payloads": ShownResource.objects.count(),
        }

    def cohort(self) -> int:
        """Return the cohort whose schools are read."""
        from tests.performance.reads import year

        return year()

    # -- Bare reads

    def read(self, payloads: str, limit: int | None) -> float:
        """Read stored payloads with bare psycopg; return the seconds it took."""
        import psycopg

        if self._bare is None:
            self._bare = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
        sql, parameters = _payloads(payloads)
        bounded = sql + (f" LIMIT {limit}" if limit else "")
        begun = time.perf_counter()
        rows = self._bare.execute(bounded, parameters, binary=True).fetchall()
        b",".join(row[0].encode() for row in rows)
        return time.perf_counter() - begun

    # -- Declarations that are really made

    def claims(self, number: int) -> list[list[Any]]:
        """Return declarations that can be made: a token of the provider, and the body."""
        from tests.performance import subjects

        declare = _operation("Declare")
        found = subjects.first(number, declare, of=4 * subjects.MOST_CANDIDATES)
        return [
            [self._token_of(provider), {"data": {"attributes": _attributes(claim)}}]
            for provider, claim in found
        ]

    def made(self, ids: list[str]) -> int:
        """Return how many of these declarations are there and live."""
        from register_ects.models import Declaration

        return Declaration.objects.filter(api_id__in=ids).live().count()

    # -- Plans

    def scans(self) -> list[str]:
        """Return each read of a whole growing table, by any operation, page or API call."""
        from tests.performance.looking import every_scan

        return every_scan()

    # -- Afterwards

    def tidy(self) -> None:
        """Take away tokens, drafts and lists that the benchmark left."""
        from register_ects.models import (
            APIToken,
            JourneyDraft,
            PendingInductionSubmissionBatch,
            RegistrationBatch,
        )
        from tests.performance.operations import files_of_bodies, several

        RegistrationBatch.objects.filter(uploaded_by_name=several.AUTHOR.name).delete()
        files = PendingInductionSubmissionBatch.objects
        files.filter(uploaded_by_email=files_of_bodies.AUTHOR.email).delete()
        APIToken.objects.filter(description="Benchmark").delete()
        JourneyDraft.objects.filter(completed_at=None).delete()

    def _token_of(self, provider: Any) -> str:
        from register_ects.operations.lead_providers.api_tokens import issue_api_token
        from tests.performance import subjects

        if provider.pk not in self._tokens:
            self._tokens[provider.pk] = issue_api_token(
                provider, description="Benchmark", author=subjects.AUTHOR
            )
        return self._tokens[provider.pk]


def _operation(name: str) -> Any:
    from tests.performance.operations import OPERATIONS

    return next(each for each in OPERATIONS if each.name == name)


def _attributes(claim: Any) -> dict[str, Any]:
    return {
        "participant_id": claim.participant_id,
        "course_identifier": claim.course_identifier,
        "declaration_type": claim.declaration_type,
        "declaration_date": claim.declaration_date,
        "evidence_held": claim.evidence_type,
    }


def _cookie(browser: Any) -> str:
    return "; ".join(f"{name}={each.value}" for name, each in browser.client.cookies.items())


def _payloads(what: str) -> tuple[str, Any]:
    """Return the query for the stored payloads of a list of the largest provider."""
    from register_ects.models import ShownSchool
    from tests.performance import subjects
    from tests.performance.reads import year

    provider = subjects.largest_provider()
    if what == "schools":
        listed = ShownSchool.objects.listed(provider, year()).order_by("created_at", "record_id")
        sql, parameters = listed.values_list("payload").query.sql_with_params()
        return str(sql), parameters
    return (
        """SELECT payload FROM shown_resource
           WHERE lead_provider_id = %s AND resource_type = 'participant'
           ORDER BY created_at, record_id""",
        [provider.pk],
    )


def main() -> None:
    """Answer until there are no more requests."""
    import django

    django.setup()
    population = Population()
    answers = sys.stdout
    sys.stdout = sys.stderr  # whatever else prints
    for line in sys.stdin:
        what, arguments = json.loads(line)
        answers.write(json.dumps(getattr(population, what)(**arguments)) + "\n")
        answers.flush()
    population.tidy()


if __name__ == "__main__":
    main()
