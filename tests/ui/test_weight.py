"""What a reader on a slow phone has to fetch."""

from __future__ import annotations

import gzip

import orjson
import pytest
from django.test import Client
from tests.ui import gallery_map

from lontar.ui import assets

KB = 1000


def squeezed(data: bytes) -> int:
    """Bytes on the wire."""
    return len(gzip.compress(data, 6))


def weight(name: str, *, fonts: bool = True) -> int:
    """Bytes on the wire of all that an entry brings at once; fonts are squeezed already."""
    files = assets.bundle(name)
    texts = (*files.styles, *files.scripts, *files.modules)
    size = sum(squeezed((assets.BUILD.parent / file).read_bytes()) for file in texts)
    return size + (sum((assets.BUILD.parent / file).stat().st_size for file in files.fonts) if fonts else 0)


def test_styles_stay_small() -> None:
    for name in ("public", "office"):
        styles = sum(squeezed((assets.BUILD.parent / file).read_bytes()) for file in assets.bundle(name).styles)
        assert styles <= 35 * KB


@pytest.mark.usefixtures("gallery")
def test_a_public_page_with_its_fonts_is_at_most_a_hundred_kilobytes() -> None:
    page = Client().get("/").content
    assert squeezed(page) + weight("public") <= 100 * KB


def test_the_data_of_the_map_is_at_most_two_hundred_kilobytes() -> None:
    client_data = [gallery_map.villages(), gallery_map.layer("usaha")]
    land = (assets.BUILD.parent / assets.asset_path("../src/lontar/ui/geo/land.json")).read_bytes()
    assert sum(squeezed(orjson.dumps(part)) for part in client_data) + squeezed(land) <= 200 * KB
