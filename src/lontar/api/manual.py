"""The manual of the API as a page, made from the OpenAPI document: no script, nothing from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lontar.access.doors import open_to_all


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an operation."""

    name: str
    place: str
    kind: str
    is_required: bool
    text: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: how it is called and what it takes."""

    anchor: str
    method: str
    path: str
    summary: str
    text: str
    parameters: tuple[Parameter, ...]
    example: str


@open_to_all
def manual(request: HttpRequest) -> HttpResponse:
    """Every operation with its parameters and an example."""
    return render(request, "api/manual.html", {"operations": operations()})


@lru_cache(maxsize=1)
def operations() -> tuple[Operation, ...]:
    """The operations of the OpenAPI document, by path."""
    from lontar.api.api import api  # the operations are known once every router is in

    schema: dict[str, Any] = api.get_openapi_schema()
    found = []
    for path, methods in sorted(schema["paths"].items()):
        for method, told in methods.items():
            found.append(_operation(path, method, told))
    return tuple(found)


def _operation(path: str, method: str, told: dict[str, Any]) -> Operation:
    parameters = tuple(
        Parameter(
            name=given["name"],
            place=given["in"],
            kind=_kind(given.get("schema", {})),
            is_required=bool(given.get("required")),
            text=given.get("description") or given.get("schema", {}).get("description", ""),
        )
        for given in told.get("parameters", [])
    )
    sample = path.replace("{code}", "53.09").replace("{pk}", "1")
    return Operation(
        anchor=told["operationId"],
        method=method.upper(),
        path=path,
        summary=told.get("summary", ""),
        text=told.get("description", ""),
        parameters=parameters,
        example=f"curl -s {sample}" if method == "get" else "",
    )


def _kind(schema: dict[str, Any]) -> str:
    if "anyOf" in schema:
        return " / ".join(_kind(one) for one in schema["anyOf"] if one.get("type") != "null")
    return " | ".join(map(str, schema["enum"])) if "enum" in schema else str(schema.get("type", "string"))
