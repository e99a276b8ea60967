"""Loading the reference data: it is told, kept from production where invented, done once."""

import csv
import io

import pytest
from django.core.management import call_command

from register_ects.models import AppropriateBody, DfESignInOrganisation
from register_ects.reference_data.files import DATA_DIR
from register_ects.reference_data.loader import load_reference_data
from register_ects.rules import establishments
from tests.factories import GIASSchoolFactory


def test_loading_again_writes_no_row(row_versions):
    GIASSchoolFactory(urn=136609)
    GIASSchoolFactory(urn=100006)
    load_reference_data()
    before = row_versions()

    counts = load_reference_data()

    assert set(counts.values()) == {0}
    assert row_versions() == before


def test_production_gets_no_invented_sign_in_organisations(settings):
    settings.PRODUCTION = True

    load_reference_data()

    assert AppropriateBody.objects.count() == 212
    assert not DfESignInOrganisation.objects.exists()


def test_the_command_says_what_it_did():
    out = io.StringIO()

    call_command("load_reference_data", stdout=out)

    assert "Contract periods: 6 added" in out.getvalue()


@pytest.mark.no_database
def test_the_rules_and_the_published_table_of_establishment_types_agree():
    with (DATA_DIR / "reference/establishment_types.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))

    def types_with(column):
        return {row["type_name"] for row in rows if row[column] == "true"}

    assert {row["type_name"] for row in rows} == establishments.KNOWN_TYPES
    assert types_with("eligible_for_funding") == establishments.ELIGIBLE_TYPES
    independent = types_with("eligible_when_section_41_approved")
    assert independent == establishments.INDEPENDENT_TYPES
    outside = establishments.KNOWN_TYPES - types_with("in_england")
    assert outside == establishments.TYPES_OUTSIDE_ENGLAND
