"""A list belongs to one school, and is kept for 7 days."""

import pytest

from register_ects.models import RegistrationBatch, RegistrationBatchRow
from register_ects.operations.batches.collecting import start_batch
from register_ects.web.identity import school_data
from schools import tasks
from tests.registrations import AUTHOR
from tests.schools.several.people import SEVERAL, cells, shared
from tests.support.pages import confirm_tutor

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


@pytest.mark.parametrize("is_at_several", [True, False])
def test_whoever_is_at_several_schools_reads_at_which_they_register(
    batch, world, sign_in, is_at_several
):
    confirm_tutor(world.oak)
    urns = [world.oak.urn, *([world.elm.urn] if is_at_several else [])]
    who = school_data(
        world.oak.urn, name="Ada", email="ada@example.com", provider="persona", schools=urns
    )

    page = sign_in(who).get(f"/school/{world.oak.urn}{SEVERAL.removeprefix('/school')}/{batch.pk}")

    headings = [each.get_text(strip=True) for each in page.select("h2")]
    told = "Register 1 ECT at Oak School" if is_at_several else "Register 1 ECT"
    assert told in headings


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
