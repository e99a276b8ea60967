"""Examples of bodies, made of what each attribute of a shape has as its example.

The people, schools and providers in them are invented.
"""

from typing import Any

from pydantic import BaseModel

from providers.schemas.enumerations import ENUMERATIONS, NAMED

Json = dict[str, Any]


def sent(kind: str, **attributes: Any) -> Json:
    """Return a body with these attributes."""
    return {"data": {"type": kind, "attributes": attributes}}


def example_of(shape: type[BaseModel], **changes: Any) -> Json:
    """Return an example of a resource; ``changes`` are of its attributes.

    An attribute without an example is the first value of its list, or else null.
    """
    schema = shape.model_json_schema()
    made: Json = _made(schema, schema.get("$defs", {}))
    made["attributes"] |= changes
    return made


def _made(schema: Json, shapes: Json) -> Any:
    if "$ref" in schema:
        schema = shapes[schema["$ref"].rpartition("/")[2]]
    if "examples" in schema:
        return schema["examples"][0]
    if "const" in schema:
        return schema["const"]
    if NAMED in schema:
        return ENUMERATIONS[schema[NAMED]].values[0]
    if "properties" in schema:
        return {name: _made(each, shapes) for name, each in schema["properties"].items()}
    if "items" in schema:
        return [_made(schema["items"], shapes)]
    choices = schema.get("anyOf", [{}])
    return choices[0].get("examples", [None])[0]
