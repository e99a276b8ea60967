"""Files that Bright Futures uploaded: claims to confirm or to correct, and passes to correct.

The jobs that check them are those of the service, called by their names.
"""

from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256

from register_ects import clock
from register_ects.celery import app
from register_ects.invented import organisations
from register_ects.invented.demo.people.users import BODY_USER
from register_ects.operations.batches.held import Cells
from register_ects.operations.inductions.submissions import start_submissions
from register_ects.rules.enumerations import BatchType

_BORN = "3 2 1977"


def upload_files() -> None:
    """Upload both files 20 minutes ago, and have them checked."""
    day = clock.today() - timedelta(days=3)
    on = f"{day.day} {day.month} {day.year}"
    claims = [
        {"trn": "3000103", "training_programme": "Provider-led", "started_on": on},
        {"trn": "3000301", "training_programme": "School-led", "started_on": on},
        {"trn": "3000302", "training_programme": "CIP", "started_on": on},
        {"trn": "3000303", "training_programme": "Provider-led", "started_on": "30 8 2021"},
        {"trn": "7000001", "training_programme": "Provider-led", "started_on": on},
    ]
    actions = [
        {"trn": "3000103", "finished_on": on, "number_of_terms": "1", "outcome": "Release"},
        {"trn": "3000101", "finished_on": on, "number_of_terms": "6.25", "outcome": "Pass"},
        {"trn": "3000105", "finished_on": on, "number_of_terms": "6", "outcome": "Fail"},
    ]
    with clock.pretend(clock.now() - timedelta(minutes=20)):
        _upload(BatchType.CLAIM, "claims-of-this-week.csv", claims)
        _upload(BatchType.ACTION, "outcomes-of-this-week.xlsx", actions)


def _upload(batch_type: BatchType, name: str, lines: Iterable[Cells]) -> None:
    batch = start_submissions(
        organisations.body(),
        batch_type,
        author=BODY_USER,
        file=(name, sha256(name.encode()).hexdigest()),
        rows=[(number, {"date_of_birth": _BORN, **line}) for number, line in enumerate(lines, 2)],
    )
    app.loader.import_default_modules()
    app.tasks["appropriate_bodies.tasks.check_submissions"](str(batch.pk))
