"""Read typed values out of the objects of a payment scenario, noting what is wrong with them.

Knows JSON and the shape of a value (money, ratio, count, date), not what the values mean:
finance/scenario.py. A reader hands back a harmless stand-in for a bad value, so that one pass
finds every problem; nobody may use what was read once there is a problem.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

MOST_DIGITS = 30
MONEY = re.compile(r"-?[0-9]+(\.[0-9]{1,2})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class NotJson(Exception):
    """The text is not JSON; the message says why."""


class JsonObject(dict[str, object]):
    """A JSON object that remembers which keys were written twice."""

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        """Keep the last value of each key, as JSON readers do."""
        super().__init__(pairs)
        times_written = Counter(key for key, _ in pairs)
        self.repeated = [key for key, times in times_written.items() if times > 1]


def read_json(text: str) -> object:
    """Parse JSON text strictly: every object becomes a JsonObject.

    Raises NotJson, also for NaN and Infinity, which Python would accept.
    """
    try:
        return json.loads(
            text,
            object_pairs_hook=JsonObject,
            parse_constant=_refuse_constant,
            parse_int=_whole_number,
        )
    except json.JSONDecodeError as error:
        raise NotJson(f"{error.msg} (line {error.lineno}, column {error.colno})") from error
    except RecursionError as error:
        raise NotJson("it is nested too deeply") from error


class Fields:
    """One object of the scenario, read by key."""

    def __init__(
        self,
        value: object,
        *,
        keys: Sequence[str],
        problems: list[str],
        path: str = "",
        key_name: str = "known key",
    ) -> None:
        """Note a value that is no object, and keys written twice or not among ``keys``.

        ``path`` says where in the scenario the object is, "" for the scenario itself;
        ``key_name`` what its keys are to the reader. Problems are added to ``problems``.
        """
        self._is_object = isinstance(value, JsonObject)
        self._values = value if isinstance(value, JsonObject) else JsonObject([])
        self.path = path
        self._problems = problems
        if not self._is_object:
            self.note(None, "must be a JSON object")
        for key in self._values.repeated:
            self.note(key, "is written more than once")
        for key in self._values:
            if key not in keys:
                self.note(key, f"is not a {key_name}; use {', '.join(keys)}")

    @property
    def problem_count(self) -> int:
        """How many problems the whole scenario has so far."""
        return len(self._problems)

    def note(self, key: str | None, problem: str) -> None:
        """Add a problem with the value at ``key``, or with the whole object."""
        where = self.path if key is None else self.path_of(key)
        self._problems.append(f"{where or 'scenario'}: {problem}")

    def path_of(self, key: str) -> str:
        """Say where the value at ``key`` is, on one line however strange the key."""
        name = key if re.fullmatch(r"[\w\[\]-]{1,60}", key, re.ASCII) else json.dumps(key)[:60]
        return f"{self.path}.{name}" if self.path else name

    def has(self, key: str) -> bool:
        """Whether there is a value; null is none."""
        return self._values.get(key) is not None

    def money(self, key: str, *, required: bool = False) -> Decimal | None:
        """Read pounds that cannot be negative; None if there are none or they are bad."""
        if not self._is_given(key, required=required):
            return None
        amount = self._decimal(key, self._values[key])
        if amount is not None and amount < 0:
            self.note(key, "must not be negative")
        return amount

    def ratio(self, key: str, *, required: bool = False) -> Decimal | None:
        """Read a ratio from 0 to 1; None if there is none or it is bad."""
        if not self._is_given(key, required=required):
            return None
        ratio = self._decimal(key, self._values[key], example="0.20")
        if ratio is not None and not 0 <= ratio <= 1:
            self.note(key, "must be from 0 to 1")
        return ratio

    def amounts(self, key: str) -> Iterator[tuple[str, Decimal]]:
        """Read a list of signed pounds, each with the key of its place in the list."""
        for index, value in enumerate(self._list(key)):
            place = f"{key}[{index}]"
            amount = self._decimal(place, value)
            if amount is not None:
                yield place, amount

    def whole_number(
        self, key: str, *, lowest: int = 0, highest: int | None = None, required: bool = False
    ) -> int:
        """Read a whole number; none is 0, or a problem if it is required."""
        if not self._is_given(key, required=required):
            return lowest
        value = self._values[key]
        # A JSON true is an int to Python, and 3.0 is not one.
        if type(value) is not int or value < lowest or value > (highest or value):
            within = f"{lowest} or more" if highest is None else f"{lowest} to {highest}"
            self.note(key, f"must be a whole number, {within}")
        elif value >= 10**MOST_DIGITS:
            self.note(key, f"is too large: use at most {MOST_DIGITS} digits")
        else:
            return value
        return lowest

    def flag(self, key: str, *, default: bool) -> bool:
        """Read true or false."""
        value = self._values[key] if self.has(key) else default
        if not isinstance(value, bool):
            self.note(key, "must be true or false")
            return default
        return value

    def choice(self, key: str, options: Sequence[str], *, required: bool = False) -> str | None:
        """Read one of ``options``; None if there is none or it is another value."""
        if not self._is_given(key, required=required):
            return None
        value = self._values[key]
        if not isinstance(value, str) or value not in options:
            self.note(key, f"must be {' or '.join(json.dumps(option) for option in options)}")
            return None
        return value

    def day(self, key: str) -> date:
        """Read a date written YYYY-MM-DD."""
        if not self._is_given(key, required=True):
            return date.min
        value = self._values[key]
        if isinstance(value, str) and DAY.fullmatch(value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        self.note(key, 'must be a date in quotes such as "2024-11-25"')
        return date.min

    def child(self, key: str, *, keys: Sequence[str], key_name: str = "known key") -> "Fields":
        """Read an object that may only have ``keys``; none is an empty one."""
        value = self._values[key] if self.has(key) else JsonObject([])
        return Fields(
            value, keys=keys, problems=self._problems, path=self.path_of(key), key_name=key_name
        )

    def children(
        self, key: str, *, keys: Sequence[str], at_least_one: bool = False
    ) -> "Iterator[Fields]":
        """Read a list of objects that may only have ``keys``; none is an empty list."""
        path = self.path_of(key)
        if at_least_one and self._is_object and self._values.get(key) in (None, []):
            self.note(key, "must have at least one item")
        # One at a time, so that problems come in the order of the scenario.
        for index, value in enumerate(self._list(key)):
            yield Fields(value, keys=keys, problems=self._problems, path=f"{path}[{index}]")

    def _list(self, key: str) -> list[object]:
        value = self._values[key] if self.has(key) else []
        if not isinstance(value, list):
            self.note(key, "must be a list")
            return []
        return value

    def _is_given(self, key: str, *, required: bool) -> bool:
        if required and self._is_object and not self.has(key):
            self.note(key, "is missing")
        return self.has(key)

    def _decimal(self, key: str, value: object, *, example: str = "1000.00") -> Decimal | None:
        if not isinstance(value, str):
            self.note(key, f'must be in quotes, such as "{example}"')
        elif not MONEY.fullmatch(value):
            self.note(key, f'must be digits with at most two decimals, such as "{example}"')
        elif len(value) > MOST_DIGITS:
            self.note(key, f"is too large: use at most {MOST_DIGITS} digits")
        else:
            return Decimal(value)
        return None


def _refuse_constant(name: str) -> None:
    raise NotJson(f"{name} is not a JSON number")


def _whole_number(text: str) -> int:
    # Python refuses to convert thousands of digits. Anything this long is refused anyway.
    return int(text[: MOST_DIGITS + 2])
