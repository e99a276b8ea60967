"""A journey may be about a record, which is found within the school."""

import pytest

from tests.factories import SchoolFactory
from tests.web.toy_journeys import as_at_the_start, draft, saved

pytestmark = pytest.mark.urls("tests.web.toy_journeys")


@pytest.fixture
def browser(school, sign_in):
    as_at_the_start()
    return sign_in(school)


def test_a_subject_in_the_address_is_found_within_the_school(browser, school, sign_in):
    begun = browser.post(f"/schools/{school.pk}/rename/edit", {"email": "a@example.com"})
    assert begun.location.startswith(f"/schools/{school.pk}/rename/")

    assert browser.confirm(begun.location).status_code == 302
    assert saved[0]["about"] == school
    assert sign_in(SchoolFactory()).get(f"/schools/{school.pk}/rename/edit").status_code == 404


def test_a_draft_belongs_to_the_subject_in_its_address(browser, school):
    begun = browser.post(f"/schools/{school.pk}/rename/edit", {"email": "a@example.com"})
    elsewhere = begun.location.replace(f"/schools/{school.pk}/", "/schools/1234567/")

    assert browser.get(elsewhere).status_code == 404


@pytest.mark.parametrize(
    "query", ["", "?school_id=", "?school_id=x", "?school_id=99999999999999999999"]
)
def test_a_missing_subject_is_not_found(browser, query):
    assert browser.get(f"/asked/start{query}").status_code == 404


def test_a_subject_in_the_query_is_kept_with_the_draft(browser, school):
    begun = browser.post(f"/asked/start?school_id={school.pk}")

    assert browser.get(begun.location).status_code == 200
    assert (draft().subject_type, draft().subject_id) == ("School", school.pk)
