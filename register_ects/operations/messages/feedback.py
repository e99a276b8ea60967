"""What people think of the service, as they tell it (spec 07 §22.3)."""

from register_ects.models import FeedbackResponse
from register_ects.operations.base import operation
from register_ects.operations.once import Sending, keep_once
from register_ects.rules.enumerations import Audience


@operation
def give_feedback(
    *,
    score: int,
    clarity: int | None,
    comment: str | None,
    audience: Audience,
    page: str | None,
    sending: Sending | None = None,
) -> None:
    """Keep an answer, once however often it is sent. Nobody is named."""
    keep_once(sending)
    FeedbackResponse.objects.create(
        score=score, clarity=clarity, comment=comment, actor_type=audience, page=page
    )
