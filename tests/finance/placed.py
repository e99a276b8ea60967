"""Where each declaration of a statement lies, the slow way: one after the other."""

from finance.bands import band_letter, fill
from finance.placing import BEYOND, Kind


def by_the_position(position, count, capacities):
    """Return the band of each of ``count`` declarations that stand above a position."""
    found = []
    for number in range(position, position + count):
        before, after = fill(number, capacities), fill(number + 1, capacities)
        taken = [index for index, (a, b) in enumerate(zip(before, after, strict=True)) if a != b]
        found.append(band_letter(taken[0]) if taken else BEYOND)
    return found


def in_order(declarations, calculation):
    """Return declarations, which come in order, with their bands."""
    waiting = {}
    for output in calculation.types if calculation else ():
        allocation, kind = output.allocation, output.declaration_type
        top = allocation.position_after_billables
        for does, position in (
            (Kind.PAYMENT, allocation.position_before),
            (Kind.CLAWBACK, allocation.position_after),
        ):
            bands = by_the_position(position, top - position, output.capacities)
            waiting[does, kind] = iter(bands)
    everybody = calculation is None or calculation.contract_type == "ecf"
    found = []
    for each in declarations:
        takes_a_place = everybody or each.role == "ect"
        places = waiting.get((each.kind, each.declaration_type), iter(()))
        found.append(each._replace(band=next(places, None) if takes_a_place else None))
    return found
