"""Situations of schools, for one provider and shared by all (spec 02 §2.17.3)."""

from datetime import date

from register_ects.invented.sandbox.builder import YEAR, Builder
from register_ects.invented.sandbox.scenario import Scenarios
from register_ects.rules.enumerations import SandboxGroup

EARLIER = YEAR - 1
OWN, SHARED = Scenarios(SandboxGroup.SCHOOLS), Scenarios(SandboxGroup.SCHOOLS)


@OWN.add(
    "school-interest-without-partnership",
    f"Participants in {YEAR} but no partnership yet",
    times=3,
)
def interest_without_partnership(build: Builder) -> None:
    """An ECT and a mentor wait for the provider to report its partnership."""
    school = build.school()
    build.training(build.ect(school=school), interest_only=True)
    build.training(build.mentor(school), interest_only=True)


@OWN.add("school-rolled-over", f"Partnership rolled over from {EARLIER} to {YEAR}", times=3)
def rolled_over(build: Builder) -> None:
    """A partnership of two years running, with an ECT of each."""
    school = build.school()
    for year in (EARLIER, YEAR):
        build.training(build.claimed_ect(year, school=school), year)


@OWN.add("school-moved-to-another-provider", "All participants moved to another provider", times=2)
def moved_to_another_provider(build: Builder) -> None:
    """Everybody is now trained by another provider, at the same school."""
    school = build.school()
    for _ in range(2):
        ect = build.ect(school=school)
        build.training(ect, ends=date(YEAR + 1, 3, 31))
        build.training(ect, starts=date(YEAR + 1, 4, 1), provider=build.other)


@OWN.add(
    "school-partnership-without-participants",
    f"Partnership in {YEAR} without participants",
    times=3,
)
def partnership_without_participants(build: Builder) -> None:
    """A partnership that nobody trains under yet."""
    build.partnership(build.school(), YEAR)


@OWN.add("school-untouched", "No participants and no partnership", times=3)
def untouched(build: Builder) -> None:
    """A school that has no partnership and nobody registered."""
    build.school()


@OWN.add(
    "school-partnership-and-interest-before", f"Partnership and interest in {EARLIER}", times=3
)
def partnership_and_interest_before(build: Builder) -> None:
    """A partnership and an interest of the year before, nothing since."""
    school = build.school()
    build.training(build.ect(EARLIER, school=school), EARLIER)
    waiting = build.ect(EARLIER, school=school, ends=date(EARLIER + 1, 7, 18))
    build.training(waiting, EARLIER, interest_only=True)


@OWN.add("school-all-have-left", f"Trained in {YEAR} and all have left", times=3)
def all_have_left(build: Builder) -> None:
    """Everybody has left: the interest stays true and the count is 0."""
    build.training(build.ect(ends=date(YEAR + 1, 7, 17)))


@OWN.add("school-in-training", f"Currently training ECTs and mentors of {YEAR}", times=3)
def in_training(build: Builder) -> None:
    """Two ECTs and their mentor, all in training with the provider."""
    school = build.school()
    mentor = build.mentor(school)
    build.training(mentor)
    for _ in range(2):
        ect = build.claimed_ect(school=school)
        build.training(ect)
        build.mentoring(ect, mentor)


@OWN.add("school-several-delivery-partners", "Several delivery partners with one provider", times=3)
def several_delivery_partners(build: Builder) -> None:
    """One provider, two delivery partners, in one year."""
    ect = build.ect()
    build.training(ect)
    build.partnership(ect.school, YEAR, partner=1)


@OWN.add("school-several-providers", "Several providers", times=3)
def several_providers(build: Builder) -> None:
    """Two providers at one school in one year, with an ECT each."""
    school = build.school()
    build.training(build.ect(school=school))
    build.training(build.ect(school=school), provider=build.other)


@SHARED.add("school-only-school-led", "Only school-led participants", times=3)
def only_school_led(build: Builder) -> None:
    """Everybody at the school is trained by the school itself."""
    build.school_led(build.ect())


@SHARED.add("school-provider-led", "At least one provider-led participant", times=10)
def provider_led(build: Builder) -> None:
    """Somebody at the school is trained by a provider, somebody by the school itself.

    By turns one provider and the other.
    """
    school = build.school()
    is_odd = int(build.key.rpartition("-")[2]) % 2
    provider = build.other if is_odd else build.provider
    build.training(build.ect(school=school), provider=provider)
    build.school_led(build.ect(school=school))
