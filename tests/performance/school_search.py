"""How long a school search takes, against the bare indexed SQL through psycopg.

Run on its own: ``bin/test tests/performance/school_search.py -m performance -n 0 -s``.
"""

from pathlib import Path
from statistics import median
from time import perf_counter

import pgtrigger
import psycopg
import pytest
from django.db import connection

from register_ects.gias.importer import import_register
from register_ects.school_search import search_schools

pytestmark = pytest.mark.performance

REGISTER = Path(__file__).resolve().parents[2] / "data" / "gias" / "edubasealldata.csv.gz"
ROUNDS = 200
MOST_TIMES_BARE_SQL = 3

SELECT = "SELECT urn, name, address_line3, postcode, local_authority_name, status FROM gias_school "
BY_URN = SELECT + "WHERE urn = %s"
BY_WORDS = SELECT + "WHERE search @@ to_tsquery('simple', %s) ORDER BY name LIMIT 20"


@pytest.fixture(scope="module")
def register(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        import_register(REGISTER)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE gias_school")
        yield
        with pgtrigger.ignore(), connection.cursor() as cursor:
            cursor.execute("TRUNCATE gias_school, school CASCADE")


@pytest.fixture
def bare():
    parameters = connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}
    with psycopg.connect(**parameters, autocommit=True) as other:
        yield other


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("text", "sql", "parameter"),
    [
        ("136609", BY_URN, 136609),
        ("mangotsfield", BY_WORDS, "mangotsfield:*"),
        ("st joseph's catholic primary", BY_WORDS, "st:* & joseph:* & catholic:* & primary:*"),
        ("BS16 7", BY_WORDS, "bs16:* & 7:*"),
        ("church of england", BY_WORDS, "church:* & of:* & england:*"),
    ],
)
def test_a_search_takes_at_most_3_times_the_bare_sql(bare, text, sql, parameter):
    ours, theirs = [], []
    for _round in range(ROUNDS):
        ours.append(milliseconds(lambda: search_schools(text)))
        theirs.append(milliseconds(lambda: bare.execute(sql, [parameter]).fetchall()))

    ratio = median(ours) / median(theirs)
    print(
        f"\n{text!r}: {median(ours):.2f} ms, bare SQL {median(theirs):.2f} ms, "
        f"ratio {ratio:.1f} (at most {MOST_TIMES_BARE_SQL})"
    )
    assert ratio <= MOST_TIMES_BARE_SQL


def milliseconds(call) -> float:
    start = perf_counter()
    call()
    return (perf_counter() - start) * 1000
