"""What is said of one operation, and how it looks in the file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from pydantic import BaseModel

from providers.messages import errors_for, kind_of_write
from providers.openapi import answers
from providers.openapi.parameters import PATH_ID, path_id
from providers.queries import DRY_RUN, PAGE_NUMBER, Query
from providers.version import BASE, REFERENCE
from register_ects.rules.problems import Problem, RuleBroken

_READ_HEADERS = ("RequestId", "IfNoneMatch", "ServerDate")
_WRITE_HEADERS = ("RequestId", "IdempotencyKey", "ServerDate")
_ALWAYS = (
    (401, "AccessDenied"),
    (429, "TooManyRequests"),
    (500, "InternalServerError"),
    (503, "ServiceUnavailable"),
)


@dataclass(frozen=True)
class PathId:
    """The id in an operation's path; ``of`` says whose, for example "the participant"."""

    of: str
    example: str


@dataclass(frozen=True)
class APIOperation:
    """One method at one path below ``/api/v3``.

    ``unreadable`` and ``refusals`` name responses among the file's components, the first for 400;
    ``problems`` are broken rules that make examples of its 422; ``leads_to`` are the operations
    that take the id of the (first) thing answered; ``takes_form`` says whether the body may be a
    form.
    """

    operation_id: str
    method: str
    path: str
    tag: str
    summary: str
    description: str
    response: type[BaseModel]
    example: Any
    path_id: PathId | None = None
    queries: tuple[Query, ...] = ()
    body: type[BaseModel] | None = None
    body_examples: Mapping[str, Any] = field(default_factory=dict)
    unreadable: str = ""
    refusals: tuple[tuple[int, str], ...] = ()
    problems: Mapping[str, Problem] = field(default_factory=dict)
    leads_to: tuple[str, ...] = ()
    takes_form: bool = True

    @property
    def is_read(self) -> bool:
        """Whether the operation changes nothing."""
        return self.method == "get"

    @property
    def full_path(self) -> str:
        """Return the path as the file has it."""
        return f"{BASE}{self.path}"

    @property
    def address_in_console(self) -> str:
        """Return where the reference shows the operation, opened in its console."""
        return f"{REFERENCE}#{self.anchor}"

    @property
    def anchor(self) -> str:
        """Return what follows # in that address: ``/Delivery%20Partners/getDeliveryPartner``."""
        return f"/{quote(self.tag)}/{self.operation_id}"

    def described(self) -> dict[str, Any]:
        """Return the operation object of the file."""
        described: dict[str, Any] = {
            "operationId": self.operation_id,
            "tags": [self.tag],
            "summary": self.summary,
            "description": self.description,
            "parameters": self._parameters(),
        }
        if self.body is not None:
            described["requestBody"] = self._request_body()
        described["responses"] = self._responses()
        return described

    def _parameters(self) -> list[dict[str, Any]]:
        headers = _READ_HEADERS if self.is_read else _WRITE_HEADERS
        names = (*(query.component for query in self.queries), *headers)
        shared = [{"$ref": f"#/components/parameters/{name}"} for name in names]
        if self.path_id is None:
            return shared
        of = self.path_id
        return [path_id(f"The id of {of.of}.", of.example), *shared]

    def _request_body(self) -> dict[str, Any]:
        assert self.body is not None  # noqa: S101 - asked for only then
        examples = {name: {"value": value} for name, value in self.body_examples.items()}
        schema = {"$ref": f"#/components/schemas/{self.body.__name__}"}
        as_form = (
            " The same can be sent as a form with bracket keys, such as"
            " `data[attributes][reason]=other`."
        )
        return {
            "required": True,
            "description": f"Other attributes are ignored.{as_form if self.takes_form else ''}",
            "content": {"application/json": {"schema": schema, "examples": examples}},
        }

    def _responses(self) -> dict[str, Any]:
        named = [*_ALWAYS, (400, self._unreadable()), *self.refusals]
        if self.path_id is not None:
            named.append((404, "NotFound"))
        if self.is_read:
            named.append((304, "NotModified"))
        else:
            named += [(409, "StillRunning"), (413, "PayloadTooLarge")]
        responses = {"200": self._success(), **answers.references(named)}
        if not self.is_read:
            responses["422"] = self._refused()
        return dict(sorted(responses.items()))

    def _unreadable(self) -> str:
        usual = "BadQuery" if PAGE_NUMBER in self.queries else "BadFilter"
        return self.unreadable or (usual if self.is_read else "BadBody")

    def _success(self) -> dict[str, Any]:
        listed = isinstance(self.example["data"], list)
        success: dict[str, Any] = {
            "description": self.response.__doc__,
            "headers": answers.headers(
                answers.READING if self.is_read else answers.WRITING,
                answers.GOING_ON if listed and self.is_read else {},
                answers.TRYING if DRY_RUN in self.queries else {},
            ),
            "content": {
                "application/json": {
                    "schema": {"$ref": f"#/components/schemas/{self.response.__name__}"},
                    "examples": {"success": {"value": self.example}},
                }
            },
        }
        if self.leads_to:
            place = f"$response.body#/data{'/0' if listed else ''}/id"
            success["links"] = {
                name: {"operationId": name, "parameters": {PATH_ID: place}}
                for name in self.leads_to
            }
        return success

    def _refused(self) -> dict[str, Any]:
        """Describe the 422, with each problem in the words of the service."""
        kind = kind_of_write(self.path)
        examples = {
            name: errors_for(RuleBroken([problem]), kind=kind)
            for name, problem in self.problems.items()
        }
        return answers.refusal(
            "The change is not allowed. Each `title` names the attribute to mend; nothing was"
            " changed.",
            examples,
            more=answers.WRITING,
        )
