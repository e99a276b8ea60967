"""When a body had perhaps better not be the one for an ECT (spec 06 §6.20 "Conflicts").

A hub may not be the appropriate body of an ECT whom its lead school employs or has employed, nor
of one whom it recommended for QTS. We warn; the body decides.
"""

from collections.abc import Iterable, Mapping

from register_ects.rules.problems import Problem


def possible_conflicts(
    *,
    body: str,
    lead_schools: Mapping[int, str],
    schools: Iterable[int],
    itt_provider: str | None,
) -> list[Problem]:
    """Return why a body and an ECT may be in conflict.

    ``lead_schools`` are the names of the schools that lead the body, by URN; ``schools`` the URNs
    of those at which the ECT is or was.
    """
    found = [
        Problem("", "lead_school", {"school": name})
        for urn, name in lead_schools.items()
        if urn in set(schools)
    ]
    names = {name.casefold() for name in (body, *lead_schools.values())}
    if itt_provider and itt_provider.casefold() in names:
        found.append(Problem("", "trained_them", {"provider": itt_provider}))
    return found
