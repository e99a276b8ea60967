"""Make many declarations in one request: each stands or falls alone (spec 02 §2.22.5)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection

from register_ects.models import Declaration, LeadProvider, Teacher
from register_ects.operations.base import Author, operation
from register_ects.operations.declarations.making import create_declaration
from register_ects.rules.declarations import SentDeclaration
from register_ects.rules.identifiers import uuid_text
from register_ects.rules.problems import RuleBroken, refuse


@operation
def create_declarations(
    lead_provider: LeadProvider,
    claims: Sequence[SentDeclaration],
    *,
    received_at: datetime,
    author: Author,
) -> list[Declaration | RuleBroken]:
    """Make a declaration of each claim, in order; return it, or why it was refused, in that order.

    A refused claim leaves nothing behind and does not stop the others: each has a savepoint of its
    own. All of them are one transaction, so that an answer kept for an idempotency key and the
    declarations it tells of are there together or not at all. Of two equal claims in the list the
    second is refused. Otherwise as ``create_declaration``.
    """
    _lock(claims)
    made: set[int] = set()
    outcomes: list[Declaration | RuleBroken] = []
    for claim in claims:
        try:
            declaration = _create(
                lead_provider, claim, made, received_at=received_at, author=author
            )
        except RuleBroken as refusal:
            outcomes.append(refusal)
        else:
            made.add(declaration.pk)
            outcomes.append(declaration)
    return outcomes


@operation
def _create(
    lead_provider: LeadProvider,
    claim: SentDeclaration,
    made: set[int],
    *,
    received_at: datetime,
    author: Author,
) -> Declaration:
    declaration = create_declaration(lead_provider, claim, received_at=received_at, author=author)
    if declaration.pk in made:  # not a race: the list itself says it twice
        refuse("declaration_type", "already_declared")
    connection.check_constraints()  # else it would be refused at the commit, with all others
    return declaration


def _lock(claims: Iterable[SentDeclaration]) -> None:
    """Lock everybody named, in the order of their keys.

    Two long lists that name the same people in another order would else wait in a ring.
    """
    ids = {api_id for api_id in (uuid_text(claim.participant_id) for claim in claims) if api_id}
    people = Teacher.objects.filter(api_id__in=ids).order_by("pk").select_for_update(no_key=True)
    list(people.values_list("pk", flat=True))
