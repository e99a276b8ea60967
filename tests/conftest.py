"""What every test shares: a real database, a clock that can be set, a clean cache."""

import os
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings

from tests.demos import demo_data_dir, first_start  # noqa: F401
from tests.order import longest_first

# A busy machine is no bug. In CI the examples are the same each time; elsewhere they vary.
hypothesis_settings.register_profile("ours", deadline=None, derandomize=bool(os.environ.get("CI")))
hypothesis_settings.load_profile("ours")

os.environ.setdefault("ENVIRONMENT", "test")


def _own_redis_database() -> None:
    """Give each xdist worker a database of its own: clearing the cache empties all of one.

    Settings are read before this file, so the address is changed there, before anyone connects.
    """
    from django.conf import settings

    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    number = int(worker.removeprefix("gw")) + 1 if worker else 0
    url = f"{settings.REDIS_URL.rsplit('/', 1)[0]}/{number % 16}"
    settings.REDIS_URL = settings.CELERY_BROKER_URL = url
    settings.CACHES["default"]["LOCATION"] = url


def _wait_longer_for_redis() -> None:
    """Let a busy machine's Redis take its time: tests of a sick one run processes of their own."""
    from register_ects import redis_connection

    redis_connection.PATIENCE = 20.0


_own_redis_database()
_wait_longer_for_redis()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Deal whole files out to the workers, some of them together (``order.py``)."""
    from tests.order import FilesTogether

    return FilesTogether(config, log) if config.getoption("dist") == "loadfile" else None


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> Iterator[None]:
    """Give every test the database, unless it says that it needs none (``no_database``).

    By marker, not by fixture: the test database is only made when a collected test asks for it.
    """
    for item in items:
        if "no_database" not in item.keywords and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.django_db)
    yield
    if hasattr(config, "workerinput"):  # of several workers
        longest_first(items)


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Let Django find its test database made: ``django_db_modify_db_settings`` has made it."""
    return True


@pytest.fixture(scope="session")
def django_db_createdb() -> bool:
    return False


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest,
    django_db_modify_db_settings_parallel_suffix: None,
    django_db_blocker: Any,
) -> None:
    """Make the test database once its name is known, unless one is to be used again."""
    from django.db import connection

    from tests.template_database import is_there, make_database

    name, anew = connection.creation._get_test_db_name(), request.config.getoption("create_db")
    with django_db_blocker.unblock():
        if anew or not request.config.getoption("reuse_db") or not is_there(name):
            make_database(name, anew=anew)


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any
) -> Iterator[None]:
    """Before the test database goes, close what threads of servers and workers left open."""
    yield
    from django.db import connection

    from tests.template_database import drop_database

    if not request.config.getoption("reuse_db"):
        with django_db_blocker.unblock():
            drop_database(connection.settings_dict["NAME"])


@pytest.fixture(scope="session", autouse=True)
def _empty_tables_after_tests_that_commit() -> Iterator[None]:
    """Delete what a test that commits has written, where Django would truncate every table."""
    from django.test import TransactionTestCase

    from tests.database import delete_every_row

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: delete_every_row())
        yield


