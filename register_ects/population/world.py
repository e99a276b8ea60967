"""Where histories unfold: the catalogue, chance, the calendar, and the rows made so far."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from register_ects.population.catalogue import Catalogue, Place
from register_ects.population.chances import Chances
from register_ects.population.names import a_name, email_address
from register_ects.population.rows import Person, Placement, Row

R = TypeVar("R", bound=Row)
P = TypeVar("P", bound=Placement)

#: First of the TRNs that only people of a population have.
FIRST_TRN = 5_000_000
LAST_TRN = 6_999_999


class World:
    """One neighbourhood at a time: ``begin`` starts the next one.

    Nothing is recorded after ``last_day``, the day before today: every instant is in the past.
    """

    def __init__(
        self, catalogue: Catalogue, *, seed: int, today: date, next_ids: Mapping[str, int]
    ) -> None:
        self.catalogue, self._seed = catalogue, seed
        self.today, self.last_day = today, today - timedelta(days=1)
        self._next_ids = dict(next_ids)
        self.people = self.ects = self.mentors = 0
        self.chances, self.rows = Chances(), defaultdict[type[Row], list[Any]](list)

    def begin(self, neighbourhood: int) -> None:
        """Start a neighbourhood, with chances of its own and no rows yet."""
        self.chances = Chances(f"{self._seed}/{neighbourhood}")
        self.rows.clear()

    def at(self, day: date) -> datetime:
        """Return an instant of a day, or of the last day if that is earlier."""
        return self.chances.at(min(day, self.last_day))

    def new(self, kind: type[R], *, created_at: datetime, **values: Any) -> R:
        """Return a new row, which will be written."""
        key = self._next_ids[kind.table]
        self._next_ids[kind.table] = key + 1
        row = kind(id=key, created_at=created_at, updated_at=created_at, **values)
        self.rows[kind].append(row)
        return row

    def last_ids(self) -> dict[str, int]:
        """Return the last key used of each table."""
        return {table: key - 1 for table, key in self._next_ids.items()}

    # -- People ------------------------------------------------------------------------------

    def person(self, *, created_at: datetime, qts_from: date) -> Person:
        """Return somebody new, as TRS tells of them."""
        chances = self.chances
        first, last = a_name(chances)
        trn = str(FIRST_TRN + self.people)
        self.people += 1
        corrected = f"{first} {a_name(chances)[1]}" if chances.happens(0.04) else None
        return self.new(
            Person,
            created_at=created_at,
            api_id=chances.uuid(),
            api_ect_training_record_id=chances.uuid(),
            api_mentor_training_record_id=chances.uuid(),
            trn=trn,
            trs_first_name=first,
            trs_last_name=last,
            corrected_name=corrected,
            trs_qts_awarded_on=qts_from,
            trs_qts_status_description="Qualified",
            trs_response="ok",
            trs_data_last_refreshed_at=created_at,
        )

    def placement(self, kind: type[P], person: Person, place: Place, **values: Any) -> P:
        """Return a new placement of a person at a school."""
        return self.new(
            kind,
            teacher_id=person.id,
            school_id=place.school,
            email=email_address(
                person.trs_first_name or "",
                person.trs_last_name or "",
                number=person.trn or "",
                host=f"urn{place.urn}",
            ),
            **values,
        )
