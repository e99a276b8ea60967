"""Situations of schools, for one provider and shared by all (spec 02 §2.17.3)."""

from datetime import date

from register_ects.invented.sandbox.scenario import Scenario, september
from register_ects.invented.sandbox.scene import Scene
from register_ects.models import LeadProvider
from register_ects.rules.enumerations import SandboxGroup

EARLIER, YEAR = 2024, 2025


def interest_without_partnership(scene: Scene) -> None:
    """An ECT and a mentor wait for the provider to report its partnership."""
    school = scene.school()
    scene.training(scene.ect_at(school, september(YEAR)), year=YEAR, interest_only=True)
    scene.training(scene.mentor_at(school, september(YEAR)), year=YEAR, interest_only=True)


def rolled_over(scene: Scene) -> None:
    """A partnership of two years running, with an ECT of each."""
    school = scene.school()
    for year in (EARLIER, YEAR):
        placement = scene.ect_at(school, september(year))
        scene.induction(placement)
        scene.training(placement, year=year)


def moved_to_another_provider(scene: Scene) -> None:
    """Everybody is now trained by another provider, at the same school."""
    school, last_day = scene.school(), date(YEAR + 1, 3, 31)
    for _ in range(2):
        placement = scene.ect_at(school, september(YEAR))
        scene.training(placement, year=YEAR, ends=last_day)
        scene.training(placement, year=YEAR, starts=date(YEAR + 1, 4, 1), provider=scene.other)


def partnership_without_participants(scene: Scene) -> None:
    """A partnership that nobody trains under yet."""
    scene.partnership(scene.school(), YEAR)


def untouched(scene: Scene) -> None:
    """A school that has no partnership and nobody registered."""
    scene.school()


def partnership_and_interest_before(scene: Scene) -> None:
    """A partnership and an interest of the year before, nothing since."""
    school = scene.school()
    scene.training(scene.ect_at(school, september(EARLIER)), year=EARLIER)
    waiting = scene.ect_at(school, september(EARLIER), date(EARLIER + 1, 7, 18))
    scene.training(waiting, year=EARLIER, interest_only=True)


def all_have_left(scene: Scene) -> None:
    """Everybody has left: the interest stays true and the count is 0."""
    placement = scene.ect_at(scene.school(), september(YEAR), date(YEAR + 1, 7, 17))
    scene.training(placement, year=YEAR)


def in_training(scene: Scene) -> None:
    """Two ECTs and their mentor, all in training with the provider."""
    school = scene.school()
    mentor = scene.mentor_at(school, september(YEAR))
    scene.training(mentor, year=YEAR)
    for _ in range(2):
        placement = scene.ect_at(school, september(YEAR))
        scene.induction(placement)
        scene.training(placement, year=YEAR)
        scene.mentoring(placement, mentor)


def several_delivery_partners(scene: Scene) -> None:
    """One provider, two delivery partners, in one year."""
    school = scene.school()
    scene.training(scene.ect_at(school, september(YEAR)), year=YEAR)
    scene.partnership(school, YEAR, partner=1)


def several_providers(scene: Scene) -> None:
    """Two providers at one school in one year, with an ECT each."""
    school = scene.school()
    scene.training(scene.ect_at(school, september(YEAR)), year=YEAR)
    scene.training(scene.ect_at(school, september(YEAR)), year=YEAR, provider=scene.other)


def only_school_led(scene: Scene) -> None:
    """Everybody at the school is trained by the school itself."""
    scene.school_led(scene.ect_at(scene.school(), september(YEAR)))


def provider_led(scene: Scene) -> None:
    """Somebody at the school is trained by a provider, somebody by the school itself."""
    school = scene.school()
    scene.training(scene.ect_at(school, september(YEAR)), year=YEAR, provider=_turn(scene))
    scene.school_led(scene.ect_at(school, september(YEAR)))


def _turn(scene: Scene) -> LeadProvider:
    """Return one provider or the other, by turns."""
    number = int(scene.key.rpartition("-")[2])
    return scene.other if number % 2 else scene.provider


_GROUP = SandboxGroup.SCHOOLS

OWN = [
    Scenario(
        _GROUP,
        "school-interest-without-partnership",
        f"Participants in {YEAR} but no partnership yet",
        interest_without_partnership,
        times=3,
    ),
    Scenario(
        _GROUP,
        "school-rolled-over",
        f"Partnership rolled over from {EARLIER} to {YEAR}",
        rolled_over,
        times=3,
    ),
    Scenario(
        _GROUP,
        "school-moved-to-another-provider",
        "All participants moved to another provider",
        moved_to_another_provider,
        times=2,
    ),
    Scenario(
        _GROUP,
        "school-partnership-without-participants",
        f"Partnership in {YEAR} without participants",
        partnership_without_participants,
        times=3,
    ),
    Scenario(_GROUP, "school-untouched", "No participants and no partnership", untouched, times=3),
    Scenario(
        _GROUP,
        "school-partnership-and-interest-before",
        f"Partnership and interest in {EARLIER}",
        partnership_and_interest_before,
        times=3,
    ),
    Scenario(
        _GROUP,
        "school-all-have-left",
        f"Trained in {YEAR} and all have left",
        all_have_left,
        times=3,
    ),
    Scenario(
        _GROUP,
        "school-in-training",
        f"Currently training ECTs and mentors of {YEAR}",
        in_training,
        times=3,
    ),
    Scenario(
        _GROUP,
        "school-several-delivery-partners",
        "Several delivery partners with one provider",
        several_delivery_partners,
        times=3,
    ),
    Scenario(_GROUP, "school-several-providers", "Several providers", several_providers, times=3),
]

SHARED = [
    Scenario(
        _GROUP, "school-only-school-led", "Only school-led participants", only_school_led, times=3
    ),
    Scenario(
        _GROUP,
        "school-provider-led",
        "At least one provider-led participant",
        provider_led,
        times=10,
    ),
]
