"""Where an ECT is given a mentor."""

from register_ects.web.school_addresses import reverse


def assigning(ect_id: int, *, may_choose: bool) -> str:
    """Return where a mentor is chosen, or registered when there is none to choose."""
    return reverse("schools:assign-mentor", args=[ect_id]) if may_choose else registering(ect_id)


def registering(ect_id: int, *, instead: bool = False) -> str:
    """Return where a new mentor is registered; ``instead``: of the one whom the ECT has."""
    address = f"{reverse('schools:register-mentor')}?ect_id={ect_id}"
    return f"{address}&new_mentor_requested=true" if instead else address
