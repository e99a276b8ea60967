"""``?dry_run=true``: a write that is tried in full, answered, and undone (spec 02 §2.22.5)."""

from collections.abc import Callable

from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse

from providers import parameters
from providers.requests import ProviderRequest
from register_ects.refusals import rule_broken_by

#: Header of an answer that nothing was written for.
HEADER = "Dry-Run"


def written_unless_dry_run(
    request: ProviderRequest, write: Callable[[], HttpResponse]
) -> HttpResponse:
    """Return what ``write`` answers; with ``dry_run`` nothing of it stays.

    The answer is the one that the write itself would have had, the ids of what it would have made
    included, and says so in the header ``Dry-Run``. Raises a 400 for an unknown value.
    """
    if not parameters.dry_run(request.GET):
        return write()
    request.is_dry_run = True
    try:
        with transaction.atomic():
            response = write()
            connection.check_constraints()  # what would be refused at the commit
            transaction.set_rollback(True)
    except IntegrityError as error:
        raise rule_broken_by(error) from error
    response[HEADER] = "true"
    return response
