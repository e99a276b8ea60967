"""What must hold on every list, every show and every write alike (spec 02 §2.23).

Each resource has tests of its own besides; here none can be forgotten.
"""

from dataclasses import dataclass
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from register_ects import clock
from register_ects.projections.refresh import catch_up
from tests.factories import (
    DeclarationFactory,
    ECTAtSchoolPeriodFactory,
    LeadProviderFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    TrainingPeriodFactory,
    noon,
)
from tests.providers.answers import items
from tests.providers.guidance_world import DAY, SEPTEMBER, GuidanceWorld

NOBODY = "5dd4a467-1d9a-4d33-bc28-8950d223962f"
OUTSIDE_INTEGERS = "9" * 40


@dataclass(frozen=True)
class Read:
    """A list, and the addresses of one thing on it. ``query`` is what it cannot do without."""

    path: str
    one: str
    name: str
    query: str = ""
    has_cohort: bool = False
    has_updated_since: bool = True
    is_sortable: bool = True

    def __str__(self):
        return self.path.removeprefix("/").replace("/", "-")


READS = [
    Read("/participants", "/participants/{}", "ect_id", has_cohort=True),
    Read("/participants/transfers", "/participants/{}/transfers", "transferred_id"),
    Read(
        "/participant-declarations",
        "/participant-declarations/{}",
        "declaration_id",
        has_cohort=True,
        is_sortable=False,
    ),
    Read("/statements", "/statements/{}", "statement_id", has_cohort=True, is_sortable=False),
    Read(
        "/delivery-partners",
        "/delivery-partners/{}",
        "delivery_partner_id",
        has_cohort=True,
        has_updated_since=False,
    ),
    Read("/partnerships", "/partnerships/{}", "partnership_id", has_cohort=True),
    Read("/schools", "/schools/{}", "school_id", query="filter[cohort]=2026"),
    Read("/unfunded-mentors", "/unfunded-mentors/{}", "unfunded_mentor_id"),
]
WITH_COHORT = [read for read in READS if read.has_cohort]
WITH_UPDATED_SINCE = [read for read in READS if read.has_updated_since]
PERSON_ACTIONS = {
    "defer": {"reason": "other"},
    "withdraw": {"reason": "other"},
    "resume": {},
    "change-schedule": {"schedule_identifier": "ecf-standard-january"},
}


@pytest.fixture(scope="module")
def world(one_transaction):
    """One of everything that the provider sees, and more than one on every list."""
    with clock.pretend(DAY):
        world = GuidanceWorld(LeadProviderFactory(name="Harbour Learning"))
        for _ in range(2):
            _add_a_mentored_ect(world)
        catch_up()
    return world


def _add_a_mentored_ect(world):
    placement = ECTAtSchoolPeriodFactory(school=world.school, started_on=SEPTEMBER)
    training = TrainingPeriodFactory(
        ect_at_school_period=placement, school_partnership=world.partnership
    )
    DeclarationFactory(training_period=training, declaration_date=noon(DAY))
    MentorshipPeriodFactory(
        ect_at_school_period=placement,
        mentor_at_school_period=MentorAtSchoolPeriodFactory(
            school=world.school, started_on=SEPTEMBER
        ),
    )


@pytest.fixture
def lead_provider(world):
    return world.provider


@pytest.fixture
def ids(world, on):
    on(DAY)
    return {name: str(value) for name, value in world.ids.items()}


def address(read, query="", name=None):
    path = read.path if name is None else read.one.format(name)
    return f"{path}?{'&'.join(filter(None, (read.query, query)))}".rstrip("?")


def listed(api, read, query=""):
    return [item["id"] for item in items(api.get(address(read, query)))]


def refused(response):
    return response.status_code, response.json()["errors"][0]["code"]


def envelope(**attributes):
    return {"data": {"attributes": attributes}}


# -- Lists -----------------------------------------------------------------------------------


@pytest.mark.parametrize("read", READS, ids=str)
def test_a_list_has_100_rows_or_as_many_as_asked_up_to_3000(api, ids, read):
    for query, most in (("", 100), ("page[per_page]=7", 7), ("page[per_page]=5000", 3000)):
        with CaptureQueriesContext(connection) as queries:
            assert len(listed(api, read, query)) <= most
        assert any(f"LIMIT {most}" in query["sql"] for query in queries), (query, most)


@pytest.mark.parametrize("read", READS, ids=str)
def test_pages_follow_each_other_and_end_with_an_empty_one(api, ids, read):
    everything = listed(api, read)

    assert len(everything) > 1 or read.path == "/participants/transfers"
    for number, expected in enumerate([*everything, None], start=1):
        on_page = listed(api, read, f"page[page]={number}&page[per_page]=1")
        assert on_page == ([expected] if expected else [])
    assert listed(api, read, f"page[page]={OUTSIDE_INTEGERS}&page[per_page]=3000") == []


