"""What a school may choose for its ECTs, and which choice a cell names."""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from register_ects import clock
from register_ects.models import LeadProvider, MentorAtSchoolPeriod, School
from register_ects.rules.person_search import plain
from register_ects.web.forms import Choice
from schools.bodies import BodiesOnOffer

_APOSTROPHE = re.compile(r"['\u2019\u2018`]")
_WORD = re.compile(r"[^\W_]+")
#: Words that most bodies have in their names.
_SAY_LITTLE = {"and", "for", "hub", "of", "school", "schools", "teaching", "the", "trust"}


class Offer:
    """What a school may choose for its ECTs, by the field of the form. Three queries."""

    def __init__(self, school: School) -> None:
        self.school = school

    @cached_property
    def choices(self) -> dict[str, list[Choice]]:
        """Return the appropriate bodies, and every lead provider by name."""
        providers = LeadProvider.objects.order_by("name").values_list("pk", "name")
        return {
            "appropriate_body": BodiesOnOffer(self.school).choices_with_national(),
            "lead_provider": [Choice(str(key), name) for key, name in providers],
        }

    @cached_property
    def for_everybody(self) -> dict[str, list[Choice]]:
        """Return the choices for those of whom nothing else is said.

        Of the lead providers those whose contracts are not over: who began training in an earlier
        contract period has theirs of their own.
        """
        now = LeadProvider.objects.filter(
            active_lead_providers__contract_period__finished_on__gte=clock.today()
        )
        keys = {str(key) for key in now.values_list("pk", flat=True)}
        providers = [each for each in self.choices["lead_provider"] if each.value in keys]
        return {**self.choices, "lead_provider": providers}

    @cached_property
    def of_a_page(self) -> dict[str, list[Choice]]:
        """Return the choices of the page of one person: the school's mentors by TRN besides."""
        here = MentorAtSchoolPeriod.objects.filter(school=self.school, teacher__trn__isnull=False)
        mentors = {
            str(each.teacher.trn): each.teacher.name
            for each in here.current_or_future(clock.today()).select_related("teacher")
        }
        named = sorted(mentors.items(), key=lambda pair: plain(pair[1]))
        return {
            **self.choices,
            "mentor_trn": [Choice(trn, f"{name} (TRN {trn})") for trn, name in named],
        }

    def narrowed_to(self, data: Mapping[str, str]) -> dict[str, list[Choice]]:
        """Return the choices that a form needs which is not drawn: of the bodies, the chosen one.

        To give hundreds of options to hundreds of forms takes seconds.
        """
        chosen = data["appropriate_body"]
        bodies = [each for each in self.choices["appropriate_body"] if each.value == chosen]
        return {**self.choices, "appropriate_body": bodies}

    @cached_property
    def values(self) -> dict[str, dict[str, str]]:
        """Return the values of the choices by all that names them, by the field of the form."""
        return {name: values_by_name(choices) for name, choices in self.choices.items()}

    def nearest(self, name: str, text: str) -> str | None:
        """Return the one choice of a field that has most words of a text; None without one."""
        wanted = set(_plain(text).split()) - _SAY_LITTLE
        if not wanted or name not in self._words:
            return None
        shared = {choice: len(wanted & words) for choice, words in self._words[name].items()}
        most = max(shared.values(), default=0)
        best = [choice for choice, many in shared.items() if many == most]
        return best[0] if most and len(best) == 1 else None

    @cached_property
    def _words(self) -> dict[str, dict[str, set[str]]]:
        return {
            name: {each.text: set(_plain(each.text).split()) - _SAY_LITTLE for each in choices}
            for name, choices in self.choices.items()
        }


def value_of(text: str, values: Mapping[str, str]) -> str:
    """Return the value of the choice that a text names, or the text.

    It names it in any case and without its signs, or by its first words where no other has these.
    """
    plain = _plain(text)
    if not plain or plain in values:
        return values.get(plain) or text
    begun = {value for name, value in values.items() if name.startswith(f"{plain} ")}
    return begun.pop() if len(begun) == 1 else text


def values_by_name(choices: Iterable[Choice]) -> dict[str, str]:
    """Return the values of choices by their texts, values and other names; the first counts."""
    found: dict[str, str] = {}
    for choice in choices:
        for name in (choice.text, choice.value, *choice.also):
            found.setdefault(_plain(name), str(choice.value))
    return found


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(_APOSTROPHE.sub("", str(text).casefold())))
