"""What stands for everybody of a list of whom nothing else is said: chosen once, and changed."""

import pytest

from register_ects.models import ContractPeriod, GIASSchool, RegistrationBatch, School
from register_ects.models.appropriate_bodies import Region, RegionDistrict
from register_ects.operations.batches.collecting import start_batch
from schools import tasks
from tests.factories import ActiveLeadProviderFactory
from tests.registrations import AUTHOR
from tests.schools.several.people import SEVERAL, cells, shared

pytestmark = pytest.mark.usefixtures("trs")


@pytest.fixture
def batch(world):
    """A list of one person for whom nothing was chosen."""
    batch = start_batch(world.oak, choices={}, author=AUTHOR, rows=[(2, cells())])
    tasks.check_batch(str(batch.pk))
    return batch


def test_what_everybody_lacks_is_chosen_once_on_the_list(batch, world, oak, work, monkeypatch):
    page = oak.get(f"{SEVERAL}/{batch.pk}")
    assert "1 person needs one of these" in page.text
    assert batch.rows.get().state == "needs_attention"
    link = next(each for each in page.select("a") if "Change appropriate body" in each.text)
    monkeypatch.setattr("schools.registering.people._find", None)  # TRS is not asked again

    oak.submit(oak.get(link["href"].partition("#")[0]), shared(world))
    work()

    assert batch.rows.get().state == "ok"
    after = oak.get(f"{SEVERAL}/{batch.pk}").text
    assert world.hub.name in after
    assert "needs one of these" not in after


def test_what_a_person_has_of_their_own_stays(world, oak, work):
    rows = [(2, cells(training_programme="School-led"))]
    batch = start_batch(world.oak, choices={}, author=AUTHOR, rows=rows)
    tasks.check_batch(str(batch.pk))

    oak.submit(oak.get(f"{SEVERAL}/{batch.pk}/choices"), shared(world))
    work()

    assert "school-led" in batch.rows.get().will_do


def test_of_two_who_choose_the_second_is_told(batch, world, oak, colleague):
    mine, theirs = (each.get(f"{SEVERAL}/{batch.pk}/choices") for each in (oak, colleague))
    colleague.submit(theirs, {"training_programme": "school_led"})
    RegistrationBatch.objects.update(state="ready")

    page = oak.submit(mine, shared(world))

    assert "A colleague changed these choices" in str(page.errors)
    batch.refresh_from_db()
    assert batch.choices == {"training_programme": "school_led"}


def test_a_list_without_people_takes_other_choices_at_once(world, oak):
    batch = start_batch(world.oak, choices={}, author=AUTHOR)

    page = oak.submit(oak.get(f"{SEVERAL}/{batch.pk}/choices"), shared(world)).follow()

    assert page.h1 == "Check the list before you register anybody"
    assert world.larch.name in page.text


@pytest.mark.parametrize("state", ["checking", "registering"])
def test_nothing_is_chosen_while_a_job_works(batch, world, oak, state):
    page = oak.get(f"{SEVERAL}/{batch.pk}/choices")
    RegistrationBatch.objects.update(
        state=state, confirmed_at=batch.created_at, confirmed_by_email="a@example.com"
    )

    assert "nothing was saved" in str(oak.submit(page, shared(world)).errors)
    assert oak.get(f"{SEVERAL}/{batch.pk}/choices").status_code == 302


@pytest.mark.parametrize("state", ["ready", "done"])
def test_a_corrected_file_begins_with_the_choices_of_its_list(world, oak, state):
    batch = start_batch(world.oak, choices=shared(world), author=AUTHOR)
    RegistrationBatch.objects.update(
        state=state, confirmed_at=batch.created_at, confirmed_by_email="a@example.com"
    )

    assert chosen(oak.get(f"{SEVERAL}/upload?replaces={batch.pk}")) == shared(world)


@pytest.mark.parametrize("page", ["upload", "by-hand"])
def test_what_the_school_chose_last_is_selected_for_a_new_list(world, oak, page):
    assert chosen(oak.get(f"{SEVERAL}/{page}")) == {}
    School.objects.filter(pk=world.oak.pk).update(
        last_chosen_appropriate_body=world.hub,
        last_chosen_training_programme="provider_led",
        last_chosen_lead_provider=world.larch,
    )

    assert chosen(oak.get(f"{SEVERAL}/{page}")) == shared(world)


@pytest.mark.parametrize("page", ["upload", "by-hand"])
def test_lead_providers_whose_contracts_are_over_are_not_offered_for_everybody(world, oak, page):
    over = ContractPeriod.objects.earliest("year")
    ActiveLeadProviderFactory(lead_provider__name="Former", contract_period=over)

    options = oak.get(f"{SEVERAL}/{page}").select("select[name=lead_provider] option")

    assert [each.text for each in options] == ["", world.larch.name]


def chosen(page):
    """What is selected on a page: by name, blanks left out."""
    selected = page.select("option[selected]") + page.select("input[checked]")
    found = {
        (each.get("name") or each.find_parent("select")["name"]): each["value"] for each in selected
    }
    return {name: value for name, value in found.items() if value}


@pytest.mark.parametrize(("area", "is_selected"), [("Oakshire", True), ("Elmshire", False)])
def test_a_new_list_begins_with_the_only_hub_of_the_area(world, oak, area, is_selected):
    GIASSchool.objects.filter(pk=world.oak.gias_school_id).update(administrative_district_name=area)
    region = Region.objects.create(code="OAK1", appropriate_body=world.hub)
    RegionDistrict.objects.create(region=region, name="Oakshire")

    page = oak.get(f"{SEVERAL}/by-hand")

    selected = [each.get_text(strip=True) for each in page.select("option[selected]")]
    assert (world.hub.name in selected) is is_selected