@pytest.mark.parametrize("read", READS, ids=str)
def test_pages_below_one_or_not_keyed_are_400_on_every_list(api, ids, read):
    for key in ("page[page]", "page[per_page]"):
        for value in ("0", "-1", "0.8", "abc", ""):
            assert refused(api.get(address(read, f"{key}={value}"))) == (400, "request.bad_page")
    for query in ("page=2", "page=", "page[]=2"):
        assert refused(api.get(address(read, query))) == (400, "request.bad_page")


@pytest.mark.parametrize("read", READS, ids=str)
def test_the_filters_are_checked_before_the_page(api, ids, read):
    both = "filter[updated_since]=junk&page[page]=0"
    expected = "request.bad_updated_since" if read.has_updated_since else "request.bad_page"

    assert refused(api.get(address(read, both))) == (400, expected)
    assert refused(api.get(address(read, f"filter=x&{both}"))) == (400, "request.bad_filter")


def test_the_cohort_of_schools_is_missed_before_anything_else_is_read(api, ids):
    for path in ("/schools", f"/schools/{ids['school_id']}", "/schools/nonsense"):
        wrong = f"{path}?filter[updated_since]=junk&page[page]=0"
        assert refused(api.get(wrong)) == (400, "request.missing_filter")


@pytest.mark.parametrize("read", WITH_COHORT, ids=str)
def test_cohorts_are_several_years_in_which_junk_is_passed_over(api, ids, read):
    def of(cohort):
        return listed(api, read, f"filter[cohort]={cohort}")

    everything, of_2026 = listed(api, read), of("2026")

    assert of_2026
    assert of("2026,junk,,1099") == of("%202026%20,%201099") == of_2026
    assert listed(api, read, "filter[cohort][]=junk&filter[cohort][]=2026") == of_2026
    assert set(of("2022,2026")) == set(of("2022")) | set(of_2026)
    assert of("2022,2024,2025,2026") == everything
    assert of("") == of("%20") == everything
    assert of("nil") == of("1999") == of("-2026") == []


@pytest.mark.parametrize("read", WITH_UPDATED_SINCE, ids=str)
def test_updated_since_includes_the_instant_however_it_is_written(api, ids, read, on):
    rows = items(api.get(address(read)))
    latest = max(row["attributes"]["updated_at"] for row in rows)
    expected = [row["id"] for row in rows if row["attributes"]["updated_at"] == latest]

    offset = latest.replace("Z", "+00:00")
    for sent in (latest, latest.lower(), offset, quote(offset), quote(quote(offset))):
        assert listed(api, read, f"filter[updated_since]={sent}") == expected, sent
    assert listed(api, read, "filter[updated_since]=2026-10-20") == expected
    assert listed(api, read, "filter[updated_since]=2026-10-21") == []
    assert listed(api, read, "filter[updated_since]=%20") == [row["id"] for row in rows]
    for sent in ("junk", "2026", "2026-10-20T09:00Z", "2026-10-20%2009:00:00", "1792483200"):
        response = api.get(address(read, f"filter[updated_since]={sent}"))
        assert refused(response) == (400, "request.bad_updated_since"), sent


@pytest.mark.parametrize("read", READS, ids=str)
def test_sorting_turns_the_list_round_equal_times_included(api, ids, read):
    default = listed(api, read)
    if not read.is_sortable:
        for sort in ("-created_at", "updated_at", "-updated_at", "junk", ""):
            assert listed(api, read, f"sort={sort}") == default
        return

    for sort in ("created_at", "%2Bcreated_at", "+created_at", "", "junk", "name", "id"):
        assert listed(api, read, f"sort={sort}") == default
    assert listed(api, read, "sort[]=-created_at") == default
    assert listed(api, read, "sort=-created_at") == default[::-1]
    by_change = listed(api, read, "sort=updated_at")
    assert listed(api, read, "sort=-updated_at") == by_change[::-1]
    assert listed(api, read, "sort=junk,-updated_at,-created_at") == listed(
        api, read, "sort=-updated_at,-created_at"
    )


@pytest.mark.parametrize("read", READS, ids=str)
def test_a_list_costs_as_many_queries_for_many_rows_as_for_one(api, ids, read):
    listed(api, read)
    api.catches_up = False

    with CaptureQueriesContext(connection) as for_one:
        listed(api, read, "page[per_page]=1")
    with CaptureQueriesContext(connection) as for_all:
        listed(api, read)

    assert len(for_all) == len(for_one) <= 4


# -- Shows -----------------------------------------------------------------------------------


@pytest.mark.parametrize("read", READS, ids=str)
def test_a_show_is_the_item_of_the_list_whatever_filters_are_sent(api, ids, read):
    own = ids[read.name]
    (row,) = [row for row in items(api.get(address(read))) if row["id"] == own]
    assert list(row) == ["id", "type", "attributes"]

    ignored = "filter[updated_since]=junk&filter[urn]=1&page=2&sort=junk"
    if not read.query:
        ignored += "&filter[cohort]=1999"
    for query in ("", ignored):
        assert items(api.get(address(read, query, own))) == row
    assert refused(api.get(address(read, "filter=x", own))) == (400, "request.bad_filter")


