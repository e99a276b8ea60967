"""What invented people have: TRNs that no other kind of them has, and an email address."""

#: Who fills a database, first ECT by ECT and mentor by mentor (``population``).
POPULATION_TRNS = range(1_000_000, 3_000_000)
#: Whom TRS knows; the demo's stories are told of some of the ordinary ones.
ORDINARY_TRNS = range(3_000_001, 3_001_000)
TRNS_WITH_OWN_DETAILS = range(4_000_001, 4_000_201)
SPECIAL_TRNS = range(7_000_001, 7_000_101)
#: Who plays in a lead provider's sandbox.
SANDBOX_TRNS = range(8_000_000, 8_900_000)


def email_of(trn: str | None) -> str:
    """Return the address that schools give for somebody."""
    return f"teacher.{trn}@example.com"
