"""A list belongs to one school, and is kept for 7 days."""

import pytest

from register_ects.models import RegistrationBatch, RegistrationBatchRow
from register_ects.operations.batches.collecting import start_batch
from schools import tasks
from tests.registrations import AUTHOR
from tests.schools.several.people import SEVERAL, cells, shared

pytestmark = pytest.mark.usefixtures("trs")

PAGES = (
    *("", "/add", "/choices", "/rows/2", "/rows/2/remove", "/delete"),
    *("/problems.csv", "/problems.xlsx", "/result.csv"),
)


@pytest.fixture
def batch(world):
    batch = start_batch(
        world.oak,
        choices=shared(world),
        author=AUTHOR,
        rows=[(2, cells())],
        file=("ects.csv", "0" * 64),
    )
    tasks.check_batch(str(batch.pk))
    batch.refresh_from_db()
    return batch


@pytest.mark.parametrize("page", [*PAGES, "/columns"])
def test_another_school_finds_nothing(batch, world, sign_in, page):
    assert sign_in(world.elm).get(f"{SEVERAL}/{batch.pk}{page}").status_code == 404


@pytest.mark.parametrize("page", ["/confirm", "/check", "/choices", "/delete", "/rows/2/remove"])
def test_another_school_changes_nothing(batch, world, sign_in, page):
    assert sign_in(world.elm).post(f"{SEVERAL}/{batch.pk}{page}").status_code == 404
    assert RegistrationBatchRow.objects.get().state == "ok"


@pytest.mark.parametrize("page", PAGES)
def test_the_school_opens_every_page(batch, oak, page):
    assert oak.get(f"{SEVERAL}/{batch.pk}{page}").status_code == 200


def test_nothing_readable_of_birth_dates_is_stored(batch):
    assert b"1999" not in bytes(RegistrationBatchRow.objects.get().held)


def test_after_seven_days_nothing_about_people_is_left(batch, world, oak, on):
    on("2026-09-16")
    tasks.delete_expired_batches()
    assert RegistrationBatchRow.objects.exists()

    on("2026-09-17T12:01:00+01:00")
    tasks.delete_expired_batches()
    tasks.delete_expired_batches()

    assert not RegistrationBatchRow.objects.exists()
    assert RegistrationBatch.objects.get().state == "discarded"
    assert oak.get(f"{SEVERAL}/{batch.pk}").status_code == 404


def test_a_list_whose_job_was_lost_is_handed_out_again(batch, on, monkeypatch):
    given = []
    monkeypatch.setattr(tasks.check_batch, "delay", given.append)
    RegistrationBatch.objects.update(state="checking")
    tasks.go_on_with_batches()
    assert given == []

    on("2026-09-10T12:06:00+01:00")
    tasks.go_on_with_batches()

    assert given == [str(batch.pk)]
