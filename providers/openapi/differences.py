"""What changed between two versions of the OpenAPI file, and what of it breaks clients.

The policy is spec 02 §2.1: to add is safe; to remove, rename, retype, demand more or accept less
breaks. Words (descriptions, examples) are not compared. Pure: two descriptions in, a list out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
_PATH_ID = re.compile(r"\{\w+\}")


@dataclass(frozen=True)
class Difference:
    """One change: ``where`` is the operation, for example "GET /api/v3/participants".

    ``status`` is that of the response it is in; empty for what is sent.
    """

    where: str
    what: str
    is_breaking: bool = False
    status: str = ""


def differences(old: Json, new: Json) -> list[Difference]:
    """Return every change from ``old`` to ``new``, in the order of the new file."""
    return [*_Comparison(old, new).found()]


def breaking(old: Json, new: Json) -> list[Difference]:
    """Return the changes that break clients of ``old``."""
    return [each for each in differences(old, new) if each.is_breaking]


def named(method: str, path: str) -> str:
    """Return what an operation is known by; what its id is called is no part of the contract.

    >>> named("get", "/api/v3/schools/{school_id}")
    'GET /api/v3/schools/{id}'
    """
    return f"{method.upper()} {_PATH_ID.sub('{id}', path)}"


@dataclass(frozen=True)
class _Comparison:
    old: Json
    new: Json

    def found(self) -> Iterator[Difference]:
        before, after = _operations(self.old), _operations(self.new)
        for where in [*after, *(before.keys() - after.keys())]:
            if where not in after:
                yield Difference(where, "The operation was removed.", is_breaking=True)
            elif where not in before:
                yield Difference(where, "The operation was added.")
            else:
                for what, is_breaking in self._of_what_is_sent(before[where], after[where]):
                    yield Difference(where, what, is_breaking)
                responses = before[where]["responses"], after[where]["responses"]
                for status, what, is_breaking in self._of_responses(*responses):
                    yield Difference(where, what, is_breaking, status)

    def _of_what_is_sent(self, before: Json, after: Json) -> Iterator[tuple[str, bool]]:
        for name in ("operationId", "tags"):
            if before.get(name) != after.get(name):
                yield f"Its `{name}` was `{before.get(name)}`.", True
        yield from self._of_parameters(before, after)
        yield from self._of_body(before.get("requestBody"), after.get("requestBody"))

    def _of_parameters(self, before: Json, after: Json) -> Iterator[tuple[str, bool]]:
        old, new = self._parameters(self.old, before), self._parameters(self.new, after)
        for name in old.keys() - new.keys():
            yield f"The parameter `{name}` was removed.", True
        for name, parameter in new.items():
            required = parameter.get("required", False)
            if name not in old:
                kind = "required" if required else "optional"
                yield f"The {kind} parameter `{name}` was added.", required
                continue
            if required and not old[name].get("required", False):
                yield f"The parameter `{name}` is now required.", True
            yield from self._of_input(old[name]["schema"], parameter["schema"], f"`{name}`")

    def _parameters(self, document: Json, operation: Json) -> dict[str, Json]:
        found = [_resolved(document, each) for each in operation.get("parameters", [])]
        return {
            "id" if each["in"] == "path" else each["name"]: each
            for each in sorted(found, key=lambda each: str(each["in"]))
        }

    def _of_body(self, before: Json | None, after: Json | None) -> Iterator[tuple[str, bool]]:
        if before and after:
            yield from self._of_input(_content(before), _content(after), "the body")
        elif after:
            yield "A body is now sent.", bool(after.get("required"))
        elif before:
            yield "The body is no longer read.", True

    def _of_responses(self, before: Json, after: Json) -> Iterator[tuple[str, str, bool]]:
        for status in before.keys() - after.keys():
            yield "", f"The response {status} was removed.", status == "200"
        for status, response in after.items():
            if status not in before:
                yield "", f"The response {status} was added.", False
                continue
            old, new = _resolved(self.old, before[status]), _resolved(self.new, response)
            for what, is_breaking in self._of_response(old, new):
                yield status, what, is_breaking

    def _of_response(self, before: Json, after: Json) -> Iterator[tuple[str, bool]]:
        yield from _of_headers(before.get("headers", {}), after.get("headers", {}))
        old, new = before.get("content", {}), after.get("content", {})
        for media_type in old.keys() - new.keys():
            yield f"The response no longer comes as `{media_type}`.", True
        for media_type, media in new.items():
            if media_type not in old:
                yield f"The response can come as `{media_type}`.", False
                continue
            yield from self._of_output(old[media_type]["schema"], media["schema"], "the response")

    def _of_input(self, before: Json, after: Json, place: str) -> Iterator[tuple[str, bool]]:
        """Compare what may be sent: to demand more or to accept less breaks."""
        old, was_nullable = self._plain(self.old, before)
        new, is_nullable = self._plain(self.new, after)
        if is_nullable != was_nullable:
            yield _of_null(place, is_nullable=is_nullable), was_nullable
        yield from _of_values(old, new, place)
        for name in ("type", "format", "pattern", "minimum", "maximum", "maxLength"):
            if old.get(name) != new.get(name) and "enum" not in old:
                yield f"The `{name}` of {place} changed.", name in new
        yield from _of_names(old, new, place)
        for name in sorted(_required(new) - _required(old)):
            yield f"The attribute `{name}` of {place} is now required.", True
        for name in _properties(old).keys() & _properties(new).keys():
            yield from self._of_input(
                _properties(old)[name], _properties(new)[name], _inside(place, name)
            )

    def _of_output(self, before: Json, after: Json, place: str) -> Iterator[tuple[str, bool]]:
        """Compare what is answered: to leave out or to retype breaks."""
        old, was_nullable = self._plain(self.old, before)
        new, is_nullable = self._plain(self.new, after)
        if is_nullable != was_nullable:
            yield _of_null(place, is_nullable=is_nullable), is_nullable
        yield from _of_values(old, new, place)
        for name in ("type", "format"):
            if old.get(name) != new.get(name):
                yield f"The `{name}` of {place} changed.", True
        yield from _of_names(old, new, place)
        for name in sorted(_required(old) & _properties(new).keys() - _required(new)):
            yield f"The attribute `{name}` of {place} can now be absent.", True
        for name in _properties(old).keys() & _properties(new).keys():
            yield from self._of_output(
                _properties(old)[name], _properties(new)[name], _inside(place, name)
            )
        if "items" in old and "items" in new:
            yield from self._of_output(old["items"], new["items"], place)

    def _plain(self, document: Json, schema: Json) -> tuple[Json, bool]:
        """Return what a value is when it is not null, and whether it can be null."""
        value, nullable = _without_null(_resolved(document, schema))
        value = _resolved(document, value)
        if len(value.get("allOf", [])) == 1:  # a reference with words of its own, in OpenAPI 3.0
            value = _resolved(document, value["allOf"][0])
        if "const" in value:
            value = {**value, "enum": [value["const"]]}
        return value, nullable


def _operations(document: Json) -> dict[str, Json]:
    return {
        named(method, path): operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }


def _resolved(document: Json, described: Json) -> Json:
    """Return what a reference refers to; anything else as it is."""
    reference = described.get("$ref")
    if reference is None:
        return described
    found: Any = document
    for part in reference.removeprefix("#/").split("/"):
        found = found[part]
    return _resolved(document, found)


def _content(body: Json) -> Json:
    schema: Json = body["content"]["application/json"]["schema"]
    return schema


def _without_null(schema: Json) -> tuple[Json, bool]:
    """Return what a value is when it is not null, and whether it can be null.

    Three notations say that: a choice with null, null among the types, and ``nullable``.
    """
    null = {"type": "null"}
    choices, types = schema.get("anyOf", []), schema.get("type")
    if schema.get("nullable"):  # OpenAPI 3.0, which wraps a reference
        (value,) = schema.get("allOf", [schema])
        return value, True
    if null in choices:
        return next(each for each in choices if each != null), True
    if isinstance(types, list) and "null" in types:
        (own,) = (each for each in types if each != "null")
        return {**schema, "type": own}, True
    return schema, False


def _properties(schema: Json) -> dict[str, Json]:
    properties: dict[str, Json] = schema.get("properties", {})
    return properties


def _required(schema: Json) -> set[str]:
    return set(schema.get("required", []))


def _of_headers(before: Json, after: Json) -> Iterator[tuple[str, bool]]:
    for name in before.keys() - after.keys():
        yield f"The header `{name}` was removed.", True
    for name in after:
        if name not in before:
            yield f"The header `{name}` was added.", False


def _of_values(old: Json, new: Json, place: str) -> Iterator[tuple[str, bool]]:
    if "enum" not in old or "enum" not in new:
        if "enum" in new:
            yield f"{_sentence(place)} is now one of a list of values.", True
        return
    for value in old["enum"]:
        if value not in new["enum"]:
            yield f"The value `{value}` of {place} was removed.", True
    for value in new["enum"]:
        if value not in old["enum"]:
            yield f"The value `{value}` of {place} was added.", False


def _of_names(old: Json, new: Json, place: str) -> Iterator[tuple[str, bool]]:
    for name in _properties(old):
        if name not in _properties(new):
            yield f"The attribute `{name}` of {place} was removed.", True
    for name in _properties(new):
        if name not in _properties(old):
            yield f"The attribute `{name}` of {place} was added.", False


def _of_null(place: str, *, is_nullable: bool) -> str:
    return f"{_sentence(place)} {'can now' if is_nullable else 'can no longer'} be null."


def _inside(place: str, name: str) -> str:
    """Say where an attribute is: ``data.attributes.reason in the body``."""
    outer, _, rest = place.partition(" in ")
    return f"`{outer.strip('`')}.{name}` in {rest}" if rest else f"`{name}` in {place}"


def _sentence(place: str) -> str:
    return place[0].upper() + place[1:]
