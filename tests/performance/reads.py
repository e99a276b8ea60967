"""Every request of lead providers that reads: each path of the API's description with GET."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote

from register_ects import clock
from register_ects.models import LeadProvider, ShownChange, ShownResource, ShownSchool
from register_ects.rules.enumerations import ResourceType
from tests.performance import subjects

API = "/api/v3"
#: Resources on a page: the same number on a population of any size.
A_FEW = 5


@dataclass(frozen=True)
class Read:
    """A GET of the API: the ``path`` that describes it, and the address it has today."""

    name: str
    path: str
    address: Callable[[LeadProvider], str]


def year() -> int:
    """Return the cohort whose schools are asked for."""
    return subjects.this_year().year - 1


def _list(path: str, **filters: str) -> Callable[[LeadProvider], str]:
    asked = "".join(f"&filter[{name}]={value}" for name, value in filters.items())
    return lambda provider: f"{API}{path}?page[per_page]={A_FEW}{asked}"


def _show(path: str, kind: ResourceType, suffix: str = "") -> Callable[[LeadProvider], str]:
    def address(provider: LeadProvider) -> str:
        shown = ShownResource.objects.filter(lead_provider=provider, resource_type=kind)
        return f"{API}{path}/{shown.order_by('pk').values_list('api_id', flat=True)[0]}{suffix}"

    return address


def _recent(path: str) -> Callable[[LeadProvider], str]:
    def address(provider: LeadProvider) -> str:
        since = quote((clock.now() - timedelta(minutes=5)).isoformat(timespec="seconds"))
        return f"{API}{path}?filter[updated_since]={since}&page[per_page]={A_FEW}"

    return address


def _school(provider: LeadProvider) -> str:
    school = ShownSchool.objects.listed(provider, year()).order_by("record_id")
    return f"{API}/schools/{school.values_list('api_id', flat=True)[0]}?filter[cohort]={year()}"


def _participants_of(provider: LeadProvider) -> str:
    shown = ShownResource.objects.filter(
        lead_provider=provider, resource_type=ResourceType.DECLARATION
    )
    person = shown.order_by("pk").values_list("participant_id", flat=True)[0]
    return f"{API}/participant-declarations?filter[participant_id]={person}"


def _changes(provider: LeadProvider) -> str:
    newest = ShownChange.objects.order_by("-pk").first()
    assert newest is None or newest.pk
    return f"{API}/changes"


_PEOPLE, _DECLARED = "/participants", "/participant-declarations"
READS = [
    Read("participants", _PEOPLE, _list(_PEOPLE)),
    Read("participants changed lately", _PEOPLE, _recent(_PEOPLE)),
    Read("participants of a cohort", _PEOPLE, _list(_PEOPLE, cohort="2025")),
    Read("deferred participants", _PEOPLE, _list(_PEOPLE, training_status="deferred")),
    Read(
        "participants by time of change",
        _PEOPLE,
        lambda provider: f"{API}{_PEOPLE}?sort=-updated_at&page[per_page]={A_FEW}",
    ),
    Read("one participant", f"{_PEOPLE}/{{}}", _show(_PEOPLE, ResourceType.PARTICIPANT)),
    Read("transfers", f"{_PEOPLE}/transfers", _list(f"{_PEOPLE}/transfers")),
    Read(
        "transfers of one",
        f"{_PEOPLE}/{{}}/transfers",
        _show(_PEOPLE, ResourceType.TRANSFER, "/transfers"),
    ),
    Read("unfunded mentors", "/unfunded-mentors", _list("/unfunded-mentors")),
    Read(
        "one unfunded mentor",
        "/unfunded-mentors/{}",
        _show("/unfunded-mentors", ResourceType.UNFUNDED_MENTOR),
    ),
    Read("declarations", _DECLARED, _list(_DECLARED)),
    Read("declarations of a cohort", _DECLARED, _list(_DECLARED, cohort="2025")),
    Read("declarations of one participant", _DECLARED, _participants_of),
    Read("declarations changed lately", _DECLARED, _recent(_DECLARED)),
    Read("one declaration", f"{_DECLARED}/{{}}", _show(_DECLARED, ResourceType.DECLARATION)),
    Read("statements", "/statements", _list("/statements")),
    Read("one statement", "/statements/{}", _show("/statements", ResourceType.STATEMENT)),
    Read("partnerships", "/partnerships", _list("/partnerships")),
    Read("one partnership", "/partnerships/{}", _show("/partnerships", ResourceType.PARTNERSHIP)),
    Read("delivery partners", "/delivery-partners", _list("/delivery-partners")),
    Read(
        "one delivery partner",
        "/delivery-partners/{}",
        _show("/delivery-partners", ResourceType.DELIVERY_PARTNER),
    ),
    Read(
        "schools",
        "/schools",
        lambda provider: f"{API}/schools?filter[cohort]={year()}&page[per_page]={A_FEW}",
    ),
    Read(
        "a school by URN",
        "/schools",
        lambda provider: f"{API}/schools?filter[cohort]={year()}&filter[urn]=100000",
    ),
    Read("one school", "/schools/{}", _school),
    Read("the change feed", "/changes", _changes),
]
#: Described, but no reading of a population.
NOT_MEASURED = {"/sandbox/scenarios": "only a seeded sandbox has them"}
