"""People whom TRS knows, whom the journeys are about; the service knows those who move."""

from datetime import date

from register_ects.invented.stand_ins.trs import person

ECT, MENTOR, CLAIMED = "8900001", "8900002", "8900003"
MOVED_ECT, MOVED_MENTOR = "8900004", "8900005"
BORN = "1999-02-11"
#: Whom the stand-in of TRS is to be told of.
PEOPLE = [
    person(
        trn,
        first_name="Zofia",
        last_name="Lis",
        date_of_birth=date.fromisoformat(BORN),
        qts_held_from=date(2024, 7, 1),
    )
    for trn in (ECT, MENTOR, CLAIMED, MOVED_ECT, MOVED_MENTOR)
]
