"""The parameters that lists share, each with its bounds and its words for the manual; and who is asking."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Path as InPath
from ninja import Query

from lontar.access.api import token_of
from lontar.access.models import Post
from lontar.access.policies import Refused
from lontar.access.states import TokenScope
from lontar.engines.regions import InvalidRegionCode, normalise_code
from lontar.registry import policies

LIMIT = 1000
CODE = r"^([0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?|[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{10})?$"
Limit = Annotated[int, Query(ge=1, le=LIMIT, description=f"Baris paling banyak, 1–{LIMIT}.")]
Offset = Annotated[int, Query(ge=0, le=100_000_000, description="Baris yang dilewati.")]
Format = Annotated[Literal["json", "csv"] | None, Query(alias="format", description="csv untuk seluruh daftar.")]
Region = Annotated[str, Query(pattern=CODE, description="Kode wilayah Kemendagri; wilayah itu dan semua di bawahnya.")]
Words = Annotated[
    str, Query(max_length=200, description="Kata-kata; setiap kata awal dari kata pada nama, di bawah tiga huruf utuh.")
]
Slug = Annotated[str, Query(pattern=r"^[a-z0-9-]{0,40}$")]
Number = Annotated[int, InPath(ge=1, le=2**62)]
Code = Annotated[str, InPath(max_length=13, description="Kode wilayah Kemendagri.")]


def region_code(text: str) -> str:
    """A region code in dotted form; "" stays "", and what only looks like a code is a code of nothing: "00"."""
    if not text:
        return ""
    try:
        return normalise_code(text)
    except InvalidRegionCode:
        return "00"


def office_reader(request: HttpRequest) -> Post | None:
    """The post for which the office's fields may be read; None for anyone else, who reads what is open.

    Raises AuthenticationError for a key that is no good and Refused for one that was not made for reading.
    """
    token = token_of(request)
    if token is not None and TokenScope.READ not in token.scopes:
        raise Refused("Kunci ini tidak untuk membaca. Buat kunci dengan izin membaca.")
    post: Post | None = token.post if token is not None else getattr(request, "post_held", None)
    return post if policies.check_read_enterprises.can(post) else None
