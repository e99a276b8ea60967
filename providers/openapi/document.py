"""Put the whole file together: ``/api/docs/v3/swagger.yaml`` and ``.json`` (spec 02 §2.19-2.20)."""

from functools import cache
from typing import Any, Final

import orjson
import yaml
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from providers import api
from providers.openapi import answers, parameters
from providers.openapi.notation_30 import in_30
from providers.openapi.operation import APIOperation
from providers.queries import COHORTS, PAGES, SORT, UPDATED_SINCE
from providers.schemas.enumerations import ENUMERATIONS, NAMED
from providers.schemas.errors import ErrorsResponse, ProblemDetails, UnauthorisedResponse
from providers.version import DESCRIPTION_VERSION, REFERENCE

PRODUCTION: Final = "https://www.register-early-career-teachers.education.gov.uk"
SANDBOX: Final = "https://sandbox.register-early-career-teachers.education.gov.uk"

_INTRODUCTION: Final = f"""\
Lead providers read whom they train and tell DfE about it: declarations, deferrals, withdrawals,
schedules and partnerships with schools.

- Every request needs your token: `Authorization: Bearer TOKEN`. You see what is yours, and
  nothing else: what belongs to another provider is not found.
- Ignore attributes that you do not know. New attributes, filters, headers and operations appear
  without a new version; [the changes]({REFERENCE}/changes) list them.
- Date-times are in UTC, in whole seconds: `2026-02-03T09:15:27Z`. Every attribute is always there;
  one that is not known or does not apply is null.
- Every error has a `code` that never changes. With `Accept: application/problem+json` errors are
  RFC 9457 problem details. An address that does not exist is answered with 404, a method that it
  does not take with 405, both in the same shape.
- Every path also works with `.json` at its end, and with a slash.
"""

_TAGS: Final = {
    "Participants": "ECTs and mentors whom you train.",
    "Transfers": "Participants who move between schools or providers.",
    "Declarations": "Claims that participants reached training points.",
    "Statements": "When declarations are cut off and paid.",
    "Delivery Partners": "Who delivers training for you.",
    "Partnerships": "Schools whose ECTs and mentors you train.",
    "Schools": "Schools that can have funded training.",
    "Unfunded Mentors": "Mentors of your ECTs whom you do not train.",
    "Changes": "A feed of everything that changed for you.",
    "Sandbox": "Situations to try your system on. Not in production.",
}
_SUBJECTS: Final = list(_TAGS)

#: The operations in the order of the file: reads, writes, then what only sandboxes have.
OPERATIONS: Final = sorted(
    api.OPERATIONS,
    key=lambda each: (each.tag == "Sandbox", not each.is_read, _SUBJECTS.index(each.tag)),
)

#: Those that everybody can reach.
_SERVERS: Final = (
    {"url": PRODUCTION, "description": "Production: real participants and payments."},
    {"url": SANDBOX, "description": "Sandbox: invented participants, for testing."},
)


def by_subject() -> list[APIOperation]:
    """Return the operations in the order of the tags, as the console shows them."""
    return sorted(OPERATIONS, key=lambda each: (_SUBJECTS.index(each.tag), each.path.count("/")))


