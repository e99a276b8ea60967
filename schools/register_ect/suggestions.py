"""What a page of the journey has selected before anybody answers it (spec 05 §20.1).

Only where one answer is likely; whoever registers the ECT sees it and may select another. Once a
page was answered nothing is suggested on it.
"""

from collections.abc import Mapping, Sequence

from register_ects.web.choice_fields import Choice
from register_ects.web.drafts import Answers
from schools.bodies import BodiesOnOffer
from schools.register_ect.answers import ECTAnswers


def for_details(person: ECTAnswers) -> Answers:
    """Return the working pattern that the person had in their latest placement, if it is known."""
    earlier = person.earlier_placement
    if "working_pattern" in person.given or earlier is None:
        return {}
    return _known({"working_pattern": earlier.working_pattern})


def for_training(person: ECTAnswers, bodies: BodiesOnOffer, providers: Sequence[Choice]) -> Answers:
    """Return the only hub of the area, the only partner of the school, the earlier programme.

    ``providers`` are the lead providers on offer; partners have a hint. The programme is that of
    the person's latest training. An independent school still says whether it wants a hub.
    """
    if "training_programme" in person.given:
        return {}
    hubs = [str(hub.pk) for hub in bodies.local_hubs]
    partners = [provider.value for provider in providers if provider.hint]
    earlier = person.earlier_placement
    training = earlier.training if earlier else None
    return _known(
        {
            "hub" if person.given["independent"] else "appropriate_body": _only(hubs),
            "lead_provider": _only(partners),
            "training_programme": training.programme if training else None,
        }
    )


def _only(found: Sequence[str]) -> str | None:
    return found[0] if len(found) == 1 else None


def _known(suggested: Mapping[str, str | None]) -> Answers:
    return {name: value for name, value in suggested.items() if value}
