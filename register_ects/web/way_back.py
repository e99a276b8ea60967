"""The way from a record back to the list that it was opened from, as that was.

The address of a list says its search, its filters and its page. The links from it to records carry
that in one parameter, ``from``, and a record's way back says it again. Only what the list
understands is taken, and the way always leads to the list, whatever an address says.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest

from register_ects.web.school_addresses import reverse

FROM = "from"
#: Of a longer address nothing is kept.
_LONGEST = 1000


@dataclass(frozen=True)
class KeptList:
    """A list to come back to: the name of its URL, and what its address may say.

    ``is_a_value`` says what each of these may be; ``fragment`` the id of a list far down its page.
    """

    url_name: str
    parameters: tuple[str, ...]
    is_a_value: Callable[[str], bool] = lambda _value: True
    fragment: str = ""

    def state(self, said: Mapping[str, str]) -> str:
        """Return what an address says of the list, as a query string; often empty."""
        kept = [(name, said[name]) for name in self.parameters if name in said]
        query = urlencode([(name, value) for name, value in kept if self.is_a_value(value)])
        return query if len(query) <= _LONGEST else ""

    def state_before(self, request: HttpRequest) -> str:
        """Return the state of the list from which the page that is asked for was opened."""
        carried = request.GET.get(FROM, "")
        if len(carried) > _LONGEST:
            return ""
        return self.state(dict(parse_qsl(carried, keep_blank_values=True)))

    def address(self, request: HttpRequest, *args: object) -> str:
        """Return where the list is, as it was; ``args`` are those of its URL."""
        query = self.state_before(request)
        fragment = f"#{self.fragment}" if self.fragment else ""
        return f"{reverse(self.url_name, args=args)}{f'?{query}' if query else ''}{fragment}"


#: Those of one statement: finance lists them, and support shows the people of whom they are.
DECLARATIONS = KeptList(
    "finance:statement",
    ("kind", "type", "role", "band", "uplift", "declaration", "page", FROM),
    fragment="declarations",
)


def carrying(state: str, **others: object) -> str:
    """Return the query string, with its question mark, that carries a list's state; or nothing."""
    said = {**others, **({FROM: state} if state else {})}
    return f"?{urlencode(said)}" if said else ""