@cache
def document() -> dict[str, Any]:
    """Return the description as an object; it is the same for the life of the process."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Register early career teachers: lead provider API",
            "version": DESCRIPTION_VERSION,
            "description": _INTRODUCTION,
            "contact": {
                "name": "Department for Education",
                "url": f"{PRODUCTION}/support",
                "email": "continuing-professional-development@digital.education.gov.uk",
            },
            "license": {"name": "Open Government Licence v3.0", "identifier": "OGL-UK-3.0"},
        },
        "servers": list(_SERVERS),
        "security": [{"token": []}],
        "tags": [{"name": name, "description": text} for name, text in _TAGS.items()],
        "paths": _paths(),
        "components": {
            "schemas": _schemas(),
            "parameters": {**_queries(), **parameters.HEADERS},
            "headers": answers.HEADERS,
            "responses": answers.components(),
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "Your token. DfE issues one for each environment.",
                }
            },
        },
    }


@cache
def document_30() -> dict[str, Any]:
    """Return the description in OpenAPI 3.0, for tools that cannot read 3.1."""
    return in_30(document())


#: The description by the version of OpenAPI that it is written in.
NOTATIONS: Final = {"3.1": document, "3.0": document_30}


def as_json(own_origin: str = "", notation: str = "3.1") -> bytes:
    """Return the file in JSON; ``own_origin`` is where it is served, unless in production."""
    return orjson.dumps(NOTATIONS[notation]() | {"servers": _servers(own_origin)})


def as_yaml(own_origin: str = "", notation: str = "3.1") -> bytes:
    """Return the file in YAML; ``own_origin`` is where it is served, unless in production."""
    before, rest = _yaml_around_servers(notation)
    return before + to_yaml({"servers": _servers(own_origin)}) + rest


def _servers(own_origin: str) -> list[dict[str, str]]:
    """Return the servers, that which serves the file first: API tools take the first."""
    own = {"url": own_origin, "description": "Where this file comes from."}
    known = [each for each in _SERVERS if each["url"] == own_origin] or [own] * bool(own_origin)
    return [*known, *(each for each in _SERVERS if each["url"] != own_origin)]


@cache
def _yaml_around_servers(notation: str) -> tuple[bytes, bytes]:
    """Return what stands before the servers and after them: long to write, and always the same."""
    content = NOTATIONS[notation]()
    names = list(content)
    place = names.index("servers")
    before = {name: content[name] for name in names[:place]}
    return to_yaml(before), to_yaml({name: content[name] for name in names[place + 1 :]})


def to_yaml(content: dict[str, Any]) -> bytes:
    """Return a description in YAML, in the order it has, nothing abbreviated."""
    text: str = yaml.dump(
        content, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=100, indent=2
    )
    return text.encode()


class _Plain(yaml.SafeDumper):
    """Writes everything out: no anchors for what occurs twice."""

    def ignore_aliases(self, data: Any) -> bool:
        """Return True: nothing is abbreviated."""
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    """Write text of several lines as such."""
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Plain.add_representer(str, _text)


def _paths() -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for operation in OPERATIONS:
        at_path = paths.setdefault(operation.full_path, {})
        at_path[operation.method] = operation.described()
    return paths


def _queries() -> dict[str, Any]:
    """Return what any operation takes in its query, what many take first."""
    declared = [*PAGES, SORT, UPDATED_SINCE, COHORTS]
    for operation in sorted(api.OPERATIONS, key=lambda each: not each.is_read):
        declared += operation.queries
    return {query.component: query.described for query in declared}


def _schemas() -> dict[str, Any]:
    """Return the shape of everything that is sent or answered, and the lists of values."""
    shapes: list[type[BaseModel]] = [UnauthorisedResponse, ErrorsResponse, ProblemDetails]
    for operation in OPERATIONS:
        shapes.append(operation.response)
        if operation.body is not None:
            shapes.append(operation.body)
    unique = dict.fromkeys(shapes)
    _, definitions = models_json_schema(
        [(shape, "validation") for shape in unique],
        ref_template="#/components/schemas/{model}",
    )
    described = {name: _tidied(schema) for name, schema in definitions["$defs"].items()}
    return described | {name: each.schema for name, each in ENUMERATIONS.items()}


def _tidied(schema: Any) -> Any:
    """Return a shape's schema without made-up titles, with references to the lists of values."""
    if isinstance(schema, list):
        return [_tidied(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    tidied = {
        name: _tidied(value)
        for name, value in schema.items()
        if name != NAMED and not (name == "title" and isinstance(value, str))
    }
    if _NULL in tidied.get("anyOf", []):
        tidied = _nullable(tidied)
    if "const" in tidied:
        tidied.setdefault("description", f"Always `{tidied['const']}`.")
    if NAMED in schema:
        return {"$ref": f"#/components/schemas/{schema[NAMED]}", **tidied}
    return tidied


_NULL: Final = {"type": "null"}


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a value that can be null, with its own words in one place.

    A choice between a plain type and null makes generators name the type apart, and then give
    one attribute another's words. A reference cannot say it otherwise.
    """
    (value,) = (each for each in schema["anyOf"] if each != _NULL)
    said = {name: value.pop(name) for name in ("description", "examples") if name in value}
    own = {name: each for name, each in schema.items() if name != "anyOf"}
    if "$ref" in value:
        return {"anyOf": [value, _NULL], **said, **own}
    return {**value, "type": [value["type"], "null"], **said, **own}
