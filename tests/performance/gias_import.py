"""How long a first import of the whole register takes, against a bare COPY of its bytes.

Run on its own: ``bin/test tests/performance/gias_import.py -m performance -n 0 -s``.
"""

import gzip
import os
import re
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

import pgtrigger
import pytest
from django.db import connection, transaction

from register_ects.gias.importer import import_register
from register_ects.models import GIASSchool, School

pytestmark = [pytest.mark.performance, pytest.mark.django_db(transaction=True)]

ROOT = Path(__file__).resolve().parents[2]
REGISTER = ROOT / "data" / "gias" / "edubasealldata.csv.gz"
ROUNDS = 3
MOST_TIMES_A_COPY = 20
MOST_MEGABYTES = 300

IMPORT_IN_A_PROCESS_OF_ITS_OWN = r"""
import pathlib, re, sys, django
django.setup()
from django.core.management import call_command
call_command("import_gias", sys.argv[1])
# Not getrusage: that counts what the process had before it became this program.
status = pathlib.Path("/proc/self/status").read_text()
print("peak kilobytes", re.search(r"VmHWM:\s+([0-9]+)", status)[1])
"""


def test_a_first_import_takes_at_most_20_times_a_bare_copy():
    content = gzip.decompress(REGISTER.read_bytes()).decode("windows-1252").encode()
    copies, imports, repeats = [], [], []
    for _round in range(ROUNDS):
        copies.append(seconds_to_copy(content))
        forget_schools()
        imports.append(seconds_to_import())
        repeats.append(seconds_to_import())

    ratio = median(imports) / median(copies)
    print(
        f"\nbare COPY of {len(content) / 1e6:.1f} MB: {median(copies):.2f} s; "
        f"first import: {median(imports):.2f} s, ratio {ratio:.1f} (at most {MOST_TIMES_A_COPY}); "
        f"second import: {median(repeats):.2f} s, ratio {median(repeats) / median(copies):.1f}"
    )
    assert ratio <= MOST_TIMES_A_COPY


def test_the_importing_process_needs_less_than_300_megabytes():
    forget_schools()
    name = connection.settings_dict["NAME"]
    url = re.sub(r"/register_ects$", f"/{name}", os.environ["DATABASE_URL"])

    finished = subprocess.run(
        [sys.executable, "-c", IMPORT_IN_A_PROCESS_OF_ITS_OWN, str(REGISTER)],
        env={**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "register_ects.settings"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    peak = int(finished.stdout.split()[-1]) / 1024
    print(f"\npeak memory of the importing process: {peak:.0f} MB (less than {MOST_MEGABYTES})")
    assert GIASSchool.objects.count() > 20_000
    assert peak < MOST_MEGABYTES


def seconds_to_copy(content: bytes) -> float:
    columns = content[: content.index(b"\r")].decode().split(",")
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bare_copy")
        cursor.execute(f"CREATE TABLE bare_copy ({', '.join(f'{name} text' for name in columns)})")
        start = perf_counter()
        with (
            transaction.atomic(),
            cursor.copy("COPY bare_copy FROM STDIN WITH (FORMAT csv, HEADER)") as copy,
        ):
            copy.write(content)
        seconds = perf_counter() - start
        cursor.execute("DROP TABLE bare_copy")
    return seconds


def seconds_to_import() -> float:
    start = perf_counter()
    import_register(REGISTER)
    return perf_counter() - start


def forget_schools() -> None:
    with pgtrigger.ignore(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE gias_school, school CASCADE")
    assert not School.objects.exists()
