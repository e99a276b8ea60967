"""The same description in the notation of OpenAPI 3.0, for tools that cannot read 3.1.

3.0 says ``nullable`` where 3.1 has null among the types, has one ``example`` where 3.1 has
several, knows no ``const``, and ignores what stands beside a reference. Pure: one description
in, another out.
"""

from typing import Any, Final

Json = dict[str, Any]

#: 3.0 knows licences by their address, not by an identifier.
_LICENCE: Final = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
_NULL: Final = {"type": "null"}


def in_30(document: Json) -> Json:
    """Return a description of OpenAPI 3.1 in 3.0; what is shared with it stays the same object."""
    components = document["components"]
    licence = {"name": document["info"]["license"]["name"], "url": _LICENCE}
    return {
        **document,
        "openapi": "3.0.3",
        "info": {**document["info"], "license": licence},
        "paths": _with_schemas(document["paths"]),
        "components": {
            **_with_schemas(components),
            "schemas": {name: _schema(each) for name, each in components["schemas"].items()},
        },
    }


def _with_schemas(described: Any) -> Any:
    """Rewrite the schemas of parameters, headers and bodies; leave the rest, such as examples."""
    if isinstance(described, list):
        return [_with_schemas(each) for each in described]
    if not isinstance(described, dict):
        return described
    return {
        name: _schema(each)
        if name == "schema"
        else each
        if name in ("examples", "schemas")
        else _with_schemas(each)
        for name, each in described.items()
    }


def _schema(schema: Json) -> Json:
    rest = {name: _part(name, each) for name, each in schema.items()}
    examples = rest.pop("examples", [])
    if examples and examples[0] is not None:
        rest["example"] = examples[0]
    if "const" in rest:
        rest["enum"] = [rest.pop("const")]
    if isinstance(rest.get("type"), list):
        (rest["type"],) = (each for each in rest["type"] if each != "null")
        rest["nullable"] = True
    if _NULL in rest.get("anyOf", []):
        rest = {"allOf": [each for each in rest.pop("anyOf") if each != _NULL], **rest}
        rest["nullable"] = True
    if "$ref" in rest and len(rest) > 1:
        rest = {"allOf": [{"$ref": rest.pop("$ref")}], **rest}
    return rest


def _part(name: str, value: Any) -> Any:
    """Rewrite what has schemas inside: attributes, items and choices."""
    if name == "properties":
        return {attribute: _schema(each) for attribute, each in value.items()}
    if name == "items":
        return _schema(value)
    if name == "anyOf":
        return [_schema(each) for each in value]
    return value
