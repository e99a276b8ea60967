"""People whom TRS knows and the service does not: those whom the journeys are about."""

from datetime import date

from register_ects.invented.stand_ins.trs import person

ECT, MENTOR, CLAIMED, BORN = "8900001", "8900002", "8900003", "1999-02-11"
#: Whom the stand-in of TRS is to be told of.
PEOPLE = [
    person(
        trn,
        first_name="Zofia",
        last_name="Lis",
        date_of_birth=date.fromisoformat(BORN),
        qts_held_from=date(2024, 7, 1),
    )
    for trn in (ECT, MENTOR, CLAIMED)
]
