"""Cells are understood as people write them; what is not understood is quoted."""

import pytest

from register_ects.models import AppropriateBody
from register_ects.operations.batches.collecting import start_batch
from schools import tasks
from schools.several.offers import Offer
from tests.factories import AppropriateBodyFactory, LeadProviderFactory
from tests.registrations import AUTHOR
from tests.schools.several.people import SEVERAL, cells, shared

pytestmark = pytest.mark.usefixtures("trs")

STAR = "Star Teaching School Hub (Bolton, Bury, Rochdale)"


@pytest.fixture(autouse=True)
def _star():
    AppropriateBodyFactory(active=True, name=STAR)


def checked(world, **changes):
    rows = [(2, cells(**changes))]
    batch = start_batch(world.oak, choices=shared(world), author=AUTHOR, rows=rows)
    tasks.check_batch(str(batch.pk))
    return batch.rows.get()


@pytest.mark.parametrize("pattern", ["FT", "full", "F/T", "FULL-TIME", "full_time"])
def test_full_time_is_understood(world, pattern):
    assert "full time" in checked(world, working_pattern=pattern).will_do


@pytest.mark.parametrize("pattern", ["PT", "Part", "p/t"])
def test_part_time_is_understood(world, pattern):
    assert "part time" in checked(world, working_pattern=pattern).will_do


@pytest.mark.parametrize("name", ["Larch", "LARCH LEARNING", "larch-learning"])
def test_a_lead_provider_is_known_by_its_first_words(world, name):
    assert "provider-led with Larch Learning" in checked(world, lead_provider=name).will_do


@pytest.mark.parametrize(
    "name", [STAR, "star teaching school hub bolton bury rochdale", "Star Teaching School Hub"]
)
def test_a_body_is_known_without_its_signs(world, name):
    assert f"appropriate body {STAR}" in checked(world, appropriate_body=name).will_do


def test_first_words_that_two_have_name_neither(world):
    LeadProviderFactory(name="Larch Academy")

    row = checked(world, lead_provider="Larch")

    assert row.state == "needs_attention"
    assert "not “Larch”" in row.problems[0][1]


def test_what_may_have_been_meant_is_asked(world):
    row = checked(world, appropriate_body="Starr hub Bolton")

    assert row.problems == [
        [
            "appropriate_body",
            "Enter the name of an appropriate body that your school can choose, as in the list at "
            f"“Change”, not “Starr hub Bolton”. Did you mean {STAR}?",
        ]
    ]


@pytest.mark.parametrize("text", ["the teaching school hub", "???", ""])
def test_words_that_say_little_lead_to_nobody(world, text):
    assert AppropriateBody.objects.count() > 1
    assert Offer(world.oak).nearest("appropriate_body", text) is None


@pytest.mark.parametrize(
    ("cell", "text", "quoted"),
    [
        ("working_pattern", "sometimes", "full time or part time, not “sometimes”"),
        ("email", "zofia", "like name@example.com, not “zofia”"),
        ("date_of_birth", "31/2/1999", "that month has no such day (“31/2/1999”)"),
        ("corrected_name", "1" * 300, f"not “{'1' * 60}…”"),
    ],
)
def test_what_stands_in_a_cell_is_quoted(world, cell, text, quoted):
    assert quoted in checked(world, **{cell: text}).problems[0][1]


def test_a_national_insurance_number_is_never_written_in_the_open(world):
    assert "12345" not in str(checked(world, national_insurance_number="12345").problems)


def test_lead_providers_without_a_contract_for_the_start_are_not_named(world, oak):
    LeadProviderFactory(name="Capita")
    row = checked(world, lead_provider="Nobody Ltd")

    assert row.problems == [
        ["lead_provider", f"Lead provider must be one of {world.larch.name}, not “Nobody Ltd”"]
    ]
    page = oak.get(f"{SEVERAL}/{row.batch_id}/rows/2")
    offered = [each.text for each in page.select("select[name=lead_provider] option")]
    assert offered == ["", world.larch.name]


@pytest.mark.parametrize(
    ("text", "boxes", "said"),
    [
        ("31/02/1977", ["31", "02", "1977"], "that month has no such day"),
        ("spring 1999", ["", "", ""], "not “spring 1999”"),
    ],
)
def test_a_date_that_cannot_be_read_is_shown_whole(world, oak, text, boxes, said):
    row = checked(world, date_of_birth=text, **refused(text))

    page = oak.get(f"{SEVERAL}/{row.batch_id}/rows/2")

    parts = [page.select_one(f"#date_of_birth-{part}") for part in ("day", "month", "year")]
    assert [each.get("value", "") for each in parts] == boxes
    assert said in " ".join(page.errors.values())


def test_a_choice_that_nobody_understands_is_quoted_on_the_page_of_the_person_too(world, oak):
    row = checked(world, working_pattern="sometimes", appropriate_body="Nobody")

    page = oak.get(f"{SEVERAL}/{row.batch_id}/rows/2")

    assert "not “sometimes”" in page.errors["#working_pattern"]
    assert "not “Nobody”" in page.errors["#appropriate_body"]


def test_the_key_of_a_body_that_is_no_longer_on_offer_is_not_shown(world):
    row = checked(world, appropriate_body="999999")

    assert "999999" not in str(row.problems)


def refused(text):
    """What reading a file adds to the cells where no form can say what is wrong."""
    said = f"Date of birth must be a date like 31/3/1998, not “{text}”"
    return {} if "/" in text else {"date_of_birth refused": said}
