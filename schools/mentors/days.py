"""From when and until when somebody mentors an ECT, in sentences. Pure."""

from dataclasses import dataclass
from datetime import date

from register_ects.formats import govuk_date


@dataclass(frozen=True)
class MentoringDays:
    """The days on which ``mentor`` is to mentor ``ect`` (names).

    ``later_from`` is the first, where it is still to come. ``until`` is the last, where the ECT
    stays longer and so needs another mentor.
    """

    mentor: str
    ect: str
    later_from: date | None
    until: date | None

    @property
    def is_one_day(self) -> bool:
        """Whether the mentor's first day with the ECT is their last."""
        return self.later_from is not None and self.later_from == self.until

    def told_before(
        self, *, takes_over_on: date, after: str | None, after_from: date | None
    ) -> list[str]:
        """Return what is told before it is confirmed.

        ``after`` mentors the ECT now, or ``after_from`` a day on which nobody else does before.
        """
        told = self._begins(self.ect)
        if after:
            since = f"from {govuk_date(after_from)}" if after_from else "now"
            told = [
                f"{after} is {self.ect}’s mentor {since}. "
                f"{self.mentor} takes over on {govuk_date(takes_over_on)}."
            ]
        return [*told, *self._ends(takes_over_on)]

    def told_after(self, *, completes: bool = True) -> list[str]:
        """Return what is told once it is saved; ``completes``: the ECT had no mentor before."""
        done = [f"{self.ect}’s registration is complete."] if completes else []
        begins = self._begins("them" if completes else self.ect)
        return [*filter(None, [" ".join([*done, *begins])]), *self._ends(self.later_from)]

    @property
    def standing(self) -> str:
        """What the mentor is now, or will be from when: "Ada Okafor is Lou Fourth’s mentor"."""
        if self.later_from is None:
            return f"{self.mentor} is {self.ect}’s mentor"
        start = f"{'on' if self.is_one_day else 'from'} {govuk_date(self.later_from)}"
        return f"{self.mentor} will be {self.ect}’s mentor {start}"

    def _begins(self, whom: str) -> list[str]:
        if self.later_from is None or self.is_one_day:
            return []
        return [f"{self.mentor} mentors {whom} from {govuk_date(self.later_from)}."]

    def _ends(self, first: date | None) -> list[str]:
        if self.until is None:
            return []
        last_day = govuk_date(self.until)
        days = f"on {last_day} only" if first == self.until else f"until {last_day}"
        return [
            f"{self.mentor} can mentor {self.ect} {days}. "
            f"{self.ect} needs another mentor after that day."
        ]
