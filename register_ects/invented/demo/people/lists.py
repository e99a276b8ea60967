"""Lists of several ECTs at Buile Hill Academy: one done, one to correct, one half filled by hand.

The jobs that check and register them are those of the service, called by their names.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256

from register_ects import clock
from register_ects.celery import app
from register_ects.invented import organisations
from register_ects.invented.demo.people import users
from register_ects.invented.demo.people.stories import AMBITION, UCL
from register_ects.invented.organisations import BUILE_HILL
from register_ects.invented.people import email_of
from register_ects.models import ContractPeriod, RegistrationBatch
from register_ects.operations.batches.collecting import start_batch
from register_ects.operations.batches.held import Cells, mark_of_rows
from register_ects.operations.batches.registering import confirm_batch
from register_ects.rules.enumerations import TrainingProgramme

#: People by TRN, and which of their cells are not the usual ones.
_Lines = dict[str, dict[str, str]]
#: When the terms begin, month and day.
_TERMS = ((1, 4), (4, 20), (9, 1))
_ANOTHER_BIRTH_DATE = {"date_of_birth": "4 2 1977"}


def registered_from_a_file() -> None:
    """Three of four people are registered; one was left out, whose birth date is another."""
    lines: _Lines = {"3000310": {}, "3000311": {}, "3000312": {}, "3000313": _ANOTHER_BIRTH_DATE}
    batch = _begin(lines, file="ects-of-this-term.xlsx")
    confirm_batch(batch, seen=mark_of_rows(batch.rows.all()), author=users.at_school(BUILE_HILL))
    _run("register_batch", batch)


def begin_lists() -> None:
    """Begin the lists that wait for the school, so late that their checks still hold."""
    now = clock.now()
    with clock.pretend(now - timedelta(minutes=50)):
        _begin({"3000308": {}, "3000309": {"working_pattern": "Part time"}})
    lines: _Lines = {
        "3000301": {},
        "3000302": {"first_name": "Arthur", "last_name": "Gill"},
        "3000303": {"lead_provider": UCL},
        "3000304": _ANOTHER_BIRTH_DATE,
        "3000305": {"email": ""},
        "3000306": {"lead_provider": "Ambition School"},
        "3000307": {"started_on": "31 9 2026"},
        "7000003": {},
        "7000007": {},
    }
    with clock.pretend(now - timedelta(minutes=20)):
        _begin(lines, file="new-ects.csv")


def term_before(day: date) -> date:
    """Return the first day of the term that a day is in."""
    terms = (date(year, *term) for year in (day.year - 1, day.year) for term in _TERMS)
    return max(term for term in terms if term <= day)


def last_day_to_register() -> date:
    """Return the last day of the last contract period."""
    day: date = ContractPeriod.objects.latest("year").finished_on
    return day


def _begin(lines: _Lines, *, file: str | None = None) -> RegistrationBatch:
    """Return a list that is checked, of a file or filled by hand."""
    batch = start_batch(
        organisations.school(BUILE_HILL),
        choices={
            "appropriate_body": str(organisations.body().pk),
            "training_programme": TrainingProgramme.PROVIDER_LED,
            "lead_provider": str(organisations.provider(AMBITION).pk),
        },
        author=users.at_school(BUILE_HILL),
        rows=enumerate(_rows(lines), 2 if file else 1),
        file=(file, sha256(file.encode()).hexdigest()) if file else None,
    )
    _run("check_batch", batch)
    batch.refresh_from_db()
    return batch


def _rows(lines: _Lines) -> Iterator[Cells]:
    starts = term_before(clock.today())
    for trn, differs in lines.items():
        usual = {
            "trn": trn,
            "date_of_birth": "3 2 1977",
            "email": email_of(trn),
            "started_on": f"{starts.day} {starts.month} {starts.year}",
            "working_pattern": "Full time",
        }
        yield {**usual, **differs}


def _run(job: str, batch: RegistrationBatch) -> None:
    app.loader.import_default_modules()
    app.tasks[f"schools.tasks.{job}"](str(batch.pk))
