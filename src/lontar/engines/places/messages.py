"""What a person is told about a written place: Indonesian, names what does not fit and offers what was probably meant."""

from typing import Final

from lontar.engines.places.code_reading import CodeReading, prefix_collision
from lontar.engines.places.gazetteer import Gazetteer
from lontar.engines.places.guessing import Guess
from lontar.engines.places.resolving import Finding
from lontar.engines.regions import Level

LEVEL_WORDS: Final[dict[Level, str]] = {
    "village": "desa/kelurahan",
    "district": "kecamatan",
    "regency": "kabupaten/kota",
    "province": "provinsi",
}
REASONS: Final[dict[str, str]] = {
    "alike": "ejaan mirip",
    "alike-parent": "nama sama, ejaan kecamatan atau kabupaten/kotanya mirip",
    "same-name": "nama sama",
    "other-district": "nama sama di kecamatan lain",
    "other-regency": "nama sama di kabupaten/kota lain",
    "other-level": "nama milik tingkat wilayah lain",
    "swapped": "kolom desa dan kecamatan tampaknya tertukar",
    "by-names": "cocok dengan nama yang tertulis",
    "code-kemendagri": "menurut kode Kemendagri",
    "code-bps": "menurut kode BPS",
    "code-alike": "kode mirip",
    "successor": "pengganti wilayah lama",
    "search": "cocok dengan pencarian",
}
_DAMAGED: Final = (
    "Kode “{code}” sudah dibulatkan oleh lembar kerja. Format kolom kode sebagai teks, lalu isi ulang kodenya."
)
_UNREADABLE: Final = "“{code}” bukan kode wilayah. Tuliskan kode Kemendagri, contohnya 53.12.04.2003, atau kosongkan."


def message_for(gazetteer: Gazetteer, finding: Finding) -> str:
    """One or two Indonesian sentences for a finding."""
    if finding.index is not None:
        return _found(gazetteer, finding)
    fault = _fault(gazetteer, finding)
    return f"{fault} {_offer(gazetteer, finding)}".strip()


def _found(gazetteer: Gazetteer, finding: Finding) -> str:
    index = finding.index if finding.index is not None else 0
    place = f"{gazetteer.path_text(index)} ({gazetteer.places[index].code})"
    if finding.rule == "code-bps" and finding.reading is not None:
        return f"Kode BPS {finding.reading.bps} adalah {place}.{_collision(gazetteer, finding.reading)}"
    if finding.rule == "code-retired" and finding.reading is not None:
        return f"Kode {finding.reading.kemendagri} sudah tidak berlaku; penggantinya {place}."
    if finding.rule == "code-spelling" and finding.reading is not None:
        return f"Kode {finding.reading.text.strip()} adalah {place}; yang tertulis {_written(finding)}."
    return f"{place}."


def _collision(gazetteer: Gazetteer, reading: CodeReading) -> str:
    pair = prefix_collision(gazetteer, reading)
    if pair is None:
        return ""
    digits = (reading.bps or "")[:4]
    kemendagri, bps = (gazetteer.places[index].label for index in pair)
    return f" Perhatikan: {digits} berarti {bps} menurut BPS, tetapi {kemendagri} menurut Kemendagri."


def _fault(gazetteer: Gazetteer, finding: Finding) -> str:
    if finding.rule.startswith("code-"):
        return _code_fault(gazetteer, finding)
    if finding.rule == "nothing-given":
        return "Tempat belum diisi. Tuliskan kode atau nama desa/kelurahan, kecamatan, dan kabupaten/kota."
    if finding.rule == "text-shared":
        return "Tulisan itu cocok dengan beberapa tempat. Tambahkan “Desa”, “Kec.” atau “Kab.” dan nama induknya."
    if finding.rule == "names-alike":
        return f"Ejaan {_written(finding)} mirip dengan beberapa tempat. Tuliskan nama lengkapnya."
    if finding.status == "ambiguous" and finding.names.given()[0].level == "regency":
        return f"Ada beberapa {_written(finding)}. Tuliskan “Kabupaten” atau “Kota” di depannya."
    if finding.status == "ambiguous":
        return f"Ada beberapa tempat bernama {_written(finding)}. Lengkapi kecamatan atau kabupaten/kotanya."
    if finding.status == "conflict":
        return f"Nama-nama ini tidak cocok satu sama lain: {_written(finding)}."
    return _name_fault(gazetteer, finding)


def _code_fault(gazetteer: Gazetteer, finding: Finding) -> str:
    reading = finding.reading or CodeReading("", None, None)
    shown = reading.text.strip()[:40]
    if finding.rule == "code-damaged":
        return _DAMAGED.format(code=shown)
    if finding.rule == "code-unreadable":
        return _UNREADABLE.format(code=shown)
    if finding.rule == "code-two-systems":
        return (
            f"Kode {shown} sah dalam dua sistem, Kemendagri dan BPS, untuk tempat yang berbeda. "
            "Tuliskan nama tempatnya atau kode bertitik."
        )
    if finding.rule == "code-retired":
        return f"Kode {shown} sudah tidak berlaku; wilayahnya dibagi menjadi beberapa. Pilih penggantinya."
    if finding.rule == "code-names-differ":
        meant = " atau ".join(gazetteer.path_text(meaning.index) for meaning in finding.meanings)
        return f"Kode {shown} adalah {meant}, sedangkan yang tertulis {_written(finding)}."
    level = LEVEL_WORDS[finding.failed or "village"].split("/")[0]
    where = "" if finding.scope is None else f" di {gazetteer.places[finding.scope].label}"
    return f"Kode {level} {reading.kemendagri or shown} tidak ada{where or ' dalam daftar wilayah'}."


def _written(finding: Finding) -> str:
    return ", ".join(f"{LEVEL_WORDS[hits.level]} “{hits.text.strip()[:60]}”" for hits in finding.names.given())


def _name_fault(gazetteer: Gazetteer, finding: Finding) -> str:
    failed = finding.failed or "village"
    text = next((hits.text.strip()[:60] for hits in finding.names.given() if hits.level == failed), "")
    where = ""
    if finding.scope is not None and gazetteer.places[finding.scope].level != failed:
        where = f" di {gazetteer.places[finding.scope].label}"
    words = LEVEL_WORDS[failed]
    return f"{words[0].upper()}{words[1:]} “{text}” tidak ada{where or ' dalam daftar wilayah'}."


def _offer(gazetteer: Gazetteer, finding: Finding) -> str:
    if not finding.guesses:
        return "Periksa ejaannya atau pilih dari daftar." if finding.names.given() else ""
    if finding.status == "ambiguous":
        return f"Pilihannya: {'; '.join(_named(gazetteer, item) for item in finding.guesses[:5])}."
    return f"Maksud Anda {_named(gazetteer, finding.guesses[0])}?"


def _named(gazetteer: Gazetteer, item: Guess) -> str:
    return f"{gazetteer.path_text(item.place)} ({gazetteer.places[item.place].code})"
