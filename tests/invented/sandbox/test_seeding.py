"""The sandbox is built, built again and taken away."""

from collections import Counter

import pytest
from django.core.management import CommandError, call_command

from register_ects.invented.production import NotForProduction
from register_ects.invented.sandbox import seeding
from register_ects.invented.sandbox.school_scenarios import SHARED
from register_ects.models import (
    Declaration,
    LeadProvider,
    SandboxScenario,
    School,
    SchoolPartnership,
    Teacher,
    TrainingPeriod,
)
from register_ects.projections.participants import render as render_participants
from register_ects.projections.transfers import render as render_transfers
from register_ects.projections.unfunded_mentors import render as render_unfunded_mentors
from register_ects.projections.verify import verify_everything
from tests.factories import SchoolPartnershipFactory, TrainingPeriodFactory


def keys(scenarios):
    return [key for scenario in scenarios for key in scenario.all_keys()]


def people():
    return list(Teacher.objects.values_list("pk", flat=True))


def statuses(shown, provider):
    return Counter(
        f"{enrolment['participant_status']} {enrolment['training_status']}"
        for each in shown
        if each.lead_provider_id == provider.pk
        for enrolment in each.attributes["ecf_enrolments"]
    )


@pytest.fixture
def seeded(catalogue, harbour):
    seeding.seed_sandbox(harbour)
    return harbour


def participant_ids(provider):
    return {each.key: each.participant_ids for each in SandboxScenario.objects.of(provider)}


def scenario(provider, key):
    return SandboxScenario.objects.get(lead_provider=provider, key=key)


def test_every_scenario_is_built_and_everything_shown_agrees_with_the_facts(seeded):
    built = list(SandboxScenario.objects.values_list("key", flat=True))

    assert built == keys(seeding.OWN)
    assert verify_everything(repair=False) == []


def test_participants_of_every_status_are_shown(seeded):
    found = statuses(render_participants(people()), seeded)

    assert found["joining active"] >= 3
    assert found["leaving active"] >= 3
    assert found["left withdrawn"] >= 2
    assert found["left deferred"] >= 1
    assert found["left active"] >= 2


def test_transfers_of_each_type_are_shown(seeded):
    shown = [each for each in render_transfers(people()) if each.lead_provider_id == seeded.pk]

    types = {item["transfer_type"] for each in shown for item in each.attributes["transfers"]}
    assert types == {"new_school", "new_provider", "unknown"}


def test_ten_unfunded_mentors_are_shown(seeded):
    shown = [
        each for each in render_unfunded_mentors(people()) if each.lead_provider_id == seeded.pk
    ]

    assert len(shown) == 10


def test_declarations_are_in_every_state(seeded):
    states = {each.state for each in Declaration.objects.filter(lead_provider=seeded)}

    assert states == {
        "submitted",
        "eligible",
        "payable",
        "paid",
        "voided",
        "awaiting-clawback",
        "clawed-back",
    }


def test_seeding_twice_changes_nothing(seeded):
    before = people()

    assert seeding.seed_sandbox(seeded) == 0
    assert people() == before


def test_a_reset_keeps_the_ids_and_forgets_what_was_done_since(seeded):
    before = set(Teacher.objects.values_list("api_id", "trn"))
    partnerships = set(SchoolPartnership.objects.values_list("api_id", flat=True))
    ids = participant_ids(seeded)
    untouched = scenario(seeded, "school-untouched-1")
    SchoolPartnershipFactory(
        school=School.objects.get(api_id=untouched.school_ids[0]), lead_provider=seeded
    )
    Declaration.objects.filter(lead_provider=seeded, payment_statement=None).first().delete()
    declarations = Declaration.objects.count()

    seeding.reset_sandbox(seeded)

    assert set(Teacher.objects.values_list("api_id", "trn")) == before
    assert set(SchoolPartnership.objects.values_list("api_id", flat=True)) == partnerships
    assert participant_ids(seeded) == ids
    assert Declaration.objects.count() == declarations + 1
    assert verify_everything(repair=False) == []


def test_a_reset_leaves_other_peoples_data_alone(seeded, northgate):
    seeding.seed_sandbox(northgate)
    own = TrainingPeriodFactory(lead_provider=seeded)
    theirs = participant_ids(northgate)

    seeding.clear_sandbox(seeded)

    assert TrainingPeriod.objects.filter(pk=own.pk).exists()
    assert {
        each.key: each.participant_ids for each in SandboxScenario.objects.of(northgate)
    } == theirs
    found = Teacher.objects.filter(api_id__in=[key for ids in theirs.values() for key in ids])
    assert found.count() == sum(map(len, theirs.values()))


def test_no_school_is_used_twice(seeded, northgate):
    seeding.seed_shared()
    seeding.seed_sandbox(northgate)

    used = Counter(school for each in SandboxScenario.objects.all() for school in each.school_ids)
    assert set(used.values()) == {1}


def test_everybody_sees_the_shared_scenarios(seeded, northgate):
    seeding.seed_shared()

    shown = [each.key for each in SandboxScenario.objects.of(northgate)]
    assert shown == keys(SHARED)
    assert [each.key for each in SandboxScenario.objects.of(seeded)][-len(shown) :] == shown


def test_what_cannot_be_played_is_left_out(catalogue, harbour):
    Declaration.objects.all().delete()
    LeadProvider.objects.get(pk=harbour.pk).statements.filter(status="payable").delete()

    seeding.seed_sandbox(harbour)

    missing = set(keys(seeding.OWN)) - set(SandboxScenario.objects.values_list("key", flat=True))
    assert missing == {"declaration-payable"}


@pytest.mark.parametrize(
    "refused", [seeding.seed_sandbox, seeding.clear_sandbox, seeding.reset_sandbox]
)
def test_production_is_never_seeded_nor_cleared(catalogue, harbour, settings, refused):
    settings.PRODUCTION = True

    with pytest.raises(NotForProduction):
        refused(harbour)
    with pytest.raises(CommandError, match="no place in the live service"):
        call_command("seed_sandbox")


def test_the_command_seeds_every_provider_and_says_how_many(catalogue, harbour, capsys):
    call_command("seed_sandbox")
    call_command("seed_sandbox", lead_provider="Harbour Learning")

    own, shared = len(keys(seeding.OWN)), len(keys(SHARED))
    assert capsys.readouterr().out.splitlines() == [
        f"Harbour Learning: {own} scenarios seeded",
        f"Northgate Teach: {own} scenarios seeded",
        f"Shared by all: {shared} scenarios seeded",
        "Harbour Learning: seeded already, nothing changed",
    ]


def test_the_command_names_the_providers_it_knows(catalogue):
    with pytest.raises(CommandError, match="Known: Harbour Learning, Northgate Teach"):
        call_command("seed_sandbox", lead_provider="Nobody")
