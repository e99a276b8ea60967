"""The lists from which records of a school are opened: its own, and the search of all schools."""

from urllib.parse import parse_qsl

from register_ects.web.access import SchoolRequest
from register_ects.web.way_back import KeptList

ECTS = KeptList("schools:ects", ("status", "q", "page"))
MENTORS = KeptList("schools:mentors", ("status", "q", "page"))
#: ``all`` says that it was the search of all schools.
OVERVIEW = KeptList("schools:overview", ("all", "q", "page"))


def list_before(request: SchoolRequest, usual: KeptList) -> KeptList:
    """Return the list from which a record was opened: the search of all schools, or the usual."""
    said = dict(parse_qsl(OVERVIEW.state_before(request)))
    return OVERVIEW if "all" in said else usual
