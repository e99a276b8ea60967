"""Fill a database for the demo. Every step may run again: it adds only what is missing.

What has not changed since the last time is skipped, as the stamps in the data directory tell.
"""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from register_ects import clock
from register_ects.embedded import ROOT
from register_ects.invented.contracts import load_demo_contracts
from register_ects.invented.demo.people import load_people
from register_ects.invented.demo.progress import say, step
from register_ects.invented.demo.stamps import Stamps, fingerprint
from register_ects.invented.population.generation import (
    CannotGenerate,
    Wanted,
    add_population,
    is_loaded,
)
from register_ects.models import Contract, ContractPeriod, GIASSchool
from register_ects.projections.refresh import catch_up

_DATA = ROOT / "data"
_REGISTER = _DATA / "gias" / "edubasealldata.csv.gz"
#: Of the invented ECTs: they are the same in every demo of a size and day.
_SEED = 1
_LINKS = _DATA / "gias" / "links_edubasealldata.csv.gz"


def prepare(data_dir: Path) -> None:
    """Bring the database's tables and the static files up to date."""
    with step("Updating the database's tables"):
        call_command("migrate", verbosity=0, interactive=False)
    _unless_current(
        data_dir,
        "static",
        inputs=[Path(directory) for directory in settings.STATICFILES_DIRS],
        present=(settings.STATIC_ROOT / "staticfiles.json").exists(),
        label="Collecting static files",
        load=lambda: _quietly("collectstatic", interactive=False),
    )


class CannotPopulate(Exception):
    """The population asked for cannot be added to what is there; the message says why."""


def load_demo(data_dir: Path, *, ects: int = 0) -> None:
    """Load the reference data, the schools register and the people of the demo.

    ``ects`` is how many more ECTs to invent, at schools without a story. Raises CannotPopulate
    when another number of them is there already.
    """
    # All statements open: the stories close and settle them as their days go by.
    load_organisations(data_dir, settled=False)
    with step("Playing the stories of the demo’s people"):
        load_people()
    if ects:
        populate(ects)
    with step("Preparing what lead providers are shown"):
        catch_up()


def populate(ects: int) -> None:
    """Add so many invented ECTs with their mentors and histories, once.

    Raises CannotPopulate when another number of them is there already.
    """
    wanted = Wanted(ects, seed=_SEED, today=clock.today())
    try:
        if is_loaded(wanted):
            return
        say(f"Inventing {ects:,} ECTs with their mentors and histories")
        add_population(wanted, lambda line: say(f"  {line}"))
    except CannotGenerate as problem:
        raise CannotPopulate(f"{problem}, or --fresh to start again") from problem


def load_organisations(data_dir: Path, *, settled: bool) -> None:
    """Load the schools register, the reference data and contracts, but no people.

    ``settled`` is as for ``load_demo_contracts``.
    """
    _unless_current(
        data_dir,
        "schools",
        inputs=[_REGISTER, _LINKS],
        present=GIASSchool.objects.exists(),
        label="Loading the schools register",
        load=lambda: _quietly("import_gias", str(_REGISTER), links=_LINKS),
    )
    _unless_current(
        data_dir,
        "reference",
        # After the schools: hubs have lead schools, and uplifts belong to schools.
        inputs=[_DATA / "reference"],
        present=ContractPeriod.objects.exists(),
        label="Loading the reference data",
        load=lambda: _quietly("load_reference_data"),
    )
    _unless_current(
        data_dir,
        "contracts",
        inputs=[_DATA / "demo"],
        present=Contract.objects.exists(),
        label="Loading the invented contracts",
        load=lambda: load_demo_contracts(settled=settled),
    )


def _unless_current(
    data_dir: Path,
    name: str,
    *,
    inputs: list[Path],
    present: bool,
    label: str,
    load: Callable[[], object],
) -> None:
    """Run ``load`` unless its result is ``present`` and made of these very ``inputs``."""
    stamps = Stamps(data_dir)
    wanted = fingerprint(inputs)
    if present and stamps.is_current(name, wanted):
        return
    with step(label):
        load()
    stamps.set(name, wanted)


def _quietly(command: str, *arguments: str, **options: object) -> None:
    """Run a management command without what it prints; what it refuses is still raised."""
    with Path("/dev/null").open("w") as nowhere:
        call_command(command, *arguments, stdout=nowhere, stderr=nowhere, **options)