@pytest.fixture(autouse=True)
def _clean_cache(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if "no_database" not in request.keywords:
        from django.core.cache import cache

        from register_ects.redis_connection import circuit

        circuit.close()
        cache.clear()


@pytest.fixture(scope="module")
def one_transaction(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A transaction around the tests of a module, undone after the last of them.

    What a fixture of the module's scope writes in it is there for each test, whose own
    transaction is a savepoint in it. All tests of such a module must find it in place.
    """
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def on() -> Iterator[Callable[[str | date | datetime], None]]:
    """Set the clock for the rest of the test: ``on("2026-09-10")`` is noon in London that day."""
    from contextlib import ExitStack

    from register_ects import clock

    with ExitStack() as stack:

        def set_clock(moment: str | date | datetime) -> None:
            if isinstance(moment, str):
                moment = (
                    datetime.fromisoformat(moment) if "T" in moment else date.fromisoformat(moment)
                )
            stack.enter_context(clock.pretend(moment))

        yield set_clock


@pytest.fixture(autouse=True)
def _the_day(request: pytest.FixtureRequest) -> None:
    """Begin on the day, or at the time, that the test's mark ``day`` names."""
    if named := request.node.get_closest_marker("day"):
        request.getfixturevalue("on")(*named.args)


@pytest.fixture
def browse():
    """A browser in which nobody is signed in: ``browse.get("/")`` gives a Page."""
    from tests.support.pages import Browser

    return Browser()


@pytest.fixture
def sign_in():
    """``sign_in(school)`` gives a new browser, signed in as the model or session data given.

    With ``tutor_due=True`` the school has yet to confirm its induction tutor.
    """
    from tests.support.pages import Browser

    return lambda who, **options: Browser().sign_in(who, **options)


@pytest.fixture
def school():
    """A school like any other."""
    from tests.factories import SchoolFactory

    return SchoolFactory()


@pytest.fixture
def harbour():
    """The lead provider Harbour Learning."""
    from tests.factories import LeadProviderFactory

    return LeadProviderFactory(name="Harbour Learning")


@pytest.fixture
def northgate():
    """The lead provider Northgate Teach."""
    from tests.factories import LeadProviderFactory

    return LeadProviderFactory(name="Northgate Teach")


@pytest.fixture
def larkhill():
    """A school with an induction tutor, Larkhill Academy."""
    from tests.factories import SchoolFactory

    return SchoolFactory(
        gias_school__name="Larkhill Academy",
        gias_school__urn=147_203,
        induction_tutor_name="Priya Natarajan",
        induction_tutor_email="p.natarajan@larkhill.example",
    )


@pytest.fixture(scope="session")
def running_trs() -> Iterator[Any]:
    """A stand-in of TRS that answers over HTTP, as tests before have left it."""
    from register_ects.invented.stand_ins.trs import serving

    with serving() as stand_in:
        yield stand_in


@pytest.fixture
def fresh_trs(running_trs):
    """The stand-in of TRS with its usual people, and no faults or calls."""
    running_trs.reset()
    return running_trs


@pytest.fixture
def trs(fresh_trs, settings):
    """TRS with its usual people and no faults; the settings point to it."""
    from register_ects.integrations.trs.client import forget_clients

    forget_clients()
    settings.TRS_API_BASE_URL = fresh_trs.base_url
    settings.TRS_API_KEY = fresh_trs.api_key
    return fresh_trs


@pytest.fixture(scope="session")
def running_notify() -> Iterator[Any]:
    """A stand-in of GOV.UK Notify that answers over HTTP, as tests before have left it."""
    from register_ects.invented.stand_ins.notify import serving

    with serving() as stand_in:
        yield stand_in


@pytest.fixture
def notify(running_notify, settings):
    """Notify without emails, faults or receipts to send; the settings point to it."""
    from tests.notify import Notify

    running_notify.reset()
    settings.NOTIFY_BASE_URL = running_notify.base_url
    settings.NOTIFY_API_KEY = running_notify.api_key
    stand_in = Notify(running_notify, settings)
    stand_in.begin_anew()
    yield stand_in
    stand_in.begin_anew()


@pytest.fixture(scope="session")
def running_help_desk() -> Iterator[Any]:
    """A stand-in of the help desk that answers over HTTP, as tests before have left it."""
    from register_ects.invented.stand_ins.help_desk import serving

    with serving() as stand_in:
        yield stand_in


@pytest.fixture
def help_desk(running_help_desk, settings):
    """The help desk without tickets or faults; the settings point to it."""
    from register_ects.integrations.help_desk.client import forget_clients

    running_help_desk.reset()
    forget_clients()
    settings.HELP_DESK_URL = running_help_desk.base_url
    settings.HELP_DESK_USER = running_help_desk.user
    settings.HELP_DESK_KEY = running_help_desk.api_key
    yield running_help_desk
    running_help_desk.clear_faults()
    forget_clients()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A real browser for the tests of a module: to start it takes longer than to use it."""
    from tests.support.chromium import running_chromium

    with running_chromium() as browser:
        yield browser


@pytest.fixture
def row_versions() -> Callable[[], dict[str, list[Any]]]:
    """Return the transaction that last wrote each row of the service's tables, by table."""
    from django.apps import apps
    from django.db import connection

    def versions() -> dict[str, list[Any]]:
        found = {}
        with connection.cursor() as cursor:
            for model in apps.get_app_config("register_ects").get_models():
                table = model._meta.db_table
                cursor.execute(f'SELECT xmin::text, cmin::text, ctid::text FROM "{table}"')
                if rows := cursor.fetchall():
                    found[table] = sorted(rows)
        return found

    return versions