@pytest.mark.parametrize("read", READS, ids=str)
def test_what_has_not_changed_is_304_on_the_list_and_the_show(api, ids, read):
    for path in (address(read), address(read, name=ids[read.name])):
        etag = api.get(path)["ETag"]
        assert etag.startswith('W/"')
        again = api.get(path, **{"If-None-Match": etag})
        assert (again.status_code, again.content) == (304, b"")
        assert api.get(path, **{"If-None-Match": 'W/"other"'}).status_code == 200


# -- Other providers -------------------------------------------------------------------------


@pytest.fixture
def stranger(api_client, ids):
    return api_client(LeadProviderFactory(name="Somebody Else"))


@pytest.mark.parametrize("read", READS, ids=str)
def test_anothers_ids_are_not_found_on_any_show(api, stranger, ids, read):
    own = ids[read.name]
    assert api.get(address(read, name=own)).status_code == 200

    if read.path == "/schools":  # everybody's, but the tutor is for whom the school names
        shown = items(stranger.get(address(read, name=own)))["attributes"]
        assert shown["induction_tutor_email"] is None
        return
    for unknown in (own, NOBODY, own.replace("-", ""), "1", "nonsense"):
        response = stranger.get(address(read, name=unknown))
        assert refused(response) == (404, "request.not_found"), unknown
    assert own not in listed(stranger, read)


@pytest.mark.parametrize("action", PERSON_ACTIONS)
def test_anothers_participant_is_400_for_a_bad_body_and_404_for_a_good_one(
    api, stranger, ids, action
):
    path = f"/participants/{ids['ect_id']}/{action}"
    good = envelope(course_identifier="ecf-induction", **PERSON_ACTIONS[action])

    for client in (api, stranger):
        for bad in ({}, {"data": {}}, envelope(unknown="x"), b""):
            assert refused(client.request("PUT", path, bad)) == (400, "request.bad_envelope")
    assert refused(stranger.request("PUT", path, good)) == (404, "request.not_found")


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
@pytest.mark.parametrize("body", [b"", b"{bad", {}, envelope(delivery_partner_id=NOBODY)], ids=str)
def test_anothers_partnership_is_404_before_the_body_is_read(stranger, ids, method, body):
    response = stranger.request(method, f"/partnerships/{ids['partnership_id']}", body)

    assert refused(response) == (404, "request.not_found")


def test_anothers_declaration_is_404_to_void(stranger, ids):
    response = stranger.request("PUT", f"/participant-declarations/{ids['declaration_id']}/void")

    assert refused(response) == (404, "request.not_found")


def test_ids_in_a_body_are_422_never_404(stranger, ids):
    declaration = envelope(
        participant_id=ids["ect_id"],
        course_identifier="ecf-induction",
        declaration_type="started",
        declaration_date="2026-10-01T09:00:00Z",
        evidence_held="other",
    )
    refusal = stranger.post("/participant-declarations", declaration)
    assert refused(refusal) == (422, "declaration.unknown")

    partnership = envelope(
        cohort=2026,
        school_id=ids["school_id"],
        delivery_partner_id=ids["delivery_partner_id"],
    )
    refusal = stranger.post("/partnerships", partnership)
    assert refused(refusal) == (422, "partnership.no_agreement")


# -- Writes ----------------------------------------------------------------------------------

WRITES = [
    ("PUT", "/participants/{ect_id}/defer", "reason"),
    ("PUT", "/participants/{ect_id}/withdraw", "reason"),
    ("PUT", "/participants/{ect_id}/resume", "course_identifier"),
    ("PUT", "/participants/{ect_id}/change-schedule", "schedule_identifier"),
    ("POST", "/participant-declarations", "participant_id"),
    ("POST", "/partnerships", "school_id"),
    ("PUT", "/partnerships/{partnership_id}", "delivery_partner_id"),
]


@pytest.mark.parametrize(("method", "path", "field"), WRITES)
def test_what_is_blank_is_422_and_what_is_no_scalar_is_not_there(api, ids, method, path, field):
    address = path.format(**ids)

    for blank in (None, "", "   "):
        response = api.request(method, address, envelope(**{field: blank}))
        titles = [error["title"] for error in response.json()["errors"]]
        assert response.status_code == 422
        assert field in titles
    for no_scalar in ([], ["x"], {"a": "x"}):
        response = api.request(method, address, envelope(**{field: no_scalar}))
        assert refused(response) == (400, "request.bad_envelope")


@pytest.mark.parametrize(("method", "path", "field"), WRITES)
def test_a_form_is_a_body_too_and_a_filter_means_nothing(api, ids, method, path, field):
    body = f"data[type]=x&data[attributes][{field}]=&data[attributes][x]=1".encode()
    form = {"Content-Type": "application/x-www-form-urlencoded"}

    response = api.request(method, f"{path.format(**ids)}/?filter=x", body, **form)

    assert response.status_code == 422
    assert field in [error["title"] for error in response.json()["errors"]]
