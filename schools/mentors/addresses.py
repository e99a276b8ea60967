"""Where an ECT is given a mentor."""

from django.urls import reverse


def assigning(ect_id: int, *, may_choose: bool) -> str:
    """Return where a mentor is chosen, or registered when there is none to choose."""
    return reverse("schools:assign-mentor", args=[ect_id]) if may_choose else registering(ect_id)


def registering(ect_id: int) -> str:
    """Return where a new mentor is registered."""
    return f"{reverse('schools:register-mentor')}?ect_id={ect_id}"
