"""A resource of the API: each of its operations is routed and described by one declaration.

What is published about an operation is the docstring of its endpoint: the first line as the
summary, the rest as the description. ``endpoints/statements.py`` is the shortest example.

Routing is ninja's; it is given no shapes, because these describe and do not parse (ADR 0016).
"""

import re
from collections.abc import Callable
from inspect import getdoc
from typing import Any, TypeVar

from ninja import Router
from pydantic import BaseModel

from providers.openapi.operation import APIOperation, PathId
from providers.openapi.parameters import PATH_ID
from providers.queries import Json, Query

_Endpoint = TypeVar("_Endpoint", bound=Callable[..., Any])
_ID = re.compile(r"\{\w+\}")


class Resource(Router):
    """The operations below ``address``, described under ``tag``; ``path_id`` is the id in paths."""

    def __init__(self, address: str, tag: str, path_id: PathId | None = None) -> None:
        super().__init__(tags=[tag])
        self.address = address
        self.described: list[APIOperation] = []
        self._tag, self._path_id = tag, path_id

    def lists(
        self,
        path: str,
        operation_id: str,
        response: type[BaseModel],
        item: Json,
        queries: tuple[Query, ...],
        **said: Any,
    ) -> Callable[[_Endpoint], _Endpoint]:
        """Route and describe a list of things like ``item``; "getThing" reads one of them."""
        said |= {"response": response, "example": {"data": [item]}, "queries": queries}
        one = operation_id.removesuffix("s")
        return self.operation("get", path, operation_id, leads_to=(one,), **said)

    def shows(
        self, path: str, operation_id: str, response: type[BaseModel], item: Json, **said: Any
    ) -> Callable[[_Endpoint], _Endpoint]:
        """Route and describe the reading of one thing like ``item``."""
        said |= {"response": response, "example": {"data": item}}
        return self.operation("get", path, operation_id, **said)

    def operation(
        self, method: str, path: str, operation_id: str, **said: Any
    ) -> Callable[[_Endpoint], _Endpoint]:
        """Route a method at ``path`` below the resource's; ``said`` are fields of APIOperation."""

        def declare(endpoint: _Endpoint) -> _Endpoint:
            summary, _, description = (getdoc(endpoint) or "").partition("\n\n")
            self.described.append(
                APIOperation(
                    operation_id,
                    method,
                    _ID.sub(f"{{{PATH_ID}}}", f"{self.address}{path}"),
                    self._tag,
                    " ".join(summary.split()).removesuffix("."),
                    " ".join(description.split()),
                    path_id=self._path_id if _ID.search(path) else None,
                    **said,
                )
            )
            route = self.api_operation([method.upper()], path, operation_id=operation_id)
            return route(endpoint)

        return declare
