"""Completes the OpenAPI document: keys, problem documents, CSV beside JSON. The operations themselves declare the rest."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI

_PROBLEM = {
    "type": "object",
    "title": "Problem",
    "description": "RFC 9457",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {"type": "array", "items": {"type": "object"}},
    },
    "required": ["type", "title", "status", "detail"],
}
_FAULTS = {
    "400": "Permintaan tidak terbaca",
    "401": "Kunci API tidak ada atau tidak berlaku",
    "403": "Tidak berwenang",
    "422": "Isian tidak dapat diterima",
    "429": "Terlalu sering; lihat Retry-After",
    "500": "Gangguan",
}
_SECURITY: list[dict[str, list[str]]] = [{}, {"kunci": []}]


class DocumentedAPI(NinjaAPI):
    """The API of the house with a complete document."""

    def get_openapi_schema(self, **kwargs: Any) -> Any:
        """The document of django-ninja, completed."""
        document = super().get_openapi_schema(**kwargs)
        components = document.setdefault("components", {})
        components.setdefault("schemas", {})["Problem"] = _PROBLEM
        components.setdefault("securitySchemes", {})["kunci"] = {
            "type": "http",
            "scheme": "bearer",
            "description": "Kunci API; dibuat di kantor oleh pemegang jabatan.",
        }
        for path, methods in document["paths"].items():
            for told in methods.values():
                _complete(told, path)
        return document


def _complete(told: dict[str, Any], path: str) -> None:
    told.setdefault("security", _SECURITY)
    responses = told["responses"]
    faults = dict(_FAULTS)
    if "{" in path:
        faults["404"] = "Tidak ditemukan"
    for code, words in faults.items():
        content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
        responses.setdefault(code, {"description": words, "content": content})
    if any(given["name"] == "format" and given["in"] == "query" for given in told.get("parameters", [])):
        good = responses.get(200) or responses.get("200") or {}
        good.setdefault("content", {})["text/csv"] = {"schema": {"type": "string"}}
