"""Whom a change of several ECTs is about: one school's, who are here, as the page showed them."""

import pytest

from register_ects.models import ECTAtSchoolPeriod
from tests.factories import AppropriateBodyFactory, ECTAtSchoolPeriodFactory
from tests.schools.change_journey import confirm
from tests.schools.several_changes.several import (
    check,
    choose_ects,
    first_page,
    offered,
    results,
)

DEED = "change-appropriate-body"
EVERY = ["give-mentor", "change-lead-provider", DEED]


@pytest.fixture
def hub_b(world):
    return AppropriateBodyFactory(active=True, name="Hub B")


def ect(school, name, **values):
    return ECTAtSchoolPeriodFactory(
        school=school, started_on="2026-09-01", teacher__corrected_name=name, **values
    )


def ticked(page):
    return [box["value"] for box in page.select("main input[type=checkbox][checked]")]


def test_those_ticked_on_the_list_are_chosen_already(world, oak):
    ada, bea = ect(world.oak, "Ada Okafor"), ect(world.oak, "Bea Lund")

    page = oak.get(f"{first_page(DEED)}?ects={bea.pk}")

    assert offered(page) == ["Ada Okafor", "Bea Lund"]
    assert ticked(page) == [str(bea.pk)]
    assert str(ada.pk) not in ticked(page)


def test_the_list_has_a_box_per_ect_that_belongs_to_the_form_below(world, oak):
    ada = ect(world.oak, "Ada Okafor")

    page = oak.get("/school/home/ects")

    (box,) = page.select("main input[name=ects]")
    (label,) = page.select(f"label[for={box['id']}]")
    assert (box["value"], label.text) == (str(ada.pk), "Select Ada Okafor")
    assert page.select_one(f"form#{box['form']}")["method"] == "post"
    assert [button["formaction"] for button in page.select("#for-ticked button")] == [
        first_page(change) for change in EVERY
    ]


@pytest.mark.parametrize("change", EVERY)
def test_another_schools_ects_and_senseless_ids_are_not_ticked(world, oak, change):
    other = ect(world.elm, "Eve Stone")

    page = oak.get(f"{first_page(change)}?ects={other.pk}&ects=x&ects=999999999999999999999")

    assert page.status_code == 200
    assert ticked(page) == []
    assert "Eve Stone" not in page.text


def test_another_schools_ect_cannot_be_chosen(world, oak):
    ect(world.oak, "Ada Okafor")

    page = choose_ects(oak, DEED, [ect(world.elm, "Eve Stone")])

    assert page.status_code == 422
    assert [*page.errors.values()] == ["Select at least one ECT"]


def test_another_schools_draft_is_not_found(world, oak, hub_b, sign_in):
    page = check(oak, DEED, [ect(world.oak, "Ada Okafor")], {"body": hub_b.pk})

    assert sign_in(world.elm).get(page.response.request["PATH_INFO"]).status_code == 404


def test_who_leaves_meanwhile_is_told_of_before_anything_is_saved(world, oak, hub_b):
    ada, bea = ect(world.oak, "Ada Okafor"), ect(world.oak, "Bea Lund")
    page = check(oak, DEED, [ada, bea], {"body": hub_b.pk})
    ECTAtSchoolPeriod.objects.filter(pk=ada.pk).update(finished_on="2026-09-09")

    again = oak.submit(page)

    assert again.status_code == 422
    assert again.changes["Ada Okafor"][1] == "Not done: Ada Okafor has left your school."
    bea.refresh_from_db()
    assert bea.school_reported_appropriate_body != hub_b
    done = confirm(oak, again)
    assert results(done)["Ada Okafor"] == ("Not done", "Ada Okafor has left your school.")
    assert results(done)["Bea Lund"][0] == "Done"


def test_two_tabs_do_not_mix(world, oak, hub_b):
    ada, bea = ect(world.oak, "Ada Okafor"), ect(world.oak, "Bea Lund")
    one, other = (check(oak, DEED, [each], {"body": hub_b.pk}) for each in (ada, bea))

    assert set(results(confirm(oak, one))) == {"Ada Okafor"}
    assert set(results(confirm(oak, other))) == {"Bea Lund"}


def test_a_school_without_ects_reads_so(world, oak):
    page = oak.get(first_page(DEED))

    assert "You have no ECTs for whom this can be done today." in page.text
    assert page.select("main button") == []
