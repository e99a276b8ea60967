"""What a school may choose for its ECTs, and which choice a cell names."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from register_ects.models import LeadProvider, School
from register_ects.web.forms import Choice
from schools.bodies import BodiesOnOffer


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


def value_of(text: str, values: Mapping[str, str]) -> str:
    """Return the value of the choice that a text names, or the text."""
    return values.get(_plain(text)) or text


def values_by_name(choices: Iterable[Choice]) -> dict[str, str]:
    """Return the values of choices by their texts, values and other names; the first counts."""
    found: dict[str, str] = {}
    for choice in choices:
        for name in (choice.text, choice.value, *choice.also):
            found.setdefault(_plain(name), str(choice.value))
    return found


def _plain(text: str) -> str:
    return " ".join(str(text).casefold().replace("-", " ").replace("_", " ").split())
