"""The manifest of the front-end build, and how pages name its files."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from django.test import override_settings

from lontar.ui import assets

MANIFEST = {
    "_shared-1.js": {"file": "shared-1.js", "css": ["shared-1.css"]},
    "src/public.js": {
        "file": "public-1.js",
        "name": "public",
        "isEntry": True,
        "imports": ["_shared-1.js"],
        "css": ["public-1.css"],
        "assets": ["sans-1.woff2", "ikat-1.svg"],
    },
}


def build(folder: Path, manifest: dict[str, object]) -> Path:
    """A build folder with this manifest."""
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


def test_an_entry_brings_its_styles_fonts_and_the_chunks_it_imports(tmp_path: Path) -> None:
    found = assets.bundle("public", build=build(tmp_path, MANIFEST))
    assert found.styles == ("assets/public-1.css", "assets/shared-1.css")
    assert found.fonts == ("assets/sans-1.woff2",)
    assert found.scripts == ("assets/public-1.js",)
    assert found.modules == ("assets/shared-1.js",)


def test_a_missing_build_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(assets.AssetsNotBuiltError, match=r"Run `npm ci && npm run build` in frontend/"):
        assets.bundle("public", build=tmp_path)


def test_an_unknown_entry_names_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(assets.UnknownEntryError, match=r"'shop'.*there are: public\."):
        assets.bundle("shop", build=build(tmp_path, MANIFEST))


@pytest.mark.parametrize(("autorefresh", "seen"), [(True, "assets/public-2.js"), (False, "assets/public-1.js")])
def test_a_new_build_is_for_the_next_start_unless_files_are_looked_up_anew(
    tmp_path: Path, autorefresh: bool, seen: str
) -> None:
    with override_settings(WHITENOISE_AUTOREFRESH=autorefresh):
        folder = build(tmp_path, MANIFEST)
        assert assets.bundle("public", build=folder).scripts == ("assets/public-1.js",)
        build(folder, {**MANIFEST, "src/public.js": {"file": "public-2.js", "isEntry": True, "name": "public"}})
        os.utime(folder / "manifest.json", ns=(1, 2_000_000_000_000_000_000))
        assert assets.bundle("public", build=folder).scripts == (seen,)


def test_every_entry_that_templates_name_is_built() -> None:
    for name in ("public", "office", "map", "chart"):
        for file in (*assets.bundle(name).styles, *assets.bundle(name).scripts):
            assert (assets.BUILD.parent / file).is_file()
