"""Which establishments are in England, independent and eligible (spec 01 §4.3, 05 §3.3, 07 §8).

The type names are the national register's own. ``data/reference/establishment_types.csv`` holds
the same facts; a test compares the two.
"""

from datetime import date

from register_ects.rules.enumerations import GIASSchoolStatus

OPEN_STATUSES = frozenset({GIASSchoolStatus.OPEN, GIASSchoolStatus.PROPOSED_TO_CLOSE})

INDEPENDENT_TYPES = frozenset({"Other independent school", "Other independent special school"})

#: Eligible, but nobody there is written to (spec 05 §12.2).
CHILDRENS_CENTRES = frozenset({"Children's centre", "Children's centre linked site"})

TYPES_OUTSIDE_ENGLAND = frozenset(
    {
        "British schools overseas",
        "Offshore schools",
        "Service children's education",
        "Welsh establishment",
    }
)

NEVER_ELIGIBLE_TYPES = (
    INDEPENDENT_TYPES
    | TYPES_OUTSIDE_ENGLAND
    | {
        "Miscellaneous",
        "Higher education institutions",
        "Online provider",
        "Institution funded by other government department",
    }
)

ELIGIBLE_TYPES = frozenset(
    {
        "Academy 16 to 19 sponsor led",
        "Academy 16-19 converter",
        "Academy alternative provision converter",
        "Academy alternative provision sponsor led",
        "Academy converter",
        "Academy secure 16 to 19",
        "Academy special converter",
        "Academy special sponsor led",
        "Academy sponsor led",
        "Children's centre",
        "Children's centre linked site",
        "City technology college",
        "Community school",
        "Community special school",
        "Foundation school",
        "Foundation special school",
        "Free schools",
        "Free schools 16 to 19",
        "Free schools alternative provision",
        "Free schools special",
        "Further education",
        "Local authority nursery school",
        "Non-maintained special school",
        "Pupil referral unit",
        "Secure units",
        "Sixth form centres",
        "Special post 16 institution",
        "Studio schools",
        "University technical college",
        "Voluntary aided school",
        "Voluntary controlled school",
    }
)

KNOWN_TYPES = ELIGIBLE_TYPES | NEVER_ELIGIBLE_TYPES

EARLIEST_CLOSURE_KEPT = date(2020, 1, 1)


def is_independent(type_name: str) -> bool:
    """Whether a type is one of the two independent ones; every other is state-funded."""
    return type_name in INDEPENDENT_TYPES


def is_eligible(*, type_name: str, status: str, section_41_approved: bool) -> bool:
    """Whether a school may have DfE-funded training: open, in England, of a fit type."""
    if status not in OPEN_STATUSES:
        return False
    if is_independent(type_name):
        return section_41_approved
    return type_name in ELIGIBLE_TYPES


def is_kept(*, type_name: str, status: str, closed_on: date | None) -> bool:
    """Whether the import keeps a row: open or lately closed, and of a type that matters."""
    recent = status in OPEN_STATUSES or (
        closed_on is not None and closed_on >= EARLIEST_CLOSURE_KEPT
    )
    return recent and (type_name in ELIGIBLE_TYPES or is_independent(type_name))
