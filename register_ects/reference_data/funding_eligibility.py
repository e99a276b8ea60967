"""Which schools earn an uplift in a contract period: pupil premium, sparse district.

Only schools with an uplift are stored: no row means none (spec 03 §8). What the published files
do not tell is left out: see ``data/README.md``.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from register_ects import clock
from register_ects.models import GIASSchool, SchoolFundingEligibility
from register_ects.reference_data.files import read_rows

#: A share of pupils on pupil premium from which starts earn the uplift (spec 04 §1).
_PUPIL_PREMIUM_PERCENT = 40

#: Contract periods that the figures of 2021 stand for: none were published for 2022.
_YEARS_OF_2021_FIGURES = (2021, 2022)

_Uplifts = tuple[bool, bool]


def load_funding_eligibility() -> tuple[int, int]:
    """Store the uplifts of the schools that we hold; return how many rows were added, changed.

    A school that the files no longer name in a year loses its uplifts of that year.
    """
    held = set(GIASSchool.objects.values_list("urn", flat=True))
    published = _uplifts()
    wanted = {key: value for key, value in published.items() if key[0] in held}
    stored = _stored(years={year for _urn, year in published})
    changed = []
    now = clock.now()
    for key, row in stored.items():
        uplifts = wanted.get(key, (False, False))
        if (row.pupil_premium_uplift, row.sparsity_uplift) != uplifts:
            row.pupil_premium_uplift, row.sparsity_uplift = uplifts
            row.updated_at = now
            changed.append(row)
    fields = ["pupil_premium_uplift", "sparsity_uplift", "updated_at"]
    SchoolFundingEligibility.objects.bulk_update(changed, fields, batch_size=1_000)
    added = [
        SchoolFundingEligibility(
            gias_school_id=urn,
            contract_period_id=year,
            pupil_premium_uplift=pupil_premium,
            sparsity_uplift=sparsity,
        )
        for (urn, year), (pupil_premium, sparsity) in sorted(wanted.items())
        if (urn, year) not in stored
    ]
    SchoolFundingEligibility.objects.bulk_create(added, batch_size=5_000)
    return len(added), len(changed)


def _stored(*, years: set[int]) -> dict[tuple[int, int], SchoolFundingEligibility]:
    rows = SchoolFundingEligibility.objects.filter(contract_period__in=years)
    return {(row.gias_school_id, row.contract_period_id): row for row in rows}


@cache
def _uplifts() -> Mapping[tuple[int, int], _Uplifts]:
    """Map (URN, contract year) to pupil premium uplift, sparsity uplift: one or both true."""
    found: dict[tuple[int, int], list[bool]] = defaultdict(lambda: [False, False])
    for key in _pupil_premium():
        found[key][0] = True
    for key in _sparsity():
        found[key][1] = True
    return {key: (pupil_premium, sparsity) for key, (pupil_premium, sparsity) in found.items()}


def _pupil_premium() -> Iterator[tuple[int, int]]:
    for row in read_rows("reference/pupil_premium_2021.csv.gz"):
        pupils = _count(row["Number of pupils on roll (7)"])
        eligible = _count(row["Total number of pupils eligible for the Deprivation Pupil Premium"])
        if pupils and eligible * 100 >= pupils * _PUPIL_PREMIUM_PERCENT:
            for year in _YEARS_OF_2021_FIGURES:
                yield int(row["URN"]), year
    for row in read_rows("reference/pupil_premium.csv.gz"):
        if row["pupil_premium_incentive"] == "1":
            yield int(row["urn"]), int(row["start_year"])


def _sparsity() -> Iterator[tuple[int, int]]:
    for row in read_rows("reference/sparsity.csv.gz"):
        if row["sparsity_incentive"] == "1":
            yield int(row["urn"]), int(row["start_year"])


def _count(text: str) -> int:
    return int(text.replace(",", ""))
